package faults

import (
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/service"
)

// TestRepeatsStartOneRun sends one webhook a hundred times over twenty
// connections, and again after a kill, and after Redis has forgotten everything:
// it is one run.
func TestRepeatsStartOneRun(t *testing.T) {
	t.Parallel()
	for name, layout := range map[string]Layout{
		"SQLite":               {Bin: binary(t), Seed: *seed},
		"PostgreSQL and Redis": {Bin: binary(t), Seed: *seed, Workers: 1, Postgres: service.StartPostgres(t), Redis: service.StartRedis(t)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := NewStand(t, layout)
			o := Order{ID: "repeated", Flow: Sale, Body: `{"id":"repeated","name":"Ada Lovelace"}`}
			sendAtOnce(t, s, o, 100, 20)
			if e := s.Ledger.Entries()[0]; e.Statuses[http.StatusAccepted] != 1 || e.Statuses[http.StatusOK] != 99 {
				t.Errorf("a hundred at once were answered %v", e.Statuses)
			}
			s.procs[server].Kill()
			s.Start(server)
			sendAtOnce(t, s, o, 5, 5)
			if layout.Redis != nil {
				if err := NewNemesis(s, 0).flush(t.Context()); err != nil {
					t.Fatal(err)
				}
				sendAtOnce(t, s, o, 5, 5)
			}
			e, violations := s.Settle(30 * time.Second)
			if len(violations) > 0 {
				t.Errorf("%d violations:\n%s", len(violations), Shown(violations))
			}
			sent := e.Entries[0]
			if sent.Statuses[http.StatusAccepted] != 1 || sent.Statuses[http.StatusOK] != sent.Sent-1 || len(sent.Runs) != 1 {
				t.Errorf("answered %v with the runs %v", sent.Statuses, sent.Runs)
			}
			if n := len(e.Runs); n != 2 { // its own, and the one of its tag
				t.Errorf("%d runs", n)
			}
		})
	}
}

// sendAtOnce sends one order n times over so many connections.
func sendAtOnce(t *testing.T, s *Stand, o Order, n, connections int) {
	t.Helper()
	d := &Driver{Hooks: s.Installed.Hooks, Ledger: s.Ledger}
	client := &http.Client{Timeout: sendLimit, Transport: &http.Transport{MaxConnsPerHost: connections, MaxIdleConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var senders sync.WaitGroup
	for range n {
		senders.Go(func() { d.send(t.Context(), client, o) })
	}
	senders.Wait()
	if i := slices.IndexFunc(s.Ledger.Entries(), func(e Entry) bool { return e.Unanswered > 0 }); i >= 0 {
		t.Errorf("%d sendings were not answered", s.Ledger.Entries()[i].Unanswered)
	}
}
