package webhook

import (
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/nodes"
)

// earlier says which request completes the body in scope, nil when it is whole.
func (c *catch) earlier(scope map[string]any) *nodes.Earlier {
	if c.sender == nil || c.sender.Earlier == nil {
		return nil
	}
	text, complete := c.sender.Earlier(scope["body"])
	if text == "" {
		return nil
	}
	return &nodes.Earlier{
		Sender:  c.sender.Name,
		Text:    text,
		Missing: "This request leaves a part to an earlier one of " + c.sender.Label + ", which is not here.",
		Complete: func(r nodes.RawRequest) bool {
			read, err := payload.Parse(r.Header.Get("Content-Type"), r.Body, payload.Limits{})
			if err != nil {
				return false
			}
			whole, ok := complete(read.Unwrap(c.sender.Unwrap).Value)
			if ok {
				scope["body"] = whole
			}
			return ok
		},
	}
}
