package api_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/apps"
)

// desk plays services that list what there is to choose.
type desk struct {
	mu     sync.Mutex
	answer string
	asked  []nodes.HTTPRequest
}

func (d *desk) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, r)
	return nodes.HTTPResponse{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(d.answer)}, nil
}

func (d *desk) says(answer string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.answer = answer
}

// calls are the tokens that the service was asked with, in order.
func (d *desk) calls() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var tokens []string
	for _, r := range d.asked {
		tokens = append(tokens, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	}
	return strings.Join(tokens, " ")
}

// A form lists what the service of the chosen connection has: asked once a minute,
// anew when somebody wants to or the connection was changed, and an error names the
// connection and nothing of its secret.
func TestChoicesOfAField(t *testing.T) {
	service := &desk{answer: `{"ok":true,"channels":[{"id":"C1","name":"sales"},{"id":"C2","name":"ops"}],"response_metadata":{"next_cursor":""}}`}
	r := newRig(t, func(d *engine.Deps) { d.HTTP = service })
	id := r.in("POST", "/connections", `{"type":"slack.account","name":"Team Slack","params":{"token":"xoxb-first-token"}}`).is(http.StatusCreated).text("id")
	ask := func(body string) reply { return r.in("POST", "/connections/"+id+"/choices", body) }
	const channels = `{"type":"slack.post_message","field":"channel"}`
	for range 2 {
		got := ask(channels).is(http.StatusOK)
		if got.text("items.0.value") != "C1" || got.text("items.1.label") != "#ops" || got.text("message") != "" || got.at("more") != false {
			t.Errorf("lists %s", got.body)
		}
	}
	if service.calls() != "xoxb-first-token" {
		t.Errorf("asked with %s", service.calls())
	}
	service.says(`{"ok":false,"error":"missing_scope","needed":"channels:read, not xoxb-first-token"}`)
	got := ask(`{"type":"slack.post_message","field":"channel","fresh":true}`).is(http.StatusOK)
	if said := got.text("message"); !strings.Contains(said, "“Team Slack”") || !strings.Contains(said, "channels:read") || strings.Contains(said, "xoxb") || len(got.at("items").([]any)) != 0 {
		t.Errorf("says %s", got.body)
	}
	r.in("PATCH", "/connections/"+id, `{"params":{"token":"xoxb-second-token"}}`).is(http.StatusOK)
	service.says(`{"ok":true,"channels":[{"id":"C3","name":"new"}]}`)
	if got := ask(channels).is(http.StatusOK); got.text("items.0.value") != "C3" || service.calls() != "xoxb-first-token xoxb-first-token xoxb-second-token" {
		t.Errorf("lists %s, asked with %s", got.body, service.calls())
	}

	for body, pointer := range map[string]string{
		`{"type":"slack.nothing","field":"channel"}`:                                            "/type",
		`{"type":"slack.post_message","field":"text"}`:                                          "/field",
		`{"type":"mailchimp.tag_subscriber","field":"list"}`:                                    "/type",
		`{"type":"slack.post_message","field":"channel","params":[]}`:                           "/params",
		`{"type":"airtable.create_record","field":"table","params":{"base":"{{ trigger.b }}"}}`: "/type",
	} {
		ask(body).is(http.StatusUnprocessableEntity).points(pointer)
	}
	tables := r.in("POST", "/connections", `{"type":"airtable.account","name":"Bases","params":{"token":"pat-some-token"}}`).is(http.StatusCreated).text("id")
	table := func(base string) reply {
		return r.in("POST", "/connections/"+tables+"/choices", `{"type":"airtable.create_record","field":"table","params":{"base":`+base+`,"fields":{"$secret":"sec_x"}}}`)
	}
	table(`""`).is(http.StatusUnprocessableEntity).points("/params/base")
	table(`"{{ trigger.body.base }}"`).is(http.StatusUnprocessableEntity).points("/params/base")
	service.says(`{"tables":[{"id":"tbl1","name":"People"},{"id":"tbl1","name":"Again"}]}`)
	if got := table(`"app1"`).is(http.StatusOK); len(got.at("items").([]any)) != 1 || got.text("items.0.label") != "People" {
		t.Errorf("lists %s", got.body)
	}
	r.call("POST", "/workspaces/b/connections/"+id+"/choices", channels).is(http.StatusNotFound)
}
