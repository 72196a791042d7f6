package api_test

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/sender"
)

// movable is an engine's clock that a test moves on.
type movable struct{ ahead atomic.Int64 }

func (m *movable) Now() time.Time { return time.Now().Add(time.Duration(m.ahead.Load())) }

// later moves the engine's clock on and lets what is due go on.
func (r *rig) later(m *movable, by time.Duration) {
	r.t.Helper()
	m.ahead.Add(int64(by))
	if err := r.engine.Reconcile(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

func timed(m *movable) func(*engine.Deps) { return func(d *engine.Deps) { d.Now = m.Now } }

// stands waits until a run is in a status.
func (r *rig) stands(runID, status string) reply {
	r.t.Helper()
	changes, end := r.live.Subscribe(r.a.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		got := r.in("GET", "/runs/"+runID, nil).is(http.StatusOK)
		if got.text("status") == status {
			return got
		}
		if !moved(changes, late, runID) {
			r.t.Fatalf("the run is not %s: %s", status, got.body)
		}
	}
}

// with puts settings into a definition.
func with(settings, definition string) string {
	return strings.Replace(definition, `"schema":1,`, `"schema":1,"settings":{`+settings+`},`, 1)
}

const (
	waiting  = `{"id":"pause","type":"flow.wait","v":1,"params":{"for":"30 days"}}`
	awaiting = `{"id":"answer","type":"flow.wait_for","v":1,"params":{"event":"contact.replied","timeout":"2 days"},"branches":[
	  {"id":"happened","steps":[{"id":"thank","type":"webhook.send","v":1,"params":{"url":"$SINK/","body":{"said":"{{ steps.answer.event.reply.text }}"}}}]},
	  {"id":"late","steps":[{"id":"remind","type":"webhook.send","v":1,"params":{"url":"$SINK/","body":{"said":"nothing"}}}]}]}`
)

// started sends a body to a hook and returns the run that it starts.
func (r *rig) started(hook, body string) string {
	r.t.Helper()
	return r.call("POST", hook, body).is(http.StatusAccepted).text("run_ids.0")
}

// byEmail is the id of a contact.
func (r *rig) byEmail(email string) string {
	r.t.Helper()
	return r.in("GET", "/contacts?email="+email, nil).is(http.StatusOK).text("items.0.id")
}

// TestL15ReentryOnlyAfterTheEnd: of several events at once for one contact one
// gets in, the others end with the reason; who was removed or is done may come in
// again.
func TestL15ReentryOnlyAfterTheEnd(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(with(`"reentry":"after"`, catching(upserting+","+waiting)))
	runs := make([]string, 5)
	var group sync.WaitGroup
	for i := range runs {
		group.Go(func() { runs[i] = r.started(hook, `{"email":"ada@example.com"}`) })
	}
	group.Wait()
	in := ""
	for _, id := range runs {
		got := r.in("GET", "/runs/"+id, nil).is(http.StatusOK)
		for got.text("status") != "waiting" && got.text("status") != "succeeded" {
			got = r.in("GET", "/runs/"+id, nil).is(http.StatusOK)
		}
		switch {
		case got.text("status") == "waiting" && in == "":
			in = id
		case got.text("status") == "waiting":
			t.Errorf("the contact is in the workflow twice: %s", got.body)
		case got.text("end_reason") != "reentry" || !bytes.Contains(got.body, []byte("this contact is in the workflow already")):
			t.Errorf("turned away without a reason: %s", got.body)
		}
	}
	if in == "" {
		t.Fatal("nobody got in")
	}
	if other := r.started(hook, `{"email":"bob@example.com"}`); r.stands(other, "waiting").text("status") != "waiting" {
		t.Error("another contact is kept out")
	}
	r.in("POST", "/runs/"+in+"/cancel", nil).is(http.StatusOK)
	r.stands(r.started(hook, `{"email":"ada@example.com"}`), "waiting")
}

// TestL15OnceIsOnce: with re-entry off a contact comes in once, whatever became of
// the run; a second start by hand is turned away too.
func TestL15OnceIsOnce(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(with(`"reentry":"never"`, catching(upserting+","+telling(`{}`))))
	r.caught(hook, `{"email":"ada@example.com"}`)
	second := r.caught(hook, `{"email":"ada@example.com"}`)
	if second.text("end_reason") != "reentry" || len(r.sink.got()) != 1 {
		t.Errorf("the second: %s", second.body)
	}
	id, _ := r.goLive(with(`"reentry":"never"`, `{"schema":1,"triggers":[{"id":"go","type":"manual.start","v":1,"params":{}}],"steps":[`+telling(`{}`)+`]}`))
	ada := r.byEmail("ada@example.com")
	for _, reason := range []string{"end", "reentry"} {
		started := r.in("POST", "/workflows/"+id+"/run", `{"contact_ids":["`+ada+`"]}`).is(http.StatusAccepted)
		if got := r.settled(started.text("run_ids.0")); got.text("end_reason") != reason {
			t.Errorf("by hand, %s: %s", reason, got.body)
		}
	}
}

// TestL15EventsAreExempt: each event is one of its own.
func TestL15EventsAreExempt(t *testing.T) {
	r := newRig(t)
	id, _ := r.goLive(with(`"reentry":"after"`, `{"schema":1,"triggers":[{"id":"tagged","type":"tag.added","v":1,"params":{}}],"steps":[`+waiting+`]}`))
	r.in("POST", "/contacts", `{"email":"ada@example.com","tags":["a","b"]}`).is(http.StatusCreated)
	changes, end := r.live.Subscribe(r.a.ID)
	defer end()
	late := time.After(30 * time.Second)
	for {
		list := r.in("GET", "/runs?workflow_id="+id+"&status=waiting", nil).is(http.StatusOK)
		if len(list.at("items").([]any)) == 2 {
			return
		}
		if !moved(changes, late, "") {
			t.Fatalf("two tags are two events: %s", list.body)
		}
	}
}

// TestL15StopOnReply ends what waits for a contact who replied, over the API, and
// nothing of others or of workflows without the setting.
func TestL15StopOnReply(t *testing.T) {
	r := newRig(t)
	_, stops := r.goLive(with(`"stop_on_reply":true`, catching(upserting+","+waiting)))
	_, stays := r.goLive(catching(upserting + "," + waiting))
	one, other := r.started(stops, `{"email":"ada@example.com"}`), r.started(stops, `{"email":"bob@example.com"}`)
	kept := r.started(stays, `{"email":"ada@example.com"}`)
	for _, id := range []string{one, other, kept} {
		r.stands(id, "waiting")
	}
	replied := r.in("POST", "/contacts/"+r.byEmail("ada@example.com")+"/replies", `{"text":"Stop please","channel":"sms"}`).is(http.StatusCreated)
	if replied.text("event") != "contact.replied" {
		t.Errorf("recorded: %s", replied.body)
	}
	got := r.stands(one, "canceled")
	if got.text("end_reason") != "reply" || !strings.Contains(got.text("error.message"), "replied") {
		t.Errorf("the reason: %s", got.body)
	}
	r.stands(other, "waiting")
	r.stands(kept, "waiting")
	r.in("POST", "/contacts/con_none/replies", `{"text":"x"}`).is(http.StatusNotFound)
}

// TestL15TwilioRaisesReplies: a text message to a Twilio trigger is a reply of
// the contacts with that number, once, and the status of a message is none.
func TestL15TwilioRaisesReplies(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(`{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"twilio","secret":"token of the account"}}}],"steps":[` +
		strings.Replace(telling(`{}`), `"tell"`, `"noted"`, 1) + `]}`)
	_, campaign := r.goLive(with(`"stop_on_reply":true`, catching(upserting+","+waiting)))
	run := r.started(campaign, `{"email":"ada@example.com","phone":"+442079460018"}`)
	r.stands(run, "waiting")
	scheme, _ := sender.SchemeNamed("twilio")
	text := func(body string) reply {
		url := "https://hooks.example.com" + hook
		header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
		signed, err := scheme.Sign(time.Now(), sender.Request{Method: "POST", URL: url, Header: header, Body: []byte(body)}, "", "token of the account")
		if err != nil {
			t.Fatal(err)
		}
		return r.call("POST", hook, body, "Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", signed.Get("X-Twilio-Signature"))
	}
	text("MessageSid=SM1&SmsStatus=delivered&MessageStatus=delivered&To=%2B442079460018&From=%2B15550100").is(http.StatusOK)
	r.stands(run, "waiting")
	for range 2 { // the second is a repeat
		text("MessageSid=SM2&SmsStatus=received&Body=Yes%2C+please&From=%2B442079460018&To=%2B15550100").is(http.StatusOK)
	}
	if got := r.stands(run, "canceled"); got.text("end_reason") != "reply" {
		t.Errorf("the campaign: %s", got.body)
	}
	timeline := r.in("GET", "/contacts/"+r.byEmail("ada@example.com")+"/timeline", nil).is(http.StatusOK)
	if n := bytes.Count(timeline.body, []byte(`"contact.replied"`)); n != 1 {
		t.Errorf("%d replies on the timeline: %s", n, timeline.body)
	}
}

// TestL15TimeWindow: what reaches people waits for the hours, what does not goes
// on at once.
func TestL15TimeWindow(t *testing.T) {
	m := &movable{}
	r := newRig(t, timed(m))
	at := func(by time.Duration) string { return m.Now().UTC().Add(by).Format("15:04") }
	_, hook := r.goLive(with(fmt.Sprintf(`"window":{"from":%q,"to":%q}`, at(2*time.Hour), at(4*time.Hour)), catching(upserting+","+telling(`{"hello":"{{ contact.email }}"}`))))
	run := r.started(hook, `{"email":"ada@example.com"}`)
	got := r.stands(run, "waiting")
	if got.text("steps.0.status") != "succeeded" || !bytes.Contains(got.body, []byte("Waits for the hours")) || len(r.sink.got()) != 0 {
		t.Errorf("outside the hours: %s", got.body)
	}
	r.later(m, 3*time.Hour)
	r.settled(run)
	if r.sent()["hello"] != "ada@example.com" {
		t.Errorf("sent %v", r.sent())
	}
	r.caught(hook, `{"email":"bob@example.com"}`)
	if r.sent()["hello"] != "bob@example.com" {
		t.Errorf("inside the hours: %v", r.sent())
	}
	for settings, pointer := range map[string]string{
		`"window":{"from":"9","to":"17:00"}`:                       "/definition/settings/window/from",
		`"window":{"from":"09:00","to":"25:00"}`:                   "/definition/settings/window/to",
		`"window":{"days":["monday"],"from":"09:00","to":"17:00"}`: "/definition/settings/window/days/0",
		`"reentry":"sometimes"`:                                    "/definition/settings/reentry",
		`"timezone":"Mars/Base"`:                                   "/definition/settings/timezone",
	} {
		id, _ := r.draft(with(settings, catching(upserting)))
		r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusUnprocessableEntity).points(pointer)
	}
}

// TestL15TheContactsOwnZone is that in which the workflow tells the time.
func TestL15TheContactsOwnZone(t *testing.T) {
	r := newRig(t)
	for email, zone := range map[string]string{"tokyo@example.com": "Asia/Tokyo", "anywhere@example.com": ""} {
		r.in("POST", "/contacts", `{"email":"`+email+`","timezone":"`+zone+`"}`).is(http.StatusCreated)
	}
	body := telling(`{"at":"{{ '2026-03-01T18:05:00Z' | date_format('HH:mm') }}"}`)
	for settings, want := range map[string][]string{`"timezone":"contact"`: {"03:05", "18:05"}, `"timezone":"Europe/Berlin"`: {"19:05", "19:05"}, `"timezone":null`: {"18:05", "18:05"}} {
		_, hook := r.goLive(with(settings, catching(upserting+","+body)))
		for i, email := range []string{"tokyo@example.com", "anywhere@example.com"} {
			r.caught(hook, `{"email":"`+email+`"}`)
			if got := r.sent()["at"]; got != want[i] {
				t.Errorf("%s, %s: %v", settings, email, got)
			}
		}
	}
}

// TestL16WaitForAReply goes on at once with what was said, or after the time on
// the other path.
func TestL16WaitForAReply(t *testing.T) {
	m := &movable{}
	r := newRig(t, timed(m))
	_, hook := r.goLive(catching(upserting + "," + awaiting))
	run, silent := r.started(hook, `{"email":"ada@example.com"}`), r.started(hook, `{"email":"bob@example.com"}`)
	r.stands(run, "waiting")
	r.stands(silent, "waiting")
	r.in("POST", "/contacts/"+r.byEmail("ada@example.com")+"/replies", `{"text":"Yes!"}`).is(http.StatusCreated)
	if got := r.settled(run); got.text("status") != "succeeded" || r.sent()["said"] != "Yes!" {
		t.Errorf("with a reply: %s", got.body)
	}
	r.stands(silent, "waiting")
	r.later(m, 3*24*time.Hour)
	got := r.settled(silent)
	if r.sent()["said"] != "nothing" || got.at("steps.1.output.happened") != false || got.text("steps.1.port") != "late" {
		t.Errorf("without a reply: %s", got.body)
	}
	if n := len(r.sink.got()); n != 2 {
		t.Errorf("%d were sent", n)
	}
}

// TestL16WaitForOneTag is not ended by others, nor by what happened before.
func TestL16WaitForOneTag(t *testing.T) {
	r := newRig(t)
	one := strings.NewReplacer(`"event":"contact.replied"`, `"event":"tag.added","only":["VIP"]`, `.event.reply.text`, `.event.tag.name`).Replace(awaiting)
	_, hook := r.goLive(catching(upserting + `,{"id":"early","type":"contact.add_tag","v":1,"params":{"tags":["early"]}},` + one))
	// The contact's own name is no tag's.
	run := r.started(hook, `{"email":"ada@example.com","first":"VIP"}`)
	r.stands(run, "waiting")
	ada := r.byEmail("ada@example.com")
	r.in("PATCH", "/contacts/"+ada, `{"tags":["early","other"]}`).is(http.StatusOK)
	r.in("PATCH", "/contacts/"+ada, `{"tags":["early","other","vip"]}`).is(http.StatusOK)
	if got := r.settled(run); r.sent()["said"] != "vip" {
		t.Errorf("the run: %s", got.body)
	}
}

// TestL16GoalIsTheForwardJump: a purchase moves the run behind its wait and the
// reminder, to the goal; a run that gets there before goes on as it says.
func TestL16GoalIsTheForwardJump(t *testing.T) {
	m := &movable{}
	r := newRig(t, timed(m))
	r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated)
	r.in("POST", "/offers", `{"title":"Course B"}`).is(http.StatusCreated)
	steps := func(missed string) string {
		return upserting + "," + waiting + "," + strings.Replace(telling(`{"mail":"reminder"}`), `"tell"`, `"remind"`, 1) +
			`,{"id":"bought","type":"flow.goal","v":1,"params":{"event":"purchase.created","only":["Course A"],"missed":"` + missed + `"}},` +
			telling(`{"mail":"thanks","reached":"{{ steps.bought.reached }}"}`)
	}
	_, hook := r.goLive(catching(steps("continue")))
	buyer, idler := r.started(hook, `{"email":"ada@example.com"}`), r.started(hook, `{"email":"bob@example.com"}`)
	r.stands(buyer, "waiting")
	r.stands(idler, "waiting")
	buy := func(email, offer string) {
		r.in("POST", "/purchases", `{"email":"`+email+`","offer":"`+offer+`","amount":4900,"currency":"USD"}`).is(http.StatusCreated)
	}
	buy("ada@example.com", "Course B")
	buy("ada@example.com", "Course A")
	got := r.settled(buyer)
	if r.sent()["mail"] != "thanks" || r.sent()["reached"] != true || len(r.sink.got()) != 1 {
		t.Errorf("the buyer: %v, %s", r.sink.got(), got.body)
	}
	if !bytes.Contains(got.body, []byte(`was reached`)) {
		t.Errorf("the wait does not say why it was left: %s", got.body)
	}
	_, hook = r.goLive(catching(strings.Replace(steps("stop"), `"30 days"`, `"0"`, 1)))
	if got := r.caught(hook, `{"email":"cyd@example.com"}`); got.text("end_reason") != "goal" {
		t.Errorf("ends at a goal that was missed: %s", got.body)
	}
	_, hook = r.goLive(catching(strings.Replace(steps("wait"), `"30 days"`, `"0"`, 1)))
	late := r.started(hook, `{"email":"dan@example.com"}`)
	r.stands(late, "waiting")
	buy("dan@example.com", "Course A")
	if r.settled(late); r.sent()["reached"] != true {
		t.Errorf("waits at the goal: %v", r.sent())
	}

	r.stands(idler, "waiting")
	before := len(r.sink.got())
	r.later(m, 31*24*time.Hour)
	r.settled(idler)
	if last := r.sink.got()[before:]; len(last) != 2 || !strings.Contains(last[0], "reminder") || !strings.Contains(last[1], `"reached":false`) {
		t.Errorf("who did not buy: %v", last)
	}

	inside := `{"id":"b","type":"flow.branch","v":1,"branches":[{"id":"x","steps":[{"id":"g","type":"flow.goal","v":1,"params":{}}]}]}`
	if got := r.problemsOf(catching(upserting + "," + inside))["goal"]; !strings.Contains(got, "/steps/1/branches/0/steps/0") {
		t.Errorf("a goal inside another step: %q", got)
	}
}

// TestL16RandomSplit sends runs down both paths, all of them down one that has the
// whole share, and a retry down the same.
func TestL16RandomSplit(t *testing.T) {
	r := newRig(t)
	split := func(shares string) string {
		return catching(`{"id":"ab","type":"flow.split","v":1,"params":{` + shares + `},"branches":[{"id":"a","name":"Old","steps":[` +
			strings.Replace(telling(`{"path":"a"}`), `"tell"`, `"one"`, 1) + `]},{"id":"b","name":"New","steps":[` + telling(`{"path":"b"}`) + `]}]}`)
	}
	taken := func(definition string, n int) map[string]int {
		_, hook := r.goLive(definition)
		count := map[string]int{}
		for range n {
			count[r.caught(hook, `{}`).text("steps.0.port")]++
		}
		return count
	}
	if got := taken(split(``), 40); got["a"] == 0 || got["b"] == 0 || got["a"]+got["b"] != 40 {
		t.Errorf("by halves: %v", got)
	}
	if got := taken(split(`"shares":{"New":100,"a":0}`), 10); got["b"] != 10 {
		t.Errorf("all to one: %v", got)
	}
	_, hook := r.goLive(split(``))
	r.sink.answer(http.StatusBadRequest)
	failed := r.caught(hook, `{}`)
	r.sink.answer(http.StatusOK)
	port := failed.text("steps.0.port")
	r.in("POST", "/runs/"+failed.text("id")+"/retry", nil).is(http.StatusAccepted)
	if again := r.settled(failed.text("id")); again.text("status") != "succeeded" || again.text("steps.0.port") != port {
		t.Errorf("the retry: %s", again.body)
	}
	if got := r.problemsOf(split(`"shares":{"a":"many"}`)); !strings.Contains(got["invalid"], "/params/shares/a") {
		t.Errorf("shares: %v", got)
	}
}

// TestL16CustomValuesAreUpdatedByAStep for the steps after it and for everybody.
func TestL16CustomValuesAreUpdatedByAStep(t *testing.T) {
	r := newRig(t)
	value := r.in("POST", "/custom-values", `{"name":"Next webinar","value":"none"}`).is(http.StatusCreated).text("id")
	_, hook := r.goLive(catching(`{"id":"set","type":"custom_value.set","v":1,"params":{"key":"Next webinar","value":{"at":"{{ trigger.body.at }}","seats":40}}},` +
		telling(`{"at":"{{ custom_values.next_webinar.at }}","seats":"{{ custom_values.next_webinar.seats }}"}`)))
	r.caught(hook, `{"at":"2026-02-01"}`)
	if got := r.sent(); got["at"] != "2026-02-01" || got["seats"] != 40.0 {
		t.Errorf("the next step sees %v", got)
	}
	if got := r.in("GET", "/custom-values/"+value, nil).is(http.StatusOK); got.text("value.at") != "2026-02-01" || got.text("name") != "Next webinar" {
		t.Errorf("stored: %s", got.body)
	}
}

// TestL16WaitUntilADateAndForATime, with the rule for a date that is past.
func TestL16WaitUntilADateAndForATime(t *testing.T) {
	m := &movable{}
	r := newRig(t, timed(m))
	until := func(rule string) string {
		return catching(`{"id":"until","type":"flow.wait","v":1,"params":{"until":"{{ trigger.body.at }}","if_past":"` + rule + `"}},` + telling(`{"went":"on"}`))
	}
	for rule, sent := range map[string]int{"continue": 1, "skip": 0, "stop": 0} {
		before := len(r.sink.got())
		_, hook := r.goLive(until(rule))
		run := r.caught(hook, `{"at":"2020-01-01"}`)
		if got := len(r.sink.got()) - before; got != sent || run.text("status") != "succeeded" {
			t.Errorf("%s: %d sent, %s", rule, got, run.body)
		}
	}
	_, hook := r.goLive(until("continue"))
	run := r.started(hook, `{"at":"`+m.Now().UTC().Add(48*time.Hour).Format(time.RFC3339)+`"}`)
	r.stands(run, "waiting")
	r.later(m, 24*time.Hour)
	r.stands(run, "waiting")
	r.later(m, 25*time.Hour)
	if got := r.settled(run); got.text("status") != "succeeded" {
		t.Errorf("at the date: %s", got.body)
	}
}

// TestL16StopsFiltersAndLists: a stop with an own message, a filter of AND and OR
// groups that says why, and functions for lists.
func TestL16StopsFiltersAndLists(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(catching(`{"id":"only","type":"flow.filter","v":1,"params":{"when":{"match":"all","rules":[
	    {"value":"{{ trigger.body.total }}","is":"more_than","to":100},
	    {"match":"any","rules":[{"value":"{{ trigger.body.plan }}","is":"is","to":"gold"},{"value":"{{ trigger.body.plan }}","is":"is","to":"silver"}]}]}}},` +
		telling(`{"skus":"{{ pluck(trigger.body.items, 'sku') }}","first":"{{ first(trigger.body.items).sku }}","sum":"{{ sum(map(trigger.body.items, .qty)) }}",
		  "dear":"{{ filter(trigger.body.items, .qty > 1) | pluck('sku') | join('+') }}","n":"{{ count(trigger.body.items) }}"}`) +
		`,{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"failed","message":"No seats left for {{ trigger.body.plan }}"}}`))
	if got := r.caught(hook, `{"total":200,"plan":"bronze"}`); got.text("end_reason") != "filter" || len(r.sink.got()) != 0 {
		t.Errorf("the filter: %s", got.body)
	}
	got := r.caught(hook, `{"total":200,"plan":"Silver","items":[{"sku":"A","qty":1},{"sku":"B","qty":2},{"sku":"C","qty":3}]}`)
	if got.text("status") != "failed" || got.text("error.message") != "No seats left for Silver" {
		t.Errorf("the stop: %s", got.body)
	}
	sent := r.sent()
	if skus, _ := sent["skus"].([]any); !slices.Equal(skus, []any{"A", "B", "C"}) || sent["first"] != "A" || sent["sum"] != 6.0 || sent["dear"] != "B+C" || sent["n"] != 3.0 {
		t.Errorf("lists: %v", sent)
	}
}
