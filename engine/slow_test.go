package engine_test

import (
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
)

// TestSlowReceiversHoldUpNobodyElse lets a hundred calls of one workflow hang,
// many more than there are slots, and runs another workflow meanwhile.
func TestSlowReceiversHoldUpNobodyElse(t *testing.T) {
	const calls = 100
	w := newWorld(t)
	send := func(path string) string {
		return `{"schema":1,"triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK` + path + `","body_type":"json",
  "body":{"path":"` + path + `"},"timeout":"120s"}}]}`
	}
	_, slow := w.publish(send("/slow"))
	_, quick := w.publish(send("/quick"))
	w.end()
	w.open()
	w.Engine = engine.New(engine.Deps{
		Store: w.store, HTTP: w.client, Registry: w.registry, Live: w.watch, Now: w.clock.Now, Exclusive: true,
		Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 8, Slow: time.Millisecond}),
	})
	w.begin()
	arrived, release := make(chan struct{}, calls), make(chan struct{})
	free := sync.OnceFunc(func() { close(release) })
	defer free()
	w.sink.mu.Lock()
	w.sink.answer = func(_ int, r received, _ http.ResponseWriter) {
		if r.Body == `{"path":"/slow"}` {
			arrived <- struct{}{}
			<-release
		}
	}
	w.sink.mu.Unlock()

	var hanging []string
	for i := range calls {
		hanging = append(hanging, w.post(slow, fmt.Sprintf(`{"n":%d}`, i)).RunIDs...)
	}
	patience := time.After(time.Minute)
	for n := range calls {
		select {
		case <-arrived:
		case <-patience:
			t.Fatalf("%d of %d calls are under way", n, calls)
		}
	}
	if run := w.finished(w.post(quick, `{}`).RunIDs[0]); run.Status != engine.Succeeded {
		t.Errorf("the other workflow's run %s: %+v", run.Status, run.Error)
	}
	for _, id := range hanging {
		if run, err := w.store.Run(t.Context(), w.workspace.ID, id); err != nil || run.Status != engine.Running {
			t.Errorf("a hanging run is %s, %v", run.Status, err)
		}
	}
	free()
	for _, id := range hanging {
		if run := w.finished(id); run.Status != engine.Succeeded {
			t.Errorf("a slow run %s: %+v", run.Status, run.Error)
		}
	}
	if n := len(w.sink.all()); n != calls+1 {
		t.Errorf("%d requests left for %d runs", n, calls+1)
	}
}
