package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"regexp"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/app/contract"
	"github.com/hookloom/hookloom/engine/egress"
)

// contractFlags are what `hookloom test` was asked for.
type contractFlags struct {
	run, junit string
	update     bool
	timeout    time.Duration
}

func (p *program) testCommand() *cobra.Command {
	f := contractFlags{}
	cmd := &cobra.Command{
		Use: "test [DIR|FILE ...]", Short: "Test workflows against files that say what shall happen, without a server",
		Long: `Runs the tests of files named *.test.yaml, *.test.yml and *.test.json, each beside the file of its workflow as
export writes it. Every test runs the real engine on a database that is thrown away: nothing leaves this machine,
waits pass at once, and a call that the test has no answer for fails it. docs/testing.md describes the files.

The exit status is 1 when a test failed, and 2 when a file cannot be used.`,
		Example: "  hookloom test workflows\n  hookloom test --run refund --junit report.xml workflows\n  hookloom test --update workflows/new-buyers.test.yaml",
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				args = []string{"."}
			}
			return p.testContracts(cmd.Context(), f, args)
		},
	}
	cmd.Flags().StringVar(&f.run, "run", "", "only tests whose file/name this regular expression matches")
	cmd.Flags().StringVar(&f.junit, "junit", "", "also write the results into this file, as JUnit's XML")
	cmd.Flags().BoolVar(&f.update, "update", false, "write the expectations anew, as things are now")
	cmd.Flags().DurationVar(&f.timeout, "timeout", 30*time.Second, "how long one test may take")
	return cmd
}

func (p *program) testContracts(ctx context.Context, f contractFlags, paths []string) error {
	only, err := regexp.Compile(f.run)
	if err != nil {
		return usageError{fmt.Errorf("--run: %w", err)}
	}
	suites, err := p.readContracts(paths)
	if err != nil {
		return err
	}
	p.nodeFiles(slog.New(slog.DiscardHandler))
	client, err := egress.New(egress.Config{AllowTargets: p.config.AllowTargets})
	if err != nil {
		return usageError{fmt.Errorf("ALLOW_TARGETS: %w", err)}
	}
	defer client.Close()
	o := contract.Options{Registry: p.Registry, Check: client.Check, Only: only, Timeout: f.timeout, Update: f.update}
	results, failed := []contract.Result{}, 0
	err = contract.Play(ctx, suites, o, func(r contract.Result) {
		results = append(results, r)
		if !r.Passed {
			failed++
		}
		if !p.json {
			contract.Text(p.Stdout, r)
		}
	})
	if err != nil {
		return err
	}
	if len(results) == 0 {
		return usageError{fmt.Errorf("no test is called like %q", f.run)}
	}
	return p.reportContracts(f, results, failed)
}

func (p *program) reportContracts(f contractFlags, results []contract.Result, failed int) error {
	if f.junit != "" {
		var report bytes.Buffer
		if err := contract.JUnit(&report, results); err != nil {
			return err
		}
		if _, err := writeNew(filepath.Clean(f.junit), &report); err != nil {
			return fmt.Errorf("--junit: %w", err)
		}
	}
	if p.json {
		if err := p.printJSON(map[string]any{"tests": len(results), "failed": failed, "results": results}); err != nil {
			return err
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %s failed", failed, count(len(results), "test"))
	}
	if !p.json {
		_, _ = fmt.Fprintf(p.Stdout, "%s passed\n", count(len(results), "test"))
	}
	return nil
}

// readContracts reads all test files before the first test runs.
func (p *program) readContracts(paths []string) ([]*contract.Suite, error) {
	files, err := contract.Find(paths)
	if err != nil {
		return nil, usageError{err}
	}
	var suites []*contract.Suite
	bad := 0
	for _, file := range files {
		s, problems, err := contract.Read(file)
		if err != nil {
			return nil, usageError{err}
		}
		for _, problem := range problems {
			_, _ = fmt.Fprintf(p.Stderr, "%s:%s\n", file, problem)
		}
		if s == nil {
			bad++
			continue
		}
		suites = append(suites, s)
	}
	if bad > 0 {
		return nil, usageError{errors.New("there are problems in " + count(bad, "file"))}
	}
	return suites, nil
}
