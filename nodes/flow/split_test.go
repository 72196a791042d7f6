package flow_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// TestL16TheSameRunTakesTheSamePath, and many runs take each by its share.
func TestL16TheSameRunTakesTheSamePath(t *testing.T) {
	branches := []nodes.Branch{{ID: "a", Name: "Old"}, {ID: "b", Name: "New"}}
	taken := func(run, params string) string {
		b := nodetest.New()
		b.RunID = run
		got, err := b.Flow("flow.split", nodetest.Params(params), branches...)
		if err != nil {
			t.Fatal(err)
		}
		return got.(nodes.Enter).Branch
	}
	count := map[string]int{}
	for i := range 2000 {
		run := fmt.Sprintf("run_%d", i)
		one := taken(run, `{"shares":{"Old":70,"b":"30 %"}}`)
		if again := taken(run, `{"shares":{"Old":70,"b":"30 %"}}`); again != one {
			t.Fatalf("%s took %s, then %s", run, one, again)
		}
		count[one]++
	}
	if count["a"] < 1300 || count["a"] > 1500 || count["a"]+count["b"] != 2000 {
		t.Errorf("70 and 30 of a hundred: %v", count)
	}
	if _, err := nodetest.New().Flow("flow.split", nodetest.Params(`{"shares":{"a":0}}`), branches...); err == nil || !nodes.IsPermanent(err) {
		t.Errorf("nobody has a share: %v", err)
	}
	for params, want := range map[string]int{`{}`: 0, `{"shares":{"a":1}}`: 0, `{"shares":{"a":-1,"b":"x"}}`: 2, `{"shares":{"a":1.5}}`: 1} {
		if got := nodetest.New().Problems("flow.split", nodetest.Params(params)); len(got) != want {
			t.Errorf("%s: %q", params, got)
		}
	}
}

func TestL16WaitForNeedsSomebody(t *testing.T) {
	b := nodetest.New()
	if _, err := b.Flow("flow.wait_for", nil); err == nil || !strings.Contains(err.Error(), "no contact") {
		t.Errorf("without a contact: %v", err)
	}
	b.Contact = &crm.Contact{ID: "con_1"}
	got, err := b.Flow("flow.wait_for", nodetest.Params(`{"event":"tag.added","only":["VIP"],"timeout":"36h"}`))
	wait, ok := got.(nodes.WaitEvent)
	if err != nil || !ok || wait.Event != "tag.added" || len(wait.Only) != 1 || !wait.Until.Equal(nodetest.Now.Add(36*time.Hour)) || wait.Happened != "happened" || wait.Late != "late" {
		t.Errorf("%+v, %v", got, err)
	}
	paths := nodes.Default().Lookup("flow.wait_for").Paths
	if paths == nil || !paths.Fixed || len(paths.Start) != 2 {
		t.Errorf("paths: %+v", paths)
	}
}
