package api_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// What a limit held back begins when the month turns or the limit is raised, as far as
// that allows, in the order in which it came. What comes meanwhile stands behind it.
func TestHeldRunsGoOnWhenTheMonthTurns(t *testing.T) {
	// Ids are made by the real clock, so this one is ahead of it in any case.
	w := newWorld(t, func(s *settings) { s.begin = engine.MonthOf(time.Now()).AddDate(0, 2, 0).Add(-time.Second) })
	owner := w.setUp()
	made := owner.post("/workspaces/main/workflows", map[string]any{"name": "Sale", "definition": map[string]any{
		"schema": 1, "triggers": []any{map[string]any{"id": "t", "type": "webhook.catch", "v": 1}},
		"steps": []any{map[string]any{"id": "buyer", "type": "contact.upsert", "v": 1, "params": map[string]any{"email": "{{ trigger.body.email }}"}}},
	}}).is(201)
	owner.post("/workspaces/main/workflows/"+made.text("id")+"/publish", map[string]any{}).is(200)
	_, token, _ := strings.Cut(made.json()["triggers"].([]any)[0].(map[string]any)["url"].(string), "/hooks/")
	limit := func(n int) {
		owner.patch("/workspaces/main", map[string]any{"limits": map[string]any{"runs_per_month": n}}).is(200)
	}
	var runs []string
	came := func(verdict string) {
		t.Helper()
		got := w.anonymous().at("POST", "/hooks/"+token, map[string]any{"email": fmt.Sprintf("p%d@example.com", len(runs))}).is(202)
		if got.text("verdict") != verdict {
			t.Fatalf("event %d is %s", len(runs), got.body)
		}
		runs = append(runs, got.json()["run_ids"].([]any)[0].(string))
	}
	begun := func(want int) {
		t.Helper()
		if err := w.engine.CountUsage(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := w.engine.ReleaseLimited(t.Context()); err != nil {
			t.Fatal(err)
		}
		for i, id := range runs {
			held := owner.get("/workspaces/main/runs/"+id).is(200).text("status") == "held"
			if held != (i >= want) {
				t.Errorf("run %d of %d, %d may have begun: held is %v", i, len(runs), want, held)
			}
		}
	}
	limit(1)
	came("accepted")
	for range 3 {
		came("held")
	}
	begun(1)
	w.clock.advance(2 * time.Second) // a new month, with one run
	begun(2)
	came("held")
	begun(2)
	limit(3)
	begun(4)
	limit(0)
	begun(5)
	for _, id := range runs {
		w.eventually("end of "+id, func() bool { return owner.get("/workspaces/main/runs/"+id).text("status") == "succeeded" })
	}
}
