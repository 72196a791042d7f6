package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[TagAddedParams]{Meta: nodes.Meta{
		Type: "tag.added", Version: 1, Name: "Tag added", Group: group, Icon: "tag",
		Summary: "Start when a contact gets a tag.",
		Card:    "{tags}", Contact: nodes.ContactProvides,
		Sample: sample(crm.TagAdded, map[string]any{"tag": sampleTag}),
	}, Event: crm.TagAdded, Match: tagAdded})
}

// TagAddedParams narrow down which tags start a run.
type TagAddedParams struct {
	Tags []string `json:"tags" label:"Only these tags" help:"Leave empty for every tag." no_map:"true"`
}

func tagAdded(p TagAddedParams, e crm.Event) bool {
	name, _ := object(e, "tag")["name"].(string)
	return anyTag(p.Tags, name)
}
