package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

// What a caller is told in plain words, and where.
func TestRefusalsAreInPlainWords(t *testing.T) {
	r := newRig(t)
	key := r.in("POST", "/api-keys", `{"name":"n","scopes":["*"]}`).is(http.StatusCreated).text("key")
	as := []string{"Authorization", "Bearer " + key}
	if d := r.call("GET", "/backup", nil, as...).is(http.StatusForbidden).text("detail"); strings.Contains(d, "*") || !strings.Contains(d, "owner of the whole installation") {
		t.Errorf("backup: %s", d)
	}
	if d := r.call("POST", "/workspaces", `{"name":"x"}`, as...).is(http.StatusForbidden).text("detail"); !strings.Contains(d, "on the whole installation") {
		t.Errorf("workspaces: %s", d)
	}
	for query, name := range map[string]string{"from=abc": "from", "limit=many": "limit", "limit=1000": "limit", "status=odd": "status"} {
		bad := r.in("GET", "/runs?"+query, nil).is(http.StatusUnprocessableEntity)
		if bad.text("errors.0.parameter") != name || strings.Contains(string(bad.body), "2006-01-02") || !strings.Contains(bad.text("detail"), name) {
			t.Errorf("%s: %s", query, bad.body)
		}
	}
}

func TestATitleIsOneOffers(t *testing.T) {
	r := newRig(t)
	id := r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated).text("id")
	twice := r.in("POST", "/offers", `{"title":" Course A "}`).is(http.StatusUnprocessableEntity)
	twice.points("/title")
	if !strings.Contains(twice.text("detail"), "offer") {
		t.Errorf("detail: %s", twice.body)
	}
	other := r.in("POST", "/offers", `{"title":"Course B"}`).is(http.StatusCreated).text("id")
	r.in("PATCH", "/offers/"+other, `{"title":"Course A"}`).is(http.StatusUnprocessableEntity).points("/title")
	r.call("POST", "/workspaces/b/offers", `{"title":"Course A"}`).is(http.StatusCreated)
	r.in("DELETE", "/offers/"+id, nil).is(http.StatusNoContent)
	r.in("PATCH", "/offers/"+other, `{"title":"Course A"}`).is(http.StatusOK)
}

func TestANewWorkflowIsInItsFirstRevision(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"x","definition":{"schema":1,"triggers":[],"steps":[]}}`).is(http.StatusCreated)
	if made.number("revision") != 1 || made.header.Get("ETag") != `"1"` {
		t.Errorf("%s %s", made.header.Get("ETag"), made.body)
	}
}

func TestAWrongMethodIsToldTheRightOnes(t *testing.T) {
	r := newRig(t)
	_, hook := r.publish()
	if allow := r.call("DELETE", hook, nil).is(http.StatusMethodNotAllowed).header.Get("Allow"); allow != "POST" {
		t.Errorf("Allow: %q", allow)
	}
}

func TestASigningSecretIsRotatedWithAnOverlap(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"S","definition":{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe","secret":"whsec_old"}}}],
		"steps":[{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}]}}`).is(http.StatusCreated)
	id, hook := made.text("id"), strings.TrimPrefix(made.text("triggers.0.url"), "https://hooks.example.com")
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
	scheme, _ := sender.SchemeNamed("stripe")
	send := func(secret string) int {
		body := `{"id":"` + time.Now().String() + secret + `"}`
		h, err := scheme.Sign(time.Now(), sender.Request{Body: []byte(body)}, "", secret)
		if err != nil {
			t.Fatal(err)
		}
		return r.call("POST", hook, body, "Stripe-Signature", h.Get("Stripe-Signature")).status
	}
	if send("whsec_old") != http.StatusAccepted || send("whsec_new") != http.StatusUnauthorized {
		t.Fatal("before the rotation")
	}
	path := "/workflows/" + id + "/triggers/hook/rotate-secret"
	r.in("POST", path, `{"secret":"whsec_new","overlap":"1h"}`).is(http.StatusOK)
	if send("whsec_old") != http.StatusAccepted || send("whsec_new") != http.StatusAccepted {
		t.Error("in the overlap")
	}
	r.in("POST", path, `{"secret":"whsec_third","overlap":"0s"}`).is(http.StatusOK)
	if send("whsec_new") != http.StatusUnauthorized || send("whsec_third") != http.StatusAccepted {
		t.Error("without an overlap")
	}
	r.in("POST", path, `{"secret":" x"}`).is(http.StatusUnprocessableEntity).points("/secret")
	r.in("POST", "/workflows/"+id+"/triggers/none/rotate-secret", `{"secret":"x"}`).is(http.StatusNotFound)
	plain, _ := r.draft(`{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[]}`)
	r.in("POST", "/workflows/"+plain+"/triggers/hook/rotate-secret", `{"secret":"x"}`).is(http.StatusConflict)
}

func TestAWorkflowIsDeletedForGoodFromTheTrash(t *testing.T) {
	r := newRig(t)
	id, hook := r.publish()
	r.in("DELETE", "/workflows/"+id+"?forever=true", nil).is(http.StatusConflict)
	r.in("DELETE", "/workflows/"+id, nil).is(http.StatusNoContent)
	r.in("DELETE", "/workflows/"+id+"?forever=true", nil).is(http.StatusNoContent)
	r.in("GET", "/workflows/"+id, nil).is(http.StatusNotFound)
	r.call("POST", hook, order).is(http.StatusGone)
	if scopes := r.call("GET", "/scopes", nil).is(http.StatusOK); scopes.text("items.0.resource") != "workspaces" {
		t.Errorf("scopes: %s", scopes.body)
	}
}
