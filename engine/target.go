package engine

import "github.com/hookloom/hookloom/nodes"

// CheckTarget reports why an address can never be called from here, as far as
// that is known without a look-up of its name; nil when it may be. The error's
// text is for people.
func (e *Engine) CheckTarget(url string) error {
	c, ok := e.http.(interface{ Check(nodes.HTTPRequest) error })
	if !ok {
		return nil
	}
	return c.Check(nodes.HTTPRequest{Method: "POST", URL: url})
}
