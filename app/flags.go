package app

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// flagged are the options that also have a flag; a flag wins over the
// environment. Secrets have none, because the process list shows flags.
var flagged = map[string]string{
	"HOST": "host", "PORT": "port", "PUBLIC_URL": "public-url", "DATA_DIR": "data-dir", "LOG_LEVEL": "log-level",
	"LOG_FORMAT": "log-format", "WORKER_CONCURRENCY": "worker-concurrency", "HOOKLOOM_URL": "url", "HOOKLOOM_WORKSPACE": "workspace",
	"ALLOW_TARGETS": "allow-targets",
}

func (p *program) flags(root *cobra.Command) {
	root.PersistentFlags().BoolVar(&p.json, "json", false, "print JSON for programs in the place of lines and tables")
	for _, o := range Variables() {
		name, ok := flagged[o.Name]
		if !ok {
			continue
		}
		root.PersistentFlags().Var(&environFlag{p: p, variable: o.Name}, name, o.Help+" ("+o.Name+")")
	}
}

// environFlag puts a flag's value in front of the environment.
type environFlag struct {
	p        *program
	variable string
}

func (f *environFlag) String() string { return "" }

func (f *environFlag) Type() string { return "value" }

func (f *environFlag) Set(text string) error {
	f.p.Environ = append(f.p.Environ, f.variable+"="+text)
	return nil
}

func (p *program) load() error {
	config, err := LoadConfig(p.Environ)
	if err != nil {
		return usageError{err}
	}
	p.config = config
	return nil
}

func isUsage(err error) bool {
	var usage usageError
	return errors.As(err, &usage) || strings.HasPrefix(err.Error(), "unknown command")
}

// longRun takes -run as people who test in Go write it for --run.
func longRun(args []string) []string {
	args = slices.Clone(args)
	for i, arg := range args {
		if arg == "-run" || strings.HasPrefix(arg, "-run=") {
			args[i] = "-" + arg
		}
	}
	return args
}

// strictArgs has wrong arguments of a command, and of those below it, end as every
// other wrong command line does, and say how the command is called.
func strictArgs(cmd *cobra.Command) {
	if cmd.HasSubCommands() && !cmd.Runnable() {
		// Without it, a misspelled command below this one would print the help and succeed.
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	}
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			err := check(cmd, args)
			switch {
			case err == nil:
				return nil
			case strings.HasPrefix(err.Error(), "unknown command"):
				return usageError{err}
			}
			return usageError{fmt.Errorf("%d arguments are too many or too few: %s", len(args), cmd.UseLine())}
		}
	}
	for _, below := range cmd.Commands() {
		strictArgs(below)
	}
}
