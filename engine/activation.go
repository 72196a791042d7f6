package engine

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// The actions of an offer's addresses.
const (
	Activate   = "activate"
	Deactivate = "deactivate"
)

// OfferAddress is what the token of an offer's addresses leads to.
type OfferAddress struct {
	Workspace string
	OfferID   string
	// Number is the offer's, which must stand behind the token.
	Number int64
	// Gone is true for a token that was rotated away or whose offer was deleted,
	// Old for one in its overlap.
	Gone, Old bool
}

// OfferToken is one address of an offer.
type OfferToken struct {
	Hash    []byte
	OfferID string
	// Plain is the token itself, stored encrypted.
	Plain     string
	CreatedAt time.Time
	// ExpiresAt is zero for the current one.
	ExpiresAt time.Time
}

// OfferArrival is one call of an offer's address as the HTTP edge read it.
type OfferArrival struct {
	Arrival
	Number int64
	// Action is Activate or Deactivate.
	Action string
}

// OfferCall is one call of an offer's address as its log keeps it.
type OfferCall struct {
	ID        string
	Workspace string
	Number    int64
	OfferID   string
	Action    string
	// Verdict is accepted, duplicate, invalid, forbidden, too_large or
	// rate_limited, Status
	// what the caller was answered.
	Verdict string
	Status  int
	// Params are what was sent, body over query.
	Params map[string]any
	Errors []nodes.FieldProblem
	// Reason is a sentence for the person who reads the log.
	Reason      string
	Method      string
	ContentType string
	Size        int64
	IP          string
	UserAgent   string
	// Old marks a call of an address that was rotated away.
	Old bool
	// Key is the sender's idempotency key, only of a call that did something.
	Key string
	// Answer is the body of the answer, JSON.
	Answer      []byte
	RunID       string
	ContactID   string
	DuplicateOf string
	ReceivedAt  time.Time
}

// OfferAnswer is what the caller of an offer's address is told, after the
// commit.
type OfferAnswer struct {
	RequestID string
	Status    int
	// Body is JSON; nil for a refusal, which Reason and Fields tell of.
	Body       []byte
	Reason     string
	Fields     []nodes.FieldProblem
	Verdict    nodes.Verdict
	RetryAfter time.Duration
}

// OfferAddresses finds what the token of an offer's addresses leads to.
type OfferAddresses interface {
	// OfferAddress crosses workspaces: the token is the credential. ErrNotFound
	// for an unknown one.
	OfferAddress(ctx context.Context, tokenHash []byte) (OfferAddress, error)
}

// OfferTx keeps offers' addresses and the log of their calls.
type OfferTx interface {
	// OfferTokens returns the addresses of an offer, newest first.
	OfferTokens(offerID string) ([]OfferToken, error)
	InsertOfferToken(t OfferToken) error
	// ExpireOfferTokens ends the current addresses of an offer at a time.
	ExpireOfferTokens(offerID string, at time.Time) error
	// InsertOfferCall stores a call and fills Number in. A Key that is taken is a
	// *crm.Conflict.
	InsertOfferCall(c *OfferCall) error
	// OfferCallByKey finds the call that a key was first used for, or
	// ErrNotFound; keys from before a time are given free.
	OfferCallByKey(offerID, action, key string, since time.Time) (OfferCall, error)
}

// Activation does what a call of an offer's address asks for, as a run of a
// pinned definition, and logs it, in one transaction. It returns only after the
// commit. Errors are those of Ingest.
func (e *Engine) Activation(ctx context.Context, a OfferArrival) (OfferAnswer, error) {
	address, err := e.store.OfferAddress(ctx, a.TokenHash)
	if err == nil && address.Number != a.Number {
		err = ErrNotFound
	}
	if err == nil && address.Gone {
		err = ErrGone
	}
	if err != nil {
		return OfferAnswer{}, err
	}
	call := &activation{e: e, a: a, address: address}
	call.log = OfferCall{
		ID: NewID("req"), Workspace: address.Workspace, OfferID: address.OfferID, Action: a.Action, Method: a.Method,
		ContentType: a.Header.Get("Content-Type"), Size: a.Size, IP: a.IP, UserAgent: shortened(a.Header.Get("User-Agent"), 200),
		Old: address.Old, ReceivedAt: a.ReceivedAt,
	}
	if wait, ok := e.limits.within("offer/" + string(a.TokenHash)); !ok {
		return call.limited(ctx, wait)
	}
	return call.answer(ctx)
}

// limited answers a call over the limit. A minute leaves one row of them.
func (c *activation) limited(ctx context.Context, wait time.Duration) (OfferAnswer, error) {
	no := &activationRefusal{verdict: nodes.RateLimited, status: http.StatusTooManyRequests, reason: "More requests than this address takes in a second."}
	answer := OfferAnswer{Status: no.status, Reason: no.reason, Verdict: no.verdict}
	if c.e.limits.tell("offer/" + string(c.a.TokenHash)) {
		var err error
		if answer, err = c.refuse(ctx, no); err != nil {
			return OfferAnswer{}, err
		}
	}
	answer.RetryAfter = wait
	return answer, nil
}

func shortened(text string, most int) string {
	if len(text) > most {
		return text[:most]
	}
	return text
}

// activation is one call under way.
type activation struct {
	e       *Engine
	a       OfferArrival
	address OfferAddress
	log     OfferCall
	in      crm.ActivationInput
	email   string
	key     string
}

// activationRefusal says why a call did nothing.
type activationRefusal struct {
	verdict nodes.Verdict
	status  int
	reason  string
	fields  []nodes.FieldProblem
}

func (r *activationRefusal) Error() string { return r.reason }

func (c *activation) answer(ctx context.Context) (OfferAnswer, error) {
	err := c.read(ctx)
	if err == nil {
		var answer OfferAnswer
		if answer, err = c.do(ctx); err == nil {
			return answer, nil
		}
	}
	var no *activationRefusal
	var refused crm.Refusals
	var rejected *crm.Rejected
	switch {
	case errors.As(err, &no):
	case errors.As(err, &refused):
		no = &activationRefusal{verdict: nodes.Invalid, status: http.StatusUnprocessableEntity, reason: refused.Error()}
		for _, r := range refused {
			no.fields = append(no.fields, nodes.FieldProblem{Pointer: "/" + r.Field, Code: r.Code, Message: r.Message})
		}
	case errors.As(err, &rejected):
		no = &activationRefusal{
			verdict: nodes.Invalid, status: http.StatusUnprocessableEntity, reason: rejected.Message,
			fields: []nodes.FieldProblem{{Pointer: "/" + rejected.Field, Code: rejected.Code, Message: rejected.Message}},
		}
	default:
		return OfferAnswer{}, err
	}
	return c.refuse(ctx, no)
}

// refuse logs a call that did nothing.
func (c *activation) refuse(ctx context.Context, no *activationRefusal) (OfferAnswer, error) {
	c.log.Verdict, c.log.Status, c.log.Reason, c.log.Errors = string(no.verdict), no.status, no.reason, no.fields
	c.log.Key, c.log.RunID, c.log.ContactID = "", "", ""
	err := c.e.store.Do(ctx, c.address.Workspace, func(tx Tx) error { return tx.InsertOfferCall(&c.log) })
	if err != nil {
		return OfferAnswer{}, err
	}
	c.e.publish(Change{Workspace: c.address.Workspace, Kind: ChangeRequest, ID: c.log.ID, Status: c.log.Verdict})
	return OfferAnswer{RequestID: c.log.ID, Status: no.status, Reason: no.reason, Fields: no.fields, Verdict: no.verdict}, nil
}

// do runs the call's definition and commits the run with its log entry and all
// that it changed.
func (c *activation) do(ctx context.Context) (OfferAnswer, error) {
	j, tasks, document, err := c.prepare(ctx)
	if err != nil {
		return OfferAnswer{}, err
	}
	var first *OfferCall
	attempt := func() error {
		return c.e.store.Do(ctx, c.address.Workspace, func(tx Tx) (err error) {
			if first, err = c.before(tx); err != nil || first != nil {
				return err
			}
			member, err := c.check(tx)
			if err != nil {
				return err
			}
			if c.a.Test {
				return c.tested(tx)
			}
			j.run.ContactID = ""
			if c.a.Action == Deactivate {
				j.run.ContactID = member.Contact.ID
			}
			return c.commit(tx, j, tasks, document)
		})
	}
	err = attempt()
	if conflict := (*crm.Conflict)(nil); errors.As(err, &conflict) {
		// Another call made the same member, or has the same key: look again.
		err = attempt()
	}
	if err != nil {
		return OfferAnswer{}, err
	}
	if first != nil {
		return OfferAnswer{RequestID: first.ID, Status: first.Status, Body: first.Answer, Verdict: nodes.Duplicate}, nil
	}
	c.e.fault("accepted")
	c.tell(j)
	return OfferAnswer{RequestID: c.log.ID, Status: c.log.Status, Body: c.log.Answer, Verdict: nodes.Accepted}, nil
}

// before finds the first call of the sender's key and logs this one as its
// repeat.
func (c *activation) before(tx Tx) (*OfferCall, error) {
	if c.key == "" || c.a.Test {
		return nil, nil
	}
	first, err := tx.OfferCallByKey(c.address.OfferID, c.a.Action, c.key, c.a.ReceivedAt.Add(-dedupeWindow))
	if errors.Is(err, ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	again := c.log
	again.Verdict, again.Status, again.DuplicateOf, again.ContactID = string(nodes.Duplicate), first.Status, first.ID, first.ContactID
	return &first, tx.InsertOfferCall(&again)
}

func (c *activation) check(tx Tx) (crm.Member, error) {
	o, err := tx.Offer(c.address.OfferID)
	if err != nil {
		return crm.Member{}, err
	}
	if c.a.Action == Deactivate {
		return crm.CheckDeactivation(tx, o, c.in)
	}
	return crm.CheckActivation(tx, o, c.in)
}

// tested logs a call that only tests and changes nothing.
func (c *activation) tested(tx Tx) error {
	c.log.Verdict, c.log.Status, c.log.Reason = string(nodes.Accepted), http.StatusAccepted, "Only a test: nothing was changed."
	c.log.Answer = []byte(`{"test":true,"run_ids":[]}`)
	return tx.InsertOfferCall(&c.log)
}

// commit does the steps and stores them as a finished run.
func (c *activation) commit(tx Tx, j *journey, tasks []*task, document []byte) error {
	contact, err := j.runTasks(tx, tasks, false)
	if err != nil {
		return err
	}
	run := j.run
	run.Status, run.EndReason, run.FinishedAt, run.Cursor = Succeeded, EndReached, c.e.now(), nil
	if contact != nil {
		run.ContactID = contact.ID
	}
	c.log.ContactID, c.log.RunID = run.ContactID, run.ID
	if err := tx.PutDefinition(run.Definition, document); err != nil {
		return err
	}
	if err := tx.InsertRun(run); err != nil {
		return err
	}
	rows := make([]StepResult, len(tasks))
	for i, t := range tasks {
		rows[i] = *t.row
	}
	if err := tx.SaveSteps(run.ID, rows); err != nil {
		return err
	}
	c.log.Verdict, c.log.Status, c.log.Key = string(nodes.Accepted), http.StatusOK, c.key
	if c.log.Answer, err = c.body(tasks); err != nil {
		return err
	}
	return tx.InsertOfferCall(&c.log)
}

// body is the answer to a call that did something. It names things by their ids
// alone: whoever has the address need not learn who is behind an
// external_user_id.
func (c *activation) body(tasks []*task) ([]byte, error) {
	answer := map[string]any{"request_id": c.log.ID, "run_ids": []string{c.log.RunID}, "contact_id": c.log.ContactID, "offer_id": c.address.OfferID}
	for _, t := range tasks {
		if out, ok := t.out.(map[string]any); ok {
			for _, name := range [...]string{"grant_id", "revoked", "email"} {
				if v, has := out[name]; has {
					answer[name] = v
				}
			}
		}
	}
	body, err := json.Marshal(answer)
	if err != nil {
		return nil, fmt.Errorf("encode an answer: %w", err)
	}
	return append(body, '\n'), nil
}

func (c *activation) tell(j *journey) {
	ws := c.address.Workspace
	c.e.publish(Change{Workspace: ws, Kind: ChangeRequest, ID: c.log.ID, Status: c.log.Verdict})
	if c.log.RunID == "" {
		return
	}
	c.e.publish(Change{Workspace: ws, Kind: ChangeRun, ID: j.run.ID, Status: string(Succeeded)})
	c.e.publish(Change{Workspace: ws, Kind: ChangeContact, ID: c.log.ContactID})
	c.e.WakeEvents()
}

// prepare makes the run and resolves the params of its steps, before any
// transaction.
func (c *activation) prepare(ctx context.Context) (*journey, []*task, []byte, error) {
	document, err := c.definition()
	if err != nil {
		return nil, nil, nil, err
	}
	prog, err := compile(document, c.e.registry)
	if err != nil {
		return nil, nil, nil, err
	}
	run := newRun(Endpoint{Workspace: c.address.Workspace, Definition: workflow.Hash(document)}, c.a.ReceivedAt)
	run.Kind, run.RequestID, run.StartedAt = KindActivation, c.log.ID, c.e.now()
	run.Cursor = []Frame{rootFrame(prog.Root)}
	j := &journey{
		e: c.e, run: run, prog: prog, outputs: map[string]any{}, loops: map[string]*loopState{}, begun: map[string]*StepResult{},
		trigger: map[string]any{
			"id": "address", "type": "offer." + c.a.Action, "method": c.a.Method, "params": c.log.Params, "ip": c.a.IP,
			"received_at": c.a.ReceivedAt.UTC().Format(time.RFC3339Nano),
		},
	}
	if j.ws, j.zone, err = c.e.workspaces.get(ctx, run.Workspace); err != nil {
		return nil, nil, nil, err
	}
	if j.run.Input, err = value.Encode(j.trigger); err != nil {
		return nil, nil, nil, err
	}
	var tasks []*task
	for _, n := range prog.Root.Nodes {
		t, err := j.task(ctx, n, j.newRow(n, j.path(n.Step.ID)))
		if err != nil {
			return nil, nil, nil, err
		}
		tasks = append(tasks, t)
	}
	return j, tasks, document, nil
}

// definition is the document that the run pins: the same steps that people use,
// so that a run of it reads and repeats like any other.
func (c *activation) definition() ([]byte, error) {
	doc := workflow.Document{Schema: 1}
	if c.a.Action == Deactivate {
		doc.Steps = []workflow.Step{{ID: "access", Type: "offer.revoke", V: 1, Params: map[string]any{"offer": c.address.OfferID}}}
		return doc.JSON()
	}
	doc.Steps = []workflow.Step{
		{ID: "member", Type: "contact.upsert", V: 1, Params: map[string]any{
			"name": "{{ trigger.params.name }}", "email": "{{ trigger.params.email }}", "external_user_id": "{{ trigger.params.external_user_id }}",
		}},
		{ID: "access", Type: "offer.grant", V: 1, Params: map[string]any{"offer": c.address.OfferID, "send_email": c.email}},
	}
	return doc.JSON()
}
