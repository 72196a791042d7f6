package engine

import "context"

// MaxKept is how many kept deliveries of a hook are counted.
const MaxKept = 10_000

// KeptOf counts what a hook that is not active keeps, up to MaxKept.
func (e *Engine) KeptOf(ctx context.Context, h Hook) (int, error) {
	if h.Status == HookActive {
		return 0, nil
	}
	return e.store.CountKept(ctx, h.Workspace, h.ID, MaxKept)
}

// DiscardKept cancels all that a paused or disabled hook keeps, and returns how
// many deliveries that were. What happens afterwards is kept again. The error is
// a *StateError for an active hook: what waits for that is only tried again.
func (e *Engine) DiscardKept(ctx context.Context, workspace, id string) (int, error) {
	for discarded := 0; ; {
		n, err := e.discardPage(ctx, workspace, id)
		if discarded += n; err != nil || n < resumePage {
			return discarded, err
		}
	}
}

func (e *Engine) discardPage(ctx context.Context, workspace, id string) (int, error) {
	var kept []Run
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		h, err := tx.Hook(id)
		if err != nil {
			return err
		}
		if h.Status == HookActive {
			return stateError("The webhook is active and keeps nothing: pause it first.")
		}
		if kept, err = tx.KeptDeliveries(id, resumePage); err != nil {
			return err
		}
		for _, run := range kept {
			if err := e.cancelLocked(tx, run, "It was kept while the webhook was paused, and thrown away."); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for _, run := range kept {
		e.publish(Change{Workspace: workspace, Kind: ChangeRun, ID: run.ID, Status: string(Canceled)})
	}
	return len(kept), nil
}
