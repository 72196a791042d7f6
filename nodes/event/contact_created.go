package event

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[ContactCreatedParams]{Meta: nodes.Meta{
		Type: "contact.created", Version: 1, Name: "Contact created", Group: group, Icon: "user-plus",
		Summary: "Start when a contact is created.",
		Card:    "{tags}", Contact: nodes.ContactProvides,
		Sample: sample(crm.ContactCreated, nil),
	}, Event: crm.ContactCreated, Match: contactCreated})
}

// ContactCreatedParams narrow down which contacts start a run.
type ContactCreatedParams struct {
	Tags    []string `json:"tags" label:"Only with one of these tags" help:"Leave empty for every contact." no_map:"true"`
	Sources []string `json:"sources" label:"Only from one of these sources" advanced:"true" no_map:"true"`
}

func contactCreated(p ContactCreatedParams, e crm.Event) bool {
	contact := object(e, "contact")
	source, _ := contact["source"].(string)
	return anyTag(p.Tags, texts(contact["tags"])...) && anyTag(p.Sources, source)
}
