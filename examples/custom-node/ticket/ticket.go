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

// OpenParams are the form of the step.
type OpenParams struct {
	Desk    string       `json:"desk" label:"Address of the desk" kind:"url" required:"true" example:"https://desk.example.com"`
	Key     nodes.Secret `json:"key" label:"API key" required:"true"`
	Subject string       `json:"subject" label:"Subject" required:"true" max:"200" example:"Call {{ contact.name }}"`
	Urgent  bool         `json:"urgent" label:"Urgent"`
}

// Validate knows what the tags cannot say. It sees mappings unresolved.
func (p OpenParams) Validate() []nodes.FieldProblem {
	if strings.HasPrefix(p.Desk, "http://") {
		return []nodes.FieldProblem{{Pointer: "/desk", Code: "insecure", Message: "Use the https address of the desk: the key is sent there."}}
	}
	return nil
}

func open(ctx context.Context, env *nodes.Env, p OpenParams) (any, error) {
	body, err := json.Marshal(map[string]any{"subject": p.Subject, "urgent": p.Urgent})
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	var made struct{ ID string }
	err = call(ctx, env, p.Key, nodes.HTTPRequest{Method: http.MethodPost, URL: p.Desk + "/tickets", Body: body}, &made)
	return map[string]any{"ticket_id": made.ID}, err
}

// CreatedParams are the form of the trigger. Triggers take no mappings.
type CreatedParams struct {
	Desk string       `json:"desk" label:"Address of the desk" kind:"url" required:"true" no_map:"true" example:"https://desk.example.com"`
	Key  nodes.Secret `json:"key" label:"API key" required:"true" no_map:"true"`
}

// created asks for the tickets behind the last one that was seen.
func created(ctx context.Context, env *nodes.Env, p CreatedParams, cursor string) (nodes.Polled, error) {
	var page []struct{ ID, Subject string }
	address := p.Desk + "/tickets?after=" + url.QueryEscape(cursor)
	if err := call(ctx, env, p.Key, nodes.HTTPRequest{Method: http.MethodGet, URL: address}, &page); err != nil {
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

// call sends a request and reads the JSON of its answer.
func call(ctx context.Context, env *nodes.Env, key nodes.Secret, r nodes.HTTPRequest, out any) error {
	r.Header = http.Header{
		"Authorization": {"Bearer " + key.Reveal()}, "Content-Type": {"application/json"}, "Idempotency-Key": {env.IdempotencyKey},
	}
	answer, err := env.HTTP.Send(ctx, r)
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
