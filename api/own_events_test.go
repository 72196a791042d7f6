package api_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// TestG5TheSimulatorSendsTheWholeCatalogue: the sender that Hookloom itself is has
// a sample of every event that starts workflows, and it says what a hook would
// send of the event that the trigger shows as its own sample.
func TestG5TheSimulatorSendsTheWholeCatalogue(t *testing.T) {
	own, known := sender.Named(sender.Own), map[string]bool{}
	at, err := time.Parse(time.RFC3339, "2026-01-31T09:00:00Z")
	if err != nil {
		t.Fatal(err)
	}
	for _, typ := range nodes.Default().All() {
		if typ.Match == nil {
			continue
		}
		known[typ.Type] = true
		data := map[string]any{}
		for name, v := range typ.Sample {
			if !slices.Contains([]string{"id", "type", "event", "occurred_at"}, name) {
				data[name] = v
			}
		}
		want, err := json.Marshal(value.Normalize(engine.HookBody(engine.FormatStandard, crm.Event{
			ID: "evt_0197c2a4-7d1a-7c3e-9f00-3f1f0c5d9a10", Type: typ.Type, OccurredAt: at, Data: data,
		}, crm.Workspace{ID: "ws_0197c2a4", Name: "Main", Slug: "main"})))
		if err != nil {
			t.Fatal(err)
		}
		sample, ok := own.Sample(typ.Type)
		if !ok {
			t.Errorf("engine/sender/hookloom.json lacks %s:\n%s", typ.Type, want)
			continue
		}
		var got any
		if err := json.Unmarshal(sample.Body, &got); err != nil {
			t.Fatal(err)
		}
		if text, _ := json.Marshal(got); string(text) != string(sorted(t, want)) {
			t.Errorf("%s is not what a hook sends:\n%s\nwant\n%s", typ.Type, text, want)
		}
	}
	for _, sample := range own.Samples {
		if !known[sample.Event] {
			t.Errorf("%s is no event", sample.Event)
		}
	}
}

// sorted is JSON with its keys in order and numbers as encoding/json reads them.
func sorted(t *testing.T, text []byte) []byte {
	t.Helper()
	var v any
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	out, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return out
}
