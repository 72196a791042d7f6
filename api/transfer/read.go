package transfer

import (
	"context"
	"slices"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/template"
)

// there is what the workspace has, as it was before the import.
type there struct {
	// workflows and templates are from the oldest.
	workflows []engine.WorkflowInfo
	// live are the live documents by the ids of workflows, when those are compared.
	live      map[string][]byte
	templates []engine.Template
	files     map[string]template.File
	hooks     []engine.Hook
}

// maxList bounds how much of a list of the workspace is looked at.
const maxList = 10_000

// every reads a list whole, up to maxList, from the oldest.
func every[T any](list func(engine.Page) (engine.List[T], error)) ([]T, error) {
	var items []T
	p := engine.Page{Limit: engine.MaxPage}
	for {
		part, err := list(p)
		if err != nil {
			return nil, err
		}
		if items = append(items, part.Items...); part.Next == "" || len(items) >= maxList {
			slices.Reverse(items)
			return items, nil
		}
		p.Cursor = part.Next
	}
}

// read looks at what the files may meet.
func (d Deps) read(ctx context.Context, o Order) (there, error) {
	t := there{live: map[string][]byte{}, files: map[string]template.File{}}
	var err error
	if t.workflows, err = d.listWorkflows(ctx, o.Workspace); err != nil {
		return t, err
	}
	if o.Version == Live {
		for _, w := range t.workflows {
			if w.LiveHash == "" {
				continue
			}
			if t.live[w.ID], err = d.Store.Definition(ctx, o.Workspace, w.LiveHash); err != nil {
				return t, err
			}
		}
	}
	if len(o.Bundle.Templates) > 0 {
		if t.templates, t.files, err = d.readTemplates(ctx, o.Workspace); err != nil {
			return t, err
		}
	}
	if o.Bundle.Workspace != nil && len(o.Bundle.Workspace.Hooks) > 0 {
		t.hooks, err = d.listHooks(ctx, o.Workspace)
	}
	return t, err
}

func (d Deps) listWorkflows(ctx context.Context, ws string) ([]engine.WorkflowInfo, error) {
	return every(func(p engine.Page) (engine.List[engine.WorkflowInfo], error) {
		return d.Store.ListWorkflows(ctx, ws, engine.WorkflowFilter{}, p)
	})
}

func (d Deps) listHooks(ctx context.Context, ws string) ([]engine.Hook, error) {
	return every(func(p engine.Page) (engine.List[engine.Hook], error) {
		return d.Store.ListHooks(ctx, ws, engine.HookFilter{}, p)
	})
}

// readTemplates reads templates with the files of their newest versions by id. A
// file that cannot be read any more is left out, and its template is never the same.
func (d Deps) readTemplates(ctx context.Context, ws string) ([]engine.Template, map[string]template.File, error) {
	list, err := every(func(p engine.Page) (engine.List[engine.Template], error) { return d.Store.ListTemplates(ctx, ws, p) })
	if err != nil {
		return nil, nil, err
	}
	files := map[string]template.File{}
	for n, t := range list {
		// Lists leave the recipe out.
		if list[n], err = d.Store.Template(ctx, ws, t.ID); err != nil {
			return nil, nil, err
		}
		v, err := d.Store.TemplateVersion(ctx, ws, t.ID, t.Latest)
		if err != nil {
			return nil, nil, err
		}
		if file, problems := template.Read(v.File); len(problems) == 0 {
			file.Name = t.Name
			files[t.ID] = file
		}
	}
	return list, files, nil
}
