package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// dedupeWindow is how long a repeat is recognised unless the trigger says less.
const dedupeWindow = 30 * 24 * time.Hour

// Arrival is one inbound call as the HTTP edge read it.
type Arrival struct {
	nodes.RawRequest
	// TokenHash finds the trigger.
	TokenHash []byte
	// Test marks a request that only tests: its run is a test run and no dedupe
	// key is claimed.
	Test bool
	// Sample marks a request that somebody made to look at: it is judged and kept,
	// and starts nothing, whatever the workflow's state.
	Sample bool
	// Refused is set when the edge could not read the body: the request is
	// stored with this verdict and no body.
	Refused *nodes.Receipt
	// Size is the body's length as far as it was read.
	Size int64
}

// Answer is what the caller is told, after the commit.
type Answer struct {
	RequestID string
	Verdict   nodes.Verdict
	RunIDs    []string
	// Status is the HTTP status that fits the verdict.
	Status int
	// Reply replaces the standard body when it is set.
	Reply  *nodes.Reply
	Reason string
	Fields []nodes.FieldProblem
	Test   bool
	// RetryAfter is set with rate_limited.
	RetryAfter time.Duration
	// Await, when it is set, must be called once: it waits for the answer of a step
	// and gives nil when none came in time, so that Reply counts. It ends early with
	// ctx.
	Await func(ctx context.Context) *nodes.Reply
}

// ErrGone is returned for a token that was rotated away or deleted for good.
var ErrGone = errors.New("this address is not in use any more")

// Ingest judges a request, commits it with its run, and rings. It returns only
// after the commit: an Answer without an error is a promise. ErrNotFound means
// an unknown token, ErrGone an old one, ErrUnavailable that nothing was
// acknowledged.
func (e *Engine) Ingest(ctx context.Context, a Arrival) (Answer, error) {
	e.fault("body_read")
	if e.tracer == nil {
		return e.take(ctx, a)
	}
	begun := time.Now()
	answer, err := e.take(ctx, a)
	e.tracer.Ingested(begun, a.Header, answer, err)
	return answer, err
}

func (e *Engine) take(ctx context.Context, a Arrival) (Answer, error) {
	for tries := 0; ; tries++ {
		ep, err := e.endpoint(ctx, a.TokenHash)
		if err != nil {
			return Answer{}, err
		}
		if tries > 0 {
			// It was let in already.
		} else if wait, ok := e.limits.allow(string(a.TokenHash), ep.Endpoint); !ok {
			return Answer{Verdict: nodes.RateLimited, Status: http.StatusTooManyRequests, RetryAfter: wait, Reason: "too many requests to this address"}, nil
		}
		answer, err := e.ingest(ctx, ep, a)
		if errors.Is(err, ErrStale) && tries < 5 {
			// It was published, paused or rotated meanwhile: judge again by what
			// counts now.
			e.endpoints.drop(a.TokenHash)
			continue
		}
		return answer, err
	}
}

func (e *Engine) ingest(ctx context.Context, ep *endpoint, a Arrival) (Answer, error) {
	receipt, err := e.judge(ctx, ep, a)
	if err != nil {
		return Answer{}, err
	}
	if a.Sample {
		a.Test, receipt = true, asSample(receipt)
	}
	limited, err := e.holdBack(ctx, ep, a, &receipt)
	if err != nil {
		return Answer{}, err
	}
	req := e.request(ep, a, receipt)
	acceptance := Acceptance{Request: req, Stamp: ep.Stamp}
	claims := receipt.Verdict == nodes.Accepted || receipt.Verdict == nodes.Held || receipt.Heard != nil && hears(receipt.Verdict)
	if claims && receipt.DedupeKey != "" && !a.Test {
		window := receipt.DedupeWindow
		if window <= 0 {
			window = dedupeWindow
		}
		acceptance.DedupeKey, acceptance.DedupeUntil = receipt.DedupeKey, a.ReceivedAt.Add(window)
	}
	if run := e.runOf(ep, a, req, receipt, limited); run != nil && !a.Sample {
		if run.Input, err = encodeScope(a, receipt); err != nil {
			return Answer{}, fmt.Errorf("encode the payload: %w", err)
		}
		acceptance.Run = run
		acceptance.Request.RunIDs = []string{run.ID}
	}
	waiter := e.expect(acceptance, receipt)
	accepted, begun, err := e.acceptHearing(ctx, acceptance, receipt)
	if err != nil {
		waiter.drop()
		return Answer{}, err
	}
	e.fault("accepted")
	answer := e.answer(acceptance, accepted, receipt, begun)
	if answer.Verdict != nodes.Accepted {
		waiter.drop()
	} else if waiter != nil {
		answer.Await = waiter.await
	}
	return answer, nil
}

// encodeScope writes the input of a request's run. A verbatim body stands in it as it came, which
// spares writing it anew and lets the store keep it once.
func encodeScope(a Arrival, r nodes.Receipt) ([]byte, error) {
	if !r.Verbatim || r.Earlier != nil {
		return value.Encode(r.Payload)
	}
	payload := maps.Clone(r.Payload)
	payload["body"] = value.Verbatim(a.Body)
	return value.Encode(payload)
}

// asSample is the verdict on a request that is kept to be looked at: what would
// have been held is not offered to be run later.
func asSample(r nodes.Receipt) nodes.Receipt {
	if r.Verdict == nodes.Accepted || r.Verdict == nodes.Held {
		r.Verdict, r.Reason, r.Reply = nodes.Accepted, "Kept as a sample; it started nothing.", nil
	}
	return r
}

// judge asks the trigger, and applies what the workflow's state says.
func (e *Engine) judge(ctx context.Context, ep *endpoint, a Arrival) (nodes.Receipt, error) {
	if a.Refused != nil {
		return *a.Refused, nil
	}
	ws, zone, err := e.workspaces.get(ctx, ep.Workspace)
	switch {
	case err != nil:
		return nodes.Receipt{}, err
	case !Has(ws, FeatureIncoming):
		return switchedOff(), nil
	case ep.receiver == nil:
		return nodes.Receipt{Verdict: ep.verdict, Reason: ep.reason}, nil
	}
	raw := a.RawRequest
	raw.TriggerID = ep.TriggerID
	raw.Zone, raw.Country = zone, ws.DefaultCountry
	receipt := e.receive(ctx, ep.receiver, raw)
	if err := e.complete(ctx, ep.Workspace, &receipt); err != nil {
		return nodes.Receipt{}, err
	}
	if receipt.Verdict == nodes.Accepted && ep.verdict == nodes.Held {
		// The trigger's own answer would say that something was done.
		receipt.Verdict, receipt.Reason, receipt.Reply = nodes.Held, ep.reason, nil
	}
	if ep.Old {
		receipt.Notes = append(receipt.Notes, "Sent to the old address, which ends soon: give the sender the new one.")
	}
	return receipt, nil
}

// receive runs trigger code and turns a panic into a refusal, so that a broken
// node type costs one answer and not the server.
func (e *Engine) receive(ctx context.Context, r nodes.Receiver, raw nodes.RawRequest) (receipt nodes.Receipt) {
	defer func() {
		if p := recover(); p != nil {
			e.log.Error("a trigger's code broke", "trigger", raw.TriggerID, "panic", p, "stack", string(debug.Stack()))
			receipt = nodes.Receipt{Verdict: nodes.Invalid, Status: http.StatusUnprocessableEntity, Reason: "The trigger's own code broke on this request."}
		}
	}()
	return r.Receive(ctx, raw)
}

func (e *Engine) request(ep *endpoint, a Arrival, r nodes.Receipt) Request {
	req := Request{
		ID: NewID("req"), Workspace: ep.Workspace, WorkflowID: ep.WorkflowID, TriggerID: ep.TriggerID,
		Verdict: r.Verdict, Reason: r.Reason, Fields: r.Fields, Method: a.Method, Path: a.Path, Query: a.RawQuery,
		Header: storedHeader(a.Header), ContentType: a.Header.Get("Content-Type"), Body: a.Body, Size: a.Size,
		IP: a.IP, Test: a.Test, Notes: r.Notes, ReceivedAt: a.ReceivedAt,
	}
	req.Status = statusOf(r)
	return req
}

func storedHeader(h http.Header) map[string][]string {
	stored := make(map[string][]string, len(h))
	for name, values := range h {
		if nodes.SensitiveHeader(name) {
			values = []string{nodes.Redacted}
		}
		stored[strings.ToLower(name)] = values
	}
	return stored
}

// runOf makes the run of a request: none for refused and draft ones, a held one
// while the workflow is paused or the workspace over its limit, a test run for a
// test.
func (e *Engine) runOf(ep *endpoint, a Arrival, req Request, r nodes.Receipt, limited bool) *Run {
	starts := r.Verdict == nodes.Accepted || limited || (r.Verdict == nodes.Held && ep.Status == WorkflowPaused)
	if !starts || ep.Definition == "" {
		return nil
	}
	run := newRun(ep.Endpoint, a.ReceivedAt)
	run.RequestID = req.ID
	switch {
	case a.Test:
		run.Mode = ModeTest
	case limited:
		run.Status, run.EndReason = Held, HeldByLimit
	case r.Verdict == nodes.Held:
		run.Status = Held
	}
	return &run
}

// newRun makes a queued run of a live version.
func newRun(ep Endpoint, now time.Time) Run {
	id := NewID("run")
	return Run{
		ID: id, Workspace: ep.Workspace, Kind: KindWorkflow, Mode: ModeLive, WorkflowID: ep.WorkflowID,
		Version: ep.Version, Definition: ep.Definition, Status: Queued, DueAt: now, Trigger: ep.TriggerID,
		RootRun: id, CreatedAt: now,
	}
}

// answer is what the caller is told. A run that no worker has begun is rung.
func (e *Engine) answer(a Acceptance, accepted Accepted, r nodes.Receipt, begun bool) Answer {
	req := a.Request
	answer := Answer{
		RequestID: req.ID, Verdict: req.Verdict, RunIDs: accepted.RunIDs, Status: req.Status, Reply: r.Reply,
		Reason: r.Reason, Fields: r.Fields, Test: req.Test,
	}
	if accepted.DuplicateOf != "" {
		answer.RequestID, answer.Verdict, answer.Status, answer.Reply = accepted.DuplicateOf, nodes.Duplicate, http.StatusOK, nil
	} else if a.Run != nil && a.Run.Status == Queued && !begun {
		e.ringNew(*a.Run, r.Payload)
	}
	e.publish(Change{Workspace: req.Workspace, Kind: ChangeRequest, ID: req.ID, Parent: req.WorkflowID, Status: string(answer.Verdict)})
	return answer
}

// ringQueued is ringNew for a run that may be held, which nobody is rung for.
func (e *Engine) ringQueued(run Run, trigger map[string]any) {
	if run.Status == Queued {
		e.ringNew(run, trigger)
		return
	}
	e.publish(Change{Workspace: run.Workspace, Kind: ChangeRun, ID: run.ID, Parent: run.WorkflowID, Status: string(run.Status)})
}

// ringNew hands a committed run to a worker.
func (e *Engine) ringNew(run Run, trigger map[string]any) {
	e.handoff.put(run, trigger, nil)
	e.fault("before_ring")
	e.bell.Ring(run.Handle())
	e.fault("rung")
	e.publish(Change{Workspace: run.Workspace, Kind: ChangeRun, ID: run.ID, Parent: run.WorkflowID, Status: string(run.Status)})
}

// statuses are the HTTP answers to the verdicts; a Receipt may name another.
var statuses = map[nodes.Verdict]int{
	nodes.Accepted: http.StatusAccepted, nodes.Held: http.StatusAccepted, nodes.Duplicate: http.StatusOK,
	nodes.Filtered: http.StatusOK, nodes.Handshake: http.StatusOK, nodes.BadSignature: http.StatusUnauthorized,
	nodes.ForbiddenIP: http.StatusForbidden, nodes.Invalid: http.StatusBadRequest,
	nodes.TooLarge: http.StatusRequestEntityTooLarge, nodes.RateLimited: http.StatusTooManyRequests,
}

func statusOf(r nodes.Receipt) int {
	if r.Reply != nil && r.Reply.Status != 0 {
		return r.Reply.Status
	}
	if r.Status != 0 {
		return r.Status
	}
	return statuses[r.Verdict]
}
