package engine

import (
	"context"
	"time"
)

// CreateHook stores a hook with its signing secret.
func (e *Engine) CreateHook(ctx context.Context, workspace string, h *Hook, secret string) error {
	h.Status = HookActive
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		h.Workspace = workspace
		return AddHook(tx, h, secret)
	})
	e.hooks.forget(workspace, h.ID)
	return err
}

// AddHook stores a hook with its signing secret in the state that it has, inside a
// transaction of the caller.
func AddHook(tx Tx, h *Hook, secret string) error {
	n, err := tx.CountHooks()
	if err != nil {
		return err
	}
	if n >= MaxHooks {
		return stateError("A workspace can have %d hooks: delete one that is not used any more.", MaxHooks)
	}
	h.ID = NewID("hk")
	if h.SecretID, err = tx.PutSecret(h.ID, secret); err != nil {
		return err
	}
	return tx.InsertHook(h)
}

// ChangeHook changes a hook in one transaction. What waits for it is sent at once
// when that makes it active.
func (e *Engine) ChangeHook(ctx context.Context, workspace, id string, change func(*Hook) error) (Hook, error) {
	var h Hook
	resumed := false
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		if h, err = tx.Hook(id); err != nil {
			return err
		}
		before := h.Status
		if err := change(&h); err != nil {
			return err
		}
		resumed = h.Status == HookActive && before != HookActive
		return tx.UpdateHook(&h)
	})
	e.hooks.forget(workspace, id)
	if err != nil || !resumed {
		return h, err
	}
	return h, e.resumeDeliveries(ctx, workspace, id)
}

// resumePage is how many deliveries are queued in one transaction.
const resumePage = 200

func (e *Engine) resumeDeliveries(ctx context.Context, workspace, id string) error {
	for {
		handles, err := e.store.ResumeDeliveries(ctx, workspace, id, resumePage)
		if err != nil {
			return err
		}
		for _, h := range handles {
			e.bell.Ring(h)
		}
		if len(handles) < resumePage {
			return nil
		}
	}
}

// RotateHookSecret makes plain the secret that deliveries are signed with; until
// overlap ends they are signed with the one before too.
func (e *Engine) RotateHookSecret(ctx context.Context, workspace, id, plain string, overlap time.Time) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error {
		h, err := tx.Hook(id)
		if err != nil {
			return err
		}
		return tx.RotateSecret(h.SecretID, plain, overlap)
	})
	e.hooks.forget(workspace, id)
	return err
}

// DeleteHook ends a hook. What it has not sent yet is not sent.
func (e *Engine) DeleteHook(ctx context.Context, workspace, id string) error {
	err := e.store.Do(ctx, workspace, func(tx Tx) error { return tx.DeleteHook(id) })
	e.hooks.forget(workspace, id)
	return err
}
