package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestWorkflowsStandInFolders(t *testing.T) {
	r := newRig(t)
	first, _ := r.draft(unfinished)
	second, _ := r.draft(unfinished)
	move := func(id, folder string) reply {
		t.Helper()
		return r.in("PATCH", "/workflows/"+id, map[string]string{"folder": folder}, "If-Match", "*")
	}
	moved := move(first, "  Sales   and more ").is(http.StatusOK)
	if moved.text("folder") != "Sales and more" || moved.text("name") != "Draft" || moved.text("definition.steps.0.id") != "buyer" {
		t.Errorf("moved: %s", moved.body)
	}
	renamed := r.in("PATCH", "/workflows/"+first, `{"name":"Sale"}`, "If-Match", "*").is(http.StatusOK)
	if renamed.text("folder") != "Sales and more" {
		t.Errorf("a new name takes it out of its folder: %s", renamed.body)
	}
	move(second, strings.Repeat("x", 101)).is(http.StatusUnprocessableEntity)

	r.in("POST", "/workflows/"+first+"/duplicate", nil).is(http.StatusCreated)
	count := func(list reply) int { return len(list.at("items").([]any)) }
	listed := r.in("GET", "/workflows?folder=Sales+and+more", nil).is(http.StatusOK)
	if listed.text("items.0.name") != "Sale (copy)" || listed.text("items.1.id") != first || count(listed) != 2 {
		t.Errorf("in the folder: %s", listed.body)
	}
	folders := r.in("GET", "/workflow-folders", nil).is(http.StatusOK)
	if folders.text("items.0.name") != "Sales and more" || count(folders) != 1 {
		t.Errorf("folders: %s", folders.body)
	}
	for _, i := range []string{"0", "1"} {
		move(listed.text("items."+i+".id"), "").is(http.StatusOK)
	}
	if left := r.in("GET", "/workflow-folders", nil).is(http.StatusOK); count(left) != 0 {
		t.Errorf("a folder without a workflow: %s", left.body)
	}
}
