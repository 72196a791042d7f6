package flow

import (
	"fmt"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[WaitForParams]{Meta: nodes.Meta{
		Type: "flow.wait_for", Version: 1, Name: "Wait for an event", Group: group, Icon: "hourglass",
		Summary: "Wait until the contact does something, and take another path when it does not come in time.",
		Card:    "{event}, at most {timeout}", Contact: nodes.ContactRequired,
		Sample: map[string]any{
			"happened": true, "until": "2026-02-07T09:00:00Z",
			"event": map[string]any{"type": "contact.replied", "occurred_at": "2026-02-01T09:00:00Z", "reply": map[string]any{"text": "Yes", "channel": "sms"}},
		},
	}, Lists: []string{"branches"}, Run: waitFor, Paths: &nodes.Paths{Fixed: true, Start: []nodes.Path{
		{ID: happened, Name: "It happened"}, {ID: late, Name: "Not in time"},
	}}})
}

// The branches of flow.wait_for.
const (
	happened = "happened"
	late     = "late"
)

// WaitForParams name the event and how long to wait for it.
type WaitForParams struct {
	Event   string         `json:"event" label:"Wait until the contact" options:"contact.replied=Replies,tag.added=Gets a tag,tag.removed=Loses a tag,contact.updated=Is changed,offer.granted=Gets access to an offer,offer.revoked=Loses access to an offer,purchase.created=Buys an offer,payment.succeeded=Pays,payment.failed=Fails to pay,order.created=Places an order,order.refunded=Gets a refund,subscription.created=Subscribes to an offer,subscription.renewed=Renews a subscription,subscription.canceled=Cancels a subscription,subscription.trial_ended=Ends a trial,form.submitted=Sends a form,course.enrolled=Begins a course,course.lesson_completed=Completes a lesson,course.completed=Completes a course,course.certificate=Earns a certificate,course.milestone=Reaches a milestone" default:"contact.replied" no_map:"true"`
	Only    []string       `json:"only" label:"Only these" help:"Names of tags, offers, forms or courses. Leave empty for any." example:"customer"`
	Timeout nodes.Duration `json:"timeout" label:"Wait at most" default:"168h" help:"For example 36h, 3 days. After that the run takes the path Not in time."`
}

// Validate wants some time to wait in. What is mapped stands here as nothing, and
// is looked at when the step runs.
func (p WaitForParams) Validate() []nodes.FieldProblem {
	if p.Timeout < 0 {
		return []nodes.FieldProblem{{Pointer: "/timeout", Code: "invalid", Message: "Wait at most: this must be more than nothing."}}
	}
	return nil
}

func waitFor(call *nodes.Call, p WaitForParams) (nodes.Directive, error) {
	if _, err := call.NeedContact(); err != nil {
		return nil, err
	}
	if p.Timeout <= 0 {
		return nil, nodes.Permanent(fmt.Errorf("the time to wait at most came as %s, and must be more than nothing: check where it comes from", time.Duration(p.Timeout)))
	}
	until := call.Now.Add(time.Duration(p.Timeout))
	return nodes.WaitEvent{
		Awaited: nodes.Awaited{Event: p.Event, Only: p.Only}, Until: until, Happened: happened, Late: late,
		Output: map[string]any{"until": until.UTC().Format(time.RFC3339)},
	}, nil
}
