package engine

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// firstCommitWait is how long the ingress leaves the first commit of a run to a
// worker. Mappings take microseconds; one that takes longer, or a worker that
// comes late, holds up no answer: the ingress then commits by itself. For
// crowdedFor after that it asks no worker, so that while all of them are slow
// hardly any answer waits.
const (
	firstCommitWait = 50 * time.Millisecond
	crowdedFor      = 250 * time.Millisecond
)

// errNotWanted ends the work on a run whose request was a repeat, or judged by
// an old version of the workflow: the run was not stored.
var errNotWanted = errors.New("the run was not stored")

// firstCommit stores a request with the run that it starts. When a worker of
// this process is free, it makes that commit, with all that the run does up to
// its first call or wait in it: one commit instead of two or three, and no way
// over the queue. Whoever takes it first makes it, the worker or the ingress.
type firstCommit struct {
	acceptance Acceptance
	taken      atomic.Bool
	// mine is set when the worker took it, ended when it was made or has failed;
	// only the worker looks at them.
	mine, ended bool
	// done is closed when the commit was made or failed, or when the worker
	// left it to the ingress: then left is set.
	done     chan struct{}
	left     bool
	accepted Accepted
	err      error
}

// byIngress takes the commit from a worker that comes too late.
func (f *firstCommit) byIngress() bool { return f.taken.CompareAndSwap(false, true) }

// byWorker takes the commit, which the worker may try more than once.
func (f *firstCommit) byWorker() bool {
	f.mine = f.mine || f.taken.CompareAndSwap(false, true)
	return f.mine
}

func (f *firstCommit) end(accepted Accepted, err error) {
	f.accepted, f.err, f.ended = accepted, err, true
	close(f.done)
}

// leave ends a commit that the worker did not get to, for the reason err. It is
// the ingress's then, unless nobody knows whether the database has it already.
func (f *firstCommit) leave(err error) {
	if f == nil || !f.byWorker() || f.ended {
		return
	}
	if errors.Is(err, ErrUnavailable) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		f.end(Accepted{}, errors.Join(ErrUnavailable, err))
		return
	}
	f.left = true
	close(f.done)
}

// accept commits a judged request. It waits for a worker's turn no longer than
// firstCommitWait: a server that is asked for more than it can do so answers as
// fast as it works, instead of filing runs that it must read again. begun reports
// that a worker has the run: it need not be rung.
func (e *Engine) accept(ctx context.Context, a Acceptance, trigger map[string]any) (accepted Accepted, begun bool, err error) {
	f := &firstCommit{acceptance: a, done: make(chan struct{})}
	if !e.offer(f, trigger) {
		accepted, err = e.store.Accept(ctx, a)
		return accepted, false, err
	}
	timer := time.NewTimer(firstCommitWait)
	defer timer.Stop()
	select {
	case <-f.done:
	case <-timer.C:
		if f.byIngress() {
			e.crowded.Store(time.Now().Add(crowdedFor).UnixNano())
			f.end(e.store.Accept(ctx, a))
		}
		<-f.done
	}
	if f.left {
		accepted, err = e.store.Accept(ctx, a)
		return accepted, false, err
	}
	return f.accepted, true, f.err
}

// offer hands the first commit to a worker of this process, if one is free or
// soon will be.
func (e *Engine) offer(f *firstCommit, trigger map[string]any) bool {
	run := f.acceptance.Run
	if run == nil || run.Status != Queued || time.Now().UnixNano() < e.crowded.Load() || !e.handoff.put(*run, trigger, f) {
		return false
	}
	if e.bell.Take(run.Handle()) {
		return true
	}
	e.handoff.take(run.ID)
	return false
}

// first makes the first commit of a run with what was done by then. ErrLost and
// the like mean the same as for Store.Save.
func (j *journey) first(ctx context.Context, p Progress) error {
	f := j.unstored
	if !f.byWorker() {
		if err := j.storedByIngress(f); err != nil {
			return err
		}
		return j.e.commit(ctx, j.run.Workspace, p)
	}
	a := f.acceptance
	a.First = &p
	accepted, err := j.e.store.Accept(ctx, a)
	return j.stored(f, accepted, err)
}

// stored ends the first commit, and says whether the run may go on.
func (j *journey) stored(f *firstCommit, accepted Accepted, err error) error {
	j.unstored = nil
	f.end(accepted, err)
	if errors.Is(err, ErrStale) || err == nil && accepted.DuplicateOf != "" {
		return errNotWanted
	}
	return err
}

// storedByIngress waits for the ingress, which has taken the first commit.
func (j *journey) storedByIngress(f *firstCommit) error {
	j.unstored = nil
	<-f.done
	if f.err != nil || f.accepted.DuplicateOf != "" {
		return errNotWanted
	}
	return nil
}

// takeFirst takes the first commit of a run that is not stored yet, for a
// transaction that will make it; nil when it is stored.
func (j *journey) takeFirst() (*firstCommit, error) {
	f := j.unstored
	if f == nil || f.byWorker() {
		return f, nil
	}
	return nil, j.storedByIngress(f)
}

// storeFirst makes the first commit, if there is one, a part of a transaction.
func (j *journey) storeFirst(tx Tx, f *firstCommit) (Accepted, error) {
	if f == nil {
		return Accepted{}, nil
	}
	a := f.acceptance
	a.First = &Progress{Run: j.run.ID, Epoch: j.run.Epoch, Claim: j.e.owner, To: j.state(Running)}
	return tx.Accept(a)
}
