package engine_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/nodes"
)

// faulty is a real store that loses the answer of one call: before the work is
// done, or after it.
type faulty struct {
	engine.Store
	mu sync.Mutex
	// calls counts writes; the one that brings it to at is lost.
	calls, at int
	after     bool
}

func (f *faulty) lose(work func() error) error {
	f.mu.Lock()
	f.calls++
	lost := f.calls == f.at
	f.mu.Unlock()
	if lost && !f.after {
		return fmt.Errorf("cut off: %w", engine.ErrUnavailable)
	}
	err := work()
	if lost && err == nil {
		return fmt.Errorf("answer lost: %w", engine.ErrUnavailable)
	}
	return err
}

func (f *faulty) Accept(ctx context.Context, a engine.Acceptance) (accepted engine.Accepted, err error) {
	err = f.lose(func() error {
		accepted, err = f.Store.Accept(ctx, a)
		return err
	})
	return accepted, err
}

func (f *faulty) Save(ctx context.Context, workspace string, p engine.Progress) error {
	return f.lose(func() error { return f.Store.Save(ctx, workspace, p) })
}

func (f *faulty) Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error {
	return f.lose(func() error { return f.Store.Do(ctx, workspace, fn) })
}

func (f *faulty) Consume(ctx context.Context, workspace, event string, runs []engine.Run, ended ...crm.Event) (ids []string, err error) {
	err = f.lose(func() error {
		ids, err = f.Store.Consume(ctx, workspace, event, runs, ended...)
		return err
	})
	return ids, err
}

// TestEveryWriteMayFailOnce loses each write of the main job in turn, both ways.
// The sender repeats what was not acknowledged, as senders do.
func TestEveryWriteMayFailOnce(t *testing.T) {
	for _, after := range []bool{false, true} {
		for at := 1; ; at++ {
			store := &faulty{at: at, after: after}
			reached := mainJobOn(t, store, fmt.Sprintf("write %d, after=%t", at, after))
			if !reached {
				break
			}
			if at > 30 {
				t.Fatal("the main job takes more than 30 writes")
			}
		}
	}
}

// mainJobOn runs the main job with an event workflow behind it, checks that
// everything happened once, and reports whether the fault was reached.
func mainJobOn(t *testing.T, f *faulty, what string) bool {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	w.publish(`{"schema":1,"triggers":[{"id":"granted","type":"offer.granted","v":1,"params":{}}],
 "steps":[{"id":"mark","type":"contact.add_tag","v":1,"params":{"tags":["student"]}}]}`)
	w.restartOn(func(s engine.Store) engine.Store {
		f.Store = s
		return f
	})
	var answer engine.Answer
	for tries := 0; ; tries++ {
		var err error
		answer, err = w.Ingest(t.Context(), w.arrival(token, `{"id":"evt_1","email":"a@example.com","name":"A","order":1}`))
		if err == nil {
			break
		}
		if !errors.Is(err, engine.ErrUnavailable) || tries > 3 {
			t.Fatalf("%s: ingest: %v", what, err)
		}
	}
	w.patiently(func() bool {
		run, err := w.store.Run(t.Context(), w.workspace.ID, answer.RunIDs[0])
		return err == nil && run.Status.Finished()
	})
	run := w.finished(answer.RunIDs[0])
	if run.Status != engine.Succeeded {
		t.Fatalf("%s: run is %s: %+v", what, run.Status, run.Error)
	}
	w.patiently(func() bool { return len(w.contact("a@example.com").Tags) == 1 })
	buyer := w.contact("a@example.com")
	access, err := w.store.ContactOffers(t.Context(), w.workspace.ID, buyer.ID)
	if err != nil || len(access) != 1 {
		t.Errorf("%s: access %+v, %v", what, access, err)
	}
	keys := map[string]bool{}
	for _, sent := range w.sink.all() {
		keys[sent.Header.Get("Idempotency-Key")+sent.Body] = true
	}
	if len(keys) != 1 {
		t.Errorf("%s: sent with keys %v", what, keys)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls >= f.at
}

// patiently waits like eventually. While nothing changes it lets time pass, so
// that runs whose ring was lost are rung again.
func (w *world) patiently(ok func() bool) {
	w.t.Helper()
	for range 60 {
		changed := w.watch.next()
		if ok() {
			return
		}
		select {
		case <-changed:
		case <-time.After(300 * time.Millisecond):
			w.clock.advance(6 * time.Second)
			w.reconcile()
		}
	}
	w.t.Fatal("it did not happen")
}

// restartOn ends the engine and starts another one on the same database, its
// store wrapped.
func (w *world) restartOn(wrap func(engine.Store) engine.Store) {
	w.t.Helper()
	w.end()
	w.wrap = wrap
	w.open()
	w.begin()
}

// TestWorkerThatStoodStillWritesNothing lets a second process take a run over
// while the first one is inside a call, and then lets the first one go on.
func TestWorkerThatStoodStillWritesNothing(t *testing.T) {
	entered, release := make(chan struct{}, 2), make(chan struct{})
	var mu sync.Mutex
	var keys []string
	slow := nodes.Action[struct{}]{
		Meta:       nodes.Meta{Type: "test.slow", Name: "Slow", Group: "Tests", Summary: "Waits.", Sample: map[string]any{}},
		Repeatable: true,
		Run: func(_ context.Context, env *nodes.Env, _ struct{}) (any, error) {
			mu.Lock()
			keys = append(keys, env.IdempotencyKey)
			first := len(keys) == 1
			mu.Unlock()
			entered <- struct{}{}
			if first {
				<-release
			}
			return map[string]any{"first": first}, nil
		},
	}
	w := newWorld(t, slow)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"call","type":"test.slow","v":1,"params":{}},{"id":"after","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
	w.shared = true
	w.restartOn(nil)
	runID := w.post(token, `{}`).RunIDs[0]
	<-entered
	second := engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: w.client, Registry: w.registry,
		Live: w.watch, Now: w.clock.Now,
	})
	if err := second.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		_ = second.Stop(ctx)
	}()
	// What the second one does once the first one's heartbeat is old.
	taken, err := w.store.TakeOver(t.Context(), second.Owner(), 0, true, 10)
	if err != nil || len(taken) != 1 {
		t.Fatalf("taken over %v, %v", taken, err)
	}
	second.Work(t.Context(), taken[0])
	run := w.finished(runID)
	close(release)
	if run.Status != engine.Succeeded || run.Owner != second.Owner() {
		t.Fatalf("run %s of %s: %+v", run.Status, run.Owner, run.Error)
	}
	row := w.steps(runID)["call"]
	if string(row.Output) != `{"first":false}` || len(row.Attempts) != 2 {
		t.Errorf("row %+v", row)
	}
	mu.Lock()
	defer mu.Unlock()
	if len(keys) != 2 || keys[0] != keys[1] {
		t.Errorf("keys %v", keys)
	}
	if n := len(w.sink.all()); n != 1 {
		t.Errorf("the step after it was done %d times", n)
	}
}

// TestRunsEndOnTheirOwnVersion publishes and deletes while a run waits.
func TestRunsEndOnTheirOwnVersion(t *testing.T) {
	w := newWorld(t)
	document := `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"pause","type":"flow.wait","v":1,"params":{"for":"1h"}},
  {"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"json","body":{"version":1}}}]}`
	wf, token := w.publish(document)
	first, second := w.post(token, `{}`).RunIDs[0], w.post(token, `{"n":2}`).RunIDs[0]
	w.settled(first)
	w.settled(second)
	if _, err := w.SaveDraft(t.Context(), w.workspace.ID, wf.ID, engine.AnyRevision, engine.Edit{Document: w.document(strings.Replace(document, `{"version":1}`, `{"version":2}`, 1))}); err != nil {
		t.Fatal(problemsOf(err))
	}
	if _, err := w.Publish(t.Context(), w.workspace.ID, wf.ID, "", ""); err != nil {
		t.Fatal(problemsOf(err))
	}
	if err := w.Delete(t.Context(), w.workspace.ID, wf.ID); err != nil {
		t.Fatal(err)
	}
	w.clock.advance(61 * time.Minute)
	w.reconcile()
	for _, id := range []string{first, second} {
		if run := w.until(id, func(r engine.Run) bool { return r.Status.Finished() }); run.Status != engine.Succeeded || run.Version != 1 {
			t.Errorf("run %s on version %d: %+v", run.Status, run.Version, run.Error)
		}
	}
	for _, sent := range w.sink.all() {
		if sent.Body != `{"version":1}` {
			t.Errorf("sent %s", sent.Body)
		}
	}
}

// TestManyWaitsEndOnceAndNotEarly lets a thousand runs wait and ends them at
// once.
func TestManyWaitsEndOnceAndNotEarly(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"pause","type":"flow.wait","v":1,"params":{"for":"1h"}},
  {"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
	const many = 1000
	runs := make([]string, many)
	for i := range runs {
		runs[i] = w.post(token, `{}`).RunIDs[0]
	}
	for _, id := range runs {
		w.settled(id)
	}
	w.clock.advance(59 * time.Minute)
	w.reconcile()
	if n := len(w.sink.all()); n != 0 {
		t.Fatalf("%d runs went on early", n)
	}
	w.clock.advance(2 * time.Minute)
	w.reconcile()
	for _, id := range runs {
		w.finished(id)
	}
	if n := len(w.sink.all()); n != many {
		t.Errorf("%d requests left for %d runs", n, many)
	}
}

// TestLoopResultsSurviveARestart ends the process in the middle of a loop: what
// the items brought before is the same as without.
func TestLoopResultsSurviveARestart(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[
  {"id":"each","type":"flow.loop","v":1,"params":{"items":[{"n":1},{"n":0},{"n":2},{"n":3}]},"steps":[
    {"id":"keep","type":"flow.filter","v":1,"params":{"when":"{{ loop.item.n > 0 }}"}},
    {"id":"item","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/item","body_type":"json","body":{"n":"{{ loop.item.n }}"}}},
    {"id":"pause","type":"flow.branch","v":1,"params":{},"branches":[
      {"id":"second","when":"{{ loop.item.n == 2 }}","steps":[{"id":"wait","type":"flow.wait","v":1,"params":{"for":"1h"}}]},
      {"id":"other","steps":[]}]},
    {"id":"last","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/last","body_type":"json","body":{"n":"{{ loop.item.n }}"}}}]},
  {"id":"sum","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK/sum","body_type":"json",
    "body":{"count":"{{ len(steps.each.results) }}","kept":"{{ map(steps.each.results, # != nil) }}"}}}]}`)
	runID := w.post(token, `{}`).RunIDs[0]
	if run := w.settled(runID); run.Status != engine.Waiting {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	w.end()
	w.open()
	w.begin()
	w.clock.advance(2 * time.Hour)
	w.reconcile()
	if run := w.finished(runID); run.Status != engine.Succeeded {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	sent := w.sink.all()
	if got := sent[len(sent)-1].Body; got != `{"count":4,"kept":[true,false,true,true]}` {
		t.Errorf("results %s", got)
	}
}
