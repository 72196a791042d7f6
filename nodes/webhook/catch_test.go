package webhook_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
	_ "github.com/hookloom/hookloom/nodes/webhook"
)

func receive(t testing.TB, params string, r nodes.RawRequest) nodes.Receipt {
	t.Helper()
	receipt, err := nodetest.New().Receive("webhook.catch", nodetest.Params(params), r)
	if err != nil {
		t.Fatalf("%s: %v", params, err)
	}
	return receipt
}

func TestCatchScope(t *testing.T) {
	r := nodetest.Post(`{"id":820982911946154508,"name":"Ann","nothing":null}`,
		"X-Topic", "orders/create", "X-Many", "a", "X-Many", "b", "Authorization", "Bearer abc", "Cookie", "a=b",
		"Proxy-Authorization", "Basic abc", "X-Api-Key", "abc")
	r.RawQuery = "utm=spring&list=1&list=2&q=a%20b+c"
	r.Path = "/hooks/secret-token/stripe/eu"
	got := receive(t, `{}`, r)
	want := nodes.Receipt{
		Verdict: nodes.Accepted, Verbatim: true, DedupeWindow: 30 * 24 * time.Hour,
		Payload: map[string]any{
			"id": "start", "type": "webhook.catch", "method": "POST", "path": "/stripe/eu", "ip": "203.0.113.7",
			"content_type": "application/json", "received_at": "2026-01-31T12:00:00Z",
			"query": map[string]any{"utm": "spring", "list": []any{"1", "2"}, "q": "a b c"},
			"headers": map[string]any{
				"content-type": "application/json", "x-topic": "orders/create", "x-many": []any{"a", "b"},
				"authorization": "[redacted]", "cookie": "[redacted]", "proxy-authorization": "[redacted]", "x-api-key": "[redacted]",
			},
			"body": map[string]any{"id": 820982911946154508, "name": "Ann", "nothing": nil},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCatchVerdicts(t *testing.T) {
	get := func(query string) nodes.RawRequest {
		r := nodetest.Post("")
		r.Method, r.RawQuery = http.MethodGet, query
		return r
	}
	from := func(ip string) nodes.RawRequest {
		r := nodetest.Post(`{}`)
		r.IP = ip
		return r
	}
	stored := func(r nodes.RawRequest) nodes.RawRequest {
		r.Stored = true
		return r
	}
	const strict = `{"allow_ips":["198.51.100.0/24"],"when":"{{ trigger.body.ok }}","expect":{"required":["email"]}}`
	for name, c := range map[string]struct {
		params  string
		request nodes.RawRequest
		verdict nodes.Verdict
		status  int
		reason  string
	}{
		"another method":             {`{}`, get(""), nodes.Invalid, 405, "This address takes POST, not GET."},
		"a method that is taken":     {`{"methods":["GET","POST"]}`, get("email=a"), nodes.Accepted, 0, ""},
		"an address of the list":     {`{"allow_ips":["203.0.113.0/24"]}`, from("203.0.113.200"), nodes.Accepted, 0, ""},
		"one that is mapped to IPv6": {`{"allow_ips":["203.0.113.7"]}`, from("::ffff:203.0.113.7"), nodes.Accepted, 0, ""},
		"a mapped rule":              {`{"allow_ips":["::ffff:203.0.113.0/120"]}`, from("203.0.113.7"), nodes.Accepted, 0, ""},
		"an address beside the list": {`{"allow_ips":["203.0.113.0/30"]}`, from("203.0.113.7"), nodes.ForbiddenIP, 0, "203.0.113.7 is not among"},
		"no address":                 {`{"allow_ips":["203.0.113.0/24"]}`, from(""), nodes.ForbiddenIP, 0, "not among"},
		"an address with a port":     {`{"allow_ips":["203.0.113.0/24"]}`, from("203.0.113.7:80"), nodes.ForbiddenIP, 0, "not among"},
		"broken JSON":                {`{}`, nodetest.Post("{\"a\":1,\n}"), nodes.Invalid, 400, "line 2, column 1"},
		"another charset":            {`{}`, nodetest.Post("Ren\xe9", "Content-Type", "text/plain; charset=klingon"), nodes.Invalid, 415, "klingon"},
		"a field that is missing":    {`{"expect":{"required":["email","customer.name"]}}`, nodetest.Post(`{"email":" "}`), nodes.Invalid, 422, "email is missing or empty."},
		"a field of another type":    {`{"expect":{"types":{"amount":"number"}}}`, nodetest.Post(`{"amount":"much"}`), nodes.Invalid, 422, "amount is not of the type number."},
		"data that fits": {`{"expect":{"required":["email","items[0].sku","query.utm","headers.X-Topic"],"types":{"amount":"number","tags":"array","at":"date","missing":"url"}}}`,
			func() nodes.RawRequest {
				r := nodetest.Post(`{"email":"a@example.com","items":[{"sku":"A"}],"amount":"12.5","tags":[],"at":"2026-01-31"}`, "X-Topic", "t")
				r.RawQuery = "utm=x"
				return r
			}(), nodes.Accepted, 0, ""},
		"a condition that holds":            {`{"when":"{{ trigger.body.amount > 10 }}"}`, nodetest.Post(`{"amount":11}`), nodes.Accepted, 0, ""},
		"a condition that does not":         {`{"when":"{{ trigger.body.amount > 10 }}"}`, nodetest.Post(`{"amount":9}`), nodes.Filtered, 0, "does not match"},
		"rules built by clicks":             {`{"when":{"match":"all","rules":[{"value":"{{ trigger.body.status }}","is":"is","to":"PAID"}]}}`, nodetest.Post(`{"status":"paid"}`), nodes.Accepted, 0, ""},
		"HighLevel's name of the request":   {`{"when":"{{ inboundWebhookRequest.plan == 'gold' }}"}`, nodetest.Post(`{"plan":"gold"}`), nodes.Accepted, 0, ""},
		"a condition that fails":            {`{"when":"{{ 1 / trigger.body.zero > 0 }}"}`, nodetest.Post(`{"zero":0}`), nodes.Filtered, 0, "could not be decided"},
		"a switch":                          {`{"when":false}`, nodetest.Post(`{}`), nodes.Filtered, 0, "does not match"},
		"the address comes before the body": {strict, nodetest.Post(`{`), nodes.ForbiddenIP, 0, ""},
		"a stored request is only read":     {strict, stored(nodetest.Post(`{"ok":false}`)), nodes.Accepted, 0, ""},
		"a stored one that is unreadable":   {strict, stored(nodetest.Post(`{`)), nodes.Invalid, 400, ""},
	} {
		t.Run(name, func(t *testing.T) {
			got := receive(t, c.params, c.request)
			if got.Verdict != c.verdict || got.Status != c.status || !strings.Contains(got.Reason, c.reason) {
				t.Errorf("got %s %d %q", got.Verdict, got.Status, got.Reason)
			}
			if (got.Payload != nil) != (c.verdict == nodes.Accepted) {
				t.Errorf("payload %v", got.Payload)
			}
		})
	}
}

func TestCatchNamesEveryFieldThatIsWrong(t *testing.T) {
	got := receive(t, `{"expect":{"required":["email","a/b"],"types":{"n":"integer","list":"list","who":"email","link":"url","flag":"yes_no","o":"object","s":"text"}}}`,
		nodetest.Post(`{"n":1.5,"list":{},"who":"ann","link":"ftp://x","flag":"maybe","o":[],"s":5}`))
	var pointers []string
	for _, f := range got.Fields {
		pointers = append(pointers, f.Pointer+" "+f.Code)
	}
	want := []string{"/body/email required", "/body/a~1b required", "/body/flag wrong_type", "/body/link wrong_type", "/body/list wrong_type",
		"/body/n wrong_type", "/body/o wrong_type", "/body/s wrong_type", "/body/who wrong_type"}
	if diff := cmp.Diff(want, pointers); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCatchReadsEveryKindOfBody(t *testing.T) {
	for _, c := range []struct {
		contentType, body string
		want              any
	}{
		{"application/json", `[1,{"a":2}]`, []any{1, map[string]any{"a": 2}}},
		{"application/json", `7`, 7},
		{"application/x-www-form-urlencoded", `a[b]=1&c=x+y`, map[string]any{"a": map[string]any{"b": "1"}, "c": "x y"}},
		{"application/x-www-form-urlencoded", `{"a":1}`, map[string]any{"a": 1}},
		{"text/plain", "hello", "hello"},
		{"", "", nil},
	} {
		got := receive(t, `{}`, nodetest.Post(c.body, "Content-Type", c.contentType))
		if diff := cmp.Diff(c.want, got.Payload["body"]); diff != "" {
			t.Errorf("%s %s (-want +got):\n%s", c.contentType, c.body, diff)
		}
	}
	t.Run("GitHub's form and its JSON are the same", func(t *testing.T) {
		params := `{"signature":{"scheme":"github","secret":"s"}}`
		want := map[string]any{"zen": "Keep it simple."}
		for _, c := range [][2]string{{"application/json", `{"zen":"Keep it simple."}`}, {"application/x-www-form-urlencoded", `payload=%7B%22zen%22%3A%22Keep+it+simple.%22%7D`}} {
			r := signed(t, "github", "s", nodetest.Post(c[1], "Content-Type", c[0]))
			if diff := cmp.Diff(any(want), receive(t, params, r).Payload["body"]); diff != "" {
				t.Errorf("%s: %s", c[0], diff)
			}
		}
	})
}

func TestCatchDedupe(t *testing.T) {
	with := func(body string, headers ...string) nodes.RawRequest { return nodetest.Post(body, headers...) }
	long := strings.Repeat("k", 300)
	for name, c := range map[string]struct {
		params  string
		request nodes.RawRequest
		want    string
	}{
		"nothing to know it by":        {`{}`, with(`{"id":"evt_1"}`), ""},
		"the header of the standard":   {`{}`, with(`{}`, "Webhook-Id", " msg_1 "), "webhook-id:msg_1"},
		"the idempotency key first":    {`{}`, with(`{}`, "Webhook-Id", "msg_1", "Idempotency-Key", "k1"), "idempotency-key:k1"},
		"headers count when it is off": {`{"dedupe":{"by":"off"}}`, with(`{}`, "Idempotency-Key", "k1"), "idempotency-key:k1"},
		"off":                          {`{"dedupe":{"by":"off"}}`, with(`{"id":1}`), ""},
		"a header of one's own":        {`{"dedupe":{"by":"header","key":"x-delivery"}}`, with(`{}`, "X-Delivery", "d1"), "rule:d1"},
		"a header that is missing":     {`{"dedupe":{"by":"header","key":"x-delivery"}}`, with(`{}`), ""},
		"a field":                      {`{"dedupe":{"by":"field","key":"data.id"}}`, with(`{"data":{"id":820982911946154508}}`), "rule:820982911946154508"},
		"a field that is missing":      {`{"dedupe":{"by":"field","key":"data.id"}}`, with(`{}`), ""},
		"a formula":                    {`{"dedupe":{"by":"template","key":"{{ trigger.body.a }}-{{ trigger.body.b }}"}}`, with(`{"a":1,"b":"x"}`), "rule:1-x"},
		"a bare formula":               {`{"dedupe":{"by":"template","key":"trigger.body.a"}}`, with(`{"a":1}`), "rule:1"},
		"a formula that fails":         {`{"dedupe":{"by":"template","key":"{{ 1 / trigger.body.a }}"}}`, with(`{"a":0}`), ""},
		"a long key is hashed":         {`{"dedupe":{"by":"field","key":"id"}}`, with(`{"id":"` + long + `"}`), "rule:sha256:"},
		"a key with NUL is hashed":     {`{"dedupe":{"by":"field","key":"id"}}`, with(`{"id":"a\u0000b"}`), "rule:sha256:"},
		"a signed body before headers": {`{"signature":{"scheme":"stripe","secret":"s"}}`, signed(t, "stripe", "s", with(`{"id":"evt_1"}`, "Idempotency-Key", "forged")), "rule:evt_1"},
		"a header when the body has no id": {`{"signature":{"scheme":"stripe","secret":"s"}}`,
			signed(t, "stripe", "s", with(`{}`, "Idempotency-Key", "k1")), "idempotency-key:k1"},
		"the signed id of the standard": {`{"signature":{"scheme":"standard","secret":"` + standardSecret + `"}}`,
			signed(t, "standard", standardSecret, with(`{}`)), "webhook-id:msg_1"},
		"GitHub's delivery": {`{"signature":{"scheme":"github","secret":"s"}}`, signed(t, "github", "s", with(`{}`, "X-Github-Delivery", "guid")), "rule:msg_1"},
	} {
		t.Run(name, func(t *testing.T) {
			got := receive(t, c.params, c.request)
			if got.Verdict != nodes.Accepted {
				t.Fatalf("got %s: %s", got.Verdict, got.Reason)
			}
			if got.DedupeKey != c.want && (!strings.HasSuffix(c.want, "sha256:") || !strings.HasPrefix(got.DedupeKey, c.want) || len(got.DedupeKey) > 100) {
				t.Errorf("got %q, want %q", got.DedupeKey, c.want)
			}
		})
	}
	if got := receive(t, `{"dedupe":{"window":"2h"}}`, with(`{}`)); got.DedupeWindow != 2*time.Hour {
		t.Errorf("window %s", got.DedupeWindow)
	}
}

func TestCatchReply(t *testing.T) {
	for params, want := range map[string]*nodes.Reply{
		`{}`:                           nil,
		`{"respond":{"mode":"async"}}`: nil,
		`{"respond":{"status":204}}`:   {Status: 204, Header: map[string]string{}, Body: []byte{}},
		`{"respond":{"body":"<b>{{ trigger.body.name }}</b>"}}`: {
			Status: 200, Header: map[string]string{"Content-Type": "text/plain; charset=utf-8"}, Body: []byte("<b>Ann</b>"),
		},
		`{"respond":{"body":{"hello":"{{ trigger.body.name }}"},"status":201,"headers":{"x-from":"{{ trigger.query.a }}"}}}`: {
			Status: 201, Header: map[string]string{"Content-Type": "application/json", "X-From": "1"}, Body: []byte(`{"hello":"Ann"}`),
		},
		`{"respond":{"body":"ok","headers":{"content-type":"text/xml"}}}`: {
			Status: 200, Header: map[string]string{"Content-Type": "text/xml"}, Body: []byte("ok"),
		},
		// Accepted is accepted: an answer that cannot be made gives way.
		`{"respond":{"body":"{{ 1 / 0 }}"}}`:                                  nil,
		`{"respond":{"body":"ok","headers":{"x":"{{ trigger.body.crlf }}"}}}`: nil,
	} {
		r := nodetest.Post(`{"name":"Ann","crlf":"a\r\nSet-Cookie: x=1"}`)
		r.RawQuery = "a=1"
		got := receive(t, params, r)
		if got.Verdict != nodes.Accepted {
			t.Fatalf("%s: %s", params, got.Verdict)
		}
		if diff := cmp.Diff(want, got.Reply); diff != "" {
			t.Errorf("%s (-want +got):\n%s", params, diff)
		}
	}
}

func TestCatchProblems(t *testing.T) {
	for params, want := range map[string]string{
		`{}`: "",
		`{"signature":{"scheme":"stripe","secret":{"$secret":"sec_1"}}}`:                                      "",
		`{"signature":{"scheme":"stripe","secret":" x"}}`:                                                     "/signature/secret: Signing secret: the signing secret starts or ends with a space",
		`{"signature":{"scheme":"standard","secret":"abc"}}`:                                                  "/signature/secret: Signing secret:",
		`{"signature":{"scheme":"acme","secret":"x"}}`:                                                        "/signature/scheme: Sender must be one of",
		`{"signature":{"scheme":"custom","secret":"x"}}`:                                                      "/signature/header: Header with the signature can't be empty",
		`{"signature":{"scheme":"custom","secret":"x","header":"X-Sig","pattern":"{id}","id_header":"X-Id"}}`: "/signature/pattern: Check the sender: the pattern must contain {body}",
		`{"methods":["POST","BREW"]}`:                                                                         "/methods/1: Methods must be one of",
		`{"allow_ips":["203.0.113.0/24","host"]}`:                                                             `/allow_ips: "host" is neither an IP address nor a range`,
		`{"dedupe":{"by":"field"}}`:                                                                           "/dedupe/key: Header, field or formula can't be empty",
		`{"dedupe":{"by":"field","key":"a..b"}}`:                                                              `/dedupe/key: "a..b" is not a path`,
		`{"dedupe":{"by":"template","key":"{{ 1 + 1 }}"}}`:                                                    "",
		`{"dedupe":{"by":"template","key":"{{ trigger.body. }}"}}`:                                            "/dedupe/key: Ignore repeats:",
		`{"dedupe":{"by":"template","key":"{{ contact.email }}"}}`:                                            "/dedupe/key: A trigger knows the request only: use trigger instead of contact.",
		`{"dedupe":{"window":"31d"}}`:                                                                         "/dedupe/window: For how long must be at most 30 days",
		`{"when":"{{ steps.a.b }}"}`:                                                                          "/when: A trigger knows the request only: use trigger instead of steps.",
		`{"when":{"match":"all","rules":[{"value":"{{ contact.email }}","is":"exists"}]}}`:                    "/when/rules/0/value: A trigger knows the request only",
		`{"expect":{"required":["a..b"]}}`:                                                                    `/expect: "a..b" is not a path`,
		`{"expect":{"types":{"a":"colour"}}}`:                                                                 `/expect: "colour" is not a type`,
		`{"respond":{"mode":"step"}}`:                                                                         "",
		`{"respond":{"mode":"step","timeout":"26s"}}`:                                                         "/respond/timeout: Wait at most must be at most 25 seconds",
		`{"respond":{"status":500}}`:                                                                          "/respond/status: Status must be at most 399",
		`{"respond":{"headers":{"Set-Cookie":"a=b"}}}`:                                                        `/respond/headers/Set-Cookie: The answer cannot have the header "Set-Cookie"`,
		`{"respond":{"headers":{"a b":"c"}}}`:                                                                 `/respond/headers/a b: The answer cannot have the header`,
		`{"respond":{"body":{"a":"{{ nope }}"}}}`:                                                             "/respond/body/a: ",
		`{"respond":{"body":"{{ workspace.name }}"}}`:                                                         "/respond/body: A trigger knows the request only",
		`{"signature":{"scheme":"{{ x }}"}}`:                                                                  "/signature/scheme: Sender takes no mapping",
	} {
		got := nodetest.New().Problems("webhook.catch", nodetest.Params(params))
		if want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || want == "" || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s:\n got %q\nwant %q", params, got, want)
		}
	}
}

// What publishing lets through can be opened, and what it refuses cannot.
func TestCatchOpensWhatHasNoProblems(t *testing.T) {
	words := rapid.SampledFrom([]string{"", "a", "a.b", "a..b", "{{ trigger.body.a }}", "{{ nope }}", "X-A", "host", "203.0.113.0/24", "custom", "stripe", "none", "header", "field", "template", "off", "{body}", "text"})
	rapid.Check(t, func(rt *rapid.T) {
		text := func(name string) string { return words.Draw(rt, name) }
		params := map[string]any{
			"signature": map[string]any{"scheme": text("scheme"), "secret": text("secret"), "header": text("header"), "pattern": text("pattern")},
			"dedupe":    map[string]any{"by": text("by"), "key": text("key")},
			"allow_ips": []any{text("ip")}, "expect": map[string]any{"required": []any{text("required")}, "types": map[string]any{text("typed"): text("type")}},
			"respond": map[string]any{"body": text("body"), "headers": map[string]any{text("name"): text("value")}},
		}
		encoded, _ := json.Marshal(params)
		b := nodetest.New()
		problems := b.Problems("webhook.catch", params)
		_, err := b.Receive("webhook.catch", params, nodetest.Post(`{"a":1}`))
		if (err == nil) != (len(problems) == 0) && !onlyForeign(problems) {
			rt.Fatalf("%s: opening says %v, checking says %q", encoded, err, problems)
		}
	})
}

// onlyForeign reports problems that only publishing knows: an opened trigger
// finds nothing where such a mapping reads.
func onlyForeign(problems []string) bool {
	for _, p := range problems {
		if !strings.Contains(p, "A trigger knows the request only") {
			return false
		}
	}
	return len(problems) > 0
}

func BenchmarkReceive(b *testing.B) {
	t := nodes.Default().Lookup("webhook.catch")
	receiver, err := t.Open(nodetest.Params(`{"signature":{"scheme":"stripe","secret":"s"},"when":"{{ trigger.body.type == 'x' }}"}`))
	if err != nil {
		b.Fatal(err)
	}
	r := signed(b, "stripe", "s", nodetest.Post(`{"id":"evt_1","type":"x","data":{"email":"ada@example.com","text":"`+strings.Repeat("x", 400)+`"}}`))
	b.ReportAllocs()
	for b.Loop() {
		if got := receiver.Receive(b.Context(), r); got.Verdict != nodes.Accepted {
			b.Fatal(got.Reason)
		}
	}
}

// TestCatchJudgesWhatADraftKept by what is live, but not the signature again: its
// bytes and its address are not all kept.
func TestCatchJudgesWhatADraftKept(t *testing.T) {
	const params = `{"when":"{{ trigger.body.status == \"paid\" }}","expect":{"required":["status"]},"allow_ips":["192.0.2.0/24"],"signature":{"scheme":"github","secret":"s"}}`
	for _, c := range []struct {
		body, ip string
		want     nodes.Verdict
	}{
		{`{"status":"paid"}`, "192.0.2.1", nodes.Accepted},
		{`{"status":"open"}`, "192.0.2.1", nodes.Filtered},
		{`{}`, "192.0.2.1", nodes.Invalid},
		{`{"status":"paid"}`, "198.51.100.1", nodes.ForbiddenIP},
	} {
		r := nodetest.Post(c.body)
		r.IP, r.Kept = c.ip, true
		if got := receive(t, params, r); got.Verdict != c.want {
			t.Errorf("%s of %s is %s: %s", c.body, c.ip, got.Verdict, got.Reason)
		}
	}
}
