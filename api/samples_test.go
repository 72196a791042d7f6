package api_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/sender"
)

// checked is a draft whose trigger checks a sender.
func checked(scheme, secret string) string {
	return `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"allow_ips":["203.0.113.0/24"],"signature":{"scheme":"` + scheme + `","secret":"` + secret + `"}}}],"steps":[]}`
}

func TestASampleIsSentSignedAndStartsNothing(t *testing.T) {
	r := newRig(t)
	for _, s := range sender.All() {
		scheme, secret, from := s.Name, "", s.Name
		switch {
		case s.Name == sender.Plain:
			scheme = "none"
		case s.Scheme != nil && s.Scheme.Standard:
			secret = sender.NewSecret()
		case s.Scheme != nil:
			secret = "a secret of " + s.Name
		}
		id, _ := r.draft(checked(scheme, secret))
		var last string
		for range 2 { // a second one is no repeat
			sent := r.in("POST", "/workflows/"+id+"/triggers/hook/send-sample", `{"sender":"`+from+`"}`).is(http.StatusCreated)
			if sent.text("verdict") != "accepted" || sent.number("status") != http.StatusAccepted {
				t.Fatalf("%s: %s", scheme, sent.body)
			}
			last = sent.text("request_id")
		}
		request := r.in("GET", "/requests/"+last, nil).is(http.StatusOK)
		if request.at("test") != true || len(request.at("run_ids").([]any)) != 0 {
			t.Errorf("%s: %s", scheme, request.body)
		}
		if held := r.in("GET", "/workflows/"+id, nil).number("held_count"); held != 0 {
			t.Errorf("%s: %d samples would be offered to be run", scheme, held)
		}
		scope := r.in("GET", "/workflows/"+id+"/scope", nil).is(http.StatusOK)
		if scope.text("sample.id") != last {
			t.Errorf("%s: the sample is not the newest: %s", scheme, scope.body)
		}
		wrong := r.in("POST", "/workflows/"+id+"/triggers/hook/send-sample", `{"sender":"`+from+`","wrong_signature":true}`)
		switch {
		case s.Scheme == nil:
			wrong.is(http.StatusUnprocessableEntity).points("/sender")
		case wrong.is(http.StatusCreated).text("verdict") != "bad_signature" || wrong.number("status") != http.StatusUnauthorized:
			t.Errorf("%s, wrong signature: %s", scheme, wrong.body)
		}
		if from == "stripe" && !strings.Contains(string(scope.body), `"label":"Customer e-mail"`) {
			t.Errorf("no words of Stripe: %s", scope.body)
		}
	}
}

// A live workflow is not started by a sample either.
func TestASampleOfALiveWorkflowStartsNothing(t *testing.T) {
	r := newRig(t)
	id, _ := r.publish()
	r.in("POST", "/workflows/"+id+"/triggers/hook/send-sample", `{"sender":"json","event":"lead.created"}`).is(http.StatusCreated)
	r.in("POST", "/workflows/"+id+"/triggers/hook/samples", `{"text":"{'email': 'ada@example.com',}","query":"plan=gold"}`).is(http.StatusCreated)
	if runs := r.in("GET", "/runs?kind=any", nil).at("items").([]any); len(runs) != 0 {
		t.Errorf("%d runs", len(runs))
	}
	if got := r.sink.got(); len(got) != 0 {
		t.Errorf("sent %v", got)
	}
}

func TestPastedDataBecomesASample(t *testing.T) {
	r := newRig(t)
	id, _ := r.draft(checked("stripe", "whsec_abc"))
	path := "/workflows/" + id + "/triggers/hook/samples"
	sent := r.in("POST", path, `{"text":"{'email': 'ada@example.com', // hers\n  big: 820982911946154508,}","query":"plan=gold&x=1"}`).is(http.StatusCreated)
	if notes := sent.at("notes").([]any); len(notes) != 4 {
		t.Errorf("notes %v", notes)
	}
	preview := r.in("POST", "/workflows/"+id+"/preview", `{"request_id":"`+sent.text("request_id")+`","values":{"a":"{{ trigger.body.big }} {{ trigger.query.plan }}"}}`).is(http.StatusOK)
	if preview.text("values.a.value") != "820982911946154508 gold" {
		t.Errorf("preview %s", preview.body)
	}
	bad := r.in("POST", path, `{"text":"{\n \"a\": 1\n \"b\": 2}"}`).is(http.StatusUnprocessableEntity)
	bad.points("/text")
	if bad.number("errors.0.line") != 3 || bad.number("errors.0.column") != 2 {
		t.Errorf("place: %s", bad.body)
	}
}

func TestSamplesThatCannotBeSent(t *testing.T) {
	r := newRig(t)
	id, _ := r.draft(checked("stripe", "whsec_abc"))
	send := "/triggers/hook/send-sample"
	r.in("POST", "/workflows/"+id+send, `{"sender":"typeform"}`).is(http.StatusUnprocessableEntity).points("/sender")
	r.in("POST", "/workflows/"+id+send, `{"sender":"nobody"}`).is(http.StatusUnprocessableEntity).points("/sender")
	r.in("POST", "/workflows/"+id+send, `{"sender":"stripe","event":"nothing"}`).is(http.StatusUnprocessableEntity).points("/event")
	r.in("POST", "/workflows/"+id+"/triggers/none/send-sample", `{"sender":"stripe"}`).is(http.StatusNotFound)
	bare, _ := r.draft(checked("stripe", ""))
	r.in("POST", "/workflows/"+bare+send, `{"sender":"stripe"}`).is(http.StatusUnprocessableEntity).points("/sender")
	event := r.in("POST", "/workflows", `{"name":"E","definition":{"schema":1,"triggers":[{"id":"hook","type":"contact.created","v":1,"params":{}}],"steps":[]}}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+event+send, `{"sender":"json"}`).is(http.StatusConflict)
}

// What the list of senders shows is what mappings will see.
func TestEverySenderIsListedWithItsSamples(t *testing.T) {
	r := newRig(t)
	list := r.call("GET", "/senders", nil).is(http.StatusOK)
	found := map[string]bool{}
	for _, one := range list.at("items").([]any) {
		s := one.(map[string]any)
		found[s["id"].(string)] = true
		for _, event := range s["events"].([]any) {
			if _, ok := event.(map[string]any)["sample"].(map[string]any); !ok {
				t.Errorf("the sample of %v is %v", s["id"], event)
			}
		}
	}
	for _, s := range sender.All() {
		if !found[s.Name] {
			t.Errorf("%s is not listed", s.Name)
		}
	}
}

// The same door lets real requests in, with repeats and out of order.
func TestARealSimulationStartsRuns(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"S","definition":{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe","secret":"whsec_abc"}}}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(http.StatusCreated)
	id := made.text("id")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	send := "/workflows/" + id + "/triggers/hook/send-sample"
	sent := r.in("POST", send, `{"sender":"stripe","start":true,"count":3,"repeats":1,"out_of_order":true}`).is(http.StatusCreated)
	verdicts := map[string]int{sent.text("verdict"): 1}
	for _, one := range sent.at("more").([]any) {
		verdicts[one.(map[string]any)["verdict"].(string)]++
	}
	if verdicts["accepted"] != 3 || verdicts["duplicate"] != 3 {
		t.Errorf("verdicts %v: %s", verdicts, sent.body)
	}
	if runs := r.in("GET", "/runs?workflow_id="+id, nil).at("items").([]any); len(runs) != 3 {
		t.Errorf("%d runs", len(runs))
	}
	forged := r.in("POST", send, `{"sender":"stripe","start":true,"wrong_signature":true}`).is(http.StatusCreated)
	if forged.text("verdict") != "bad_signature" || forged.number("status") != http.StatusUnauthorized {
		t.Errorf("forged: %s", forged.body)
	}
	key := r.in("POST", "/api-keys", `{"name":"n","scopes":["workflows:read","workflows:write"]}`).is(http.StatusCreated).text("key")
	as := []string{"Authorization", "Bearer " + key}
	r.in("POST", send, `{"sender":"stripe","start":true}`, as...).is(http.StatusForbidden)
	r.in("POST", send, `{"sender":"stripe"}`, as...).is(http.StatusCreated)
	r.in("POST", send, `{"sender":"stripe","count":101}`).is(http.StatusUnprocessableEntity)
}
