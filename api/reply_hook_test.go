package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// A reply is an event like the others: outgoing webhooks may listen to it.
func TestARepliesHookIsCalled(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/hooks", `{"event":"contact.replied","url":"$SINK/hook"}`).is(http.StatusCreated)
	who := r.in("POST", "/contacts", `{"email":"ada@example.com"}`).is(http.StatusCreated).text("id")
	r.in("POST", "/contacts/"+who+"/replies", `{"text":"Yes, please"}`).is(http.StatusCreated)
	for late := time.Now().Add(30 * time.Second); ; {
		if got := r.in("GET", "/deliveries", nil).is(http.StatusOK); len(got.at("items").([]any)) > 0 && got.text("items.0.status") == "succeeded" {
			break
		}
		if time.Now().After(late) {
			t.Fatal("nothing was delivered")
		}
	}
	if got := strings.Join(r.sink.got(), "\n"); !strings.Contains(got, "contact.replied") || !strings.Contains(got, "Yes, please") {
		t.Errorf("sent: %s", got)
	}
}
