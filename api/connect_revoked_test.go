package api_test

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestL12ATokenThatIsTakenBackStopsNoRunForGood: a service takes a token back before it
// ends, so the first call hears 401 and the token cannot be renewed. The run waits for
// somebody to sign in, like those after it, and goes on then.
func TestL12ATokenThatIsTakenBackStopsNoRunForGood(t *testing.T) {
	d := newSignInDesk(t)
	id := d.connection("person")
	d.connect(id)
	hook := d.sends(id, d.service.URL+"/api")
	d.clock.ahead.Add(int64(10 * time.Minute)) // just after a sign-in a 401 is the step's own affair
	d.service.change(func() { d.service.access, d.service.refresh = "taken back", "taken back" })
	first, second := d.posted(hook), d.posted(hook)
	for _, run := range []string{first, second} {
		if got := d.due(run); got.text("steps.0.error.code") != "signed_out" || !strings.Contains(got.text("steps.0.error.message"), "Reconnect") {
			t.Errorf("the step says %s", got.body)
		}
	}
	if got := d.signIn(id); got != "lost" {
		t.Errorf("the connection is %s", got)
	}
	d.connect(id)
	for _, run := range []string{first, second} {
		if got := d.settled(run); got.text("status") != "succeeded" {
			t.Errorf("it did not go on: %s", got.body)
		}
	}
	// The service is away: that is no reason to fail either.
	d.clock.ahead.Add(int64(10 * time.Minute))
	d.service.change(func() { d.service.access, d.service.broken = "taken back", true })
	third := d.posted(hook)
	if got := d.due(third); !strings.Contains(got.text("steps.0.error.message"), "could not be renewed") {
		t.Errorf("the step says %s", got.body)
	}
	d.in("GET", "/connections/"+id, nil).is(http.StatusOK)
	if got := d.signIn(id); got != "connected" {
		t.Errorf("a bad minute made it %s", got)
	}
}
