package app

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// maxFile is the longest file that is read: as much as an import may hold.
const maxFile = 20 << 20

func (p *program) importCommand() *cobra.Command {
	update := false
	cmd := &cobra.Command{
		Use: "import FILE|DIR ...", Short: "Create workflows from files", Args: cobra.MinimumNArgs(1),
		Long: `Create each workflow of the files as a draft, or with --update change the draft of the workflow with the same
name, which keeps its secrets and connections. All files are read first: when one is wrong, nothing is imported.`,
		Example: "  hookloom import new-buyers.json\n  hookloom import --update workflows",
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := readFiles(args)
			if err != nil {
				return err
			}
			c, err := p.client()
			if err != nil {
				return err
			}
			var rows [][]string
			for _, w := range wanted {
				row, err := p.importOne(cmd.Context(), c, w, update)
				if err != nil {
					return fmt.Errorf("%s: %w", w.path, err)
				}
				p.say("%s", strings.Join(row, "  "))
				rows = append(rows, row)
			}
			if !p.json {
				return nil
			}
			return p.printRows([]string{"id", "done", "name"}, false, rows)
		},
	}
	cmd.Flags().BoolVar(&update, "update", false, "change the draft of a workflow that has the name already")
	return cmd
}

func (p *program) importOne(ctx context.Context, c *client, w fileWorkflow, update bool) ([]string, error) {
	id, done := "", "created"
	if update {
		known, err := c.named(ctx, w.Name)
		if err != nil {
			return nil, err
		}
		id = known
	}
	body := map[string]any{"name": w.Name, "definition": w.Definition}
	var stored struct{ ID string }
	var err error
	if id == "" {
		err = c.do(ctx, http.MethodPost, c.in("/workflows"), body, &stored)
	} else {
		done = "changed"
		if body["definition"], err = c.completed(ctx, id, w.Definition); err == nil {
			err = c.overwrite(ctx, c.in("/workflows/%s", id), body, &stored)
		}
	}
	return []string{stored.ID, done, w.Name}, err
}

// completed is a definition of a file with the secrets and connections that the
// draft on the server has, since no file holds them.
func (c *client) completed(ctx context.Context, id string, definition []byte) (json.RawMessage, error) {
	var there struct{ Definition json.RawMessage }
	if err := c.do(ctx, http.MethodGet, c.in("/workflows/%s?version=draft", id), nil, &there); err != nil {
		return nil, err
	}
	file, err := value.Decode(definition)
	if err != nil {
		return nil, err
	}
	draft, err := value.Decode(there.Definition)
	if err != nil {
		return nil, err
	}
	return value.Encode(completed(file, draft))
}

// completed fills in what a file leaves out of a value: in the same step, which has
// the same id and type, at the same place.
func completed(file, draft any) any {
	switch d := draft.(type) {
	case map[string]any:
		f, ok := file.(map[string]any)
		if !ok || f["type"] != d["type"] {
			return file
		}
		for key, e := range d {
			if here, has := f[key]; has {
				f[key] = completed(here, e)
			} else if ofWorkspace(e) {
				f[key] = e
			}
		}
	case []any:
		f, _ := file.([]any)
		for i, e := range f {
			if same := counterpart(e, i, f, d); same != nil {
				f[i] = completed(e, same)
			}
		}
	}
	return file
}

// counterpart finds an entry of a list in another list: by its id, or by its place
// where entries have none and the lists are equally long; nil for none.
func counterpart(entry any, place int, list, other []any) any {
	id := idOf(entry)
	if id == nil && len(list) == len(other) {
		return other[place]
	}
	for _, o := range other {
		if id != nil && idOf(o) == id {
			return o
		}
	}
	return nil
}

func idOf(v any) any {
	object, _ := v.(map[string]any)
	id, _ := object["id"].(string)
	if id == "" {
		return nil
	}
	return id
}

// named finds the one workflow of a name, "" for none.
func (c *client) named(ctx context.Context, name string) (string, error) {
	var list struct{ Items []listed }
	if err := c.do(ctx, http.MethodGet, c.in("/workflows?limit=100&q=%s", url.QueryEscape(name)), nil, &list); err != nil {
		return "", err
	}
	id := ""
	for _, w := range list.Items {
		switch {
		case w.Name != name:
		case id != "":
			return "", fmt.Errorf("several workflows are called %q: rename all but one", name)
		default:
			id = w.ID
		}
	}
	return id, nil
}

func (p *program) diffCommand() *cobra.Command {
	version := "draft"
	cmd := &cobra.Command{
		Use: "diff FILE|DIR ...", Short: "Say how workflows on the server differ from files", Args: cobra.MinimumNArgs(1),
		Long: `Compare each workflow of the files with the one of the same name on the server, as export would write it. What is
listed is what changed on the way from the server to the file. The exit status is 1 when something differs.`,
		Example: "  hookloom diff workflows\n  hookloom diff --version live new-buyers.json",
		RunE: func(cmd *cobra.Command, args []string) error {
			wanted, err := readFiles(args)
			if err != nil {
				return err
			}
			c, err := p.client()
			if err != nil {
				return err
			}
			differ, found := 0, []fileChanges{}
			for _, w := range wanted {
				changes, err := p.changes(cmd.Context(), c, w, version)
				if err != nil {
					return fmt.Errorf("%s: %w", w.path, err)
				}
				if len(changes) == 0 {
					continue
				}
				differ++
				found = append(found, fileChanges{w.Name, w.path, changes})
				p.say("%s (%s)\n  %s", w.Name, w.path, strings.Join(changes, "\n  "))
			}
			if p.json {
				if err := p.printJSON(found); err != nil {
					return err
				}
			}
			if differ > 0 {
				return fmt.Errorf("%d of %d workflows differ", differ, len(wanted))
			}
			p.say("%d workflows are as in the files", len(wanted))
			return nil
		},
	}
	cmd.Flags().StringVar(&version, "version", version, "what to compare with: draft or live")
	return cmd
}

// fileChanges is how a file differs, for programs.
type fileChanges struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Changes []string `json:"changes"`
}

// changes are sentences on how a file differs from the server's workflow.
func (p *program) changes(ctx context.Context, c *client, w fileWorkflow, version string) ([]string, error) {
	id, err := c.named(ctx, w.Name)
	if err != nil {
		return nil, err
	}
	if id == "" {
		return []string{"There is no such workflow on the server."}, nil
	}
	quiet := *p
	quiet.Stderr = io.Discard
	text, err := quiet.exported(ctx, c, id, version)
	if err != nil {
		return nil, err
	}
	there, problems := template.Read(text)
	if len(problems) > 0 {
		return nil, wrongFile(problems)
	}
	theirs, _ := workflow.Parse(there.Workflows[0].Definition)
	ours, _ := workflow.Parse(w.Definition)
	var changes []string
	for _, change := range workflow.Diff(theirs, ours) {
		changes = append(changes, change.Text)
	}
	return changes, nil
}

// fileWorkflow is a workflow of a file.
type fileWorkflow struct {
	path string
	Name string
	// Definition is whole: files with inputs are templates, which a page asks for.
	Definition json.RawMessage
}

// readFiles reads files, and the .json files of folders in the order of their
// names, strictly.
func readFiles(paths []string) ([]fileWorkflow, error) {
	var list []fileWorkflow
	var wrong []error
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || path != root && (!strings.HasSuffix(path, ".json") || strings.HasSuffix(path, ".test.json")) {
				return err
			}
			workflows, err := readWorkflows(path)
			if err != nil {
				wrong = append(wrong, fmt.Errorf("%s: %w", path, err))
			}
			list = append(list, workflows...)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("there is no .json file in %s", strings.Join(paths, ", "))
	}
	return list, nil
}

func readWorkflows(path string) ([]fileWorkflow, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("it has %d MB, and %d MB are the most", info.Size()>>20, maxFile>>20)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	f, problems := template.Read(text)
	if len(problems) > 0 {
		return nil, wrongFile(problems)
	}
	if len(f.Inputs) > 0 {
		return nil, errors.New("it is a template that asks for values: use it on the page Templates")
	}
	list := make([]fileWorkflow, len(f.Workflows))
	for i, w := range f.Workflows {
		list[i] = fileWorkflow{path, w.Name, w.Definition}
	}
	return list, nil
}

func wrongFile(problems []workflow.Problem) error {
	lines := make([]string, 0, len(problems))
	for _, p := range problems[:min(len(problems), 50)] {
		lines = append(lines, "\n  "+strings.TrimSpace(p.Pointer+": "+p.Message))
	}
	return errors.New("it cannot be imported:" + strings.Join(lines, ""))
}
