package storagetest

import (
	"bytes"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
)

func now() time.Time { return time.Now().UTC().Truncate(time.Microsecond) }

func step(path string, seq int) engine.StepResult {
	at := now()
	return engine.StepResult{
		Path: path, Execution: 1, Seq: seq, StepID: path, Type: "contact.upsert", Name: "Step", Status: engine.StepSucceeded,
		Output: []byte(`{"ok":true}`), StartedAt: at, FinishedAt: at,
	}
}

func claim(r engine.Run, owner string, steps ...engine.StepResult) engine.Progress {
	return engine.Progress{Run: r.ID, Epoch: r.Epoch, Claim: owner, Steps: steps, To: engine.RunState{Status: engine.Running, StartedAt: now()}}
}

func testProgress(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a claim, a step and an end are read back", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			p := claim(r, "boot1", step("one", 1))
			p.To.Cursor = []engine.Frame{{List: "steps", Step: "two", Index: -1}, {Owner: "tier", List: "vip", Step: "x", Index: 2}}
			noError(t, f.Save(ctx, f.Workspace.ID, p))
			got := run(t, f, r.ID)
			if got.Status != engine.Running || got.Owner != "boot1" {
				t.Fatalf("claimed run is %s of %q", got.Status, got.Owner)
			}
			if diff := cmp.Diff(p.To.Cursor, got.Cursor); diff != "" {
				t.Error(diff)
			}
			end := engine.RunState{Status: engine.Failed, StartedAt: p.To.StartedAt, FinishedAt: now(), Error: &engine.Failure{Code: "step_failed", Message: "no", Step: "two"}}
			noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: r.ID, Epoch: 1, To: end}))
			got = run(t, f, r.ID)
			state := engine.RunState{Status: got.Status, StartedAt: got.StartedAt, FinishedAt: got.FinishedAt, Error: got.Error}
			if diff := cmp.Diff(end, state); diff != "" || len(got.Cursor) != 0 {
				t.Errorf("%s cursor %v", diff, got.Cursor)
			}
		}},
		scenario{"only one of two claims holds", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "boot1")))
			wantIs(t, f.Save(ctx, f.Workspace.ID, claim(r, "boot2")), engine.ErrLost)
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "boot1")))
			if got := run(t, f, r.ID); got.Owner != "boot1" {
				t.Errorf("owner is %s", got.Owner)
			}
		}},
		scenario{"fifty claims at once, one holds", func(t *testing.T, f *Fixture) {
			for range 20 {
				r := f.Queued()
				var wait sync.WaitGroup
				won := make(chan string, 50)
				for i := range 50 {
					wait.Go(func() {
						owner := "boot" + string(rune('A'+i))
						if f.Save(ctx, f.Workspace.ID, claim(r, owner, step("by/"+owner, 1))) == nil {
							won <- owner
						}
					})
				}
				wait.Wait()
				close(won)
				var owners []string
				for o := range won {
					owners = append(owners, o)
				}
				steps, err := f.Store.Steps(ctx, f.Workspace.ID, r.ID)
				noError(t, err)
				if len(owners) != 1 || len(steps) != 1 || steps[0].Path != "by/"+owners[0] {
					t.Fatalf("%v claimed it, %d journal rows", owners, len(steps))
				}
			}
		}},
		scenario{"a zombie of an older epoch writes nothing", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "boot1")))
			f.Do(func(tx engine.Tx) error {
				locked, err := tx.Run(r.ID)
				if err != nil {
					return err
				}
				locked.Epoch++
				return tx.SetRun(locked)
			})
			p := engine.Progress{Run: r.ID, Epoch: 1, Steps: []engine.StepResult{step("late", 1)}, To: engine.RunState{Status: engine.Succeeded}}
			wantIs(t, f.Save(ctx, f.Workspace.ID, p), engine.ErrLost)
			err := f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error { return tx.Save(p) })
			wantIs(t, err, engine.ErrLost)
			steps, err := f.Store.Steps(ctx, f.Workspace.ID, r.ID)
			noError(t, err)
			if len(steps) != 0 || run(t, f, r.ID).Status != engine.Running {
				t.Error("the zombie wrote")
			}
		}},
		scenario{"without a claim the run must be running", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			p := engine.Progress{Run: r.ID, Epoch: 1, To: engine.RunState{Status: engine.Succeeded}}
			wantIs(t, f.Save(ctx, f.Workspace.ID, p), engine.ErrLost)
			wantIs(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: "run_none", Epoch: 1, To: p.To}), engine.ErrLost)
		}},
		scenario{"a state that cannot follow is refused", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			if err := f.Save(ctx, f.Workspace.ID, engine.Progress{Run: r.ID, Epoch: 1, Claim: "b", To: engine.RunState{Status: engine.Held}}); err == nil {
				t.Error("running became held")
			}
		}},
	)
}

func testJournal(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a step comes back as it was given", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			at := now()
			s := engine.StepResult{
				Path: "tier/vip/send", Execution: 2, Seq: 7, StepID: "send", Type: "webhook.send", Name: "Send", Status: engine.StepFailed,
				Port: "vip", Params: []byte(`{"big":820982911946154508}`), Output: bytes.Repeat([]byte("x"), 5000),
				Error:   &engine.Failure{Code: "timeout", Message: "too slow", Detail: "after 30s", Step: "tier/vip/send", Field: "/url"},
				Missing: []string{"trigger.body.email"}, Notes: []string{"note"}, Effect: true, Simulated: true,
				Attempts: []engine.Attempt{{Number: 1, StartedAt: at, FinishedAt: at, Error: &engine.Failure{Code: "timeout"}, RetryAt: at.Add(time.Hour)}},
				DueAt:    at.Add(time.Hour), StartedAt: at, FinishedAt: at.Add(time.Second),
			}
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", s)))
			got, err := f.Store.Steps(ctx, f.Workspace.ID, r.ID)
			noError(t, err)
			if diff := cmp.Diff([]engine.StepResult{s}, got, ignoreUnexported); diff != "" {
				t.Fatal(diff)
			}
			s.Status, s.Output, s.Error = engine.StepSucceeded, nil, nil
			noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: r.ID, Epoch: 1, Steps: []engine.StepResult{s}, To: engine.RunState{Status: engine.Running}}))
			got, err = f.Store.Steps(ctx, f.Workspace.ID, r.ID)
			noError(t, err)
			if diff := cmp.Diff([]engine.StepResult{s}, got, ignoreUnexported); diff != "" {
				t.Fatal("replaced: " + diff)
			}
		}},
		scenario{"the last execution of each path in the order they began", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			again := step("a", 5)
			again.Execution = 2
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", step("a", 1), step("b", 2), step("items[1]/x", 4), step("items[0]/x", 3), step("items", 2), again, step("items2", 9))))
			paths := func(list []engine.StepResult, err error) []string {
				noError(t, err)
				var p []string
				for _, s := range list {
					p = append(p, s.Path)
				}
				return p
			}
			for _, c := range []struct {
				name string
				got  []string
				want []string
			}{
				{"all", paths(f.Store.Steps(ctx, f.Workspace.ID, r.ID)), []string{"b", "items", "items[0]/x", "items[1]/x", "a", "items2"}},
				{"named", paths(f.Store.Steps(ctx, f.Workspace.ID, r.ID, "a", "b", "none", "a")), []string{"b", "a"}},
				{"under", paths(f.Store.StepsUnder(ctx, f.Workspace.ID, r.ID, "items[")), []string{"items[0]/x", "items[1]/x"}},
				{"none", paths(f.Store.StepsUnder(ctx, f.Workspace.ID, r.ID, "zzz")), nil},
			} {
				if diff := cmp.Diff(c.want, c.got); diff != "" {
					t.Errorf("%s: %s", c.name, diff)
				}
			}
			seq, err := f.Store.LastSeq(ctx, f.Workspace.ID, r.ID)
			noError(t, err)
			none, err := f.Store.LastSeq(ctx, f.Workspace.ID, f.Queued().ID)
			noError(t, err)
			if seq != 9 || none != 0 {
				t.Errorf("last seq %d and %d", seq, none)
			}
		}},
		scenario{"many paths at once", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			var steps []engine.StepResult
			var paths []string
			for i := range 300 {
				s := step("items["+string(rune('0'+i/100))+string(rune('0'+i/10%10))+string(rune('0'+i%10))+"]/x", i+1)
				steps, paths = append(steps, s), append(paths, s.Path)
			}
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", steps...)))
			got, err := f.Store.Steps(ctx, f.Workspace.ID, r.ID, paths[5:]...)
			noError(t, err)
			if len(got) != 295 || got[0].Seq != 6 || got[294].Seq != 300 {
				t.Errorf("%d rows", len(got))
			}
		}},
		scenario{"an effect is found by its key, the latest that succeeded", func(t *testing.T, f *Fixture) {
			one, two, again := f.Queued(), f.NewRun(), f.NewRun()
			two.RootRun, two.ReplayOf = one.ID, one.ID
			again.ReplayOf = one.ID
			f.Do(func(tx engine.Tx) error { return errors.Join(tx.InsertRun(two), tx.InsertRun(again)) })
			failed := step("send", 1)
			failed.Effect, failed.Status = true, engine.StepFailed
			noError(t, f.Save(ctx, f.Workspace.ID, claim(one, "b", failed)))
			_, err := f.Effect(ctx, f.Workspace.ID, one.ID, "send")
			wantIs(t, err, engine.ErrNotFound)
			done := step("send", 1)
			done.Effect, done.Output = true, []byte(`1`)
			noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{Run: one.ID, Epoch: 1, Steps: []engine.StepResult{done}, To: engine.RunState{Status: engine.Running}}))
			for _, r := range []engine.Run{two, again} {
				done.FinishedAt, done.Output = done.FinishedAt.Add(time.Second), []byte(`"`+r.ID+`"`)
				noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", done)))
			}
			got, err := f.Effect(ctx, f.Workspace.ID, one.ID, "send")
			noError(t, err)
			if string(got.Output) != `"`+two.ID+`"` {
				t.Errorf("output %s, not of the replay %s", got.Output, two.ID)
			}
			_, err = f.Effect(ctx, "ws_other", one.ID, "send")
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"the last output of a step", func(t *testing.T, f *Fixture) {
			_, err := f.LastOutput(ctx, f.Workspace.ID, f.Workflow.ID, "send")
			wantIs(t, err, engine.ErrNotFound)
			for _, out := range []string{`"old"`, `"new"`} {
				s := step("x/send", 1)
				s.StepID, s.Output = "send", []byte(out)
				noError(t, f.Save(ctx, f.Workspace.ID, claim(f.Queued(), "b", s)))
			}
			test := f.NewRun()
			test.Mode = engine.ModeTest
			f.Do(func(tx engine.Tx) error { return tx.InsertRun(test) })
			s := step("x/send", 1)
			s.StepID, s.Output = "send", []byte(`"test"`)
			noError(t, f.Save(ctx, f.Workspace.ID, claim(test, "b", s)))
			got, err := f.LastOutput(ctx, f.Workspace.ID, f.Workflow.ID, "send")
			noError(t, err)
			if string(got) != `"new"` {
				t.Errorf("got %s", got)
			}
		}},
		scenario{"open steps are those that are not done", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			steps := []engine.StepResult{step("done", 1), step("failed", 2), step("again", 3), step("again", 5), step("waiting", 4)}
			steps[1].Status, steps[2].Status, steps[4].Status = engine.StepFailed, engine.StepFailed, engine.StepWaiting
			steps[3].Execution = 2
			noError(t, f.Save(ctx, f.Workspace.ID, claim(r, "b", steps...)))
			f.Do(func(tx engine.Tx) error {
				open, err := tx.OpenSteps(r.ID)
				if err != nil {
					return err
				}
				if len(open) != 2 || open[0].Path != "failed" || open[1].Path != "waiting" {
					t.Errorf("open: %v", open)
				}
				return nil
			})
		}},
	)
}
