package transfer

import (
	"context"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/template"
)

// Workflow is one workflow as a file, with what was left out of it.
func (d Deps) Workflow(name string, definition []byte, home template.Home) (template.File, []template.Left, error) {
	return template.Portable(template.Source{Name: name, Definition: definition}, home, d.Registry)
}

// Export is a workspace as files, arranged, with what was left out of it. With Live
// only published workflows are in it, as they are live.
func (d Deps) Export(ctx context.Context, ws, version string, home template.Home) (bundle.Bundle, []template.Left, error) {
	b := bundle.Bundle{Workspace: things(home)}
	var left []template.Left
	workflows, err := d.listWorkflows(ctx, ws)
	if err != nil {
		return b, nil, err
	}
	names := map[string]string{}
	for _, w := range workflows {
		names[w.ID] = w.Name
		definition := w.Draft
		if version == Live {
			if w.LiveHash == "" {
				continue
			}
			if definition, err = d.Store.Definition(ctx, ws, w.LiveHash); err != nil {
				return b, nil, err
			}
		}
		file, without, err := d.Workflow(w.Name, definition, home)
		if err != nil {
			return b, nil, err
		}
		left = append(left, without...)
		b.Workflows = append(b.Workflows, bundle.Item{Folder: &w.Folder, File: file})
	}
	templates, files, err := d.readTemplates(ctx, ws)
	if err != nil {
		return b, nil, err
	}
	for _, t := range templates {
		if file, readable := files[t.ID]; readable {
			file.Describes = template.TemplateSchema
			b.Templates = append(b.Templates, bundle.Item{File: file})
		}
	}
	products, err := d.Store.Products(ctx, ws)
	if err != nil {
		return b, nil, err
	}
	for _, p := range products {
		names[p.ID] = p.Title
		if !slices.Contains(b.Workspace.Products, p.Title) {
			b.Workspace.Products = append(b.Workspace.Products, p.Title)
		}
	}
	for _, list := range [][]template.Thing{home.Offers, home.Forms, home.Tags} {
		for _, t := range list {
			names[t.ID] = t.Name
		}
	}
	if err := d.addConnections(ctx, ws, b.Workspace); err != nil {
		return b, nil, err
	}
	without, err := d.addHooks(ctx, ws, b.Workspace, names)
	b.Arrange()
	return b, append(left, without...), err
}

// things are what is found by name. Of several with one name the oldest counts, as
// it does for steps.
func things(home template.Home) *bundle.Workspace {
	w := &bundle.Workspace{}
	for _, t := range home.Tags {
		w.Tags = append(w.Tags, t.Name)
	}
	for _, t := range home.Fields {
		f := bundle.Field{Key: t.ID, Label: t.Name}
		if t.Define != nil {
			f.Type, f.Options = t.Define.Type, t.Define.Options
		}
		w.ContactFields = append(w.ContactFields, f)
	}
	for _, t := range home.Values {
		w.CustomValues = append(w.CustomValues, bundle.Value{Key: t.ID, Name: t.Name})
	}
	for _, t := range firsts(home.Offers) {
		o := bundle.Offer{Title: t.Name}
		if t.Define != nil {
			o.Products = t.Define.Products
		}
		w.Offers = append(w.Offers, o)
	}
	for _, t := range firsts(home.Forms) {
		if t.Define != nil && t.Define.Form != nil {
			w.Forms = append(w.Forms, bundle.FormOf(t.Name, *t.Define.Form))
		}
	}
	return w
}

func firsts(list []template.Thing) []template.Thing {
	seen := map[string]bool{}
	var kept []template.Thing
	for _, t := range list {
		if !seen[t.Name] {
			kept = append(kept, t)
		}
		seen[t.Name] = true
	}
	return kept
}

func (d Deps) addConnections(ctx context.Context, ws string, w *bundle.Workspace) error {
	connections, err := every(func(p engine.Page) (engine.List[engine.Connection], error) {
		return d.Store.ListConnections(ctx, ws, p)
	})
	for _, c := range connections {
		one := bundle.Connection{Name: c.Name, Type: c.Type, Hosts: hostsOf(c)}
		if !slices.ContainsFunc(w.Connections, func(have bundle.Connection) bool { return have.Name == one.Name && have.Type == one.Type }) {
			w.Connections = append(w.Connections, one)
		}
	}
	return err
}

// hostsOf are the hosts that a connection is for; nothing else of it leaves.
func hostsOf(c engine.Connection) []string {
	list, _ := c.Params["hosts"].([]any)
	var hosts []string
	for _, h := range list {
		if host, ok := h.(string); ok {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// addHooks lists the outgoing webhooks. One that is about a person or about
// something that is gone is left out, and one whose address is a credential.
func (d Deps) addHooks(ctx context.Context, ws string, w *bundle.Workspace, names map[string]string) ([]template.Left, error) {
	hooks, err := d.listHooks(ctx, ws)
	if err != nil {
		return nil, err
	}
	var left []template.Left
	for _, h := range hooks {
		one := bundle.Hook{Name: h.Name, Event: h.Event, URL: h.URL, Format: string(h.Format)}
		one.Place, _, _ = strings.Cut(h.Place, ":")
		if one.Format == string(engine.FormatStandard) {
			one.Format = ""
		}
		if h.Cart != engine.CartAny {
			only := h.Cart == engine.CartOnly
			one.Cart = &only
		}
		one.Only = names[h.Resource]
		if template.Confidential(h.URL) || h.Resource != "" && one.Only == "" {
			left = append(left, template.Left{Kind: template.URL, Label: "the outgoing webhook for " + h.Event})
			continue
		}
		w.Hooks = append(w.Hooks, one)
	}
	return left, nil
}
