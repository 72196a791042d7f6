package contract

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// base is where addresses of the test's workspace would be.
const base = "https://hookloom.test"

// clock is the time of a test: it stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// watch is an engine.Live that wakes whoever waits for a change.
type watch struct {
	mu      sync.Mutex
	changed chan struct{}
}

// Publish implements engine.Live.
func (w *watch) Publish(engine.Change) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.changed != nil {
		close(w.changed)
		w.changed = nil
	}
}

// Subscribe implements engine.Live; there are no pages to tell.
func (w *watch) Subscribe(string) (<-chan engine.Change, func()) { return nil, func() {} }

// next is closed at the next change.
func (w *watch) next() <-chan struct{} {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.changed == nil {
		w.changed = make(chan struct{})
	}
	return w.changed
}

// world is the installation of one test.
type world struct {
	*engine.Engine
	dir       string
	clock     *clock
	watch     *watch
	store     *storage.Store
	outside   *outside
	registry  *nodes.Registry
	workspace crm.Workspace
}

// open makes an installation in a folder of its own, on a copy of blank, and starts
// it. Whoever gets one closes it.
func open(ctx context.Context, blank string, registry *nodes.Registry, given Given, out *outside) (_ *world, err error) {
	w := &world{clock: &clock{now: begins(given)}, watch: &watch{}, outside: out, registry: registry}
	if w.dir, err = os.MkdirTemp("", "hookloom-test-*"); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(w.dir))
		}
	}()
	if err = copyFile(filepath.Join(blank, storage.FileName), filepath.Join(w.dir, storage.FileName)); err != nil {
		return nil, err
	}
	if w.store, err = openStore(ctx, w.dir, w.clock.Now); err != nil {
		return nil, err
	}
	w.Engine = engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2, Log: slog.New(slog.DiscardHandler)}),
		HTTP: out, Registry: registry, Live: w.watch, Now: w.clock.Now, Exclusive: true,
	})
	w.AddressedBy(func(_, token string) string { return base + "/hooks/" + token })
	if err = w.Start(ctx); err != nil {
		return nil, errors.Join(err, w.store.Close())
	}
	if err = w.furnish(ctx, given); err != nil {
		return nil, errors.Join(err, w.stop())
	}
	return w, nil
}

// makeBlank makes an empty database that tests copy: making one takes longer than all
// that most tests do.
func makeBlank(ctx context.Context) (dir string, err error) {
	if dir, err = os.MkdirTemp("", "hookloom-test-*"); err != nil {
		return "", err
	}
	store, err := openStore(ctx, dir, time.Now)
	if err == nil {
		err = store.Close()
	}
	if err != nil {
		return "", errors.Join(err, os.RemoveAll(dir))
	}
	return dir, nil
}

// testKey seals what the tests of this process store.
var testKey = sync.OnceValues(func() (*secret.Keyring, error) { return secret.NewKeyring(secret.GenerateKey()) })

func openStore(ctx context.Context, dir string, now func() time.Time) (*storage.Store, error) {
	keyring, err := testKey()
	if err != nil {
		return nil, err
	}
	return storage.Open(ctx, storage.Config{DataDir: dir, Keyring: keyring, Clock: now, Log: slog.New(slog.DiscardHandler)})
}

func copyFile(from, to string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	return os.WriteFile(to, content, 0o600)
}

// stop ends the engine and closes the database.
func (w *world) stop() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	return errors.Join(w.Stop(ctx), w.store.Close())
}

// close ends the installation and removes it.
func (w *world) close() error { return errors.Join(w.stop(), os.RemoveAll(w.dir)) }

func begins(g Given) time.Time {
	if at, err := time.Parse(time.RFC3339, g.Now); err == nil {
		return at.UTC()
	}
	return time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC)
}

// do changes the workspace's data in one transaction.
func (w *world) do(ctx context.Context, fn func(engine.Tx) error) error {
	return w.store.Do(ctx, w.workspace.ID, fn)
}

// rest waits until nothing moves by itself: no run is at work or could be, and no
// event waits to be heard. The error is that of ctx when it ends before.
func (w *world) rest(ctx context.Context) error {
	for {
		changed := w.watch.next()
		if err := errors.Join(w.ConsumeEvents(ctx), w.MoveWaiting(ctx), w.Reconcile(ctx)); err != nil && ctx.Err() == nil {
			return err
		}
		still, err := w.still(ctx)
		if still || err != nil {
			return err
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Millisecond): // a commit of another kind may be what is missing
		case <-ctx.Done():
			return fmt.Errorf("the workflow does not come to rest: %w", context.Cause(ctx))
		}
	}
}

func (w *world) still(ctx context.Context) (bool, error) {
	events, err := w.store.PendingEvents(ctx, 1)
	if err != nil || len(events) > 0 {
		return false, err
	}
	runs, err := w.runs(ctx)
	if err != nil {
		return false, err
	}
	now := w.clock.Now()
	for _, r := range runs {
		switch {
		case r.Status == engine.Running, r.Status == engine.Queued && !r.DueAt.After(now):
			return false, nil
		case r.Status == engine.Waiting && !r.DueAt.IsZero() && !r.DueAt.After(now):
			return false, nil
		}
	}
	return true, nil
}

// runs are the workflow's, oldest first.
func (w *world) runs(ctx context.Context) ([]engine.Run, error) {
	var all []engine.Run
	for cursor := ""; ; {
		list, err := w.store.ListRuns(ctx, w.workspace.ID, engine.RunFilter{}, engine.Page{Cursor: cursor, Limit: engine.MaxPage})
		if err != nil {
			return nil, err
		}
		for _, r := range list.Items {
			all = append([]engine.Run{r}, all...)
		}
		if cursor = list.Next; cursor == "" {
			return all, nil
		}
	}
}

// nextDue is when the first run goes on that waits; false when none does.
func (w *world) nextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	runs, err := w.runs(ctx)
	for _, r := range runs {
		waits := (r.Status == engine.Waiting || r.Status == engine.Queued) && !r.DueAt.IsZero()
		if waits && (!ok || r.DueAt.Before(at)) {
			at, ok = r.DueAt, true
		}
	}
	return at, ok, err
}

// maxWaits bounds how often a test lets time pass, so that a workflow that goes
// around for ever ends.
const maxWaits = 2_000

// pass lets time pass, from wait to wait, until a moment; the zero time stands for
// until no run waits any more.
func (w *world) pass(ctx context.Context, until time.Time) error {
	for range maxWaits {
		if err := w.rest(ctx); err != nil {
			return err
		}
		due, ok, err := w.nextDue(ctx)
		if err != nil {
			return err
		}
		if !ok || !until.IsZero() && due.After(until) {
			break
		}
		if now := w.clock.Now(); due.After(now) {
			w.clock.set(due)
		}
	}
	if !until.IsZero() {
		w.clock.set(until)
	}
	return w.rest(ctx)
}
