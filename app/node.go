package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/nodes/declared"
)

// nodesEvery is how long a changed file of DATA_DIR/nodes may go unnoticed.
const nodesEvery = 2 * time.Second

// nodeFiles puts the apps of DATA_DIR/nodes into a registry of this program's own.
func (p *program) nodeFiles(log *slog.Logger) *declared.Folder {
	p.Registry = p.Registry.Clone()
	folder := declared.NewFolder(os.DirFS(filepath.Join(p.config.DataDir, "nodes")), p.Registry, log)
	folder.KeepIn(filepath.Join(p.config.DataDir, "nodes-kept"))
	folder.Look()
	return folder
}

// watchNodes keeps looking at the folder until the system is closed.
func (s *system) watchNodes(folder *declared.Folder) {
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		folder.Watch(ctx, nodesEvery)
	}()
	s.onClose(func() error {
		stop()
		<-done
		return nil
	})
}

func (p *program) nodeCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "node", Short: "Look at node types, and check files that declare some", Args: cobra.NoArgs}
	cmd.AddCommand(&cobra.Command{
		Use: "list", Short: "List the node types of this build and of DATA_DIR/nodes", Args: cobra.NoArgs,
		Example: "  hookloom node list\n  hookloom node list --json",
		RunE: func(*cobra.Command, []string) error {
			p.nodeFiles(slog.New(slog.DiscardHandler))
			var rows [][]string
			for _, n := range p.Registry.All() {
				rows = append(rows, []string{n.Type, string(n.Kind), n.Group, n.Name, n.Summary})
			}
			return p.printRows([]string{"type", "kind", "group", "name", "summary"}, true, rows)
		},
	}, &cobra.Command{
		Use: "lint FILE...", Short: "Check files that declare node types, and run their examples", Args: cobra.MinimumNArgs(1),
		Example: "  hookloom node lint data/nodes/crm.yaml",
		RunE:    func(_ *cobra.Command, names []string) error { return p.lintNodes(names) },
	}, &cobra.Command{
		Use: "schema", Short: "Print the JSON schema of files that declare node types, for editors", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := p.Stdout.Write(declared.Schema())
			return err
		},
	})
	return cmd
}

// lintedNode is a problem of a file for programs.
type lintedNode struct {
	File    string `json:"file"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Pointer string `json:"pointer,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

// lintNodes prints every problem as file:line:column, which editors know how to
// follow.
func (p *program) lintNodes(names []string) error {
	bad := 0
	found := []lintedNode{}
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		app, problems := declared.Parse(text)
		for _, problem := range problems {
			p.say("%s:%s", name, problem)
			found = append(found, lintedNode{name, problem.Line, problem.Column, problem.Pointer, problem.Message, problem.Fix})
		}
		if app == nil {
			bad++
			continue
		}
		if first := p.clash(app); first != "" {
			bad++
			p.say("%s: %s is an app of this build: give yours another name", name, first)
			found = append(found, lintedNode{File: name, Pointer: "/app", Message: first + " is an app of this build", Fix: "Give yours another name."})
			continue
		}
		p.say("%s: %s is fine: %d actions", name, app.Name(), len(app.Actions))
	}
	if p.json {
		if err := p.printJSON(found); err != nil {
			return err
		}
	}
	if bad > 0 {
		return errors.New("there are problems in " + count(bad, "file"))
	}
	return nil
}

// clash is the app's id when a type of the build has it, else "".
func (p *program) clash(app *declared.App) string {
	if err := p.Registry.Clone().Replace("lint", app.Definitions()...); err != nil {
		return app.ID()
	}
	return ""
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
