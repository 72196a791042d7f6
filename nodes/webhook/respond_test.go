package webhook_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func TestRespondGivesTheAnswer(t *testing.T) {
	for params, want := range map[string]nodes.Reply{
		`{}`:                              {Status: 200, Header: map[string]string{}, Body: []byte{}},
		`{"body":"ok"}`:                   {Status: 200, Header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, Body: []byte("ok")},
		`{"status":404,"body":{"a":[1]}}`: {Status: 404, Header: map[string]string{"Content-Type": "application/json"}, Body: []byte(`{"a":[1]}`)},
		`{"body":"<b>{{ trigger.body.name }}</b>"}`: {Status: 200, Header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, Body: []byte("<b>Ada</b>")},
		`{"body":"<Response><Message>Hi {{ trigger.body.name }}</Message></Response>"}`: {Status: 200, Header: map[string]string{"Content-Type": "text/xml; charset=utf-8"},
			Body: []byte("<Response><Message>Hi Ada</Message></Response>")},
		`{"headers":{"x-a":"{{ trigger.body.name }}","content-type":"text/csv"},"body":"a,b"}`: {Status: 200, Header: map[string]string{"X-A": "Ada", "Content-Type": "text/csv"}, Body: []byte("a,b")},
	} {
		b := nodetest.New()
		b.Trigger = map[string]any{"body": map[string]any{"name": "Ada"}}
		if problems := b.Problems("webhook.respond", nodetest.Params(params)); len(problems) > 0 {
			t.Errorf("%s: %v", params, problems)
		}
		got, err := b.Flow("webhook.respond", nodetest.Params(params))
		if err != nil {
			t.Errorf("%s: %v", params, err)
			continue
		}
		if diff := cmp.Diff(nodes.Directive(nodes.Respond{Reply: want}), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", params, diff)
		}
	}
}

// F38: no header gets out that would break or weaken the answer.
func TestRespondRefusesBadAnswers(t *testing.T) {
	b := nodetest.New()
	b.Trigger = map[string]any{"body": map[string]any{"evil": "a\r\nSet-Cookie: b=c", "long": strings.Repeat("x", 300<<10)}}
	for _, params := range []string{`{"headers":{"X-A":"{{ trigger.body.evil }}"}}`, `{"body":"{{ trigger.body.long }}"}`} {
		if got, err := b.Flow("webhook.respond", nodetest.Params(params)); !nodes.IsPermanent(err) {
			t.Errorf("%s: %v, %v", params, got, err)
		}
	}
	for _, params := range []string{`{"headers":{"Set-Cookie":"a"}}`, `{"headers":{"Content-Length":"1"}}`, `{"headers":{"A\r\nHost":"x"}}`, `{"status":100}`, `{"status":600}`} {
		if problems := b.Problems("webhook.respond", nodetest.Params(params)); len(problems) != 1 {
			t.Errorf("%s: %v", params, problems)
		}
	}
}

func TestCatchLetsTheSenderWait(t *testing.T) {
	for params, want := range map[string]string{
		`{}`:                           "0s",
		`{"respond":{"mode":"step"}}`:  "10s",
		`{"respond":{"mode":"async"}}`: "0s",
		`{"respond":{"mode":"step","timeout":"3s","status":201}}`: "3s",
	} {
		if got := receive(t, params, nodetest.Post(`{}`)); got.Await.String() != want || got.Verdict != nodes.Accepted {
			t.Errorf("%s: %s, %s", params, got.Await, got.Verdict)
		}
	}
	fallback := receive(t, `{"respond":{"mode":"step","status":201,"body":"later"}}`, nodetest.Post(`{}`))
	if fallback.Reply == nil || fallback.Reply.Status != 201 || string(fallback.Reply.Body) != "later" {
		t.Errorf("the other answer: %+v", fallback.Reply)
	}
	if filtered := receive(t, `{"respond":{"mode":"step"},"when":false}`, nodetest.Post(`{}`)); filtered.Await != 0 {
		t.Error("a filtered request waits")
	}
}
