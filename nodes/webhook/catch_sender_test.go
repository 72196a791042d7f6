package webhook_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// secretOf is a secret that a sender's scheme takes.
func secretOf(s *sender.Sender) string {
	if s.Scheme != nil && s.Scheme.Standard {
		return standardSecret
	}
	return "s3cret of " + s.Name
}

// paramsOf are the params of a trigger that takes one sender's requests.
func paramsOf(s *sender.Sender) string {
	switch {
	case s.Name == sender.Plain:
		return `{}`
	case s.Scheme == nil:
		return fmt.Sprintf(`{"signature":{"scheme":%q}}`, s.Name)
	}
	return fmt.Sprintf(`{"signature":{"scheme":%q,"secret":%q}}`, s.Name, secretOf(s))
}

// made is a sample as its sender would send it.
func made(t testing.TB, s *sender.Sender, sample sender.Sample) nodes.RawRequest {
	t.Helper()
	r := nodetest.Post(string(sample.Body))
	r.Header = sample.Header.Clone()
	if s.Scheme == nil {
		return r
	}
	id := s.Scheme.ID(r.Header)
	if id == "" {
		id = "msg_1"
	}
	h, err := s.Scheme.Sign(r.ReceivedAt, sender.Request{Method: r.Method, URL: r.URL, Header: r.Header, Body: r.Body}, id, secretOf(s))
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(r.Header, h)
	return r
}

// greetings are samples that start nothing.
var greetings = map[string]bool{"github ping": true, "slack url_verification": true}

// Every sender's samples are taken by a trigger that is set up for it, told apart
// from each other, known again, and refused with a changed body where it signs.
func TestCatchTakesEverySender(t *testing.T) {
	for _, s := range sender.All() {
		keys := map[string]string{}
		for _, sample := range s.Samples {
			t.Run(s.Name+" "+sample.Event, func(t *testing.T) {
				got := receive(t, paramsOf(s), made(t, s, sample))
				want := nodes.Accepted
				if greetings[s.Name+" "+sample.Event] {
					want = nodes.Handshake
				}
				if got.Verdict != want {
					t.Fatalf("%s: %s", got.Verdict, got.Reason)
				}
				for _, note := range got.Notes {
					if strings.Contains(note, "Repeats of this request") {
						t.Error(note)
					}
				}
				if s.Scheme != nil {
					forged := made(t, s, sample)
					forged.Body = append([]byte(nil), forged.Body...)
					forged.Body[len(forged.Body)/2] ^= 1
					if got := receive(t, paramsOf(s), forged); got.Verdict != nodes.BadSignature || got.Payload != nil {
						t.Errorf("a forged body: %s", got.Verdict)
					}
					plain := made(t, s, sample)
					plain.Header = sample.Header
					if got := receive(t, paramsOf(s), plain); got.Verdict != nodes.BadSignature {
						t.Errorf("without a signature: %s", got.Verdict)
					}
				}
				if want == nodes.Handshake {
					return
				}
				trigger := got.Payload
				if s.Name != sender.Plain && trigger["sender"] != s.Name {
					t.Errorf("the sender is %v", trigger["sender"])
				}
				again := receive(t, paramsOf(s), made(t, s, sample))
				other := receive(t, paramsOf(s), made(t, s, sample.Fresh()))
				if s.Dedupe == "" {
					if got.DedupeKey != "" {
						t.Errorf("the key %q without a rule", got.DedupeKey)
					}
					return
				}
				if got.DedupeKey == "" || got.DedupeKey != again.DedupeKey || got.DedupeKey == other.DedupeKey {
					t.Errorf("keys %q, %q, and of a fresh one %q", got.DedupeKey, again.DedupeKey, other.DedupeKey)
				}
				if with := keys[got.DedupeKey]; with != "" {
					t.Errorf("%s has the same key %q", with, got.DedupeKey)
				}
				keys[got.DedupeKey] = sample.Event
			})
		}
	}
}

// What the senders expect to be told.
func TestCatchAnswersInTheSendersTerms(t *testing.T) {
	answer := func(name, event string) nodes.Receipt {
		s := sender.Named(name)
		sample, _ := s.Sample(event)
		return receive(t, paramsOf(s), made(t, s, sample))
	}
	if got := answer("slack", "url_verification"); got.Reply == nil || got.Reply.Status != 200 || string(got.Reply.Body) != "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P" {
		t.Errorf("Slack's challenge: %+v", got.Reply)
	}
	if got := answer("github", "ping"); got.Reply != nil || got.Payload != nil || !strings.Contains(got.Reason, "hello") {
		t.Errorf("GitHub's ping: %+v", got)
	}
	for _, name := range []string{"paypal", "slack", "mailchimp"} {
		if got := answer(name, ""); got.Reply == nil || got.Reply.Status != 200 || len(got.Reply.Body) != 0 {
			t.Errorf("%s is told %+v", name, got.Reply)
		}
	}
	if got := answer("twilio", ""); got.Reply == nil || !strings.Contains(string(got.Reply.Body), "<Response>") || got.Reply.Header["Content-Type"] != "text/xml; charset=utf-8" {
		t.Errorf("Twilio is told %+v", got.Reply)
	}
	if got := answer("stripe", ""); got.Reply != nil {
		t.Errorf("Stripe is told %+v", got.Reply)
	}
	own := receive(t, `{"signature":{"scheme":"mailchimp"},"respond":{"status":201,"body":"thanks"}}`, nodetest.Post("type=subscribe", "Content-Type", "application/x-www-form-urlencoded"))
	if own.Reply == nil || own.Reply.Status != 201 || string(own.Reply.Body) != "thanks" {
		t.Errorf("the trigger's own words: %+v", own.Reply)
	}
}

// Mailchimp tries the address with GET; others may not.
func TestCatchProbe(t *testing.T) {
	get := func(method string) nodes.RawRequest {
		r := nodetest.Post("")
		r.Method = method
		return r
	}
	for _, c := range []struct {
		params, method string
		want           nodes.Verdict
	}{
		{`{"signature":{"scheme":"mailchimp"}}`, "GET", nodes.Handshake},
		{`{"signature":{"scheme":"mailchimp"}}`, "HEAD", nodes.Handshake},
		{`{"signature":{"scheme":"mailchimp"}}`, "DELETE", nodes.Invalid},
		{`{"signature":{"scheme":"mailchimp"},"methods":["GET","POST"]}`, "GET", nodes.Accepted},
		{`{"signature":{"scheme":"mailchimp"},"allow_ips":["198.51.100.0/24"]}`, "GET", nodes.ForbiddenIP},
		{`{"signature":{"scheme":"jotform"}}`, "GET", nodes.Invalid},
	} {
		if got := receive(t, c.params, get(c.method)); got.Verdict != c.want {
			t.Errorf("%s %s: %s", c.params, c.method, got.Verdict)
		}
	}
}

// S10: GitHub's two encodings give the same data, and Slack's clicks are read as
// what they are.
func TestCatchUnwrapsForms(t *testing.T) {
	github := sender.Named("github")
	sample, _ := github.Sample("push")
	asJSON := receive(t, paramsOf(github), made(t, github, sample))
	form := sample
	form.Header = sample.Header.Clone()
	form.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	form.Body = []byte("payload=" + url.QueryEscape(string(sample.Body)))
	asForm := receive(t, paramsOf(github), made(t, github, form))
	one, _ := json.Marshal(asJSON.Payload["body"])
	other, _ := json.Marshal(asForm.Payload["body"])
	if string(one) != string(other) || len(one) < 100 || asJSON.DedupeKey != asForm.DedupeKey {
		t.Errorf("as JSON %s\nas a form %s", one, other)
	}
}

// A status that comes again is a repeat, another status of the same payment or
// message is not.
func TestCatchDedupeOfStatuses(t *testing.T) {
	key := func(name, body string) string {
		s := sender.Named(name)
		r := made(t, s, sender.Sample{Body: []byte(body), Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}})
		return receive(t, paramsOf(s), r).DedupeKey
	}
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"paypal", "txn_id=1&payment_status=Pending", "txn_id=1&payment_status=Completed", false},
		{"paypal", "txn_id=1&payment_status=Completed&x=1", "txn_id=1&payment_status=Completed&x=2", true},
		{"twilio", "MessageSid=SM1&MessageStatus=sent", "MessageSid=SM1&MessageStatus=delivered", false},
		{"twilio", "MessageSid=SM1&SmsStatus=received&Body=a", "MessageSid=SM1&SmsStatus=received&Body=a", true},
		{"twilio", "CallSid=CA1&CallStatus=ringing", "CallSid=CA1&CallStatus=completed", false},
		{"mailchimp", "type=subscribe&fired_at=1&data[id]=a", "type=subscribe&fired_at=1&data[id]=b", false},
		{"mailchimp", "type=upemail&fired_at=1&data[new_id]=a", "type=upemail&fired_at=1&data[new_id]=a", true},
	} {
		a, b := key(c.name, c.a), key(c.name, c.b)
		if a == "" || (a == b) != c.same {
			t.Errorf("%s: %q and %q", c.name, a, b)
		}
	}
	for name, body := range map[string]string{"paypal": "payment_status=Completed", "twilio": "Body=x", "mailchimp": "type=subscribe&fired_at=1", "slack": "text=x", "jotform": "formID=1", "clickup_automation": "id=1", "clickup": "event=x"} {
		if got := key(name, body); got != "" {
			t.Errorf("%s without its ids: %q would swallow strangers", name, got)
		}
	}
}

// Every signature of the table that is an HMAC over {body} {timestamp} {id} {url}
// {method} can be described by hand, and the description verifies the known
// answer.
func TestCustomSchemeExpressesEverySender(t *testing.T) {
	const body = `{"id":1,"ok":true}`
	sum256 := func(key, text string) []byte {
		m := hmac.New(sha256.New, []byte(key))
		m.Write([]byte(text))
		return m.Sum(nil)
	}
	m512 := hmac.New(sha512.New, []byte("k"))
	m512.Write([]byte("1700000000," + body))
	for name, c := range map[string]struct {
		params  string
		unix    int64
		body    string
		headers []string
	}{
		"Standard Webhooks": {`"secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw","key_format":"base64","header":"webhook-signature","encoding":"base64","pattern":"{id}.{timestamp}.{body}","prefix":"v1,","separator":" ","timestamp_header":"webhook-timestamp","id_header":"webhook-id"`,
			1614265330, `{"test": 2432232314}`, []string{"Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp", "1614265330", "Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="}},
		"Stripe": {`"secret":"whsec_test_secret","header":"Stripe-Signature","pattern":"{timestamp}.{body}","prefix":"v1=","separator":",","timestamp_prefix":"t="`,
			1700000000, body, []string{"Stripe-Signature", "t=1700000000,v1=4a1e9242a53015f75458797c820b8858fd154c604601bb54b2655e6beb74b3a8"}},
		"GitHub": {`"secret":"It's a Secret to Everybody","header":"X-Hub-Signature-256","prefix":"sha256="`,
			1700000000, "Hello, World!", []string{"Content-Type", "text/plain", "X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}},
		"Shopify": {`"secret":"shpss_test_secret","header":"X-Shopify-Hmac-Sha256","encoding":"base64"`,
			1700000000, body, []string{"X-Shopify-Hmac-Sha256", "IPVPCVRSQ+bad8ttRZOC50sxEIli8omnfUjops+OHXE="}},
		"Typeform": {`"secret":"tf_test_secret","header":"Typeform-Signature","encoding":"base64","prefix":"sha256="`,
			1700000000, body, []string{"Typeform-Signature", "sha256=cctawQd+C2weGYdYeGQxfh0GXHjbO6XNPf+YgqKD1Uo="}},
		"Calendly": {`"secret":"calendly_test_key","header":"Calendly-Webhook-Signature","pattern":"{timestamp}.{body}","prefix":"v1=","separator":",","timestamp_prefix":"t=","tolerance":"3m"`,
			1700000000, body, []string{"Calendly-Webhook-Signature", "t=1700000000,v1=803aef4ab25857bb9a5dd4808f0efffbb7efd9729020e195817066a6ac579b72"}},
		"Slack": {`"secret":"slack_test_secret","header":"X-Slack-Signature","pattern":"v0:{timestamp}:{body}","prefix":"v0=","timestamp_header":"X-Slack-Request-Timestamp"`,
			1700000000, body, []string{"X-Slack-Request-Timestamp", "1700000000", "X-Slack-Signature", "v0=91dd5b9ad8523bda0d740bf5cdffc2a73b99b0e5dd9a344cd0be096ae749da98"}},
		"Zendesk": {`"secret":"dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==","header":"X-Zendesk-Webhook-Signature","encoding":"base64","pattern":"{timestamp}{body}","timestamp_header":"X-Zendesk-Webhook-Signature-Timestamp","time_format":"rfc3339"`,
			1700000000, body, []string{"X-Zendesk-Webhook-Signature-Timestamp", "2023-11-14T22:13:20Z", "X-Zendesk-Webhook-Signature", "rlHePter833BQ+cAUTPOV7nXBZvCohagEmGDW96x6iQ="}},
		"ClickUp": {`"secret":"clickup_test_secret","header":"X-Signature"`,
			1700000000, body, []string{"X-Signature", "0e3a37f26774d9a24ebc8e6217e87ba51e5130ac960380e393649fc18e879ccc"}},
		"Convoy, simple": {`"secret":"k","header":"X-Convoy-Signature"`,
			1700000000, body, []string{"X-Convoy-Signature", hex.EncodeToString(sum256("k", body))}},
		"Convoy, advanced": {`"secret":"k","header":"X-Convoy-Signature","hash":"sha512","pattern":"{timestamp},{body}","prefix":"v1=","separator":",","timestamp_prefix":"t="`,
			1700000000, body, []string{"X-Convoy-Signature", "t=1700000000,v1=" + hex.EncodeToString(m512.Sum(nil))}},
		"Outpost, two signatures": {`"secret":"k","header":"X-Outpost-Signature","lead":"v0=","separator":","`,
			1700000000, body, []string{"X-Outpost-Signature", "v0=" + hex.EncodeToString(sum256("old", body)) + "," + hex.EncodeToString(sum256("k", body))}},
		"Hookdeck": {`"secret":"k","header":"X-Hookdeck-Signature","encoding":"base64"`,
			1700000000, body, []string{"X-Hookdeck-Signature", base64.StdEncoding.EncodeToString(sum256("k", body))}},
		"address and method": {`"secret":"6b","key_format":"hex","header":"X-Sig","encoding":"base64url","pattern":"{method} {url}\n{body}"`,
			1700000000, body, []string{"X-Sig", base64.RawURLEncoding.EncodeToString(sum256("k", "POST "+nodetest.Post("").URL+"\n"+body))}},
	} {
		t.Run(name, func(t *testing.T) {
			params := `{"signature":{"scheme":"custom",` + c.params + `}}`
			if problems := nodetest.New().Problems("webhook.catch", nodetest.Params(params)); len(problems) > 0 {
				t.Fatal(problems)
			}
			r := nodetest.Post(c.body, c.headers...)
			r.ReceivedAt = time.Unix(c.unix, 0)
			if got := receive(t, params, r); got.Verdict != nodes.Accepted {
				t.Fatalf("%s: %s", got.Verdict, got.Reason)
			}
			r.Body = append([]byte(nil), r.Body...)
			r.Body[0] ^= 1
			if got := receive(t, params, r); got.Verdict != nodes.BadSignature {
				t.Errorf("a forged body: %s", got.Verdict)
			}
		})
	}
}
