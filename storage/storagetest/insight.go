package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
)

func testInsight(t *testing.T, open func(t testing.TB) *storage.Store) {
	hour := time.Now().UTC().Truncate(time.Hour)
	play(t, open,
		scenario{"samples of outputs are the newest of any run", func(t *testing.T, f *Fixture) {
			for _, out := range []string{`"old"`, `"new"`} {
				s := step("x/send", 1)
				s.StepID, s.Output = "send", []byte(out)
				noError(t, f.Save(ctx, f.Workspace.ID, claim(f.Queued(), "b", s)))
			}
			test := f.NewRun()
			test.Mode = engine.ModeDry
			f.Do(func(tx engine.Tx) error { return tx.InsertRun(test) })
			again, failed := step("again", 1), step("failed", 2)
			again.StepID, again.Output, again.Simulated = "again", []byte(`"test"`), true
			failed.StepID, failed.Status = "failed", engine.StepFailed
			noError(t, f.Save(ctx, f.Workspace.ID, claim(test, "b", again, failed)))
			got, err := f.SampleOutputs(ctx, f.Workspace.ID, f.Workflow.ID, []string{"send", "again", "failed", "none"})
			noError(t, err)
			if len(got) != 2 || string(got["send"].Output) != `"new"` || string(got["again"].Output) != `"test"` || !got["again"].Simulated || got["again"].Run != test.ID {
				t.Errorf("got %v", got)
			}
			other, err := f.SampleOutputs(ctx, "ws_other", f.Workflow.ID, []string{"send"})
			noError(t, err)
			if len(other) != 0 {
				t.Errorf("another workspace sees %v", other)
			}
		}},
		scenario{"failed runs and their filter", func(t *testing.T, f *Fixture) {
			end := func(status engine.Status, message string) engine.Run {
				r := f.Queued()
				p := claim(r, "b")
				p.To = engine.RunState{Status: status, FinishedAt: hour, Error: &engine.Failure{Code: "step_failed", Message: message, Step: "send"}}
				noError(t, f.Save(ctx, f.Workspace.ID, p))
				return run(t, f, r.ID)
			}
			one, two, parked := end(engine.Failed, `"a" is wrong`), end(engine.Failed, `"b" is wrong`), end(engine.Parked, "unknown")
			got, err := f.FailedRuns(ctx, f.Workspace.ID, hour.Add(-time.Minute), 10)
			noError(t, err)
			if len(got) != 3 || got[0].ID != two.ID || got[1].ID != one.ID || got[2].ID != parked.ID || got[0].Fingerprint() != got[1].Fingerprint() {
				t.Errorf("got %v", got)
			}
			newer, err := f.FailedRuns(ctx, f.Workspace.ID, hour.Add(time.Minute), 10)
			noError(t, err)
			list, listErr := f.ListRuns(ctx, f.Workspace.ID, engine.RunFilter{Failure: one.Fingerprint()}, engine.Page{})
			noError(t, listErr)
			if len(newer) != 0 || len(list.Items) != 2 {
				t.Errorf("newer %v, of the group %v", newer, list.Items)
			}
		}},
		scenario{"runs that stand at a step", func(t *testing.T, f *Fixture) {
			at := func(status engine.Status, steps ...engine.StepResult) engine.Run {
				r := f.Queued()
				p := claim(r, "b", steps...)
				p.To = engine.RunState{Status: status, DueAt: hour.Add(time.Hour)}
				noError(t, f.Save(ctx, f.Workspace.ID, p))
				return run(t, f, r.ID)
			}
			stood := func(seq int, id string, status engine.StepStatus) engine.StepResult {
				s := step(id, seq)
				s.StepID, s.Status = id, status
				return s
			}
			here := at(engine.Waiting, stood(1, "before", engine.StepSucceeded), stood(2, "pause", engine.StepWaiting))
			at(engine.Waiting, stood(1, "pause", engine.StepSucceeded), stood(2, "later", engine.StepWaiting))
			failed := at(engine.Failed, stood(1, "pause", engine.StepFailed))
			for status, want := range map[engine.Status]string{"": failed.ID + here.ID, engine.Waiting: here.ID} {
				got := walk(t, 1, func(p engine.Page) (engine.List[engine.Run], error) {
					return f.ListRuns(ctx, f.Workspace.ID, engine.RunFilter{WorkflowID: f.Workflow.ID, StepID: "pause", Status: status}, p)
				})
				ids := ""
				for _, r := range got {
					ids += r.ID
				}
				if ids != want {
					t.Errorf("status %q: %s, want %s", status, ids, want)
				}
			}
		}},
		scenario{"runs are counted by slots", func(t *testing.T, f *Fixture) {
			for _, at := range []time.Duration{0, 10 * time.Minute, 20 * time.Minute, 2 * time.Hour} {
				r := f.NewRun()
				r.CreatedAt = hour.Add(-at)
				f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
			}
			for _, workflow := range []string{"", f.Workflow.ID} {
				got, err := f.CountRuns(ctx, f.Workspace.ID, workflow, hour.Add(-time.Hour), hour.Add(time.Second), 15*time.Minute)
				noError(t, err)
				counts := map[time.Time]int{}
				for _, c := range got {
					if c.WorkflowID != f.Workflow.ID || c.Status != engine.Queued {
						t.Errorf("count %v", c)
					}
					counts[c.Slot.UTC()] = c.Count
				}
				if len(counts) != 3 || counts[hour] != 1 || counts[hour.Add(-15*time.Minute)] != 1 || counts[hour.Add(-30*time.Minute)] != 1 {
					t.Errorf("counts %v", counts)
				}
			}
		}},
	)
}
