package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
)

// alone runs a scenario on a store of its own: what crosses workspaces would
// see the others' rows.
func alone(open func(t testing.TB) *storage.Store, test func(t *testing.T, f *Fixture)) func(t *testing.T) {
	return func(t *testing.T) { test(t, NewFixture(t, open(t), "main")) }
}

func handles(list []engine.Handle) map[string]int64 {
	m := map[string]int64{}
	for _, h := range list {
		m[h.Run] = h.Epoch
	}
	return m
}

func waitUntil(t *testing.T, f *Fixture, due time.Time) engine.Run {
	t.Helper()
	r := f.Queued()
	p := claim(r, "b")
	p.To.Status, p.To.DueAt = engine.Waiting, due
	noError(t, f.Save(ctx, f.Workspace.ID, p))
	return r
}

func testReconcile(t *testing.T, open func(t testing.TB) *storage.Store) {
	t.Run("due waits are queued in a new epoch, others stay", alone(open, func(t *testing.T, f *Fixture) {
		at := now()
		due, later := waitUntil(t, f, at.Add(-time.Second)), waitUntil(t, f, at.Add(time.Hour))
		got, err := f.Requeue(ctx, at, at.Add(-time.Minute), 10)
		noError(t, err)
		if h := handles(got); len(h) != 1 || h[due.ID] != due.Epoch+1 || got[0].Workspace != f.Workspace.ID {
			t.Fatalf("requeued %v", got)
		}
		if r := run(t, f, due.ID); r.Status != engine.Queued || r.Epoch != 2 || !r.DueAt.Equal(at.Add(-time.Second)) {
			t.Errorf("due run: %+v", r)
		}
		if r := run(t, f, later.ID); r.Status != engine.Waiting || r.Epoch != 1 {
			t.Errorf("later run is %s", r.Status)
		}
	}))
	t.Run("queued runs are rung anew once in a while, oldest first, up to max", alone(open, func(t *testing.T, f *Fixture) {
		var runs []engine.Run
		at := now()
		for i := range 5 {
			r := f.NewRun()
			r.DueAt = at.Add(time.Duration(i-10) * time.Minute)
			f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
			runs = append(runs, r)
		}
		fresh := f.Queued()
		got, err := f.Requeue(ctx, at, at.Add(-time.Minute), 2)
		noError(t, err)
		if h := handles(got); len(h) != 2 || h[runs[0].ID] != 2 || h[runs[1].ID] != 2 {
			t.Fatalf("first page %v", h)
		}
		got, err = f.Requeue(ctx, at, at.Add(-time.Minute), 10)
		noError(t, err)
		if h := handles(got); len(h) != 3 || h[runs[4].ID] != 2 || h[fresh.ID] != 0 {
			t.Fatalf("second page %v", h)
		}
		got, err = f.Requeue(ctx, at, at.Add(-time.Minute), 10)
		noError(t, err)
		if len(got) != 0 {
			t.Fatalf("rung again at once: %v", got)
		}
		noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: runs[0].ID, Epoch: 2, Claim: "b", To: engine.RunState{Status: engine.Running}}))
		wantIs(t, f.Save(ctx, f.Workspace.ID, claim(runs[1], "b")), engine.ErrLost)
	}))
	t.Run("runs of dead owners are taken over", alone(open, testTakeOver))
	t.Run("a single process takes everything at once", alone(open, func(t *testing.T, f *Fixture) {
		noError(t, f.Beat(ctx, "before"))
		mine, theirs := f.Queued(), f.Queued()
		noError(t, f.Save(ctx, f.Workspace.ID, claim(mine, "self")))
		noError(t, f.Save(ctx, f.Workspace.ID, claim(theirs, "before")))
		got, err := f.TakeOver(ctx, "self", time.Hour, true, 10)
		noError(t, err)
		if h := handles(got); len(h) != 1 || h[theirs.ID] != 2 {
			t.Fatalf("taken %v", h)
		}
	}))
}

func testTakeOver(t *testing.T, f *Fixture) {
	noError(t, f.Beat(ctx, "alive"))
	noError(t, f.Beat(ctx, "alive"))
	noError(t, f.Beat(ctx, "retired"))
	noError(t, f.Retire(ctx, "retired"))
	owners := map[string]engine.Run{}
	for _, owner := range []string{"alive", "retired", "never", "self"} {
		r := f.Queued()
		noError(t, f.Save(ctx, f.Workspace.ID, claim(r, owner)))
		owners[owner] = r
	}
	one, err := f.TakeOver(ctx, "self", time.Minute, false, 1)
	noError(t, err)
	rest, err := f.TakeOver(ctx, "self", time.Minute, false, 10)
	noError(t, err)
	h := handles(append(one, rest...))
	if len(one) != 1 || len(h) != 2 || h[owners["retired"].ID] != 2 || h[owners["never"].ID] != 2 {
		t.Fatalf("taken %v", h)
	}
	if r := run(t, f, owners["never"].ID); r.Status != engine.Queued || r.DueAt.After(time.Now().Add(time.Second)) {
		t.Errorf("taken run is %s, due %v", r.Status, r.DueAt)
	}
	if r := run(t, f, owners["alive"].ID); r.Status != engine.Running || r.Epoch != 1 {
		t.Errorf("a live owner's run is %s", r.Status)
	}
	// A heartbeat counts as old when it is older than nothing.
	got, err := f.TakeOver(ctx, "self", -time.Second, false, 10)
	noError(t, err)
	if h := handles(got); len(h) != 1 || h[owners["alive"].ID] != 2 {
		t.Errorf("stale: %v", h)
	}
	late := engine.Progress{Run: owners["never"].ID, Epoch: 1, To: engine.RunState{Status: engine.Succeeded}}
	wantIs(t, f.Save(ctx, f.Workspace.ID, late), engine.ErrLost)
}

func testPull(t *testing.T, open func(t testing.TB) *storage.Store) {
	t.Run("by priority and age, only what is due", alone(open, func(t *testing.T, f *Fixture) {
		at := now()
		add := func(priority int, due time.Time, status engine.Status) string {
			r := f.NewRun()
			r.Priority, r.DueAt, r.Status = priority, due, status
			f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
			return r.ID
		}
		young := add(0, at.Add(-time.Second), engine.Queued)
		old := add(0, at.Add(-time.Hour), engine.Queued)
		urgent := add(5, at.Add(-time.Second), engine.Queued)
		add(9, at.Add(time.Hour), engine.Queued)
		add(9, at.Add(-time.Hour), engine.Held)
		got, err := f.Pull(ctx, 10)
		noError(t, err)
		if len(got) != 3 || got[0].Run != urgent || got[1].Run != old || got[2].Run != young || got[0].Epoch != 1 {
			t.Fatalf("pulled %v", got)
		}
		got, err = f.Pull(ctx, 1)
		noError(t, err)
		if len(got) != 1 || got[0].Run != urgent {
			t.Fatalf("pulled %v", got)
		}
	}))
	t.Run("fair between workspaces", alone(open, func(t *testing.T, f *Fixture) {
		big := f.Workspace.ID
		for range 50 {
			f.Queued()
		}
		small := map[string]bool{}
		for _, slug := range []string{"b", "c", "d"} {
			g := NewFixture(t, f.Store, slug)
			g.Queued()
			small[g.Workspace.ID] = true
		}
		got, err := f.Pull(ctx, 8)
		noError(t, err)
		count := map[string]int{}
		for _, h := range got {
			count[h.Workspace]++
		}
		if len(got) != 8 || count[big] != 5 || len(count) != 4 {
			t.Fatalf("pulled %v", count)
		}
		// With room for fewer than there are workspaces, calls take turns.
		seen := map[string]bool{}
		for range 4 {
			got, err := f.Pull(ctx, 1)
			noError(t, err)
			for _, h := range got {
				seen[h.Workspace] = true
			}
		}
		if len(seen) != 4 {
			t.Errorf("four calls served %d workspaces", len(seen))
		}
	}))
	t.Run("nothing queued", alone(open, func(t *testing.T, f *Fixture) {
		got, err := f.Pull(ctx, 5)
		noError(t, err)
		if len(got) != 0 {
			t.Errorf("pulled %v", got)
		}
	}))
}
