package editor

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// setting is one place of a draft with everything that mappings see there.
type setting struct {
	workspace string
	workflow  engine.Workflow
	doc       *workflow.Document
	around    workflow.Around
	// trigger is nil when the draft has none.
	trigger *workflow.Trigger
	sender  *sender.Sender
	sample  SampleView
	contact PreviewContact
	// outputs tells where the steps' outputs come from, by step id.
	outputs map[string]SampleView
	ctx     context.Context
	scope   mapping.Scope
}

// usual are the verdicts whose payload is worth a look when nobody chose one.
var usual = map[string]bool{"accepted": true, "duplicate": true, "held": true, "filtered": true}

// setting gathers the surroundings of a step; step "" is the end of the
// workflow.
func (e *Editor) setting(ctx context.Context, ws, workflowID, step string, c PayloadChoice, sees Sees) (*setting, error) {
	w, err := e.Store.WorkflowInfo(ctx, ws, workflowID)
	if err != nil {
		return nil, err
	}
	doc, _ := workflow.Parse(w.Draft)
	if doc == nil {
		return nil, problem.New(problem.CodeWrongState, "The workflow's draft cannot be read: restore an earlier version.")
	}
	s := &setting{workspace: ws, workflow: w.Workflow, doc: doc, outputs: map[string]SampleView{}}
	known := false
	if s.around, known = workflow.Surroundings(doc, e.Registry, step); !known {
		return nil, problem.At("/step", "not_found", fmt.Sprintf("There is no step %.40q in the saved draft.", step))
	}
	if c.Payload != nil && (c.RequestID != "" || c.RunID != "") || c.RequestID != "" && c.RunID != "" {
		return nil, problem.At("/request_id", "invalid", "Choose one sample: a request, a run, or data of your own.")
	}
	look := engine.SampleRun{Timezone: doc.Settings.Timezone}
	if look.Trigger, look.Run, err = e.chosen(ctx, s, c); err != nil {
		return nil, err
	}
	if look.Outputs, err = e.outputs(ctx, s, look.Run.ID); err != nil {
		return nil, err
	}
	if look.Contact, err = e.person(ctx, s, c.ContactID, look.Run.ContactID, sees); err != nil {
		return nil, err
	}
	if s.ctx, s.scope, err = e.Engine.SampleSurroundings(ctx, ws, look); err != nil {
		return nil, err
	}
	if !sees.Values {
		delete(s.scope, "custom_values")
	}
	e.recognize(s)
	s.loops()
	return s, nil
}

// chosen reads the sample of the trigger, and the run that it is of.
func (e *Editor) chosen(ctx context.Context, s *setting, c PayloadChoice) (map[string]any, engine.Run, error) {
	var run engine.Run
	var err error
	named := c.Trigger
	switch {
	case c.RunID != "":
		if run, err = e.Store.Run(ctx, s.workspace, c.RunID); err != nil || run.WorkflowID != s.workflow.ID {
			return nil, run, absent(err, "/run_id", "run", c.RunID)
		}
		if named == "" {
			named = run.Trigger
		}
	case c.RequestID != "":
		r, err := e.Store.Request(ctx, s.workspace, c.RequestID)
		if err != nil || r.WorkflowID != s.workflow.ID {
			return nil, run, absent(err, "/request_id", "request", c.RequestID)
		}
		if named == "" {
			named = r.TriggerID
		}
	}
	if s.trigger = s.pick(named); s.trigger == nil || c.Trigger != "" && s.trigger.ID != c.Trigger {
		if c.Trigger != "" {
			return nil, run, problem.At("/trigger", "not_found", fmt.Sprintf("There is no trigger %.40q in the saved draft.", c.Trigger))
		}
		s.sample = SampleView{Kind: "none"}
		return nil, run, nil
	}
	switch {
	case c.RunID != "":
		s.sample = SampleView{Kind: "run", ID: run.ID, At: past(run.CreatedAt)}
		scope, err := object(run.Input)
		return scope, run, err
	case c.Payload != nil:
		body, err := value.Decode(c.Payload)
		if err != nil {
			return nil, run, problem.At("/payload", "invalid", "The data cannot be read: "+err.Error()+".")
		}
		s.sample = SampleView{Kind: "payload"}
		scope, err := e.Engine.SampleScope(ctx, s.workspace, s.doc, engine.StartOptions{Trigger: s.trigger.ID, Payload: body})
		return scope, run, err
	case c.RequestID != "":
		scope, err := e.requestScope(ctx, s, c.RequestID)
		return scope, run, err
	}
	scope, run, err := e.newest(ctx, s)
	return scope, run, err
}

// pick finds a trigger by its id. For one that the draft has no more, whose
// requests and runs are still worth a look, and for none it is the first that is
// switched on; nil when there is none at all.
func (s *setting) pick(id string) *workflow.Trigger {
	all := s.doc.Triggers
	i := slices.IndexFunc(all, func(t workflow.Trigger) bool { return t.ID == id })
	if i < 0 {
		i = slices.IndexFunc(all, func(t workflow.Trigger) bool { return !t.Disabled })
	}
	switch {
	case len(all) == 0:
		return nil
	case i < 0:
		i = 0
	}
	return &all[i]
}

// requestScope reads a stored request by the trigger's rules.
func (e *Editor) requestScope(ctx context.Context, s *setting, id string) (map[string]any, error) {
	key := strings.Join([]string{s.workspace, id, s.trigger.ID, s.workflow.DraftHash}, " ")
	known, ok := e.scopes.Get(key)
	if now := e.Now(); !ok || now.After(known.until) {
		scope, err := e.Engine.SampleScope(ctx, s.workspace, s.doc, engine.StartOptions{Trigger: s.trigger.ID, RequestID: id})
		if err != nil {
			return nil, err
		}
		known = readScope{scope, now.Add(scopeFor)}
		e.scopes.Add(key, known)
	}
	scope := known.scope
	s.sample = SampleView{Kind: "request", ID: id}
	text, _ := scope["received_at"].(string)
	if at, err := time.Parse(time.RFC3339Nano, text); err == nil {
		s.sample.At = past(at)
	}
	return scope, nil
}

// person is the contact as mappings see it, nil for none.
func (e *Editor) person(ctx context.Context, s *setting, chosen, ofRun string, sees Sees) (any, error) {
	s.contact = PreviewContact{Kind: "none"}
	if !sees.Contacts {
		return nil, nil
	}
	kind, id := "chosen", chosen
	if id == "" {
		kind, id = "run", ofRun
	}
	var c crm.Contact
	var err error
	if id != "" {
		c, err = e.Store.Contact(ctx, s.workspace, id)
		if chosen != "" && err != nil {
			return nil, absent(err, "/contact_id", "contact", chosen)
		}
	}
	if id == "" || errors.Is(err, engine.ErrNotFound) {
		kind = "newest"
		rows, listErr := e.Store.ListContacts(ctx, s.workspace, engine.ContactFilter{}, engine.Page{Limit: 1})
		if listErr != nil || len(rows.Items) == 0 {
			return nil, listErr
		}
		c, err = rows.Items[0], nil
	}
	if err != nil {
		return nil, err
	}
	offers, err := e.Store.ContactOffers(ctx, s.workspace, c.ID)
	if err != nil {
		return nil, err
	}
	s.contact = PreviewContact{Kind: kind, ID: c.ID, Name: c.Name, Email: c.Email}
	return engine.ContactScope(c, offers), nil
}

// recognize finds the sender: the one whose signature the trigger checks, or the
// one that the headers name.
func (e *Editor) recognize(s *setting) {
	if s.trigger == nil {
		return
	}
	if s.sender = checkedSender(s.trigger); s.sender == nil {
		trigger, _ := s.scope["trigger"].(map[string]any)
		headers, _ := trigger["headers"].(map[string]any)
		s.sender = sender.Recognize(headers)
	}
}

// loops fills in the first item of each loop around the place, as far as its
// list can be resolved.
func (s *setting) loops() {
	var parent any
	for _, step := range s.around.Loops {
		items := []any{}
		if template, problems := mapping.Compile(step.Params["items"]); len(problems) == 0 {
			if result, err := template.Resolve(s.ctx, s.scope); err == nil {
				items, _ = result.Value.([]any)
			}
		}
		loop := map[string]any{"index": 0, "first": true, "last": len(items) < 2, "item": nil, "parent": parent}
		if len(items) > 0 {
			loop["item"] = items[0]
		}
		s.scope["loop"], parent = loop, loop
	}
}

// object reads a stored scope.
func object(text []byte) (map[string]any, error) {
	if len(text) == 0 {
		return map[string]any{}, nil
	}
	v, err := value.Restore(text)
	if err != nil {
		return nil, err
	}
	scope, _ := v.(map[string]any)
	return scope, nil
}

// absent turns a thing that a choice names and that is not there, or belongs to
// another workflow, into a problem at its pointer.
func absent(err error, pointer, kind, id string) error {
	if err != nil && !errors.Is(err, engine.ErrNotFound) {
		return err
	}
	return problem.At(pointer, "not_found", fmt.Sprintf("There is no %s %.60q of this workflow.", kind, id))
}

func past(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
