package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

func (p *program) exportCommand() *cobra.Command {
	version, folder := "draft", ""
	cmd := &cobra.Command{
		Use: "export [WORKFLOW]", Short: "Write a workflow, or all of them, as readable files", Args: cobra.MaximumNArgs(1),
		Long: `Write a workflow as a file for a repository: a template file with one workflow. The same workflow gives the
same bytes. Secrets are left out, offers stand by their titles, and connections are left out with a note.`,
		Example: "  hookloom export \"New buyers\" > new-buyers.json\n  hookloom export --dir workflows",
		RunE: func(cmd *cobra.Command, args []string) error {
			if (len(args) == 0) == (folder == "") {
				return usageError{errors.New("name a workflow, or a folder for all with --dir")}
			}
			c, err := p.client()
			if err != nil {
				return err
			}
			if folder != "" {
				return p.exportAll(cmd.Context(), c, version, folder)
			}
			id, err := c.workflow(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			file, err := p.exported(cmd.Context(), c, id, version)
			if err == nil {
				_, err = p.Stdout.Write(file)
			}
			return err
		},
	}
	cmd.Flags().StringVar(&version, "version", version, "draft, live, or a number")
	cmd.Flags().StringVar(&folder, "dir", "", "folder to write every workflow into, one file each")
	return cmd
}

// exportAll writes every workflow into a folder. A name that two have gets a
// number in the order in which they were made.
func (p *program) exportAll(ctx context.Context, c *client, version, folder string) error {
	if err := os.MkdirAll(folder, 0o750); err != nil {
		return err
	}
	ids, err := c.every(ctx, "/workflows")
	if err != nil {
		return err
	}
	taken, rows := map[string]int{}, [][]string{}
	for i := len(ids) - 1; i >= 0; i-- { // lists begin with the newest
		name := fileName(ids[i].Name)
		if taken[name]++; taken[name] > 1 {
			name = fmt.Sprintf("%s-%d", name, taken[name])
		}
		file, err := p.exported(ctx, c, ids[i].ID, version)
		if err != nil {
			return fmt.Errorf("%s: %w", ids[i].Name, err)
		}
		path := filepath.Join(folder, name+".json")
		if _, err := writeNew(path, bytes.NewReader(file)); err != nil {
			return err
		}
		p.say("%s  %s", path, ids[i].Name)
		rows = append(rows, []string{path, ids[i].Name})
	}
	if !p.json {
		return nil
	}
	return p.printRows([]string{"file", "name"}, false, rows)
}

// fileName is a workflow's name as every file system takes it.
func fileName(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	text := strings.Trim(b.String(), "-")
	if text == "" {
		return "workflow"
	}
	return text[:min(len(text), 80)]
}

// listed is what every list shows of an item.
type listed struct{ ID, Name, Title string }

// every reads all parts of a list.
func (c *client) every(ctx context.Context, path string) ([]listed, error) {
	var all []listed
	for cursor := ""; ; {
		var part struct {
			Items []listed
			Next  string `json:"next_cursor"`
		}
		if err := c.do(ctx, http.MethodGet, c.in("%s?limit=100&cursor=%s", path, cursor), nil, &part); err != nil {
			return nil, err
		}
		all = append(all, part.Items...)
		if cursor = part.Next; cursor == "" {
			return all, nil
		}
	}
}

// exported is a workflow as a file.
func (p *program) exported(ctx context.Context, c *client, id, version string) ([]byte, error) {
	var w struct {
		Name       string
		Definition json.RawMessage
	}
	if err := c.do(ctx, http.MethodGet, c.in("/workflows/%s?version=%s", id, version), nil, &w); err != nil {
		return nil, err
	}
	offers, err := c.every(ctx, "/offers")
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, o := range offers {
		titles[o.ID] = o.Title
	}
	v, err := value.Decode(w.Definition)
	if err != nil {
		return nil, err
	}
	leaver := &leaver{titles: titles}
	v, _ = leaver.portable(v)
	for _, note := range leaver.notes {
		_, _ = fmt.Fprintf(p.Stderr, "%s: %s\n", w.Name, note)
	}
	text, err := value.Encode(v)
	if err != nil {
		return nil, err
	}
	doc, problems := workflow.Parse(text)
	if doc == nil {
		return nil, fmt.Errorf("the workflow cannot be read: %s", problems[0].Message)
	}
	if text, err = doc.JSON(); err != nil {
		return nil, err
	}
	file := template.File{Schema: template.Schema, Name: w.Name, Inputs: []template.Input{}, Workflows: []template.Workflow{{Key: "workflow", Name: w.Name, Definition: text}}}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err = enc.Encode(file)
	return out.Bytes(), err
}

// connectionPrefix begins the ids of connections.
const connectionPrefix = "cxn_"

// ofWorkspace tells whether a value belongs to its workspace alone: a secret or a
// connection.
func ofWorkspace(v any) bool {
	switch x := v.(type) {
	case map[string]any:
		_, secret := x[nodes.SecretRefKey]
		return secret
	case string:
		return strings.HasPrefix(x, connectionPrefix)
	}
	return false
}

// leaver leaves out of a definition what belongs to its workspace alone.
type leaver struct {
	titles map[string]string
	notes  []string
}

// portable returns a value as another workspace understands it; keep is false for
// what is left out.
func (l *leaver) portable(v any) (_ any, keep bool) {
	switch x := v.(type) {
	case map[string]any:
		if ofWorkspace(x) {
			l.notes = append(l.notes, "a secret was left out: enter it where the file is imported")
			return nil, false
		}
		for key, e := range x {
			if e, keep := l.portable(e); keep {
				x[key] = e
			} else {
				delete(x, key)
			}
		}
	case []any:
		kept := x[:0]
		for _, e := range x {
			if e, keep := l.portable(e); keep {
				kept = append(kept, e)
			}
		}
		return kept, true
	case string:
		if ofWorkspace(x) {
			l.notes = append(l.notes, "the connection "+x+" was left out: choose one where the file is imported")
			return nil, false
		}
		if title := l.titles[x]; title != "" {
			return title, true
		}
	}
	return v, true
}
