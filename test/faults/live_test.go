package faults

import (
	"bufio"
	"context"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
	"github.com/hookloom/hookloom/test/service"
)

// TestTwoServersShareTheirChanges starts two servers on one PostgreSQL without
// Redis: a page at the second one hears of a run at the first.
func TestTwoServersShareTheirChanges(t *testing.T) {
	t.Parallel()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed, Postgres: service.StartPostgres(t)})
	port, err := instance.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	const second = "server-2"
	spec := s.specs[server]
	spec.Health = instance.Address(port) + "/healthz"
	spec.Log += ".second"
	s.specs[second] = spec
	s.Start(second, "PORT="+strconv.Itoa(port), "DATA_DIR="+t.TempDir())
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, instance.Address(port)+"/api/v1/workspaces/main/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+s.Client.Key)
	stream, err := (&http.Client{}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer stream.Body.Close()
	if stream.StatusCode != http.StatusOK {
		t.Fatalf("the stream is answered %s", stream.Status)
	}
	told := make(chan string)
	go func() {
		defer close(told)
		for lines := bufio.NewScanner(stream.Body); lines.Scan(); {
			select {
			case told <- lines.Text():
			case <-ctx.Done():
				return
			}
		}
	}()
	// The first words come when the second server hears of the others.
	for line := range told {
		if strings.Contains(line, "resync") {
			break
		}
	}
	run := sendOne(t, s, "seen")
	for line := range told {
		if strings.Contains(line, run) && strings.Contains(line, "succeeded") {
			return
		}
	}
	t.Error("the second server's stream never told of the run")
}
