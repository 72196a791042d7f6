package engine_test

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// A trigger that a push removed goes on being sent to until a person confirms that it
// goes, since what comes is kept; then, and when its workspace is deleted, the service
// is told.
func TestARegistrationGoesWhenItsEndIsConfirmed(t *testing.T) {
	w, s := newWatchWorld(t)
	s.set(func(s *service) { s.lasts = 72 * time.Hour })
	document := func(id, topic string) string {
		return `{"schema":1,"triggers":[{"id":"` + id + `","type":"test.hook","v":1,"params":{"topic":"` + topic + `"}}],` + noSteps
	}
	called := func(what string) func(engine.Watch) bool {
		return func(engine.Watch) bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			for _, call := range s.calls {
				if call == what {
					return true
				}
			}
			return false
		}
	}
	no := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	flow, _ := w.publish(document("old", "orders"))
	w.look(flow, called("enable orders"))

	tpl, made := engine.Template{ID: engine.NewID("tpl"), Name: "Sale"}, engine.Clone{ID: engine.NewID("cln"), Version: 1, Inputs: []byte(`{}`), State: engine.CloneReady}
	made.TemplateWorkspace, made.TemplateID = w.workspace.ID, tpl.ID
	no(w.store.Do(t.Context(), w.workspace.ID, func(tx engine.Tx) error {
		if err := tx.InsertTemplate(&tpl); err != nil {
			return err
		}
		return tx.InsertClone(&made)
	}))
	push := engine.Push{ID: engine.NewID("psh"), Workspace: w.workspace.ID, TemplateID: tpl.ID, Version: 2, State: engine.PushDone}
	no(w.store.CreatePush(t.Context(), &push, []engine.PushClone{{
		PushID: push.ID, CloneID: made.ID, Workspace: w.workspace.ID, Home: w.workspace.ID, TemplateID: tpl.ID, State: engine.PushUpdated,
	}}))
	removed := func(confirmed bool) {
		t.Helper()
		no(w.store.Do(t.Context(), w.workspace.ID, func(tx engine.Tx) error {
			c, err := tx.PushClone(push.ID, made.ID)
			if err != nil {
				return err
			}
			c.Removed = []engine.RemovedTrigger{{WorkflowID: flow.ID, ID: "old", Type: "test.hook", Confirmed: confirmed}}
			if err := tx.UpdatePushClone(&c); err != nil || !confirmed {
				return err
			}
			_, _, err = w.EndTrigger(tx, flow.ID, "old")
			return err
		}))
	}
	removed(false)
	_, err := w.SaveDraft(t.Context(), w.workspace.ID, flow.ID, engine.AnyRevision, engine.Edit{Document: []byte(document("new", "sales"))})
	no(err)
	_, err = w.Publish(t.Context(), w.workspace.ID, flow.ID, "usr_test", engine.HeldKeep)
	no(err)
	w.look(flow, called("enable sales"))
	w.look(flow, func(x engine.Watch) bool { return x.TriggerID == "old" && !x.Active && x.DueAt.After(w.clock.Now()) })
	if called("disable orders")(engine.Watch{}) {
		t.Fatal("it was taken back before anybody confirmed that")
	}
	// Meanwhile it is renewed before it ends, as often as that takes.
	renewed := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		n := 0
		for _, call := range s.calls {
			if call == "enable orders" {
				n++
			}
		}
		return n
	}
	for _, want := range []int{2, 3} {
		w.clock.advance(s.lasts)
		w.look(flow, func(engine.Watch) bool { return renewed() == want })
	}
	removed(true)
	w.look(flow, called("disable orders"))

	no(w.store.DeleteWorkspace(t.Context(), w.workspace.ID))
	w.look(flow, called("disable sales"))
}
