package transfer

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
)

// things finds or makes what the workspace's file lists by name.
func (i *importing) things() error {
	w := i.Bundle.Workspace
	if w == nil {
		return nil
	}
	f := w.Supplies()
	s, err := rollout.Supply(i.tx, f, nil)
	if err != nil {
		return err
	}
	i.supplied(s.Made)
	for _, in := range f.Inputs {
		name := in.Label
		if in.Target != "" {
			name = in.Target
		}
		if !i.made[in.Kind+"\x00"+name] {
			i.done(Done{Kind: in.Kind, Name: name, File: bundle.WorkspaceName, Action: Same})
		}
	}
	return nil
}

// supplied notes what was made by name.
func (i *importing) supplied(made []rollout.Made) {
	for _, m := range made {
		if i.made[m.Kind+"\x00"+m.Name] {
			continue
		}
		i.made[m.Kind+"\x00"+m.Name] = true
		i.done(Done{Kind: m.Kind, Name: m.Name, Action: Created})
		if m.Kind == template.CustomValue {
			i.need(Need{Kind: template.CustomValue, Name: m.Name, Detail: fmt.Sprintf("Give the custom value %s its value.", m.Name)})
		}
	}
}

func (i *importing) need(n Need) { i.report.Needs = append(i.report.Needs, n) }

// connections makes those that the workspace's file lists and the workspace lacks.
func (i *importing) connections() error {
	if i.Bundle.Workspace == nil {
		return nil
	}
	for _, c := range i.Bundle.Workspace.Connections {
		made, err := i.connection(c)
		if err != nil {
			return err
		}
		if !made {
			i.done(Done{Kind: template.Connection, Name: c.Name, File: bundle.WorkspaceName, Action: Same})
		}
	}
	return nil
}

// connection makes one that somebody has to sign in with, unless there is one of its
// name and type.
func (i *importing) connection(c bundle.Connection) (made bool, err error) {
	list, err := i.tx.Connections()
	if err != nil {
		return false, err
	}
	if slices.ContainsFunc(list, func(have engine.Connection) bool { return have.Type == c.Type && strings.EqualFold(have.Name, c.Name) }) {
		return false, nil
	}
	params := map[string]any{}
	if t := i.Registry.Lookup(c.Type); t != nil && len(c.Hosts) > 0 {
		for _, f := range t.Fields {
			if f.Key == "hosts" {
				hosts := make([]any, len(c.Hosts))
				for n, host := range c.Hosts {
					hosts[n] = host
				}
				params["hosts"] = hosts
			}
		}
	}
	if err := i.tx.PutConnection(engine.Connection{ID: engine.NewID("cxn"), Type: c.Type, Name: c.Name, Params: params}); err != nil {
		return false, err
	}
	i.done(Done{Kind: template.Connection, Name: c.Name, Action: Created})
	i.need(Need{Kind: template.Connection, Name: c.Name, Required: true, Detail: fmt.Sprintf("Sign in with the connection %s: no file holds what it signs in with.", c.Name)})
	return true, nil
}

// named makes the connections that a workflow's file names and the workspace lacks,
// for callers who may.
func (i *importing) named(inputs []template.Input) error {
	for _, in := range inputs {
		t := i.Registry.Lookup(in.Auth)
		if in.Kind != template.Connection || t == nil || !i.May(account.ConnectionsWrite) {
			continue
		}
		c := bundle.Connection{Name: in.Label, Type: in.Auth}
		if in.Host != "" {
			c.Hosts = []string{in.Host}
		}
		if _, err := i.connection(c); err != nil {
			return err
		}
	}
	return nil
}

// hookReason stands at a hook until somebody has looked at it.
const hookReason = "It came from a file: look at the address, then switch it on."

// hooks makes the outgoing webhooks that the workspace lacks. They are paused, so
// that nothing is sent anywhere before somebody wants it.
func (i *importing) hooks() error {
	if i.Bundle.Workspace == nil {
		return nil
	}
	for n, h := range i.Bundle.Workspace.Hooks {
		pointer := fmt.Sprintf("/hooks/%d", n)
		made, err := i.hookOf(h)
		if errors.Is(err, engine.ErrNotFound) {
			return refuse(bundle.WorkspaceName, pointer+"/only", "unknown", fmt.Sprintf("There is no %.80q in this workspace or in the files: add it to them, or take the webhook out.", h.Only))
		}
		if err != nil {
			return err
		}
		shown := h.Event + " → " + h.URL
		if slices.ContainsFunc(i.there.hooks, func(have engine.Hook) bool { return sameHook(have, made) }) {
			i.done(Done{Kind: "hook", Name: shown, File: bundle.WorkspaceName, Action: Same})
			continue
		}
		if made.Place != "" {
			if _, err := i.tx.HookAt(made.Place); !errors.Is(err, engine.ErrNotFound) {
				if err != nil {
					return err
				}
				i.done(Done{Kind: "hook", Name: shown, File: bundle.WorkspaceName, Action: Different, Changes: []string{"There is another address in this place."}})
				continue
			}
		}
		if err := i.MayHook(h.Event, h.URL); err != nil {
			return refuse(bundle.WorkspaceName, pointer+"/url", "invalid", err.Error())
		}
		if err := engine.AddHook(i.tx, &made, i.Secret()); err != nil {
			return err
		}
		i.there.hooks = append(i.there.hooks, made)
		i.done(Done{Kind: "hook", Name: shown, File: bundle.WorkspaceName, Action: Created})
		i.need(Need{Kind: "hook", Name: shown, Detail: "The outgoing webhook is paused and has a new secret: give that to the receiver, then switch the webhook on."})
	}
	return nil
}

func sameHook(a, b engine.Hook) bool {
	return a.Event == b.Event && a.URL == b.URL && a.Resource == b.Resource && a.Cart == b.Cart && a.Format == b.Format && a.Place == b.Place
}

// hookOf is a hook with the ids of this workspace; engine.ErrNotFound when what it
// is about is not there.
func (i *importing) hookOf(h bundle.Hook) (engine.Hook, error) {
	out := engine.Hook{
		Workspace: i.Workspace, Name: h.Name, Event: h.Event, URL: h.URL, Format: engine.HookFormat(h.Format), Status: engine.HookPaused, Reason: hookReason,
	}
	if out.Format == "" {
		out.Format = engine.FormatStandard
	}
	if h.Cart != nil {
		out.Cart = engine.CartNever
		if *h.Cart {
			out.Cart = engine.CartOnly
		}
	}
	if h.Place == "site" {
		out.Place = "site:purchase"
		return out, nil
	}
	if h.Only == "" {
		return out, nil
	}
	var err error
	if out.Resource, out.ResourceNumber, err = i.about(h.Event, h.Only); err != nil {
		return out, err
	}
	if h.Place != "" {
		out.Place = h.Place + ":" + out.Resource
	}
	return out, nil
}

// about finds the thing that an event can be about by its name.
func (i *importing) about(event, name string) (id string, number int64, err error) {
	kind, _, _ := strings.Cut(event, ".")
	switch kind {
	case "contact":
		return "", 0, engine.ErrNotFound
	case "tag":
		tag, made, err := i.tx.SupplyTag(name)
		i.supplied(madeOf(template.Tag, tag.Name, made))
		return tag.ID, tag.Number, err
	case "form":
		f, err := i.tx.FindForm(name)
		return f.ID, f.Number, err
	case "course":
		p, err := i.tx.FindProduct(name)
		return p.ID, 0, err
	case "run":
		for _, w := range i.stored {
			if w.Name == name {
				return w.ID, 0, nil
			}
		}
		for _, w := range i.there.workflows {
			if w.Name == name {
				return w.ID, 0, nil
			}
		}
		return "", 0, engine.ErrNotFound
	}
	var o crm.Offer
	o, err = i.tx.Offer(name)
	return o.ID, o.Number, err
}

func madeOf(kind, name string, made bool) []rollout.Made {
	if !made {
		return nil
	}
	return []rollout.Made{{Kind: kind, Name: name}}
}
