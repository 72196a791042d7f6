package sender

import (
	"bytes"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"maps"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// TestMain runs 500 cases of each property, as F2 asks, unless told otherwise.
func TestMain(m *testing.M) {
	flag.Parse()
	if checks := flag.Lookup("rapid.checks"); checks.Value.String() == checks.DefValue {
		if err := checks.Value.Set("500"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// F1: every known answer verifies, and Sign writes it byte for byte.
func TestKnownAnswers(t *testing.T) {
	seen := map[string]bool{}
	for name, a := range answers(t) {
		seen[a.scheme.Name] = true
		t.Run(name, func(t *testing.T) {
			if problems := a.scheme.Problems(); problems != nil {
				t.Fatal(problems)
			}
			if why := a.scheme.Explain(a.clock(), a.request(), a.secrets()); why != "" {
				t.Error(why)
			}
			r := a.request()
			r.Header = http.Header{"Content-Type": r.Header["Content-Type"]}
			got, err := a.scheme.Sign(a.clock(), r, a.id, a.secret)
			if err != nil {
				t.Fatal(err)
			}
			for header, want := range a.header {
				if header != "Content-Type" && got.Get(header) != want {
					t.Errorf("%s: %q, want %q", header, got.Get(header), want)
				}
			}
			if problem := a.scheme.CheckSecret(a.secrets()[0].Value); problem != nil {
				t.Error(problem.Message)
			}
		})
	}
	for _, s := range schemes() {
		if !seen[s.Name] {
			t.Errorf("the scheme %s has no known answer", s.Name)
		}
	}
}

// F2: one flipped bit anywhere, and the refusal is always the same.
func TestFlippedBit(t *testing.T) {
	for name, a := range answers(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				r, now, secret := a.request(), a.clock(), a.secrets()[0].Value
				targets := []string{"body", "secret"}
				for header := range a.scheme.signedHeaders(r.Header) {
					targets = append(targets, header)
				}
				switch target := rapid.SampledFrom(targets).Draw(t, "target"); target {
				case "body":
					before, _ := signedForm(r)
					r.Body = flip(t, r.Body)
					if after, why := signedForm(r); strings.Contains(a.scheme.Pattern, "{form}") && why == "" && after == before {
						return // %2B and %2b are the same field
					}
				case "secret":
					secret = string(flip(t, []byte(secret)))
				default:
					r.Header.Set(target, string(flip(t, []byte(r.Header.Get(target)))))
				}
				if err := a.scheme.Verify(now, r, Secrets(secret)); err != ErrSignature {
					t.Fatalf("got %v, want ErrSignature", err)
				}
			})
		})
	}
}

// signedHeaders are those that a request of the scheme cannot do without.
func (s Scheme) signedHeaders(h http.Header) map[string]bool {
	names := map[string]bool{}
	for _, list := range [][]string{s.Header, s.TimestampHeader, s.IDHeader} {
		for _, name := range list {
			if h.Get(name) != "" {
				names[name] = true
			}
		}
	}
	return names
}

func flip(t *rapid.T, text []byte) []byte {
	flipped := append([]byte{}, text...)
	bit := rapid.IntRange(0, len(flipped)*8-1).Draw(t, "bit")
	flipped[bit/8] ^= 1 << (bit % 8)
	return flipped
}

// Any text in any header is refused without a panic, and a request signed by
// Sign verifies whatever its body and time.
func TestSignThenVerify(t *testing.T) {
	for name, a := range answers(t) {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				r := Request{Method: "PUT", URL: rapid.String().Draw(t, "url"), Body: rapid.SliceOf(rapid.Byte()).Draw(t, "body")}
				now := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "now"), 0)
				id := rapid.StringMatching(`[a-z0-9_-]{1,20}`).Draw(t, "id")
				a.scheme.fits(&r)
				h, err := a.scheme.Sign(now, r, id, a.secret)
				if err != nil {
					t.Fatal(err)
				}
				maps.Copy(h, r.Header)
				r.Header = h
				skew := time.Duration(rapid.IntRange(-300, 300).Draw(t, "skew")) * time.Second
				if why := a.scheme.Explain(now.Add(skew), r, a.secrets()); why != "" {
					t.Fatal(why)
				}
				name := rapid.SampledFrom(append(append(a.scheme.Header, a.scheme.TimestampHeader...), a.scheme.IDHeader...)).Draw(t, "header")
				r.Header.Set(name, rapid.String().Draw(t, "garbage"))
				if err := a.scheme.Verify(now, r, a.secrets()); err != nil && err != ErrSignature {
					t.Fatal(err)
				}
			})
		})
	}
}

// F3: what can be wrong with a signature header.
func TestSignatureHeaders(t *testing.T) {
	for name, a := range answers(t) {
		t.Run(name, func(t *testing.T) {
			header := a.scheme.Header[0]
			good := a.header[header]
			refuse := map[string]string{
				"empty":     "",
				"prefix":    a.scheme.Lead + a.scheme.Prefix,
				"truncated": good[:len(good)-1],
				"extended":  good + "0",
				"garbage":   "\x00\xff,=,,= v1=",
				"long":      strings.Repeat("v1=,", 100_000),
			}
			if a.scheme.Separator != "" {
				refuse["200 signatures"] = strings.TrimSuffix(strings.Repeat(good+a.scheme.Separator, 200), a.scheme.Separator)
				refuse["200 of another version, then the good one"] = a.scheme.Lead + strings.Repeat("v9=00"+a.scheme.Separator, 200) + strings.TrimPrefix(good, a.scheme.Lead)
			}
			for what, text := range refuse {
				r := a.request()
				r.Header.Set(header, text)
				if err := a.scheme.Verify(a.clock(), r, a.secrets()); err != ErrSignature {
					t.Errorf("%s: %v", what, err)
				}
			}
			r := a.request()
			r.Header.Del(header)
			if err := a.scheme.Verify(a.clock(), r, a.secrets()); err != ErrSignature {
				t.Errorf("missing: %v", err)
			}
			for _, name := range []string{header, first(a.scheme.TimestampHeader), first(a.scheme.IDHeader)} {
				if name == "" || a.header[name] == "" {
					continue
				}
				r := a.request()
				r.Header.Add(name, a.header[name])
				if err := a.scheme.Verify(a.clock(), r, a.secrets()); err != ErrSignature {
					t.Errorf("doubled %s: %v", name, err)
				}
			}
		})
	}
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

func TestSeveralSignatures(t *testing.T) {
	const stripe = "v1=4a1e9242a53015f75458797c820b8858fd154c604601bb54b2655e6beb74b3a8"
	const other = "v1=0000000000000000000000000000000000000000000000000000000000000000"
	ten := "t=1700000000," + strings.Repeat(other+",", 9) + stripe
	const standard = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	for name, c := range map[string]struct {
		scheme, header string
		ok             bool
	}{
		"good one last":             {"stripe", "t=1700000000," + other + "," + stripe, true},
		"good one first":            {"stripe", "t=1700000000," + stripe + "," + other, true},
		"other version first":       {"stripe", "t=1700000000,v0=6ffbb59b2300aae63f272406069a9788598b792a944a07aba816edb039989a39," + stripe, true},
		"other version only":        {"stripe", "t=1700000000,v0=" + stripe[3:], false},
		"spaces after the comma":    {"stripe", "t=1700000000, " + stripe, true},
		"timestamp last":            {"stripe", stripe + ",t=1700000000", true},
		"no timestamp":              {"stripe", stripe, false},
		"two timestamps":            {"stripe", "t=1700000000,t=1700000000," + stripe, false},
		"upper case hex":            {"stripe", "t=1700000000,v1=" + strings.ToUpper(stripe[3:]), true},
		"mixed case hex":            {"stripe", "t=1700000000,v1=4A1e" + stripe[7:], false},
		"ten signatures":            {"stripe", ten, true},
		"eleven signatures":         {"stripe", ten + "," + other, false},
		"eleven, first is good":     {"stripe", "t=1700000000," + stripe + strings.Repeat(","+other, 10), false},
		"standard, several":         {"standard", "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc= v2,x v1a,x " + standard, true},
		"standard, no version":      {"standard", standard[3:], false},
		"standard, v2":              {"standard", "v2" + standard[2:], false},
		"standard, no padding":      {"standard", strings.TrimSuffix(standard, "="), false},
		"standard, unused bits set": {"standard", strings.Replace(standard, "OE=", "OF=", 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			a := answers(t)[c.scheme]
			r := a.request()
			r.Header.Set(a.scheme.Header[0], c.header)
			if err := a.scheme.Verify(a.clock(), r, a.secrets()); (err == nil) != c.ok {
				t.Errorf("%v: %s", err, a.scheme.Explain(a.clock(), r, a.secrets()))
			}
		})
	}
}

// F4: a timestamp is digits, and near now.
func TestTimestamps(t *testing.T) {
	for name, a := range answers(t) {
		text, err := compile(a.scheme.withDefaults().Pattern)
		if err != nil {
			t.Fatal(err)
		}
		if !text.has("timestamp") {
			continue
		}
		t.Run(name, func(t *testing.T) {
			for offset, ok := range map[int]bool{0: true, 299: true, 300: true, 301: false, -299: true, -300: true, -301: false, -86400: false} {
				now := a.clock().Add(time.Duration(offset) * time.Second)
				if err := a.scheme.Verify(now, a.request(), a.secrets()); (err == nil) != ok {
					t.Errorf("offset %d: %v", offset, err)
				}
			}
		})
	}
	// Signed properly, so that only the timestamp's form can refuse it, under every
	// scheme that has one.
	for name, a := range answers(t) {
		s := a.scheme.withDefaults()
		pattern, err := compile(s.Pattern)
		if err != nil {
			t.Fatal(err)
		}
		if !pattern.has("timestamp") {
			continue
		}
		for _, stamp := range []string{"1e9", "-1", "+1700000000", "", "12345678901234567890", "9223372036854775807", "0", "１７００００００００", "1_700_000_000",
			"2023-11-14", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2023-11-14T22:13:20+23:59", "soon"} {
			r := a.request()
			part, err := s.signature(a.secret, pattern, signed{timestamp: stamp, id: a.id, url: r.URL, method: r.Method}, r.Body)
			if err != nil {
				t.Fatal(err)
			}
			if s.TimestampPrefix != "" {
				part = s.TimestampPrefix + stamp + s.Separator + part
			} else {
				r.Header.Set(s.TimestampHeader[0], stamp)
			}
			r.Header.Set(s.Header[0], s.Lead+part)
			if err := s.Verify(a.clock(), r, a.secrets()); err != ErrSignature {
				t.Errorf("%s at %q: %v", name, stamp, err)
			}
		}
	}
	stripe := named(t, "stripe")
	for text, ok := range map[string]bool{
		"1700000000": true, "01700000000": true, "1e9": false, "-1": false, "+1700000000": false, "": false, " 1700000000": true,
		"1700000000.0": false, "0x6553f100": false, "12345678901234567890": false, "9223372036854775807": false, "9223372036854775808": false,
		"0": false, "１７００００００００": false, "1_700_000_000": false, "1700000000000": false,
	} {
		signed := strings.TrimSpace(text)
		r := Request{Header: http.Header{}, Body: []byte(body)}
		r.Header.Set("Stripe-Signature", "t="+signed+",v1="+hex.EncodeToString(mac(sha256.New, "k", signed+"."+body)))
		if err := stripe.Verify(at, r, Secrets("k")); (err == nil) != ok {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// F5: during a rotation the old and the new secret hold, afterwards the new one.
func TestRotation(t *testing.T) {
	end := at.Add(time.Hour)
	secrets := []Secret{{Value: "new", From: at}, {Value: "old", Until: end}}
	for name, a := range answers(t) {
		if a.scheme.Standard {
			secrets := []Secret{{Value: "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 24)), From: a.clock()}, {Value: a.secrets()[0].Value, Until: a.clock().Add(time.Second)}}
			if err := a.scheme.Verify(a.clock(), a.request(), secrets); err != nil {
				t.Errorf("%s, old within the window: %v", name, err)
			}
			if err := a.scheme.Verify(a.clock().Add(time.Second), a.request(), secrets); err != ErrSignature {
				t.Errorf("%s, old after the window: %v", name, err)
			}
			continue
		}
		for _, c := range []struct {
			secret string
			now    time.Time
			ok     bool
		}{
			{"old", at.Add(-time.Second), true}, {"new", at.Add(-time.Second), false},
			{"old", at, true}, {"new", at, true},
			{"old", end.Add(-time.Nanosecond), true},
			{"old", end, false}, {"new", end, true},
		} {
			r := Request{Method: "POST", URL: "https://example.com", Body: []byte(body)}
			a.scheme.fits(&r)
			h, err := a.scheme.Sign(c.now, r, "m1", c.secret)
			if err != nil {
				t.Fatal(err)
			}
			maps.Copy(h, r.Header)
			r.Header = h
			if err := a.scheme.Verify(c.now, r, secrets); (err == nil) != c.ok {
				t.Errorf("%s, %s secret at %s: %v", name, c.secret, c.now.Sub(at), err)
			}
		}
	}
}

// F6: no secret refuses, also a request signed with an empty one.
func TestNoSecret(t *testing.T) {
	for name, a := range answers(t) {
		for what, secrets := range map[string][]Secret{
			"none": nil, "empty": Secrets(""), "two empty": Secrets("", ""),
			"expired": {{Value: a.secret, Until: a.clock()}}, "not yet": {{Value: a.secret, From: a.clock().Add(1)}},
		} {
			r := a.request()
			if err := a.scheme.Verify(a.clock(), r, secrets); err != ErrSignature {
				t.Errorf("%s, %s: %v", name, what, err)
			}
		}
	}
	github := named(t, "github")
	r := Request{Header: http.Header{}, Body: []byte(body)}
	r.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac(sha256.New, "", body)))
	if err := github.Verify(at, r, Secrets("")); err != ErrSignature {
		t.Errorf("signed with an empty secret: %v", err)
	}
	if _, err := github.Sign(at, r, "", ""); err == nil {
		t.Error("Sign accepts an empty secret")
	}
	r.Header.Set("X-Hub-Signature", "sha1="+hex.EncodeToString(mac(sha1.New, "k", body)))
	r.Header.Del("X-Hub-Signature-256")
	if err := github.Verify(at, r, Secrets("k")); err != ErrSignature {
		t.Errorf("GitHub's SHA-1 header: %v", err)
	}
}

func TestExplainKeepsSecrets(t *testing.T) {
	for name, a := range answers(t) {
		r := a.request()
		r.Body = []byte("changed")
		why := a.scheme.Explain(a.clock(), r, a.secrets())
		if why == "" {
			t.Errorf("%s: a changed body was accepted", name)
		}
		a.scheme.fits(&r)
		r.URL = "https://example.com"
		h, err := a.scheme.Sign(a.clock(), r, "m1", a.secret)
		if err != nil {
			t.Fatal(err)
		}
		signature := h.Get(a.scheme.Header[0])
		if strings.Contains(why, a.secret) || strings.Contains(why, signature[len(signature)-20:]) {
			t.Errorf("%s gives too much away: %s", name, why)
		}
		if _, err := a.scheme.Sign(a.clock(), r, "m1", "whpk_"+a.secret, "whpk_"+a.secret); err != nil && strings.Contains(err.Error(), a.secret) {
			t.Errorf("%s: the error contains the secret", name)
		}
	}
	if !errors.Is(named(t, "stripe").Verify(at, Request{}, nil), ErrSignature) {
		t.Error("a request of nothing must be refused")
	}
}

func BenchmarkVerify(b *testing.B) {
	for _, s := range schemes() {
		b.Run(s.Name, func(b *testing.B) {
			a := answers(b)[s.Name]
			r, now, secrets := a.request(), a.clock(), a.secrets()
			r.Body = bytes.Repeat([]byte("SomeField=a+value+of+32+bytes+x&"), 32) // 1 KiB, a form too
			h, err := s.Sign(now, r, a.id, a.secret)
			if err != nil {
				b.Fatal(err)
			}
			maps.Copy(r.Header, h)
			b.ReportAllocs()
			for b.Loop() {
				if err := a.scheme.Verify(now, r, secrets); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
