package faults

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"
	_ "modernc.org/sqlite"
)

// TestFullDisk takes the server's disk away while webhooks come in: no file may
// grow. It must answer 503 with Retry-After, promise nothing, and go on by
// itself when there is room again.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed})
	driver := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger, Rate: 40, Once: true}
	driver.Drive(t.Context(), Plan(*seed, "before", 40))
	for round := range 3 {
		s.fileLimit(1)
		refused(t, s, fmt.Sprintf("full%d", round))
		driver.Drive(t.Context(), Plan(*seed, fmt.Sprintf("during%d", round), 40))
		s.fileLimit(unix.RLIM_INFINITY)
		driver.Drive(t.Context(), Plan(*seed, fmt.Sprintf("after%d", round), 40))
	}
	e, violations := s.Settle(time.Minute)
	if len(violations) > 0 {
		t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
	}
	turned := 0
	for _, entry := range e.Entries {
		full := strings.HasPrefix(entry.Order.ID, "during") || strings.HasPrefix(entry.Order.ID, "full")
		if full && entry.Accepted {
			t.Errorf("%s was promised on a full disk: %v", entry.Order.ID, entry.Statuses)
		}
		if !full && !entry.Order.Malformed && !entry.Accepted {
			t.Errorf("%s was answered %v although there was room", entry.Order.ID, entry.Statuses)
		}
		turned += entry.Statuses[http.StatusServiceUnavailable]
	}
	if turned == 0 {
		t.Error("the disk was never full")
	}
	t.Log(table([][2]string{{"runs / calls", fmt.Sprintf("%d / %d", len(e.Runs), len(e.Effects))}, {"turned away", fmt.Sprint(turned)}}))
	s.intact()
}

// refused sends one webhook that must be turned away for now.
func refused(t *testing.T, s *Stand, id string) {
	t.Helper()
	o := Order{ID: id, Flow: Sale, Body: fmt.Sprintf(`{"id":%q}`, id)}
	s.Ledger.Sent(o)
	answer, err := http.Post(s.Installed.Hooks[o.Flow], "application/json", strings.NewReader(o.Body))
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	s.Ledger.Answered(o, answer.StatusCode, nil, time.Now())
	if answer.StatusCode != http.StatusServiceUnavailable || answer.Header.Get("Retry-After") == "" {
		t.Errorf("a full disk is answered %d, Retry-After %q", answer.StatusCode, answer.Header.Get("Retry-After"))
	}
}

// fileLimit bounds, in bytes, the files that the server writes from now on.
func (s *Stand) fileLimit(most uint64) {
	s.t.Helper()
	var limit unix.Rlimit
	pid := s.procs[server].PID()
	err := unix.Prlimit(pid, unix.RLIMIT_FSIZE, nil, &limit)
	if err == nil {
		limit.Cur = min(most, limit.Max)
		err = unix.Prlimit(pid, unix.RLIMIT_FSIZE, &limit, nil)
	}
	if err != nil {
		s.t.Fatalf("limit the server's files: %v", err)
	}
}

// intact stops the server and has SQLite read its whole database.
func (s *Stand) intact() {
	s.t.Helper()
	if err := s.procs[server].Stop(20 * time.Second); err != nil {
		s.t.Errorf("SIGTERM: %v", err)
	}
	db, err := sql.Open("sqlite", filepath.Join(s.dir, "data-"+server, "hookloom.db"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer db.Close()
	var verdict string
	if err := db.QueryRowContext(s.t.Context(), "PRAGMA integrity_check").Scan(&verdict); err != nil || verdict != "ok" {
		s.t.Errorf("the database is not intact: %s, %v", verdict, err)
	}
}
