package webhook_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// signed adds the headers that a sender adds at the request's own time.
func signed(t testing.TB, scheme, secret string, r nodes.RawRequest) nodes.RawRequest {
	t.Helper()
	s, ok := sender.SchemeNamed(scheme)
	if !ok {
		t.Fatalf("no scheme %s", scheme)
	}
	h, err := s.Sign(r.ReceivedAt, sender.Request{Method: r.Method, URL: r.URL, Body: r.Body}, "msg_1", secret)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = r.Header.Clone()
	for name, values := range h {
		r.Header[name] = values
	}
	return r
}

const standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

// The answers that the senders' own documentation gives.
func TestCatchKnownSignatures(t *testing.T) {
	at := func(unix int64, r nodes.RawRequest) nodes.RawRequest {
		r.ReceivedAt = time.Unix(unix, 0)
		return r
	}
	const body = `{"id":1,"ok":true}`
	for name, c := range map[string]struct {
		signature string
		request   nodes.RawRequest
	}{
		"stripe": {`{"scheme":"stripe","secret":"whsec_test_secret"}`, at(1700000000, nodetest.Post(body,
			"Stripe-Signature", "t=1700000000,v1=4a1e9242a53015f75458797c820b8858fd154c604601bb54b2655e6beb74b3a8"))},
		"standard": {`{"scheme":"standard","secret":"` + standardSecret + `"}`, at(1614265330, nodetest.Post(`{"test": 2432232314}`,
			"Webhook-Id", "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp", "1614265330",
			"Webhook-Signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="))},
		"github": {`{"scheme":"github","secret":"It's a Secret to Everybody"}`, nodetest.Post("Hello, World!", "Content-Type", "text/plain",
			"X-Hub-Signature-256", "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17")},
		"typeform": {`{"scheme":"typeform","secret":"tf_test_secret"}`, nodetest.Post(body, "Typeform-Signature", "sha256=cctawQd+C2weGYdYeGQxfh0GXHjbO6XNPf+YgqKD1Uo=")},
		"custom": {`{"scheme":"custom","secret":"slack_test_secret","header":"X-Slack-Signature","pattern":"v0:{timestamp}:{body}","prefix":"v0=","timestamp_header":"X-Slack-Request-Timestamp"}`,
			at(1700000000, nodetest.Post(body, "X-Slack-Request-Timestamp", "1700000000",
				"X-Slack-Signature", "v0=91dd5b9ad8523bda0d740bf5cdffc2a73b99b0e5dd9a344cd0be096ae749da98"))},
	} {
		t.Run(name, func(t *testing.T) {
			params := `{"signature":` + c.signature + `}`
			if got := receive(t, params, c.request); got.Verdict != nodes.Accepted {
				t.Errorf("got %s: %s", got.Verdict, got.Reason)
			}
			forged := c.request
			forged.Body = append([]byte(nil), forged.Body...)
			forged.Body[0] ^= 1
			if got := receive(t, params, forged); got.Verdict != nodes.BadSignature || got.Payload != nil {
				t.Errorf("a forged body: %s", got.Verdict)
			}
		})
	}
}

func TestCatchRefusesWhatIsNotSigned(t *testing.T) {
	schemes := map[string]string{"stripe": "whsec_test_secret", "standard": standardSecret, "github": "s3cret"}
	rapid.Check(t, func(rt *rapid.T) {
		scheme := rapid.SampledFrom([]string{"stripe", "standard", "github"}).Draw(rt, "scheme")
		params := fmt.Sprintf(`{"signature":{"scheme":%q,"secret":%q}}`, scheme, schemes[scheme])
		r := signed(t, scheme, schemes[scheme], nodetest.Post(rapid.StringN(1, 200, -1).Draw(rt, "body"), "Content-Type", "text/plain"))
		if got := receive(t, params, r); got.Verdict == nodes.BadSignature {
			rt.Fatalf("a good signature was refused: %s", got.Reason)
		}
		flip := func(b []byte) []byte {
			b = append([]byte(nil), b...)
			b[rapid.IntRange(0, len(b)-1).Draw(rt, "at")] ^= 1 << rapid.IntRange(0, 6).Draw(rt, "bit")
			return b
		}
		switch rapid.SampledFrom([]string{"body", "signature", "none", "empty", "doubled", "late", "early"}).Draw(rt, "fault") {
		case "body":
			r.Body = flip(r.Body)
		case "signature":
			s, _ := sender.SchemeNamed(scheme)
			name := http.CanonicalHeaderKey(s.Header[0])
			header := string(flip([]byte(r.Header.Get(name))))
			if strings.EqualFold(header, r.Header.Get(name)) && header != r.Header.Get(name) {
				return // hex in capitals is the same signature
			}
			r.Header.Set(name, header)
		case "none":
			r.Header = http.Header{"Content-Type": r.Header["Content-Type"]}
		case "empty":
			s, _ := sender.SchemeNamed(scheme)
			r.Header.Set(s.Header[0], "")
		case "doubled":
			s, _ := sender.SchemeNamed(scheme)
			r.Header.Add(s.Header[0], r.Header.Get(s.Header[0]))
		case "late", "early":
			if scheme == "github" {
				return // its scheme has no time
			}
			r.ReceivedAt = r.ReceivedAt.Add(301 * time.Second)
		}
		if got := receive(t, params, r); got.Verdict != nodes.BadSignature || got.Payload != nil || got.Reason == "" {
			rt.Fatalf("got %s", got.Verdict)
		}
	})
}

func TestCatchSecretRotation(t *testing.T) {
	secret := nodes.NewSecret("sec_1", nodes.SecretVersion{Value: "new"}, nodes.SecretVersion{Value: "old", Until: nodetest.Now.Add(time.Hour)})
	params := map[string]any{"signature": map[string]any{"scheme": "github", "secret": nodes.OpenSecret(secret)}}
	for _, c := range []struct {
		by    string
		after time.Duration
		want  nodes.Verdict
	}{
		{"new", 0, nodes.Accepted}, {"old", 0, nodes.Accepted}, {"old", time.Hour - time.Second, nodes.Accepted},
		{"old", time.Hour, nodes.BadSignature}, {"new", 48 * time.Hour, nodes.Accepted}, {"other", 0, nodes.BadSignature},
	} {
		r := signed(t, "github", c.by, nodetest.Post(`{}`))
		r.ReceivedAt = r.ReceivedAt.Add(c.after)
		got, err := nodetest.New().Receive("webhook.catch", params, r)
		if err != nil || got.Verdict != c.want {
			t.Errorf("%s after %s: %s, %v", c.by, c.after, got.Verdict, err)
		}
	}
}

// A scheme without a secret would look protected and take everything or nothing:
// it is neither published nor opened, and with the secret gone nothing passes.
func TestCatchSchemeWithoutSecret(t *testing.T) {
	for _, params := range []string{`{"signature":{"scheme":"stripe"}}`, `{"signature":{"scheme":"github","secret":""}}`, `{"signature":{"scheme":"custom","header":"X-Sig"}}`} {
		b := nodetest.New()
		if problems := b.Problems("webhook.catch", nodetest.Params(params)); len(problems) != 1 || problems[0] != "/signature/secret: Signing secret can't be empty" {
			t.Errorf("%s: %v", params, problems)
		}
		if _, err := b.Receive("webhook.catch", nodetest.Params(params), nodetest.Post(`{}`)); err == nil {
			t.Errorf("%s was opened", params)
		}
	}
	for _, s := range sender.All() {
		if s.Scheme == nil {
			continue
		}
		params := map[string]any{"signature": map[string]any{"scheme": s.Name}}
		if problems := nodetest.New().Problems("webhook.catch", params); len(problems) != 1 || problems[0] != "/signature/secret: Signing secret can't be empty" {
			t.Errorf("%s without a secret: %v", s.Name, problems)
		}
		forced := map[string]any{"signature": map[string]any{"scheme": s.Name, "secret": map[string]any{"$secret": "sec_1"}}}
		for _, sample := range s.Samples {
			if got, err := nodetest.New().Receive("webhook.catch", forced, made(t, s, sample)); err != nil || got.Verdict != nodes.BadSignature {
				t.Errorf("%s with its secret gone: %s, %v", s.Name, got.Verdict, err)
			}
		}
	}
	lost := map[string]any{"signature": map[string]any{"scheme": "github", "secret": map[string]any{"$secret": "sec_1"}}}
	got, err := nodetest.New().Receive("webhook.catch", lost, signed(t, "github", "s", nodetest.Post(`{}`)))
	if err != nil || got.Verdict != nodes.BadSignature {
		t.Errorf("a secret that is not stored any more: %s, %v", got.Verdict, err)
	}
}

func TestCatchOffersEverySenderOfTheTable(t *testing.T) {
	offered := map[string]bool{}
	for _, f := range nodes.Default().Lookup("webhook.catch").Fields {
		if f.Key == "signature" {
			for _, o := range f.Fields[0].Options {
				offered[o.Value] = true
			}
			for _, s := range sender.All() {
				if asks := slices.Contains(f.Fields[1].ShowIf.Values, s.Name); asks != (s.Scheme != nil) {
					t.Errorf("the form asks for a secret of %s: %v", s.Name, asks)
				}
			}
		}
	}
	known := 0
	for _, s := range sender.All() {
		if s.Name == sender.Plain {
			continue
		}
		known++
		if !offered[s.Name] {
			t.Errorf("the form does not offer %s", s.Name)
		}
	}
	if len(offered) != known+2 || !offered["none"] || !offered[sender.Custom] {
		t.Errorf("the form offers %v", offered)
	}
}
