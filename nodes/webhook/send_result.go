package webhook

import (
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// result makes the output of an answer, and an error of one that counts as
// failed; the error carries the output, so that people see what the receiver
// said.
func (p SendParams) result(env *nodes.Env, r nodes.HTTPRequest, a nodes.HTTPResponse) (any, error) {
	body := outbound.AnswerBody(env, a)
	out := map[string]any{
		"status": a.Status, "headers": outbound.AnswerHeaders(a.Header), "body": body,
		"duration_ms": int(a.Duration.Milliseconds()),
	}
	failing, err := outbound.ParseStatuses(p.FailOn)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	if !failing.Has(a.Status) {
		return out, nil
	}
	return nil, &nodes.OutputError{Output: out, Err: outbound.Failure(env, r, a, body)}
}
