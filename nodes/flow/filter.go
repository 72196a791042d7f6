// Package flow holds the node types that steer a run.
package flow

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Flow[FilterParams]{Meta: nodes.Meta{
		Type: "flow.filter", Version: 1, Name: "Only continue if", Group: group, Icon: "filter",
		Summary: "Go on only when a condition is met; otherwise the run ends here.",
		Card:    "{when}",
		Sample:  map[string]any{"passed": true},
	}, Run: filter})
}

const group = "Flow"

// FilterParams hold the condition.
type FilterParams struct {
	When nodes.Condition `json:"when" label:"Only continue if" required:"true" help:"In a loop, an item that does not match is passed over and the next one goes on."`
}

func filter(_ *nodes.Call, p FilterParams) (nodes.Directive, error) {
	out := map[string]any{"passed": p.When.Met}
	if p.When.Met {
		return nodes.Next{Output: out}, nil
	}
	return nodes.Stop{Reason: nodes.EndFilter, ItemOnly: true, Output: out}, nil
}
