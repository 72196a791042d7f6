package storagetest

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

func testAccept(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a request and its run come back as they were given", func(t *testing.T, f *Fixture) {
			a := f.Acceptance()
			a.Request.Reason, a.Request.Notes = "because", []string{"one", "two"}
			a.Request.Fields = []nodes.FieldProblem{{Pointer: "/x", Code: "required", Message: "missing"}}
			a.Request.Query, a.Request.Test = "a=1&a=2", true
			a.Run.Cursor = []engine.Frame{{List: "steps", Step: "one", Index: -1}}
			a.Run.OrderingKey, a.Run.Priority, a.Run.UntilStep = "ada", 3, "last"
			accepted := f.Accept(a)
			if diff := cmp.Diff(engine.Accepted{RunIDs: []string{a.Run.ID}}, accepted); diff != "" {
				t.Fatal(diff)
			}
			r, err := f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
			noError(t, err)
			if diff := cmp.Diff(a.Request, r); diff != "" {
				t.Errorf("request: %s", diff)
			}
			if diff := cmp.Diff(*a.Run, run(t, f, a.Run.ID)); diff != "" {
				t.Errorf("run: %s", diff)
			}
		}},
		scenario{"large bodies and inputs are kept exactly", func(t *testing.T, f *Fixture) {
			for _, size := range []int{0, 1, 4096, 4097, 1 << 20} {
				a := f.Acceptance()
				a.Request.Body = bytes.Repeat([]byte{0, 0xff, 'x', '\n'}, size/4+1)[:size]
				a.Run.Input = append([]byte(`"`), append(bytes.Repeat([]byte("y"), size), '"')...)
				f.Accept(a)
				r, err := f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
				noError(t, err)
				if !bytes.Equal(r.Body, a.Request.Body) {
					t.Errorf("body of %d bytes came back as %d", size, len(r.Body))
				}
				if got := run(t, f, a.Run.ID).Input; !bytes.Equal(got, a.Run.Input) {
					t.Errorf("input of %d bytes came back as %d", len(a.Run.Input), len(got))
				}
			}
		}},
		scenario{"a body that stands in the input is put back there", func(t *testing.T, f *Fixture) {
			for _, size := range []int{20, 80, 4097, 1 << 20} {
				a := f.Acceptance()
				a.Request.Body = append([]byte(`{"é":"`), append(bytes.Repeat([]byte("z"), size), `"}`...)...)
				a.Run.Input = slices.Concat([]byte(`{"body":`), a.Request.Body, []byte(`,"text":"ü"}`))
				f.Accept(a)
				if got := run(t, f, a.Run.ID).Input; !bytes.Equal(got, a.Run.Input) {
					t.Errorf("input with a body of %d bytes came back as %.60s", len(a.Request.Body), got)
				}
				found, err := f.ListRuns(ctx, f.Workspace.ID, engine.RunFilter{Query: "zz\"},\"text"}, engine.Page{Limit: 1})
				noError(t, err)
				if len(found.Items) != 1 || found.Items[0].ID != a.Run.ID {
					t.Errorf("words on both sides of a body's end find %d runs", len(found.Items))
				}
			}
		}},
		scenario{"a body that was not read stays none", func(t *testing.T, f *Fixture) {
			a := f.Acceptance()
			a.Request.Body, a.Request.Verdict, a.Request.RunIDs, a.Run = nil, nodes.TooLarge, nil, nil
			f.Accept(a)
			r, err := f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
			noError(t, err)
			if r.Body != nil {
				t.Errorf("body is %q", r.Body)
			}
		}},
		scenario{"an old stamp writes nothing", func(t *testing.T, f *Fixture) {
			for _, key := range []string{"", "k"} {
				a := f.Acceptance()
				a.Stamp, a.DedupeKey, a.DedupeUntil = f.Workflow.Stamp-1, key, time.Now().Add(time.Hour)
				_, err := f.Store.Accept(ctx, a)
				wantIs(t, err, engine.ErrStale)
				_, err = f.Store.Request(ctx, f.Workspace.ID, a.Request.ID)
				wantIs(t, err, engine.ErrNotFound)
				_, err = f.Store.Run(ctx, f.Workspace.ID, a.Run.ID)
				wantIs(t, err, engine.ErrNotFound)
			}
			a := f.Acceptance()
			a.DedupeKey, a.DedupeUntil = "k", time.Now().Add(time.Hour)
			if got := f.Accept(a); got.DuplicateOf != "" {
				t.Error("a stale request kept its dedupe key")
			}
		}},
		scenario{"a run of another workspace is refused", func(t *testing.T, f *Fixture) {
			a := f.Acceptance()
			a.Run.Workspace = "ws_other"
			if _, err := f.Store.Accept(ctx, a); err == nil {
				t.Error("accepted")
			}
		}},
	)
}

func keyed(f *Fixture, key string) engine.Acceptance {
	a := f.Acceptance()
	a.DedupeKey, a.DedupeUntil = key, a.Request.ReceivedAt.Add(30*24*time.Hour)
	return a
}

func testDedupe(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"of a hundred at once one starts a run", testDedupeRace},
		scenario{"a repeat is told the first one's ids", func(t *testing.T, f *Fixture) {
			one, two := keyed(f, "evt_1"), keyed(f, "evt_1")
			f.Accept(one)
			got := f.Accept(two)
			want := engine.Accepted{DuplicateOf: one.Request.ID, RunIDs: []string{one.Run.ID}}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
			r, err := f.Store.Request(ctx, f.Workspace.ID, two.Request.ID)
			noError(t, err)
			if r.Verdict != nodes.Duplicate || r.DuplicateOf != one.Request.ID || r.RunIDs != nil || r.Status != 200 {
				t.Errorf("stored as %s of %q with runs %v and status %d", r.Verdict, r.DuplicateOf, r.RunIDs, r.Status)
			}
			_, err = f.Store.Run(ctx, f.Workspace.ID, two.Run.ID)
			wantIs(t, err, engine.ErrNotFound)
		}},
		scenario{"a key is free again when its time is over", func(t *testing.T, f *Fixture) {
			one := keyed(f, "k")
			f.Accept(one)
			late := keyed(f, "k")
			late.Request.ReceivedAt = one.DedupeUntil.Add(-time.Second)
			if got := f.Accept(late); got.DuplicateOf != one.Request.ID {
				t.Error("a repeat within the window was not recognised")
			}
			later := keyed(f, "k")
			later.Request.ReceivedAt = one.DedupeUntil
			if got := f.Accept(later); got.DuplicateOf != "" {
				t.Error("the key was still taken after its window")
			}
		}},
		scenario{"triggers and workspaces do not share keys", func(t *testing.T, f *Fixture) {
			f.Accept(keyed(f, "k"))
			other := keyed(f, "k")
			other.Request.TriggerID = "second"
			if got := f.Accept(other); got.DuplicateOf != "" {
				t.Error("another trigger's key was taken")
			}
			g := NewFixture(t, f.Store, "dedupe-other")
			if got := g.Accept(keyed(g, "k")); got.DuplicateOf != "" {
				t.Error("another workspace's key was taken")
			}
		}},
		scenario{"refused requests claim no key", func(t *testing.T, f *Fixture) {
			for _, v := range []nodes.Verdict{nodes.BadSignature, nodes.Invalid, nodes.Handshake} {
				a := keyed(f, "k")
				a.Request.Verdict, a.Request.RunIDs, a.Run = v, nil, nil
				f.Accept(a)
			}
			held := keyed(f, "k")
			held.Request.Verdict, held.Request.RunIDs, held.Run = nodes.Held, nil, nil
			if got := f.Accept(held); got.DuplicateOf != "" {
				t.Error("a refused request claimed the key")
			}
			if got := f.Accept(keyed(f, "k")); got.DuplicateOf != held.Request.ID {
				t.Error("a held request did not claim the key")
			}
		}},
		scenario{"keys of any length and content", func(t *testing.T, f *Fixture) {
			for _, key := range []string{string(bytes.Repeat([]byte("k"), 1<<16)), "a\x00b", "\xff\xfe", "ключ"} {
				one := keyed(f, key)
				f.Accept(one)
				if got := f.Accept(keyed(f, key)); got.DuplicateOf != one.Request.ID {
					t.Errorf("key of %d bytes not recognised", len(key))
				}
			}
		}},
	)
}

// testDedupeRace sends the same key from many callers at once, again and again.
func testDedupeRace(t *testing.T, f *Fixture) {
	const rounds, callers = 100, 20
	for round := range rounds {
		var wait sync.WaitGroup
		answers := make([]engine.Accepted, callers)
		failed := make([]error, callers)
		given := make([]engine.Acceptance, callers)
		for i := range callers {
			given[i] = keyed(f, fmt.Sprintf("round %d", round))
			wait.Go(func() { answers[i], failed[i] = f.Store.Accept(ctx, given[i]) })
		}
		wait.Wait()
		noError(t, errors.Join(failed...))
		owner := ""
		for i, a := range answers {
			if a.DuplicateOf == "" {
				if owner != "" {
					t.Fatalf("round %d: two requests were taken for the first", round)
				}
				owner = given[i].Request.ID
			}
		}
		runs := 0
		for i, a := range answers {
			if a.DuplicateOf != "" && a.DuplicateOf != owner {
				t.Fatalf("round %d: duplicate of %s, the first is %s", round, a.DuplicateOf, owner)
			}
			if _, err := f.Store.Run(ctx, f.Workspace.ID, given[i].Run.ID); err == nil {
				runs++
			}
		}
		if runs != 1 || owner == "" {
			t.Fatalf("round %d: %d runs, first %q", round, runs, owner)
		}
	}
}

func testAcceptWithProgress(t *testing.T, open func(t testing.TB) *storage.Store) {
	begun := func(a engine.Acceptance, to engine.RunState, steps ...engine.StepResult) engine.Acceptance {
		p := claim(*a.Run, "me", steps...)
		p.To = to
		a.First = &p
		return a
	}
	sending := func() engine.StepResult {
		s := step("send", 1)
		s.Status, s.Params, s.Output, s.FinishedAt = engine.StepRunning, []byte(`{"url":"https://example.com"}`), nil, time.Time{}
		return s
	}
	ways := map[string]func(f *Fixture, a engine.Acceptance) (engine.Accepted, error){
		"alone": func(f *Fixture, a engine.Acceptance) (engine.Accepted, error) { return f.Store.Accept(ctx, a) },
		"in a transaction": func(f *Fixture, a engine.Acceptance) (accepted engine.Accepted, err error) {
			err = f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
				accepted, err = tx.Accept(a)
				return err
			})
			return accepted, err
		},
	}
	var scenarios []scenario
	for way, accept := range ways {
		scenarios = append(scenarios,
			scenario{"a run is stored with what it has done, " + way, func(t *testing.T, f *Fixture) {
				started := now()
				cursor := []engine.Frame{{List: "steps", Step: "send", Index: -1}}
				large := step("map", 2)
				large.Output = bytes.Repeat([]byte("1"), 10_000)
				a := begun(f.Acceptance(), engine.RunState{Status: engine.Running, DueAt: started, StartedAt: started, Cursor: cursor}, sending(), large)
				accepted, err := accept(f, a)
				noError(t, err)
				if diff := cmp.Diff(engine.Accepted{RunIDs: []string{a.Run.ID}}, accepted); diff != "" {
					t.Error(diff)
				}
				want := *a.Run
				want.Status, want.Owner, want.DueAt, want.StartedAt, want.Cursor = engine.Running, "me", started, started, cursor
				if diff := cmp.Diff(want, run(t, f, a.Run.ID)); diff != "" {
					t.Errorf("run: %s", diff)
				}
				rows, err := f.Store.Steps(ctx, f.Workspace.ID, a.Run.ID)
				noError(t, err)
				if diff := cmp.Diff(a.First.Steps, rows, ignoreUnexported); diff != "" {
					t.Errorf("steps: %s", diff)
				}
				// The claim counts: its owner goes on, and nobody else can take it.
				wantIs(t, f.Save(ctx, f.Workspace.ID, claim(*a.Run, "somebody")), engine.ErrLost)
				done := sending()
				done.Begun, done.Status, done.Output, done.FinishedAt = true, engine.StepSucceeded, []byte(`{}`), now()
				noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{
					Run: a.Run.ID, Epoch: a.Run.Epoch, Steps: []engine.StepResult{done}, To: engine.RunState{Status: engine.Succeeded, EndReason: engine.EndReached, FinishedAt: now()},
				}))
			}},
			scenario{"a repeat stores nothing of what its run has done, " + way, func(t *testing.T, f *Fixture) {
				first := f.Accept(keyed(f, "k"))
				a := begun(keyed(f, "k"), engine.RunState{Status: engine.Running, StartedAt: now()}, sending())
				accepted, err := accept(f, a)
				noError(t, err)
				if accepted.DuplicateOf == "" || accepted.RunIDs[0] != first.RunIDs[0] {
					t.Errorf("accepted %+v", accepted)
				}
				_, err = f.Store.Run(ctx, f.Workspace.ID, a.Run.ID)
				wantIs(t, err, engine.ErrNotFound)
				rows, err := f.Store.Steps(ctx, f.Workspace.ID, a.Run.ID)
				noError(t, err)
				if len(rows) != 0 {
					t.Errorf("%d rows of no run", len(rows))
				}
			}},
			scenario{"a request that was judged by an old version stores nothing, " + way, func(t *testing.T, f *Fixture) {
				a := begun(f.Acceptance(), engine.RunState{Status: engine.Running, StartedAt: now()}, sending())
				a.Stamp++
				_, err := accept(f, a)
				wantIs(t, err, engine.ErrStale)
				_, err = f.Store.Run(ctx, f.Workspace.ID, a.Run.ID)
				wantIs(t, err, engine.ErrNotFound)
			}},
			scenario{"progress of another run, without a claim or out of nowhere is refused, " + way, func(t *testing.T, f *Fixture) {
				for name, spoil := range map[string]func(a *engine.Acceptance){
					"another run":  func(a *engine.Acceptance) { a.First.Run = engine.NewID("run") },
					"no claim":     func(a *engine.Acceptance) { a.First.Claim = "" },
					"no run":       func(a *engine.Acceptance) { a.Run = nil },
					"wrong status": func(a *engine.Acceptance) { a.First.To.Status = engine.Held },
				} {
					a := begun(f.Acceptance(), engine.RunState{Status: engine.Running, StartedAt: now()})
					spoil(&a)
					if _, err := accept(f, a); err == nil {
						t.Errorf("%s: accepted", name)
					}
				}
			}})
	}
	play(t, open, scenarios...)
}
