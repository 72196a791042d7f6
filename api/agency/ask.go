package agency

import (
	"maps"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// Asked are the fields of a connection that a client is asked for: secrets, and
// what nobody has filled in. What the agency has chosen, such as the hosts that a
// secret may be sent to, is neither shown nor taken.
func Asked(t *nodes.NodeType, stored map[string]any) []nodes.Field {
	asked := []nodes.Field{}
	for _, f := range t.Fields {
		if f.Kind == nodes.FieldSecret || blank(stored[f.Key]) {
			asked = append(asked, f)
		}
	}
	return asked
}

// Filled joins what a client sent with what the agency has chosen. Fields that the
// client was not asked for are named in refused.
func Filled(t *nodes.NodeType, stored, sent map[string]any) (params map[string]any, refused []string, err error) {
	ask := map[string]bool{}
	for _, f := range Asked(t, stored) {
		ask[f.Key] = true
	}
	params = maps.Clone(stored)
	if params == nil {
		params = map[string]any{}
	}
	for key, v := range sent {
		if !ask[key] {
			refused = append(refused, key)
			continue
		}
		if !blank(v) {
			params[key] = v
		}
	}
	// A secret that is stored is never given to what somebody else fills in.
	for _, f := range t.Fields {
		if _, given := sent[f.Key]; f.Kind == nodes.FieldSecret && (!given || blank(sent[f.Key])) {
			delete(params, f.Key)
		}
	}
	// Secrets inside of groups and lists are stored as references, which a client
	// cannot send.
	params, err = workflow.MapSecrets(t.Fields, params, func(_ string, v any) (any, error) {
		if _, plain := v.(string); plain {
			return v, nil
		}
		return "", nil
	})
	return params, refused, err
}

func blank(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
