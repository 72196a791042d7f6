package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

const big = "820982911946154508"

// The main way of a workflow: made, published, called from outside, failed,
// retried, replayed; with every large integer exact.
func TestFromDraftToReplay(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()

	shown := r.in("GET", "/workflows/"+id, nil).is(http.StatusOK)
	if shown.text("status") != "live" || shown.at("has_changes") != false || !bytes.Contains(shown.body, []byte(`"fixed":`+big)) {
		t.Errorf("after publishing: %s", shown.body)
	}

	r.sink.answer(http.StatusBadRequest) // permanent
	accepted := r.call("POST", hook, order).is(http.StatusAccepted)
	run := r.settled(accepted.text("run_ids.0"))
	if run.text("status") != "failed" || run.text("steps.2.status") != "failed" || run.at("error") == nil {
		t.Fatalf("with a sink that refuses: %s", run.body)
	}
	r.sink.answer(http.StatusOK)
	runID := run.text("id")
	r.in("POST", "/runs/"+runID+"/cancel", nil).is(http.StatusConflict)
	r.in("POST", "/runs/"+runID+"/retry", `{"outcome":"again"}`).is(http.StatusAccepted)
	run = r.settled(runID)
	if run.text("status") != "succeeded" || run.text("end_reason") != "end" {
		t.Fatalf("after the retry: %s", run.body)
	}
	for _, want := range []string{`"order":` + big, `"fixed":` + big} {
		if n := bytes.Count(run.body, []byte(want)); n < 1 {
			t.Errorf("no %s in %s", want, run.body)
		}
	}
	if last := r.sink.got(); !strings.Contains(last[len(last)-1], `"order":`+big) {
		t.Errorf("sent %s", last)
	}
	if body := run.at("steps.2.output.body.order"); body == nil || bytes.Contains(run.body, []byte("8.2098")) {
		t.Errorf("the output lost a number: %s", run.body)
	}

	again := r.in("POST", "/runs/"+runID+"/replay", nil).is(http.StatusAccepted)
	replay := r.settled(again.text("run_id"))
	if replay.text("replay_of") != runID || replay.text("status") != "succeeded" {
		t.Errorf("replay: %s", replay.body)
	}
	sent := len(r.sink.got())
	r.settled(r.in("POST", "/runs/"+runID+"/replay", `{"as_new":true}`).is(http.StatusAccepted).text("run_id"))
	if got := len(r.sink.got()); got != sent+1 {
		t.Errorf("a replay as new sent %d", got-sent)
	}

	requestID := accepted.text("request_id")
	request := r.in("GET", "/requests/"+requestID, nil).is(http.StatusOK)
	if request.text("verdict") != "accepted" || request.text("body.kind") != "json" || !bytes.Contains(request.body, []byte(`"order":`+big)) {
		t.Errorf("request: %s", request.body)
	}
	raw := r.in("GET", "/requests/"+requestID+"/raw", nil).is(http.StatusOK)
	if string(raw.body) != order || raw.header.Get("X-Content-Type-Options") != "nosniff" ||
		!strings.Contains(raw.header.Get("Content-Security-Policy"), "sandbox") || !strings.HasPrefix(raw.header.Get("Content-Disposition"), "attachment") {
		t.Errorf("raw: %v %s", raw.header, raw.body)
	}
	r.settled(r.in("POST", "/requests/"+requestID+"/replay", nil).is(http.StatusAccepted).text("run_id"))

	contacts := r.in("GET", "/contacts?email=ADA@example.com", nil).is(http.StatusOK)
	if contacts.text("items.0.first_name") != "Ada" || contacts.text("items.0.products.0.title") != "Course" {
		t.Errorf("contact: %s", contacts.body)
	}
	timeline := r.in("GET", "/contacts/"+contacts.text("items.0.id")+"/timeline", nil).is(http.StatusOK)
	for _, want := range []string{`"contact.created"`, `"kind":"grant"`, `"kind":"run"`} {
		if !bytes.Contains(timeline.body, []byte(want)) {
			t.Errorf("no %s in the timeline: %s", want, timeline.body)
		}
	}
	stats := r.in("GET", "/workflows/"+id+"/stats", nil).is(http.StatusOK)
	if len(stats.at("steps").([]any)) != 3 {
		t.Errorf("stats: %s", stats.body)
	}
}

func TestRevisionsGuardDrafts(t *testing.T) {
	r := newRig(t)
	id, _ := r.publish()
	path := "/workflows/" + id
	seen := r.in("GET", path, nil).is(http.StatusOK).header.Get("ETag")
	if seen == "" {
		t.Fatal("no ETag")
	}
	change := `{"name":"Other"}`
	r.in("PATCH", path, change).is(http.StatusPreconditionRequired)
	r.in("PUT", path, `{"name":"Other","definition":`+sale+`}`).is(http.StatusPreconditionRequired)
	saved := r.in("PATCH", path, change, "If-Match", seen).is(http.StatusOK)
	if saved.header.Get("ETag") == seen || saved.text("name") != "Other" {
		t.Errorf("saved: %v %s", saved.header, saved.body)
	}
	r.in("PATCH", path, change, "If-Match", seen).is(http.StatusPreconditionFailed)
	r.in("PATCH", path, change, "If-Match", `"never"`).is(http.StatusPreconditionFailed)
	r.in("PATCH", path, change, "If-Match", "*").is(http.StatusOK)

	shorter := `{"name":"Other","definition":{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
	  "steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}]}}`
	changed := r.in("PUT", path, shorter, "If-Match", "*").is(http.StatusOK)
	if changed.at("has_changes") != true || changed.text("status") != "live" {
		t.Errorf("a draft beside the live version: %s", changed.body)
	}
	if live := r.in("GET", path+"?version=live", nil).is(http.StatusOK); !bytes.Contains(live.body, []byte(`"fixed":`+big)) || live.text("version") != "1" {
		t.Errorf("live: %s", live.body)
	}
	r.in("POST", path+"/publish", `{"held":"keep"}`).is(http.StatusOK)
	if two := r.in("GET", path+"/versions/2", nil).is(http.StatusOK); len(two.at("changes").([]any)) == 0 || two.text("changes.0.text") == "" {
		t.Errorf("version 2: %s", two.body)
	}
	if back := r.in("POST", path+"/versions/1/restore", nil).is(http.StatusOK); back.at("has_changes") != true {
		t.Errorf("restored: %s", back.body)
	}
	if discarded := r.in("POST", path+"/discard-draft", nil).is(http.StatusOK); discarded.at("has_changes") != false {
		t.Errorf("discarded: %s", discarded.body)
	}
	copied := r.in("POST", path+"/duplicate", nil).is(http.StatusCreated)
	if copied.text("id") == id || copied.text("status") != "draft" {
		t.Errorf("copy: %s", copied.body)
	}
	r.in("DELETE", path, nil).is(http.StatusNoContent)
	r.in("PATCH", path, change, "If-Match", "*").is(http.StatusNotFound)
	if trash := r.in("GET", "/workflows?status=deleted", nil).is(http.StatusOK); trash.text("items.0.id") != id {
		t.Errorf("trash: %s", trash.body)
	}
	if restored := r.in("POST", path+"/restore", nil).is(http.StatusOK); restored.text("status") != "paused" {
		t.Errorf("out of the trash: %s", restored.body)
	}
}

func TestPausingHoldsAndRotationOverlaps(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	path := "/workflows/" + id
	r.in("POST", path+"/pause", nil).is(http.StatusOK)
	held := r.call("POST", hook, order).is(http.StatusAccepted)
	if held.text("verdict") != "held" {
		t.Fatalf("paused: %s", held.body)
	}
	if shown := r.in("GET", path, nil); shown.number("held_count") != 1 {
		t.Errorf("held: %s", shown.body)
	}
	r.in("POST", path+"/resume", `{"held":"run"}`).is(http.StatusOK)
	if run := r.settled(held.text("run_ids.0")); run.text("status") != "succeeded" {
		t.Errorf("released: %s", run.body)
	}

	rotated := r.in("POST", path+"/triggers/hook/rotate-url", `{"overlap":"1h"}`).is(http.StatusOK)
	fresh := strings.TrimPrefix(rotated.text("url"), "https://hooks.example.com")
	if fresh == hook || !strings.HasSuffix(rotated.text("old_urls.0.url"), hook) {
		t.Fatalf("rotated: %s", rotated.body)
	}
	r.call("POST", hook, order).is(http.StatusAccepted)
	r.call("POST", fresh, order).is(http.StatusAccepted)
	r.in("POST", path+"/triggers/hook/rotate-url", `{"overlap":"0s"}`).is(http.StatusOK)
	r.call("POST", fresh, order).is(http.StatusGone)
	r.in("POST", path+"/triggers/none/rotate-url", nil).is(http.StatusNotFound)
	r.in("POST", path+"/triggers/hook/rotate-url", `{"overlap":"soon"}`).is(http.StatusUnprocessableEntity).points("/overlap")
}

func TestDryRunsChangeNothing(t *testing.T) {
	r := newRig(t)
	id, _ := r.publish()
	started := r.in("POST", "/workflows/"+id+"/test", `{"payload":`+order+`}`).is(http.StatusAccepted)
	run := r.settled(started.text("run_id"))
	if run.text("mode") != "dry" || run.text("status") != "succeeded" || run.at("steps.2.simulated") != true || run.at("version") != nil {
		t.Errorf("dry run: %s", run.body)
	}
	if got := r.sink.got(); len(got) != 0 {
		t.Errorf("sent %s", got)
	}
	if contacts := r.in("GET", "/contacts", nil).is(http.StatusOK); len(contacts.at("items").([]any)) != 0 {
		t.Errorf("made %s", contacts.body)
	}
	step := r.in("POST", "/workflows/"+id+"/steps/buyer/test", `{"payload":`+order+`}`).is(http.StatusAccepted)
	if run := r.settled(step.text("run_id")); run.text("kind") != "step_test" || len(run.at("steps").([]any)) != 1 {
		t.Errorf("step test: %s", run.body)
	}
}

func TestBulkActionsRunInTheBackground(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	r.sink.answer(http.StatusBadRequest)
	first := r.settled(r.call("POST", hook, order).is(http.StatusAccepted).text("run_ids.0"))
	r.sink.answer(http.StatusOK)
	job := r.in("POST", "/runs/bulk", map[string]any{"action": "retry", "filter": map[string]any{"workflow_id": id, "status": "failed"}}).is(http.StatusAccepted)
	done := r.finished(job.text("job_id"))
	if done.text("status") != "succeeded" || done.number("done") != 1 {
		t.Errorf("job: %s", done.body)
	}
	if run := r.settled(first.text("id")); run.text("status") != "succeeded" {
		t.Errorf("run: %s", run.body)
	}
	refused := r.finished(r.in("POST", "/runs/bulk", map[string]any{"action": "cancel", "ids": []string{first.text("id"), "run_none"}}).is(http.StatusAccepted).text("job_id"))
	if len(refused.at("result.errors").([]any)) != 2 {
		t.Errorf("refused: %s", refused.body)
	}
	r.in("POST", "/runs/bulk", `{"action":"cancel"}`).is(http.StatusUnprocessableEntity).points("/ids")
	r.in("POST", "/runs/bulk", `{"action":"explode","ids":["run_1"]}`).is(http.StatusUnprocessableEntity).points("/action")
}
