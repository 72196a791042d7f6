package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// stopLimit is how long a server may take to end.
const stopLimit = 30 * time.Second

// installation is a Hookloom of its own: a data directory, perhaps a database,
// and the server on it while it runs.
type installation struct {
	bench *bench
	dir   string
	port  int
	key   string
	// extra are variables beside the usual ones, such as DATABASE_URL.
	extra  []string
	server *instance.Process
}

// install makes an installation that is not started.
func (b *bench) install(name string, extra ...string) (*installation, error) {
	dir := filepath.Join(b.temp, name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	port, err := instance.FreePort()
	if err != nil {
		return nil, err
	}
	return &installation{bench: b, dir: dir, port: port, key: "hlk_" + randomHex(24), extra: extra}, nil
}

// randomHex returns n random bytes as text.
func randomHex(n int) string {
	raw := make([]byte, n)
	_, _ = rand.Read(raw) // documented never to fail
	return hex.EncodeToString(raw)
}

func (i *installation) base() string { return instance.Address(i.port) }

// start starts `hookloom serve` with its defaults and returns when it is ready.
func (i *installation) start(ctx context.Context, args ...string) error {
	return i.launch(ctx, i.base()+"/readyz", args...)
}

// launch starts the server; with health "" it does not wait for anything.
func (i *installation) launch(ctx context.Context, health string, args ...string) error {
	var err error
	i.server, err = instance.Start(ctx, instance.Spec{
		Bin: i.bench.bin, Args: append([]string{"serve"}, args...), Health: health, Log: filepath.Join(i.dir, "log"),
		Env: append([]string{
			"DATA_DIR=" + i.dir, "PORT=" + strconv.Itoa(i.port), "BOOTSTRAP_API_KEY=" + i.key, "ALLOW_TARGETS=" + i.bench.sink.addr,
		}, i.extra...),
	})
	return err
}

// stop ends the server, if it runs.
func (i *installation) stop() error {
	if i.server == nil {
		return nil
	}
	server := i.server
	i.server = nil
	if err := server.Stop(stopLimit); err != nil {
		return fmt.Errorf("stop the server: %w", err)
	}
	return nil
}

// discard ends the server at once and removes its data.
func (i *installation) discard() {
	if i.server != nil {
		i.server.Kill()
		i.server = nil
	}
	_ = os.RemoveAll(i.dir) // the whole temporary folder goes at the end
}

func (i *installation) client() *instance.Client {
	return &instance.Client{Base: i.base(), Key: i.key, Workspace: "main"}
}

// publish makes a workflow of steps live and returns it with its address.
func (i *installation) publish(ctx context.Context, name string, steps ...string) (instance.Workflow, string, error) {
	wf, err := i.client().Publish(ctx, name, definition(steps...))
	if err != nil {
		return wf, "", err
	}
	hook, err := wf.Hook()
	return wf, hook, err
}

// ready starts an installation with the main workload's workflow and warms it.
func (i *installation) ready(ctx context.Context, args ...string) (hook string, err error) {
	if err := i.start(ctx, args...); err != nil {
		return "", err
	}
	if _, hook, err = i.publish(ctx, "Sale", send(i.bench.sink.url())); err != nil {
		return "", err
	}
	return hook, i.bench.warm(ctx, hook)
}

// warm sends some traffic that is not measured: caches, connections and the
// heap reach their working state.
func (b *bench) warm(ctx context.Context, url string) error {
	o, err := load{url: url, conns: b.conns, length: b.warmup, sink: b.sink}.drive(ctx)
	if err != nil {
		return err
	}
	if err := o.fault(); err != nil {
		return fmt.Errorf("warm-up of %s: %w", url, err)
	}
	return nil
}

// one sends a single payload, waits for its run to have the status, and returns
// the run's id.
func (i *installation) one(ctx context.Context, hook, name string, seq int, status string) (string, error) {
	s := post(&http.Client{Timeout: callLimit}, hook, name, seq, time.Now())
	if s.answer != http.StatusAccepted {
		return "", fmt.Errorf("the webhook was answered %d", s.answer)
	}
	ctx, cancel := context.WithTimeout(ctx, quietLimit)
	defer cancel()
	for {
		var page struct{ Items []instance.Run }
		if err := i.client().Do(ctx, http.MethodGet, "/runs?limit=1", nil, &page); err != nil {
			return "", err
		}
		if len(page.Items) == 1 && page.Items[0].Status == status {
			return page.Items[0].ID, nil
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("no run is %s: %+v", status, page.Items)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// cold starts the server and returns the time from there to its first answered
// webhook.
func (i *installation) cold(ctx context.Context, hook string) (time.Duration, error) {
	dialer := &net.Dialer{Timeout: time.Second}
	client := &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DialContext: dialer.DialContext}}
	defer client.CloseIdleConnections()
	start := time.Now()
	if err := i.launch(ctx, ""); err != nil {
		return 0, err
	}
	for n := 1; ; n++ {
		if s := post(client, hook, "cold", n, time.Now()); s.answer == http.StatusAccepted {
			return s.acked.Sub(start), nil
		}
		select {
		case <-ctx.Done():
			return 0, ctx.Err()
		case <-i.server.Ended():
			return 0, fmt.Errorf("the server ended: %w", i.server.Err())
		case <-time.After(2 * time.Millisecond):
		}
		if time.Since(start) > time.Minute {
			return 0, fmt.Errorf("no webhook was served within a minute")
		}
	}
}
