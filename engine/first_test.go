package engine_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// counting is a real store that counts its commits.
type counting struct {
	engine.Store
	mu      sync.Mutex
	commits []string
}

func (c *counting) note(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.commits = append(c.commits, what)
}

func (c *counting) Accept(ctx context.Context, a engine.Acceptance) (engine.Accepted, error) {
	if a.First == nil {
		c.note("accept")
	} else {
		c.note("both")
	}
	return c.Store.Accept(ctx, a)
}

func (c *counting) Save(ctx context.Context, workspace string, p engine.Progress) error {
	c.note("save")
	return c.Store.Save(ctx, workspace, p)
}

func (c *counting) Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error {
	c.note("do")
	return c.Store.Do(ctx, workspace, fn)
}

func (c *counting) taken() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	taken := fmt.Sprint(c.commits)
	c.commits = nil
	return taken
}

// counted starts a process that counts its commits, and waits until its workers
// take runs at once: at first they look for what an earlier process left.
func (w *world) counted(token string) *counting {
	store := &counting{}
	w.restartOn(func(s engine.Store) engine.Store {
		store.Store = s
		return store
	})
	for n := range 100 {
		w.finished(w.post(token, fmt.Sprintf(`{"id":"warm_%d","email":"warm@example.com","name":"W","order":1}`, n)).RunIDs[0])
		if got := store.taken(); !strings.Contains(got, "accept") {
			return store
		}
	}
	w.t.Fatal("no worker ever takes a run at once")
	return nil
}

// A free worker's first results are committed with the request: no commit more
// than the calls between them ask for.
func TestRequestIsStoredWithFirstResults(t *testing.T) {
	for _, c := range []struct{ name, document, commits string }{
		{"a call", `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`, "[both save]"},
		{"internal steps and a call", mainJob, "[do save]"},
		{"nothing to wait for", `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}`, "[both]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.offer("Course A")
			_, token := w.publish(c.document)
			store := w.counted(token)
			answer := w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A","order":1}`)
			if run := w.finished(answer.RunIDs[0]); run.Status != engine.Succeeded {
				t.Fatalf("run is %s: %+v", run.Status, run.Error)
			}
			if got := store.taken(); got != c.commits {
				t.Errorf("commits %s, not %s", got, c.commits)
			}
			if again := w.post(token, `{"id":"evt_1","email":"a@example.com","name":"A","order":1}`); c.document == mainJob && again.RequestID != answer.RequestID {
				t.Errorf("the repeat was answered %+v", again)
			}
		})
	}
}

// An answer does not wait for a worker that comes late; the run goes on once.
func TestLateWorkerHoldsUpNoAnswer(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
	w.counted(token)
	before := len(w.sink.all())
	release := make(chan struct{})
	w.fault = func(site string) {
		if site == "before_send_commit" {
			<-release
		}
	}
	answer := w.post(token, `{}`)
	if run, err := w.store.Run(t.Context(), w.workspace.ID, answer.RunIDs[0]); err != nil || run.Status != engine.Queued {
		t.Fatalf("acknowledged with a run that is %s, %v", run.Status, err)
	}
	close(release)
	if run := w.finished(answer.RunIDs[0]); run.Status != engine.Succeeded {
		t.Fatalf("run is %s: %+v", run.Status, run.Error)
	}
	if n := len(w.sink.all()) - before; n != 1 {
		t.Errorf("sent %d times", n)
	}
}

// What a worker cannot begin, the ingress stores: a broken internal step, a
// worker that breaks down, a process that is about to stop.
func TestFirstCommitIsNeverForgotten(t *testing.T) {
	t.Run("the first step fails", func(t *testing.T) {
		w := newWorld(t)
		_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}]}`)
		w.counted(token)
		answer := w.post(token, `{"email":"no address"}`)
		run := w.finished(answer.RunIDs[0])
		if run.Status != engine.Failed || run.Error == nil {
			t.Fatalf("run is %s", run.Status)
		}
	})
	t.Run("the worker breaks", func(t *testing.T) {
		w := newWorld(t)
		_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
		w.counted(token)
		var once sync.Once
		w.fault = func(site string) {
			if site == "before_send_commit" {
				once.Do(func() { panic("broken") })
			}
		}
		answer := w.post(token, `{}`)
		w.patiently(func() bool {
			run, err := w.store.Run(t.Context(), w.workspace.ID, answer.RunIDs[0])
			return err == nil && run.Status.Finished()
		})
		if run := w.finished(answer.RunIDs[0]); run.Status != engine.Succeeded {
			t.Fatalf("run is %s: %+v", run.Status, run.Error)
		}
	})
	t.Run("the process stops", func(t *testing.T) {
		w := newWorld(t)
		_, token := w.publish(`{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"none"}}]}`)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		if err := w.Stop(ctx); err != nil {
			t.Fatal(err)
		}
		answer := w.post(token, `{}`)
		w.restartOn(nil)
		if run := w.finished(answer.RunIDs[0]); run.Status != engine.Succeeded {
			t.Fatalf("run is %s: %+v", run.Status, run.Error)
		}
	})
}
