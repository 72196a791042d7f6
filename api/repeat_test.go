package api_test

import (
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/problem"
)

// A POST that is sent again under its key is done once.
func TestIdempotencyKey(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	body := map[string]any{"name": "Once"}
	first := c.post("/workspaces", body, "Idempotency-Key", "a").is(201)
	again := c.post("/workspaces", body, "Idempotency-Key", "a").is(201)
	if again.body != first.body || again.header.Get("Idempotency-Replayed") != "true" || again.header.Get("Content-Type") != first.header.Get("Content-Type") {
		t.Errorf("%s %v, first %s", again.body, again.header, first.body)
	}
	c.post("/workspaces", map[string]any{"name": "Other"}, "Idempotency-Key", "a").is(422, problem.CodeKeyReused)
	c.post("/workspaces", body, "Idempotency-Key", "b").is(422, problem.CodeInvalid) // the slug is taken

	// What failed was not done, so it is done anew.
	c.post("/workspaces", map[string]any{"name": "Fixed"}, "Idempotency-Key", "b").is(201)

	// Keys of others are others.
	w.setUp().post("/workspaces", map[string]any{"name": "By a person"}, "Idempotency-Key", "a").is(201)

	w.clock.advance(25 * time.Hour)
	c.post("/workspaces", map[string]any{"name": "A day later"}, "Idempotency-Key", "a").is(201)
}

// An answer with a secret is not kept: a repeat is told that it was done.
func TestIdempotencyKeyKeepsNoSecrets(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	body := map[string]any{"name": "Shop", "scopes": []string{"*"}}
	c.post("/workspaces/main/api-keys", body, "Idempotency-Key", "k").is(201)
	c.post("/workspaces/main/api-keys", body, "Idempotency-Key", "k").is(409, problem.CodeAnswerNotKept)
	if list := c.get("/workspaces/main/api-keys").items(); len(list) != 1 {
		t.Errorf("%d keys were made", len(list))
	}
}

func TestIdempotencyKeyRace(t *testing.T) {
	w := newWorld(t)
	c := w.owner()
	var mu sync.Mutex
	statuses := map[int]int{}
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			a := c.post("/workspaces", map[string]any{"name": "Race"}, "Idempotency-Key", "r")
			mu.Lock()
			defer mu.Unlock()
			statuses[a.status]++
		})
	}
	all.Wait()
	if statuses[201] == 0 || statuses[201]+statuses[409] != 20 {
		t.Errorf("%v", statuses)
	}
	if list := c.get("/workspaces").items(); len(list) != 2 {
		t.Errorf("%d workspaces", len(list))
	}
	c.post("/workspaces", map[string]any{"name": "Race"}, "Idempotency-Key", "r").is(201)
}
