package engine

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
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

// hideSecrets stores plain secrets of a document apart and leaves references.
func (e *Engine) hideSecrets(tx Tx, workflowID string, doc *workflow.Document) error {
	return e.eachParams(doc, func(t *nodes.NodeType, params map[string]any) (map[string]any, error) {
		return HideSecrets(tx, t, workflowID, params)
	})
}

// HideSecrets returns params with plain secrets stored under an owner (a
// workflow's or connection's id) and replaced by references.
func HideSecrets(tx SecretTx, t *nodes.NodeType, owner string, params map[string]any) (map[string]any, error) {
	return workflow.MapSecrets(t.Fields, params, func(_ string, v any) (any, error) {
		plain, ok := v.(string)
		if !ok || plain == "" {
			return v, nil
		}
		id, err := tx.PutSecret(owner, plain)
		return map[string]any{nodes.SecretRefKey: id}, err
	})
}

// forgetSecrets removes references from a copy: a secret belongs to one
// workflow.
func (e *Engine) forgetSecrets(doc *workflow.Document) error {
	return e.eachParams(doc, func(t *nodes.NodeType, params map[string]any) (map[string]any, error) {
		return workflow.MapSecrets(t.Fields, params, func(string, any) (any, error) { return nil, nil })
	})
}

// eachParams replaces the params of every trigger and step whose type is known.
func (e *Engine) eachParams(doc *workflow.Document, fn func(*nodes.NodeType, map[string]any) (map[string]any, error)) error {
	replace := func(typeID string, params *map[string]any) error {
		t := e.registry.Lookup(typeID)
		if t == nil {
			return nil
		}
		changed, err := fn(t, *params)
		if err == nil {
			*params = changed
		}
		return err
	}
	for i := range doc.Triggers {
		if err := replace(doc.Triggers[i].Type, &doc.Triggers[i].Params); err != nil {
			return err
		}
	}
	var err error
	workflow.Walk(doc, func(at workflow.Place) bool {
		err = replace(at.Step.Type, &at.Step.Params)
		return err == nil
	})
	return err
}
