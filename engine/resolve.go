package engine

import (
	"context"
	"fmt"
	"maps"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// maxOutput bounds one step's output and its resolved params, in bytes of JSON.
const maxOutput = 8 << 20

// resolve fills the step's params in from the scope and stores them in the row:
// every attempt of this execution uses the same ones.
func (j *journey) resolve(ctx context.Context, n *workflow.Node, row *StepResult) (map[string]any, error) {
	if row.Params != nil {
		plain, err := value.Restore(row.Params)
		if err != nil {
			return nil, fmt.Errorf("stored params: %w", err)
		}
		params, _ := plain.(map[string]any)
		return params, nil
	}
	scope, err := j.mappingScope(ctx)
	if err != nil {
		return nil, err
	}
	ctx = j.mappingContext(ctx)
	result, err := n.Params.Resolve(ctx, scope)
	for _, m := range result.Missing {
		row.Missing = append(row.Missing, m.Name)
	}
	row.Notes = append(row.Notes, result.Notes...)
	if err != nil {
		return nil, err
	}
	params, _ := result.Value.(map[string]any)
	if params == nil {
		params = map[string]any{}
	}
	for key, condition := range n.Conditions {
		verdict, err := condition.Evaluate(ctx, scope)
		if err != nil {
			return nil, err
		}
		row.Notes = append(row.Notes, verdict.Notes...)
		params[key] = map[string]any{"met": verdict.Met}
	}
	row.Params, err = value.Encode(params)
	if err != nil {
		return nil, fmt.Errorf("the step's settings cannot be stored: %w", err)
	}
	if size := len(row.Params); size > maxOutput {
		row.Params = nil
		return nil, &tooLarge{"settings", size}
	}
	return params, nil
}

// opened returns params in which secrets are opened for the node, in memory
// only.
func (j *journey) opened(ctx context.Context, n *workflow.Node, params map[string]any) (map[string]any, error) {
	if j.hook != nil {
		params = maps.Clone(params)
		params["secret"] = inMemory(j.hook.secret)
		return params, nil
	}
	if len(n.SecretRefs) == 0 {
		return params, nil
	}
	return j.e.openSecrets(ctx, j.run.Workspace, n.Type, params, inMemory)
}

// inMemory is the form of an opened secret that binding understands; reveal is
// its newest value.
func inMemory(s nodes.Secret) any { return nodes.OpenSecret(s) }

func reveal(s nodes.Secret) any { return s.Reveal() }

// openSecrets returns params with each secret field's reference replaced by what
// form makes of the secret. The result must never be stored or logged.
func (e *Engine) openSecrets(ctx context.Context, workspace string, t *nodes.NodeType, params map[string]any, form func(nodes.Secret) any) (map[string]any, error) {
	var ids []string
	_, err := workflow.MapSecrets(t.Fields, params, func(_ string, v any) (any, error) {
		if id, ok := workflow.SecretRef(v); ok {
			ids = append(ids, id)
		}
		return v, nil
	})
	if err != nil || len(ids) == 0 {
		return params, err
	}
	secrets, err := e.store.Secrets(ctx, workspace, ids)
	if err != nil {
		return nil, err
	}
	return workflow.MapSecrets(t.Fields, params, func(_ string, v any) (any, error) {
		id, ok := workflow.SecretRef(v)
		if !ok {
			return v, nil
		}
		versions := make([]nodes.SecretVersion, len(secrets[id]))
		for i, one := range secrets[id] {
			versions[i] = nodes.SecretVersion{Value: one.Value, Until: one.Until}
		}
		return form(nodes.NewSecret(id, versions...)), nil
	})
}

// output makes a node's result plain, stores it in the row and returns it for
// the scope.
func output(row *StepResult, out any) (any, error) {
	if out == nil {
		row.Output = nil
		return nil, nil
	}
	if value.Deep(out) {
		return nil, fmt.Errorf("the step's result is nested more than %d levels deep", value.MaxNesting)
	}
	plain := value.Normalize(out)
	text, err := value.Encode(plain)
	if err != nil {
		return nil, fmt.Errorf("the step's result cannot be stored: %w", err)
	}
	if len(text) > maxOutput {
		return nil, &tooLarge{"result", len(text)}
	}
	row.Output = text
	return plain, nil
}

type tooLarge struct {
	what  string
	bytes int
}

func (t *tooLarge) Error() string {
	return fmt.Sprintf("the step's %s is too large: %d MB, at most %d MB can be kept", t.what, t.bytes>>20, maxOutput>>20)
}

// independent reports whether a step's mappings can be resolved before the
// steps of a batch have run.
func independent(n *workflow.Node, batch []*task) bool {
	for _, ref := range n.References {
		switch ref.Path[0] {
		case "contact":
			return false
		case "custom_values":
			return false
		case "steps":
			if len(ref.Path) < 2 {
				return false
			}
			for _, t := range batch {
				if t.node.Step.ID == ref.Path[1] {
					return false
				}
			}
		}
	}
	return true
}
