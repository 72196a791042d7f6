package bulk_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// actions records what was done to runs. fail says what an id is answered.
type actions struct {
	mu   sync.Mutex
	done []string
	fail map[string]error
	// at is called before each action.
	at func(id string)
}

func (a *actions) act(what, id string) error {
	if a.at != nil {
		a.at(id)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := a.fail[id]; err != nil {
		return err
	}
	a.done = append(a.done, what+" "+id)
	return nil
}

func (a *actions) all() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return append([]string{}, a.done...)
}

func (a *actions) Replay(_ context.Context, _, id string, asNew bool) (engine.Run, error) {
	return engine.Run{}, a.act(fmt.Sprintf("replay(%v)", asNew), id)
}

func (a *actions) Retry(_ context.Context, _, id string, o engine.RetryOptions) error {
	return a.act(fmt.Sprintf("retry(%s,%v)", o.Outcome, o.Live), id)
}

func (a *actions) Cancel(_ context.Context, _, id string) error { return a.act("cancel", id) }

func (a *actions) Resend(_ context.Context, _, id string) (engine.Run, error) {
	return engine.Run{}, a.act("resend", id)
}

type world struct {
	*storage.Store
	ws    crm.Workspace
	clock atomic.Int64
	runs  actions
}

func (w *world) now() time.Time { return time.UnixMicro(w.clock.Load()).UTC() }

func newWorld(t *testing.T) *world {
	w := &world{ws: crm.Workspace{Name: "Main", Slug: "main"}}
	w.clock.Store(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixMicro())
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	storagetest.Tables(t, dir)
	if w.Store, err = storage.Open(t.Context(), storage.Config{DataDir: dir, Keyring: keyring, Clock: w.now}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := w.CreateWorkspace(t.Context(), &w.ws); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) runner(t *testing.T) *bulk.Runner {
	r := bulk.New(w.Store, &w.runs, w.now, slog.New(slog.DiscardHandler))
	t.Cleanup(func() { stop(t, r) })
	return r
}

func stop(t *testing.T, r *bulk.Runner) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	if err := r.Stop(ctx); err != nil {
		t.Error(err)
	}
}

// ended returns the job once it is finished.
func (w *world) ended(t *testing.T, id string) engine.Job {
	t.Helper()
	for late := time.Now().Add(20 * time.Second); ; {
		j, err := w.Job(t.Context(), w.ws.ID, id)
		if err != nil {
			t.Fatal(err)
		}
		if !j.FinishedAt.IsZero() {
			return j
		}
		if time.Now().After(late) {
			t.Fatalf("the job did not end: %+v", j)
		}
	}
}

func TestAJobTellsWhatItCouldNotDo(t *testing.T) {
	w := newWorld(t)
	w.runs.fail = map[string]error{"run_2": &engine.StateError{Message: "It has ended."}, "run_3": engine.ErrNotFound, "run_4": errors.New("secret detail")}
	task := bulk.Task{Action: bulk.Retry, IDs: []string{"run_1", "run_2", "run_3", "run_4", "run_5"}, Outcome: engine.OutcomeSkip, Live: true}
	j, err := w.runner(t).Add(t.Context(), w.ws.ID, "usr_1", task)
	if err != nil {
		t.Fatal(err)
	}
	j = w.ended(t, j.ID)
	var result bulk.Result
	if err := json.Unmarshal(j.Result, &result); err != nil {
		t.Fatal(err)
	}
	want := bulk.Result{Errors: []bulk.Refusal{
		{RunID: "run_2", Detail: "It has ended."}, {RunID: "run_3", Detail: "There is no such run any more."},
		{RunID: "run_4", Detail: "This run could not be changed; the server's log says why."},
	}}
	if diff := cmp.Diff(want, result); diff != "" {
		t.Error(diff)
	}
	if j.Status != bulk.Succeeded || j.Total != 5 || j.Done != 2 || j.Failed != 3 || j.CreatedBy != "usr_1" {
		t.Errorf("job %+v", j)
	}
	if diff := cmp.Diff([]string{"retry(skip,true) run_1", "retry(skip,true) run_5"}, w.runs.all()); diff != "" {
		t.Error(diff)
	}
}

// A job whose process died goes on behind what was done, and only once.
func TestAJobGoesOnWhereItStopped(t *testing.T) {
	w := newWorld(t)
	reached, release := make(chan struct{}), make(chan struct{})
	w.runs.at = func(id string) {
		if id == "run_2" {
			close(reached)
			<-release
		}
	}
	first := w.runner(t)
	j, err := first.Add(t.Context(), w.ws.ID, "usr_1", bulk.Task{Action: bulk.Replay, IDs: []string{"run_1", "run_2", "run_3"}, AsNew: true})
	if err != nil {
		t.Fatal(err)
	}
	<-reached
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		stop(t, first)
	}()
	// Stop has been asked for once the runner refuses to wait any longer; the
	// run under way is ended first.
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := first.Stop(ctx); !errors.Is(err, context.Canceled) {
		t.Fatalf("stopped while a run was under way: %v", err)
	}
	close(release)
	<-stopped
	w.runs.at = nil
	if got := w.runs.all(); len(got) != 2 {
		t.Fatalf("done %v", got)
	}

	second := w.runner(t)
	second.Start()
	stop(t, second)
	if got := w.runs.all(); len(got) != 2 {
		t.Fatalf("a job that was alive a moment ago was taken over: %v", got)
	}
	w.clock.Add((2 * time.Minute).Microseconds())
	third, fourth := w.runner(t), w.runner(t)
	third.Start()
	fourth.Start()
	if j = w.ended(t, j.ID); j.Done != 3 || j.Failed != 0 {
		t.Errorf("job %+v", j)
	}
	if diff := cmp.Diff([]string{"replay(true) run_1", "replay(true) run_2", "replay(true) run_3"}, w.runs.all()); diff != "" {
		t.Error(diff)
	}
}

func TestTooManyRunsAreRefused(t *testing.T) {
	w := newWorld(t)
	if _, err := w.runner(t).Add(t.Context(), w.ws.ID, "", bulk.Task{Action: bulk.Cancel, IDs: make([]string, bulk.MaxRuns+1)}); err == nil {
		t.Error("accepted")
	}
}
