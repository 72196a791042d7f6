package storagetest

import (
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// hook stores an active hook of tag.added.
func (f *Fixture) hook() engine.Hook {
	f.T.Helper()
	h := engine.Hook{
		ID: engine.NewID("hk"), Event: crm.TagAdded, URL: "https://example.com/hook", Format: engine.FormatStandard, Status: engine.HookActive,
	}
	f.Do(func(tx engine.Tx) (err error) {
		if h.SecretID, err = tx.PutSecret(h.ID, secret.NewSigning()); err != nil {
			return err
		}
		return tx.InsertHook(&h)
	})
	return h
}

// delivery is a run to a hook that is not stored.
func (f *Fixture) delivery(h engine.Hook, event string) engine.Run {
	r := f.NewRun()
	r.Kind, r.WorkflowID, r.Version, r.Trigger, r.EventID, r.Definition = engine.KindDelivery, "", 0, h.ID, event, "deliver"
	return r
}

var deliver = engine.Definition{Hash: "deliver", Document: []byte(`{"schema":1,"steps":[]}`)}

func (f *Fixture) hooked(h engine.Hook) engine.Hook {
	f.T.Helper()
	h, err := f.Store.Hook(ctx, f.Workspace.ID, h.ID)
	if err != nil {
		f.T.Fatal(err)
	}
	return h
}

func (f *Fixture) status(h engine.Hook, status engine.HookStatus) {
	f.T.Helper()
	f.Do(func(tx engine.Tx) error {
		h, err := tx.Hook(h.ID)
		if err != nil {
			return err
		}
		h.Status, h.Reason = status, "test"
		return tx.UpdateHook(&h)
	})
}

func testHooks(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"a delivery is stored once by event and hook, however many consumers race", func(t *testing.T, f *Fixture) {
			h, second := f.hook(), f.hook()
			var wait sync.WaitGroup
			var mu sync.Mutex
			inserted := 0
			for range 4 {
				runs := []engine.Run{f.delivery(h, "evt_1"), f.delivery(second, "evt_1")}
				wait.Go(func() {
					stored, err := f.InsertDeliveries(ctx, f.Workspace.ID, deliver, runs)
					if err != nil {
						t.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					inserted += len(stored)
				})
			}
			wait.Wait()
			if inserted != 2 {
				t.Errorf("%d deliveries", inserted)
			}
			list, err := f.ListRuns(ctx, f.Workspace.ID, engine.RunFilter{Kind: engine.KindDelivery, HookID: h.ID}, engine.Page{})
			noError(t, err)
			all, err := f.ListRuns(ctx, f.Workspace.ID, engine.RunFilter{Kind: engine.KindDelivery}, engine.Page{})
			noError(t, err)
			if len(list.Items) != 1 || len(all.Items) != 2 || list.Items[0].Trigger != h.ID {
				t.Errorf("listed %d and %d", len(list.Items), len(all.Items))
			}
		}},
		scenario{"paused hooks hold, disabled and deleted ones get nothing", func(t *testing.T, f *Fixture) {
			paused, disabled, deleted := f.hook(), f.hook(), f.hook()
			f.status(paused, engine.HookPaused)
			f.status(disabled, engine.HookDisabled)
			f.Do(func(tx engine.Tx) error { return tx.DeleteHook(deleted.ID) })
			_, err := f.Store.Hook(ctx, f.Workspace.ID, deleted.ID)
			wantIs(t, err, engine.ErrNotFound)
			listening, err := f.HooksFor(ctx, f.Workspace.ID, crm.TagAdded)
			noError(t, err)
			if len(listening) != 1 || listening[0].ID != paused.ID {
				t.Errorf("%d listen", len(listening))
			}
			stored, err := f.InsertDeliveries(ctx, f.Workspace.ID, deliver, []engine.Run{f.delivery(paused, "evt_2"), f.delivery(disabled, "evt_2"), f.delivery(deleted, "evt_2")})
			noError(t, err)
			if len(stored) != 1 || stored[0].Status != engine.Held {
				t.Fatalf("%d stored", len(stored))
			}
			for max, want := range map[int]int{10: 1, 0: 0} {
				n, err := f.CountKept(ctx, f.Workspace.ID, paused.ID, max)
				noError(t, err)
				if n != want {
					t.Errorf("%d kept, of %d at most", n, max)
				}
			}
			f.Do(func(tx engine.Tx) error {
				kept, err := tx.KeptDeliveries(paused.ID, 10)
				if len(kept) != 1 || kept[0].ID != stored[0].ID {
					t.Errorf("%d kept", len(kept))
				}
				return err
			})
			handles, err := f.ResumeDeliveries(ctx, f.Workspace.ID, paused.ID, 10)
			noError(t, err)
			if len(handles) != 1 || run(t, f, handles[0].Run).Status != engine.Queued {
				t.Errorf("resumed %d", len(handles))
			}
		}},
		scenario{"outcomes are stored with the progress of their delivery", func(t *testing.T, f *Fixture) {
			h := f.hook()
			stored, err := f.InsertDeliveries(ctx, f.Workspace.ID, deliver, []engine.Run{f.delivery(h, "evt_3")})
			noError(t, err)
			at := time.Now().UTC().Truncate(time.Microsecond)
			save := func(o engine.HookOutcome) {
				t.Helper()
				o.Hook = h.ID
				noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{
					Run: stored[0].ID, Epoch: 1, Claim: "owner", To: engine.RunState{Status: engine.Running, StartedAt: at, DueAt: at}, Hook: &o,
				}))
			}
			save(engine.HookOutcome{At: at, Status: 503, Error: "busy", NextTry: at.Add(time.Minute), PauseBefore: at.Add(-time.Hour)})
			if h := f.hooked(h); !h.FailingSince.Equal(at) || h.LastStatus != 503 || h.LastError != "busy" || !h.NextTryAt.Equal(at.Add(time.Minute)) || h.Failures != 1 || h.Status != engine.HookActive {
				t.Errorf("after a failure: %+v", h)
			}
			save(engine.HookOutcome{At: at.Add(2 * time.Hour), Status: 503, PauseBefore: at.Add(time.Hour)})
			if h := f.hooked(h); !h.FailingSince.Equal(at) || h.Status != engine.HookPaused || h.Failures != 2 || h.Reason == "" {
				t.Errorf("after too many: %+v", h)
			}
			save(engine.HookOutcome{At: at.Add(3 * time.Hour), OK: true, Status: 200})
			if h := f.hooked(h); !h.FailingSince.IsZero() || h.Failures != 0 || h.LastStatus != 200 || h.LastError != "" || !h.LastSuccessAt.Equal(at.Add(3*time.Hour)) {
				t.Errorf("after a success: %+v", h)
			}
			save(engine.HookOutcome{At: at.Add(4 * time.Hour), Status: 410, Gone: "gone"})
			if h := f.hooked(h); h.Status != engine.HookDisabled || h.Reason != "gone" {
				t.Errorf("after 410: %+v", h)
			}
			// A lost lease writes nothing of it.
			wantIs(t, f.Save(ctx, f.Workspace.ID, engine.Progress{
				Run: stored[0].ID, Epoch: 7, To: engine.RunState{Status: engine.Running}, Hook: &engine.HookOutcome{Hook: h.ID, At: at, OK: true, Status: 299},
				Events: []crm.Event{{Type: engine.RunSucceeded, Data: map[string]any{}, OccurredAt: at}},
			}), engine.ErrLost)
			if h := f.hooked(h); h.LastStatus == 299 {
				t.Error("a worker that lost its run changed the hook")
			}
		}},
		scenario{"events ride in the commit of a run", func(t *testing.T, f *Fixture) {
			r := f.Queued()
			at := time.Now().UTC().Truncate(time.Microsecond)
			noError(t, f.Save(ctx, f.Workspace.ID, engine.Progress{
				Run: r.ID, Epoch: 1, Claim: "owner", To: engine.RunState{Status: engine.Succeeded, StartedAt: at, FinishedAt: at},
				Events: []crm.Event{{Type: engine.RunSucceeded, Data: map[string]any{"run": map[string]any{"id": r.ID}}, CauseRun: r.ID, Depth: 1, OccurredAt: at}},
			}))
			found := 0
			for _, e := range pending(t, f) {
				if e.CauseRun == r.ID && e.Type == engine.RunSucceeded && e.Workspace == f.Workspace.ID {
					found++
				}
			}
			if found != 1 {
				t.Errorf("%d events", found)
			}
		}},
		scenario{"an event is marked until its deliveries are stored", func(t *testing.T, f *Fixture) {
			emit(f, nil)
			var event engine.PendingEvent
			for _, e := range pending(t, f) {
				if e.Workspace == f.Workspace.ID {
					event = e
				}
			}
			marked := func() int {
				t.Helper()
				n := 0
				list, err := f.EventsToDeliver(ctx, 100)
				noError(t, err)
				for _, e := range list {
					if e.ID == event.ID && e.Data["tag"] != nil {
						n++
					}
				}
				return n
			}
			if marked() != 0 {
				t.Error("marked by itself")
			}
			for range 2 {
				noError(t, f.MarkDelivery(ctx, f.Workspace.ID, event.ID))
			}
			noError(t, f.DropEvents(ctx, []engine.PendingEvent{event}))
			if marked() != 1 {
				t.Error("the mark is gone once the event is consumed")
			}
			noError(t, f.MarkDelivery(ctx, "ws_other", event.ID))
			noError(t, f.Delivered(ctx, f.Workspace.ID, event.ID))
			if marked() != 0 {
				t.Error("still marked")
			}
		}},
		scenario{"one hook a place, found by number, page and place", func(t *testing.T, f *Fixture) {
			put := func() error {
				return f.Store.Do(ctx, f.Workspace.ID, func(tx engine.Tx) error {
					return tx.InsertHook(&engine.Hook{ID: engine.NewID("hk"), Event: crm.PurchaseCreated, URL: "https://example.com", Format: engine.FormatKajabi, Status: engine.HookActive, Place: "offer:off_1"})
				})
			}
			noError(t, put())
			if put() == nil {
				t.Error("a second hook stands in the same place")
			}
			at, err := f.HookPlaces(ctx, f.Workspace.ID, "offer:")
			noError(t, err)
			h, err := f.HookByNumber(ctx, f.Workspace.ID, at["offer:off_1"].Number)
			noError(t, err)
			if h.ID != at["offer:off_1"].ID {
				t.Error("found another by its number")
			}
			for range 2 {
				f.hook()
			}
			hooks, total, err := f.PageHooks(ctx, f.Workspace.ID, engine.HookFilter{}, 2, 2)
			noError(t, err)
			if total != 3 || len(hooks) != 1 {
				t.Errorf("%d of %d", len(hooks), total)
			}
		}},
		scenario{"tokens end with their time and their pair", func(t *testing.T, f *Fixture) {
			u, m := user("tokens@example.com")
			noError(t, f.CreateUser(ctx, u, m))
			key, _, err := account.NewAPIKey(account.APIKey{ID: engine.NewID("key"), Name: "app", Scopes: account.Scopes{account.All}, CreatedBy: u.ID, WorkspaceID: f.Workspace.ID}, now())
			noError(t, err)
			noError(t, f.CreateAPIKey(ctx, key))
			now := now()
			hash := secret.HashToken(secret.NewToken())
			noError(t, f.PutKeyTokens(ctx, []account.KeyToken{{Hash: hash, KeyID: key.ID, Kind: account.TokenAccess, Pair: "tok_1", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}}))
			token, keyHash, err := f.KeyToken(ctx, hash, now)
			noError(t, err)
			if token.KeyID != key.ID || string(keyHash) != string(key.Hash) || token.Pair != "tok_1" {
				t.Errorf("%+v", token)
			}
			_, _, err = f.KeyToken(ctx, hash, now.Add(time.Hour))
			wantIs(t, err, engine.ErrNotFound)
			noError(t, f.DropKeyTokens(ctx, "tok_1"))
			_, _, err = f.KeyToken(ctx, hash, now)
			wantIs(t, err, engine.ErrNotFound)
		}},
	)
}
