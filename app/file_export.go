package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/engine/bundle"
)

func (p *program) exportCommand() *cobra.Command {
	version, folder, isTemplate, all := "draft", "", false, false
	cmd := &cobra.Command{
		Use: "export [WORKFLOW|TEMPLATE]", Short: "Write a workflow, a template or the whole workspace as readable files", Args: cobra.MaximumNArgs(1),
		Long: `Write a workflow or template as a file, or the whole workspace as a folder of files or a zip. The same content
gives the same bytes. Secrets and values are never in a file; connections, offers, forms and tags stand by their names.`,
		Example: "  hookloom export \"New buyers\" > new-buyers.json\n  hookloom export --template Onboarding > onboarding.template.json\n" +
			"  hookloom export --dir workspace\n  hookloom export --zip > workspace.zip",
		RunE: func(cmd *cobra.Command, args []string) error {
			if n := len(args) + oneIf(folder != "") + oneIf(all); n != 1 {
				return usageError{errors.New("name a workflow, a folder for the whole workspace with --dir, or --zip")}
			}
			switch {
			case isTemplate && len(args) == 0:
				return usageError{errors.New("--template says that a name is a template's: name one, and leave out --dir and --zip, which write everything")}
			case isTemplate && cmd.Flags().Changed("version"):
				return usageError{errors.New("--version chooses among the versions of workflows: a template is written as it is now, so leave it out")}
			}
			c, err := p.client()
			if err != nil {
				return err
			}
			switch {
			case folder != "":
				return p.exportFolder(cmd.Context(), c, version, folder)
			case all:
				raw, err := p.fetched(cmd.Context(), c, c.in("/export?version=%s", version))
				return errors.Join(err, p.write(raw))
			case isTemplate:
				return p.exportTemplate(cmd.Context(), c, args[0])
			}
			id, err := c.workflow(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			file, err := p.fetched(cmd.Context(), c, c.in("/workflows/%s/file?version=%s", id, version))
			return errors.Join(err, p.write(file))
		},
	}
	cmd.Flags().StringVar(&version, "version", version, "draft, live, or a workflow's number")
	cmd.Flags().StringVar(&folder, "dir", "", "folder to write the whole workspace into")
	cmd.Flags().BoolVar(&all, "zip", false, "write the whole workspace as a zip")
	cmd.Flags().BoolVar(&isTemplate, "template", false, "the name is a template's")
	return cmd
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (p *program) write(content []byte) error {
	_, err := p.Stdout.Write(content)
	return err
}

// fetched downloads files and says how much was left out of them.
func (p *program) fetched(ctx context.Context, c *client, path string) ([]byte, error) {
	answer, header, err := c.exchange(ctx, http.MethodGet, path, nil, "")
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	raw, err := io.ReadAll(answer)
	if n := header.Get("X-Left-Out"); err == nil && n != "" && n != "0" {
		_, _ = fmt.Fprintf(p.Stderr, "Left out: %s of secrets, secret addresses and texts that belong to this workspace alone. An import lists what is to be filled in.\n", n)
	}
	return raw, err
}

// exportFolder writes a workspace into a folder. Files that the list there names and
// the workspace has no more are removed; nothing else is.
func (p *program) exportFolder(ctx context.Context, c *client, version, folder string) error {
	raw, err := p.fetched(ctx, c, c.in("/export?version=%s", version))
	if err != nil {
		return err
	}
	files, problems := bundle.Unzip(raw)
	if len(problems) > 0 {
		return wrongFiles(problems)
	}
	before, rows := listedFiles(folder), [][]string{}
	for _, f := range files {
		path := filepath.Join(folder, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			return err
		}
		if _, err := writeNew(path, bytes.NewReader(f.Text)); err != nil {
			return err
		}
		before = slices.DeleteFunc(before, func(old string) bool { return old == f.Path })
		p.say("%s", path)
		rows = append(rows, []string{path, "written"})
	}
	for _, old := range before {
		path := filepath.Join(folder, filepath.FromSlash(old))
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		p.say("%s  removed", path)
		rows = append(rows, []string{path, "removed"})
	}
	if !p.json {
		return nil
	}
	return p.printRows([]string{"file", "done"}, false, rows)
}

// listedFiles are the files that an export has written into a folder before, none
// when it cannot be told.
func listedFiles(folder string) []string {
	text, err := os.ReadFile(filepath.Join(folder, bundle.WorkspaceName))
	var w bundle.Workspace
	if err != nil || json.Unmarshal(text, &w) != nil {
		return nil
	}
	var list []string
	for _, e := range slices.Concat(w.Workflows, w.Templates) {
		if filepath.IsLocal(filepath.FromSlash(e.File)) && filepath.Ext(e.File) == ".json" {
			list = append(list, e.File)
		}
	}
	return list
}

// exportTemplate writes a template, by its name or id.
func (p *program) exportTemplate(ctx context.Context, c *client, name string) error {
	var list struct{ Items []listed }
	if err := c.do(ctx, http.MethodGet, c.in("/templates"), nil, &list); err != nil {
		return err
	}
	var ids []string
	for _, t := range list.Items {
		if t.ID == name || t.Name == name {
			ids = append(ids, t.ID)
		}
	}
	switch len(ids) {
	case 0:
		return fmt.Errorf("there is no template %q", name)
	case 1:
	default:
		return fmt.Errorf("several templates are called %q: name one by its id: %v", name, ids)
	}
	file, err := p.fetched(ctx, c, c.in("/templates/%s/file", ids[0]))
	return errors.Join(err, p.write(file))
}

// listed is what every list shows of an item.
type listed struct{ ID, Name string }
