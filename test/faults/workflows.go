package faults

import (
	"context"
	"fmt"
	"strings"

	"github.com/hookloom/hookloom/test/instance"
)

// The three workflows, by the path under which the sink receives their calls.
const (
	// Sale is the main job: catch, contact, grant, tag, send.
	Sale = "sale"
	// Tagged starts from the event that Sale's tag raises.
	Tagged = "tagged"
	// Waited stands still for two seconds between contact and send.
	Waited = "waited"
)

// Flow is what the model says about one workflow.
type Flow struct {
	// Steps are the ids of its steps, in order.
	Steps []string
	// Hooked says that webhooks start it. Else it starts once for each run of
	// Cause.
	Hooked bool
	Cause  string
	// Document is its definition; $SINK and $OFFER stand for what the
	// installation has.
	Document string
}

// Flows is the model. A failed call is tried again after a second, so that
// a run under a misbehaving sink ends within the test.
var Flows = map[string]Flow{
	Sale: {Hooked: true, Steps: []string{"buyer", "access", "mark", "notify"}, Document: `{"schema":1,
  "triggers":[{"id":"in","type":"webhook.catch","v":1,"name":"Sale","params":{"dedupe":{"by":"field","key":"id"}}}],
  "steps":[
    {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.id }}@example.com","name":"{{ trigger.body.name }}"}},
    {"id":"access","type":"offer.grant","v":1,"params":{"offer":"$OFFER","send_email":"never"}},
    {"id":"mark","type":"contact.add_tag","v":1,"params":{"tags":["sale"]}},
    ` + send + `]}`},
	Tagged: {Cause: Sale, Steps: []string{"notify"}, Document: `{"schema":1,
  "triggers":[{"id":"on","type":"tag.added","v":1,"name":"Tag","params":{"tags":["sale"]}}],
  "steps":[` + strings.ReplaceAll(send, "trigger.body.id", `contact.email | replace(\"@example.com\", \"\")`) + `]}`},
	Waited: {Hooked: true, Steps: []string{"buyer", "pause", "notify"}, Document: `{"schema":1,
  "triggers":[{"id":"in","type":"webhook.catch","v":1,"name":"Later","params":{"dedupe":{"by":"field","key":"id"}}}],
  "steps":[
    {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.id }}@example.com"}},
    {"id":"pause","type":"flow.wait","v":1,"params":{"for":"2s"}},
    ` + send + `]}`},
}

// send is the last step of every workflow. The time of the attempt must not be
// part of what is sent: repeats are to be the same to the byte.
const send = `{"id":"notify","type":"webhook.send","v":1,"retry":{"attempts":20,"delays":["1s"]},
      "params":{"url":"$SINK","body_type":"json","body":{"id":"{{ trigger.body.id }}","run":"{{ run.id }}"},"timeout":"2s"}}`

// Installed is the model as it stands in one installation.
type Installed struct {
	// Hooks are the addresses of the hooked workflows' triggers, by flow.
	Hooks map[string]string
	// Flows finds the flow of a workflow's id.
	Flows map[string]string
	// Offer is the id of the offer that Sale grants.
	Offer string
}

// Install creates the offer and publishes the workflows over the API.
func Install(ctx context.Context, c *instance.Client, sink string) (Installed, error) {
	offer, err := c.CreateOffer(ctx, "Course A")
	if err != nil {
		return Installed{}, err
	}
	in := Installed{Hooks: map[string]string{}, Flows: map[string]string{}, Offer: offer.ID}
	for name, flow := range Flows {
		document := strings.NewReplacer("$SINK", sink+"/"+name, "$OFFER", offer.ID).Replace(flow.Document)
		wf, err := c.Publish(ctx, name, []byte(document))
		if err != nil {
			return in, fmt.Errorf("publish %s: %w", name, err)
		}
		in.Flows[wf.ID] = name
		if !flow.Hooked {
			continue
		}
		if in.Hooks[name], err = wf.Hook(); err != nil {
			return in, err
		}
	}
	return in, nil
}
