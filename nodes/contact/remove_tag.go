package contact

import (
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Internal[RemoveTagParams]{Meta: nodes.Meta{
		Type: "contact.remove_tag", Version: 1, Name: "Remove tag", Group: group, Icon: "tag-off",
		Summary: "Take tags off the contact.",
		Card:    "{tags}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"removed": []any{"trial"}},
	}, Run: removeTag})
}

// RemoveTagParams names the tags; those that the contact lacks are passed over.
type RemoveTagParams struct {
	Tags []string `json:"tags" label:"Tags" required:"true" example:"trial" tab:"fields"`
}

func removeTag(tx nodes.Tx, call *nodes.Call, p RemoveTagParams) (any, error) {
	c, err := call.NeedContact()
	if err != nil {
		return nil, err
	}
	removed, err := crm.RemoveTags(tx, &c, p.Tags)
	if err != nil {
		return nil, err
	}
	call.SetContact(c)
	return map[string]any{"removed": removed}, nil
}
