// Package app puts the parts together: it reads the configuration, wires
// everything in the order of its start, and holds the commands. A custom build
// imports it with node types of its own; see main.go.
package app

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/nodes"
)

// Version is set by the build.
var Version = "dev"

// Options are what a custom build may change. The zero value is the stock
// program.
type Options struct {
	// UI is the built browser app; nil takes the one inside.
	UI fs.FS
	// Registry holds the node types; nil means nodes.Default().
	Registry *nodes.Registry
	// Args, Environ, Stdout and Stderr default to the process's own.
	Args    []string
	Environ []string
	Stdout  io.Writer
	Stderr  io.Writer
}

// Main runs the command line and returns the exit status: 0, 1 for a failure
// and 2 for a wrong command or configuration.
func Main(o Options) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return run(ctx, o.withDefaults())
}

func (o Options) withDefaults() Options {
	if o.Registry == nil {
		o.Registry = nodes.Default()
	}
	if o.Args == nil {
		o.Args = os.Args[1:]
	}
	if o.Environ == nil {
		o.Environ = os.Environ()
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	if o.Stderr == nil {
		o.Stderr = os.Stderr
	}
	return o
}

// program is one call of the command line.
type program struct {
	Options
	config Config
	// json has commands print one JSON value for programs in the place of lines and
	// tables for people.
	json bool
}

func run(ctx context.Context, o Options) int {
	p := &program{Options: o}
	root := p.root()
	root.SetArgs(longRun(o.Args))
	root.SetOut(o.Stdout)
	root.SetErr(o.Stderr)
	if err := root.ExecuteContext(ctx); err != nil {
		_, _ = fmt.Fprintln(o.Stderr, "hookloom:", err)
		if isUsage(err) {
			return 2
		}
		return 1
	}
	return 0
}

// usageError is a wrong command line or configuration.
type usageError struct{ error }

func (u usageError) Unwrap() error { return u.error }

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "hookloom",
		Short:         "Self-hosted workflow automation: webhooks in, actions out, nothing lost",
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		PersistentPreRunE: func(*cobra.Command, []string) error {
			return p.load()
		},
		RunE: func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context(), true) },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	p.flags(root)
	root.AddCommand(
		p.serveCommand(), p.workerCommand(), p.migrateCommand(), p.adminCommand(),
		p.publishCommand(), p.runCommand(), p.replayCommand(), p.tailCommand(), p.simulateCommand(), p.backupCommand(),
		p.exportCommand(), p.importCommand(), p.diffCommand(), p.testCommand(),
		p.nodeCommand(), p.configCommand(), p.openAPICommand(), p.healthcheckCommand(), p.versionCommand(),
	)
	root.CompletionOptions.HiddenDefaultCmd = true
	strictArgs(root)
	return root
}
