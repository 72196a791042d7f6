package api_test

import (
	"fmt"
	"net/http"
	"testing"
)

// failing calls the sink once and gives up when it refuses.
const failing = `{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
 "steps":[
  {"id":"tell","type":"webhook.send","v":1,"name":"Tell the CRM","params":{"method":"POST","url":"$SINK/crm","body_type":"json","body":"{{ trigger.body }}"}},
  {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}
 ]}`

func TestFailuresAreGroupedByTheirCause(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"Sale","definition":`+failing+`}`).is(http.StatusCreated)
	id, hook := made.text("id"), made.text("triggers.0.url")[len("https://hooks.example.com"):]
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	send := func(body string) reply {
		t.Helper()
		return r.settled(r.call("POST", hook, body).is(http.StatusAccepted).text("run_ids.0"))
	}
	send(`{"email":"ok@example.com"}`)
	for n := range 3 {
		send(fmt.Sprintf(`{"email":"no address %d"}`, n))
	}
	r.sink.answer(http.StatusBadRequest)
	last := send(`{"email":"ada@example.com"}`)

	got := r.in("GET", "/failures", nil).is(http.StatusOK)
	if n := len(got.at("items").([]any)); n != 2 {
		t.Fatalf("%d groups: %s", n, got.body)
	}
	if got.text("items.0.run_id") != last.text("id") || got.text("items.0.step_name") != "Tell the CRM" || got.at("items.0.in_draft") != true ||
		got.text("items.0.workflow_name") != "Sale" {
		t.Errorf("the newest: %s", got.body)
	}
	if got.number("items.1.count") != 3 || got.text("items.1.step_id") != "buyer" {
		t.Errorf("the three: %s", got.body)
	}
	failure := got.text("items.1.id")
	if runs := r.in("GET", "/runs?failure="+failure, nil).is(http.StatusOK); len(runs.at("items").([]any)) != 3 {
		t.Errorf("runs of the group: %s", runs.body)
	}
	job := r.in("POST", "/runs/bulk", map[string]any{"action": "retry", "filter": got.at("items.1.filter")}).is(http.StatusAccepted)
	if job.number("total") != 3 {
		t.Errorf("retries %s", job.body)
	}
	r.finished(job.text("job_id"))

	chart := r.in("GET", "/runs/chart?by=hour&workflow_id="+id, nil).is(http.StatusOK)
	if chart.number("total.succeeded") != 1 || len(chart.at("slots").([]any)) < 24 {
		t.Errorf("chart: %s", chart.body)
	}
	// Days are named as the workspace counts them, for readers in other zones.
	r.in("PATCH", "", map[string]any{"timezone": "Pacific/Kiritimati"}).is(http.StatusOK)
	day := r.in("GET", "/runs/chart?by=day&from=2026-03-01T12:00:00Z&to=2026-03-02T12:00:00Z", nil).is(http.StatusOK)
	if day.text("slots.0.day") != "2026-03-02" || day.text("slots.0.at") != "2026-03-01T10:00:00Z" {
		t.Errorf("days: %s", day.body)
	}
	r.in("PATCH", "", map[string]any{"timezone": "UTC"}).is(http.StatusOK)
	week := r.in("GET", "/workflows/activity", nil).is(http.StatusOK)
	if week.text("items.0.workflow_id") != id || len(week.at("items.0.days").([]any)) != 7 || week.number("items.0.days.6.succeeded") != 1 || week.text("items.0.last_error.message") == "" {
		t.Errorf("activity: %s", week.body)
	}
	bad := r.in("GET", "/runs/chart?from=2020-01-01T00:00:00Z", nil).is(http.StatusUnprocessableEntity)
	if bad.text("errors.0.parameter") != "from" {
		t.Errorf("too long: %s", bad.body)
	}
	r.in("GET", "/runs/chart?workflow_id=wf_none", nil).is(http.StatusNotFound)
	if other := r.call("GET", "/workspaces/b/failures", nil).is(http.StatusOK); len(other.at("items").([]any)) != 0 {
		t.Errorf("another workspace sees %s", other.body)
	}
}
