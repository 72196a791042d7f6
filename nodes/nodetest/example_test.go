package nodetest_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// The node of docs/nodes.md; TestDocs holds the page to this file.

func init() {
	nodes.Register(nodes.Action[PostParams]{Meta: nodes.Meta{
		Type: "chat.post", Version: 1, Name: "Post to chat", Group: "Chat", Icon: "message",
		Summary: "Post a message to a chat room.",
		Card:    "{text}",
		Sample:  map[string]any{"message_id": "m_1"},
	}, Run: post})
}

// PostParams is the form: a field for each param, the tags describe it.
type PostParams struct {
	Address string `json:"address" label:"Address of the room" kind:"url" required:"true" help:"From the room's settings, under Webhooks."`
	Text    string `json:"text" label:"Message" kind:"long_text" required:"true" max:"2000" example:"New customer: {{ contact.name }}"`
	Urgent  bool   `json:"urgent" label:"Mark as urgent"`
}

func post(ctx context.Context, env *nodes.Env, p PostParams) (any, error) {
	body, err := value.Encode(map[string]any{"text": p.Text, "urgent": p.Urgent})
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	answer, err := env.HTTP.Send(ctx, nodes.HTTPRequest{
		Method: http.MethodPost, URL: p.Address, Body: body,
		Header: http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {env.IdempotencyKey}},
	})
	if err != nil {
		return nil, err // says itself whether trying again can help
	}
	switch {
	case answer.Status == http.StatusNotFound:
		return nil, nodes.Permanent(errors.New("the room does not exist any more: choose another one"))
	case answer.Status >= 300:
		return nil, fmt.Errorf("the chat answered %d", answer.Status) // tried again by the step's policy
	}
	return map[string]any{"message_id": answer.Header.Get("X-Message-Id")}, nil
}

func TestPost(t *testing.T) {
	b := nodetest.New()
	b.Trigger = map[string]any{"body": map[string]any{"name": `Ada "the first"`}}
	b.Sink.Answer(nodetest.Answer{Status: 200, Header: map[string]string{"X-Message-Id": "m_7"}})
	out, err := b.Action("chat.post", nodetest.Params(`{
		"address": "https://chat.example.com/hooks/1", "text": "New: {{ trigger.body.name }}" }`))
	if err != nil || out["message_id"] != "m_7" {
		t.Errorf("got %v, %v", out, err)
	}
	b.Sink.Golden(t, "post") // the exact request, in testdata/post.golden

	b.Sink.Answer(nodetest.Answer{Status: 404})
	_, err = b.Action("chat.post", nodetest.Params(`{"address": "https://chat.example.com/hooks/1", "text": "Hi"}`))
	if !nodes.IsPermanent(err) {
		t.Errorf("a room that is gone: %v", err)
	}
	problems := b.Problems("chat.post", nodetest.Params(`{"text": "Hi"}`))
	if strings.Join(problems, "") != "/address: Address of the room can't be empty" {
		t.Errorf("problems: %q", problems)
	}
}

// End of the node of docs/nodes.md.

func Example() {
	b := nodetest.New()
	b.Sink.Answer(nodetest.Answer{Status: 200, Header: map[string]string{"X-Message-Id": "m_7"}})
	out, err := b.Action("chat.post", nodetest.Params(`{"address": "https://chat.example.com/hooks/1", "text": "Hello"}`))
	fmt.Println(out, err)
	fmt.Print(nodetest.Wire(b.Sink.Last()))
	// Output:
	// map[message_id:m_7] <nil>
	// POST https://chat.example.com/hooks/1
	// Content-Type: application/json
	// Idempotency-Key: run_1/step/1
	//
	// {"text":"Hello","urgent":false}
}
