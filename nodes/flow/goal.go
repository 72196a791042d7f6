package flow

import (
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[GoalParams]{Meta: nodes.Meta{
		Type: "flow.goal", Version: 1, Name: "Goal", Group: group, Icon: "target",
		Summary: "When the contact does this, go on here at once, whatever the run was waiting for before.",
		Card:    "{event}", Contact: nodes.ContactRequired,
		Sample: map[string]any{"reached": true, "event": map[string]any{"type": "purchase.created", "occurred_at": "2026-02-01T09:00:00Z"}},
	}, Run: goal})
}

// GoalParams name what ends the wait of a run that stands before the goal.
type GoalParams struct {
	Event  string   `json:"event" label:"The goal is reached when the contact" options:"contact.replied=Replies,tag.added=Gets a tag,tag.removed=Loses a tag,contact.updated=Is changed,offer.granted=Gets access to an offer,offer.revoked=Loses access to an offer,purchase.created=Buys an offer,payment.succeeded=Pays,payment.failed=Fails to pay,order.created=Places an order,order.refunded=Gets a refund,subscription.created=Subscribes to an offer,subscription.renewed=Renews a subscription,subscription.canceled=Cancels a subscription,subscription.trial_ended=Ends a trial,form.submitted=Sends a form,course.enrolled=Begins a course,course.lesson_completed=Completes a lesson,course.completed=Completes a course,course.certificate=Earns a certificate,course.milestone=Reaches a milestone" default:"purchase.created" no_map:"true"`
	Only   []string `json:"only" label:"Only these" help:"Names of tags, offers, forms or courses. Leave empty for any." example:"Course A" no_map:"true"`
	Missed string   `json:"missed" label:"If a run gets here before that" options:"continue=Go on,stop=End the run,wait=Wait for it" default:"continue" no_map:"true"`
}

// Goal says which event it is.
func (p *GoalParams) Goal() nodes.Awaited { return nodes.Awaited{Event: p.Event, Only: p.Only} }

func goal(call *nodes.Call, p GoalParams) (nodes.Directive, error) {
	out := map[string]any{"reached": false}
	switch p.Missed {
	case "stop":
		return nodes.Stop{Reason: nodes.EndGoal, Message: "The goal was not reached before the run came to it.", Output: out}, nil
	case "wait":
		return nodes.WaitEvent{Awaited: nodes.Awaited{Event: p.Event, Only: p.Only}, Until: call.Now.Add(longest), Output: out}, nil
	}
	return nodes.Next{Output: out}, nil
}
