package faults

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// clean is the evidence of n webhooks for each hooked flow that all went well.
func clean(n int) Evidence {
	e := Evidence{Installed: Installed{Offer: "off_1", Flows: map[string]string{"wf_" + Sale: Sale, "wf_" + Tagged: Tagged, "wf_" + Waited: Waited}}}
	for i := range n {
		for _, flow := range []string{Sale, Waited} {
			id := fmt.Sprintf("%s-%d", flow, i)
			contact := instance.Contact{ID: "con_" + id, Email: id + "@example.com"}
			run := addRun(&e, flow, id, contact.ID)
			e.Entries = append(e.Entries, Entry{
				Order: Order{ID: id, Flow: flow}, Sent: 2, Unanswered: 1, Accepted: true,
				Runs: []string{run}, Statuses: map[int]int{202: 1},
			})
			if flow == Sale {
				contact.Tags = []string{"sale"}
				e.Grants = append(e.Grants, instance.Grant{ID: "grt_" + id, ContactID: contact.ID, OfferID: "off_1", RunID: run})
				addRun(&e, Tagged, id, contact.ID)
			}
			e.Contacts = append(e.Contacts, contact)
		}
	}
	e.Entries = append(e.Entries, Entry{Order: Order{ID: "bad-1", Flow: Sale, Malformed: true}, Sent: 1, Statuses: map[int]int{400: 1}})
	return e
}

// outputs are what the steps answer the first time.
var outputs = map[string]string{
	"buyer": `{"created":true,"contact":{}}`, "access": `{"already_granted":false}`, "mark": `{"added":["sale"]}`, "notify": `{"status":200}`, "pause": `{}`,
}

var types = map[string]string{
	"buyer": "contact.upsert", "access": "offer.grant", "mark": "contact.add_tag", "notify": "webhook.send", "pause": "flow.wait",
}

// addRun adds a finished run and its call, and returns its id.
func addRun(e *Evidence, flow, id, contact string) string {
	run := instance.Run{ID: "run_" + flow + "_" + id, WorkflowID: "wf_" + flow, Status: "succeeded", ContactID: contact}
	for _, step := range Flows[flow].Steps {
		run.Steps = append(run.Steps, instance.Step{StepID: step, Type: types[step], Status: "succeeded", Execution: 1, Output: json.RawMessage(outputs[step])})
	}
	e.Runs = append(e.Runs, run)
	e.Effects = append(e.Effects, Effect{Flow: flow, ID: id, Run: run.ID, Key: run.ID + "/notify/1", MessageID: "msg_" + run.ID, Body: `{"id":"` + id + `"}`, Answer: "200"})
	return run.ID
}

// effect points at the call of a run.
func (e *Evidence) effect(run string) *Effect {
	return &e.Effects[slices.IndexFunc(e.Effects, func(x Effect) bool { return x.Run == run })]
}

// run points at a run.
func (e *Evidence) run(id string) *instance.Run {
	return &e.Runs[slices.IndexFunc(e.Runs, func(x instance.Run) bool { return x.ID == id })]
}

func TestCheckFindsNothingWhereAllIsWell(t *testing.T) {
	t.Parallel()
	e := clean(3)
	// A repeat to the outside that is the same to the byte is allowed, and so
	// is a run of a webhook whose sender never heard the answer.
	e.Effects = append(e.Effects, *e.effect("run_sale_sale-1"))
	e.effect("run_sale_sale-2").Answer = "reset"
	e.Effects = append(e.Effects, *e.effect("run_sale_sale-2"))
	e.Effects[len(e.Effects)-1].Answer = "slow"
	e.Entries[0].Accepted, e.Entries[0].Runs, e.Entries[0].Statuses = false, nil, map[int]int{503: 1}
	if found := Check(e); len(found) > 0 {
		t.Errorf("violations:\n%s", Shown(found))
	}
}

func TestCheckFindsEachHarm(t *testing.T) {
	t.Parallel()
	const run = "run_sale_sale-1"
	for name, c := range map[string]struct {
		harm func(e *Evidence)
		want Kind
	}{
		"an accepted webhook without a run": {func(e *Evidence) {
			e.Entries = append(e.Entries, Entry{Order: Order{ID: "gone", Flow: Sale}, Accepted: true, Runs: []string{"run_gone"}, Statuses: map[int]int{202: 1}})
		}, Lost},
		"an event that started nothing": {func(e *Evidence) {
			e.Runs = slices.DeleteFunc(e.Runs, func(r instance.Run) bool { return r.ID == "run_tagged_sale-1" })
		}, Lost},
		"a call that never came": {func(e *Evidence) {
			e.Effects = slices.DeleteFunc(e.Effects, func(x Effect) bool { return x.Run == run })
		}, Lost},
		"a call that was only reset":   {func(e *Evidence) { e.effect(run).Answer = "reset" }, Lost},
		"a grant that is not there":    {func(e *Evidence) { e.Grants = e.Grants[1:] }, Lost},
		"a tag that is not there":      {func(e *Evidence) { e.Contacts[0].Tags = nil }, Lost},
		"a second run for one webhook": {func(e *Evidence) { addRun(e, Sale, "sale-1", "con_sale-1"); e.Runs[len(e.Runs)-1].ID = "run_2" }, Doubled},
		"a second run for one event":   {func(e *Evidence) { addRun(e, Tagged, "sale-1", "con_sale-1"); e.Runs[len(e.Runs)-1].ID = "run_2" }, Doubled},
		"a second contact for one id": {func(e *Evidence) {
			e.Contacts = append(e.Contacts, instance.Contact{ID: "con_2", Email: "sale-1@example.com", Tags: []string{"sale"}})
		}, Doubled},
		"a second grant":               {func(e *Evidence) { g := e.Grants[0]; g.ID = "grt_2"; e.Grants = append(e.Grants, g) }, Doubled},
		"a contact that was there":     {func(e *Evidence) { e.run(run).Steps[0].Output = json.RawMessage(`{"created":false}`) }, Doubled},
		"a grant that was there":       {func(e *Evidence) { e.run(run).Steps[1].Output = json.RawMessage(`{"already_granted":true}`) }, Doubled},
		"a tag that was there":         {func(e *Evidence) { e.run(run).Steps[2].Output = json.RawMessage(`{"added":[]}`) }, Doubled},
		"two answers for one webhook":  {func(e *Evidence) { e.Entries[0].Runs = append(e.Entries[0].Runs, run) }, Doubled},
		"a repeat with another key":    {func(e *Evidence) { x := *e.effect(run); x.Key = "other"; e.Effects = append(e.Effects, x) }, Unkeyed},
		"a repeat with another id":     {func(e *Evidence) { x := *e.effect(run); x.MessageID = "other"; e.Effects = append(e.Effects, x) }, Unkeyed},
		"a repeat with another body":   {func(e *Evidence) { x := *e.effect(run); x.Body += " "; e.Effects = append(e.Effects, x) }, Unkeyed},
		"a key of two runs":            {func(e *Evidence) { e.effect(run).Key = e.effect("run_sale_sale-2").Key }, Unkeyed},
		"a call without a key":         {func(e *Evidence) { e.effect(run).Key = "" }, Unkeyed},
		"a run that never ends":        {func(e *Evidence) { e.run(run).Status = "running" }, Unending},
		"a run that failed":            {func(e *Evidence) { e.run(run).Status = "failed" }, Misrun},
		"a parked run":                 {func(e *Evidence) { e.run(run).Status = "parked" }, Misrun},
		"a step that is missing":       {func(e *Evidence) { r := e.run(run); r.Steps = slices.Delete(r.Steps, 1, 2) }, Misrun},
		"steps in another order":       {func(e *Evidence) { s := e.run(run).Steps; s[0], s[1] = s[1], s[0] }, Misrun},
		"a step that ran again":        {func(e *Evidence) { e.run(run).Steps[0].Execution = 2 }, Misrun},
		"an answer nobody understands": {func(e *Evidence) { e.Entries[0].Statuses[500] = 1 }, Misrun},
		"a malformed webhook accepted": {func(e *Evidence) { e.Entries[len(e.Entries)-1].Accepted = true }, Uninvited},
		"a contact that nobody sent": {func(e *Evidence) {
			e.Contacts = append(e.Contacts, instance.Contact{ID: "con_x", Email: "x@example.com"})
		}, Uninvited},
		"a call of a run that is no run": {func(e *Evidence) { e.effect(run).Run = "run_x" }, Uninvited},
		"a grant for the wrong contact":  {func(e *Evidence) { e.Grants[0].ContactID = "con_waited-1" }, Uninvited},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := clean(3)
			c.harm(&e)
			if found := Check(e); Counts(found)[c.want] == 0 {
				t.Errorf("no %s among the violations:\n%s", c.want, Shown(found))
			}
		})
	}
}

func TestPlanIsSeededAndHasEveryKindOfWebhook(t *testing.T) {
	t.Parallel()
	one, same, other := Plan(7, "a", 400), Plan(7, "a", 400), Plan(8, "a", 400)
	if !slices.Equal(one, same) || slices.Equal(one, other) {
		t.Error("the plan does not follow from its seed")
	}
	seen := map[string]int{}
	var malformed, repeated, early int
	for i, o := range one {
		seen[o.ID]++
		if seen[o.ID] == 2 {
			repeated++
		}
		if json.Valid([]byte(o.Body)) == o.Malformed {
			t.Errorf("%s: malformed %v with the body %s", o.ID, o.Malformed, o.Body)
		}
		if o.Malformed {
			malformed++
		}
		if i > 0 && o.ID < one[i-1].ID {
			early++
		}
	}
	if len(seen) != 400 || malformed < 5 || repeated < 20 || early < 50 {
		t.Errorf("%d ids, %d malformed, %d repeated, %d out of order", len(seen), malformed, repeated, early)
	}
}

func TestResumesMeasureFromWhenAProcessLives(t *testing.T) {
	t.Parallel()
	begin := time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC)
	at := func(s float64) time.Time { return begin.Add(time.Duration(s * float64(time.Second))) }
	run := func(created, started, finished float64) instance.Run {
		s, f := at(started), at(finished)
		return instance.Run{WorkflowID: "w", CreatedAt: at(created), StartedAt: &s, FinishedAt: &f}
	}
	flows := map[string]string{"w": Sale, "later": Waited}
	outages := []Outage{{At: at(10), Back: at(12)}, {At: at(13), Back: at(15)}}
	waits := run(9, 9, 14)
	waits.WorkflowID = "later"
	runs := []instance.Run{
		run(1, 1, 2),    // over before
		run(9, 9, 12.5), // half a second after the first return
		run(9, 9, 16),   // two living seconds after the first, one after the second
		run(16, 16, 17), // not yet there
		waits,
	}
	promised := run(9, 12.5, 12.5)
	promised.ID = "answered"
	e := Evidence{
		Installed: Installed{Flows: flows}, Runs: append(runs, promised, run(9, 12.5, 12.5)),
		Entries: []Entry{{Accepted: true, At: at(9.5), Runs: []string{"answered"}}},
	}
	got := Resumes(e, outages, 0)
	want := []time.Duration{time.Second / 2, time.Second / 2, time.Second, 2 * time.Second}
	still := make([]time.Duration, len(got))
	for i, r := range got {
		still[i] = r.Still
	}
	if !slices.Equal(still, want) {
		t.Errorf("got %v, want %v", still, want)
	}
	if got := Resumes(e, outages, time.Second); len(got) != 2 {
		t.Errorf("pauses of a second and more: %v", got)
	}
	if Quantile(got, 0.5) != time.Second || Quantile(got, 0.1) != time.Second/2 || Quantile(got, 1) != 2*time.Second || Quantile(nil, 0.5) != 0 {
		t.Error("quantiles are wrong")
	}
}
