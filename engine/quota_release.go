package engine

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// releaseEvery is how often runs that wait for a limit are looked for.
const releaseEvery = 5 * time.Second

// ReleaseLimited lets runs go that waited for their workspace's limit, in the
// order in which they came, as far as it allows now. Start calls it every five
// seconds, and whoever changes a limit may.
func (e *Engine) ReleaseLimited(ctx context.Context) error {
	limited, err := e.store.LimitedWorkspaces(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for _, workspace := range limited {
		if err := e.releaseLimited(ctx, workspace); err != nil && !errors.Is(err, ErrNotFound) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

func (e *Engine) releaseLimited(ctx context.Context, workspace string) error {
	for {
		ws, err := e.store.Workspace(ctx, workspace)
		if err != nil {
			return err
		}
		left, err := e.quotas.left(ctx, ws)
		if err != nil || left <= 0 {
			return err
		}
		moved, err := e.releaseLimitedPage(ctx, workspace, min(left, heldPage))
		e.quotas.forget(workspace)
		if err != nil || len(moved) == 0 {
			return err
		}
		for _, run := range moved {
			if run.Status == Queued {
				e.bell.Ring(run.Handle())
			}
			e.publish(Change{Workspace: run.Workspace, Kind: ChangeRun, ID: run.ID, Parent: run.WorkflowID, Status: string(run.Status)})
		}
	}
}

// releaseLimitedPage queues the oldest runs that wait for the limit, with the
// requests that they came from. Those of a workflow that was paused meanwhile wait
// for it to be resumed from now on.
func (e *Engine) releaseLimitedPage(ctx context.Context, workspace string, max int) (moved []Run, err error) {
	err = e.store.Do(ctx, workspace, func(tx Tx) error {
		if moved, err = tx.LimitedRuns(max); err != nil {
			return err
		}
		live := map[string]bool{}
		var begun []string
		for i := range moved {
			run := &moved[i]
			runs, err := isLive(tx, live, run.WorkflowID)
			if err != nil {
				return err
			}
			run.EndReason = ""
			if !runs {
				if err := tx.SetRun(*run); err != nil {
					return err
				}
				continue
			}
			if err := e.letGo(tx, run); err != nil {
				return err
			}
			begun = append(begun, run.ID)
		}
		return tx.CountReleased(begun)
	})
	return moved, err
}

// isLive looks each workflow up once.
func isLive(tx Tx, known map[string]bool, id string) (bool, error) {
	if live, ok := known[id]; ok {
		return live, nil
	}
	w, err := tx.Workflow(id)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return false, err
	}
	known[id] = w.Status == WorkflowLive
	return known[id], nil
}

// letGo queues a held run that the transaction has locked.
func (e *Engine) letGo(tx Tx, run *Run) error {
	if err := run.move(Queued); err != nil {
		return err
	}
	run.DueAt = e.now()
	run.Epoch++
	if err := tx.SetRun(*run); err != nil || run.RequestID == "" {
		return err
	}
	return tx.FreeRequest(run.RequestID, string(nodes.Accepted))
}
