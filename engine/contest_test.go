package engine_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/nodes"
)

// TestTwoProcessesWithTheSameRunDoItOnce gives each of fifty runs to two engines
// at once, twice to each. Neither looks for runs by itself: on a slow machine one
// would rightly take those of the other.
func TestTwoProcessesWithTheSameRunDoItOnce(t *testing.T) {
	w := newWorld(t)
	w.offer("Course A")
	_, token := w.publish(mainJob)
	w.end()
	w.open()
	second := engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{}), HTTP: w.client, Registry: w.registry,
		Live: w.watch, Now: w.clock.Now, Exclusive: true,
	})
	const runs = 50
	for i := range runs {
		id := w.post(token, fmt.Sprintf(`{"email":"a%d@example.com","name":"A"}`, i)).RunIDs[0]
		given, err := w.store.Run(t.Context(), w.workspace.ID, id)
		if err != nil {
			t.Fatal(err)
		}
		h := given.Handle()
		var work sync.WaitGroup
		for range 2 {
			work.Go(func() { w.Work(t.Context(), h) })
			work.Go(func() { second.Work(t.Context(), h) })
		}
		work.Wait()
		if run := w.finished(id); run.Status != engine.Succeeded || run.Epoch != given.Epoch {
			t.Fatalf("run %s in epoch %d: %+v", run.Status, run.Epoch, run.Error)
		}
		for path, row := range w.steps(id) {
			if row.Execution != 1 || len(row.Attempts) > 1 {
				t.Errorf("step %s: execution %d, %d attempts", path, row.Execution, len(row.Attempts))
			}
		}
		access, err := w.store.ContactOffers(t.Context(), w.workspace.ID, w.contact(fmt.Sprintf("a%d@example.com", i)).ID)
		if err != nil || len(access) != 1 {
			t.Errorf("access %+v, %v", access, err)
		}
	}
	if n := len(w.sink.all()); n != runs {
		t.Errorf("%d requests left for %d runs", n, runs)
	}
}

// TestCancelBeforeAndBetweenTheWork cancels a run that nobody has taken yet and
// one that waits: neither does anything afterwards.
func TestCancelBeforeAndBetweenTheWork(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"pause","type":"flow.wait","v":1,"params":{"for":"1h"}},
  {"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
	waiting := w.settled(w.post(token, `{}`).RunIDs[0])
	w.end()
	w.open() // takes requests, and works on nothing before it is begun
	queued := w.post(token, `{}`).RunIDs[0]
	for id, before := range map[string]engine.Status{waiting.ID: engine.Waiting, queued: engine.Queued} {
		if run, err := w.store.Run(t.Context(), w.workspace.ID, id); err != nil || run.Status != before {
			t.Fatalf("the run is %s, %v, not %s", run.Status, err, before)
		}
		if err := w.Cancel(t.Context(), w.workspace.ID, id); err != nil {
			t.Fatalf("cancel while %s: %v", before, err)
		}
	}
	w.begin()
	w.clock.advance(2 * time.Hour)
	w.reconcile()
	for _, id := range []string{queued, waiting.ID} {
		run := w.finished(id)
		var state *engine.StateError
		if err := w.Cancel(t.Context(), w.workspace.ID, id); run.Status != engine.Canceled || !errors.As(err, &state) {
			t.Errorf("the run is %s; canceled again: %v", run.Status, err)
		}
	}
	if n := len(w.sink.all()); n != 0 {
		t.Errorf("%d requests left", n)
	}
}

// TestPoisonSparesTheNeighbours lets steps break in every way while others work.
func TestPoisonSparesTheNeighbours(t *testing.T) {
	deep := any("end")
	for range 1_000_000 {
		deep = []any{deep}
	}
	poison := nodes.Action[struct{}]{
		Meta: nodes.Meta{Type: "test.deep", Name: "Deep", Group: "Tests", Summary: "Breaks.", Sample: map[string]any{}},
		Run: func(_ context.Context, env *nodes.Env, _ struct{}) (any, error) {
			body, _ := env.Trigger["body"].(map[string]any)
			switch body["how"] {
			case "deep":
				return map[string]any{"deep": deep}, nil
			case "loop":
				self := map[string]any{}
				self["self"] = self
				return self, nil
			case "panic":
				panic(deep)
			}
			return map[string]any{}, nil
		},
	}
	w := newWorld(t, poison)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],"steps":[{"id":"x","type":"test.deep","v":1,"params":{}}]}`)
	hows := []string{"deep", "loop", "panic"}
	bad, good := map[string]string{}, []string{}
	for range 3 {
		for _, how := range hows {
			bad[w.post(token, `{"how":"`+how+`"}`).RunIDs[0]] = how
			good = append(good, w.post(token, `{}`).RunIDs[0])
		}
	}
	for id, how := range bad {
		if run := w.finished(id); run.Status != engine.Failed || run.Error.Message == "" || len(run.Error.Message) > 1000 {
			t.Errorf("%s: the run is %s: %+v", how, run.Status, run.Error)
		}
	}
	for _, id := range good {
		if run := w.finished(id); run.Status != engine.Succeeded {
			t.Errorf("a neighbour is %s: %+v", run.Status, run.Error)
		}
	}
}
