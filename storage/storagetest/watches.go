package storagetest

import (
	"crypto/sha256"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
)

func testWatches(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a watch follows its workflow, and nobody else's", testWatchSettles},
		scenario{"one of two gets what is due, until its claim ends", testWatchClaims},
		scenario{"things are remembered with the runs that they start", testWatchItems},
		scenario{"a state is kept encrypted and given back", testWatchState},
	)
}

// polls makes the fixture's trigger one that polls, with a settled watch.
func (f *Fixture) polls() engine.Watch {
	f.T.Helper()
	f.Do(func(tx engine.Tx) error {
		return tx.SetTriggers(f.Workflow.ID, []engine.TriggerRow{{WorkflowID: f.Workflow.ID, ID: "hook", Type: "test.poll", Watch: "poll", Enabled: true}})
	})
	w := engine.Watch{
		Workspace: f.Workspace.ID, WorkflowID: f.Workflow.ID, TriggerID: "hook", Kind: "poll", Stamp: f.Workflow.Stamp,
		Rule: "r", Active: true, Primed: true, DueAt: now(),
	}
	noError(f.testing(), f.Store.SettleWatch(ctx, w))
	return w
}

func (f *Fixture) testing() *testing.T { return f.T.(*testing.T) }

// unsettled are those of this fixture.
func (f *Fixture) unsettled() (mine []engine.Watched) {
	f.T.Helper()
	list, err := f.Store.UnsettledWatches(ctx, 100)
	noError(f.testing(), err)
	for _, w := range list {
		if w.Workspace == f.Workspace.ID {
			mine = append(mine, w)
		}
	}
	return mine
}

func (f *Fixture) claim(holder string, at time.Time, exclusive bool) (mine []engine.ClaimedWatch) {
	f.T.Helper()
	list, err := f.Store.ClaimWatches(ctx, engine.WatchClaim{Holder: holder, Now: at, Until: at.Add(time.Minute), Exclusive: exclusive, Remote: true, Max: 100})
	noError(f.testing(), err)
	for _, w := range list {
		if w.Workspace == f.Workspace.ID {
			mine = append(mine, w)
		}
	}
	return mine
}

func testWatchSettles(t *testing.T, f *Fixture) {
	if list := f.unsettled(); len(list) != 0 {
		t.Fatalf("a trigger that only waits: %+v", list)
	}
	w := f.polls()
	if list := f.unsettled(); len(list) != 0 {
		t.Fatalf("a settled one: %+v", list)
	}
	f.Do(func(tx engine.Tx) error {
		flow, err := tx.Workflow(f.Workflow.ID)
		if err != nil {
			return err
		}
		flow.Status = engine.WorkflowPaused
		flow.Stamp++
		return tx.UpdateWorkflow(&flow)
	})
	list := f.unsettled()
	if len(list) != 1 || list[0].Kind != "poll" || list[0].Status != engine.WorkflowPaused || list[0].Watch == nil || list[0].Watch.Rule != "r" {
		t.Fatalf("after a pause: %+v", list)
	}
	wantIs(t, f.Store.SettleWatch(ctx, w), engine.ErrStale)
	shown, err := f.Store.Watches(ctx, f.Workspace.ID, f.Workflow.ID)
	noError(t, err)
	if len(shown) != 1 || !shown[0].DueAt.Equal(w.DueAt) {
		t.Errorf("shown: %+v", shown)
	}
	if other, err := f.Store.Watches(ctx, engine.NewID("ws"), f.Workflow.ID); err != nil || len(other) != 0 {
		t.Errorf("shown to others: %+v, %v", other, err)
	}
}

func testWatchClaims(t *testing.T, f *Fixture) {
	w := f.polls()
	if early := f.claim("one", w.DueAt.Add(-time.Second), false); len(early) != 0 {
		t.Fatal("nothing was due")
	}
	noError(t, f.Store.Beat(ctx, "one"))
	first := f.claim("one", w.DueAt, false)
	if len(first) != 1 || first[0].Endpoint.Definition != "h1" || first[0].Endpoint.Status != engine.WorkflowLive {
		t.Fatalf("claimed %+v", first)
	}
	if second := f.claim("two", w.DueAt, false); len(second) != 0 {
		t.Fatal("two work on one watch")
	}
	later := f.claim("two", w.DueAt.Add(2*time.Minute), false)
	if len(later) != 1 || later[0].Claim != first[0].Claim+1 {
		t.Fatalf("after the claim: %+v", later)
	}
	_, err := f.Store.FinishWatch(ctx, engine.WatchOutcome{Watch: first[0].Watch, Runs: []engine.Run{f.NewRun()}})
	wantIs(t, err, engine.ErrStale)
	if dead := f.claim("three", w.DueAt.Add(2*time.Minute), false); len(dead) != 1 {
		t.Error("the claim of a process without a heartbeat counts")
	}
	if alone := f.claim("four", w.DueAt.Add(2*time.Minute), true); len(alone) != 1 {
		t.Error("the only process waits for one that is no more")
	}
}

func testWatchItems(t *testing.T, f *Fixture) {
	w := f.polls()
	print := func(text string) []byte { sum := sha256.Sum256([]byte(text)); return sum[:] }
	run := func(event string) engine.Run {
		r := f.NewRun()
		r.EventID = event
		return r
	}
	claimed := f.claim("one", w.DueAt, true)[0]
	o := engine.WatchOutcome{Watch: claimed.Watch, Keep: true, Items: [][]byte{print("a"), print("b")}, Runs: []engine.Run{run("a"), run("b")}}
	started, err := f.Store.FinishWatch(ctx, o)
	noError(t, err)
	if len(started) != 2 {
		t.Fatalf("started %d", len(started))
	}
	o.Keep, o.Items, o.Runs = false, [][]byte{print("b"), print("c"), print("c")}, []engine.Run{run("b2"), run("c"), run("c2")}
	o.Watch.DueAt = w.DueAt.Add(time.Hour)
	started, err = f.Store.FinishWatch(ctx, o)
	noError(t, err)
	if len(started) != 1 || started[0].EventID != "c" {
		t.Fatalf("started %+v", started)
	}
	if again := f.claim("two", w.DueAt, true); len(again) != 0 {
		t.Error("it was done")
	}
	again := f.claim("two", w.DueAt.Add(time.Hour), true)[0]
	started, err = f.Store.FinishWatch(ctx, engine.WatchOutcome{Watch: again.Watch, Runs: []engine.Run{run("c")}})
	if noError(t, err); len(started) != 0 {
		t.Error("a run of the same name was stored twice")
	}
}

func testWatchState(t *testing.T, f *Fixture) {
	w := f.polls()
	claimed := f.claim("one", w.DueAt, true)[0]
	claimed.Kind, claimed.State = engine.WatchRemote, []byte(`{"secret":"s3cret"}`)
	_, err := f.Store.FinishWatch(ctx, engine.WatchOutcome{Watch: claimed.Watch, Restamp: true})
	noError(t, err)
	state, err := f.Store.Registration(ctx, f.Workspace.ID, f.Workflow.ID, "hook")
	if err != nil || string(state) != `{"secret":"s3cret"}` {
		t.Errorf("given back %q, %v", state, err)
	}
	if list := f.unsettled(); len(list) != 0 {
		t.Errorf("its own stamp unsettles it: %+v", list)
	}
	token, err := f.Store.TriggerToken(ctx, f.Workspace.ID, f.Workflow.ID, "hook")
	if err != nil || token != f.Token {
		t.Errorf("token %q, %v", token, err)
	}
	_, err = f.Store.TriggerToken(ctx, f.Workspace.ID, f.Workflow.ID, "other")
	wantIs(t, err, engine.ErrNotFound)
}
