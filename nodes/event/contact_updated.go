package event

import (
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[ContactUpdatedParams]{Meta: nodes.Meta{
		Type: "contact.updated", Version: 1, Name: "Contact changed", Group: group, Icon: "user-edit",
		Summary: "Start when a contact's details change.",
		Card:    "{fields}", Contact: nodes.ContactProvides,
		Sample: sample(crm.ContactUpdated, map[string]any{"changed": []any{"phone", "fields.plan"}}),
	}, Event: crm.ContactUpdated, Match: contactUpdated})
}

// ContactUpdatedParams narrow down which changes start a run.
type ContactUpdatedParams struct {
	Fields []string `json:"fields" label:"Only when one of these changes" example:"phone, address, fields.plan" help:"Leave empty for every change. Tags have triggers of their own." no_map:"true"`
	Tags   []string `json:"tags" label:"Only with one of these tags" no_map:"true"`
}

func contactUpdated(p ContactUpdatedParams, e crm.Event) bool {
	changed := texts(e.Data["changed"])
	wanted := len(p.Fields) == 0 || slices.ContainsFunc(p.Fields, func(want string) bool {
		want = strings.TrimSpace(want)
		return slices.ContainsFunc(changed, func(field string) bool {
			return field == want || strings.HasPrefix(field, want+".")
		})
	})
	return wanted && anyTag(p.Tags, texts(object(e, "contact")["tags"])...)
}
