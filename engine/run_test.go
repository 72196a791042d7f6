package engine_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

const mainJob = `{"schema":1,
 "triggers":[{"id":"sale","type":"test.catch","v":1,"params":{"key":"id"}}],
 "steps":[
  {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email | lower() }}","name":"{{ trigger.body.name }}"}},
  {"id":"access","type":"offer.grant","v":1,"params":{"offer":"Course A","send_email":"never"}},
  {"id":"tell","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/crm","body_type":"json",
    "body":{"email":"{{ trigger.body.email }}","order":"{{ trigger.body.order }}","text":"Order {{ trigger.body.order }}"}}}
 ]}`

func TestMainJob(t *testing.T) {
	w := newWorld(t)
	offer := w.offer("Course A")
	_, token := w.publish(mainJob)

	answer := w.post(token, `{"id":"evt_1","email":"Ada@Example.com","name":"Ada Lovelace","order":820982911946154508}`)
	if answer.Verdict != nodes.Accepted || len(answer.RunIDs) != 1 {
		t.Fatalf("got %+v", answer)
	}
	run := w.settled(answer.RunIDs[0])
	if run.Status != engine.Succeeded || run.EndReason != engine.EndReached {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	buyer := w.contact("ada@example.com")
	if buyer.FirstName != "Ada" || buyer.LastName != "Lovelace" {
		t.Errorf("contact %+v", buyer)
	}
	access, err := w.store.ContactOffers(t.Context(), w.workspace.ID, buyer.ID)
	if err != nil || len(access) != 1 || access[0].ID != offer.ID {
		t.Fatalf("offers %+v, %v", access, err)
	}
	sent := w.sink.all()
	if len(sent) != 1 {
		t.Fatalf("%d requests left", len(sent))
	}
	want := `{"email":"Ada@Example.com","order":820982911946154508,"text":"Order 820982911946154508"}`
	if sent[0].Body != want {
		t.Errorf("sent %s\nwant %s", sent[0].Body, want)
	}
	if sent[0].Header.Get("Idempotency-Key") == "" || sent[0].Header.Get("Webhook-Id") == "" {
		t.Errorf("keys missing: %v", sent[0].Header)
	}
	for path, row := range w.steps(run.ID) {
		if row.Status != engine.StepSucceeded || row.Params == nil || row.Output == nil {
			t.Errorf("step %s: %+v", path, row)
		}
	}
}

func TestRepeatsStartOneRun(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	first := w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A"}`)
	again := w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A"}`)
	if again.Verdict != nodes.Duplicate || again.Status != http.StatusOK {
		t.Fatalf("got %+v", again)
	}
	if again.RequestID != first.RequestID || again.RunIDs[0] != first.RunIDs[0] {
		t.Errorf("the repeat answers %+v, the first %+v", again, first)
	}
	w.settled(first.RunIDs[0])
	if n := len(w.sink.all()); n != 1 {
		t.Errorf("%d requests left", n)
	}
}

func TestFailedCallIsRetriedWithTheSameKeysAndBody(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	w.sink.answer = func(n int, _ received, rw http.ResponseWriter) {
		if n <= 3 {
			rw.WriteHeader(http.StatusInternalServerError)
		}
	}
	runID := w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A"}`).RunIDs[0]
	// Waits before the second, third and fourth attempt: 5 s, 5 min, 30 min, each
	// within 20 %.
	for _, wait := range []time.Duration{5 * time.Second, 5 * time.Minute, 30 * time.Minute} {
		run := w.settled(runID)
		if run.Status != engine.Waiting {
			t.Fatalf("run is %s: %+v", run.Status, run.Error)
		}
		left := run.DueAt.Sub(w.clock.Now())
		if left < wait*8/10 || left > wait*12/10 {
			t.Errorf("next attempt in %s, want about %s", left, wait)
		}
		w.clock.advance(left - time.Second)
		w.reconcile()
		if n := len(w.sink.all()); w.settled(runID).Status != engine.Waiting {
			t.Errorf("went on before its time, %d requests", n)
		}
		w.clock.advance(2 * time.Second)
		w.reconcile()
		w.until(runID, func(r engine.Run) bool { return r.Epoch > run.Epoch || r.DueAt.After(run.DueAt) || r.Status.Finished() })
	}
	run := w.settled(runID)
	if run.Status != engine.Succeeded {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	sent := w.sink.all()
	if len(sent) != 4 {
		t.Fatalf("%d attempts", len(sent))
	}
	for _, r := range sent[1:] {
		if r.Body != sent[0].Body || r.Header.Get("Webhook-Id") != sent[0].Header.Get("Webhook-Id") || r.Header.Get("Idempotency-Key") != sent[0].Header.Get("Idempotency-Key") {
			t.Errorf("an attempt differs: %+v from %+v", r, sent[0])
		}
	}
	if attempts := w.steps(runID)["tell"].Attempts; len(attempts) != 4 || attempts[0].Error == nil || attempts[3].Error != nil {
		t.Errorf("attempts %+v", attempts)
	}
}

func TestBranchLoopFilterWait(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[
  {"id":"tier","type":"flow.branch","v":1,"params":{},"branches":[
    {"id":"vip","name":"VIP","when":"{{ trigger.body.amount >= 100 }}","steps":[
      {"id":"pause","type":"flow.wait","v":1,"params":{"for":"10m"}}]},
    {"id":"rest","name":"Everyone else","steps":[]}]},
  {"id":"each","type":"flow.loop","v":1,"params":{"items":"{{ trigger.body.items }}","on_item_error":"continue"},"steps":[
    {"id":"keep","type":"flow.filter","v":1,"params":{"when":"{{ loop.item.qty > 0 }}"}},
    {"id":"item","type":"webhook.send","v":1,"retry":{"attempts":1},"params":{"method":"POST","url":"$SINK/item","body_type":"json","body":{"sku":"{{ loop.item.sku }}","n":"{{ loop.index }}"}}}]},
  {"id":"done","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/done","body_type":"json",
     "body":{"failed":"{{ len(steps.each.failed) }}","first":"{{ steps.each.results[0].status }}"}}}
 ]}`)
	w.sink.answer = func(_ int, r received, rw http.ResponseWriter) {
		if strings.Contains(r.Body, `"bad"`) {
			rw.WriteHeader(http.StatusBadRequest)
		}
	}
	runID := w.post(token, `{"amount":150,"items":[{"sku":"a","qty":1},{"sku":"none","qty":0},{"sku":"bad","qty":2},{"sku":"b","qty":1}]}`).RunIDs[0]
	if run := w.settled(runID); run.Status != engine.Waiting {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	// The wait survives a restart.
	w.end()
	w.open()
	w.begin()
	w.clock.advance(11 * time.Minute)
	w.reconcile()
	run := w.finished(runID)
	if run.Status != engine.Succeeded {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	var bodies []string
	for _, r := range w.sink.all() {
		bodies = append(bodies, r.Body)
	}
	want := []string{`{"n":0,"sku":"a"}`, `{"n":2,"sku":"bad"}`, `{"n":3,"sku":"b"}`, `{"failed":1,"first":200}`}
	if strings.Join(bodies, "\n") != strings.Join(want, "\n") {
		t.Errorf("sent\n%s\nwant\n%s", strings.Join(bodies, "\n"), strings.Join(want, "\n"))
	}
	steps := w.steps(runID)
	if steps["tier"].Port != "vip" || steps["tier/vip/pause"].Status != engine.StepSucceeded {
		t.Errorf("branch %+v", steps["tier"])
	}
	if steps["each[2]/item"].Status != engine.StepFailed || steps["each[3]/item"].Status != engine.StepSucceeded {
		t.Errorf("items %+v", steps)
	}
}

func TestFailedStepTakesItsErrorPath(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[
  {"id":"call","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/a","body_type":"none"},
   "on_error":{"do":"branch","steps":[
     {"id":"notify","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/b","body_type":"json","body":{"why":"{{ steps.call.error.message }}"}}}]}},
  {"id":"last","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/c","body_type":"none"}}
 ]}`)
	w.sink.answer = func(n int, _ received, rw http.ResponseWriter) {
		if n == 1 {
			rw.WriteHeader(http.StatusUnprocessableEntity)
		}
	}
	run := w.settled(w.post(token, `{}`).RunIDs[0])
	if run.Status != engine.Succeeded {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	sent := w.sink.all()
	if len(sent) != 3 || !strings.Contains(sent[1].Body, "422") {
		t.Fatalf("sent %+v", sent)
	}
	steps := w.steps(run.ID)
	if steps["call"].Status != engine.StepFailed || steps["call!error/notify"].Status != engine.StepSucceeded || steps["last"].Status != engine.StepSucceeded {
		t.Errorf("steps %+v", steps)
	}
}
