package nodes_test

import (
	"context"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// everything has a field of each kind.
type everything struct {
	Text     string            `json:"text" label:"Text" help:"A line." example:"Ann" max:"10"`
	Long     string            `json:"long" label:"Long text" kind:"long_text"`
	Rich     string            `json:"rich" label:"Rich text" kind:"rich_text"`
	Code     string            `json:"code" label:"Code" kind:"code" no_map:"true"`
	URL      string            `json:"url" label:"Address" kind:"url"`
	Day      string            `json:"day" label:"Day" kind:"date"`
	When     time.Time         `json:"when" label:"When"`
	For      nodes.Duration    `json:"for" label:"For" default:"10m" min:"1" max:"3600"`
	Count    int               `json:"count" label:"Count" default:"3" min:"1" max:"5"`
	Big      int64             `json:"big" label:"Big number"`
	Ratio    float64           `json:"ratio" label:"Ratio"`
	Price    nodes.Money       `json:"price" label:"Price"`
	On       bool              `json:"on" label:"On" default:"true"`
	Maybe    *bool             `json:"maybe" label:"Maybe"`
	Choice   string            `json:"choice" label:"Choice" options:"a_b,c=See" default:"a_b"`
	Choices  []string          `json:"choices" label:"Choices" options:"x,y,z" default:"x,y" max:"2"`
	Secret   nodes.Secret      `json:"secret" label:"Secret"`
	Offer    nodes.Ref         `json:"offer" label:"Offer" ref:"offer"`
	Tags     []string          `json:"tags" label:"Tags" min:"1" max:"3"`
	Rows     []entry           `json:"entries" label:"Entries"`
	Headers  map[string]string `json:"headers" label:"Headers"`
	Values   map[string]any    `json:"values" label:"Values"`
	Group    entry             `json:"group" label:"Group"`
	Optional *entry            `json:"optional" label:"Optional group"`
	If       nodes.Condition   `json:"if" label:"Only if"`
	JSON     any               `json:"json" label:"JSON"`
	File     nodes.File        `json:"file" label:"File"`
	Detail   string            `json:"detail" label:"Detail" show_if:"choice=c" required:"true" tab:"fields" advanced:"true"`
}

type entry struct {
	Name  string `json:"name" label:"Name" required:"true"`
	Count int    `json:"count" label:"Entry count" default:"1"`
}

// sdk registers one Internal type over P whose Run hands the bound params out.
func sdk[P any](t testing.TB) (*nodes.NodeType, *P) {
	t.Helper()
	var got P
	r := nodes.NewRegistry()
	r.Register(nodes.Internal[P]{
		Meta: nodes.Meta{Type: "test.node", Name: "Test", Group: "Tests", Summary: "Tests."},
		Run: func(_ nodes.Tx, _ *nodes.Call, p P) (any, error) {
			got = p
			return nil, nil
		},
	})
	return r.Lookup("test.node"), &got
}

// none is a params struct without a field.
type none struct{}

func meta() nodes.Meta {
	return nodes.Meta{Type: "test.node", Name: "Test", Group: "Tests", Summary: "Tests."}
}

func TestEveryKindIsRunWithItsParams(t *testing.T) {
	type params struct {
		Name string `json:"name" label:"Name" required:"true"`
	}
	r := nodes.NewRegistry()
	named := func(id string) nodes.Meta {
		m := meta()
		m.Type = id
		return m
	}
	r.Register(
		nodes.Action[params]{Meta: named("t.action"), Repeatable: true, Run: func(_ context.Context, _ *nodes.Env, p params) (any, error) { return p.Name, nil }},
		nodes.Internal[params]{Meta: named("t.internal"), Run: func(_ nodes.Tx, _ *nodes.Call, p params) (any, error) { return p.Name, nil }},
		nodes.Flow[params]{Meta: named("t.flow"), Lists: []string{"steps"}, Run: func(_ *nodes.Call, p params) (nodes.Directive, error) {
			return nodes.Next{Output: p.Name}, nil
		}},
		nodes.HTTPTrigger[params]{Meta: named("t.http"), Open: func(p params) (nodes.Receiver, error) { return receiver(p.Name), nil }},
		nodes.EventTrigger[params]{Meta: named("t.event"), Event: "x.y", Match: func(p params, e crm.Event) bool { return e.ID == p.Name }},
		nodes.EventTrigger[params]{Meta: named("t.every"), Event: "x.y"},
		nodes.ManualTrigger[params]{Meta: named("t.manual")},
		nodes.Connection[params]{Meta: named("t.connection"), Hosts: func(p params) []string { return []string{p.Name} },
			Test: func(context.Context, nodes.HTTPClient, params) error { return nil }},
	)
	good, bad := map[string]any{"name": "Ann"}, map[string]any{}

	action, internal, flow := r.Lookup("t.action"), r.Lookup("t.internal"), r.Lookup("t.flow")
	http, event, every := r.Lookup("t.http"), r.Lookup("t.event"), r.Lookup("t.every")
	manual, connection := r.Lookup("t.manual"), r.Lookup("t.connection")
	if out, err := action.Action(t.Context(), nil, good); out != "Ann" || err != nil || !action.Repeatable {
		t.Errorf("action: %v, %v", out, err)
	}
	if out, err := internal.Internal(nil, nil, good); out != "Ann" || err != nil {
		t.Errorf("internal: %v, %v", out, err)
	}
	if d, err := flow.Flow(nil, good); d != (nodes.Next{Output: "Ann"}) || err != nil || len(flow.Lists) != 1 {
		t.Errorf("flow: %v, %v", d, err)
	}
	if r, err := http.Open(good); r != receiver("Ann") || err != nil || http.Source != "http" {
		t.Errorf("http: %v, %v", r, err)
	}
	if ok, err := event.Match(good, crm.Event{ID: "Ann"}); !ok || err != nil || event.Event != "x.y" || event.Source != "event" {
		t.Errorf("event: %v, %v", ok, err)
	}
	if ok, err := every.Match(bad, crm.Event{}); !ok || err != nil {
		t.Errorf("an event trigger without Match takes every event: %v, %v", ok, err)
	}
	if manual.Source != "manual" || manual.Kind != nodes.KindTrigger {
		t.Errorf("manual: %+v", manual.Descriptor)
	}
	if hosts, err := connection.Hosts(good); len(hosts) != 1 || err != nil || connection.Test(t.Context(), nil, good) != nil {
		t.Errorf("connection: %v, %v", hosts, err)
	}

	for name, run := range map[string]func() error{
		"action":   func() error { _, err := action.Action(t.Context(), nil, bad); return err },
		"internal": func() error { _, err := internal.Internal(nil, nil, bad); return err },
		"flow":     func() error { _, err := flow.Flow(nil, bad); return err },
		"http":     func() error { _, err := http.Open(bad); return err },
		"event":    func() error { _, err := event.Match(bad, crm.Event{}); return err },
		"hosts":    func() error { _, err := connection.Hosts(bad); return err },
		"test":     func() error { return connection.Test(t.Context(), nil, bad) },
	} {
		err := run()
		if err == nil || err.Error() != "Name can't be empty" || !nodes.IsPermanent(err) || nodes.FieldOf(err) != "/name" {
			t.Errorf("%s with a missing param: %v", name, err)
		}
	}
}

type receiver string

func (receiver) Receive(context.Context, nodes.RawRequest) nodes.Receipt { return nodes.Receipt{} }

func TestRegistry(t *testing.T) {
	r := nodes.NewRegistry()
	for _, id := range []string{"b.two", "a.one"} {
		m := meta()
		m.Type = id
		r.Register(nodes.ManualTrigger[none]{Meta: m})
	}
	clone := r.Clone()
	m := meta()
	m.Type = "c.three"
	clone.Register(nodes.ManualTrigger[none]{Meta: m})

	if r.Lookup("c.three") != nil || clone.Lookup("a.one") != r.Lookup("a.one") {
		t.Error("a clone has the same types and keeps new ones to itself")
	}
	if all := clone.All(); len(all) != 3 || all[0].Type != "a.one" || all[2].Type != "c.three" {
		t.Errorf("not ordered by type: %v", all)
	}
	if nodes.Default().Lookup("a.one") != nil {
		t.Error("the default registry was touched")
	}
}
