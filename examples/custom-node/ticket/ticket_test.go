package ticket_test

import (
	"testing"

	_ "example.com/my-hookloom/ticket"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func TestOpen(t *testing.T) {
	b := nodetest.New()
	b.Trigger = map[string]any{"body": map[string]any{"name": "Ada"}}
	b.Sink.Answer(nodetest.Answer{Status: 201, Body: `{"id":"T-18"}`})
	params := nodetest.Params(`{"desk": "https://desk.example.com", "key": "k1", "subject": "Call {{ trigger.body.name }}"}`)
	out, err := b.Action("ticket.open", params)
	if err != nil || out["ticket_id"] != "T-18" {
		t.Errorf("got %v, %v", out, err)
	}
	if sent := b.Sink.Last(); string(sent.Body) != `{"subject":"Call Ada","urgent":false}` || sent.Header.Get("Authorization") != "Bearer k1" {
		t.Errorf("sent %s", nodetest.Wire(sent))
	}
	b.Sink.Answer(nodetest.Answer{Status: 401})
	if _, err := b.Action("ticket.open", params); !nodes.IsPermanent(err) {
		t.Errorf("a refused key: %v", err)
	}
	if problems := b.Problems("ticket.open", nodetest.Params(`{"desk": "http://desk.example.com", "key": "k1", "subject": "Hi"}`)); len(problems) != 1 {
		t.Errorf("an insecure desk: %q", problems)
	}
}

func TestCreated(t *testing.T) {
	b := nodetest.New()
	b.Sink.Answer(nodetest.Answer{Body: `[{"id":"T-1","subject":"Hi"},{"id":"T-2","subject":"Ho"}]`})
	found, err := b.Poll("ticket.created", nodetest.Params(`{"desk": "https://desk.example.com", "key": "k1"}`), "T-0")
	if err != nil || len(found.Items) != 2 || found.Items[1].ID != "T-2" || found.Cursor != "T-2" {
		t.Errorf("got %+v, %v", found, err)
	}
	if got := b.Sink.Last().URL; got != "https://desk.example.com/tickets?after=T-0" {
		t.Errorf("asked %s", got)
	}
}
