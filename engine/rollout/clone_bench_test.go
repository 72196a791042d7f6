package rollout_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
)

// BenchmarkClone puts a template into 500 workspaces that are made for it, and
// publishes it there, on SQLite:
// nice go test ./engine/rollout -run '^$' -bench Clone -benchtime 1x
func BenchmarkClone(b *testing.B) {
	const clients = 500
	for b.Loop() {
		b.StopTimer()
		w := newWorld(b)
		w.version(first)
		v, err := w.store.TemplateVersion(context.Background(), w.home, w.tpl.ID, 1)
		w.no(err)
		file, err := template.Parse(v.File)
		w.no(err)
		cloner := &rollout.Cloner{Store: w.store, Workflows: w.engine}
		b.StartTimer()
		for i := range clients {
			name := fmt.Sprintf("client-%d", i)
			made, err := cloner.Clone(context.Background(), rollout.Order{
				Home: w.home, Template: w.tpl.ID, Version: 1, File: file, Workspace: engine.NewID("ws"), CloneID: engine.NewID("cln"), Publish: true,
				New: &crm.Workspace{Name: name, Slug: name, Timezone: "UTC", Locale: "en", Currency: "USD", DefaultCountry: "US"},
			})
			w.no(err)
			if made.Workflows[0].LiveVersion != 1 {
				b.Fatalf("%+v", made)
			}
		}
	}
}
