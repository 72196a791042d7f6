package webhook

import (
	"errors"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[AnswerParams]{Meta: nodes.Meta{
		Type: "webhook.respond", Version: 1, Name: "Answer the sender", Group: "Webhooks", Icon: "message-reply",
		Summary: "Tell the sender of the webhook something, while it waits for this run.",
		Card:    "{status}",
		Sample:  map[string]any{"status": 200, "headers": map[string]any{"Content-Type": "application/json"}, "body": `{"ok":true}`},
	}, Responds: true, Run: answer})
}

// AnswerParams are the answer. It reaches the sender when the trigger waits for
// it, and nobody when the wait is over; the run goes on either way.
type AnswerParams struct {
	Status  int            `json:"status" label:"Status" min:"200" max:"599" default:"200" no_map:"true" help:"From 400 on many senders call again."`
	Headers map[string]any `json:"headers" label:"Headers" advanced:"true"`
	Body    any            `json:"body" label:"Text or data" example:"<Response><Message>Thank you</Message></Response>" help:"Text, JSON, or TwiML for Twilio. Leave empty for an empty answer."`
}

// Validate reports headers that an answer cannot have.
func (p AnswerParams) Validate() []nodes.FieldProblem {
	return replyHeaderProblems("/headers", p.Headers)
}

func answer(_ *nodes.Call, p AnswerParams) (nodes.Directive, error) {
	reply, err := replyFrom(p.Status, p.Headers, p.Body)
	if err != nil {
		return nil, nodes.Permanent(errors.New("the answer cannot be given: " + err.Error()))
	}
	for name := range reply.Header {
		if unanswered[strings.ToLower(name)] {
			delete(reply.Header, name)
		}
	}
	return nodes.Respond{Reply: *reply}, nil
}
