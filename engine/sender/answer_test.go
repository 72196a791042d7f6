package sender

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

const body = `{"id":1,"ok":true}`

var at = time.Unix(1700000000, 0)

// answer is a known good request of a scheme.
type answer struct {
	scheme Scheme
	secret string
	now    time.Time
	body   string
	id     string
	header map[string]string
	// public verifies where it differs from secret.
	public string
	// url is https://example.com/hooks/x?a=1 when empty.
	url string
}

// twilioForm is the form of Twilio's own documentation.
const twilioForm = "CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212"
const twilioURL = "https://mycompany.com/myapp.php?foo=1&bar=2"

func named(t testing.TB, name string) Scheme {
	t.Helper()
	s, ok := SchemeNamed(name)
	if !ok {
		t.Fatalf("no scheme %s", name)
	}
	return s
}

// mac is the independent signer for schemes without a published answer.
func mac(h func() hash.Hash, secret, text string) []byte {
	m := hmac.New(h, []byte(secret))
	m.Write([]byte(text))
	return m.Sum(nil)
}

// answers are the senders' published vectors for the table, and independently
// signed requests for the shapes that a custom scheme can take.
func answers(t testing.TB) map[string]answer {
	standardTime := time.Unix(1614265330, 0)
	standardBody := `{"test": 2432232314}`
	standardHeader := func(signature string) map[string]string {
		return map[string]string{"Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "Webhook-Timestamp": "1614265330", "Webhook-Signature": signature}
	}
	const standardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	const standardMAC = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	custom := func(s Scheme) Scheme {
		s.Name = Custom
		return s
	}
	return map[string]answer{
		"stripe": {scheme: named(t, "stripe"), secret: "whsec_test_secret", header: map[string]string{
			"Stripe-Signature": "t=1700000000,v1=4a1e9242a53015f75458797c820b8858fd154c604601bb54b2655e6beb74b3a8"}},
		"standard": {scheme: named(t, "standard"), secret: standardSecret, now: standardTime, body: standardBody,
			id: "msg_p5jXN8AQM9LWM0D4loKWxJek", header: standardHeader(standardMAC)},
		"hookloom": {scheme: named(t, "hookloom"), secret: standardSecret, now: standardTime, body: standardBody,
			id: "msg_p5jXN8AQM9LWM0D4loKWxJek", header: standardHeader(standardMAC)},
		"standard ed25519": {scheme: named(t, "standard"), secret: "whsk_VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk=",
			public: "whpk_" + publicOf(t, "VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk="), now: standardTime, body: standardBody,
			id:     "msg_p5jXN8AQM9LWM0D4loKWxJek",
			header: standardHeader("v1a,tQ9V2XOqn7jL/DQenEFpqIugdBVtiMmER5mhSkXBNwM0mkATuDe6KYYUuxqtaiHeYGb7KaaBRdM5WqyeFiL8Ag==")},
		"github": {scheme: named(t, "github"), secret: "It's a Secret to Everybody", body: "Hello, World!", header: map[string]string{
			"X-Hub-Signature-256": "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"}},
		"typeform": {scheme: named(t, "typeform"), secret: "tf_test_secret", header: map[string]string{
			"Typeform-Signature": "sha256=cctawQd+C2weGYdYeGQxfh0GXHjbO6XNPf+YgqKD1Uo="}},
		"shopify": {scheme: named(t, "shopify"), secret: "shpss_test_secret", header: map[string]string{
			"X-Shopify-Hmac-Sha256": "IPVPCVRSQ+bad8ttRZOC50sxEIli8omnfUjops+OHXE="}},
		"calendly": {scheme: named(t, "calendly"), secret: "calendly_test_key", header: map[string]string{
			"Calendly-Webhook-Signature": "t=1700000000,v1=803aef4ab25857bb9a5dd4808f0efffbb7efd9729020e195817066a6ac579b72"}},
		"slack": {scheme: named(t, "slack"), secret: "slack_test_secret", header: map[string]string{
			"X-Slack-Signature":         "v0=91dd5b9ad8523bda0d740bf5cdffc2a73b99b0e5dd9a344cd0be096ae749da98",
			"X-Slack-Request-Timestamp": "1700000000"}},
		// The vectors of Twilio's own libraries.
		"twilio": {scheme: named(t, "twilio"), secret: "12345", url: twilioURL, body: twilioForm, header: map[string]string{
			"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8="}},
		"twilio, JSON": {scheme: named(t, "twilio"), secret: "12345", body: `{"property": "value", "boolean": true}`,
			url:    twilioURL + "&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620",
			header: map[string]string{"X-Twilio-Signature": "a9nBmqA0ju/hNViExpshrM61xv4="}},
		// The signing secret of Zendesk's documentation; openssl dgst -sha256 -hmac.
		"zendesk": {scheme: named(t, "zendesk"), secret: "dGhpc19zZWNyZXRfaXNfZm9yX3Rlc3Rpbmdfb25seQ==", header: map[string]string{
			"X-Zendesk-Webhook-Signature": "rlHePter833BQ+cAUTPOV7nXBZvCohagEmGDW96x6iQ=", "X-Zendesk-Webhook-Signature-Timestamp": "2023-11-14T22:13:20Z"}},
		"clickup": {scheme: named(t, "clickup"), secret: "clickup_test_secret", header: map[string]string{
			"X-Signature": "0e3a37f26774d9a24ebc8e6217e87ba51e5130ac960380e393649fc18e879ccc"}}, // openssl dgst -sha256 -hmac

		"custom, body alone": {scheme: custom(Scheme{Header: []string{"X-Signature"}}), secret: "k1", header: map[string]string{
			"X-Signature": "fec788f38a954fd813a721e6329e142f28e8f3ffb8be8a40f91025cd75fd3f0f"}}, // openssl dgst -sha256 -hmac k1
		"custom, sha512": {scheme: custom(Scheme{Header: []string{"X-Sig"}, Hash: SHA512, Pattern: "{timestamp}.{body}", TimestampHeader: []string{"X-Time"}}), secret: "k1",
			header: map[string]string{"X-Time": "1700000000", // openssl dgst -sha512 -hmac k1
				"X-Sig": "577c2a213ad1e22c92a729f88d82ce00d019e0c31c36a01d17a0bc983b6cec1e9ce6b3bcba2a49ad8523047c74afcf9b0daf8f02bbf5fa682b226968b5e5c7f7"}},
		"custom, sha1 base64url": {scheme: custom(Scheme{Header: []string{"X-Sig"}, Hash: SHA1, Encoding: Base64URL, Prefix: "sha1=", Pattern: "{method} {url}\n{body}"}), secret: "k",
			header: map[string]string{"X-Sig": "sha1=" + base64.RawURLEncoding.EncodeToString(mac(sha1.New, "k", "POST https://example.com/hooks/x?a=1\n"+body))}},
		"custom like Zendesk": {scheme: custom(Scheme{Header: []string{"X-Zendesk-Webhook-Signature"}, Encoding: Base64, Pattern: "{timestamp}{body}",
			TimestampHeader: []string{"X-Zendesk-Webhook-Signature-Timestamp"}, TimeFormat: RFC3339}), secret: "k", header: map[string]string{
			"X-Zendesk-Webhook-Signature-Timestamp": "2023-11-14T22:13:20Z",
			"X-Zendesk-Webhook-Signature":           base64.StdEncoding.EncodeToString(mac(sha256.New, "k", "2023-11-14T22:13:20Z"+body))}},
		"custom like Hookdeck": {scheme: custom(Scheme{Header: []string{"X-Hookdeck-Signature"}, Encoding: Base64}), secret: "k", header: map[string]string{
			"X-Hookdeck-Signature": base64.StdEncoding.EncodeToString(mac(sha256.New, "k", body))}},
		"custom like Convoy": {scheme: custom(Scheme{Header: []string{"X-Convoy-Signature"}, Hash: SHA512, Pattern: "{timestamp},{body}", Prefix: "v1=", Separator: ",", TimestampPrefix: "t="}),
			secret: "k", header: map[string]string{"X-Convoy-Signature": "t=1700000000,v1=" + hex.EncodeToString(mac(sha512.New, "k", "1700000000,"+body))}},
		"custom like Outpost": {scheme: custom(Scheme{Header: []string{"X-Outpost-Signature"}, Lead: "v0=", Separator: ","}), secret: "k", header: map[string]string{
			"X-Outpost-Signature": "v0=" + hex.EncodeToString(mac(sha256.New, "k", body))}},
		"custom with an id": {scheme: custom(Scheme{Header: []string{"X-Sig"}, Pattern: "{id}|{timestamp}|{body}", TimestampHeader: []string{"X-Time"}, TimeFormat: UnixMillis, IDHeader: []string{"X-Id"}}),
			secret: "k", id: "m1", header: map[string]string{"X-Time": "1700000000000", "X-Id": "m1",
				"X-Sig": hex.EncodeToString(mac(sha256.New, "k", "m1|1700000000000|"+body))}},
	}
}

func publicOf(t testing.TB, seed string) string {
	t.Helper()
	k, err := privateKey(seed)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(k.public)
}

func (a answer) request() Request {
	r := Request{Method: http.MethodPost, URL: a.url, Header: http.Header{}, Body: []byte(a.body)}
	if a.url == "" {
		r.URL = "https://example.com/hooks/x?a=1"
	}
	if a.body == "" {
		r.Body = []byte(body)
	}
	for name, text := range a.header {
		r.Header.Set(name, text)
	}
	return r
}

func (a answer) clock() time.Time {
	if a.now.IsZero() {
		return at
	}
	return a.now
}

func (a answer) secrets() []Secret {
	if a.public != "" {
		return Secrets(a.public)
	}
	return Secrets(a.secret)
}

// fits makes a request one that the scheme can sign: a form where it signs forms.
func (s Scheme) fits(r *Request) {
	if !strings.Contains(s.Pattern, "{form}") {
		return
	}
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = []byte("text=" + url.QueryEscape(string(r.Body)))
}
