package declared_test

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// shop is an app with a bit of everything.
const shop = `
hookloom: 1
app: shop
name: Shop
icon: M4 4h16v16H4z
base_url: https://{{ connection.region }}.api.example.com/v1
headers: { X-App: hookloom }
auth:
  type: api_key
  key_name: X-Key
  value: "Key {{ connection.key }}"
  fields:
    - { key: key, label: Key, kind: secret, required: true }
    - { key: region, label: Region, required: true }
  test:
    request: { path: /me }
    account: "{{ answer.body.name }}"
error_text: "{{ answer.body.message }}"
actions:
  order:
    name: Make order
    summary: Make an order.
    card: "{email}"
    fields:
      - { key: email, label: E-mail, required: true }
      - { key: amount, label: Amount, kind: number }
      - { key: gift, label: Gift, kind: switch }
      - { key: note, label: Note, kind: long_text }
      - { key: tags, label: Tags, kind: list, item: text }
      - { key: extra, label: Extra, kind: rows }
      - { key: at, label: At, kind: date }
    request:
      path: /people/{{ params.email | lower() }}/orders
      query: { tag: "{{ params.tags }}", dry: "{{ params.gift }}" }
      headers: { X-Note: "{{ params.note }}" }
      idempotency_header: Request-Id
      json:
        amount: "{{ params.amount }}"
        gift: "{{ params.gift }}"
        note: "For {{ params.email }}"
        person: { name: { first: "{{ params.extra.name }}" }, note: "{{ params.note }}" }
        tags: ["{{ params.tags[0] }}", "fixed"]
        empty: { stays: [] }
        extra: "{{ params.extra }}"
        at: "{{ params.at }}"
    errors:
      - { status: 4xx, when: "{{ answer.body.code == 7 }}", message: "The shop is closed for {{ params.email }}.", retry: true, retry_after: "{{ answer.body.wait }}" }
      - { status: 404, message: There is nobody of that name. }
    output: { id: "{{ answer.body.id }}", name: "{{ answer.body.person.name }}" }
    sample: { id: 7, name: Ada }
`

func app(t *testing.T, text string) *declared.App {
	t.Helper()
	a, problems := declared.Parse([]byte(text))
	if a == nil {
		t.Fatalf("%v", problems)
	}
	return a
}

func bench(t *testing.T, text string) *nodetest.Bench {
	t.Helper()
	b := nodetest.New()
	b.Registry = nodes.NewRegistry()
	if err := b.Registry.Replace("files", app(t, text).Definitions()...); err != nil {
		t.Fatal(err)
	}
	b.Connection = &nodes.Credential{
		ID: "cxn_1", Type: "shop.account", Fields: map[string]string{"key": "s3cret-key", "region": "eu"}, Hosts: []string{"eu.api.example.com"},
	}
	return b
}

// What a step sends: kinds of values stay, what is empty is left out, and what
// somebody put into a value stays as it is.
func TestRequest(t *testing.T) {
	for params, want := range map[string]string{
		`{"connection":"cxn_1","email":"Ada/../../x?y#z@x.com"}`: `POST https://eu.api.example.com/v1/people/ada%2F..%2F..%2Fx%3Fy%23z@x.com/orders
Content-Type: application/json
Request-Id: run_1/step/1
X-App: hookloom
X-Key: Key s3cret-key

{"empty":{"stays":[]},"note":"For Ada/../../x?y#z@x.com","tags":["fixed"]}
`,
		`{"connection":"cxn_1","email":"a@x.com","amount":"12","gift":false,"note":"Hi","tags":"a b,c","extra":{"name":"Ada","id":820982911946154508,"none":""},"at":"2026-01-31"}`: `POST https://eu.api.example.com/v1/people/a@x.com/orders?dry=false&tag=a+b&tag=c
Content-Type: application/json
Request-Id: run_1/step/1
X-App: hookloom
X-Key: Key s3cret-key
X-Note: Hi

{"amount":12,"at":"2026-01-31T00:00:00Z","empty":{"stays":[]},"extra":{"id":820982911946154508,"name":"Ada","none":""},"gift":false,"note":"For a@x.com","person":{"name":{"first":"Ada"},"note":"Hi"},"tags":["a b","fixed"]}
`,
	} {
		b := bench(t, shop)
		b.Sink.Answer(nodetest.Answer{Header: map[string]string{"Content-Type": "application/json"}, Body: `{"id":7,"person":{"name":"Ada"}}`})
		out, err := b.Action("shop.order", nodetest.Params(params))
		if err != nil {
			t.Errorf("%s: %v", params, err)
			continue
		}
		if diff := cmp.Diff(want, nodetest.Wire(b.Sink.Last())); diff != "" {
			t.Errorf("%s:\n%s", params, diff)
		}
		if out["id"] != 7 || out["name"] != "Ada" {
			t.Errorf("output %v", out)
		}
		if shown := nodetest.Wire(b.Sink.Last().Redacted()); strings.Contains(shown, "s3cret") {
			t.Errorf("a dry run shows the credential: %s", shown)
		}
	}
}

// A template that gives a template is a value and not read again.
func TestDataIsNeverATemplate(t *testing.T) {
	b := bench(t, shop)
	b.Trigger = map[string]any{"note": "{{ connection.key }}"}
	if _, err := b.Action("shop.order", nodetest.Params(`{"connection":"cxn_1","email":"a@x.com","note":"{{ trigger.note }}"}`)); err != nil {
		t.Fatal(err)
	}
	if wire := nodetest.Wire(b.Sink.Last()); !strings.Contains(wire, "X-Note: {{ connection.key }}") {
		t.Errorf("sent %s", wire)
	}
}

func TestNothingIsSentThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		params string
		change func(b *nodetest.Bench)
		says   string
	}{
		"a line break in a header": {`{"connection":"c","email":"a@x.com","note":"a\r\nHost: evil.test"}`, nil, "line break"},
		"an empty part of a path":  {`{"connection":"c","email":"{{ trigger.none | default(\"..\") }}"}`, nil, "a value that the address needs is empty"},
		"no connection":            {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection = nil }, "is not there any more"},
		"another app's connection": {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection.Type = "auth.bearer" }, "is of another kind"},
		"another host":             {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection.Hosts = []string{"us.api.example.com"} }, "may not be used for"},
		"a host in a part of it":   {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection.Fields["region"] = "evil.test/" }, "is no part of an address"},
		"a dotted part of a host":  {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection.Fields["region"] = "evil.test#" }, "is no part of an address"},
		"an empty credential":      {`{"connection":"c","email":"a"}`, func(b *nodetest.Bench) { b.Connection.Fields["key"] = "a\nb" }, "line break"},
		"a missing value":          {`{"connection":"c"}`, nil, "E-mail can't be empty"},
		"an unknown setting":       {`{"connection":"c","email":"a","color":1}`, nil, "is not a setting"},
	} {
		t.Run(name, func(t *testing.T) {
			b := bench(t, shop)
			if c.change != nil {
				c.change(b)
			}
			_, err := b.Action("shop.order", nodetest.Params(c.params))
			if err == nil || !strings.Contains(err.Error(), c.says) || !nodes.IsPermanent(err) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("got %v", err)
			}
			if len(b.Sink.Requests) > 0 {
				t.Errorf("it was sent: %s", nodetest.Wire(b.Sink.Last()))
			}
		})
	}
}

func TestErrors(t *testing.T) {
	for name, c := range map[string]struct {
		answer    nodetest.Answer
		says      string
		permanent bool
		after     time.Duration
	}{
		"a rule with a condition": {nodetest.Answer{Status: 400, Body: `{"code":7,"wait":"5"}`}, "The shop is closed for a@x.com.", false, 5 * time.Second},
		"a rule of a status":      {nodetest.Answer{Status: 404, Body: `{"message":"no s3cret-key here"}`}, "There is nobody of that name. It says: no [redacted] here", true, 0},
		"no rule":                 {nodetest.Answer{Status: 422, Body: `{"message":"bad e-mail"}`}, "Shop answered 422 Unprocessable Entity. It says: bad e-mail", true, 0},
		"without words":           {nodetest.Answer{Status: 502}, "Shop answered 502 Bad Gateway.", false, 0},
		"a redirect":              {nodetest.Answer{Status: 302}, "Shop answered 302 Found.", true, 0},
		"too often":               {nodetest.Answer{Status: 429, Header: map[string]string{"Retry-After": "9"}}, "asked too often", false, 9 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			b := bench(t, shop)
			if c.answer.Body != "" {
				c.answer.Header = map[string]string{"Content-Type": "application/json"}
			}
			b.Sink.Answer(c.answer)
			_, err := b.Action("shop.order", nodetest.Params(`{"connection":"c","email":"a@x.com"}`))
			if err == nil || !strings.Contains(err.Error(), c.says) || nodes.IsPermanent(err) != c.permanent {
				t.Fatalf("got %v, permanent %v", err, nodes.IsPermanent(err))
			}
			if after, _ := nodes.RetryDelay(err); after != c.after {
				t.Errorf("after %s", after)
			}
			var shown *nodes.OutputError
			if !errors.As(err, &shown) || strings.Contains(cmp.Diff(nil, shown.Output), "s3cret") {
				t.Error("people cannot see the answer, or see too much")
			}
		})
	}
}

type answering struct {
	status  int
	body    string
	request nodes.HTTPRequest
}

func (a *answering) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	a.request = r
	return nodes.HTTPResponse{Status: a.status, Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(a.body)}, nil
}

func TestConnection(t *testing.T) {
	n := bench(t, shop).Registry.Lookup("shop.account")
	params := nodetest.Params(`{"key":"s3cret-key","region":"eu"}`)
	hosts, err := n.Hosts(params)
	if err != nil || !slices.Equal(hosts, []string{"eu.api.example.com"}) {
		t.Errorf("hosts %v, %v", hosts, err)
	}
	service := &answering{status: 200, body: `{"name":"Ada s3cret-key"}`}
	account, err := n.Account(context.Background(), service, params)
	if err != nil || account != "Ada [redacted]" || service.request.URL != "https://eu.api.example.com/v1/me" || service.request.Header.Get("X-Key") != "Key s3cret-key" {
		t.Errorf("%q, %v, %v", account, err, service.request)
	}
	if _, err := n.Account(context.Background(), &answering{status: 401, body: `{"message":"who are you"}`}, params); err == nil || !strings.Contains(err.Error(), "who are you") {
		t.Errorf("got %v", err)
	}
	if problems := n.Check(nodetest.Params(`{"key":"k","region":"eu.evil"}`)); len(problems) != 1 || problems[0].Pointer != "/region" {
		t.Errorf("problems %v", problems)
	}
}

// The whole address may be the connection's, for services that people host.
func TestSite(t *testing.T) {
	const site = `
hookloom: 1
app: shop
name: Shop
base_url: "{{ connection.site }}/wp-json"
auth: { type: basic, username: "{{ connection.user }}", password: "{{ connection.key }}", fields: [{ key: site, label: Site, kind: url, required: true }, { key: user, label: User, required: true }, { key: key, label: Key, kind: secret, required: true }] }
actions:
  ping: { name: Ping, summary: Ping., request: { method: GET, path: /ping }, sample: { status: 200, body: {} } }
`
	b := bench(t, site)
	n := b.Registry.Lookup("shop.account")
	for given, want := range map[string]string{
		"https://blog.example.com": "blog.example.com", "https://blog.example.com:8443/sub/": "blog.example.com:8443",
		"https://u:p@evil.test": "", "javascript:alert(1)": "", "https://x.com?y": "", "blog.example.com": "",
	} {
		params := map[string]any{"site": given, "user": "u", "key": "s3cret-key"}
		hosts, _ := n.Hosts(params)
		if strings.Join(hosts, "") != want || (len(n.Check(params)) == 0) != (want != "") {
			t.Errorf("%s: %v, %v", given, hosts, n.Check(params))
		}
	}
	b.Connection.Fields = map[string]string{"site": "https://blog.example.com/sub/", "user": "u", "key": "k"}
	b.Connection.Hosts = []string{"blog.example.com"}
	if _, err := b.Action("shop.ping", nodetest.Params(`{"connection":"c"}`)); err != nil || b.Sink.Last().URL != "https://blog.example.com/sub/wp-json/ping" {
		t.Errorf("%v %v", err, b.Sink.Requests)
	}
}

// Steps of an older version are carried over by what the file says.
func TestUpgrade(t *testing.T) {
	text := strings.Replace(shop, "    summary: Make an order.", `    summary: Make an order.
    version: 3
    upgrades:
      - { to: 3, remove: [old], set: { gift: true, note: kept } }
      - { to: 2, rename: { mail: email } }`, 1)
	n := bench(t, text).Registry.Lookup("shop.order")
	got, err := n.Upgrade(1, map[string]any{"mail": "a@x.com", "old": 1, "note": "mine"})
	if diff := cmp.Diff(map[string]any{"email": "a@x.com", "gift": true, "note": "mine"}, got); diff != "" || err != nil || n.Version != 3 {
		t.Errorf("%v\n%s", err, diff)
	}
}
