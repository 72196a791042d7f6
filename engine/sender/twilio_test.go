package sender

import (
	"crypto/sha1"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// signedByTwilio signs as Twilio's documentation says, independently of Sign.
func signedByTwilio(address, text string) string {
	return base64.StdEncoding.EncodeToString(mac(sha1.New, "12345", address+text))
}

func TestTwilioSignsTheWholeRequest(t *testing.T) {
	twilio := named(t, "twilio")
	const form = "application/x-www-form-urlencoded"
	const hash = "0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620"
	const json = `{"property": "value", "boolean": true}`
	for name, c := range map[string]struct {
		url, kind, body, signature string
		ok                         bool
	}{
		"a form":                         {"https://x.com/a?b=1", form, "B=2&A=1", signedByTwilio("https://x.com/a?b=1", "A1B2"), true},
		"a form with a charset":          {"https://x.com/a", form + "; charset=UTF-8", "A=%C3%A9+x", signedByTwilio("https://x.com/a", "Aé x"), true},
		"a name twice":                   {"https://x.com/a", form, "A=2&A=1&A=2", signedByTwilio("https://x.com/a", "A1A2"), true},
		"an empty value":                 {"https://x.com/a", form, "B=&A", signedByTwilio("https://x.com/a", "AB"), true},
		"no body":                        {"https://x.com/a?From=%2B1", "", "", signedByTwilio("https://x.com/a?From=%2B1", ""), true},
		"signed with the port":           {"https://x.com/a", form, "A=1", signedByTwilio("https://x.com:443/a", "A1"), true},
		"signed without the port":        {"https://x.com:443/a", form, "A=1", signedByTwilio("https://x.com/a", "A1"), true},
		"http with its port":             {"http://x.com/a", form, "A=1", signedByTwilio("http://x.com:80/a", "A1"), true},
		"another port":                   {"https://x.com:8443/a", form, "A=1", signedByTwilio("https://x.com/a", "A1"), false},
		"another scheme":                 {"https://x.com/a", form, "A=1", signedByTwilio("http://x.com/a", "A1"), false},
		"another host":                   {"https://x.com/a", form, "A=1", signedByTwilio("https://y.com/a", "A1"), false},
		"another query":                  {"https://x.com/a?b=2", form, "A=1", signedByTwilio("https://x.com/a?b=1", "A1"), false},
		"another value":                  {"https://x.com/a", form, "A=2", signedByTwilio("https://x.com/a", "A1"), false},
		"one field more":                 {"https://x.com/a", form, "A=1&B=2", signedByTwilio("https://x.com/a", "A1"), false},
		"JSON with its hash":             {"https://x.com/a?bodySHA256=" + hash, "application/json", json, signedByTwilio("https://x.com/a?bodySHA256="+hash, ""), true},
		"JSON changed":                   {"https://x.com/a?bodySHA256=" + hash, "application/json", json + " ", signedByTwilio("https://x.com/a?bodySHA256="+hash, ""), false},
		"JSON without a hash":            {"https://x.com/a", "application/json", json, signedByTwilio("https://x.com/a", ""), false},
		"a form that says it is JSON":    {"https://x.com/a", "application/json", "A=1", signedByTwilio("https://x.com/a", ""), false},
		"a form that cannot be read":     {"https://x.com/a", form, "A=%zz", signedByTwilio("https://x.com/a", "A%zz"), false},
		"too many fields":                {"https://x.com/a", form, strings.Repeat("A=1&", 2000), signedByTwilio("https://x.com/a", "A1"), false},
		"an empty hash":                  {"https://x.com/a?bodySHA256=", "application/json", json, signedByTwilio("https://x.com/a?bodySHA256=", ""), false},
		"the second hash does not count": {"https://x.com/a?bodySHA256=0&bodySHA256=" + hash, "application/json", json, signedByTwilio("https://x.com/a?bodySHA256=0&bodySHA256="+hash, ""), false},
	} {
		t.Run(name, func(t *testing.T) {
			r := Request{Method: http.MethodPost, URL: c.url, Header: header("X-Twilio-Signature", c.signature, "Content-Type", c.kind), Body: []byte(c.body)}
			why := twilio.Explain(at, r, Secrets("12345"))
			if (why == "") != c.ok {
				t.Errorf("refused: %q", why)
			}
			if strings.Contains(why, "/a") {
				t.Errorf("the reason names the address, which is a credential: %s", why)
			}
		})
	}
}

// What was signed as one form is what the data are read from: no other spelling of
// the same fields gives other data.
func TestTwilioFormIsWhatIsRead(t *testing.T) {
	sample, _ := Named("twilio").Sample("")
	fields, err := url.ParseQuery(string(sample.Body))
	if err != nil {
		t.Fatal(err)
	}
	if fields.Get("From") != "+442079460018" || fields.Get("Body") != "Yes, I am coming" {
		t.Errorf("%v", fields)
	}
}
