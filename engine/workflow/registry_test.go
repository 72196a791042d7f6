package workflow

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// testRegistry holds a small set of node types with the names and traits of the
// built-in ones, so that the documents in testdata read like real ones.
func testRegistry() *nodes.Registry {
	r := nodes.NewRegistry()
	meta := func(id, name string, contact nodes.ContactUse) nodes.Meta {
		return nodes.Meta{Type: id, Name: name, Group: "Test", Summary: name + ".", Contact: contact}
	}
	r.Register(
		nodes.HTTPTrigger[catchParams]{Meta: meta("webhook.catch", "Incoming webhook", ""), Open: func(catchParams) (nodes.Receiver, error) { return nil, errors.New("not here") }},
		nodes.EventTrigger[noParams]{Meta: meta("tag.added", "Tag added", nodes.ContactProvides), Event: crm.TagAdded},
		nodes.ManualTrigger[noParams]{Meta: meta("manual.start", "Start by hand", "")},
		internal[contactParams](meta("contact.upsert", "Create or update contact", nodes.ContactProvides)),
		internal[findParams](meta("contact.find", "Find contact", nodes.ContactMayProvide)),
		internal[grantParams](meta("offer.grant", "Grant offer", nodes.ContactRequired)),
		nodes.Action[sendParams]{Meta: meta("webhook.send", "Send data", ""), Repeatable: true, Run: func(context.Context, *nodes.Env, sendParams) (any, error) { return nil, nil }},
		nodes.Action[noParams]{Meta: gate(meta("paypal.confirm", "Confirm with PayPal", "")), Run: func(context.Context, *nodes.Env, noParams) (any, error) { return nil, nil }},
		flowType[noParams](meta("flow.branch", "If / else", ""), false, "branches"),
		flowType[loopParams](meta("flow.loop", "For each item", ""), false, "steps"),
		flowType[filterParams](meta("flow.filter", "Only continue if", ""), false),
		flowType[noParams](meta("flow.stop", "Stop", ""), true),
		nodes.Action[reportParams]{
			Meta: nodes.Meta{Type: "demo.report", Name: "Report", Group: "Test", Summary: "Adds to its body.", Expand: expandReport},
			Run:  func(context.Context, *nodes.Env, reportParams) (any, error) { return nil, nil },
		},
		nodes.Action[oldParams]{
			Meta: nodes.Meta{Type: "demo.old", Version: 3, Name: "Old timer", Group: "Test", Summary: "Was changed twice.", Upgrade: upgradeOld},
			Run:  func(context.Context, *nodes.Env, oldParams) (any, error) { return nil, nil },
		},
	)
	return r
}

func gate(m nodes.Meta) nodes.Meta {
	m.Gate = true
	return m
}

// FirstStep asks for the confirmation of what PayPal is said to have sent.
func (p catchParams) FirstStep() string {
	if p.Signature.Scheme == "paypal" {
		return "paypal.confirm"
	}
	return ""
}

func internal[P any](m nodes.Meta) nodes.Internal[P] {
	return nodes.Internal[P]{Meta: m, Run: func(nodes.Tx, *nodes.Call, P) (any, error) { return nil, nil }}
}

func flowType[P any](m nodes.Meta, ends bool, lists ...string) nodes.Flow[P] {
	return nodes.Flow[P]{Meta: m, Lists: lists, Ends: ends, Run: func(*nodes.Call, P) (nodes.Directive, error) { return nodes.Next{}, nil }}
}

type noParams struct{}

type catchParams struct {
	Methods   []string        `json:"methods" label:"Methods" options:"GET,POST"`
	Signature signatureParams `json:"signature" label:"Signature"`
	When      nodes.Condition `json:"when" label:"Only when"`
}

type signatureParams struct {
	Scheme string       `json:"scheme" label:"Sender" options:"none,stripe,paypal" default:"none"`
	Secret nodes.Secret `json:"secret" label:"Signing secret"`
}

type contactParams struct {
	Email  string         `json:"email" label:"E-mail"`
	Tags   []string       `json:"tags" label:"Tags"`
	Fields map[string]any `json:"fields" label:"Fields"`
}

type findParams struct {
	Email     string `json:"email" label:"E-mail" required:"true"`
	IfMissing string `json:"if_missing" label:"If there is none" options:"continue,stop,fail" default:"continue"`
}

// ProvidesContact is true when a run that goes on has found somebody.
func (p findParams) ProvidesContact() bool { return p.IfMissing == "stop" || p.IfMissing == "fail" }

type grantParams struct {
	Offer nodes.Ref `json:"offer" label:"Offer" ref:"offer" required:"true"`
}

type sendParams struct {
	URL        string            `json:"url" label:"URL" kind:"url" required:"true"`
	Headers    map[string]string `json:"headers" label:"Headers"`
	Body       any               `json:"body" label:"Body"`
	Secret     nodes.Secret      `json:"secret" label:"Signing secret"`
	Connection nodes.Ref         `json:"connection" label:"Connection" ref:"connection"`
	Also       []sendCopy        `json:"also" label:"Copies"`
}

type sendCopy struct {
	URL   string       `json:"url" label:"URL" kind:"url"`
	Token nodes.Secret `json:"token" label:"Token"`
}

type loopParams struct {
	Items any `json:"items" label:"Items" required:"true"`
}

type filterParams struct {
	When nodes.Condition `json:"when" label:"Only continue if" required:"true"`
}

type reportParams struct {
	Style string `json:"style" label:"Style"`
	Extra any    `json:"extra" label:"Extra"`
	Body  any    `json:"body" label:"Body"`
}

// expandReport adds a body that reads the trigger and the contact.
func expandReport(params map[string]any) map[string]any {
	switch params["style"] {
	case "full":
		params["body"] = map[string]any{"extra": params["extra"], "from": "{{ trigger.body }}", "who": "{{ contact.email }}"}
	case "broken":
		params["body"] = "{{ nope( }}"
	case "panic":
		panic("expand")
	}
	return params
}

type oldParams struct {
	Target string `json:"target" label:"Target"`
}

// upgradeOld lifts "to" (1) over "address" (2) to "target" (3).
func upgradeOld(from int, params map[string]any) (map[string]any, error) {
	if params["broken"] != nil {
		return nil, errors.New("broken can't be carried over")
	}
	if params["panic"] != nil {
		panic("upgrade")
	}
	for _, old := range []string{"to", "address"} {
		if v, ok := params[old]; ok {
			delete(params, old)
			params["target"] = v
		}
	}
	return params, nil
}
