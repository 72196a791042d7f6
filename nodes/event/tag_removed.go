package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[TagRemovedParams]{Meta: nodes.Meta{
		Type: "tag.removed", Version: 1, Name: "Tag removed", Group: group, Icon: "tag-off",
		Summary: "Start when a contact loses a tag.",
		Card:    "{tags}", Contact: nodes.ContactProvides,
		Sample: sample(crm.TagRemoved, map[string]any{"tag": sampleTag}),
	}, Event: crm.TagRemoved, Match: tagRemoved})
}

// TagRemovedParams narrow down which tags start a run.
type TagRemovedParams struct {
	Tags []string `json:"tags" label:"Only these tags" help:"Leave empty for every tag." no_map:"true"`
}

func tagRemoved(p TagRemovedParams, e crm.Event) bool {
	name, _ := object(e, "tag")["name"].(string)
	return anyTag(p.Tags, name)
}
