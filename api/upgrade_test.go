package api_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

// letters is a step whose second version calls its title a subject, and cannot carry
// every title over.
func letters(version int) nodes.Definition {
	d := nodes.DynamicAction{
		Meta: nodes.Meta{
			Type: "letter.post", Version: version, Name: "Post letter", Group: "Test", Summary: "Post a letter.", Sample: map[string]any{"said": "Hi"},
			Upgrade: func(_ int, params map[string]any) (map[string]any, error) {
				if params["title"] == "broken" {
					return nil, errors.New("a letter has no broken title any more")
				}
				params["subject"] = params["title"]
				delete(params, "title")
				return params, nil
			},
		},
		Run: func(_ context.Context, _ *nodes.Env, params map[string]any) (any, error) {
			return map[string]any{"said": params[[]string{"", "title", "subject"}[version]]}, nil
		},
	}
	d.Fields = []nodes.Field{{Key: []string{"", "title", "subject"}[version], Label: "Subject", Kind: nodes.FieldText, Required: true}}
	return d
}

// build puts a version of the program in the place of the other one.
func build(t *testing.T, version int) {
	t.Helper()
	if err := nodes.Default().Replace("upgrade-test", letters(version)); err != nil {
		t.Fatal(err)
	}
}

// A new build has a second version of a step's type. Live workflows go on with what
// they were published with, carried over as it is read; drafts are shown as the new
// form has them and stored so with the next save; what cannot be carried over says
// so, at its step, and keeps every value.
func TestANewVersionOfANodeType(t *testing.T) {
	r := newRig(t)
	build(t, 1)
	t.Cleanup(func() { _ = nodes.Default().Replace("upgrade-test") })
	with := func(title string) string {
		return `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
			"steps":[{"id":"post","type":"letter.post","v":1,"params":{"title":"` + title + `"}}]}`
	}
	id, hook := r.draft(with("Dear {{ trigger.body.name }}"))
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	asWas, _ := r.draft(with("As it was"))
	broken, brokenHook := r.draft(with("broken"))
	r.in("POST", "/workflows/"+broken+"/publish", nil).is(http.StatusOK)
	run := func(hook string) reply {
		return r.settled(r.call("POST", hook, `{"name":"Ada"}`).is(http.StatusAccepted).text("run_ids.0"))
	}
	says := func(when string) {
		t.Helper()
		if got := run(hook); got.text("status") != "succeeded" || got.text("steps.0.output.said") != "Dear Ada" {
			t.Errorf("%s: %s", when, got.body)
		}
	}
	says("before")
	build(t, 2)
	says("published for the old version")
	live := r.in("GET", "/workflows/"+id+"?version=live", nil).is(http.StatusOK)
	if live.number("definition.steps.0.v") != 1 || live.text("definition.steps.0.params.title") == "" {
		t.Errorf("the live version was changed: %s", live.body)
	}
	draft := r.in("GET", "/workflows/"+id, nil).is(http.StatusOK)
	if draft.number("definition.steps.0.v") != 2 || draft.text("definition.steps.0.params.subject") != "Dear {{ trigger.body.name }}" ||
		strings.Contains(string(draft.body), `"title"`) || draft.at("has_changes") != false || len(draft.at("problems").([]any)) != 0 {
		t.Errorf("the draft is shown as %s", draft.body)
	}
	r.in("PUT", "/workflows/"+id, map[string]any{"name": "Letters", "definition": draft.at("definition")}, "If-Match", draft.header.Get("ETag")).is(http.StatusOK)
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	says("published for the new version")
	r.in("POST", "/workflows/"+asWas+"/publish", nil).is(http.StatusOK) // nobody has opened it

	kept := r.in("GET", "/workflows/"+broken, nil).is(http.StatusOK)
	if kept.number("definition.steps.0.v") != 1 || kept.text("definition.steps.0.params.title") != "broken" || kept.text("problems.0.code") != "upgrade_failed" ||
		!strings.Contains(kept.text("problems.0.detail"), "could not be carried over to version 2 (a letter has no broken title any more): set it up again") {
		t.Errorf("what cannot be carried over is shown as %s", kept.body)
	}
	r.in("POST", "/workflows/"+broken+"/publish", nil).is(http.StatusUnprocessableEntity)
	failed := run(brokenHook)
	if failed.text("status") != "failed" || !strings.Contains(string(failed.body), "could not be carried over") {
		t.Errorf("its run ends with %s", failed.body)
	}
	// The older build finds everything as it left it.
	build(t, 1)
	if got := run(brokenHook); got.text("status") != "succeeded" || got.text("steps.0.output.said") != "broken" {
		t.Errorf("back on the older build: %s", got.body)
	}
}
