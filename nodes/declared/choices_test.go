package declared_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// club asks for the rooms of a house, part by part, and has a rule of its own.
const club = `
hookloom: 1
app: club
name: Club
base_url: https://api.example.com
auth: { type: bearer, token: "{{ connection.token }}", fields: [{ key: token, label: Token, kind: secret, required: true }] }
error_text: "{{ answer.body.message }}"
choices:
  rooms:
    request: { path: "/houses/{{ params.house }}/rooms", query: { after: "{{ page }}" } }
    items: "{{ answer.body.rooms }}"
    value: "{{ item.id }}"
    label: "{{ item.name }}"
    next: "{{ answer.body.next }}"
actions:
  book:
    name: Book
    summary: Book a room.
    fields:
      - { key: house, label: House, required: true }
      - { key: room, label: Room, required: true, choices: rooms }
      - { key: from, label: From, kind: number, default: 9 }
      - { key: to, label: To, kind: number }
    checks:
      - { when: "params.to != nil and params.to <= params.from", field: to, message: A booking ends after it begins. }
    request: { path: /bookings, json: { room: "{{ params.room }}" } }
    sample: { status: 201, body: {} }
`

func clubNode(t *testing.T) *nodes.NodeType {
	t.Helper()
	r := nodes.NewRegistry()
	if err := r.Replace("club", app(t, club).Definitions()...); err != nil {
		t.Fatal(err)
	}
	return r.Lookup("club.book")
}

// pages answers the parts of a list.
type pages struct {
	bodies []string
	asked  []nodes.HTTPRequest
}

func (p *pages) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	p.asked = append(p.asked, r)
	body := p.bodies[min(len(p.asked), len(p.bodies))-1]
	return nodes.HTTPResponse{Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(body)}, nil
}

func asking(client nodes.HTTPClient) *nodes.Env {
	return &nodes.Env{
		Call: nodes.Call{Now: nodetest.Now}, HTTP: client,
		Connection: &nodes.Credential{ID: "cxn_1", Type: "club.account", Fields: map[string]string{"token": "club-secret-token"}, Hosts: []string{"api.example.com:443"}},
	}
}

// A field offers what the service lists, all parts of it, for the values that the
// request names.
func TestChoices(t *testing.T) {
	n := clubNode(t)
	at := slices.IndexFunc(n.Fields, func(f nodes.Field) bool { return f.Key == "room" })
	if c := n.Fields[at].Choices; c == nil || !slices.Equal(c.Needs, []string{"connection", "house"}) {
		t.Fatalf("needs %+v", c)
	}
	service := &pages{bodies: []string{`{"rooms":[{"id":1,"name":"Red"},{"id":2},{"name":"no id"}],"next":"p2"}`, `{"rooms":[{"id":"club-secret-token","name":"Blue"}],"next":null}`}}
	got, err := n.Choices(t.Context(), asking(service), map[string]any{"connection": "cxn_1", "house": "a/b"}, "room")
	if want := []nodes.Option{{Value: "1", Label: "Red"}, {Value: "2", Label: "2"}, {Value: nodes.Redacted, Label: "Blue"}}; err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
	if len(service.asked) != 2 || service.asked[0].URL != "https://api.example.com/houses/a%2Fb/rooms" || service.asked[1].URL != "https://api.example.com/houses/a%2Fb/rooms?after=p2" ||
		service.asked[0].Header.Get("Authorization") != "Bearer club-secret-token" {
		t.Errorf("asked %+v", service.asked)
	}
	// A service that names the same part for ever is not asked for ever.
	stuck := &pages{bodies: []string{`{"rooms":[{"id":1}],"next":"p2"}`}}
	if _, err := n.Choices(t.Context(), asking(stuck), map[string]any{"house": "a"}, "room"); err != nil || len(stuck.asked) != 2 {
		t.Errorf("asked %d times: %v", len(stuck.asked), err)
	}
	foreign := asking(stuck)
	foreign.Connection.Type = "other.account"
	if _, err := n.Choices(t.Context(), foreign, nil, "room"); err == nil || !strings.Contains(err.Error(), "of another kind") {
		t.Errorf("a foreign connection: %v", err)
	}
}

// What is wrong with choices and checks is said with its place.
func TestLintOfChoicesAndChecks(t *testing.T) {
	for _, c := range []struct{ was, is, says string }{
		{"choices: rooms }", "choices: romes }", `/actions/book/fields/1/choices: there are no choices "romes". Do you mean rooms?`},
		{"choices: rooms }", "}", "/choices/rooms: no field has these choices"},
		{"key: house, label", "key: home, label", "/choices/rooms/request/path: there is no field params.house"},
		{"choices: rooms }", "kind: number, choices: rooms }", "choices say nothing about a field of kind number"},
		{"{{ item.id }}", "{{ answer.id }}", "/choices/rooms/value: the template cannot be used"},
		{"field: to,", "field: too,", "/actions/book/checks/0/field: there is no field too"},
		{"params.to <=", "params.end <=", "/actions/book/checks/0/when: there is no field params.end"},
		{"kind: secret, required", "kind: secret, choices: rooms, required", "/auth/fields/0/choices: the form of a connection has no choices"},
	} {
		text := strings.Replace(club, c.was, c.is, 1)
		if text == club {
			t.Fatalf("%q is not in the file", c.was)
		}
		if _, problems := declared.Parse([]byte(text)); !strings.Contains(fmt.Sprint(problems), c.says) {
			t.Errorf("%s: %v", c.says, problems)
		}
	}
}

// An example of choices is held to its word.
func TestExamplesOfChoices(t *testing.T) {
	const example = `    example:
      connection: { token: not-a-real-token }
      params: { house: h1 }
      sends: { method: GET, url: "https://api.example.com/houses/h1/rooms", headers: { Authorization: Bearer not-a-real-token } }
      answers: { json: { rooms: [{ id: r1, name: Red }], next: more } }
      gives: [{ value: r1, label: Red }]
      refused: { answers: { status: 404, json: { message: gone } }, says: gone }
actions:
`
	whole := strings.Replace(club, "actions:\n", example, 1)
	app(t, whole)
	for was, says := range map[string]string{
		"houses/h1/rooms\", headers": "/choices/rooms/example/sends/url: the address is",
		"label: Red }]\n      ref":   "/choices/rooms/example/gives: the choices are [{r1 Red}]",
		"says: gone":                 "/choices/rooms/example/refused/says: the error says",
	} {
		broken := strings.Replace(whole, was, strings.NewReplacer("h1", "h2", "Red", "Blue", "says: gone", "says: come").Replace(was), 1)
		if _, problems := declared.Parse([]byte(broken)); !strings.Contains(fmt.Sprint(problems), says) {
			t.Errorf("%s: %v", says, problems)
		}
	}
}

// A check is asked while the step is edited, about what is fixed, and once more
// before anything is sent.
func TestChecks(t *testing.T) {
	n := clubNode(t)
	params := func(to any) map[string]any {
		return map[string]any{"connection": "cxn_1", "house": "h", "room": "r", "to": to}
	}
	for _, c := range []struct {
		to    any
		wrong bool
	}{{8, true}, {10, false}, {nil, false}, {"{{ trigger.body.to }}", false}} {
		problems := n.Check(params(c.to))
		if (len(problems) > 0) != c.wrong {
			t.Errorf("to %v: %v", c.to, problems)
		}
		if c.wrong && (problems[0].Pointer != "/to" || problems[0].Message != "A booking ends after it begins.") {
			t.Errorf("to %v: %+v", c.to, problems[0])
		}
	}
	service := &pages{bodies: []string{"{}"}}
	if _, err := n.Action(t.Context(), asking(service), params(8)); !nodes.IsPermanent(err) || len(service.asked) != 0 || !strings.Contains(err.Error(), "ends after it begins") {
		t.Errorf("sent %d calls: %v", len(service.asked), err)
	}
	if _, err := n.Action(t.Context(), asking(service), params(17)); err != nil || len(service.asked) != 1 {
		t.Errorf("sent %d calls: %v", len(service.asked), err)
	}
}
