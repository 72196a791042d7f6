package contact

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[AddTagParams]{Meta: nodes.Meta{
		Type: "contact.add_tag", Version: 1, Name: "Add tag", Group: group, Icon: "tag",
		Summary: "Put tags on the contact.",
		Card:    "{tags}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"added": []any{"customer"}},
	}, Run: addTag})
}

// AddTagParams names the tags; new ones are made.
type AddTagParams struct {
	Tags []string `json:"tags" label:"Tags" required:"true" example:"customer" help:"A tag that does not exist yet is made." tab:"fields"`
}

func addTag(tx nodes.Tx, call *nodes.Call, p AddTagParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	added, err := crm.AddTags(tx, &c, p.Tags)
	if err != nil {
		return nil, err
	}
	call.SetContact(c)
	return map[string]any{"added": added}, nil
}
