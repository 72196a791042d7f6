package webhook_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

const where = `"url":"https://api.example.com/orders"`

func TestSendRequests(t *testing.T) {
	ada := crm.Contact{ID: "con_1", Email: "ada@example.com", Name: "Ada Lovelace", Tags: []string{"vip"}, Fields: map[string]any{"plan": "gold"}, CreatedAt: nodetest.Now, UpdatedAt: nodetest.Now}
	for name, params := range map[string]string{
		"json":           `{` + where + `,"body":{"id":820982911946154508,"name":"Zoë <b> & \"q\"","list":[1,2.50,null]}}`,
		"json_text":      `{` + where + `,"body":"{ \"a\": 1 }"}`,
		"json_string":    `{` + where + `,"body":"just a text"}`,
		"json_list":      `{` + where + `,"body":[1,"a"],"method":"PUT"}`,
		"form":           `{` + where + `,"body_type":"form","body":{"a":"x y&z","b":{"c":[1,2],"d":[{"e":true}]},"n":null}}`,
		"form_text":      `{` + where + `,"body_type":"form","body":"a=1&b=2"}`,
		"multipart":      `{` + where + `,"body_type":"multipart","body":{"name":"Ann","file":{"filename":"a\"b.txt","content_type":"text/plain","content":"hello"},"pdf":{"filename":"p.pdf","base64":"JVBERg=="}}}`,
		"raw":            `{` + where + `,"body_type":"raw","body":"<a/>","content_type":"application/xml"}`,
		"none":           `{` + where + `,"body_type":"none","body":{"a":1}}`,
		"get":            `{"url":"https://api.example.com/find?a=1#part","method":"GET","query":{"q":"a b","list":["x","y"],"none":null,"n":12.0}}`,
		"headers":        `{` + where + `,"method":"DELETE","headers":{"X-Many":["a","b"],"Content-Type":"application/vnd.api+json","Idempotency-Key":"order-7","":""},"body":{"a":1}}`,
		"basic":          `{` + where + `,"auth":"basic","username":"ann","password":"pass"}`,
		"bearer":         `{` + where + `,"auth":"bearer","token":"tok"}`,
		"api_key_header": `{` + where + `,"auth":"api_key","key_name":"X-Key","key_value":"k1"}`,
		"api_key_query":  `{"url":"https://api.example.com/orders?a=1","auth":"api_key","key_name":"key","key_value":"k 1","key_in":"query"}`,
		"signed":         `{` + where + `,"body":{"a":1},"secret":"` + standardSecret + `"}`,
		"standard":       `{` + where + `,"body_type":"standard","custom_data":{"plan":"{{ trigger.body.plan }}","fixed":1}}`,
		"mapped":         `{"url":"https://api.example.com/{{ trigger.body.plan }}","body":{"mail":"{{ contact.email | upper() }}","left_out":"{{ trigger.body.nothing | omit() }}"}}`,
	} {
		t.Run(name, func(t *testing.T) {
			b := nodetest.New()
			b.Contact = &ada
			b.Trigger = map[string]any{
				"id": "start", "type": "webhook.catch", "received_at": "2026-01-31T12:00:00Z", "ip": "203.0.113.7",
				"headers": map[string]any{"x": "y"}, "query": map[string]any{}, "body": map[string]any{"plan": "gold"},
			}
			if problems := b.Problems("webhook.send", nodetest.Params(params)); len(problems) > 0 {
				t.Errorf("problems: %q", problems)
			}
			if _, err := b.Action("webhook.send", nodetest.Params(params)); err != nil {
				t.Fatal(err)
			}
			b.Sink.Golden(t, "send_"+name)
		})
	}
}

// A receiver must be able to tell a repeat from news: all but the time and the
// signature over it stays the same.
func TestSendAttemptsRepeatTheSameCall(t *testing.T) {
	for _, kind := range []string{"json", "form", "multipart", "raw"} {
		b := nodetest.New()
		params := nodetest.Params(fmt.Sprintf(`{%s,"body_type":%q,"body":{"a":1},"secret":%q}`, where, kind, standardSecret))
		for attempt := range 3 {
			b.Time = nodetest.Now.Add(time.Duration(attempt) * time.Hour)
			b.Attempt = attempt + 1
			if _, err := b.Action("webhook.send", params); err != nil {
				t.Fatal(err)
			}
		}
		standard, _ := sender.SchemeNamed("standard")
		seen := map[string]bool{}
		for i, r := range b.Sink.Requests {
			at := nodetest.Now.Add(time.Duration(i) * time.Hour)
			if err := standard.Verify(at, sender.Request{Header: r.Header, Body: r.Body}, sender.Secrets(standardSecret)); err != nil {
				t.Errorf("%s, attempt %d: %v", kind, i+1, err)
			}
			seen[r.Header.Get("Webhook-Timestamp")+r.Header.Get("Webhook-Signature")] = true
			r.Header.Del("Webhook-Timestamp")
			r.Header.Del("Webhook-Signature")
			if diff := cmp.Diff(nodetest.Wire(b.Sink.Requests[0]), nodetest.Wire(r)); i > 0 && diff != "" {
				t.Errorf("%s, attempt %d differs:\n%s", kind, i+1, diff)
			}
		}
		if len(seen) != 3 {
			t.Errorf("%s: the time and the signature are new at each attempt, got %d", kind, len(seen))
		}
	}
}

func TestSendSignsWithBothSecretsWhileOneIsReplaced(t *testing.T) {
	other := sender.NewSecret()
	b := nodetest.New()
	params := nodetest.Params(`{` + where + `,"body":{"a":1}}`)
	params["secret"] = nodes.OpenSecret(nodes.NewSecret("sec_1", nodes.SecretVersion{Value: other}, nodes.SecretVersion{Value: standardSecret, Until: nodetest.Now.Add(time.Hour)}))
	if _, err := b.Action("webhook.send", params); err != nil {
		t.Fatal(err)
	}
	r := b.Sink.Last()
	standard, _ := sender.SchemeNamed("standard")
	for _, secret := range []string{other, standardSecret} {
		if err := standard.Verify(nodetest.Now, sender.Request{Header: r.Header, Body: r.Body}, sender.Secrets(secret)); err != nil {
			t.Errorf("a receiver with one of the two: %v", err)
		}
	}
}

func TestSendOutput(t *testing.T) {
	for name, c := range map[string]struct {
		answer nodetest.Answer
		want   any
		note   string
	}{
		"json":        {nodetest.Answer{Header: map[string]string{"Content-Type": "application/json"}, Body: `{"id":820982911946154508}`}, map[string]any{"id": 820982911946154508}, ""},
		"text":        {nodetest.Answer{Header: map[string]string{"Content-Type": "text/plain"}, Body: `ok`}, "ok", ""},
		"form":        {nodetest.Answer{Header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}, Body: `a=1`}, map[string]any{"a": "1"}, ""},
		"nothing":     {nodetest.Answer{Status: 204}, nil, ""},
		"broken json": {nodetest.Answer{Header: map[string]string{"Content-Type": "application/json"}, Body: `{"a":`}, `{"a":`, "kept as text"},
		"an image":    {nodetest.Answer{Header: map[string]string{"Content-Type": "image/png"}, Body: "\x89PNG"}, nil, "was not kept"},
		"no utf-8":    {nodetest.Answer{Header: map[string]string{"Content-Type": "application/json"}, Body: "{\xff"}, nil, "was not kept"},
	} {
		t.Run(name, func(t *testing.T) {
			b := nodetest.New()
			c.answer.Duration = 1500 * time.Microsecond
			b.Sink.Answer(c.answer)
			out, err := b.Action("webhook.send", nodetest.Params(`{`+where+`}`))
			if err != nil {
				t.Fatal(err)
			}
			status := max(c.answer.Status, 200)
			if diff := cmp.Diff(c.want, out["body"]); diff != "" || out["status"] != status || out["duration_ms"] != 1 {
				t.Errorf("got %v\n%s", out, diff)
			}
			if notes := strings.Join(b.Warnings, " "); (c.note == "") != (notes == "") || !strings.Contains(notes, c.note) {
				t.Errorf("notes %q", notes)
			}
		})
	}
	b := nodetest.New()
	b.Sink.Answer(nodetest.Answer{Header: map[string]string{"Set-Cookie": "session=abc", "X-Id": "7"}})
	out, err := b.Action("webhook.send", nodetest.Params(`{`+where+`}`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]any{"set-cookie": "[redacted]", "x-id": "7"}, out["headers"]); diff != "" {
		t.Errorf("headers: %s", diff)
	}
}

func TestSendFailures(t *testing.T) {
	header := func(v string) map[string]string { return map[string]string{"Retry-After": v} }
	for name, c := range map[string]struct {
		answer    nodetest.Answer
		params    string
		message   string
		permanent bool
		after     time.Duration
	}{
		"400":                 {answer: nodetest.Answer{Status: 400}, message: "api.example.com answered 400 Bad Request.", permanent: true},
		"404":                 {answer: nodetest.Answer{Status: 404, Header: header("7")}, message: "answered 404 Not Found.", permanent: true},
		"410":                 {answer: nodetest.Answer{Status: 410}, message: "does not exist any more", permanent: true},
		"408":                 {answer: nodetest.Answer{Status: 408}, message: "408 Request Timeout"},
		"425":                 {answer: nodetest.Answer{Status: 425}, message: "425 Too Early"},
		"429":                 {answer: nodetest.Answer{Status: 429}, message: "429 Too Many Requests"},
		"500":                 {answer: nodetest.Answer{Status: 500}, message: "500 Internal Server Error"},
		"520":                 {answer: nodetest.Answer{Status: 520}, message: "answered 520 a status that HTTP does not name."},
		"a redirect":          {answer: nodetest.Answer{Status: 302}, message: "wants the call at another address"},
		"seconds":             {answer: nodetest.Answer{Status: 429, Header: header("7")}, message: "429", after: 7 * time.Second},
		"half seconds":        {answer: nodetest.Answer{Status: 429, Header: header("0.5")}, message: "429", after: 500 * time.Millisecond},
		"a date":              {answer: nodetest.Answer{Status: 503, Header: header("Sat, 31 Jan 2026 12:01:00 GMT"), Duration: 10 * time.Second}, message: "503", after: 50 * time.Second},
		"a date that is past": {answer: nodetest.Answer{Status: 503, Header: header("Sat, 31 Jan 2026 11:00:00 GMT")}, message: "503"},
		"ten years":           {answer: nodetest.Answer{Status: 503, Header: header("315360000")}, message: "503", after: 24 * time.Hour},
		"a far date":          {answer: nodetest.Answer{Status: 503, Header: header("Thu, 31 Jan 2036 12:00:00 GMT")}, message: "503", after: 24 * time.Hour},
		"beyond numbers":      {answer: nodetest.Answer{Status: 503, Header: header("1e300")}, message: "503", after: 24 * time.Hour},
		"negative":            {answer: nodetest.Answer{Status: 503, Header: header("-5")}, message: "503"},
		"NaN":                 {answer: nodetest.Answer{Status: 503, Header: header("NaN")}, message: "503"},
		"nonsense":            {answer: nodetest.Answer{Status: 503, Header: header("soon")}, message: "503"},
		"zero":                {answer: nodetest.Answer{Status: 503, Header: header("0")}, message: "503"},
		"Discord's body":      {answer: nodetest.Answer{Status: 429, Header: map[string]string{"Content-Type": "application/json"}, Body: `{"retry_after":0.65,"global":false}`}, message: "429", after: 650 * time.Millisecond},
		"a status by name":    {answer: nodetest.Answer{Status: 202}, params: `"fail_on":["202"],`, message: "202 Accepted"},
		"a range":             {answer: nodetest.Answer{Status: 201}, params: `"fail_on":"201-299, 4xx",`, message: "201 Created"},
	} {
		t.Run(name, func(t *testing.T) {
			b := nodetest.New()
			b.Sink.Answer(c.answer)
			_, err := b.Action("webhook.send", nodetest.Params(`{`+c.params+where+`}`))
			if err == nil || !strings.Contains(err.Error(), c.message) {
				t.Fatalf("got %v", err)
			}
			if nodes.IsPermanent(err) != c.permanent || nodes.IsUnknownOutcome(err) {
				t.Errorf("permanent %v, unknown %v", nodes.IsPermanent(err), nodes.IsUnknownOutcome(err))
			}
			if after, _ := nodes.RetryDelay(err); after != c.after {
				t.Errorf("after %s, want %s", after, c.after)
			}
			var shown *nodes.OutputError
			if !errors.As(err, &shown) || shown.Output.(map[string]any)["status"] != c.answer.Status {
				t.Errorf("people cannot see the answer: %v", shown)
			}
			var coded interface{ Code() string }
			if !errors.As(err, &coded) || coded.Code() != fmt.Sprintf("http_%d", c.answer.Status) {
				t.Error("the failure has no code")
			}
		})
	}
	for _, failOn := range []string{`"none"`, `["5xx"]`} {
		b := nodetest.New()
		b.Sink.Answer(nodetest.Answer{Status: 404})
		if out, err := b.Action("webhook.send", nodetest.Params(`{`+where+`,"fail_on":`+failOn+`}`)); err != nil || out["status"] != 404 {
			t.Errorf("%s: %v, %v", failOn, out, err)
		}
	}
}

func TestSendPassesOnWhatBecameOfTheCall(t *testing.T) {
	for _, lost := range []*nodes.SendError{{Kind: "timeout", Message: "no answer", Sent: true}, {Kind: "refused", Message: "private", Permanent: true}, {Kind: "dns", Message: "no such host"}} {
		b := nodetest.New()
		b.Sink.Answer(nodetest.Answer{Err: lost})
		_, err := b.Action("webhook.send", nodetest.Params(`{`+where+`}`))
		if nodes.IsUnknownOutcome(err) != lost.Sent || nodes.IsPermanent(err) != lost.Permanent {
			t.Errorf("%s: %v", lost.Kind, err)
		}
	}
}

func TestSendRefusesWhatCannotBeSent(t *testing.T) {
	for name, c := range map[string]struct{ params, message string }{
		"no address":           {`{"url":"api.example.com"}`, `"api.example.com" is not an address that can be called`},
		"another scheme":       {`{"url":"gopher://example.com"}`, `not with "gopher:"`},
		"a path":               {`{"url":"file:///etc/passwd"}`, "is not an address"},
		"a password inside":    {`{"url":"https://api.x.com@evil.test/"}`, "take it out and use Sign in"},
		"a key is not told":    {`{"url":"api?key=s3cret"}`, `"api" is not an address`},
		"our own header":       {`{` + where + `,"headers":{"{{ trigger.name }}":"x"}}`, ""},
		"broken JSON":          {`{` + where + `,"body":"{\"a\": \"{{ trigger.quote }}\"}"}`, "not readable as JSON"},
		"a form of a list":     {`{` + where + `,"body_type":"form","body":[1]}`, "the data is a list"},
		"a multipart text":     {`{` + where + `,"body_type":"multipart","body":"a"}`, "the data is a text"},
		"a file that is none":  {`{` + where + `,"body_type":"multipart","body":{"f":{"filename":"a","base64":"%%"}}}`, "not readable as base64"},
		"a type with a break":  {`{` + where + `,"body_type":"multipart","body":{"f":{"filename":"a","content":"x","content_type":"a\r\nb: c"}}}`, "line break"},
		"a secret that is not": {`{` + where + `,"secret":"plain"}`, "the call cannot be signed"},
		"no connection":        {`{` + where + `,"auth":"connection","connection":"cxn_1"}`, "not there any more"},
	} {
		t.Run(name, func(t *testing.T) {
			b := nodetest.New()
			b.Trigger = map[string]any{"name": "webhook-id", "quote": `say "hi"`}
			_, err := b.Action("webhook.send", nodetest.Params(c.params))
			if err == nil || !strings.Contains(err.Error(), c.message) || strings.Contains(err.Error(), "s3cret") {
				t.Fatalf("got %v", err)
			}
			if len(b.Sink.Requests) > 0 {
				t.Error("it was sent")
			}
		})
	}
}

// A connection's credential leaves only for the hosts that it names (F39).
func TestSendConnection(t *testing.T) {
	connection := func(kind string, fields map[string]string) *nodes.Credential {
		return &nodes.Credential{ID: "cxn_1", Type: kind, Fields: fields, Hosts: []string{"api.x.com", "*.y.com:443"}}
	}
	basic := connection("auth.basic", map[string]string{"username": "ann", "password": "s3cret"})
	bearer := connection("auth.bearer", map[string]string{"token": "s3cret"})
	key := connection("auth.api_key", map[string]string{"name": "X-Key", "value": "s3cret"})
	inQuery := connection("auth.api_key", map[string]string{"name": "key", "value": "s3cret", "in": "query"})
	for _, c := range []struct {
		url        string
		connection *nodes.Credential
		want       string
	}{
		{"https://api.x.com/a", basic, "Authorization: Basic YW5uOnMzY3JldA=="},
		{"https://api.x.com/a", bearer, "Authorization: Bearer s3cret"},
		{"https://API.X.com:443/a", bearer, "Authorization: Bearer s3cret"},
		{"https://a.y.com/a", key, "X-Key: s3cret"},
		{"https://api.x.com/a?b=1", inQuery, "POST https://api.x.com/a?b=1&key=s3cret"},
		{"https://x.com.evil.test/", bearer, ""},
		{"https://api.x.com.evil.test/", bearer, ""},
		{"https://api.x.com@evil.test/", bearer, ""},
		{"https://evil.test/?u=https://api.x.com/", bearer, ""},
		{"https://evil.test#api.x.com", bearer, ""},
		{"https://a.y.com:8443/a", key, ""},
		{"https://api.x.com/a", connection("auth.bearer", nil), ""},
		{"https://api.x.com/a", connection("auth.oauth", map[string]string{"token": "s3cret"}), ""},
	} {
		b := nodetest.New()
		b.Connection = c.connection
		_, err := b.Action("webhook.send", map[string]any{"url": c.url, "auth": "connection", "connection": "cxn_1"})
		if c.want == "" {
			if err == nil || len(b.Sink.Requests) > 0 || !nodes.IsPermanent(err) || strings.Contains(err.Error(), "s3cret") {
				t.Errorf("%s: sent %d, %v", c.url, len(b.Sink.Requests), err)
			}
			continue
		}
		if err != nil || !strings.Contains(nodetest.Wire(b.Sink.Last()), c.want) {
			t.Errorf("%s: %v\n%v", c.url, err, b.Sink.Requests)
			continue
		}
		if shown := nodetest.Wire(b.Sink.Last().Redacted()); strings.Contains(shown, "s3cret") || strings.Contains(shown, "YW5u") {
			t.Errorf("a dry run would show the credential:\n%s", shown)
		}
	}
	t.Run("the connection alone is enough", func(t *testing.T) {
		b := nodetest.New()
		b.Connection = bearer
		if _, err := b.Action("webhook.send", nodetest.Params(`{"url":"https://api.x.com/","connection":"cxn_1"}`)); err != nil || b.Sink.Last().Header.Get("Authorization") == "" {
			t.Errorf("%v, %v", err, b.Sink.Requests)
		}
	})
}

func TestSendProblems(t *testing.T) {
	many := make([]string, 91)
	for i := range many {
		many[i] = fmt.Sprintf(`"x-%d":"v"`, i)
	}
	for params, want := range map[string]string{
		`{` + where + `}`:                     "",
		`{"url":"{{ trigger.body.url }}"}`:    "",
		`{}`:                                  "/url: Address can't be empty",
		`{"url":"ftp://example.com"}`:         `/url: Address: an address must begin with https://`,
		`{` + where + `,"method":"BREW"}`:     "/method: Method must be one of",
		`{` + where + `,"auth":"bearer"}`:     "/token: Token can't be empty",
		`{` + where + `,"auth":"connection"}`: "/connection: Connection can't be empty",
		`{` + where + `,"auth":"basic","username":"a","connection":"cxn_1"}`:                                    "/connection: This step has a connection and a credential",
		`{"url":"{{ trigger.body.url }}","auth":"bearer","token":"t"}`:                                          "/url: The host of the address must be written out",
		`{"url":"https://{{ trigger.body.host }}/a","auth":"bearer","token":"t"}`:                               "/url: The host of the address must be written out",
		`{"url":"https://api.x.com{{ trigger.body.path }}","auth":"bearer","token":"t"}`:                        "/url: The host of the address must be written out",
		`{"url":"https://a@{{ trigger.body.path }}/","auth":"bearer","token":"t"}`:                              "/url: The host of the address must be written out",
		`{"url":"https://api.x.com/{{ trigger.body.path }}","auth":"bearer","token":"t"}`:                       "",
		`{"url":"https://api.x.com?q={{ trigger.body.path }}","auth":"api_key","key_name":"k","key_value":"t"}`: "",
		`{"url":"{{ trigger.body.url }}","auth":"connection","connection":"cxn_1"}`:                             "",
		`{` + where + `,"headers":{"Host":"x"}}`:                                                                "/headers/Host: The header Host is set by the sending itself",
		`{` + where + `,"headers":{"webhook-signature":"x"}}`:                                                   "/headers/webhook-signature: The header webhook-signature is set by the sending itself",
		`{` + where + `,"headers":{"a b":"x"}}`:                                                                 `/headers/a b: "a b" cannot be the name of a header`,
		`{` + where + `,"headers":{"X-A":"a\r\nHost: b"}}`:                                                      "/headers/X-A: The value of the header X-A has a line break",
		`{` + where + `,"headers":{"":"x"}}`:                                                                    "/headers/: A header has a value but no name",
		`{` + where + `,"headers":{` + strings.Join(many, ",") + `}}`:                                           "/headers/: There are 91 headers",
		`{` + where + `,"fail_on":["404","600"]}`:                                                               `/fail_on: Answers that count as failed: "600" is not an HTTP status`,
		`{` + where + `,"timeout":"10m"}`:                                                                       "/timeout: Give up after must be at most 2 minutes",
		`{` + where + `,"secret":"whsec_short"}`:                                                                "/secret: Signing secret:",
	} {
		got := nodetest.New().Problems("webhook.send", nodetest.Params(params))
		if want == "" && len(got) == 0 {
			continue
		}
		if len(got) != 1 || want == "" || !strings.HasPrefix(got[0], want) {
			t.Errorf("%s:\n got %q\nwant %q", params, got, want)
		}
	}
}

func TestSendIsRepeatable(t *testing.T) {
	if n := nodes.Default().Lookup("webhook.send"); !n.Repeatable {
		t.Error("an unknown outcome must be tried again, not parked")
	}
}

func TestSendExpandIsPureAndStable(t *testing.T) {
	n := nodes.Default().Lookup("webhook.send")
	once := n.Expand(nodetest.Params(`{` + where + `,"body_type":"standard","custom_data":{"a":1}}`))
	twice := n.Expand(nodetest.Params(`{` + where + `,"body_type":"standard","custom_data":{"a":1}}`))
	if diff := cmp.Diff(once, twice); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(once, n.Expand(twice)); diff != "" {
		t.Errorf("a second time: %s", diff)
	}
	plain := nodetest.Params(`{` + where + `,"body":{"a":1}}`)
	if diff := cmp.Diff(nodetest.Params(`{`+where+`,"body":{"a":1}}`), n.Expand(plain)); diff != "" {
		t.Errorf("another body was changed: %s", diff)
	}
}
