package instance_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// shell runs a line of shell in the place of the binary.
func shell(t *testing.T, line, health string) (*instance.Process, error) {
	t.Helper()
	return instance.Start(t.Context(), instance.Spec{
		Bin: "/bin/sh", Args: []string{"-c", line}, Health: health, Log: filepath.Join(t.TempDir(), "log"),
	})
}

func TestStartSaysWhyAProgramEnded(t *testing.T) {
	t.Parallel()
	_, err := shell(t, "echo no such database >&2; exit 3", "http://127.0.0.1:1/healthz")
	if err == nil || !strings.Contains(err.Error(), "no such database") || !strings.Contains(err.Error(), "exit status 3") {
		t.Errorf("error %v, want the status and the log", err)
	}
}

func TestAProcessIsStoppedKilledAndAborted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		line string
		end  func(p *instance.Process) error
		ok   bool
	}{
		"stopped":           {"trap 'exit 0' TERM; while :; do sleep 0.05; done", func(p *instance.Process) error { return p.Stop(20 * time.Second) }, true},
		"stopped too late":  {"trap '' TERM; while :; do sleep 0.05; done", func(p *instance.Process) error { return p.Stop(200 * time.Millisecond) }, false},
		"killed":            {"exec sleep 600", func(p *instance.Process) error { p.Kill(); return p.Err() }, false},
		"killed while dead": {"exit 0", func(p *instance.Process) error { <-p.Ended(); p.Kill(); return p.Err() }, true},
		"aborted":           {"exec sleep 600", func(p *instance.Process) error { p.Abort(); return p.Err() }, false},
		"frozen, then killed": {"exec sleep 600", func(p *instance.Process) error {
			if err := p.Freeze(); err != nil {
				return err
			}
			p.Kill()
			return p.Err()
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := shell(t, c.line, "")
			if err != nil {
				t.Fatal(err)
			}
			time.Sleep(100 * time.Millisecond) // until the trap is set
			if err := c.end(p); (err == nil) != c.ok {
				t.Errorf("ended with %v", err)
			}
			select {
			case <-p.Ended():
			default:
				t.Error("it still runs")
			}
		})
	}
}

func TestListReadsAllPages(t *testing.T) {
	t.Parallel()
	pages := map[string]string{
		"":  `{"items":[{"id":"con_1"},{"id":"con_2"}],"next_cursor":"b"}`,
		"b": `{"items":[{"id":"con_3"}],"next_cursor":null}`,
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/api/v1/workspaces/main/contacts" || r.Header.Get("Authorization") != "Bearer key" || r.FormValue("tag") != "sale" {
			http.Error(w, "unexpected "+r.URL.String(), http.StatusTeapot)
			return
		}
		_, _ = w.Write([]byte(pages[r.FormValue("cursor")]))
	}))
	defer server.Close()
	c := &instance.Client{Base: server.URL, Key: "key", Workspace: "main"}
	all, err := instance.List[instance.Contact](t.Context(), c, "/contacts", url.Values{"tag": {"sale"}})
	if err != nil || len(all) != 3 || all[2].ID != "con_3" {
		t.Errorf("got %v, %v", all, err)
	}
	if _, err := instance.List[instance.Contact](context.Background(), c, "/contacts", nil); !instance.IsStatus(err, http.StatusTeapot) {
		t.Errorf("another status gave %v", err)
	}
}
