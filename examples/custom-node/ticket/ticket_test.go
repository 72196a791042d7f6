package ticket_test

import (
	"testing"

	_ "example.com/my-hookloom/ticket"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// bench has a connection to a desk.
func bench() *nodetest.Bench {
	b := nodetest.New()
	b.Connection = &nodes.Credential{
		ID: "cxn_1", Type: "ticket.desk", Hosts: []string{"desk.example.com"},
		Fields: map[string]string{"address": "https://desk.example.com", "key": "k1"},
	}
	return b
}

func TestOpen(t *testing.T) {
	b := bench()
	b.Trigger = map[string]any{"body": map[string]any{"name": "Ada"}}
	b.Sink.Answer(nodetest.Answer{Status: 201, Body: `{"id":"T-18"}`})
	params := nodetest.Params(`{"desk": "cxn_1", "queue": "Q-1", "subject": "Call {{ trigger.body.name }}"}`)
	out, err := b.Action("ticket.open", params)
	if err != nil || out["ticket_id"] != "T-18" {
		t.Errorf("got %v, %v", out, err)
	}
	if sent := b.Sink.Last(); string(sent.Body) != `{"queue":"Q-1","subject":"Call Ada","urgent":false}` || sent.Header.Get("Authorization") != "Bearer k1" {
		t.Errorf("sent %s", nodetest.Wire(sent))
	}
	b.Sink.Answer(nodetest.Answer{Status: 401})
	if _, err := b.Action("ticket.open", params); !nodes.IsPermanent(err) {
		t.Errorf("a refused key: %v", err)
	}
	if problems := b.Problems("ticket.open", nodetest.Params(`{"desk": "cxn_1", "subject": "Hi", "urgent": true}`)); len(problems) != 1 {
		t.Errorf("urgent without a queue: %q", problems)
	}
	if problems := b.Problems("ticket.desk", nodetest.Params(`{"address": "http://desk.example.com", "key": "k1"}`)); len(problems) != 1 {
		t.Errorf("an insecure desk: %q", problems)
	}
}

func TestQueues(t *testing.T) {
	b := bench()
	b.Sink.Answer(nodetest.Answer{Body: `[{"id":"Q-1","name":"Sales"},{"id":"Q-2","name":"Billing"}]`})
	queues, err := b.Choices("ticket.open", nodetest.Params(`{"desk": "cxn_1"}`), "queue")
	if err != nil || len(queues) != 2 || queues[1] != (nodes.Option{Value: "Q-2", Label: "Billing"}) {
		t.Errorf("got %v, %v", queues, err)
	}
}

func TestCreated(t *testing.T) {
	b := bench()
	b.Sink.Answer(nodetest.Answer{Body: `[{"id":"T-1","subject":"Hi"},{"id":"T-2","subject":"Ho"}]`})
	found, err := b.Poll("ticket.created", nodetest.Params(`{"desk": "cxn_1"}`), "T-0")
	if err != nil || len(found.Items) != 2 || found.Items[1].ID != "T-2" || found.Cursor != "T-2" {
		t.Errorf("got %+v, %v", found, err)
	}
	if got := b.Sink.Last().URL; got != "https://desk.example.com/tickets?after=T-0" {
		t.Errorf("asked %s", got)
	}
}
