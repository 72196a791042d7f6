package engine

import (
	"fmt"
	"sync"
	"testing"
)

// oneBus is a Live with the subscriptions of a test.
type oneBus struct {
	mu   sync.Mutex
	subs map[chan Change]string // by channel, the workspace
}

func (b *oneBus) Publish(c Change) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for ch, workspace := range b.subs {
		if workspace == c.Workspace {
			ch <- c
		}
	}
}

func (b *oneBus) Subscribe(workspace string) (<-chan Change, func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	ch := make(chan Change, 16)
	b.subs[ch] = workspace
	return ch, func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs, ch)
		close(ch)
	}
}

func (b *oneBus) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.subs)
}

// Waiters of a workspace share one subscription, which ends with the last of them.
func TestWaitersShareASubscription(t *testing.T) {
	bus, r := &oneBus{subs: map[chan Change]string{}}, newReplies()
	a, b := r.expect(bus, "ws_1", "run_1"), r.expect(bus, "ws_1", "run_2")
	other := r.expect(bus, "ws_2", "run_3")
	if bus.count() != 2 {
		t.Fatalf("%d subscriptions", bus.count())
	}
	bus.Publish(Change{Workspace: "ws_1", Kind: ChangeStep, Parent: "run_1", ID: "first"})
	<-a.bell
	if paths, look := a.changed(); look || len(paths) != 1 || paths[0] != "first" {
		t.Errorf("woken for %v, %v", paths, look)
	}
	bus.Publish(Change{Workspace: "ws_1", Kind: ChangeRun, ID: "run_2", Status: string(Running)})
	bus.Publish(Change{Workspace: "ws_1", Kind: ChangeRun, ID: "run_2", Status: string(Failed)})
	<-b.bell
	if paths, look := b.changed(); !look || paths != nil {
		t.Errorf("woken at the end for %v, %v", paths, look)
	}
	bus.Publish(Change{Workspace: "ws_1", Kind: ChangeResync})
	<-a.bell
	<-b.bell
	for range 20 {
		other.wake("many")
	}
	if paths, look := other.changed(); !look || paths != nil {
		t.Errorf("after many changes %d paths, %v", len(paths), look)
	}
	r.drop(a)
	r.drop(b)
	r.drop(other)
	if bus.count() != 0 || len(r.byRun) != 0 || len(r.spaces) != 0 {
		t.Errorf("%d subscriptions and %d waiters are left", bus.count(), len(r.byRun))
	}
}

func TestNotTooManyWait(t *testing.T) {
	bus, r := &oneBus{subs: map[chan Change]string{}}, newReplies()
	var all []*awaited
	for i := range maxAwaited {
		all = append(all, r.expect(bus, "ws_1", fmt.Sprint(i)))
	}
	if r.expect(bus, "ws_1", "one more") != nil {
		t.Error("one too many waits")
	}
	r.drop(all[0])
	if last := r.expect(bus, "ws_1", "one more"); last == nil {
		t.Error("nobody may wait in the place of one who left")
	}
}

func TestAnAnswerIsReadBack(t *testing.T) {
	reply, err := replyOf([]byte(`{"status":201,"headers":{"X-A":"b"},"body":"hi \"<>\" \u00e9"}`))
	if err != nil || reply.Status != 201 || reply.Header["X-A"] != "b" || string(reply.Body) != `hi "<>" é` {
		t.Errorf("%+v, %v", reply, err)
	}
	if _, err := replyOf([]byte(`[]`)); err == nil {
		t.Error("no answer was read as one")
	}
}
