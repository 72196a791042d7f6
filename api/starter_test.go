package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/hookloom/hookloom/engine/template"
)

var update = flag.Bool("update-starters", false, "write what the starter templates did into their .expect.json files")

// TestG2EveryStarterDoesWhatItSays clones each starter template over the API,
// fills in what it asks for, publishes it, lets its own sample or event happen
// and compares the steps, the requests to other services as they came over the
// wire, the letters and the contacts with the file beside the template.
func TestG2EveryStarterDoesWhatItSays(t *testing.T) {
	shared := newHouse(t)
	for _, starter := range template.Starters() {
		path := filepath.Join("..", "engine", "template", "starter", starter.ID+".expect.json")
		text, err := os.ReadFile(path)
		if err != nil {
			t.Errorf("%s: say what it does: %v", starter.ID, err)
			continue
		}
		var p play
		dec := json.NewDecoder(bytes.NewReader(text))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&p); err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		t.Run(starter.ID, func(t *testing.T) {
			alone := p.Alone || slices.ContainsFunc(p.Scenes, scene.waits)
			if alone {
				t.Parallel()
			}
			for i := range p.Scenes {
				h := shared
				if alone {
					h = newHouse(t) // its clock may be moved
				}
				h.perform(t, starter, p.Inputs, &p.Scenes[i])
			}
			if *update && !t.Failed() {
				if err := os.WriteFile(path, indented(t, p), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// perform plays a scene and compares it.
func (h house) perform(t *testing.T, starter template.Starter, inputs map[string]string, sc *scene) {
	t.Helper()
	s := h.stage(t, starter, *sc)
	s.prepare()
	for _, a := range sc.Given {
		s.perform(a)
	}
	all := map[string]string{}
	maps.Copy(all, inputs)
	maps.Copy(all, sc.Inputs)
	s.clone(all)
	count := 0
	for _, a := range sc.Acts {
		s.perform(a)
		count = max(count, a.Runs)
		s.runs(count)
	}
	got := s.outcome(count)
	if *update {
		sc.Expect = got
		return
	}
	if want, have := indented(t, sc.Expect), indented(t, got); !bytes.Equal(want, have) {
		t.Errorf("%s, %s: want\n%s\ngot\n%s", starter.ID, sc.Name, want, have)
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestG2TemplatesAskForWhatTheyNeed(t *testing.T) {
	r := newRig(t)
	list := r.in("GET", "/templates", nil).is(http.StatusOK)
	if list.text("items.0.id") != "stripe-sale" || list.text("items.0.workflows.0.steps.0.type") != "webhook.catch" {
		t.Errorf("templates: %s", list.body)
	}
	if one := r.in("GET", "/templates/dunning", nil).is(http.StatusOK); len(one.at("workflows").([]any)) != 2 {
		t.Errorf("template: %s", one.body)
	}
	r.in("GET", "/templates/none", nil).is(http.StatusNotFound)
	r.in("POST", "/templates/none/clone", `{}`).is(http.StatusNotFound)
	bad := r.in("POST", "/templates/stripe-sale/clone", `{"inputs":{"other":"x"}}`).is(http.StatusUnprocessableEntity)
	bad.points("/inputs/offer")
	bad.points("/inputs/other")
	r.in("POST", "/templates/catch-and-forward/clone", `{"inputs":{"url":{"a":1}}}`).is(http.StatusUnprocessableEntity).points("/inputs/url")
	if rows := r.in("GET", "/workflows", nil).at("items").([]any); len(rows) != 0 {
		t.Error("a refused template left a workflow")
	}
	if rows := r.in("GET", "/custom-values", nil).at("items").([]any); len(rows) != 0 {
		t.Error("a refused template left a custom value")
	}
}

// TestG2CustomValuesAreMadeOnceAndKept: a value that other workflows use is
// neither asked for again nor changed.
func TestG2CustomValuesAreMadeOnceAndKept(t *testing.T) {
	r := newRig(t)
	const url = `"https://hooks.slack.com/services/T/B/x"`
	r.in("POST", "/templates/chargeback-alarm/clone", `{}`).is(http.StatusUnprocessableEntity).points("/inputs/slack_webhook_url")
	r.in("POST", "/templates/chargeback-alarm/clone", `{"inputs":{"slack_webhook_url":`+url+`}}`).is(http.StatusCreated)
	again := r.in("POST", "/templates/chargeback-alarm/clone", `{"name":"Again"}`).is(http.StatusCreated)
	if again.text("workflows.0.name") != "Again" {
		t.Errorf("made %s", again.body)
	}
	r.in("POST", "/templates/chargeback-alarm/clone", `{"inputs":{"slack_webhook_url":"https://else.example.com"}}`).is(http.StatusUnprocessableEntity).points("/inputs/slack_webhook_url")
	values := r.in("GET", "/custom-values", nil).is(http.StatusOK)
	if len(values.at("items").([]any)) != 1 || values.text("items.0.value") != "https://hooks.slack.com/services/T/B/x" {
		t.Errorf("values %s", values.body)
	}
	r.in("POST", "/templates/discord-role-removed/clone", `{"inputs":{"offer":"Course A","discord_server_id":"1","discord_role_id":"2"}}`).is(http.StatusCreated)
	r.in("POST", "/templates/discord-role-removed/clone", `{"inputs":{"offer":"Course A"}}`).is(http.StatusCreated)
	if fields := r.in("GET", "/contact-fields", nil).is(http.StatusOK); len(fields.at("items").([]any)) != 1 || fields.text("items.0.key") != "discord_id" {
		t.Errorf("fields %s", fields.body)
	}
}

// TestG2ATemplateCanBeTriedAtOnce: its words, its example and its mappings fit
// each other before anything has arrived.
func TestG2ATemplateCanBeTriedAtOnce(t *testing.T) {
	r := newRig(t)
	offer := r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated).text("id")
	made := r.in("POST", "/templates/stripe-sale/clone", `{"name":"Sales","inputs":{"offer":"`+offer+`","secret":"whsec_abc"}}`).is(http.StatusCreated)
	id := made.text("workflows.0.id")
	w := r.in("GET", "/workflows/"+id, nil).is(http.StatusOK)
	if w.text("name") != "Sales" || bytes.Contains(w.body, []byte("whsec_abc")) || len(w.at("problems").([]any)) != 0 {
		t.Errorf("workflow: %s", w.body)
	}
	preview := r.in("POST", "/workflows/"+id+"/preview", `{"step":"buyer","params":{"email":"{{ first(trigger.body.data.object.customer_details.email, trigger.body.data.object.customer_email) }}"}}`).is(http.StatusOK)
	if preview.text("sample.kind") != "example" || preview.text("params./email.value") != "Ada@Example.com" {
		t.Errorf("preview: %s", preview.body)
	}
	r.in("POST", "/workflows/"+id+"/triggers/sale/send-sample", `{"sender":"stripe"}`).is(http.StatusCreated)
	suggested := r.in("GET", "/workflows/"+id+"/suggestions", nil).is(http.StatusOK)
	if suggested.text("items.0.field") != "email" || suggested.text("items.0.label") != "Customer e-mail" || suggested.text("items.0.by") != "sender" {
		t.Errorf("suggestions: %s", suggested.body)
	}
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
}
