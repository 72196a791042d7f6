package contract

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// together is what a test has: its own before that of its file.
func together(file, test *Given) Given {
	var g Given
	if file != nil {
		g = *file
	}
	if test == nil {
		return g
	}
	g.Now, g.Timezone = cmp.Or(test.Now, g.Now), cmp.Or(test.Timezone, g.Timezone)
	g.Currency, g.Country = cmp.Or(test.Currency, g.Currency), cmp.Or(test.Country, g.Country)
	g.Values = maps.Clone(g.Values)
	if g.Values == nil {
		g.Values = map[string]any{}
	}
	maps.Copy(g.Values, test.Values)
	g.Offers = slices.Concat(g.Offers, test.Offers)
	g.Fields = slices.Concat(g.Fields, test.Fields)
	g.Contacts = slices.Concat(g.Contacts, test.Contacts)
	return g
}

// furnish makes the workspace with what is given.
func (w *world) furnish(ctx context.Context, g Given) error {
	w.workspace = crm.Workspace{
		ID: engine.NewID("ws"), Name: "Test", Slug: "test", Timezone: cmp.Or(g.Timezone, "UTC"), Locale: "en",
		Currency: cmp.Or(g.Currency, "USD"), DefaultCountry: cmp.Or(g.Country, "US"), Sender: crm.Sender{Name: "Test", Email: "test@example.com"},
	}
	if err := w.store.CreateWorkspace(ctx, &w.workspace); err != nil {
		return err
	}
	for _, title := range uniq(g.Offers) {
		offer := crm.Offer{Title: title, Products: []crm.Product{{Title: title}}}
		if err := w.store.CreateOffer(ctx, w.workspace.ID, &offer); err != nil {
			return fmt.Errorf("the offer %q: %w", title, err)
		}
	}
	for _, key := range uniq(g.Fields) {
		if err := w.store.CreateField(ctx, w.workspace.ID, &crm.Field{Key: key, Label: key, Kind: "text"}); err != nil {
			return fmt.Errorf("the contact field %q: %w", key, err)
		}
	}
	err := w.do(ctx, func(tx engine.Tx) error {
		tx.Caused("", 0, true) // what is given starts nothing
		for _, key := range slices.Sorted(maps.Keys(g.Values)) {
			text, err := json.Marshal(g.Values[key])
			if err != nil {
				return err
			}
			if err := tx.SetCustomValue(key, text); err != nil {
				return fmt.Errorf("the custom value %q: %w", key, err)
			}
		}
		for _, p := range g.Contacts {
			if err := meet(tx, p); err != nil {
				return fmt.Errorf("the contact %s: %w", cmp.Or(p.Email, p.Phone, p.ExternalUserID), err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return w.rest(ctx)
}

func meet(tx engine.Tx, p Person) error {
	made, err := crm.Upsert(tx, crm.UpsertInput{
		Email: p.Email, Phone: p.Phone, ExternalUserID: p.ExternalUserID, Name: p.Name, FirstName: p.FirstName, LastName: p.LastName,
		Company: p.Company, Subscribed: p.Subscribed, Tags: p.Tags, Fields: p.Fields, Strict: true,
	})
	if err != nil {
		return err
	}
	for _, offer := range p.Offers {
		if _, err := crm.GrantOffer(tx, made.Contact, offer, ""); err != nil {
			return err
		}
	}
	return nil
}

func uniq(texts []string) []string {
	var list []string
	for _, text := range texts {
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// standSecret signs and signs in where a test gives no secret of its own.
const standSecret = "a-signing-secret-of-this-test-1234"

// complete puts into a document what its file cannot hold: what the test fills in,
// stand-ins for connections, and signing secrets.
func (w *world) complete(ctx context.Context, s *Suite) ([]byte, error) {
	doc, problems := workflow.Parse(s.Definition)
	if doc == nil {
		return nil, problems[0]
	}
	for i := range doc.Triggers {
		t := &doc.Triggers[i]
		if err := w.fill(ctx, s, t.ID, t.Type, &t.Params); err != nil {
			return nil, err
		}
		if signature, ok := t.Params["signature"].(map[string]any); ok && !slices.Contains([]any{nil, "", "none"}, signature["scheme"]) && signature["secret"] == nil {
			signature["secret"] = standSecret
		}
	}
	var broken error
	workflow.Walk(doc, func(p workflow.Place) bool {
		broken = w.fill(ctx, s, p.Step.ID, p.Step.Type, &p.Step.Params)
		return broken == nil
	})
	if broken != nil {
		return nil, broken
	}
	return doc.JSON()
}

func (w *world) fill(ctx context.Context, s *Suite, id, typeID string, params *map[string]any) error {
	*params = merged(*params, s.File.Fill[id])
	t := w.registry.Lookup(typeID)
	if t == nil {
		return nil // publishing says so
	}
	for _, f := range t.Fields {
		given, _ := (*params)[f.Key].(string)
		asked := s.File.Connections[id] != nil || f.Required || given != ""
		if f.Kind != nodes.FieldRef || f.Ref != "connection" || !asked {
			continue
		}
		stand, err := w.connection(ctx, f, s.File.Connections[id], *params)
		if err != nil {
			return fmt.Errorf("the connection of the step %q: %w", id, err)
		}
		*params = merged(*params, map[string]any{f.Key: stand})
	}
	return nil
}

// merged lays values over others, objects key by key.
func merged(under, over map[string]any) map[string]any {
	out := maps.Clone(under)
	if out == nil {
		out = map[string]any{}
	}
	for key, v := range over {
		below, isObject := out[key].(map[string]any)
		if above, ok := v.(map[string]any); ok && isObject {
			v = merged(below, above)
		}
		out[key] = v
	}
	return out
}

// connection stores a stand-in and returns its id.
func (w *world) connection(ctx context.Context, f nodes.Field, given, step map[string]any) (string, error) {
	kind, _ := given["type"].(string)
	kind = cmp.Or(kind, f.Of, "auth.bearer")
	t := w.registry.Lookup(kind)
	if t == nil || t.Kind != nodes.KindConnection {
		return "", fmt.Errorf("there is no type of connections %q", kind)
	}
	params := map[string]any{}
	for _, field := range t.Fields {
		if v := standIn(field, step); v != nil {
			params[field.Key] = v
		}
	}
	for key, v := range given {
		if key != "type" {
			params[key] = v
		}
	}
	if problems := t.Check(params); len(problems) > 0 {
		return "", fmt.Errorf("%s: %s", strings.TrimPrefix(problems[0].Pointer, "/"), problems[0].Message)
	}
	c := engine.Connection{ID: engine.NewID("cxn"), Type: t.Type, Name: t.Name}
	err := w.do(ctx, func(tx engine.Tx) (err error) {
		if c.Params, err = engine.HideSecrets(tx, t, c.ID, params); err != nil {
			return err
		}
		if err := tx.PutConnection(c); err != nil || t.OAuth == nil {
			return err
		}
		return tx.ConnectSignIn(engine.SignIn{
			Connection: c.ID, Status: engine.SignInReady, Access: secret.Redacted(standSecret), Generation: 1,
			ExpiresAt: tx.Now().Add(10 * 365 * 24 * time.Hour), ConnectedAt: tx.Now(),
		})
	})
	return c.ID, err
}

// standIn is a value for a field of a connection that a test says nothing about.
func standIn(f nodes.Field, step map[string]any) any {
	switch {
	case f.Default != nil:
		return f.Default
	case f.Key == "hosts":
		target, _ := step["url"].(string)
		if u, err := url.Parse(target); err == nil && u.Host != "" && !nodes.Mapped(u.Host) {
			return []any{u.Host}
		}
		return []any{"example.com", "*.example.com"}
	case f.Kind == nodes.FieldSecret:
		return standSecret
	case !f.Required:
		return nil
	case f.Example != "":
		return f.Example
	case f.Kind == nodes.FieldURL:
		return "https://example.com"
	case len(f.Options) > 0:
		return f.Options[0].Value
	}
	return "test"
}
