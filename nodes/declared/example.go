package declared

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// types makes the node types once, so that everything that they refuse is found
// here and not when the app is used.
func (l *linter) types(c *App) {
	for _, d := range c.Definitions() {
		if err := nodes.NewRegistry().Replace("lint", d); err != nil {
			at := ""
			for name := range c.actions {
				if rest, ok := strings.CutPrefix(err.Error(), c.actions[name].id+":"); ok {
					at, err = value.Under("/actions", name), fmt.Errorf("%s", strings.TrimSpace(rest))
				}
			}
			if rest, ok := strings.CutPrefix(err.Error(), c.accountType()+":"); ok {
				at, err = "/auth", fmt.Errorf("%s", strings.TrimSpace(rest))
			}
			l.add(at, "", "%v", err)
		}
	}
}

// examples runs the examples of a file through the code that runs its actions.
func (l *linter) examples(c *App) {
	for _, name := range slices.Sorted(maps.Keys(c.actions)) {
		if a := c.actions[name]; a.Example != nil {
			l.example(c, a, value.Under("/actions", name)+"/example")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.choices)) {
		if list := c.choices[name]; list.Example != nil {
			l.choicesExample(c, list, value.Under("/choices", name)+"/example")
		}
	}
}

func (l *linter) example(c *App, a *action, at string) {
	e := a.Example
	sent := &stage{answers: e.Answers}
	out, err := c.Try(a.key(), sent)
	if len(sent.requests) == 0 {
		l.add(at, "", "nothing is sent: %v", err)
		return
	}
	l.compare(sent.requests[0], e.Sends, at+"/sends")
	switch {
	case err != nil:
		l.add(at+"/answers", "", "the answer is taken as failed: %v", err)
	case e.Gives != nil && !same(out, e.Gives):
		l.add(at+"/gives", "", "the output is %s", encoded(out))
	}
	if e.Refused == nil {
		return
	}
	_, err = c.Try(a.key(), &stage{answers: e.Refused.Answers})
	l.refused(err, e.Refused, at+"/refused")
}

// refused holds an error to what an example says of it.
func (l *linter) refused(err error, want *Refused, at string) {
	switch {
	case err == nil:
		l.add(at, "Say what makes it a failed one: fail_on, fail_when.", "the answer is taken as a good one")
	case !strings.Contains(err.Error(), want.Says):
		l.add(at+"/says", "", "the error says: %v", err)
	case nodes.IsPermanent(err) == want.Retry:
		l.add(at+"/retry", "", "it is tried again: %v", !nodes.IsPermanent(err))
	}
}

// choicesExample is example for what the service lists. The answer stands for the
// last part: what comes after it is not asked for.
func (l *linter) choicesExample(c *App, list *choices, at string) {
	e := list.Example
	sent := &stage{answers: e.Answers, once: true}
	got, err := c.TryChoices(list.name, sent)
	if len(sent.requests) == 0 {
		l.add(at, "", "nothing is asked: %v", err)
		return
	}
	l.compare(sent.requests[0], e.Sends, at+"/sends")
	want := make([]nodes.Option, len(e.Gives))
	for i, o := range e.Gives {
		if want[i] = (nodes.Option{Value: o.Value, Label: o.Label}); o.Label == "" {
			want[i].Label = o.Value
		}
	}
	switch {
	case err != nil:
		l.add(at+"/answers", "", "the answer is taken as failed: %v", err)
	case e.Gives != nil && !slices.Equal(got, want):
		l.add(at+"/gives", "", "the choices are %v", got)
	}
	if e.Refused != nil {
		_, err = c.TryChoices(list.name, &stage{answers: e.Refused.Answers})
		l.refused(err, e.Refused, at+"/refused")
	}
}

// TryChoices asks for choices as their example says, with a client of the caller's.
// The error is also that of choices without example.
func (c *App) TryChoices(name string, client nodes.HTTPClient) ([]nodes.Option, error) {
	list := c.choices[name]
	if list == nil || list.Example == nil {
		return nil, fmt.Errorf("%s: the choices %s have no example", c.ID(), name)
	}
	env := c.exampleEnv(client, list.Example.Connection)
	params, _ := value.Clone(list.Example.Params).(map[string]any)
	return c.ask(context.Background(), env, list, params)
}

// key is the second half of the action's type.
func (a *action) key() string {
	_, name, _ := strings.Cut(a.id, ".")
	return name
}

// Try makes the call of an action's example with a client of the caller's: what a
// step with those params and that connection would do. The error is also that of an
// action without example.
func (c *App) Try(name string, client nodes.HTTPClient) (map[string]any, error) {
	a := c.actions[name]
	if a == nil || a.Example == nil {
		return nil, fmt.Errorf("%s.%s has no example", c.ID(), name)
	}
	env := c.exampleEnv(client, a.Example.Connection)
	params, _ := value.Clone(a.Example.Params).(map[string]any)
	if params == nil {
		params = map[string]any{}
	}
	if env.Connection != nil {
		params[connectionKey] = env.Connection.ID
	}
	registry := nodes.NewRegistry()
	if err := registry.Replace("example", c.definition(a)); err != nil {
		return nil, err
	}
	out, err := registry.Lookup(a.id).Action(context.Background(), env, params)
	given, _ := out.(map[string]any)
	return given, err
}

// exampleEnv is what an example is run with; without a connection for an app that
// has none.
func (c *App) exampleEnv(client nodes.HTTPClient, connection map[string]any) *nodes.Env {
	env := &nodes.Env{
		HTTP: client, Log: slog.New(slog.DiscardHandler), IdempotencyKey: "run_example/step/1", MessageID: "msg_example", Attempt: 1,
		Call: nodes.Call{Now: time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC), Zone: time.UTC},
	}
	if c.connects() {
		fields := map[string]string{}
		for key, v := range connection {
			fields[key] = fmt.Sprint(v)
		}
		env.Connection = &nodes.Credential{ID: "cxn_example", Type: c.accountType(), Fields: fields, Hosts: c.address.hosts(connection)}
	}
	return env
}

// compare holds a request to the one of the example.
func (l *linter) compare(r nodes.HTTPRequest, want Sent, at string) {
	if r.Method != want.Method {
		l.add(at+"/method", "", "the method is %s", r.Method)
	}
	if r.URL != want.URL {
		l.add(at+"/url", "", "the address is %s", r.URL)
	}
	for _, name := range slices.Sorted(maps.Keys(want.Headers)) {
		if got := r.Header.Get(name); got != want.Headers[name] {
			l.add(value.Under(at+"/headers", name), "", "the header is %q", got)
		}
	}
	body := string(r.Body)
	switch {
	case want.JSON != nil:
		got, err := value.Decode(r.Body)
		if err != nil || !same(got, want.JSON) {
			l.add(at+"/json", "", "the body is %s", body)
		}
	case want.Form != nil:
		entries, _ := outbound.FormEntries(want.Form, false)
		got, err := url.ParseQuery(body)
		wanted, _ := url.ParseQuery(string(outbound.Form(entries)))
		if err != nil || got.Encode() != wanted.Encode() {
			l.add(at+"/form", "", "the body is %s", body)
		}
	case body != "":
		l.add(at, "Say json or form.", "a body is sent: %s", body)
	}
}

// same compares plain values by their JSON, in which the order of names is fixed.
func same(a, b any) bool { return encoded(a) == encoded(b) }

func encoded(v any) string {
	text, err := value.Encode(value.Normalize(value.Clone(v)))
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// stage plays the service of an example.
type stage struct {
	answers Answered
	// once has it answer 204 from the second call on.
	once     bool
	requests []nodes.HTTPRequest
}

func (s *stage) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	s.requests = append(s.requests, r)
	if s.once && len(s.requests) > 1 {
		return nodes.HTTPResponse{Status: http.StatusNoContent, Header: http.Header{}}, nil
	}
	return s.answers.response(), nil
}

func (a Answered) response() nodes.HTTPResponse {
	r := nodes.HTTPResponse{Status: a.Status, Header: http.Header{}}
	if r.Status == 0 {
		r.Status = http.StatusOK
	}
	for name, v := range a.Headers {
		r.Header.Set(name, v)
	}
	if a.JSON != nil {
		r.Header.Set("Content-Type", "application/json")
		r.Body = []byte(encoded(a.JSON))
	}
	return r
}
