package app

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

func (p *program) publishCommand() *cobra.Command {
	held := ""
	cmd := &cobra.Command{
		Use: "publish WORKFLOW", Short: "Make a workflow's draft its live version", Args: cobra.ExactArgs(1),
		Example: "  hookloom publish \"New buyers\"\n  hookloom publish wf_01... --held run",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			id, err := c.workflow(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			var answer struct{ Version int }
			if err := c.do(cmd.Context(), http.MethodPost, c.in("/workflows/%s/publish", id), map[string]any{"held": held}, &answer); err != nil {
				return err
			}
			p.say("%s is live as version %d", id, answer.Version)
			if p.json {
				return p.printJSON(map[string]any{"workflow_id": id, "version": answer.Version})
			}
			return p.tellHeld(cmd.Context(), c, id)
		},
	}
	cmd.Flags().StringVar(&held, "held", "keep", "what was kept meanwhile: run, keep or discard")
	return cmd
}

// tellHeld says what still waits after a publish, and how to let it go.
func (p *program) tellHeld(ctx context.Context, c *client, id string) error {
	var w struct {
		Held int `json:"held_count"`
	}
	if err := c.do(ctx, http.MethodGet, c.in("/workflows/%s", id), nil, &w); err != nil || w.Held == 0 {
		return err
	}
	_, err := fmt.Fprintf(p.Stdout, "%d requests and runs that came before are kept and were not run.\nRun them with `hookloom publish %s --held run`, or throw them away with --held discard.\n", w.Held, id)
	return err
}

// workflow finds a workflow by id or by its exact name.
func (c *client) workflow(ctx context.Context, ref string) (string, error) {
	if strings.HasPrefix(ref, "wf_") {
		return url.PathEscape(ref), nil
	}
	var list struct{ Items []struct{ ID, Name string } }
	if err := c.do(ctx, http.MethodGet, c.in("/workflows?q=%s", url.QueryEscape(ref)), nil, &list); err != nil {
		return "", err
	}
	var found []string
	for _, w := range list.Items {
		if w.Name == ref {
			found = append(found, w.ID)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		return "", fmt.Errorf("there is no workflow called %q", ref)
	}
	return "", fmt.Errorf("several workflows are called %q: give the id instead (%s)", ref, strings.Join(found, ", "))
}

func (p *program) runCommand() *cobra.Command {
	var payload string
	var dry bool
	cmd := &cobra.Command{
		Use: "run WORKFLOW", Short: "Start a workflow with a payload and wait for its end", Args: cobra.ExactArgs(1),
		Long:    "Start the live version with a payload and follow the run until it stands still. The exit status is 1 when it failed.",
		Example: "  hookloom run \"New buyers\" --payload sale.json\n  hookloom run \"New buyers\" --payload - --dry-run < sale.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			body := map[string]any{}
			if payload != "" {
				content, err := readFile(payload)
				if err != nil {
					return err
				}
				if !json.Valid(content) {
					return fmt.Errorf("%s is not JSON", payload)
				}
				body["payload"] = json.RawMessage(content)
			}
			id, err := c.workflow(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			act := "run"
			if dry {
				act, body["dry_run"] = "test", true
			}
			var started struct {
				RunID  string   `json:"run_id"`
				RunIDs []string `json:"run_ids"`
			}
			if err := c.do(cmd.Context(), http.MethodPost, c.in("/workflows/%s/%s", id, act), body, &started); err != nil {
				return err
			}
			if started.RunID == "" && len(started.RunIDs) > 0 {
				started.RunID = started.RunIDs[0]
			}
			return p.follow(cmd.Context(), c, started.RunID)
		},
	}
	cmd.Flags().StringVar(&payload, "payload", "", "file with the JSON that becomes trigger.body; - reads standard input")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "run the draft, send and change nothing")
	return cmd
}

func readFile(path string) ([]byte, error) {
	if path == "-" {
		return io.ReadAll(io.LimitReader(os.Stdin, 16<<20))
	}
	return os.ReadFile(path)
}

func (p *program) replayCommand() *cobra.Command {
	asNew := false
	cmd := &cobra.Command{
		Use: "replay RUN", Short: "Run an old run's event again; what it did is not done twice", Args: cobra.ExactArgs(1),
		Example: "  hookloom replay run_01...\n  hookloom replay run_01... --as-new",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			var started struct {
				RunID string `json:"run_id"`
			}
			if err := c.do(cmd.Context(), http.MethodPost, c.in("/runs/%s/replay", url.PathEscape(args[0])), map[string]any{"as_new": asNew}, &started); err != nil {
				return err
			}
			return p.follow(cmd.Context(), c, started.RunID)
		},
	}
	cmd.Flags().BoolVar(&asNew, "as-new", false, "do everything again, also what was done")
	return cmd
}

// runView is a run as the commands show it.
type runView struct {
	ID        string       `json:"id"`
	Status    string       `json:"status"`
	Mode      string       `json:"mode"`
	EndReason string       `json:"end_reason"`
	Error     *failureView `json:"error,omitempty"`
	Steps     []struct {
		Path      string          `json:"path"`
		Type      string          `json:"type"`
		Status    string          `json:"status"`
		Simulated bool            `json:"simulated,omitempty"`
		Output    json.RawMessage `json:"output,omitempty"`
		Error     *failureView    `json:"error,omitempty"`
	} `json:"steps"`
}

// failureView is why a run or a step failed.
type failureView struct {
	Message string `json:"message"`
}

// follow waits until a run stands still and prints its steps. A run that failed
// is an error, so that scripts notice.
func (p *program) follow(ctx context.Context, c *client, id string) error {
	pause := 50 * time.Millisecond
	for {
		var run runView
		if err := c.do(ctx, http.MethodGet, c.in("/runs/%s", id), nil, &run); err != nil {
			return err
		}
		if !slices.Contains([]string{"queued", "running"}, run.Status) {
			return p.show(run)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
		pause = min(2*pause, time.Second)
	}
}

func (p *program) show(run runView) error {
	if p.json {
		if err := p.printJSON(run); err != nil {
			return err
		}
		return failed(run)
	}
	note := ""
	if run.Mode == "dry" {
		note = "  (simulated: nothing was sent or changed)"
	}
	_, _ = fmt.Fprintf(p.Stdout, "%s  %s%s\n", run.ID, run.Status, note)
	for _, s := range run.Steps {
		if s.Simulated {
			s.Type += "  (simulated)"
		}
		_, _ = fmt.Fprintf(p.Stdout, "  %-10s %-30s %s\n", s.Status, s.Path, s.Type)
		if s.Error != nil {
			_, _ = fmt.Fprintf(p.Stdout, "             %s\n", s.Error.Message)
		}
	}
	return failed(run)
}

// failed makes an error of a run that failed, so that scripts notice.
func failed(run runView) error {
	if run.Status == "failed" && run.Error != nil {
		return errors.New(run.Error.Message)
	}
	return nil
}

func (p *program) tailCommand() *cobra.Command {
	return &cobra.Command{
		Use: "tail", Short: "Print what happens in the workspace until interrupted", Args: cobra.NoArgs,
		Long:    "Print a line of JSON for each change of a run, step or request. A stream that ends is opened again.",
		Example: "  hookloom tail --workspace client-a",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			return p.tail(cmd.Context(), c)
		},
	}
}

// tail prints the stream, and opens it again when the server ends it or is away.
// Only a stream that never began is an error.
func (p *program) tail(ctx context.Context, c *client) error {
	pause, begun := time.Second, false
	for {
		stream, err := c.open(ctx, http.MethodGet, c.in("/events"), nil)
		switch {
		case ctx.Err() != nil:
			return nil //nolint:nilerr // interrupted, which is how it ends
		case err != nil && !begun:
			return err
		case err == nil:
			pause, begun = time.Second, true
			lines := bufio.NewScanner(stream)
			for lines.Scan() {
				if data, ok := strings.CutPrefix(lines.Text(), "data:"); ok {
					_, _ = fmt.Fprintln(p.Stdout, strings.TrimSpace(data))
				}
			}
			_ = stream.Close()
		}
		if ctx.Err() != nil {
			return nil
		}
		_, _ = fmt.Fprintf(p.Stderr, "The stream ended; it is opened again in %s.\n", pause)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
		pause = min(2*pause, 30*time.Second)
	}
}

func (p *program) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use: "backup FILE", Short: "Copy the running SQLite database into a file", Args: cobra.ExactArgs(1),
		Example: "  hookloom backup hookloom-backup.db",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := p.client()
			if err != nil {
				return err
			}
			content, err := c.open(cmd.Context(), http.MethodGet, "/backup", nil)
			if err != nil {
				return err
			}
			defer content.Close()
			n, err := writeNew(args[0], content)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(p.Stdout, "%s holds %d bytes. Keep the encryption key apart from it: one is of no use without the other.\n", args[0], n)
			return err
		},
	}
}

// writeNew writes a file that appears under its name only when it is whole.
func writeNew(path string, content io.Reader) (int64, error) {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(file, content)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return n, err
}
