package editor

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// SendBody says which sample to send.
type SendBody struct {
	Sender string `json:"sender" minLength:"1" maxLength:"40" doc:"Id of a sender that has events; see GET /senders" example:"stripe"`
	Event  string `json:"event,omitempty" maxLength:"100" doc:"Id of one of its events; its usual one when left out"`
	// WrongSignature shows what a forged request is told.
	WrongSignature bool `json:"wrong_signature,omitempty" doc:"Signs with another secret, to see the refusal"`
	// Start lets them count as real ones.
	Start      bool `json:"start,omitempty" doc:"Sends real requests, which start runs, in the place of a sample; needs runs:write"`
	Count      int  `json:"count,omitempty" minimum:"0" maximum:"100" doc:"How many different requests to send; 1 when left out"`
	Repeats    int  `json:"repeats,omitempty" minimum:"0" maximum:"10" doc:"How often each of them is sent again"`
	OutOfOrder bool `json:"out_of_order,omitempty" doc:"Sends what was made last first"`
}

// Sent is what became of a sample.
type Sent struct {
	RequestID string   `json:"request_id" doc:"The stored request, to be chosen as the sample; empty when it was refused before it could be kept"`
	Verdict   string   `json:"verdict"`
	Status    int      `json:"status" doc:"What the sender would have been answered"`
	Reason    string   `json:"reason,omitempty"`
	Notes     []string `json:"notes,omitempty" doc:"What was mended in pasted data"`
	RunIDs    []string `json:"run_ids,omitempty" doc:"Runs that it started; of a real request only"`
	// More are the others, where several were asked for.
	More []Sent `json:"more,omitempty" doc:"What became of the others, in the order in which they were sent"`
}

// Send makes a request as the sender would, signed with the trigger's own
// secret, and lets it come in by the address as a real one does. It starts
// nothing unless body.Start says so. A live workflow judges it by its live
// version.
func (e *Editor) Send(ctx context.Context, ws, workflowID, triggerID string, body SendBody) (Sent, error) {
	from := sender.Named(body.Sender)
	if from == nil || len(from.Samples) == 0 {
		return Sent{}, problem.At("/sender", "not_found", fmt.Sprintf("There are no samples of a sender %.40q: choose one of the list.", body.Sender))
	}
	if _, ok := from.Sample(body.Event); !ok {
		return Sent{}, problem.At("/event", "not_found", fmt.Sprintf("%s has no sample %.60q: choose one of its list.", from.Label, body.Event))
	}
	at, err := e.address(ctx, ws, workflowID, triggerID)
	if err != nil {
		return Sent{}, err
	}
	plan := sender.Plan{
		Sender: from, Events: []string{body.Event}, WrongSignature: body.WrongSignature, Now: e.Now(),
		Count: body.Count, Repeats: body.Repeats, Backwards: body.OutOfOrder,
		Method: methodOf(at.trigger.Params), URL: e.Base(ws) + "/hooks/" + at.token,
	}
	if err := e.sign(ctx, ws, &plan, at.trigger); err != nil {
		return Sent{}, err
	}
	made, err := plan.Requests()
	if err != nil {
		return Sent{}, problem.At("/sender", "no_secret", "This sample cannot be made: "+err.Error()+".")
	}
	var all []Sent
	for _, one := range made {
		sent, err := e.deliver(ctx, one, allowedAddress(at.trigger.Params), body.Start)
		if err != nil {
			return Sent{}, err
		}
		all = append(all, sent)
	}
	all[0].More = all[1:]
	return all[0], nil
}

// deliver lets one made request come in by its address.
func (e *Editor) deliver(ctx context.Context, made sender.Planned, from string, start bool) (Sent, error) {
	r, err := http.NewRequestWithContext(ctx, made.Method, made.URL, bytes.NewReader(made.Body))
	if err != nil {
		return Sent{}, err
	}
	r.Header, r.RemoteAddr = made.Header, net.JoinHostPort(from, "443")
	r.Header.Set("User-Agent", "Sample")
	answer := &recorded{header: http.Header{}, status: http.StatusOK}
	if start {
		e.Hooks.ServeHTTP(answer, r)
	} else {
		e.Hooks.ServeSample(answer, r)
	}
	return answer.sent(start)
}

// address is where a trigger is reached, and by which rules it judges.
type address struct {
	token   string
	trigger workflow.Trigger
}

func (e *Editor) address(ctx context.Context, ws, workflowID, triggerID string) (address, error) {
	w, err := e.Store.WorkflowInfo(ctx, ws, workflowID)
	if err != nil {
		return address{}, err
	}
	if w.Status == engine.WorkflowDeleted {
		return address{}, engine.ErrNotFound
	}
	tokens, err := e.Store.Tokens(ctx, ws, workflowID)
	if err != nil {
		return address{}, err
	}
	i := slices.IndexFunc(tokens, func(t engine.Token) bool { return t.TriggerID == triggerID && t.ExpiresAt.IsZero() })
	texts := [][]byte{w.Draft}
	if w.LiveHash != "" {
		live, err := e.Store.Definition(ctx, ws, w.LiveHash)
		if err != nil {
			return address{}, err
		}
		texts = [][]byte{live, w.Draft}
	}
	for _, text := range texts {
		doc, _ := workflow.Parse(text)
		if doc == nil {
			continue
		}
		j := slices.IndexFunc(doc.Triggers, func(t workflow.Trigger) bool { return t.ID == triggerID })
		switch {
		case j < 0:
		case i < 0:
			return address{}, problem.New(problem.CodeWrongState, "This trigger has no address of its own, so that it takes no samples: run a test with data of your own instead.")
		default:
			return address{tokens[i].Plain, doc.Triggers[j]}, nil
		}
	}
	return address{}, engine.ErrNotFound
}

// methodOf is POST unless the trigger takes none.
func methodOf(params map[string]any) string {
	methods, _ := params["methods"].([]any)
	if len(methods) == 0 || slices.Contains(methods, any(http.MethodPost)) {
		return http.MethodPost
	}
	name, _ := methods[0].(string)
	return strings.ToUpper(name)
}

// allowedAddress is one that the trigger takes requests from.
func allowedAddress(params map[string]any) string {
	list, _ := params["allow_ips"].([]any)
	for _, entry := range list {
		text, _ := entry.(string)
		if prefix, err := netip.ParsePrefix(strings.TrimSpace(text)); err == nil {
			return prefix.Addr().String()
		}
		if addr, err := netip.ParseAddr(strings.TrimSpace(text)); err == nil {
			return addr.String()
		}
	}
	return "127.0.0.1"
}

// sign gives the plan what the trigger checks the sender by.
func (e *Editor) sign(ctx context.Context, ws string, plan *sender.Plan, t workflow.Trigger) error {
	params, _ := t.Params["signature"].(map[string]any)
	name, _ := params["scheme"].(string)
	if name == "" || name == "none" {
		return nil // nobody looks at a signature
	}
	checked := sender.Named(name)
	switch {
	case checked == nil:
		return problem.At("/sender", "wrong_sender", "This trigger checks a signature of your own description, which no sample has: paste the data instead.")
	case plan.Sender.Name != name && plan.Sender.Name != sender.Plain:
		return problem.At("/sender", "wrong_sender", fmt.Sprintf("This trigger takes requests of %s only: choose one of its samples, or change Check the sender.", checked.Label))
	case checked.Scheme == nil:
		return nil
	}
	id, _ := workflow.SecretRef(params["secret"])
	versions, err := e.Store.Secrets(ctx, ws, []string{id})
	if err != nil {
		return err
	}
	for _, v := range versions[id] {
		if v.Until.IsZero() {
			plan.Secret = v.Value
		}
	}
	if plan.Secret == "" {
		return problem.At("/sender", "no_secret", "Enter the signing secret of this trigger first: a sample is signed with it.")
	}
	plan.Scheme = checked.Scheme
	return nil
}

// recorded is the answer that the sender would have got.
type recorded struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (a *recorded) Header() http.Header         { return a.header }
func (a *recorded) WriteHeader(status int)      { a.status = status }
func (a *recorded) Write(b []byte) (int, error) { return a.body.Write(b) }

func (a *recorded) sent(start bool) (Sent, error) {
	var told struct {
		RequestID string   `json:"request_id"`
		Verdict   string   `json:"verdict"`
		Reason    string   `json:"reason"`
		Code      string   `json:"code"`
		Detail    string   `json:"detail"`
		RunIDs    []string `json:"run_ids"`
	}
	if err := json.Unmarshal(a.body.Bytes(), &told); err != nil || told.Verdict+told.Code == "" {
		// An answer in the sender's or the trigger's own words names no verdict. A
		// sample is told so only by a handshake.
		if start {
			return Sent{Verdict: string(nodes.Accepted), Status: a.status, Reason: "Answered in the sender's own words."}, nil
		}
		return Sent{Verdict: string(nodes.Handshake), Status: a.status}, nil
	}
	if a.status >= http.StatusInternalServerError {
		return Sent{}, problem.New(told.Code, told.Detail)
	}
	if told.Verdict == string(nodes.Accepted) && told.Reason == "" && !start {
		told.Reason = "Kept as a sample; it started nothing."
	}
	return Sent{RequestID: told.RequestID, Verdict: firstOf(told.Verdict, told.Code), Status: a.status, Reason: firstOf(told.Reason, told.Detail), RunIDs: told.RunIDs}, nil
}
