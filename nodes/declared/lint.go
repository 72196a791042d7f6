package declared

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// App is a file that was checked and is ready to be used.
type App struct {
	*File
	address address
	signer  signer
	headers *tree
	secrets []string // keys of the connection
	actions map[string]*action
	choices map[string]*choices
	// test is nil for a connection that cannot be tested; judge is about its answer.
	test    *request
	account *mapping.Template
	judge   *judge
}

// action is one compiled action.
type action struct {
	*Action
	id      string // slack.post_message
	request *request
	judge   *judge
	checks  []check
	output  *mapping.Template // nil for the whole answer
}

// linter checks an app and compiles it on the way.
type linter struct {
	*report
	file *File
	// params are the fields that templates may name now; nil for none.
	params []Field
	// named collects the params that templates name; nil when nobody wants to know.
	named map[string]bool
}

var (
	appID    = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	iconPath = regexp.MustCompile(`^M[MmLlHhVvCcSsQqTtAaZz0-9 ,.eE-]+$`)
)

func (l *linter) check() *App {
	a := l.file
	c := &App{File: a, actions: map[string]*action{}}
	if a.Format != Format && a.Format != 0 {
		l.add("/hookloom", fmt.Sprintf("This build reads format %d.", Format), "format %d is not known", a.Format)
	}
	if a.App != "" && !appID.MatchString(a.App) {
		l.add("/app", "Use lower-case letters, digits and _: my_crm.", "%.60q cannot stand in front of a type", a.App)
	}
	l.icon(a.Icon, "/icon")
	l.fields(a.Auth.Fields, "/auth/fields", true)
	c.address = l.address(a.BaseURL)
	c.headers = l.headers(a.Headers, "/headers", "connection")
	c.signer = l.signer()
	for _, f := range a.Auth.Fields {
		if f.Kind == "secret" {
			c.secrets = append(c.secrets, f.Key)
		}
	}
	if t := a.Auth.Test; t != nil {
		if t.Request.Method == "" {
			t.Request.Method = "GET"
		}
		c.test = l.request(&t.Request, "/auth/test/request")
		c.judge = l.judge(&Action{}, "/auth/test")
		c.account = l.text(t.Account, "/auth/test/account", "answer", "connection")
	}
	c.choices = l.choices()
	if len(a.Actions) > maxActions {
		l.add("/actions", "Split the file into two apps.", "there are %d actions, at most %d are possible", len(a.Actions), maxActions)
	}
	for _, name := range slices.Sorted(maps.Keys(a.Actions)) {
		at := value.Under("/actions", name)
		if !appID.MatchString(name) || len(name) > 60 {
			l.add(at, "Use lower-case letters, digits and _: post_message.", "%.60q cannot be the name of an action", name)
		}
		c.actions[name] = l.action(name, a.Actions[name], at)
	}
	return c
}

func (l *linter) icon(icon, at string) {
	if icon != "" && !iconPath.MatchString(icon) {
		l.add(at, "Use the d of an SVG path of 24 × 24 that begins with M, or leave it out for the first letter of the name.", "the icon is no path data")
	}
}

func (l *linter) headers(headers map[string]any, at string, roots ...string) *tree {
	if len(headers) == 0 {
		return nil
	}
	for name := range headers {
		switch lower := strings.ToLower(name); {
		case !httpguts.ValidHeaderFieldName(name):
			l.add(value.Under(at, name), "Use letters, digits and hyphens.", "%.60q cannot be the name of a header", name)
		case reserved[lower]:
			l.add(value.Under(at, name), "Remove it.", "the header %s is set by the sending itself", name)
		}
	}
	return l.compile(headers, at, roots...)
}

// reserved headers belong to the connection to the server; setting one could make a
// receiver see two requests in one.
var reserved = map[string]bool{
	"host": true, "content-length": true, "transfer-encoding": true, "connection": true, "keep-alive": true,
	"proxy-connection": true, "proxy-authorization": true, "te": true, "trailer": true, "upgrade": true, "expect": true, "cookie": true,
}

// signer compiles how requests sign in, and holds each kind to the keys that it has.
func (l *linter) signer() signer {
	a := &l.file.Auth
	s := signer{kind: a.Type, in: a.In, name: a.KeyName}
	if s.in == "" {
		s.in = "header"
	}
	given := map[string]string{
		"username": a.Username, "password": a.Password, "token": a.Token, "key_name": a.KeyName, "value": a.Value,
		"authorize_url": a.AuthorizeURL, "token_url": a.TokenURL,
	}
	needs := map[string][]string{"basic": {"username"}, "bearer": {"token"}, "api_key": {"key_name", "value"}, "oauth2": {"authorize_url", "token_url"}}
	takes := map[string][]string{"basic": {"username", "password"}, "bearer": {"token"}, "api_key": {"key_name", "value"}, "oauth2": {"authorize_url", "token_url"}}
	for _, key := range slices.Sorted(maps.Keys(given)) {
		switch {
		case given[key] == "" && slices.Contains(needs[a.Type], key):
			l.add("/auth", "", "auth of type %s needs %s", a.Type, key)
		case given[key] != "" && !slices.Contains(takes[a.Type], key):
			l.add(value.Under("/auth", key), "Remove it, or change the type.", "%s says nothing about auth of type %.20s", key, a.Type)
		}
	}
	if a.Type == "none" && len(a.Fields) > 0 {
		l.add("/auth/fields", "Use type: custom.", "auth of type none has no connection, and so no fields")
	}
	if a.Type != "none" && a.Type != "oauth2" && len(a.Fields) == 0 && a.Type != "" {
		l.add("/auth", "Add fields, with the credential as one of kind secret.", "the connection asks for nothing")
	}
	for _, key := range []string{"authorize_url", "token_url"} {
		if given[key] != "" && !strings.HasPrefix(given[key], "https://") {
			l.add(value.Under("/auth", key), "", "%s must begin with https://", key)
		}
	}
	if a.Type == "api_key" && s.in == "header" && (!httpguts.ValidHeaderFieldName(a.KeyName) || reserved[strings.ToLower(a.KeyName)]) {
		l.add("/auth/key_name", "", "%.60q cannot be the name of a header", a.KeyName)
	}
	s.username = l.text(a.Username, "/auth/username", "connection")
	s.password = l.text(a.Password, "/auth/password", "connection")
	switch a.Type {
	case "bearer":
		s.value = l.text(a.Token, "/auth/token", "connection")
	case "api_key":
		s.value = l.text(a.Value, "/auth/value", "connection")
	}
	return s
}

func (l *linter) action(name string, a *Action, at string) *action {
	out := &action{Action: a, id: l.file.App + "." + name}
	if a.Request.Method == "" {
		a.Request.Method = "POST"
	}
	l.icon(a.Icon, at+"/icon")
	l.fields(a.Fields, at+"/fields", false)
	l.params = a.Fields
	if l.params == nil {
		l.params = []Field{}
	}
	out.request = l.request(&a.Request, at+"/request")
	out.checks = l.checks(a, at)
	out.judge = l.judge(a, at)
	if a.Output != nil {
		out.output, _ = mapping.CompileFor(a.Output, "answer", "params")
		l.compile(a.Output, at+"/output", "answer", "params")
	}
	l.params = nil
	l.sample(a, at)
	l.upgrades(a, at)
	return out
}

func (l *linter) sample(a *Action, at string) {
	want := []string{"body", "status"}
	if a.Output != nil {
		want = slices.Sorted(maps.Keys(a.Output))
	}
	got := slices.Sorted(maps.Keys(a.Sample))
	if a.Sample != nil && !slices.Equal(got, want) {
		l.add(at+"/sample", "People map by the sample before the first run.", "the sample has %s, and the output has %s", strings.Join(got, ", "), strings.Join(want, ", "))
	}
}

func (l *linter) upgrades(a *Action, at string) {
	if a.Version < 0 {
		l.add(at+"/version", "", "a version counts from 1")
	}
	for v := 2; v <= min(a.Version, 100); v++ {
		if !slices.ContainsFunc(a.Upgrades, func(u Upgrade) bool { return u.To == v }) {
			l.add(at+"/upgrades", fmt.Sprintf("Add one with to: %d; it may be empty beside that.", v), "nothing says how steps of version %d are carried over to %d", v-1, v)
		}
	}
	for i, u := range a.Upgrades {
		if u.To < 2 || u.To > max(a.Version, 1) {
			l.add(at+"/upgrades/"+strconv.Itoa(i)+"/to", "", "there is no version %d: the action's is %d", u.To, max(a.Version, 1))
		}
	}
}

// request compiles a request; more are what its templates may name beside params
// and connection.
func (l *linter) request(q *Request, at string, more ...string) *request {
	out := &request{method: q.Method, keepEmpty: q.KeepEmpty, idempotency: q.Idempotency, timeout: 30 * time.Second}
	roots := append([]string{"params", "connection"}, more...)
	out.path = l.segments(q.Path, at+"/path", roots...)
	if q.Query != nil {
		out.query = l.compile(q.Query, at+"/query", roots...)
	}
	out.headers = l.headers(q.Headers, at+"/headers", roots...)
	if q.JSON != nil {
		out.json = l.compile(q.JSON, at+"/json", roots...)
	}
	if q.Form != nil {
		out.form = l.compile(q.Form, at+"/form", roots...)
	}
	if q.JSON != nil && q.Form != nil {
		l.add(at+"/form", "Keep one of them.", "a request has one body: json or form")
	}
	if q.Method == http.MethodGet && (q.JSON != nil || q.Form != nil) {
		l.add(at, "Write the values under query.", "a GET has no body")
	}
	if q.Idempotency != "" && (!httpguts.ValidHeaderFieldName(q.Idempotency) || reserved[strings.ToLower(q.Idempotency)]) {
		l.add(at+"/idempotency_header", "", "%.60q cannot be the name of a header", q.Idempotency)
	}
	if q.Timeout != "" {
		d, err := nodes.ParseDuration(q.Timeout)
		if out.timeout = time.Duration(d); err != nil || out.timeout < time.Second || out.timeout > 2*time.Minute {
			l.add(at+"/timeout", "Write it like 30s.", "the timeout must be between 1s and 2m")
		}
	}
	return out
}

func (l *linter) judge(a *Action, at string) *judge {
	j := &judge{app: l.file.Name}
	statuses, from := a.FailOn, at+"/fail_on"
	if statuses == nil {
		statuses, from = l.file.FailOn, "/fail_on"
	}
	if statuses == nil {
		statuses = []string{"3xx", "4xx", "5xx"}
	}
	j.failOn = l.statuses(statuses, from)
	when, from := a.FailWhen, at+"/fail_when"
	if when == "" {
		when, from = l.file.FailWhen, "/fail_when"
	}
	if when != "" {
		j.when = l.text(braced(when), from, "answer", "params")
	}
	j.detail = l.text(l.file.Detail, "/error_text", "answer")
	for i, e := range a.Errors {
		j.rules = append(j.rules, l.rule(e, at+"/errors/"+strconv.Itoa(i)))
	}
	for i, e := range l.file.Errors {
		j.rules = append(j.rules, l.rule(e, "/errors/"+strconv.Itoa(i)))
	}
	return j
}

func (l *linter) rule(e ErrorRule, at string) rule {
	r := rule{statuses: l.statuses(e.Status, at+"/status"), retry: e.Retry}
	if e.When != "" {
		r.when = l.text(braced(e.When), at+"/when", "answer", "params")
	}
	r.message = l.text(e.Message, at+"/message", "answer", "params")
	r.retryAfter = l.text(e.RetryAfter, at+"/retry_after", "answer")
	return r
}

// braced lets a condition stand without its braces.
func braced(condition string) string {
	if mapping.HasMapping(condition) {
		return condition
	}
	return "{{ " + condition + " }}"
}

func (l *linter) statuses(list []string, at string) outbound.Statuses {
	s, err := outbound.ParseStatuses(list)
	if err != nil {
		l.add(at, "", "%v", err)
	}
	return s
}
