package engine

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// journey is one run in the hands of one worker.
type journey struct {
	e    *Engine
	run  Run
	prog *program
	ws   crm.Workspace
	zone *time.Location

	trigger map[string]any
	// outputs is what mappings see under steps, by step id.
	outputs map[string]any
	loops   map[string]*loopState
	contact *crm.Contact
	scope   map[string]any

	// unstored is the first commit of a run that is not in the database yet, nil
	// once it is.
	unstored *firstCommit
	// admitted is set once the run may be in the workflow with its contact.
	admitted bool
	// wait is what the run waits for from the next commit on.
	wait *EventWait
	// claimed is set by the first commit; until then somebody else may take the
	// run.
	claimed bool
	started time.Time
	seq     int
	// pending rows ride in the next commit.
	pending []*StepResult
	// begun holds rows found in the journal or committed as running, by path,
	// until the step is done.
	begun map[string]*StepResult
	// overlay is what a dry run has done so far, to be done again and rolled
	// back with each further Internal step.
	overlay []*task

	// hook is where a delivery goes, nil for other runs; outcome and events ride
	// in the next commit.
	hook    *knownHook
	outcome *HookOutcome
	events  []crm.Event
}

// prepare loads what the cursor and the mappings ahead need.
func (j *journey) prepare(ctx context.Context) error {
	var err error
	if j.ws, j.zone, err = j.e.workspaces.get(ctx, j.run.Workspace); err != nil {
		return err
	}
	if j.prog, err = j.e.programs.get(ctx, j.run.Workspace, j.run.Definition); err != nil {
		return err
	}
	if name := j.prog.Document.Settings.Timezone; name != nil {
		if zone, err := time.LoadLocation(*name); err == nil {
			j.zone = zone
		}
	}
	if j.trigger == nil {
		plain, err := value.Restore(j.run.Input)
		if err != nil {
			return fmt.Errorf("the run's input: %w", err)
		}
		j.trigger, _ = plain.(map[string]any)
	}
	if j.run.Kind == KindDelivery {
		if err := j.prepareDelivery(ctx); err != nil {
			return err
		}
	}
	if len(j.run.Cursor) == 0 {
		j.run.Cursor = []Frame{rootFrame(j.prog.Root)}
	}
	j.started = j.run.StartedAt
	if j.started.IsZero() {
		j.started = j.e.now()
	} else if err := j.resume(ctx); err != nil {
		return err
	}
	return j.loadContact(ctx)
}

func (j *journey) loadContact(ctx context.Context) error {
	if j.run.ContactID == "" {
		return nil
	}
	c, err := j.e.store.Contact(ctx, j.run.Workspace, j.run.ContactID)
	if errors.Is(err, ErrNotFound) {
		// An erased contact leaves the run without one.
		return nil
	}
	if err != nil {
		return err
	}
	j.contact = &c
	return nil
}

// resume reads the journal rows that matter from here on: the step under the
// cursor, the containers that are open, and the outputs that mappings name.
func (j *journey) resume(ctx context.Context) error {
	paths := []string{}
	add := func(path string) {
		if path != "" {
			paths = append(paths, path)
		}
	}
	for _, f := range j.run.Cursor {
		add(f.Owner)
	}
	add(j.path(j.top().Step))
	workflow.Walk(j.prog.Document, func(at workflow.Place) bool {
		if j.prog.reads(at.Step.ID) {
			add(j.visiblePath(j.prog.Node(at.Step.ID)))
		}
		return true
	})
	rows, err := j.e.store.Steps(ctx, j.run.Workspace, j.run.ID, paths...)
	if err != nil {
		return err
	}
	here := j.path(j.top().Step)
	for i := range rows {
		row := &rows[i]
		j.seq = max(j.seq, row.Seq)
		if row.Path == here {
			j.begun[row.Path] = row
			continue
		}
		j.remember(row)
	}
	if last, err := j.e.store.LastSeq(ctx, j.run.Workspace, j.run.ID); err == nil {
		j.seq = max(j.seq, last)
	} else {
		return err
	}
	for _, f := range j.run.Cursor {
		if f.Index >= 0 {
			if err := j.resumeLoop(ctx, f, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

// remember puts a finished step's output into the scope.
func (j *journey) remember(row *StepResult) {
	if row.Output == nil && row.Error == nil {
		return
	}
	var out any
	if row.Output != nil {
		out, _ = value.Restore(row.Output)
	}
	j.outputs[row.StepID] = withError(out, row.Error)
}

// withError gives the output that mappings see: the step's own, and error when
// it failed.
func withError(out any, failure *Failure) any {
	if failure == nil {
		return out
	}
	seen := map[string]any{}
	if m, ok := out.(map[string]any); ok {
		maps.Copy(seen, m)
	}
	seen["error"] = map[string]any{"code": failure.Code, "message": failure.Message}
	return seen
}

// state is the run's state for the next commit.
func (j *journey) state(status Status) RunState {
	s := RunState{
		Status: status, DueAt: j.run.DueAt, ContactID: j.run.ContactID, StartedAt: j.started,
		Cursor: append([]Frame(nil), j.run.Cursor...),
	}
	if status.Finished() {
		s.FinishedAt = j.e.now()
	}
	return s
}

// flush commits the pending rows with the run's new state.
func (j *journey) flush(ctx context.Context, to RunState) error {
	p := j.progress(to)
	save := j.save
	if j.unstored != nil {
		save = j.first
	}
	if err := save(ctx, p); err != nil {
		return err
	}
	j.flushed(p)
	return nil
}

func (j *journey) save(ctx context.Context, p Progress) error {
	return j.e.commit(ctx, j.run.Workspace, p)
}

func (j *journey) progress(to RunState) Progress {
	p := Progress{Run: j.run.ID, Epoch: j.run.Epoch, To: to}
	if !j.claimed {
		p.Claim = j.e.owner
	}
	for _, row := range j.pending {
		p.Steps = append(p.Steps, *row)
	}
	p.Hook, p.Events, p.Wait = j.outcome, j.events, j.wait
	return p
}

func (j *journey) flushed(p Progress) {
	j.claimed = true
	if j.outcome != nil && j.hook.stopped(j.outcome) {
		j.e.tellHook(j.run.Workspace, j.outcome.Hook)
	}
	j.outcome, j.wait = nil, nil
	if j.events != nil {
		j.events = nil
		j.e.WakeEvents()
	}
	for _, row := range j.pending {
		row.Begun = row.Params != nil && row.Output == nil
	}
	j.pending = j.pending[:0]
	for _, row := range p.Steps {
		j.e.publish(Change{Workspace: j.run.Workspace, Kind: ChangeStep, ID: row.Path, Parent: j.run.ID, Status: string(row.Status)})
	}
	j.run.Status = p.To.Status
	j.e.publish(Change{Workspace: j.run.Workspace, Kind: ChangeRun, ID: j.run.ID, Parent: j.run.WorkflowID, Status: string(p.To.Status)})
}

// keep adds a row to the next commit, once.
func (j *journey) keep(row *StepResult) {
	if slices.Contains(j.pending, row) {
		return
	}
	j.pending = append(j.pending, row)
}

// finish commits the run's end.
func (j *journey) finish(ctx context.Context, status Status, reason string, failure *Failure) error {
	to := j.state(status)
	to.EndReason, to.Error = reason, failure
	if event, ok := runEvent(j.run, to); ok && j.e.hooks.wantRuns(ctx, j.run.Workspace) {
		j.events = []crm.Event{event}
	}
	j.e.fault("before_finish")
	if err := j.flush(ctx, to); err != nil {
		return err
	}
	return errPaused
}

// handOver queues the run again, for another process or the next start.
func (j *journey) handOver(ctx context.Context) error {
	if !j.claimed {
		return errPaused
	}
	to := j.state(Queued)
	to.DueAt = j.e.now()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
	defer cancel()
	if err := j.flush(ctx, to); err != nil {
		return err
	}
	return errPaused
}

// waitUntil commits a pause of the run.
func (j *journey) waitUntil(ctx context.Context, due time.Time) error {
	to := j.state(Waiting)
	to.DueAt = due
	if j.outcome != nil {
		j.outcome.NextTry = due
	}
	if err := j.flush(ctx, to); err != nil {
		return err
	}
	return errPaused
}

func (j *journey) live() bool { return j.run.Mode == ModeLive }

// effect names what a step does, the same in every replay that repeats it not.
func (j *journey) effect(path string) string { return j.run.RootRun + "/" + path }

// stepOf returns the id of the step that a path ends in.
func stepOf(path string) string {
	id := path[strings.LastIndexByte(path, '/')+1:]
	if i := strings.IndexAny(id, "[!"); i >= 0 {
		id = id[:i]
	}
	return id
}
