// Package ticket works with a help desk: it opens tickets, and starts a workflow for
// each new one.
package ticket

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(
		nodes.Connection[DeskParams]{Meta: nodes.Meta{
			Type: "ticket.desk", Version: 1, Name: "Help desk", Group: "Connections", Icon: "lifebuoy",
			Summary: "The address of your help desk and a key of it.",
		}, Hosts: func(p DeskParams) []string { return []string{hostOf(p.Address)} }},
		nodes.Action[OpenParams]{Meta: nodes.Meta{
			Type: "ticket.open", Version: 1, Name: "Open ticket", Group: "Help desk", Icon: "lifebuoy",
			Summary: "Open a ticket at the help desk.",
			Card:    "{subject}",
			Sample:  map[string]any{"ticket_id": "T-17"},
		}, Run: open},
		nodes.PollTrigger[CreatedParams]{Meta: nodes.Meta{
			Type: "ticket.created", Version: 1, Name: "New ticket", Group: "Help desk", Icon: "lifebuoy",
			Summary: "Start for each new ticket of the help desk.",
			Sample:  map[string]any{"ticket": map[string]any{"id": "T-17", "subject": "It does not open"}},
		}, Every: func(CreatedParams) time.Duration { return time.Minute }, Poll: created},
	)
}

// DeskParams are the form of the connection, which steps and triggers share.
type DeskParams struct {
	Address string       `json:"address" label:"Address of the desk" kind:"url" required:"true" no_map:"true" example:"https://desk.example.com"`
	Key     nodes.Secret `json:"key" label:"API key" required:"true"`
}

// Validate knows what the tags cannot say.
func (p DeskParams) Validate() []nodes.FieldProblem {
	if strings.HasPrefix(p.Address, "http://") {
		return []nodes.FieldProblem{{Pointer: "/address", Code: "insecure", Message: "Use the https address of the desk: the key is sent there."}}
	}
	return nil
}

// OpenParams are the form of the step.
type OpenParams struct {
	Desk    nodes.Ref `json:"desk" label:"Desk" ref:"connection" of:"ticket.desk" required:"true" no_map:"true"`
	Queue   string    `json:"queue" label:"Queue" choices:"desk" example:"Q-1" help:"Where the ticket goes; the first queue when empty."`
	Subject string    `json:"subject" label:"Subject" required:"true" max:"200" example:"Call {{ contact.name }}"`
	Urgent  bool      `json:"urgent" label:"Urgent"`
}

// Choices lists what can be chosen for the fields that have the tag choices: the
// queues of the desk. The form shows it, and still takes an id or a mapping.
func (p OpenParams) Choices(ctx context.Context, env *nodes.Env, _ string) ([]nodes.Option, error) {
	var queues []struct{ ID, Name string }
	if err := call(ctx, env, http.MethodGet, "/queues", nil, &queues); err != nil {
		return nil, err
	}
	var options []nodes.Option
	for _, q := range queues {
		options = append(options, nodes.Option{Value: q.ID, Label: q.Name})
	}
	return options, nil
}

// Validate sees mappings unresolved.
func (p OpenParams) Validate() []nodes.FieldProblem {
	if p.Urgent && p.Queue == "" {
		return []nodes.FieldProblem{{Pointer: "/queue", Code: "required", Message: "Choose a queue: urgent tickets go to the people of one."}}
	}
	return nil
}

func open(ctx context.Context, env *nodes.Env, p OpenParams) (any, error) {
	body, err := json.Marshal(map[string]any{"subject": p.Subject, "queue": p.Queue, "urgent": p.Urgent})
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	var made struct{ ID string }
	err = call(ctx, env, http.MethodPost, "/tickets", body, &made)
	return map[string]any{"ticket_id": made.ID}, err
}

// CreatedParams are the form of the trigger. Triggers take no mappings.
type CreatedParams struct {
	Desk nodes.Ref `json:"desk" label:"Desk" ref:"connection" of:"ticket.desk" required:"true" no_map:"true"`
}

// created asks for the tickets behind the last one that was seen.
func created(ctx context.Context, env *nodes.Env, _ CreatedParams, cursor string) (nodes.Polled, error) {
	var page []struct{ ID, Subject string }
	if err := call(ctx, env, http.MethodGet, "/tickets?after="+url.QueryEscape(cursor), nil, &page); err != nil {
		return nodes.Polled{}, err
	}
	found := nodes.Polled{Cursor: cursor}
	for _, t := range page {
		found.Items = append(found.Items, nodes.Item{
			ID: t.ID, Data: map[string]any{"ticket": map[string]any{"id": t.ID, "subject": t.Subject}},
		})
		found.Cursor = t.ID
	}
	return found, nil
}

// call sends a request to the desk of the connection and reads the JSON of its answer.
func call(ctx context.Context, env *nodes.Env, method, path string, body []byte, out any) error {
	desk := env.Connection
	if desk == nil || desk.Type != "ticket.desk" || !desk.Allows(hostOf(desk.Fields["address"])) {
		return nodes.Permanent(errors.New("choose a help desk"))
	}
	answer, err := env.HTTP.Send(ctx, nodes.HTTPRequest{
		Method: method, URL: desk.Fields["address"] + path, Body: body, Secrets: []string{desk.Fields["key"]},
		Header: http.Header{
			"Authorization": {"Bearer " + desk.Fields["key"]}, "Content-Type": {"application/json"}, "Idempotency-Key": {env.IdempotencyKey},
		},
	})
	switch {
	case err != nil:
		return err // says itself whether trying again can help
	case answer.Status == http.StatusUnauthorized:
		return nodes.Permanent(errors.New("the desk refused the API key: enter a new one"))
	case answer.Status >= 300:
		return fmt.Errorf("the desk answered %d", answer.Status) // tried again by the step's policy
	}
	return json.Unmarshal(answer.Body, out)
}

// hostOf is the only host that the key may be sent to.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Host
}
