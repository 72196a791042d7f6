// Package demo holds a node type with every kind of field. It is for tests and
// for builds of people who work on forms; the bundle of built-ins leaves it out.
package demo

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Action[FieldsParams]{Meta: nodes.Meta{
		Type: "demo.fields", Version: 1, Name: "Every kind of field", Group: "Demo", Icon: "forms",
		Summary: "Show every kind of field and give back what was filled in.",
		Card:    "{text} · {choice}",
		Sample:  map[string]any{"received": map[string]any{"text": "Ada", "number": 3, "secret_given": true}},
	}, Repeatable: true, Run: fields})
}

// FieldsParams have one field of each kind, and the tags that shape a form.
type FieldsParams struct {
	Text        string            `json:"text" label:"Text" help:"A line of text." example:"Ada" required:"true" max:"200"`
	LongText    string            `json:"long_text" label:"Long text" kind:"long_text" tab:"fields"`
	RichText    string            `json:"rich_text" label:"Rich text" kind:"rich_text" tab:"fields"`
	Code        string            `json:"code" label:"Code" kind:"code" no_map:"true"`
	URL         string            `json:"url" label:"Address" kind:"url" example:"https://example.com"`
	Number      int               `json:"number" label:"Number" default:"3" min:"1" max:"10"`
	Ratio       float64           `json:"ratio" label:"Number with a fraction"`
	Money       nodes.Money       `json:"money" label:"Money"`
	Switch      bool              `json:"switch" label:"Switch" default:"true"`
	Maybe       *bool             `json:"maybe" label:"Switch that may be left open"`
	Choice      string            `json:"choice" label:"Choice" options:"simple=Simple,detailed=With details" default:"simple" no_map:"true"`
	Detail      string            `json:"detail" label:"Detail" show_if:"choice=detailed" required:"true"`
	MultiChoice []string          `json:"multi_choice" label:"Several choices" options:"red,green,blue" default:"red"`
	Date        time.Time         `json:"date" label:"Date"`
	Day         string            `json:"day" label:"Date as text" kind:"date"`
	Duration    nodes.Duration    `json:"duration" label:"Length of time" default:"10m" max:"86400"`
	Secret      nodes.Secret      `json:"secret" label:"Secret"`
	Ref         nodes.Ref         `json:"ref" label:"Offer" ref:"offer"`
	List        []string          `json:"list" label:"List" max:"5"`
	Entries     []Entry           `json:"entries" label:"List of groups"`
	Rows        map[string]any    `json:"rows" label:"Rows of names and values"`
	Texts       map[string]string `json:"texts" label:"Rows of names and texts" advanced:"true"`
	Group       Entry             `json:"group" label:"Group"`
	Condition   nodes.Condition   `json:"condition" label:"Condition"`
	JSON        any               `json:"json" label:"Any data" advanced:"true"`
	File        nodes.File        `json:"file" label:"File" advanced:"true"`
}

// Entry is a group of fields.
type Entry struct {
	Name  string `json:"name" label:"Name"`
	Count int    `json:"count" label:"Count" default:"1"`
}

// fields gives everything back but the secret, of which it only tells that it is
// there.
func fields(_ context.Context, _ *nodes.Env, p FieldsParams) (any, error) {
	entries := make([]any, len(p.Entries))
	for i, e := range p.Entries {
		entries[i] = e.plain()
	}
	date := ""
	if !p.Date.IsZero() {
		date = p.Date.Format(time.RFC3339)
	}
	var maybe any
	if p.Maybe != nil {
		maybe = *p.Maybe
	}
	return map[string]any{"received": map[string]any{
		"text": p.Text, "long_text": p.LongText, "rich_text": p.RichText, "code": p.Code, "url": p.URL,
		"number": p.Number, "ratio": p.Ratio, "money": map[string]any{"amount": int(p.Money.Amount), "currency": p.Money.Currency},
		"switch": p.Switch, "maybe": maybe, "choice": p.Choice, "detail": p.Detail, "multi_choice": p.MultiChoice,
		"date": date, "day": p.Day, "duration": p.Duration.String(), "secret_given": p.Secret.Given(), "ref": string(p.Ref),
		"list": p.List, "entries": entries, "rows": p.Rows, "texts": p.Texts, "group": p.Group.plain(),
		"condition": p.Condition.Met, "json": p.JSON, "file": p.File.Name,
	}}, nil
}

func (e Entry) plain() map[string]any { return map[string]any{"name": e.Name, "count": e.Count} }
