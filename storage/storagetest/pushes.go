package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/storage"
)

// push stores a push of a template of the fixture's to clones.
func (f *Fixture) push(t engine.Template, clones ...engine.Clone) engine.Push {
	f.T.Helper()
	p := engine.Push{
		ID: engine.NewID("psh"), Workspace: f.Workspace.ID, TemplateID: t.ID, Version: 1, State: engine.PushRunning,
		Canary: engine.Canary{Clones: 1, Runs: 5, Increase: 250}, CreatedBy: "usr_1",
	}
	list := make([]engine.PushClone, len(clones))
	for i, c := range clones {
		list[i] = engine.PushClone{
			PushID: p.ID, CloneID: c.ID, Workspace: c.Workspace, Home: p.Workspace, TemplateID: t.ID, Position: i, Canary: i == 0, State: engine.PushWaiting,
		}
	}
	if err := f.CreatePush(ctx, &p, list); err != nil {
		f.T.Fatal(err)
	}
	return p
}

func testPushes(t *testing.T, open func(t testing.TB) *storage.Store) {
	s := open(t)
	play(t, func(testing.TB) *storage.Store { return s },
		scenario{"a push keeps what became of each clone", func(t *testing.T, f *Fixture) {
			tpl := f.template(1)
			one, two := f.clone(f.Workspace.ID, tpl), f.clone(f.Workspace.ID, tpl)
			p := f.push(tpl, one, two)
			want := engine.PushClone{
				PushID: p.ID, CloneID: two.ID, Workspace: f.Workspace.ID, Home: f.Workspace.ID, TemplateID: tpl.ID, Position: 1,
				State: engine.PushConflict, Reason: "Choose.", Open: 1, Inputs: []byte(`{"tag":"a"}`),
				Before:    &engine.CloneSnapshot{Version: 1, Inputs: []byte(`{}`), Workflows: []engine.WorkflowSnapshot{{Key: "sale", LiveHash: "h1"}}},
				Conflicts: []engine.WorkflowConflict{{WorkflowID: f.Workflow.ID, Conflict: workflow.Conflict{Key: "step/a/name", Ours: "x"}}},
				Choices:   []engine.WorkflowChoices{{WorkflowID: f.Workflow.ID, Choices: workflow.Choices{"step/a/name": {Take: workflow.Theirs}}}},
				Removed:   []engine.RemovedTrigger{{WorkflowID: f.Workflow.ID, ID: "hook", Confirmed: true}},
			}
			f.Do(func(tx engine.Tx) error {
				if _, err := tx.PushClone(p.ID, two.ID); err != nil {
					return err
				}
				return tx.UpdatePushClone(&want)
			})
			got, err := f.PushClone(ctx, f.Workspace.ID, p.ID, two.ID)
			noError(t, err)
			if got.State != want.State || got.Open != 1 || got.Before.Workflows[0].LiveHash != "h1" || got.Conflicts[0].Ours != "x" ||
				got.Choices[0].Choices["step/a/name"].Take != workflow.Theirs || !got.Removed[0].Confirmed || string(got.Inputs) != `{"tag":"a"}` || got.UpdatedAt.IsZero() {
				t.Errorf("%+v", got)
			}
			_, err = f.PushClone(ctx, Workspace(t, s, "stranger").ID, p.ID, two.ID)
			wantIs(t, err, engine.ErrNotFound)
			whole, err := f.Store.Push(ctx, f.Workspace.ID, p.ID)
			noError(t, err)
			if whole.Counts[engine.PushWaiting] != 1 || whole.Counts[engine.PushConflict] != 1 || whole.Canary != p.Canary || whole.Passed {
				t.Errorf("%+v", whole)
			}
			waiting, err := f.PushClones(ctx, p.ID, engine.Page{}, engine.PushWaiting)
			noError(t, err)
			if len(waiting) != 1 || waiting[0].CloneID != one.ID || !waiting[0].Canary {
				t.Errorf("%+v", waiting)
			}
			need, err := f.PushesInNeed(ctx, f.Workspace.ID, 10)
			noError(t, err)
			if len(need) != 1 || need[0].CloneID != two.ID || need[0].Conflicts != nil {
				t.Errorf("%+v", need)
			}
			p.State, p.FinishedAt = engine.PushDone, time.Now()
			noError(t, f.MovePush(ctx, p, engine.PushRunning))
			wantIs(t, f.MovePush(ctx, p, engine.PushRunning), engine.ErrLost)
			later := f.push(tpl, two)
			last, err := f.LastPushClones(ctx, f.Workspace.ID, tpl.ID)
			noError(t, err)
			if len(last) != 2 || last[0].PushID == last[1].PushID {
				t.Errorf("%+v", last)
			}
			if need, err = f.PushesInNeed(ctx, f.Workspace.ID, 10); err != nil || len(need) != 0 {
				t.Errorf("what a later push took on is asked for: %+v %v", need, err)
			}
			list, err := f.ListPushes(ctx, f.Workspace.ID, tpl.ID, engine.Page{})
			noError(t, err)
			if len(list.Items) != 2 || list.Items[0].ID != later.ID || list.Items[1].Counts[engine.PushConflict] != 1 {
				t.Errorf("%+v", list.Items)
			}
		}},
		scenario{"one process has a push at a time", func(t *testing.T, f *Fixture) {
			tpl := f.template(1)
			p := f.push(tpl, f.clone(f.Workspace.ID, tpl))
			if err := f.CreatePush(ctx, &engine.Push{ID: engine.NewID("psh"), Workspace: f.Workspace.ID, TemplateID: tpl.ID}, nil); err == nil {
				t.Error("two pushes of a template at once")
			}
			_, err := f.TakePush(ctx, f.Workspace.ID, p.ID, "one", time.Now().Add(time.Hour), false)
			noError(t, err)
			_, err = f.TakePush(ctx, f.Workspace.ID, p.ID, "two", time.Now().Add(time.Hour), false)
			wantIs(t, err, engine.ErrLost)
			_, err = f.TakePush(ctx, f.Workspace.ID, p.ID, "two", time.Now().Add(time.Hour), true)
			noError(t, err)
			p.State, p.FinishedAt = engine.PushDone, time.Now()
			noError(t, f.MovePush(ctx, p, engine.PushRunning))
			_, err = f.TakePush(ctx, f.Workspace.ID, p.ID, "two", time.Now().Add(time.Hour), true)
			wantIs(t, err, engine.ErrLost)
		}},
		scenario{"runs are counted by version", func(t *testing.T, f *Fixture) {
			for version, statuses := range map[int][]engine.Status{1: {engine.Succeeded, engine.Failed}, 2: {engine.Succeeded, engine.Parked, engine.Queued}} {
				for _, status := range statuses {
					r := f.NewRun()
					r.Version, r.Status = version, status
					f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
				}
			}
			for _, c := range []struct{ from, to, max, finished, failed int }{{1, 2, 10, 2, 1}, {2, 0, 10, 2, 1}, {1, 0, 10, 4, 2}, {1, 0, 1, 1, -1}, {3, 0, 10, 0, 0}} {
				finished, failed, err := f.RunOutcomes(ctx, f.Workspace.ID, f.Workflow.ID, c.from, c.to, c.max)
				noError(t, err)
				if finished != c.finished || c.failed >= 0 && failed != c.failed {
					t.Errorf("%+v: %d %d", c, finished, failed)
				}
			}
		}},
	)
}
