package app

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// Guide is docs/cli.md: every command with its flags and examples, from the commands
// themselves.
func Guide() []byte {
	p := &program{Options: Options{Args: []string{}, Environ: []string{}, Stdout: io.Discard, Stderr: io.Discard}.withDefaults()}
	root := p.root()
	var out bytes.Buffer
	out.WriteString(`# The command line

Made of the commands by ` + "`make reference`" + `; not to be edited.

` + "`serve`, `worker`, `migrate` and `admin`" + ` open the database themselves. All others but those that look at
files talk to a server over its API: the one that ` + "`HOOKLOOM_URL` and `HOOKLOOM_API_KEY`" + ` name, or else the one that
runs on ` + "`DATA_DIR`" + ` of this machine.

| exit status | |
|---|---|
| 0 | done |
| 1 | it failed: a run or a test failed, something differs, the server refused or was not there; standard error says why |
| 2 | the command or the configuration cannot be used, or with ` + "`test`" + ` a file; nothing was done |

With ` + "`--json`" + `, what is printed on standard output is one JSON value for programs; ` + "`tail`" + ` prints one a line. What ` + "`backup`" + `,
` + "`migrate`" + ` and ` + "`admin`" + ` say stays text, and ` + "`export`" + ` prints the file itself.

## Flags of all commands

`)
	writeFlags(&out, root.PersistentFlags())
	for _, cmd := range root.Commands() {
		writeCommand(&out, cmd)
	}
	return out.Bytes()
}

func writeCommand(out *bytes.Buffer, cmd *cobra.Command) {
	if cmd.Hidden || cmd.Name() == "help" || cmd.Name() == "completion" {
		return
	}
	fmt.Fprintf(out, "\n## %s\n\n%s.\n", strings.TrimSuffix(cmd.UseLine(), " [flags]"), strings.TrimSuffix(cmd.Short, "."))
	if cmd.Long != "" {
		fmt.Fprintf(out, "\n%s\n", cmd.Long)
	}
	if cmd.Example != "" {
		fmt.Fprintf(out, "\n```\n%s\n```\n", outdented(cmd.Example))
	}
	if cmd.LocalNonPersistentFlags().HasAvailableFlags() {
		out.WriteString("\n")
		writeFlags(out, cmd.LocalNonPersistentFlags())
	}
	for _, below := range cmd.Commands() {
		writeCommand(out, below)
	}
}

func outdented(text string) string {
	var lines []string
	for line := range strings.SplitSeq(strings.Trim(text, "\n"), "\n") {
		lines = append(lines, strings.TrimPrefix(line, "  "))
	}
	return strings.Join(lines, "\n")
}

func writeFlags(out *bytes.Buffer, flags *pflag.FlagSet) {
	out.WriteString("| flag | |\n|---|---|\n")
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		about := strings.ReplaceAll(f.Usage, "|", `\|`)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
			about += " (default `" + f.DefValue + "`)"
		}
		fmt.Fprintf(out, "| `--%s` | %s |\n", f.Name, about)
	})
}
