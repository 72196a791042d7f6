package storagetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

// later is after everything that a test has made, so that all of it is counted.
func later() time.Time { return time.Now().Add(time.Hour) }

// usedIn is what the workspace used this month by the counters.
func usedIn(t *testing.T, f *Fixture) engine.Usage {
	t.Helper()
	month := engine.MonthOf(time.Now())
	list, err := f.Store.Usage(ctx, month, month)
	noError(t, err)
	for _, u := range list {
		if u.Workspace == f.Workspace.ID {
			return u
		}
	}
	return engine.Usage{}
}

func wantUsed(t *testing.T, f *Fixture, runs, deliveries int) {
	t.Helper()
	if u := usedIn(t, f); u.Runs != runs || u.Deliveries != deliveries {
		t.Fatalf("counted %d runs and %d deliveries, want %d and %d", u.Runs, u.Deliveries, runs, deliveries)
	}
}

func wantUsedRuns(t *testing.T, f *Fixture, want int) {
	t.Helper()
	n, err := f.UsedRuns(ctx, f.Workspace.ID, engine.MonthOf(time.Now()))
	noError(t, err)
	if n != want {
		t.Fatalf("%d runs are used, want %d", n, want)
	}
}

// limited stores a run that waits for the workspace's limit.
func limited(f *Fixture) engine.Run {
	r := f.NewRun()
	r.Status, r.EndReason = engine.Held, engine.HeldByLimit
	f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
	return r
}

func testUsage(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"each run is counted once, and before the count too", func(t *testing.T, f *Fixture) {
			for range 3 {
				f.Queued()
			}
			delivery, test := f.NewRun(), f.NewRun()
			delivery.Kind, delivery.WorkflowID, test.Mode = engine.KindDelivery, "", engine.ModeTest
			f.Do(func(tx engine.Tx) error { return errors.Join(tx.InsertRun(delivery), tx.InsertRun(test)) })
			wantUsedRuns(t, f, 3)
			for range 2 {
				noError(t, f.CountUsage(ctx, later()))
				wantUsed(t, f, 3, 1)
				wantUsedRuns(t, f, 3)
			}
			f.Queued()
			wantUsedRuns(t, f, 4)
			noError(t, f.CountUsage(ctx, later()))
			wantUsed(t, f, 4, 1)
		}},
		scenario{"what is not old enough is left for later", func(t *testing.T, f *Fixture) {
			f.Queued()
			noError(t, f.CountUsage(ctx, time.Now().Add(-time.Minute)))
			wantUsed(t, f, 0, 0)
			wantUsedRuns(t, f, 1)
		}},
		scenario{"a held run counts when it begins, counted over or not", func(t *testing.T, f *Fixture) {
			before, unseen := limited(f), limited(f)
			release := func(r engine.Run) {
				f.Do(func(tx engine.Tx) error {
					r.Status, r.EndReason = engine.Queued, ""
					return errors.Join(tx.SetRun(r), tx.CountReleased([]string{r.ID}))
				})
			}
			release(unseen) // nobody has counted yet
			wantUsedRuns(t, f, 1)
			noError(t, f.CountUsage(ctx, later()))
			wantUsed(t, f, 1, 0)
			release(before) // the count is past it
			wantUsed(t, f, 2, 0)
			noError(t, f.CountUsage(ctx, later()))
			wantUsed(t, f, 2, 0)
		}},
		scenario{"runs that wait for a limit are found, oldest first, and apart from paused ones", func(t *testing.T, f *Fixture) {
			one, two := limited(f), limited(f)
			paused := f.NewRun()
			paused.Status = engine.Held
			f.Do(func(tx engine.Tx) error { return tx.InsertRun(paused) })
			list, err := f.LimitedWorkspaces(ctx)
			noError(t, err)
			if !slices.Contains(list, f.Workspace.ID) {
				t.Errorf("%v lacks the workspace", list)
			}
			f.Do(func(tx engine.Tx) error {
				for max, want := range map[int][]string{1: {one.ID}, 9: {one.ID, two.ID}} {
					got, err := tx.LimitedRuns(max)
					if err != nil || !slices.Equal(idsOf(got), want) {
						t.Errorf("%d: %v %v", max, idsOf(got), err)
					}
				}
				got, err := tx.HeldRuns(f.Workflow.ID, 9)
				if err != nil || !slices.Equal(idsOf(got), []string{paused.ID}) {
					t.Errorf("a resume would take %v %v", idsOf(got), err)
				}
				return nil
			})
		}},
		scenario{"what a limit held at the end of a month begins in the next one, and counts there", func(t *testing.T, f *Fixture) {
			var held []string
			for _, at := range []time.Time{engine.MonthOf(time.Now()).Add(-time.Second), time.Now()} {
				r := f.NewRun()
				r.Status, r.EndReason, r.CreatedAt = engine.Held, engine.HeldByLimit, at
				f.Do(func(tx engine.Tx) error { return tx.InsertRun(r) })
				held = append(held, r.ID)
			}
			waiting := func() (runs []engine.Run) {
				f.Do(func(tx engine.Tx) (err error) {
					runs, err = tx.LimitedRuns(9)
					return err
				})
				return runs
			}
			if got := waiting(); len(got) != 0 {
				t.Errorf("%v begin before the last month is counted, or before the oldest", idsOf(got))
			}
			noError(t, f.CountUsage(ctx, later()))
			runs := waiting()
			if !slices.Equal(idsOf(runs), held) {
				t.Fatalf("%v begin, want %v", idsOf(runs), held)
			}
			f.Do(func(tx engine.Tx) error {
				runs[0].Status, runs[0].EndReason = engine.Queued, ""
				return errors.Join(tx.SetRun(runs[0]), tx.CountReleased(held[:1]))
			})
			noError(t, f.CountUsage(ctx, later()))
			wantUsed(t, f, 1, 0)
			wantUsedRuns(t, f, 1)
		}},
		scenario{"contacts and workflows over their limit are refused", func(t *testing.T, f *Fixture) {
			f.Workspace.Limits = map[string]int{engine.LimitContacts: 1, engine.LimitWorkflows: 1}
			noError(t, f.UpdateWorkspace(ctx, f.Workspace))
			add := func(email string) error {
				return f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
					return tx.InsertContact(&crm.Contact{Email: email})
				})
			}
			noError(t, add("one@example.com"))
			wantRefused(t, add("two@example.com"))
			wantRefused(t, f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				return tx.InsertWorkflow(&engine.Workflow{ID: engine.NewID("wf"), Name: "Second", Status: engine.WorkflowDraft, Draft: []byte("{}"), Stamp: 1})
			}))
			f.Workspace.Limits = nil
			noError(t, f.UpdateWorkspace(ctx, f.Workspace))
			noError(t, add("two@example.com"))
		}},
	)
}

func wantRefused(t *testing.T, err error) {
	t.Helper()
	var refused *crm.Rejected
	if !errors.As(err, &refused) || refused.Code != "limit" {
		t.Errorf("got %v, want a refusal by the limit", err)
	}
}

func idsOf(runs []engine.Run) []string {
	ids := make([]string, len(runs))
	for i, r := range runs {
		ids[i] = r.ID
	}
	return ids
}
