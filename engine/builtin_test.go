package engine_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/auth"
)

// A step that finds nobody may end the run as done; what came before it stays,
// what comes after it does not happen.
func TestFindStopsTheRun(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[
  {"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}},
  {"id":"find","type":"contact.find","v":1,"params":{"by":"email","value":"{{ trigger.body.other }}","if_missing":"stop"}},
  {"id":"tell","type":"webhook.send","v":1,"params":{"url":"$SINK/found","body":{"email":"{{ contact.email }}"}}}
 ]}`)
	run := w.settled(w.post(token, `{"email":"ann@example.com","other":"nobody@example.com"}`).RunIDs[0])
	if run.Status != engine.Succeeded || run.EndReason != engine.EndStop {
		t.Fatalf("run %s %s: %+v", run.Status, run.EndReason, run.Error)
	}
	w.contact("ann@example.com")
	steps := w.steps(run.ID)
	found := steps["find"]
	if found.Status != engine.StepSucceeded || found.Error != nil || string(found.Output) != `{"contact":null,"count":0,"found":false}` {
		t.Errorf("find: %+v", found)
	}
	if _, done := steps["tell"]; done || len(w.sink.all()) != 0 {
		t.Error("the run went on")
	}

	run = w.settled(w.post(token, `{"email":"ann@example.com","other":"ANN@example.com"}`).RunIDs[0])
	if sent := w.sink.all(); run.Status != engine.Succeeded || run.EndReason != engine.EndReached || len(sent) != 1 || sent[0].Body != `{"email":"ann@example.com"}` {
		t.Errorf("run %s %s, sent %+v", run.Status, run.EndReason, sent)
	}
}

// The standard data is resolved once: a contact that changes between two
// attempts changes nothing of what is sent.
func TestStandardDataIsMappedAfterTheContactIsKnown(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[
  {"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","tags":["new"]}},
  {"id":"tell","type":"webhook.send","v":1,"params":{"url":"$SINK/standard","body_type":"standard","custom_data":{"plan":"{{ trigger.body.plan }}"}}}
 ]}`)
	run := w.settled(w.post(token, `{"email":"ann@example.com","plan":"gold"}`).RunIDs[0])
	sent := w.sink.all()
	if run.Status != engine.Succeeded || len(sent) != 1 {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	for _, part := range []string{`"email":"ann@example.com"`, `"tags":["new"]`, `"custom_data":{"plan":"gold"}`, `"body":{"email":"ann@example.com","plan":"gold"}`, `"slug":"main"`} {
		if !strings.Contains(sent[0].Body, part) {
			t.Errorf("the data lacks %s: %s", part, sent[0].Body)
		}
	}
}

// Publishing trusts the trigger to bring a contact, so a run without one must
// not start.
func TestStartForChosenContactsOnly(t *testing.T) {
	w := newWorld(t)
	wf, _ := w.publish(`{"schema":1,
 "triggers":[{"id":"go","type":"manual.start","v":1,"params":{"needs_contact":true}}],
 "steps":[{"id":"tag","type":"contact.add_tag","v":1,"params":{"tags":["called"]}}]}`)
	if _, err := w.StartWorkflow(t.Context(), w.workspace.ID, wf.ID, engine.StartOptions{}); err == nil || !strings.Contains(err.Error(), "chosen contacts only") {
		t.Errorf("started for nobody: %v", err)
	}
	ann := crm.Contact{Email: "ann@example.com"}
	w.do(func(tx engine.Tx) error { return tx.InsertContact(&ann) })
	started, err := w.StartWorkflow(t.Context(), w.workspace.ID, wf.ID, engine.StartOptions{ContactID: ann.ID})
	if err != nil {
		t.Fatal(err)
	}
	if run := w.settled(started.ID); run.Status != engine.Succeeded || !slices.Contains(w.contact("ann@example.com").Tags, "called") {
		t.Errorf("run %s: %+v", run.Status, run.Error)
	}
}

// A rejected value names the field that it came from, so that the page can lead
// there; it is not tried again.
func TestRejectedContactNamesItsField(t *testing.T) {
	w := newWorld(t)
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","external_user_id":"{{ trigger.body.id }}"}}]}`)
	if run := w.settled(w.post(token, `{"email":"ann@example.com","id":"u1"}`).RunIDs[0]); run.Status != engine.Succeeded {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	run := w.settled(w.post(token, `{"email":"ANN@example.com","id":"U1"}`).RunIDs[0])
	if run.Status != engine.Failed || run.Error == nil || run.Error.Field != "/external_user_id" || !strings.Contains(run.Error.Message, `"u1", not "U1"`) {
		t.Errorf("run %s: %+v", run.Status, run.Error)
	}
	if attempts := w.steps(run.ID)["who"].Attempts; len(attempts) != 1 {
		t.Errorf("%d attempts", len(attempts))
	}
}

// The secret of a trigger is stored apart from the document, and opened only to
// judge a request.
func TestSignedWebhook(t *testing.T) {
	w := newWorld(t)
	wf, token := w.publish(`{"schema":1,
 "triggers":[{"id":"sale","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe","secret":"whsec_canary"}}}],
 "steps":[{"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.data.object.customer_details.email }}"}}]}`)
	if strings.Contains(string(wf.Draft), "canary") {
		t.Error("the document holds the secret")
	}
	arrival := w.arrival(token, `{"id":"evt_1","data":{"object":{"customer_details":{"email":"Ann@Example.com"}}}}`)
	arrival.URL = "https://hooks.example.com/hooks/" + token
	forged, err := w.Ingest(t.Context(), arrival)
	if err != nil || forged.Verdict != nodes.BadSignature || forged.Status != http.StatusUnauthorized || len(forged.RunIDs) != 0 {
		t.Fatalf("unsigned: %+v, %v", forged, err)
	}
	stripe, _ := sender.SchemeNamed("stripe")
	signed, err := stripe.Sign(w.clock.Now(), sender.Request{Body: arrival.Body}, "", "whsec_canary")
	if err != nil {
		t.Fatal(err)
	}
	arrival.Header = signed
	arrival.Header.Set("Content-Type", "application/json")
	first, err := w.Ingest(t.Context(), arrival)
	if err != nil || first.Verdict != nodes.Accepted {
		t.Fatalf("signed: %+v, %v", first, err)
	}
	if run := w.settled(first.RunIDs[0]); run.Status != engine.Succeeded {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	w.contact("ann@example.com")
	again, err := w.Ingest(t.Context(), arrival)
	if err != nil || again.Verdict != nodes.Duplicate || again.RequestID != first.RequestID {
		t.Errorf("the same event again: %+v, %v", again, err)
	}
}

// A connection's credential reaches only the hosts that it names, also by way of
// a mapped address.
func TestConnectionStaysAtItsHosts(t *testing.T) {
	w := newWorld(t)
	target, _ := url.Parse(w.sink.URL)
	c := engine.Connection{ID: engine.NewID("cxn"), Type: "auth.bearer", Name: "CRM"}
	w.do(func(tx engine.Tx) (err error) {
		form := map[string]any{"token": "canary", "hosts": []any{target.Host}}
		if c.Params, err = engine.HideSecrets(tx, w.registry.Lookup(c.Type), c.ID, form); err != nil {
			return err
		}
		return tx.PutConnection(c)
	})
	_, token := w.publish(`{"schema":1,
 "triggers":[{"id":"in","type":"test.catch","v":1,"params":{}}],
 "steps":[{"id":"tell","type":"webhook.send","v":1,"params":{"url":"{{ trigger.body.url }}","auth":"connection","connection":"` + c.ID + `"}}]}`)
	if run := w.settled(w.post(token, `{"url":"`+w.sink.URL+`/a"}`).RunIDs[0]); run.Status != engine.Succeeded {
		t.Fatalf("run %s: %+v", run.Status, run.Error)
	}
	if sent := w.sink.all(); len(sent) != 1 || sent[0].Header.Get("Authorization") != "Bearer canary" {
		t.Errorf("sent %+v", sent)
	}
	for _, elsewhere := range []string{"https://" + target.Host + ".evil.test/", "https://evil.test/", "http://localhost:" + target.Port() + "/"} {
		run := w.settled(w.post(token, `{"url":"`+elsewhere+`"}`).RunIDs[0])
		if run.Status != engine.Failed || len(w.sink.all()) != 1 || strings.Contains(run.Error.Message, "canary") {
			t.Errorf("%s: run %s: %+v", elsewhere, run.Status, run.Error)
		}
	}
}
