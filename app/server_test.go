package app

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/hookloom/hookloom/nodes/all"
)

// console is an output that says when something was written.
type console struct {
	mu      sync.Mutex
	text    bytes.Buffer
	written chan struct{}
}

func (c *console) Write(b []byte) (int, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	select {
	case c.written <- struct{}{}:
	default:
	}
	return c.text.Write(b)
}

func (c *console) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.text.String()
}

// start runs a command that goes on until the test ends, and waits until ready
// says so.
func start(t *testing.T, environ []string, ready func(printed string) bool, args ...string) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	out, ended := &console{written: make(chan struct{}, 1)}, make(chan int, 1)
	go func() {
		ended <- run(ctx, Options{Args: args, Environ: append([]string{"PATH=/usr/bin"}, environ...), Stdout: out, Stderr: out}.withDefaults())
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("%s ended with %d: %s", args[0], code, out)
		}
	})
	for !ready(out.String()) {
		select {
		case <-out.written:
		case code := <-ended:
			ended <- code
			t.Fatalf("%s did not start: %s", args[0], out)
		}
	}
}

// server runs `hookloom serve` on a folder of its own until the test ends.
func server(t *testing.T, environ []string, flags ...string) *client {
	t.Helper()
	dir := t.TempDir()
	c := &client{workspace: "main", http: &http.Client{Timeout: time.Minute}}
	ready := func(printed string) bool {
		var l local
		content, err := os.ReadFile(filepath.Join(dir, "local.json"))
		if err != nil || json.Unmarshal(content, &l) != nil {
			return false
		}
		c.base, c.key = l.URL, l.Key
		return strings.Contains(printed, l.URL)
	}
	start(t, environ, ready, append([]string{"serve", "--port", "0", "--data-dir", dir}, flags...)...)
	return c
}

// publish makes a workflow live and returns its id and the address of its
// trigger.
func (c *client) publish(t *testing.T, definition string) (id, url string) {
	t.Helper()
	var made struct {
		ID       string
		Triggers []struct{ URL string }
	}
	if err := c.do(t.Context(), http.MethodPost, c.in("/workflows"), map[string]any{"name": t.Name(), "definition": json.RawMessage(definition)}, &made); err != nil {
		t.Fatal(err)
	}
	if err := c.do(t.Context(), http.MethodPost, c.in("/workflows/%s/publish", made.ID), map[string]any{}, nil); err != nil {
		t.Fatal(err)
	}
	return made.ID, made.Triggers[0].URL
}

const end = `{"id":"end","type":"flow.stop","v":1,"params":{"outcome":"succeeded"}}`

// hook publishes a workflow whose trigger takes one sender.
func (c *client) hook(t *testing.T, signature, steps string) (id, url string) {
	t.Helper()
	return c.publish(t, `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":`+signature+`}}],"steps":[`+steps+`]}`)
}
