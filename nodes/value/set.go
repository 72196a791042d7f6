// Package value holds the node types that change the workspace's custom values.
package value

import (
	"fmt"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[SetParams]{Meta: nodes.Meta{
		Type: "custom_value.set", Version: 1, Name: "Update custom value", Group: "Workspace", Icon: "variable",
		Summary: "Change one of the workspace's custom values, for all workflows.",
		Card:    "{key} = {value}",
		Sample:  map[string]any{"key": "next_webinar", "value": "2026-02-01 18:00"},
	}, Run: set})
}

// SetParams are the value and where it goes.
type SetParams struct {
	Key   string `json:"key" label:"Custom value" required:"true" example:"next_webinar" help:"Its key or its name. A new one is made when there is none." no_map:"true"`
	Value any    `json:"value" label:"New value" help:"Empty clears it." tab:"fields"`
}

// Validate wants a name that a key can be made of.
func (p SetParams) Validate() []nodes.FieldProblem {
	if key := crm.FieldKey(p.Key); p.Key != "" && (key == "" || len(key) > crm.MaxFieldKey) {
		return []nodes.FieldProblem{{Pointer: "/key", Code: "invalid", Message: fmt.Sprintf("%.80q cannot be the key of a custom value: use letters, digits and underscores, at most %d.", p.Key, crm.MaxFieldKey)}}
	}
	return nil
}

// maxValue bounds one custom value, as the API does: every run that maps it
// carries it.
const maxValue = 64 << 10

func set(tx nodes.Tx, _ *nodes.Call, p SetParams) (any, error) {
	key := crm.FieldKey(p.Key)
	encoded, err := value.Encode(value.Normalize(p.Value))
	switch {
	case err != nil:
		return nil, nodes.Permanent(fmt.Errorf("the value cannot be stored: %w", err))
	case len(encoded) > maxValue:
		return nil, nodes.Permanent(fmt.Errorf("the value has %d KB, and a custom value takes at most %d KB", len(encoded)>>10, maxValue>>10))
	}
	if err := tx.SetCustomValue(key, encoded); err != nil {
		return nil, err
	}
	return map[string]any{"key": key, "value": p.Value}, nil
}
