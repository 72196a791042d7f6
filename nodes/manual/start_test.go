package manual_test

import (
	"testing"

	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/manual"
)

func TestStart(t *testing.T) {
	n := nodes.Default().Lookup("manual.start")
	if n.Source != "manual" || n.Kind != nodes.KindTrigger {
		t.Errorf("got %+v", n.Descriptor)
	}
	for on, want := range map[any]bool{nil: false, false: false, true: true, "yes": true} {
		if got := n.Provides(map[string]any{"needs_contact": on}); got != want {
			t.Errorf("%v: brings a contact %v", on, got)
		}
	}
}
