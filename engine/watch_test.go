package engine_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/schedule"
)

// service is somebody else's: it shows things and takes registrations.
type service struct {
	mu         sync.Mutex
	items      []nodes.Item
	more       bool
	fail       error
	asked      int
	cursors    []string
	registered map[string]string // address by id
	calls      []string
	lasts      time.Duration // of a registration; 0 for ever
}

func (s *service) set(change func(s *service)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(s)
}

type pollParams struct {
	List  string `json:"list" label:"List" no_map:"true"`
	Every int    `json:"every" label:"Minutes" default:"10" no_map:"true"`
}

type hookParams struct {
	Topic string `json:"topic" label:"Topic" no_map:"true"`
}

// meets judges what the service sends: only what carries the registration's secret.
type meets struct{ secret string }

func (m meets) Receive(_ context.Context, r nodes.RawRequest) nodes.Receipt {
	if m.secret == "" || r.Header.Get("X-Secret") != m.secret {
		return nodes.Receipt{Verdict: nodes.BadSignature}
	}
	return nodes.Receipt{Verdict: nodes.Accepted, Payload: map[string]any{"body": map[string]any{}}}
}

// triggers are a polling one and one that registers itself.
func (s *service) triggers() []nodes.Definition {
	meta := func(id string) nodes.Meta {
		return nodes.Meta{Type: id, Version: 1, Name: id, Group: "Test", Summary: "A trigger of a test."}
	}
	return []nodes.Definition{
		nodes.PollTrigger[pollParams]{
			Meta: meta("test.poll"), Every: func(p pollParams) time.Duration { return time.Duration(p.Every) * time.Minute },
			Watching: func(p pollParams) any { return p.List },
			Poll: func(_ context.Context, _ *nodes.Env, _ pollParams, cursor string) (nodes.Polled, error) {
				s.mu.Lock()
				defer s.mu.Unlock()
				s.asked++
				s.cursors = append(s.cursors, cursor)
				if s.fail != nil {
					return nodes.Polled{}, s.fail
				}
				return nodes.Polled{Items: append([]nodes.Item(nil), s.items...), Cursor: fmt.Sprintf("after %d", len(s.items)), More: s.more}, nil
			},
		},
		nodes.HTTPTrigger[hookParams]{
			Meta:     meta("test.hook"),
			OpenWith: func(_ hookParams, data map[string]string) (nodes.Receiver, error) { return meets{data["secret"]}, nil },
			Remote: &nodes.Remote[hookParams]{
				Enable: func(_ context.Context, env *nodes.RemoteEnv, p hookParams) (nodes.Registration, error) {
					s.mu.Lock()
					defer s.mu.Unlock()
					if s.fail != nil {
						return nodes.Registration{}, s.fail
					}
					id := fmt.Sprintf("%s-%d", p.Topic, len(s.calls))
					s.calls = append(s.calls, "enable "+p.Topic)
					s.registered[id] = env.Address
					made := nodes.Registration{Data: map[string]string{"id": id, "secret": "s3cret-" + id}}
					if s.lasts > 0 {
						made.Expires = env.Now.Add(s.lasts)
					}
					return made, nil
				},
				Disable: func(_ context.Context, env *nodes.RemoteEnv, p hookParams) error {
					s.mu.Lock()
					defer s.mu.Unlock()
					s.calls = append(s.calls, "disable "+p.Topic)
					delete(s.registered, env.Registered.Data["id"])
					return nil
				},
			},
		},
	}
}

// newWatchWorld is a world that knows its address, beside a service.
func newWatchWorld(t *testing.T) (*world, *service) {
	t.Helper()
	s := &service{registered: map[string]string{}}
	w := newWorld(t, s.triggers()...)
	w.end()
	w.open()
	w.AddressedBy(func(_, token string) string { return "https://hooks.example.com/hooks/" + token })
	w.begin()
	return w, s
}

const noSteps = `"steps":[{"id":"wait","type":"flow.wait","v":1,"params":{"for":"1h"}}]}`

func pollDocument(list string) string {
	return `{"schema":1,"triggers":[{"id":"new","type":"test.poll","v":1,"params":{"list":"` + list + `"}}],` + noSteps
}

func item(id string) nodes.Item {
	return nodes.Item{ID: id, Data: map[string]any{"order": map[string]any{"id": id}}}
}

// look has all watches settled and worked on, also by the world's own loop, and
// returns when the watch of a workflow stands as wanted.
func (w *world) look(workflow engine.Workflow, wanted func(engine.Watch) bool) engine.Watch {
	w.t.Helper()
	ctx, deadline := w.t.Context(), time.After(time.Minute)
	for {
		changed := w.watch.next()
		if err := errors.Join(w.SettleWatches(ctx), w.Tick(ctx), w.LookAround(ctx)); err != nil {
			w.t.Fatal(err)
		}
		watches, err := w.store.Watches(ctx, w.workspace.ID, workflow.ID)
		if err != nil {
			w.t.Fatal(err)
		}
		if i := slices.IndexFunc(watches, wanted); i >= 0 {
			return watches[i]
		}
		select {
		case <-changed:
		case <-deadline:
			w.t.Fatalf("the watches stand as %+v", watches)
		}
	}
}

// started returns the inputs of a workflow's runs, oldest first.
func (w *world) started(workflow engine.Workflow) []map[string]any {
	w.t.Helper()
	list, err := w.store.ListRuns(w.t.Context(), w.workspace.ID, engine.RunFilter{WorkflowID: workflow.ID}, engine.Page{Limit: 100})
	if err != nil {
		w.t.Fatal(err)
	}
	var inputs []map[string]any
	for i := len(list.Items) - 1; i >= 0; i-- {
		run, err := w.store.Run(w.t.Context(), w.workspace.ID, list.Items[i].ID)
		if err != nil {
			w.t.Fatal(err)
		}
		var in map[string]any
		if err := json.Unmarshal(run.Input, &in); err != nil {
			w.t.Fatal(err)
		}
		inputs = append(inputs, in)
	}
	return inputs
}

func asked(n int, s *service) func(engine.Watch) bool {
	return func(x engine.Watch) bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.asked >= n && x.DueAt.After(time.Time{}) && x.Failures == 0
	}
}

// TestScheduleMakesUpForTheLatestMissedTime stands still for two days.
func TestScheduleMakesUpForTheLatestMissedTime(t *testing.T) {
	w, _ := newWatchWorld(t)
	flow, _ := w.publish(`{"schema":1,"triggers":[{"id":"nine","type":"schedule.tick","v":1,"params":{"every":"day","time":"09:00","timezone":"Europe/Berlin"}}],` + noSteps)
	first := w.look(flow, func(x engine.Watch) bool { return !x.DueAt.IsZero() })
	if want := time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC); !first.DueAt.Equal(want) {
		t.Fatalf("due at %s", first.DueAt)
	}
	w.clock.advance(first.DueAt.Sub(w.clock.Now()) + 50*time.Hour)
	w.look(flow, func(x engine.Watch) bool { return x.DueAt.After(w.clock.Now()) })
	runs := w.started(flow)
	if len(runs) != 1 || runs[0]["scheduled_for"] != "2026-03-04T08:00:00Z" || runs[0]["local"].(map[string]any)["time"] != "09:00" {
		t.Fatalf("started %+v", runs)
	}
	if _, err := w.Pause(t.Context(), w.workspace.ID, flow.ID); err != nil {
		t.Fatal(err)
	}
	w.look(flow, func(x engine.Watch) bool { return !x.Active && x.DueAt.IsZero() })
	w.clock.advance(72 * time.Hour)
	if _, err := w.Resume(t.Context(), w.workspace.ID, flow.ID, engine.HeldRun); err != nil {
		t.Fatal(err)
	}
	w.look(flow, func(x engine.Watch) bool { return x.Active && x.DueAt.After(w.clock.Now()) })
	if runs := w.started(flow); len(runs) != 1 {
		t.Errorf("a paused schedule made up for %d times", len(runs)-1)
	}
}

// TestPollStartsOneRunForEachThing follows a list through its first look, things
// that come again, a crash between, failures, a pause and another list.
func TestPollStartsOneRunForEachThing(t *testing.T) {
	w, s := newWatchWorld(t)
	s.items = []nodes.Item{item("old")}
	flow, _ := w.publish(pollDocument("a"))
	w.look(flow, asked(1, s))
	if runs := w.started(flow); len(runs) != 0 {
		t.Fatalf("the first look started %d runs", len(runs))
	}
	s.set(func(s *service) { s.items = append(s.items, item("one"), item("two"), item("one")) })
	w.clock.advance(12 * time.Minute)
	w.look(flow, asked(2, s))
	w.clock.advance(12 * time.Minute)
	w.look(flow, asked(3, s))
	runs := w.started(flow)
	if len(runs) != 2 || runs[0]["order"].(map[string]any)["id"] != "one" || runs[0]["type"] != "test.poll" {
		t.Fatalf("started %+v", runs)
	}
	if s.cursors[0] != "" || s.cursors[2] != "after 4" {
		t.Errorf("cursors %q", s.cursors)
	}

	s.set(func(s *service) { s.fail = errors.New("the service is away") })
	w.clock.advance(12 * time.Minute)
	failed := w.look(flow, func(x engine.Watch) bool { return x.Failures > 0 })
	if failed.Error != "the service is away" || failed.FailingSince.IsZero() || !failed.DueAt.After(w.clock.Now()) {
		t.Errorf("after a failure: %+v", failed)
	}
	if _, err := w.Pause(t.Context(), w.workspace.ID, flow.ID); err != nil {
		t.Fatal(err)
	}
	w.look(flow, func(x engine.Watch) bool { return !x.Active })
	before := s.asked
	s.set(func(s *service) { s.fail, s.items = nil, append(s.items, item("three")) })
	w.clock.advance(24 * time.Hour)
	w.look(flow, func(x engine.Watch) bool { return x.DueAt.IsZero() })
	if s.asked != before {
		t.Error("a paused workflow asks")
	}
	if _, err := w.Resume(t.Context(), w.workspace.ID, flow.ID, engine.HeldRun); err != nil {
		t.Fatal(err)
	}
	w.look(flow, asked(before+1, s))
	if runs := w.started(flow); len(runs) != 3 || runs[2]["order"].(map[string]any)["id"] != "three" {
		t.Errorf("what came during the pause: %+v", runs)
	}

	if _, err := w.SaveDraft(t.Context(), w.workspace.ID, flow.ID, engine.AnyRevision, engine.Edit{Document: []byte(pollDocument("b"))}); err != nil {
		t.Fatal(err)
	}
	s.set(func(s *service) { s.items = []nodes.Item{item("of b")} })
	if _, err := w.Publish(t.Context(), w.workspace.ID, flow.ID, "usr_test", engine.HeldKeep); err != nil {
		t.Fatal(err)
	}
	w.look(flow, asked(before+2, s))
	if runs := w.started(flow); len(runs) != 3 {
		t.Errorf("another list flooded: %d runs", len(runs))
	}
}

// TestPollSurvivesACrash ends the process between what the service said and the
// commit: the cursor and the runs are stored together, or not at all.
func TestPollSurvivesACrash(t *testing.T) {
	w, s := newWatchWorld(t)
	flow, _ := w.publish(pollDocument("a"))
	w.look(flow, asked(1, s))
	s.set(func(s *service) { s.items = []nodes.Item{item("one"), item("two")} })
	w.end()
	lost := make(chan struct{})
	w.wrap = func(store engine.Store) engine.Store { return &losing{Store: store, lost: lost} }
	w.open()
	w.begin()
	w.clock.advance(12 * time.Minute)
	if err := errors.Join(w.SettleWatches(t.Context()), w.LookAround(t.Context())); err != nil {
		t.Fatal(err)
	}
	<-lost
	if runs := w.started(flow); len(runs) != 0 {
		t.Fatalf("half a commit: %+v", runs)
	}
	w.end()
	w.wrap = nil
	w.open()
	w.begin()
	// How often it was asked before the crash is not known: it tries again at once.
	w.look(flow, func(engine.Watch) bool { return len(w.started(flow)) > 0 })
	if runs := w.started(flow); len(runs) != 2 {
		t.Errorf("%d runs after the crash", len(runs))
	}
}

// losing is a database that goes away before it stores what a watch has led to.
type losing struct {
	engine.Store
	once sync.Once
	lost chan struct{}
}

func (l *losing) FinishWatch(context.Context, engine.WatchOutcome) ([]engine.Run, error) {
	l.once.Do(func() { close(l.lost) })
	return nil, engine.ErrUnavailable
}

// TestRegisteredAddress follows an address that a trigger registers by itself.
func TestRegisteredAddress(t *testing.T) {
	w, s := newWatchWorld(t)
	document := func(topic string) string {
		return `{"schema":1,"triggers":[{"id":"in","type":"test.hook","v":1,"params":{"topic":"` + topic + `"}}],` + noSteps
	}
	s.set(func(s *service) { s.fail = nodes.Permanent(errors.New("the key was refused")) })
	flow, token := w.publish(document("orders"))
	failed := w.look(flow, func(x engine.Watch) bool { return x.Failures == 1 })
	if failed.Error != "the key was refused" {
		t.Errorf("shown: %q", failed.Error)
	}
	s.set(func(s *service) { s.fail = nil })
	w.clock.advance(2 * time.Hour)
	w.look(flow, func(x engine.Watch) bool { return x.Failures == 0 && !x.DoneAt.IsZero() })
	post := func(secret string) nodes.Verdict {
		t.Helper()
		arrival := w.arrival(token, `{}`)
		arrival.Header = http.Header{"X-Secret": {secret}}
		answer, err := w.Ingest(t.Context(), arrival)
		if err != nil {
			t.Fatal(err)
		}
		return answer.Verdict
	}
	if len(s.registered) != 1 || s.registered["orders-0"] != "https://hooks.example.com/hooks/"+token {
		t.Fatalf("registered %v", s.registered)
	}
	if good, bad := post("s3cret-orders-0"), post("other"); good != nodes.Accepted || bad != nodes.BadSignature {
		t.Errorf("with the service's secret %s, with another %s", good, bad)
	}

	if _, err := w.SaveDraft(t.Context(), w.workspace.ID, flow.ID, engine.AnyRevision, engine.Edit{Document: []byte(document("refunds"))}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.Publish(t.Context(), w.workspace.ID, flow.ID, "usr_test", engine.HeldKeep); err != nil {
		t.Fatal(err)
	}
	calls := func(want ...string) func(engine.Watch) bool {
		return func(engine.Watch) bool {
			s.mu.Lock()
			defer s.mu.Unlock()
			return strings.Join(s.calls, ", ") == strings.Join(want, ", ")
		}
	}
	w.look(flow, calls("enable orders", "enable refunds", "disable orders"))
	if got := post("s3cret-refunds-1"); got != nodes.Accepted {
		t.Errorf("the new registration's secret: %s", got)
	}
	if err := w.Delete(t.Context(), w.workspace.ID, flow.ID); err != nil {
		t.Fatal(err)
	}
	w.look(flow, calls("enable orders", "enable refunds", "disable orders", "disable refunds"))
	w.look(flow, func(x engine.Watch) bool { return x.DueAt.IsZero() && !x.Active })
	if len(s.registered) != 0 {
		t.Errorf("left behind: %v", s.registered)
	}
}
