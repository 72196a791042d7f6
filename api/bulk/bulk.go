// Package bulk does one action to many runs in the background: a job that a
// person asked for, with progress to look at, which another process or the next
// start goes on with when this one dies.
package bulk

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// MaxRuns is how many runs one job takes.
const MaxRuns = 10_000

// Kind is the kind of the jobs of this package.
const Kind = "runs.bulk"

// The actions.
const (
	Replay = "replay"
	Retry  = "retry"
	Cancel = "cancel"
	// Resend sends deliveries of hooks again.
	Resend = "resend"
)

// The statuses of a job.
const (
	Queued    = "queued"
	Running   = "running"
	Succeeded = "succeeded"
)

// Task is what a job does.
type Task struct {
	Action string   `json:"action"`
	IDs    []string `json:"ids"`
	// AsNew is for Replay, the others for Retry.
	AsNew   bool   `json:"as_new,omitempty"`
	Outcome string `json:"outcome,omitempty"`
	Live    bool   `json:"live,omitempty"`
}

// Result is what became of a job so far.
type Result struct {
	// Errors holds the first runs that the action was refused for.
	Errors []Refusal `json:"errors"`
}

// Refusal is one run with the reason in a sentence.
type Refusal struct {
	RunID  string `json:"run_id"`
	Detail string `json:"detail"`
}

// maxErrors bounds Result.Errors.
const maxErrors = 100

// Store keeps jobs.
type Store interface {
	CreateJob(ctx context.Context, j *engine.Job) error
	UpdateJob(ctx context.Context, j engine.Job) error
	// TakeJob notes the time on a job whose UpdatedAt is still j's and brings j
	// up to date; engine.ErrLost when somebody else works on it.
	TakeJob(ctx context.Context, j *engine.Job) error
	// UnfinishedJobs crosses workspaces and returns up to max, oldest first.
	UnfinishedJobs(ctx context.Context, max int) ([]engine.Job, error)
}

// Runs are the actions of the engine.
type Runs interface {
	Replay(ctx context.Context, workspace, runID string, asNew bool) (engine.Run, error)
	Retry(ctx context.Context, workspace, runID string, o engine.RetryOptions) error
	Cancel(ctx context.Context, workspace, runID string) error
	Resend(ctx context.Context, workspace, runID string) (engine.Run, error)
}

// Runner does jobs. Make it with New; Stop ends what it began.
type Runner struct {
	store Store
	runs  Runs
	now   func() time.Time
	log   *slog.Logger

	ctx    context.Context
	cancel context.CancelFunc
	work   sync.WaitGroup
	// slots bounds how many jobs are done at once, so that they leave room for
	// what is live.
	slots chan struct{}

	mu      sync.Mutex
	workers map[string]Worker
	tell    func(engine.Change)
}

// Worker does the jobs of one kind.
type Worker interface {
	// Work goes on with a job from what it notes in it, and calls keep after each
	// piece that must not be done twice, and often enough to show progress. An
	// error breaks the job off to go on later; what is wrong with the work itself
	// belongs into the job. It ends soon after ctx does.
	Work(ctx context.Context, j *engine.Job, keep func() error) error
}

// Register names who does the jobs of a kind; the last one counts. Jobs of kinds
// that nobody does are left alone.
func (r *Runner) Register(kind string, w Worker) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.workers[kind] = w
}

// Tell names who is told of a job's progress, for open pages. It must not block.
func (r *Runner) Tell(tell func(engine.Change)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tell = tell
}

// keep stores a job, also while stopping, and tells of it.
func (r *Runner) keep(j engine.Job) error {
	if err := r.store.UpdateJob(context.WithoutCancel(r.ctx), j); err != nil {
		return err
	}
	r.mu.Lock()
	tell := r.tell
	r.mu.Unlock()
	if tell != nil {
		tell(engine.Change{Workspace: j.Workspace, Kind: engine.ChangeJob, ID: j.ID, Status: j.Status})
	}
	return nil
}

func (r *Runner) worker(kind string) Worker {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.workers[kind]
}

// atOnce is how many jobs one process does at a time.
const atOnce = 2

// New makes a runner that takes jobs at once. now and log must not be nil.
func New(store Store, runs Runs, now func() time.Time, log *slog.Logger) *Runner {
	r := &Runner{store: store, runs: runs, now: now, log: log, slots: make(chan struct{}, atOnce), workers: map[string]Worker{}}
	r.workers[Kind] = runWorker{r}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	return r
}

// Start begins to look, each period, for jobs whose process died. It returns at
// once.
func (r *Runner) Start() {
	r.work.Go(func() {
		ticker := time.NewTicker(period)
		defer ticker.Stop()
		for {
			if err := r.adopt(); err != nil && r.ctx.Err() == nil {
				r.log.Error("cannot look for unfinished jobs", "error", err)
			}
			select {
			case <-r.ctx.Done():
				return
			case <-ticker.C:
			}
		}
	})
}

const (
	period = 30 * time.Second
	// abandoned is how old a job's last sign of life is when its process is
	// believed dead; a living one notes its progress each noted.
	abandoned = time.Minute
	noted     = 5 * time.Second
)

// Stop ends the jobs under way behind the run they are at and waits for that
// until ctx ends. They go on elsewhere.
func (r *Runner) Stop(ctx context.Context) error {
	r.cancel()
	done := make(chan struct{})
	go func() {
		r.work.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Add stores a job and begins it. The task's ids should be known to exist.
func (r *Runner) Add(ctx context.Context, workspace, by string, t Task) (engine.Job, error) {
	if len(t.IDs) > MaxRuns {
		return engine.Job{}, fmt.Errorf("%d runs are too many for one job", len(t.IDs))
	}
	return r.AddJob(ctx, engine.Job{Workspace: workspace, Kind: Kind, Total: len(t.IDs), CreatedBy: by}, t)
}

// AddJob stores a job of a registered kind and begins it. j names its Workspace,
// Kind, CreatedBy and Total, which may be 0 while it is not known; without an ID
// it gets one. input is what its worker reads, as JSON.
func (r *Runner) AddJob(ctx context.Context, j engine.Job, input any) (engine.Job, error) {
	text, err := json.Marshal(input)
	if err != nil {
		return engine.Job{}, err
	}
	if j.ID == "" {
		j.ID = engine.NewID("job")
	}
	j.Status, j.Input = Queued, text
	if err := r.store.CreateJob(ctx, &j); err != nil {
		return j, err
	}
	r.begin(j)
	return j, nil
}

// adopt goes on with jobs that nobody works on.
func (r *Runner) adopt() error {
	jobs, err := r.store.UnfinishedJobs(r.ctx, engine.MaxPage)
	if err != nil {
		return err
	}
	for _, j := range jobs {
		if r.worker(j.Kind) == nil || r.now().Sub(j.UpdatedAt) < abandoned {
			continue
		}
		switch err := r.store.TakeJob(r.ctx, &j); {
		case err == nil:
			r.begin(j)
		case !errors.Is(err, engine.ErrLost):
			return err
		}
	}
	return nil
}

func (r *Runner) begin(j engine.Job) {
	r.work.Go(func() {
		alive := time.NewTicker(noted)
		defer alive.Stop()
		for {
			select {
			case <-r.ctx.Done():
				return
			case r.slots <- struct{}{}:
				defer func() { <-r.slots }()
				w := r.worker(j.Kind)
				if err := w.Work(r.ctx, &j, func() error { return r.keep(j) }); err != nil && r.ctx.Err() == nil {
					r.log.Error("a job broke off; it goes on later", "job", j.ID, "error", err)
				}
				return
			case <-alive.C:
				if err := r.store.UpdateJob(r.ctx, j); err != nil && r.ctx.Err() == nil {
					r.log.Error("cannot note that a job waits", "job", j.ID, "error", err)
				}
			}
		}
	})
}

// runWorker does the jobs of this package.
type runWorker struct{ *Runner }

// Work goes on behind the runs that are done or refused already.
func (r runWorker) Work(ctx context.Context, j *engine.Job, keep func() error) error {
	var t Task
	if err := json.Unmarshal(j.Input, &t); err != nil {
		return fmt.Errorf("job %s: %w", j.ID, err)
	}
	j.Total = len(t.IDs)
	result := Result{Errors: []Refusal{}}
	// What starts a run is not done twice by whoever goes on: it is noted at once.
	pace := Pace{Now: r.now, Keep: keep, EachTime: t.Action == Replay || t.Action == Resend}
	return Each(ctx, j, &result, pace, func(ctx context.Context, at int) (bool, error) {
		err := r.act(ctx, j.Workspace, t, t.IDs[at])
		if err == nil || errors.Is(err, engine.ErrUnavailable) {
			return false, err
		}
		if len(result.Errors) < maxErrors {
			result.Errors = append(result.Errors, Refusal{t.IDs[at], r.reason(j.ID, t.IDs[at], err)})
		}
		return true, nil
	})
}

func (r *Runner) act(ctx context.Context, workspace string, t Task, runID string) (err error) {
	switch t.Action {
	case Replay:
		_, err = r.runs.Replay(ctx, workspace, runID, t.AsNew)
	case Retry:
		err = r.runs.Retry(ctx, workspace, runID, engine.RetryOptions{Outcome: t.Outcome, Live: t.Live})
	case Cancel:
		err = r.runs.Cancel(ctx, workspace, runID)
	case Resend:
		_, err = r.runs.Resend(ctx, workspace, runID)
	default:
		err = &engine.StateError{Message: fmt.Sprintf("The action %q is unknown.", t.Action)}
	}
	return err
}

// reason tells a person why a run was left alone; what only we understand goes
// to the log.
func (r *Runner) reason(job, runID string, err error) string {
	var state *engine.StateError
	switch {
	case errors.As(err, &state):
		return state.Message
	case errors.Is(err, engine.ErrNotFound):
		return "There is no such run any more."
	}
	r.log.Error("a job could not change a run", "job", job, "run", runID, "error", err)
	return "This run could not be changed; the server's log says why."
}
