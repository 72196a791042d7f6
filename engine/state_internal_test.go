package engine

import (
	"errors"
	"testing"
	"time"
)

// Whatever writes a run's status passes through the table of states.
func TestMoveRefusesWhatCannotBe(t *testing.T) {
	for from, to := range map[Status]Status{Succeeded: Queued, Canceled: Queued, Held: Running, Failed: Canceled, Queued: Succeeded} {
		run := Run{Status: from}
		var refused *StateError
		if err := run.move(to); !errors.As(err, &refused) || run.Status != from {
			t.Errorf("%s to %s: %v, now %s", from, to, err, run.Status)
		}
	}
	for from, to := range map[Status]Status{Held: Canceled, Failed: Queued, Parked: Queued, Waiting: Canceled} {
		run := Run{Status: from}
		if err := run.move(to); err != nil || run.Status != to {
			t.Errorf("%s to %s: %v, now %s", from, to, err, run.Status)
		}
	}
}

// What could not be counted in the database counts the next time.
func TestRefusedRequestsAreNotLostWithTheDatabase(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	l := newLimits(1, func() time.Time { return now })
	for range 5 {
		l.allow("token", Endpoint{WorkflowID: "wf"})
	}
	counted := l.drain()
	if len(counted) != 1 {
		t.Fatalf("drained %v", counted)
	}
	for key, count := range counted {
		l.restore(key, count)
		l.allow("token", Endpoint{WorkflowID: "wf"})
		again := l.drain()
		if again[key].n != count.n+1 {
			t.Errorf("%d refused, then %d", count.n, again[key].n)
		}
	}
}

func TestWithoutValues(t *testing.T) {
	for text, want := range map[string]string{
		`"a@b.co" is no e-mail`: `"…" is no e-mail`, "answered 503 twice": "answered 503 twice",
		"card 4242424242424242 refused": "card # refused", `open "never closed`: `open "…`, "": "",
	} {
		if got := WithoutValues(text); got != want {
			t.Errorf("%q becomes %q", text, got)
		}
	}
}
