// Package manual holds the trigger that people and scripts pull themselves.
package manual

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.ManualTrigger[StartParams]{Meta: nodes.Meta{
		Type: "manual.start", Version: 1, Name: "Start by hand", Group: "Triggers", Icon: "hand-click",
		Summary: "Start a run from the page or the API, with data or for chosen contacts.",
		Contact: nodes.ContactMayProvide,
		Sample: map[string]any{
			"id": "start", "type": "manual.start", "received_at": "2026-01-31T09:00:00Z",
			"body": map[string]any{"note": "Sent from the page"},
		},
	}})
}

// StartParams say whom a run is for.
type StartParams struct {
	NeedsContact bool `json:"needs_contact" label:"Only for chosen contacts" no_map:"true" help:"When on, a run starts for a contact only, and steps that need one can follow at once."`
}

// ProvidesContact follows the switch.
func (p StartParams) ProvidesContact() bool { return p.NeedsContact }
