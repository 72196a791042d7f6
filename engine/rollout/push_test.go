package rollout_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// The versions of the template: the second one changes what buyers are called,
// tags them, and has another trigger less.
const (
	first = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"name":"Sale","params":{}},{"id":"old","type":"webhook.catch","v":1,"name":"Old shop","params":{}}],
		"steps":[{"id":"buyer","type":"contact.upsert","v":1,"name":"Buyer","params":{"email":"{{ trigger.body.email }}"}},
			{"id":"pause","type":"flow.wait","v":1,"params":{"for":"1h"}},
			{"id":"tag","type":"contact.add_tag","v":1,"params":{"tags":["customer"]}}]}`
	second = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"name":"Sale","params":{}},{"id":"old","type":"webhook.catch","v":1,"name":"Old shop","params":{}}],
		"steps":[{"id":"buyer","type":"contact.upsert","v":1,"name":"Buyer","params":{"email":"{{ trigger.body.email }}","first_name":"{{ trigger.body.name }}"}},
			{"id":"pause","type":"flow.wait","v":1,"params":{"for":"2h"}},
			{"id":"tag","type":"contact.add_tag","v":1,"params":{"tags":["customer"]}}]}`
	third = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"name":"Sale","params":{}}],
		"steps":[{"id":"buyer","type":"contact.upsert","v":1,"name":"Buyer","params":{"email":"{{ trigger.body.email }}"}}]}`
)

func TestPushUpdatesWhatNobodyEditedAndKeepsWhatTheyDid(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	plain, edited, draft, paused := w.clone("plain", true), w.clone("edited", true), w.clone("draft", false), w.clone("paused", true)
	w.edit(edited, true, func(d *workflow.Document) { d.Steps[0].Name = "Our buyer" })
	w.edit(edited, false, func(d *workflow.Document) { d.Steps[2].Params["tags"] = []any{"customer", "vip"} })
	_, err := w.engine.Pause(context.Background(), paused.Workspace, paused.Workflows[0].WorkflowID)
	w.no(err)
	w.version(second)
	push := w.begin(engine.Canary{}, plain, edited, draft, paused)

	if push.State != engine.PushDone || push.Counts[engine.PushUpdated] != 4 {
		t.Fatalf("%+v %+v", push, w.became(push, plain))
	}
	if at := w.workflow(plain); at.LiveVersion != 2 || at.DraftHash != at.LiveHash || !strings.Contains(w.live(plain), `"for":"2h"`) {
		t.Errorf("%+v\n%s", at, w.live(plain))
	}
	at := w.workflow(edited)
	live := w.live(edited)
	if !strings.Contains(live, "Our buyer") || !strings.Contains(live, "first_name") || strings.Contains(live, "vip") {
		t.Errorf("live: %s", live)
	}
	if !bytes.Contains(at.Draft, []byte("vip")) || !bytes.Contains(at.Draft, []byte("first_name")) {
		t.Errorf("draft: %s", at.Draft)
	}
	if at := w.workflow(draft); at.LiveVersion != 0 || !bytes.Contains(at.Draft, []byte("first_name")) {
		t.Errorf("a draft was published: %+v", at)
	}
	if at := w.workflow(paused); at.Status != engine.WorkflowPaused || at.LiveVersion != 2 {
		t.Errorf("%+v", at)
	}
	clone, err := w.store.Clone(context.Background(), edited.Workspace, edited.ID)
	w.no(err)
	if clone.Version != 2 || clone.Workflows[0].BaseHash == edited.Workflows[0].BaseHash {
		t.Errorf("%+v", clone)
	}
	// The same again changes nothing.
	before := at.LiveHash
	again := w.begin(engine.Canary{}, edited)
	if got := w.became(again, edited); got.State != engine.PushKept || w.workflow(edited).LiveHash != before {
		t.Errorf("%+v", got)
	}
}

func TestAWaitingRunEndsOnItsVersion(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	c := w.clone("client", true)
	url := w.call(c, "hook")
	run := url.RunIDs[0]
	w.eventually(func() bool { return w.run(c, run).Status == engine.Waiting })
	w.version(third)
	if push := w.begin(engine.Canary{}, c); push.Counts[engine.PushUpdated] != 1 {
		t.Fatalf("%+v", w.became(push, c))
	}
	w.pass(2 * time.Hour)
	w.no(w.engine.Reconcile(context.Background()))
	w.eventually(func() bool { return w.run(c, run).Status == engine.Succeeded })
	steps, err := w.store.Steps(context.Background(), c.Workspace, run)
	w.no(err)
	if len(steps) != 3 || w.run(c, run).Version != 1 {
		t.Errorf("%d steps on version %d", len(steps), w.run(c, run).Version)
	}
}

func TestARemovedTriggerHoldsItsEventsUntilConfirmed(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	c := w.clone("client", true)
	w.version(third)
	push := w.begin(engine.Canary{}, c)
	got := w.became(push, c)
	if len(got.Removed) != 1 || got.Removed[0].ID != "old" || got.Removed[0].Name != "Old shop" {
		t.Fatalf("%+v", got)
	}
	if a := w.call(c, "old"); a.Verdict != nodes.Held || len(a.RunIDs) > 0 {
		t.Errorf("%+v", a)
	}
	if a := w.call(c, "hook"); a.Verdict != nodes.Accepted {
		t.Errorf("the other trigger: %+v", a)
	}
	n, err := w.pusher.Confirm(context.Background(), push, c.Workspace, c.ID, got.Removed[0].WorkflowID, "old")
	w.no(err)
	if n != 1 || !w.became(push, c).Removed[0].Confirmed {
		t.Errorf("%d were given up", n)
	}
	var state *engine.StateError
	if _, err := w.pusher.Confirm(context.Background(), push, c.Workspace, c.ID, got.Removed[0].WorkflowID, "old"); !errors.As(err, &state) {
		t.Errorf("confirmed twice: %v", err)
	}
}

func TestAConflictWaitsForAChoice(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	c := w.clone("client", true)
	w.edit(c, true, func(d *workflow.Document) { d.Steps[1].Params["for"] = "3h" })
	before := w.workflow(c)
	w.version(second)
	push := w.begin(engine.Canary{}, c)
	got := w.became(push, c)
	if got.State != engine.PushConflict || got.Open != 1 || w.workflow(c).Stamp != before.Stamp {
		t.Fatalf("%+v", got)
	}
	conflict := got.Conflicts[0]
	if conflict.Key != "step/pause/params/for" || conflict.Ours != "3h" || conflict.Theirs != "2h" || conflict.Base != "1h" {
		t.Errorf("%+v", conflict)
	}
	got, err := w.pusher.Answer(context.Background(), push, c.Workspace, c.ID, rollout.Answer{Choices: []engine.WorkflowChoices{
		{WorkflowID: conflict.WorkflowID, Choices: workflow.Choices{conflict.Key: {Take: workflow.Ours, Seen: conflict.Between}}},
	}})
	w.no(err)
	if live := w.live(c); got.State != engine.PushUpdated || !strings.Contains(live, "3h") || !strings.Contains(live, "first_name") {
		t.Errorf("%+v\n%s", got, live)
	}
}

func TestANewRequiredInputWaitsWhileTheLiveVersionStays(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	c := w.clone("client", true)
	before := w.live(c)
	w.version(strings.Replace(second, `"customer"`, `{"$input":"tag"}`, 1), template.Input{Key: "tag", Label: "Tag for buyers", Kind: template.Tag, Required: true})
	push := w.begin(engine.Canary{}, c)
	got := w.became(push, c)
	if got.State != engine.PushNeedsInput || !strings.Contains(got.Reason, "Tag for buyers") || w.live(c) != before {
		t.Fatalf("%+v", got)
	}
	need, err := w.store.PushesInNeed(context.Background(), c.Workspace, 10)
	w.no(err)
	if len(need) != 1 || need[0].CloneID != c.ID {
		t.Errorf("in need: %+v", need)
	}
	var state *engine.StateError
	if _, err = w.pusher.Answer(context.Background(), push, c.Workspace, c.ID, rollout.Answer{Inputs: map[string]any{"nobody": "x"}}); !errors.As(err, &state) {
		t.Errorf("an unknown input: %v", err)
	}
	got, err = w.pusher.Answer(context.Background(), push, c.Workspace, c.ID, rollout.Answer{Inputs: map[string]any{"tag": "gold"}})
	w.no(err)
	if got.State != engine.PushUpdated || !strings.Contains(w.live(c), `["gold"]`) {
		t.Errorf("%+v\n%s", got, w.live(c))
	}
}

func TestACanaryJudgesByRunsOfTheSameClones(t *testing.T) {
	tests := map[string]struct {
		// succeeded and failed are the runs before and after.
		before, after [2]int
		want          engine.PushState
		updated       int
	}{
		"too few runs wait":              {[2]int{10, 0}, [2]int{3, 0}, engine.PushWatching, 1},
		"as good as before goes on":      {[2]int{8, 2}, [2]int{4, 1}, engine.PushDone, 2},
		"worse than before goes back":    {[2]int{10, 0}, [2]int{4, 1}, engine.PushRolledBack, 0},
		"without a past failures count":  {[2]int{0, 0}, [2]int{3, 2}, engine.PushRolledBack, 0},
		"only as many runs are compared": {[2]int{5, 5}, [2]int{4, 1}, engine.PushDone, 2},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.version(first)
			one, two := w.clone("one", true), w.clone("two", true)
			w.runs(one, test.before[0], test.before[1])
			hash, bytesBefore := w.workflow(one).LiveHash, w.workflow(one).Draft
			w.version(second)
			push := w.begin(engine.Canary{Clones: 1, Runs: 5, Increase: 1000}, one, two)
			if push.State != engine.PushWatching || w.became(push, two).State != engine.PushWaiting {
				t.Fatalf("%+v", push)
			}
			w.runs(one, test.after[0], test.after[1])
			push = w.work(push)
			if push.State != test.want || push.Counts[engine.PushUpdated] != test.updated {
				t.Fatalf("%+v", push)
			}
			if at := w.workflow(one); test.want == engine.PushRolledBack && (at.LiveHash != hash || !bytes.Equal(at.Draft, bytesBefore)) {
				t.Errorf("%+v", at)
			}
		})
	}
}

func TestAPersonDecidesForACanary(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	one, two := w.clone("one", true), w.clone("two", true)
	w.version(second)
	push := w.begin(engine.Canary{Clones: 1, Runs: 5}, one, two)
	w.no(w.pusher.Decide(context.Background(), push, rollout.GoOn))
	push = w.work(push)
	if push.State != engine.PushDone || push.Counts[engine.PushUpdated] != 2 {
		t.Fatalf("%+v", push)
	}
	var state *engine.StateError
	if err := w.pusher.Decide(context.Background(), push, rollout.GoOn); !errors.As(err, &state) {
		t.Errorf("%v", err)
	}
	w.no(w.pusher.Decide(context.Background(), push, rollout.Undo))
	if push = w.work(push); push.State != engine.PushRolledBack || push.Counts[engine.PushCloneRolledBack] != 2 {
		t.Errorf("%+v", push)
	}
}

func TestRollingBackGivesEveryByteBack(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	c := w.clone("client", true)
	w.edit(c, false, func(d *workflow.Document) { d.Steps[0].Note = "ours" })
	before, live := w.workflow(c), w.live(c)
	w.version(second)
	push := w.begin(engine.Canary{}, c)
	ctx := context.Background()

	w.edit(c, false, func(d *workflow.Document) { d.Steps[0].Note = "later" })
	if err := w.pusher.RollBack(ctx, push, c.Workspace, c.ID, false, "usr_1"); !errors.Is(err, rollout.ErrEdited) {
		t.Fatalf("an edited one: %v", err)
	}
	w.no(w.pusher.RollBack(ctx, push, c.Workspace, c.ID, true, "usr_1"))
	after := w.workflow(c)
	if w.live(c) != live || after.LiveHash != before.LiveHash || !bytes.Equal(after.Draft, before.Draft) || after.LiveVersion != 3 {
		t.Errorf("%+v", after)
	}
	clone, err := w.store.Clone(ctx, c.Workspace, c.ID)
	w.no(err)
	if clone.Version != 1 || clone.Workflows[0].BaseHash != c.Workflows[0].BaseHash || string(clone.Inputs) != string(c.Inputs) {
		t.Errorf("%+v", clone)
	}
	if push := w.begin(engine.Canary{}, c); push.Counts[engine.PushUpdated] != 1 {
		t.Errorf("the version cannot be pushed again: %+v", push)
	}
}

func TestAPushGoesOnWhereItsProcessDied(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	one, two := w.clone("one", true), w.clone("two", true)
	w.version(second)
	ctx := context.Background()
	push, err := w.pusher.Begin(ctx, engine.Push{Workspace: w.home, TemplateID: w.tpl.ID, Version: 2}, []engine.Clone{one, two})
	w.no(err)
	// A process takes the push and dies.
	_, err = w.store.TakePush(ctx, w.home, push.ID, "dead", w.clock().Add(15*time.Second), false)
	w.no(err)
	w.no(w.pusher.Work(ctx))
	if got := w.became(push, one); got.State != engine.PushWaiting {
		t.Fatalf("two processes work on it: %+v", got)
	}
	w.pass(16 * time.Second)
	w.no(w.anotherPusher().Work(ctx))
	if got := w.work(push); got.State != engine.PushDone || got.Counts[engine.PushUpdated] != 2 || w.workflow(one).LiveVersion != 2 {
		t.Errorf("%+v", got)
	}
	var state *engine.StateError
	if _, err = w.pusher.Begin(ctx, engine.Push{Workspace: w.home, TemplateID: w.tpl.ID, Version: 2}, nil); err != nil {
		t.Fatal(err)
	}
	if _, err = w.pusher.Begin(ctx, engine.Push{Workspace: w.home, TemplateID: w.tpl.ID, Version: 2}, nil); !errors.As(err, &state) {
		t.Errorf("two pushes at once: %v", err)
	}
}

func TestASecretStaysWithItsHost(t *testing.T) {
	w := newWorld(t)
	w.version(`{"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[{"id":"send","type":"webhook.send","v":1,"params":{"url":"https://a.test/x"}}]}`)
	c := w.clone("client", true)
	w.edit(c, true, func(d *workflow.Document) { d.Steps[0].Params["secret"] = "whsec_0123456789abcdef" })
	before := w.live(c)
	w.version(`{"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[{"id":"send","type":"webhook.send","v":1,"params":{"url":"https://evil.test/x"}}]}`)
	push := w.begin(engine.Canary{}, c)
	if got := w.became(push, c); got.State != engine.PushNeedsInput || w.live(c) != before {
		t.Fatalf("%+v", got)
	}
	w.version(`{"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[{"id":"send","type":"webhook.send","v":1,"params":{"url":"https://a.test/y"}}]}`)
	push = w.begin(engine.Canary{}, c)
	if got := w.became(push, c); got.State != engine.PushUpdated || !strings.Contains(w.live(c), "$secret") || !strings.Contains(w.live(c), "a.test/y") {
		t.Errorf("%+v\n%s", got, w.live(c))
	}
}

func (w *world) run(c engine.Clone, id string) engine.Run {
	w.t.Helper()
	run, err := w.store.Run(context.Background(), c.Workspace, id)
	w.no(err)
	return run
}

// eventually waits for what a worker does in the background.
func (w *world) eventually(done func() bool) {
	w.t.Helper()
	for end := time.Now().Add(time.Minute); !done(); {
		if time.Now().After(end) {
			w.t.Fatal("it never came to that")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// versionWithAnother is the template with another workflow beside the first.
func (w *world) versionWithAnother(definition string, inputs ...template.Input) {
	w.t.Helper()
	w.files(inputs, template.Workflow{Key: "sale", Name: "Sale", Definition: []byte(second)}, template.Workflow{Key: "thanks", Name: "Thanks", Definition: []byte(definition)})
}

const another = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
	"steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}]}`

// A workflow that a version adds comes to the clients: live where theirs are, and
// rolling back takes it away again.
func TestANewWorkflowOfAVersionIsAdded(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	live, draft := w.clone("live", true), w.clone("draft", false)
	w.versionWithAnother(another)
	push := w.begin(engine.Canary{}, live, draft)
	status := map[string]engine.WorkflowStatus{live.ID: engine.WorkflowLive, draft.ID: engine.WorkflowDraft}
	for _, c := range []engine.Clone{live, draft} {
		now, err := w.store.Clone(context.Background(), c.Workspace, c.ID)
		w.no(err)
		if len(now.Workflows) != 2 || now.Version != 2 {
			t.Fatalf("%+v", now)
		}
		added, err := w.store.WorkflowInfo(context.Background(), c.Workspace, now.Workflows[1].WorkflowID)
		w.no(err)
		if added.Name != "Thanks" || added.Status != status[c.ID] {
			t.Errorf("%+v", added)
		}
	}
	w.no(w.pusher.RollBack(context.Background(), push, live.Workspace, live.ID, false, "usr_1"))
	now, err := w.store.Clone(context.Background(), live.Workspace, live.ID)
	w.no(err)
	if len(now.Workflows) != 1 || now.Version != 1 {
		t.Errorf("%+v", now)
	}
	told, err := w.store.ListAudit(context.Background(), live.Workspace, engine.AuditFilter{Action: "clone"}, engine.Page{})
	w.no(err)
	if len(told.Items) != 2 || told.Items[0].Action != "clone.rolled_back" || told.Items[1].Action != "clone.updated" || told.Items[1].ActorID != "usr_1" {
		t.Errorf("%+v", told.Items)
	}
}

// What a version brings along is made when the client takes the version, and not
// before: a client that is asked to choose has nothing more than it had.
func TestNothingIsMadeForAClientThatWaits(t *testing.T) {
	w := newWorld(t)
	w.version(first)
	plain, edited := w.clone("plain", true), w.clone("edited", true)
	w.edit(edited, true, func(d *workflow.Document) { d.Steps[1].Params["for"] = "3h" })
	grants := strings.Replace(second, `{"id":"tag"`, `{"id":"access","type":"offer.grant","v":1,"params":{"offer":{"$input":"course"},"send_email":"never"}},{"id":"tag"`, 1)
	w.version(grants, template.Input{Key: "course", Kind: template.Offer, Label: "Course", Mode: template.FindOrCreate, Default: "Course A"})
	push := w.begin(engine.Canary{}, plain, edited)
	if push.Counts[engine.PushUpdated] != 1 || push.Counts[engine.PushConflict] != 1 {
		t.Fatalf("%+v %+v", push, w.became(push, plain))
	}
	for c, want := range map[string]int{plain.Workspace: 1, edited.Workspace: 0} {
		offers, err := w.store.ListOffers(context.Background(), c, engine.Page{})
		w.no(err)
		if len(offers.Items) != want {
			t.Errorf("%d offers", len(offers.Items))
		}
		if want == 1 && !strings.Contains(w.live(plain), offers.Items[0].ID) {
			t.Errorf("%s", w.live(plain))
		}
	}
	// A choice for other values than those that are there now does not hold.
	conflict := w.became(push, edited).Conflicts[0]
	w.edit(edited, true, func(d *workflow.Document) { d.Steps[1].Params["for"] = "4h" })
	chosen := rollout.Answer{Choices: []engine.WorkflowChoices{
		{WorkflowID: conflict.WorkflowID, Choices: workflow.Choices{conflict.Key: {Take: workflow.Theirs, Seen: conflict.Between}}},
	}}
	got, err := w.pusher.Answer(context.Background(), push, edited.Workspace, edited.ID, chosen)
	w.no(err)
	if got.State != engine.PushConflict || got.Conflicts[0].Ours != "4h" {
		t.Errorf("%+v", got)
	}
}
