package api_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/sender"
)

// TestL15OnceAndReplayed: who may come in once comes in again with a replay, which
// takes the place of the run that has ended; the old one is not retried beside it.
func TestL15OnceAndReplayed(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(with(`"reentry":"never"`, catching(upserting+","+telling(`{}`))))
	r.sink.answer(http.StatusBadRequest)
	failed := r.caught(hook, `{"email":"ada@example.com"}`).text("id")
	r.sink.answer(http.StatusOK)
	replayed := r.settled(r.in("POST", "/runs/"+failed+"/replay", nil).is(http.StatusAccepted).text("run_id"))
	if replayed.text("status") != "succeeded" || replayed.text("end_reason") != "end" {
		t.Fatalf("the replay: %s", replayed.body)
	}
	r.in("POST", "/runs/"+failed+"/retry", nil).is(http.StatusAccepted)
	again := r.settled(failed)
	if again.text("end_reason") != "reentry" || len(r.sink.got()) != 2 {
		t.Errorf("the retry: %s", again.body)
	}
	if !bytes.Contains(again.body, []byte(`"status":"skipped","execution":2`)) {
		t.Errorf("the log of the retry: %s", again.body)
	}
}

// TestL16GoalOfAFailedRun: what comes while the run has failed moves it on once it
// is retried.
func TestL16GoalOfAFailedRun(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(catching(upserting + "," + strings.Replace(telling(`{"n":1}`), `"tell"`, `"first"`, 1) + "," + waiting +
		`,{"id":"won","type":"flow.goal","v":1,"params":{"event":"tag.added","only":["won"]}},` + telling(`{"reached":"{{ steps.won.reached }}"}`)))
	r.sink.answer(http.StatusBadRequest)
	run := r.caught(hook, `{"email":"ada@example.com"}`)
	if run.text("status") != "failed" {
		t.Fatalf("the run: %s", run.body)
	}
	r.sink.answer(http.StatusOK)
	r.in("PATCH", "/contacts/"+r.byEmail("ada@example.com"), `{"tags":["won"]}`).is(http.StatusOK)
	for range 2 {
		if err := r.engine.ConsumeEvents(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := r.engine.MoveWaiting(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	r.in("POST", "/runs/"+run.text("id")+"/retry", nil).is(http.StatusAccepted)
	if got := r.settled(run.text("id")); got.text("status") != "succeeded" || r.sent()["reached"] != true {
		t.Errorf("retried: %v, %s", r.sent(), got.body)
	}
}

// TestL15RepliesThatStartNothing count too, once: to a workflow that is paused,
// and with a text that the trigger's condition keeps out.
func TestL15RepliesThatStartNothing(t *testing.T) {
	for name, pause := range map[string]bool{"filtered": false, "held": true} {
		r := newRig(t)
		when := ""
		if !pause {
			when = `,"when":"{{ trigger.body.Body == 'other' }}"`
		}
		id, hook := r.goLive(`{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"twilio","secret":"token of the account"}` + when + `}}],"steps":[` + telling(`{}`) + `]}`)
		if pause {
			r.in("POST", "/workflows/"+id+"/pause", nil).is(http.StatusOK)
		}
		r.in("POST", "/contacts", `{"email":"ada@example.com","phone":"+442079460018"}`).is(http.StatusCreated)
		scheme, _ := sender.SchemeNamed("twilio")
		body := "MessageSid=SM2&SmsStatus=received&Body=Yes&From=%2B442079460018&To=%2B15550100"
		header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
		signed, err := scheme.Sign(time.Now(), sender.Request{Method: "POST", URL: "https://hooks.example.com" + hook, Header: header, Body: []byte(body)}, "", "token of the account")
		if err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second is a repeat
			if got := r.call("POST", hook, body, "Content-Type", "application/x-www-form-urlencoded", "X-Twilio-Signature", signed.Get("X-Twilio-Signature")); got.status >= 300 {
				t.Fatalf("%s: %d %s", name, got.status, got.body)
			}
		}
		timeline := r.in("GET", "/contacts/"+r.byEmail("ada@example.com")+"/timeline", nil).is(http.StatusOK)
		if n := bytes.Count(timeline.body, []byte(`"contact.replied"`)); n != 1 || len(r.sink.got()) != 0 {
			t.Errorf("%s: %d replies on the timeline: %s", name, n, timeline.body)
		}
	}
}

// TestL16OneRunHoldsUpNoOther: a run that this build cannot go on with is passed
// over, keeps what came for it, and what came for others reaches them.
func TestL16OneRunHoldsUpNoOther(t *testing.T) {
	r := newRig(t)
	_, hook := r.goLive(catching(upserting + "," + awaiting))
	run := r.started(hook, `{"email":"ada@example.com"}`)
	r.stands(run, "waiting")
	ada := r.byEmail("ada@example.com")
	good, err := r.store.Run(t.Context(), r.a.ID, run)
	if err != nil {
		t.Fatal(err)
	}
	lost := good
	lost.ID, lost.RequestID, lost.Definition = engine.NewID("run"), "", "broken"
	lost.RootRun = lost.ID
	wait := engine.EventWait{Run: lost.ID, Path: "answer", Event: crm.ContactReplied, ContactID: ada, Since: time.Now()}
	if err := r.store.Do(t.Context(), r.a.ID, func(tx engine.Tx) error {
		if err := tx.PutDefinition("broken", []byte("{")); err != nil {
			return err
		}
		if err := tx.InsertRun(lost); err != nil {
			return err
		}
		return tx.PutWait(wait)
	}); err != nil {
		t.Fatal(err)
	}
	if err := r.store.HitWaits(t.Context(), r.a.ID, "evt_1", []engine.EventWait{wait}, map[string]any{}); err != nil {
		t.Fatal(err)
	}
	r.in("POST", "/contacts/"+ada+"/replies", `{"text":"Yes!"}`).is(http.StatusCreated)
	if got := r.settled(run); r.sent()["said"] != "Yes!" {
		t.Errorf("the other run: %s", got.body)
	}
	if hits, err := r.store.EventHits(t.Context(), 10); err != nil || len(hits) != 1 || hits[0].Run != lost.ID {
		t.Errorf("left for a build that can: %+v, %v", hits, err)
	}
}
