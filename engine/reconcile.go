package engine

import (
	"context"
	"errors"
	"time"
)

const (
	// rungGrace is how long a queued run that is due may go unclaimed before it
	// is rung in a new epoch.
	rungGrace = 5 * time.Second
	// lostGrace is the same between processes, where one may die with what it took
	// from the queue. As most late runs merely wait their turn, a look rings but
	// lostPage of them so early: about what one process can have taken.
	lostGrace = 1500 * time.Millisecond
	lostPage  = 32
	// reconcilePage is how many runs one look moves otherwise.
	reconcilePage = 500
)

// Reconcile finds work that nobody does: waits that are over, rings that were
// lost, runs whose owner is dead, and runs that this process had to let go.
// Start calls it each second, and twice a second where others may die; tests
// call it when their clock has moved.
func (e *Engine) Reconcile(ctx context.Context) error {
	return errors.Join(
		e.reclaimStranded(ctx),
		e.takeOver(ctx),
		e.requeue(ctx),
		e.noticeLost(ctx),
		e.countLimited(ctx),
	)
}

// requeue lets all waits go on that are over, and rings again for a page of the
// runs whose ring seems lost. With a long backlog those are merely waiting their
// turn: pulling brings them, so one page a look is enough.
func (e *Engine) requeue(ctx context.Context) error {
	now := e.now()
	for {
		due, err := e.ringAgain(ctx, now, time.Time{}, reconcilePage)
		if err != nil {
			return err
		}
		if due < reconcilePage {
			break
		}
	}
	if !e.exclusive {
		lost, err := e.ringAgain(ctx, now, now.Add(-lostGrace), lostPage)
		if err != nil || lost < lostPage {
			return err
		}
	}
	_, err := e.ringAgain(ctx, now, now.Add(-rungGrace), reconcilePage)
	return err
}

func (e *Engine) ringAgain(ctx context.Context, now, rungBefore time.Time, max int) (int, error) {
	handles, err := e.store.Requeue(ctx, now, rungBefore, max)
	for _, h := range handles {
		e.bell.Ring(h)
	}
	return len(handles), err
}

func (e *Engine) takeOver(ctx context.Context) error {
	// Where no other process is, only what an earlier one left can be another's.
	if e.exclusive && e.tookOver.Load() || !e.exclusive && !e.heart.steady(time.Now()) {
		return nil
	}
	for {
		taken, err := e.store.TakeOver(ctx, e.owner, ownerStale, e.exclusive, reconcilePage)
		if err != nil {
			return err
		}
		for _, h := range taken {
			e.log.Info("run taken over", "run", h.Run, "epoch", h.Epoch)
			e.bell.Ring(h)
		}
		if len(taken) < reconcilePage {
			e.tookOver.Store(true)
			return nil
		}
	}
}

// reclaimStranded queues runs that this process had to let go of, whether or
// not its last commit got through.
func (e *Engine) reclaimStranded(ctx context.Context) error {
	for _, h := range e.active.strandedRuns() {
		var again Run
		err := e.store.Do(ctx, h.Workspace, func(tx Tx) error {
			run, err := tx.Run(h.Run)
			if err != nil {
				return err
			}
			again = Run{}
			ours := run.Status == Queued || run.Status == Running && run.Owner == e.owner
			if run.Epoch != h.Epoch || !ours {
				return nil
			}
			run.Status, run.DueAt = Queued, e.now()
			run.Epoch++
			again = run
			return tx.SetRun(run)
		})
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		e.active.unstrand(h.Run)
		if again.ID != "" {
			e.bell.Ring(again.Handle())
		}
	}
	return nil
}

// noticeLost interrupts work on runs that were canceled or taken by another
// process: their writes would be refused anyway, and their calls should end.
func (e *Engine) noticeLost(ctx context.Context) error {
	for _, h := range e.active.olderThan(e.now().Add(-tick)) {
		run, err := e.store.Run(ctx, h.Workspace, h.Run)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return err
		}
		if err != nil || run.Epoch != h.Epoch {
			e.active.cancel(h.Run, errCanceled)
		}
	}
	return nil
}

func (e *Engine) countLimited(ctx context.Context) error {
	var errs []error
	for key, count := range e.limits.drain() {
		err := e.store.CountLimited(ctx, count.endpoint, time.Unix(key.minute*60, 0), count.n)
		if errors.Is(err, ErrUnavailable) {
			e.limits.restore(key, count)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}
