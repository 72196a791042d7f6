// Package nodetest runs single node types in tests: an Action against a sink
// that plays the world, an Internal on a workspace in memory, a Flow for its
// directive, a trigger with a request or an event. The clock stands still and
// nothing leaves the process.
//
//	b := nodetest.New()
//	b.Sink.Answer(nodetest.Answer{Status: 200, Body: `{"ok":true}`})
//	out, err := b.Action("slack.post", nodetest.Params(`{"text": "Hi"}`))
//	b.Sink.Golden(t, "post") // testdata/post.golden holds the request
package nodetest

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// Now is the time at which a Bench stands still.
var Now = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

// Bench is the surroundings of one node. Its fields may be changed before a
// node is run; methods fill them in from what the node did.
type Bench struct {
	// Registry is where types are looked up: nodes.Default().
	Registry *nodes.Registry
	Time     time.Time
	Zone     *time.Location
	Space    crm.Workspace
	// Contact is the run's contact, nil for none. A node that sets one changes it.
	Contact *crm.Contact
	// Trigger is the scope of the trigger that fired, and Scope holds what else
	// mappings see, such as steps; contact and workspace are there already.
	Trigger    map[string]any
	Scope      map[string]any
	Connection *nodes.Credential
	// RunID names the run that the node stands in.
	RunID string
	// Attempt counts from 1.
	Attempt int
	// Test marks a test or dry run.
	Test bool
	// Request is the stored request that started the run, nil for none.
	Request *nodes.RawRequest
	Sink    *Sink
	Tx      *Tx
	// Warnings are the notes of the last node.
	Warnings []string
}

// New returns a bench with an empty workspace named Acme in the United States.
func New() *Bench {
	ws := crm.Workspace{
		ID: "ws_1", Number: 1, Name: "Acme", Slug: "acme", Timezone: "UTC", Locale: "en-US", Currency: "USD",
		DefaultCountry: "US", CreatedAt: Now,
	}
	return &Bench{
		Registry: nodes.Default(), Time: Now, Zone: time.UTC, Space: ws, RunID: "run_1", Attempt: 1,
		Sink: &Sink{}, Tx: NewTx(Now, ws),
	}
}

// Params reads params as they stand in a document. It panics on broken JSON:
// the test itself is wrong then.
func Params(text string) map[string]any {
	v, err := value.Decode([]byte(text))
	if err != nil {
		panic("nodetest: " + err.Error())
	}
	params, ok := v.(map[string]any)
	if !ok {
		panic("nodetest: params are an object: " + text)
	}
	return params
}

// resolve fills the mappings of params in as a run does. Conditions are given
// decided and left alone.
func (b *Bench) resolve(t *nodes.NodeType, params map[string]any) (map[string]any, error) {
	if t.Expand != nil {
		params = t.Expand(value.Clone(params).(map[string]any))
	}
	mapped, decided := map[string]any{}, map[string]any{}
	maps.Copy(mapped, params)
	for _, f := range t.Fields {
		if v, ok := mapped[f.Key]; ok && (f.Kind == nodes.FieldCondition || f.Kind == nodes.FieldSecret) {
			decided[f.Key] = v
			delete(mapped, f.Key)
		}
	}
	template, problems := mapping.CompileHTML(mapped, func(pointer string) bool {
		return slices.ContainsFunc(t.Fields, func(f nodes.Field) bool { return f.Kind == nodes.FieldRichText && pointer == "/"+f.Key })
	})
	if len(problems) > 0 {
		return nil, problems[0]
	}
	scope := mapping.Scope{"trigger": b.Trigger, "workspace": map[string]any{"id": b.Space.ID, "name": b.Space.Name, "slug": b.Space.Slug}}
	if b.Contact != nil {
		scope["contact"] = b.Contact.Plain()
	}
	maps.Copy(scope, b.Scope)
	ctx := mapping.WithOptions(context.Background(), mapping.Options{
		Now: func() time.Time { return b.Time }, Zone: b.Zone, Country: b.Space.DefaultCountry, Locale: b.Space.Locale, Currency: b.Space.Currency,
	})
	result, err := template.Resolve(ctx, scope)
	if err != nil {
		return nil, err
	}
	resolved := result.Value.(map[string]any)
	maps.Copy(resolved, decided)
	return resolved, nil
}

// Action runs an Action and returns its output as a plain value. A finished
// action must not show what its type's sample lacks: people map by the sample.
func (b *Bench) Action(id string, params map[string]any) (map[string]any, error) {
	t, err := b.lookup(id, nodes.KindAction)
	if err != nil {
		return nil, err
	}
	if params, err = b.resolve(t, params); err != nil {
		return nil, err
	}
	env := &nodes.Env{
		Call: b.call(), HTTP: b.Sink, Log: slog.New(slog.DiscardHandler), Attempt: b.Attempt, Connection: b.Connection,
		IdempotencyKey: "run_1/step/1", MessageID: "msg_1",
		Request: func(context.Context) (nodes.RawRequest, error) {
			if b.Request == nil {
				return nodes.RawRequest{}, nodes.ErrNoRequest
			}
			return *b.Request, nil
		},
	}
	out, err := t.Action(context.Background(), env, params)
	b.Warnings = env.Warnings()
	if err != nil {
		return nil, err
	}
	return b.output(t, out)
}

// Internal runs an Internal on Tx and returns its output as a plain value.
func (b *Bench) Internal(id string, params map[string]any) (map[string]any, error) {
	t, err := b.lookup(id, nodes.KindInternal)
	if err != nil {
		return nil, err
	}
	if params, err = b.resolve(t, params); err != nil {
		return nil, err
	}
	call := b.call()
	out, err := t.Internal(b.Tx, &call, params)
	b.Warnings = call.Warnings()
	if err != nil {
		return nil, err
	}
	b.Contact = call.Contact
	return b.output(t, out)
}

// Flow runs a Flow and returns its directive. A condition among the params is
// given decided: {"when": true}.
func (b *Bench) Flow(id string, params map[string]any, branches ...nodes.Branch) (nodes.Directive, error) {
	t, err := b.lookup(id, nodes.KindFlow)
	if err != nil {
		return nil, err
	}
	if params, err = b.resolve(t, params); err != nil {
		return nil, err
	}
	call := b.call()
	call.Branches = branches
	directive, err := t.Flow(&call, params)
	b.Warnings = call.Warnings()
	return directive, err
}

// Receive opens an HTTP trigger and lets it judge a request.
func (b *Bench) Receive(id string, params map[string]any, r nodes.RawRequest) (nodes.Receipt, error) {
	t, err := b.lookup(id, nodes.KindTrigger)
	if err != nil {
		return nodes.Receipt{}, err
	}
	if t.Open == nil {
		return nodes.Receipt{}, fmt.Errorf("nodetest: %s is no HTTP trigger", id)
	}
	receiver, err := t.Open(params)
	if err != nil {
		return nodes.Receipt{}, err
	}
	return receiver.Receive(context.Background(), r), nil
}

// Match asks an event trigger whether it takes an event of the type that it
// listens to.
func (b *Bench) Match(id string, params map[string]any, e crm.Event) (bool, error) {
	t, err := b.lookup(id, nodes.KindTrigger)
	if err != nil {
		return false, err
	}
	if t.Match == nil {
		return false, fmt.Errorf("nodetest: %s is no event trigger", id)
	}
	if e.Type == "" {
		e.Type = t.Event
	}
	return t.Match(params, e)
}

// Choices lists what can be chosen for a field that has choices, with the params as
// they are filled in so far.
func (b *Bench) Choices(id string, params map[string]any, field string) ([]nodes.Option, error) {
	t := b.Registry.Lookup(id)
	if t == nil || t.Choices == nil {
		return nil, fmt.Errorf("nodetest: no type %s with choices is registered", id)
	}
	at := slices.IndexFunc(t.Fields, func(f nodes.Field) bool { return f.Key == field && f.Choices != nil })
	if at < 0 {
		return nil, fmt.Errorf("nodetest: %s has no field %q with choices", id, field)
	}
	needed := map[string]any{}
	for _, key := range t.Fields[at].Choices.Needs {
		if v, ok := params[key]; ok {
			needed[key] = v
		}
	}
	env := &nodes.Env{
		Call: nodes.Call{Workspace: b.Space, Now: b.Time, Zone: b.Zone}, HTTP: b.Sink, Log: slog.New(slog.DiscardHandler), Attempt: 1,
		Connection: b.Connection,
	}
	return t.Choices(context.Background(), env, needed, field)
}

// Problems lists what is wrong with params in a draft as "pointer: message".
func (b *Bench) Problems(id string, params map[string]any) []string {
	t := b.Registry.Lookup(id)
	if t == nil {
		return []string{"nodetest: no type " + id}
	}
	var list []string
	for _, p := range t.Check(params) {
		list = append(list, p.Pointer+": "+p.Message)
	}
	slices.Sort(list)
	return list
}

func (b *Bench) lookup(id string, kind nodes.Kind) (*nodes.NodeType, error) {
	t := b.Registry.Lookup(id)
	if t == nil {
		return nil, fmt.Errorf("nodetest: no type %s is registered: does the test import its package?", id)
	}
	if t.Kind != kind {
		return nil, fmt.Errorf("nodetest: %s is of kind %s, not %s", id, t.Kind, kind)
	}
	return t, nil
}

func (b *Bench) call() nodes.Call {
	return nodes.Call{
		Workspace: b.Space, RunID: b.RunID, StepID: "step", Path: "step", Now: b.Time, Zone: b.Zone,
		Contact: b.Contact, Trigger: b.Trigger, Test: b.Test, Effect: fmt.Sprintf("run_1/step/%d", len(b.Tx.Letters)+1),
	}
}

func (b *Bench) output(t *nodes.NodeType, out any) (map[string]any, error) {
	plain := value.Normalize(out)
	if plain == nil {
		return nil, nil
	}
	m, ok := plain.(map[string]any)
	if !ok {
		return nil, fmt.Errorf("nodetest: the output of %s is a %T, not an object", t.Type, plain)
	}
	var surplus []string
	for key := range m {
		if _, known := t.Sample[key]; !known {
			surplus = append(surplus, key)
		}
	}
	if surplus != nil {
		slices.Sort(surplus)
		return m, fmt.Errorf("nodetest: the sample of %s lacks %s, so nobody can map it", t.Type, strings.Join(surplus, ", "))
	}
	return m, nil
}
