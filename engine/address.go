package engine

import (
	"context"
	"slices"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/workflow"
)

// giveAddresses makes a token for each HTTP trigger that has none.
func (e *Engine) giveAddresses(tx Tx, workflowID string, doc *workflow.Document) error {
	tokens, err := tx.Tokens(workflowID)
	if err != nil {
		return err
	}
	has := map[string]bool{}
	for _, t := range tokens {
		has[t.TriggerID] = true
	}
	for _, t := range doc.Triggers {
		known := e.registry.Lookup(t.Type)
		if known == nil || known.Open == nil || has[t.ID] {
			continue
		}
		if err := tx.InsertToken(e.newToken(workflowID, t.ID)); err != nil {
			return err
		}
	}
	return nil
}

func (e *Engine) newToken(workflowID, triggerID string) Token {
	plain := secret.NewToken()
	return Token{Hash: secret.HashToken(plain), WorkflowID: workflowID, TriggerID: triggerID, Plain: plain, CreatedAt: e.now()}
}

// RotateURL gives a trigger a new address. The old ones work until the overlap
// ends and answer 410 from then on; what they receive meanwhile is marked.
func (e *Engine) RotateURL(ctx context.Context, workspace, workflowID, triggerID string, overlap time.Duration) (Token, error) {
	var token Token
	_, err := e.change(ctx, workspace, workflowID, func(tx Tx, w *Workflow) error {
		tokens, err := tx.Tokens(workflowID)
		if err != nil {
			return err
		}
		known := false
		for _, t := range tokens {
			known = known || t.TriggerID == triggerID
		}
		if !known {
			return ErrNotFound
		}
		if err := tx.ExpireTokens(workflowID, triggerID, e.now().Add(overlap)); err != nil {
			return err
		}
		token = e.newToken(workflowID, triggerID)
		w.Stamp++
		return tx.InsertToken(token)
	})
	return token, err
}

// RotateSecret gives a trigger's signing secret a new value. The old one counts
// beside it until the overlap ends, so that the sender can be changed without
// losing a request. A *StateError when the trigger has none.
func (e *Engine) RotateSecret(ctx context.Context, workspace, workflowID, triggerID, plain string, overlap time.Duration) error {
	_, err := e.change(ctx, workspace, workflowID, func(tx Tx, w *Workflow) error {
		ids, known := e.triggerSecrets(tx, w, triggerID)
		switch {
		case !known:
			return ErrNotFound
		case len(ids) == 0:
			return stateError("This trigger has no signing secret yet: enter it in the trigger's settings.")
		}
		for _, id := range ids {
			if err := tx.RotateSecret(id, plain, e.now().Add(overlap)); err != nil {
				return err
			}
		}
		// Whoever has the old value in memory judges again.
		w.Stamp++
		return nil
	})
	return err
}

// triggerSecrets lists the secrets of a trigger in the draft and in the live
// version, each once.
func (e *Engine) triggerSecrets(tx Tx, w *Workflow, triggerID string) (ids []string, known bool) {
	for _, doc := range e.storedDocuments(tx, w) {
		for _, t := range doc.Triggers {
			typ := e.registry.Lookup(t.Type)
			if t.ID != triggerID || typ == nil {
				continue
			}
			known = true
			_, _ = workflow.MapSecrets(typ.Fields, t.Params, func(_ string, v any) (any, error) {
				if id, ok := workflow.SecretRef(v); ok && !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
				return v, nil
			})
		}
	}
	return ids, known
}
