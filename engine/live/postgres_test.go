package live_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/live"
	"github.com/hookloom/hookloom/test/service"
)

var resync = engine.Change{Workspace: "ws", Kind: engine.ChangeResync}

func TestPostgresSendsWhatFitsIntoNoMessage(t *testing.T) {
	url := service.Postgres(t)
	a, b := newPostgres(t, url), newPostgres(t, url)
	at := kind{greets: true}.subscribe(t, b, "ws")
	long := change("ws", 1)
	for _, letter := range "abcde" { // together more than a message holds
		long.ID = strings.Repeat(string(letter), 3000)
		a.Publish(long)
	}
	for _, letter := range "abcde" {
		long.ID = strings.Repeat(string(letter), 3000)
		wantChange(t, at, long)
	}
	long.ID = strings.Repeat("x", 8000)
	a.Publish(long) // too long by itself
	wantChange(t, at, resync)
	a.Publish(change("ws", 2))
	wantChange(t, at, change("ws", 2))
}

func TestPostgresRestarts(t *testing.T) {
	before := goleak.IgnoreCurrent()
	t.Run("and goes on", func(t *testing.T) { // its clean-up is over before leaks are looked for
		s := service.StartPostgres(t)
		a, b := newPostgres(t, s.URL()), newPostgres(t, s.URL())
		one := kind{greets: true}
		atA, atB := one.subscribe(t, a, "ws"), one.subscribe(t, b, "ws")
		for range 2 {
			s.Restart(t)
			wantChange(t, atB, resync)
			drainUntil(t, a, b, atA, atB)
			for n := range 5_000 {
				b.Publish(change("ws_nobody", n))
			}
		}
	})
	goleak.VerifyNone(t, before)
}

func TestPostgresIsAway(t *testing.T) {
	b := newPostgres(t, "postgres://nobody@127.0.0.1:1/none")
	ch, cancel := b.Subscribe("ws")
	defer cancel()
	for n := range 30 {
		b.Publish(change("ws", n))
		wantChange(t, ch, change("ws", n)) // with nothing but the process itself
	}
}

func TestPostgresRefusesABadAddress(t *testing.T) {
	_, err := live.NewPostgres(live.PostgresConfig{URL: "postgres://ada:s3cret@db:port/x"})
	if err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("%v", err)
	}
}

func TestPostgresIgnoresForeignMessages(t *testing.T) {
	url := service.Postgres(t)
	b := newPostgres(t, url)
	ch := kind{greets: true}.subscribe(t, b, "ws")
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(t.Context())
	for _, payload := range []string{
		"", "x", "[]", `{"changes":"x"}`, strings.Repeat("[", 7_000),
		// The message says whose changes they are, not each change.
		`{"from":"x","ws":"ws","changes":[{"ws":"ws_other","kind":"run","id":"1"}]}`,
	} {
		if _, err := conn.Exec(t.Context(), "SELECT pg_notify('hookloom_live', $1)", payload); err != nil {
			t.Fatal(err)
		}
	}
	wantChange(t, ch, engine.Change{Workspace: "ws", Kind: engine.ChangeRun, ID: "1"})
	if _, err := conn.Exec(t.Context(), `SELECT pg_notify('hookloom_live', '{"from":"x"}')`); err != nil {
		t.Fatal(err)
	}
	wantChange(t, ch, resync)
}
