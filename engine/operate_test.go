package engine_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func TestReplayRepeatsNoEffect(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	first := w.finished(w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A"}`).RunIDs[0])

	again, err := w.Replay(t.Context(), w.workspace.ID, first.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	run := w.finished(again.ID)
	if run.Status != engine.Succeeded || run.ReplayOf != first.ID || run.ContactID != first.ContactID {
		t.Fatalf("replay %+v, error %+v", run, run.Error)
	}
	if n := len(w.sink.all()); n != 1 {
		t.Errorf("%d requests left, want the one of the first run", n)
	}

	asNew, err := w.Replay(t.Context(), w.workspace.ID, first.ID, true)
	if err != nil {
		t.Fatal(err)
	}
	w.finished(asNew.ID)
	sent := w.sink.all()
	if len(sent) != 2 || sent[1].Header.Get("Idempotency-Key") == sent[0].Header.Get("Idempotency-Key") {
		t.Errorf("as new: %d requests with keys %v", len(sent), sent)
	}
}

func TestReplayDoesOnlyWhatFailed(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(strings.Replace(mainJob, `"id":"tell"`, `"id":"tell","retry":{"attempts":1}`, 1))
	w.sink.answer = func(n int, _ received, rw http.ResponseWriter) {
		if n == 1 {
			rw.WriteHeader(http.StatusBadRequest)
		}
	}
	first := w.finished(w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A"}`).RunIDs[0])
	if first.Status != engine.Failed {
		t.Fatalf("run is %s", first.Status)
	}
	again, err := w.Replay(t.Context(), w.workspace.ID, first.ID, false)
	if err != nil {
		t.Fatal(err)
	}
	if run := w.finished(again.ID); run.Status != engine.Succeeded {
		t.Fatalf("replay is %s: %+v", run.Status, run.Error)
	}
	if n := len(w.sink.all()); n != 2 {
		t.Errorf("%d requests left", n)
	}
	if notes := w.steps(again.ID)["access"].Notes; len(notes) == 0 || !strings.Contains(notes[0], "Not repeated") {
		t.Errorf("the grant was done again: %v", notes)
	}
}

func TestFixAndResumeOnTheLiveVersion(t *testing.T) {
	w := newWorld(t)
	document := `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"one","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/1","body_type":"none"}},
  {"id":"two","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/2","body_type":"json","body":{"v":"VALUE"}}}]}`
	wf, token := w.publish(strings.Replace(document, "VALUE", "{{ trigger.body.x / trigger.body.zero }}", 1))
	run := w.finished(w.post(token, `{"x":"4","zero":0}`).RunIDs[0])
	if run.Status != engine.Failed || run.Error.Code != "mapping_failed" || run.Error.Step != "two" || run.Error.Field != "/body/v" {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	if _, err := w.SaveDraft(t.Context(), w.workspace.ID, wf.ID, engine.AnyRevision, engine.Edit{Document: w.document(strings.Replace(document, "VALUE", "{{ trigger.body.x }}", 1))}); err != nil {
		t.Fatal(problemsOf(err))
	}
	if _, err := w.Publish(t.Context(), w.workspace.ID, wf.ID, "", ""); err != nil {
		t.Fatal(problemsOf(err))
	}
	if err := w.Retry(t.Context(), w.workspace.ID, run.ID, engine.RetryOptions{Live: true}); err != nil {
		t.Fatal(err)
	}
	run = w.until(run.ID, func(r engine.Run) bool { return r.Status == engine.Succeeded })
	sent := w.sink.all()
	if run.Version != 2 || len(sent) != 2 || sent[1].Body != `{"v":"4"}` {
		t.Errorf("version %d, sent %+v", run.Version, sent)
	}
}

func TestCancelStopsARunAtAnyPoint(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	slow := nodes.Action[struct{}]{
		Meta: nodes.Meta{Type: "test.slow", Name: "Slow", Group: "Tests", Summary: "Waits.", Sample: map[string]any{}},
		Run: func(ctx context.Context, _ *nodes.Env, _ struct{}) (any, error) {
			close(started)
			select {
			case <-ctx.Done():
				return nil, ctx.Err()
			case <-release:
				return map[string]any{}, nil
			}
		},
	}
	w := newWorld(t, slow)
	defer close(release)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"hold","type":"test.slow","v":1,"params":{}},{"id":"after","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
	runID := w.post(token, `{}`).RunIDs[0]
	<-started
	if err := w.Cancel(t.Context(), w.workspace.ID, runID); err != nil {
		t.Fatal(err)
	}
	if run := w.finished(runID); run.Status != engine.Canceled {
		t.Errorf("run is %s", run.Status)
	}
	var state *engine.StateError
	if err := w.Cancel(t.Context(), w.workspace.ID, runID); !errors.As(err, &state) {
		t.Errorf("canceling twice: %v", err)
	}
	if n := len(w.sink.all()); n != 0 {
		t.Errorf("%d requests left after the cancel", n)
	}
}

func TestPausedWorkflowHoldsAndResumesInOrder(t *testing.T) {
	w := newWorld(t)
	wf, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"json","body":{"n":"{{ trigger.body.n }}"}}}]}`)
	if _, err := w.Pause(t.Context(), w.workspace.ID, wf.ID); err != nil {
		t.Fatal(err)
	}
	var runs, requests []string
	for _, body := range []string{`{"n":1}`, `{"n":2}`, `{"n":3}`} {
		answer := w.post(token, body)
		if answer.Verdict != nodes.Held || answer.Status != http.StatusAccepted {
			t.Fatalf("got %+v", answer)
		}
		runs, requests = append(runs, answer.RunIDs...), append(requests, answer.RequestID)
		w.clock.advance(time.Second)
	}
	if _, err := w.Resume(t.Context(), w.workspace.ID, wf.ID, ""); err != nil {
		t.Fatal(err)
	}
	for _, id := range runs {
		if run := w.finished(id); run.Status != engine.Succeeded {
			t.Errorf("run %s: %+v", run.Status, run.Error)
		}
	}
	if n := len(w.sink.all()); n != 3 {
		t.Errorf("%d requests left", n)
	}
	for i, id := range requests {
		req, err := w.store.Request(t.Context(), w.workspace.ID, id)
		if err != nil || req.Verdict != nodes.Accepted || !slices.Equal(req.RunIDs, runs[i:i+1]) {
			t.Errorf("request %s of %v, %v", req.Verdict, req.RunIDs, err)
		}
	}
}

func TestDraftKeepsRequestsUntilTheFirstPublish(t *testing.T) {
	w := newWorld(t)
	wf := w.draft(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"json","body":{"n":"{{ trigger.body.n }}"}}}]}`)
	answer := w.post(w.token(wf.ID), `{"n":1}`)
	if answer.Verdict != nodes.Held || len(answer.RunIDs) != 0 {
		t.Fatalf("got %+v", answer)
	}
	unwanted := w.post(w.token(wf.ID), `{"n":2,"skip":true}`)
	if _, err := w.Publish(t.Context(), w.workspace.ID, wf.ID, "", engine.HeldRun); err != nil {
		t.Fatal(problemsOf(err))
	}
	req, err := w.store.Request(t.Context(), w.workspace.ID, answer.RequestID)
	if err != nil || req.Verdict != nodes.Accepted || len(req.RunIDs) != 1 {
		t.Fatalf("request %+v, %v", req, err)
	}
	if run := w.finished(req.RunIDs[0]); run.Status != engine.Succeeded {
		t.Errorf("run %s: %+v", run.Status, run.Error)
	}
	if req, err := w.store.Request(t.Context(), w.workspace.ID, unwanted.RequestID); err != nil || req.Verdict != nodes.Filtered || req.Reason != "The condition is not met." || len(req.RunIDs) != 0 {
		t.Errorf("what the version does not take is %s (%s) of %v, %v", req.Verdict, req.Reason, req.RunIDs, err)
	}
	if sent := w.sink.all(); len(sent) != 1 || sent[0].Body != `{"n":1}` {
		t.Errorf("sent %+v", sent)
	}
}

// TestATestOfAnEventHasItsObjects those of the type's example, and the contact
// that was chosen.
func TestATestOfAnEventHasItsObjects(t *testing.T) {
	w := newWorld(t)
	ada := crm.Contact{Email: "ada@example.com"}
	w.do(func(tx engine.Tx) error { return tx.InsertContact(&ada) })
	wf := w.draft(`{"schema":1,"triggers":[{"id":"tagged","type":"tag.added","v":1,"params":{}}],"steps":[
 {"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body":{"to":"{{ trigger.contact.email }}","tag":"{{ trigger.tag.name }}"}}}]}`)
	for contact, want := range map[string]string{"": `\"tag\":\"`, ada.ID: `\"to\":\"ada@example.com\"`} {
		run, err := w.Test(t.Context(), w.workspace.ID, wf.ID, engine.StartOptions{ContactID: contact}, engine.KindWorkflow, true)
		if err != nil {
			t.Fatal(err)
		}
		if done := w.finished(run.ID); done.Status != engine.Succeeded {
			t.Fatalf("run %s: %+v", done.Status, done.Error)
		}
		if out := string(w.steps(run.ID)["send"].Output); !strings.Contains(out, want) {
			t.Errorf("%q is not in %s", want, out)
		}
	}
}

func TestDryRunChangesAndSendsNothing(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	wf := w.draft(mainJob)
	run, err := w.Test(t.Context(), w.workspace.ID, wf.ID, engine.StartOptions{Payload: map[string]any{"id": "e", "email": "Dry@example.com", "name": "D", "order": 7}}, engine.KindWorkflow, true)
	if err != nil {
		t.Fatal(err)
	}
	done := w.finished(run.ID)
	if done.Status != engine.Succeeded {
		t.Fatalf("run %s: %+v", done.Status, done.Error)
	}
	if n := len(w.sink.all()); n != 0 {
		t.Errorf("%d requests left", n)
	}
	w.do(func(tx engine.Tx) error {
		found, err := tx.ContactsBy("email", "dry@example.com")
		if len(found) != 0 {
			t.Errorf("a contact stayed: %+v", found)
		}
		return err
	})
	steps := w.steps(run.ID)
	for path, row := range steps {
		if !row.Simulated || row.Status != engine.StepSucceeded {
			t.Errorf("%s: %+v", path, row)
		}
	}
	if out := string(steps["tell"].Output); !strings.Contains(out, `"request":{"body":"{\"email\":\"Dry@example.com\",\"order\":7,\"text\":\"Order 7\"}"`) {
		t.Errorf("the request is not shown: %s", out)
	}
}

func TestEventsStartWorkflowsOnceAndChainsAreCut(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}},
          {"id":"mark","type":"contact.add_tag","v":1,"params":{"tags":["buyer"]}}]}`)
	w.publish(`{"schema":1,"triggers":[{"id":"tagged","type":"tag.added","v":1,"params":{"tags":["buyer"]}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/tagged","body_type":"json","body":{"who":"{{ contact.email }}","tag":"{{ trigger.tag.name }}"}}}]}`)
	// It starts itself: each update changes the contact again.
	loop, _ := w.publish(`{"schema":1,"triggers":[{"id":"changed","type":"contact.updated","v":1,"params":{}}],
 "steps":[{"id":"count","type":"contact.upsert","v":1,"params":{"email":"{{ contact.email }}","company":"{{ contact.company }}x"}}]}`)
	w.finished(w.post(token, `{"email":"a@example.com"}`).RunIDs[0])
	w.eventually(func() bool { return len(w.sink.all()) == 1 })
	if sent := w.sink.all(); sent[0].Body != `{"tag":"buyer","who":"a@example.com"}` {
		t.Errorf("sent %+v", sent)
	}
	if _, err := w.StartWorkflow(t.Context(), w.workspace.ID, loop.ID, engine.StartOptions{ContactID: w.contact("a@example.com").ID}); err != nil {
		t.Fatal(err)
	}
	var cut *engine.Failure
	w.eventually(func() bool {
		list, err := w.store.ListRuns(t.Context(), w.workspace.ID, engine.RunFilter{WorkflowID: loop.ID, Status: engine.Failed}, engine.Page{Limit: 50})
		if err != nil {
			t.Fatal(err)
		}
		if len(list.Items) > 0 {
			cut = list.Items[0].Error
		}
		return cut != nil
	})
	if cut.Code != "loop_limit" {
		t.Errorf("got %+v", cut)
	}
}

// eventually waits until a condition holds, woken by changes.
func (w *world) eventually(ok func() bool) {
	w.t.Helper()
	deadline := time.After(time.Minute)
	for {
		changed := w.watch.next()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-deadline:
			w.t.Fatal("it did not happen")
		}
	}
}

func TestTwoWorkersWithTheSameRunDoItOnce(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	for range 20 {
		answer := w.post(token, `{"email":"a@example.com","name":"A"}`)
		run, err := w.store.Run(t.Context(), w.workspace.ID, answer.RunIDs[0])
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			go w.Work(t.Context(), run.Handle())
		}
		if run := w.finished(answer.RunIDs[0]); run.Status != engine.Succeeded {
			t.Fatalf("run %s: %+v", run.Status, run.Error)
		}
	}
	if n := len(w.sink.all()); n != 20 {
		t.Errorf("%d requests left for 20 runs", n)
	}
}

func TestUnknownOutcomeParksUnlessRepeatable(t *testing.T) {
	var calls atomic.Int64
	lost := nodes.Action[struct{}]{
		Meta: nodes.Meta{Type: "test.charge", Name: "Charge", Group: "Tests", Summary: "Is cut off after sending.", Sample: map[string]any{}},
		Run: func(context.Context, *nodes.Env, struct{}) (any, error) {
			if calls.Add(1) == 1 {
				return nil, &nodes.SendError{Kind: "reset", Message: "the connection broke", Sent: true}
			}
			return map[string]any{"ok": true}, nil
		},
	}
	w := newWorld(t, lost)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],"steps":[{"id":"pay","type":"test.charge","v":1,"params":{}}]}`)
	run := w.finished(w.post(token, `{}`).RunIDs[0])
	if run.Status != engine.Parked || w.steps(run.ID)["pay"].Status != engine.StepUnknown {
		t.Fatalf("run %s, steps %+v", run.Status, w.steps(run.ID))
	}
	if err := w.Retry(t.Context(), w.workspace.ID, run.ID, engine.RetryOptions{}); err != nil {
		t.Fatal(err)
	}
	run = w.until(run.ID, func(r engine.Run) bool { return r.Status == engine.Succeeded })
	if row := w.steps(run.ID)["pay"]; row.Execution != 1 || len(row.Attempts) != 2 {
		t.Errorf("row %+v", row)
	}
}

func TestPoisonStepFailsItsRunOnly(t *testing.T) {
	poison := nodes.Action[struct{}]{
		Meta: nodes.Meta{Type: "test.poison", Name: "Poison", Group: "Tests", Summary: "Breaks.", Sample: map[string]any{}},
		Run: func(_ context.Context, env *nodes.Env, _ struct{}) (any, error) {
			body, _ := env.Trigger["body"].(map[string]any)
			if body["how"] == "large" {
				return map[string]any{"text": strings.Repeat("x", 10<<20)}, nil
			}
			none := []any{}
			return none[len(body)], nil
		},
	}
	w := newWorld(t, poison)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],"steps":[{"id":"x","type":"test.poison","v":1,"params":{}}]}`)
	for how, code := range map[string]string{"panic": "panicked", "large": "too_large"} {
		run := w.finished(w.post(token, `{"how":"`+how+`"}`).RunIDs[0])
		if run.Status != engine.Failed || run.Error.Code != code {
			t.Errorf("%s: run %s, %+v", how, run.Status, run.Error)
		}
	}
}

func TestStoredSecretStaysWhereItWasEntered(t *testing.T) {
	w := newWorld(t)
	const document = `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"https://crm.example.com/orders","auth":"bearer","token":TOKEN,"body_type":"none"}}]}`
	wf := w.draft(strings.Replace(document, "TOKEN", `"s3cret"`, 1))
	start := strings.Index(string(wf.Draft), `{"$secret"`)
	reference := string(wf.Draft[start : start+strings.IndexByte(string(wf.Draft[start:]), '}')+1])
	kept := strings.Replace(document, "TOKEN", reference, 1)

	if _, err := w.SaveDraft(t.Context(), w.workspace.ID, wf.ID, engine.AnyRevision, engine.Edit{Document: []byte(kept)}); err != nil {
		t.Fatalf("saved where it is: %v", problemsOf(err))
	}
	for what, moved := range map[string]string{
		"another host": strings.Replace(kept, "crm.example.com", "evil.example.com", 1),
		"another step": strings.Replace(kept, `"id":"send"`, `"id":"other"`, 1),
		"a made-up id": strings.Replace(document, "TOKEN", `{"$secret":"sec_made_up"}`, 1),
	} {
		_, err := w.SaveDraft(t.Context(), w.workspace.ID, wf.ID, engine.AnyRevision, engine.Edit{Document: []byte(moved)})
		var refused *engine.DocumentError
		if !errors.As(err, &refused) || refused.Problems[0].Code != "foreign_secret" || refused.Problems[0].Pointer != "/steps/0/params" {
			t.Errorf("%s: %v", what, problemsOf(err))
		}
	}
	name := "thief"
	if _, err := w.CreateWorkflow(t.Context(), w.workspace.ID, engine.Edit{Name: &name, Document: []byte(kept)}); err == nil {
		t.Error("another workflow took the secret")
	}
}
