package sender

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
)

// The Svix names stand for the same headers.
func TestSvixNames(t *testing.T) {
	a := answers(t)["standard"]
	svix := strings.NewReplacer("Webhook-", "Svix-")
	for name, c := range map[string]struct {
		change func(h http.Header)
		ok     bool
	}{
		"webhook names only": {func(http.Header) {}, true},
		"svix names only": {func(h http.Header) {
			for name := range a.header {
				h.Set(svix.Replace(name), h.Get(name))
				h.Del(name)
			}
		}, true},
		"both, equal": {func(h http.Header) {
			for name := range a.header {
				h.Set(svix.Replace(name), h.Get(name))
			}
		}, true},
		"both, other id":        {func(h http.Header) { h.Set("svix-id", "msg_other") }, false},
		"both, other time":      {func(h http.Header) { h.Set("svix-timestamp", "1614265331") }, false},
		"both, other signature": {func(h http.Header) { h.Set("svix-signature", "v1,x") }, false},
		"no id":                 {func(h http.Header) { h.Del("webhook-id") }, false},
		"empty id":              {func(h http.Header) { h.Set("webhook-id", "") }, false},
		"no timestamp":          {func(h http.Header) { h.Del("webhook-timestamp") }, false},
	} {
		r := a.request()
		c.change(r.Header)
		if err := a.scheme.Verify(a.clock(), r, a.secrets()); (err == nil) != c.ok {
			t.Errorf("%s: %v", name, err)
		}
		if c.ok && a.scheme.ID(r.Header) != a.id {
			t.Errorf("%s: id %q", name, a.scheme.ID(r.Header))
		}
	}
}

// An id with a dot could swallow the timestamp and a part of the body.
func TestAmbiguousID(t *testing.T) {
	a := answers(t)["standard"]
	secret := base64.StdEncoding.EncodeToString([]byte("0123456789abcdef01234567"))
	const id, stamp, text = `msg_1.1600000000.{"a":1`, "1614265330", `5}`
	r := Request{Header: http.Header{}, Body: []byte(text)}
	r.Header.Set("Webhook-Id", id)
	r.Header.Set("Webhook-Timestamp", stamp)
	sum := mac(sha256.New, "0123456789abcdef01234567", id+"."+stamp+"."+text)
	r.Header.Set("Webhook-Signature", "v1,"+base64.StdEncoding.EncodeToString(sum))
	if err := a.scheme.Verify(a.clock(), r, Secrets(secret)); err != ErrSignature {
		t.Errorf("got %v", err)
	}
	if _, err := a.scheme.Sign(a.clock(), r, id, secret); err == nil {
		t.Error("Sign accepts such an id")
	}
	if _, err := a.scheme.Sign(a.clock(), r, "", secret); err == nil {
		t.Error("Sign accepts no id")
	}
}

// A receiver that knows either secret, or the public half of a pair, accepts what
// was signed with all of them.
func TestSignWithSeveralSecrets(t *testing.T) {
	standard := named(t, "standard")
	private, public := newKeyPair()
	fresh, old := NewSecret(), NewSecret()
	r := Request{Body: []byte(body)}
	h, err := standard.Sign(at, r, "msg_1", fresh, old, private)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = h
	for name, secret := range map[string]string{"fresh": fresh, "old": old, "public": public, "private": private} {
		if problem := standard.CheckSecret(secret); problem != nil {
			t.Errorf("%s: %s", name, problem.Message)
		}
		if why := standard.Explain(at, r, Secrets(secret)); why != "" {
			t.Errorf("%s: %s", name, why)
		}
	}
	if err := standard.Verify(at, r, Secrets(NewSecret())); err != ErrSignature {
		t.Errorf("a stranger's secret: %v", err)
	}
	if _, err := named(t, "github").Sign(at, r, "", "a", "b"); err == nil {
		t.Error("a header for one signature was given two")
	}
	if _, err := standard.Sign(at, r, "msg_1", public); err == nil {
		t.Error("a public key signs")
	}
	if _, err := standard.Sign(at, r, "msg_1"); err == nil {
		t.Error("nothing signs")
	}
}

// A public key is no shared secret: everybody has it.
func TestPublicKeyIsNoSecret(t *testing.T) {
	standard := named(t, "standard")
	_, public := newKeyPair()
	raw, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(public, "whpk_"))
	if err != nil {
		t.Fatal(err)
	}
	r := Request{Header: http.Header{}, Body: []byte(body)}
	r.Header.Set("Webhook-Id", "m")
	r.Header.Set("Webhook-Timestamp", "1700000000")
	forged := base64.StdEncoding.EncodeToString(mac(sha256.New, string(raw), "m.1700000000."+body))
	for _, prefix := range []string{"v1,", "v1a,"} {
		r.Header.Set("Webhook-Signature", prefix+forged)
		if err := standard.Verify(at, r, Secrets(public)); err != ErrSignature {
			t.Errorf("%s: %v", prefix, err)
		}
	}
}

func TestCheckSecret(t *testing.T) {
	private, public := newKeyPair()
	const bytes24, bytes32 = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "VEVTVFNJR05JTkdLRVlET05PVFVTRVRISVNGT1JBTlk="
	for name, c := range map[string]struct {
		scheme, secret string
		ok             bool
	}{
		"plain":                  {"stripe", "whsec_anything at all", true},
		"empty":                  {"stripe", "", false},
		"line break":             {"stripe", "abc\n", false},
		"leading space":          {"github", " abc", false},
		"standard":               {"standard", "whsec_" + bytes24, true},
		"standard, no prefix":    {"standard", bytes24, true},
		"standard, no padding":   {"standard", "whsec_" + strings.TrimSuffix(bytes32, "="), true},
		"standard, empty":        {"standard", "whsec_", false},
		"standard, not base64":   {"standard", "whsec_!!!!", false},
		"standard, short":        {"standard", "whsec_" + bytes24[:20], false},
		"standard, long":         {"standard", "whsec_" + strings.Repeat(bytes24, 4), false},
		"standard, public":       {"standard", public, true},
		"standard, private":      {"standard", private, true},
		"standard, seed":         {"standard", "whsk_" + bytes32, true},
		"standard, short public": {"standard", "whpk_" + bytes24, false},
		"standard, odd private":  {"standard", "whsk_" + bytes24, false},
		"standard, mixed pair":   {"standard", private[:len(private)-8] + "AAAAAA==", false},
	} {
		problem := named(t, c.scheme).CheckSecret(c.secret)
		if (problem == nil) != c.ok {
			t.Errorf("%s: %v", name, problem)
		}
		if problem != nil && len(c.secret) > 6 && strings.Contains(problem.Message, c.secret) {
			t.Errorf("%s: the message contains the secret", name)
		}
	}
}

func TestNewSecretsDiffer(t *testing.T) {
	if one, other := NewSecret(), NewSecret(); one == other {
		t.Error("the same secret twice")
	}
	a, _ := newKeyPair()
	if b, _ := newKeyPair(); a == b {
		t.Error("the same pair twice")
	}
}

// newKeyPair makes an ed25519 pair as Standard Webhooks writes it.
func newKeyPair() (private, public string) {
	seed := make([]byte, ed25519.SeedSize)
	_, _ = rand.Read(seed)
	pair := ed25519.NewKeyFromSeed(seed)
	return prefixPrivate + base64.StdEncoding.EncodeToString(pair),
		prefixPublic + base64.StdEncoding.EncodeToString(pair.Public().(ed25519.PublicKey))
}
