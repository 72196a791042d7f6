package faults

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/test/instance"
	"github.com/hookloom/hookloom/test/service"
)

const (
	// backlog is how many unfinished runs a start finds.
	backlog = 100_000
	// serving is how soon the server must answer then.
	serving = 10 * time.Second
	// turn is how soon a new webhook's run must end although all those wait.
	turn = 10 * time.Second
)

// TestStartWithABacklog starts the server on a database with 100,000 queued
// runs. It must serve at once, let new webhooks have their turn, and get on
// with the backlog.
func TestStartWithABacklog(t *testing.T) {
	t.Parallel()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed, Postgres: service.StartPostgres(t)})
	template := sendOne(t, s, "first")
	awaitRun(t, s, template, time.Minute)
	s.procs[server].Kill()
	multiply(t, s.layout.Postgres.URL(), template, backlog)

	begin := time.Now()
	s.Start(server)
	ready := time.Since(begin)
	if ready > serving {
		t.Errorf("the server took %v until it served", ready)
	}
	before := len(s.Sink.Effects())
	begin = time.Now()
	awaitRun(t, s, sendOne(t, s, "newest"), time.Minute)
	waited := time.Since(begin)
	if waited > turn {
		t.Errorf("the run of a new webhook took %v", waited)
	}
	drained, since := len(s.Sink.Effects())-before, time.Since(begin)
	for drained < 500 && since < 30*time.Second {
		time.Sleep(50 * time.Millisecond)
		drained, since = len(s.Sink.Effects())-before, time.Since(begin)
	}
	if drained < 500 {
		t.Errorf("%d of the backlog's runs got to their call in %v", drained, since)
	}
	t.Log(table([][2]string{
		{"serving after", ready.Round(time.Millisecond).String()}, {"a new webhook's run took", waited.Round(time.Millisecond).String()},
		{"backlog drained at", fmt.Sprintf("%.0f runs/s", float64(drained)/since.Seconds())},
	}))
}

// sendOne sends one sale and returns its run.
func sendOne(t *testing.T, s *Stand, id string) string {
	t.Helper()
	o := Order{ID: id, Flow: Sale, Body: fmt.Sprintf(`{"id":%q,"name":"Ada Lovelace"}`, id)}
	d := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 100, Persistent: true}
	d.Drive(t.Context(), []Order{o})
	for _, e := range s.Ledger.Entries() {
		if e.Order.ID == id && len(e.Runs) == 1 {
			return e.Runs[0]
		}
	}
	t.Fatalf("the webhook %s was not accepted", id)
	return ""
}

// awaitRun waits until a run has succeeded.
func awaitRun(t *testing.T, s *Stand, id string, limit time.Duration) {
	t.Helper()
	for end := time.Now().Add(limit); ; time.Sleep(20 * time.Millisecond) {
		run, err := s.Client.Run(t.Context(), id)
		switch {
		case err == nil && run.Status == "succeeded":
			return
		case err != nil && !instance.IsStatus(err, http.StatusServiceUnavailable):
			t.Fatal(err)
		case time.Now().After(end):
			t.Fatalf("the run %s is %s after %v", id, run.Status, limit)
		}
	}
}

// multiply copies a finished run n times as one that nobody has begun.
func multiply(t *testing.T, database, run string, n int64) {
	t.Helper()
	db, err := pgx.Connect(t.Context(), database)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close(t.Context())
	rows, err := db.Query(t.Context(), "SELECT column_name FROM information_schema.columns WHERE table_name = 'runs' AND table_schema = current_schema()")
	if err != nil {
		t.Fatal(err)
	}
	columns, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	const id = "substr(id, 1, length(id) - 12) || lpad(to_hex(i), 12, '0')"
	other := map[string]string{
		"id": id, "root_run": id, "status": "'queued'", "epoch": "1", "owner": "''", "cursor": "NULL", "contact_id": "NULL",
		"end_reason": "''", "started_at": "0", "finished_at": "0", "request_id": "''",
	}
	values := make([]string, len(columns))
	for i, name := range columns {
		if values[i] = name; other[name] != "" {
			values[i] = other[name]
		}
	}
	// The copies refer to what the original refers to: checking that 100,000
	// times would take most of the test.
	if _, err := db.Exec(t.Context(), "SET session_replication_role = replica"); err != nil {
		t.Fatal(err)
	}
	made, err := db.Exec(t.Context(), "INSERT INTO runs ("+strings.Join(columns, ", ")+") SELECT "+strings.Join(values, ", ")+
		" FROM runs, generate_series(1, $1::bigint) AS i WHERE id = $2", n, run)
	if err != nil || made.RowsAffected() != n {
		t.Fatalf("%d runs were made, %v", made.RowsAffected(), err)
	}
}
