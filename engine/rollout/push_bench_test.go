package rollout_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hookloom/hookloom/engine"
)

// BenchmarkPush brings a version to 500 live clones, each in a workspace of its
// own, on SQLite: nice go test ./engine/rollout -run '^$' -bench Push -benchtime 1x
func BenchmarkPush(b *testing.B) {
	const clients = 500
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b)
		w.version(first)
		clones := make([]engine.Clone, clients)
		for i := range clones {
			clones[i] = w.clone(fmt.Sprintf("client-%d", i), true)
		}
		w.version(second)
		push, err := w.pusher.Begin(context.Background(), engine.Push{Workspace: w.home, TemplateID: w.tpl.ID, Version: 2}, clones)
		w.no(err)
		b.StartTimer()
		push = w.work(push)
		b.StopTimer()
		if push.Counts[engine.PushUpdated] != clients {
			b.Fatalf("%+v", push)
		}
		b.StartTimer()
	}
}
