package secret_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/secret"
)

func TestSecretsDoNotPrint(t *testing.T) {
	const canary = "canary-51f2"
	key := secret.GenerateKey()
	keyring := ring(t, key)
	type holder struct {
		Name   string
		Secret secret.Redacted
		Key    secret.Key
		hidden secret.Key
		ring   *secret.Keyring
	}
	h := holder{"name", canary, key, key, keyring}
	raw := key.Encode()
	var out bytes.Buffer
	for _, v := range []any{h, &h, h.Secret, &h.Secret, h.Key, &h.Key, []secret.Redacted{canary}, map[string]secret.Key{"k": key}, keyring, *keyring} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		b, err := json.Marshal(v)
		if err != nil && !errors.As(err, new(*json.UnsupportedTypeError)) {
			t.Fatal(err)
		}
		out.Write(b)
		slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v)
		slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v)
	}
	fmt.Fprint(&out, fmt.Errorf("wrapped %v %w", h.Secret, secret.ErrKeyFormat))
	text := out.String()
	for _, leak := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary), raw, raw[:20]} {
		if strings.Contains(text, leak) {
			t.Errorf("%q in\n%s", leak, text)
		}
	}
	for _, numbers := range []string{fmt.Sprintf("%v", []byte(canary)), "99 97 110 97 114 121"} {
		if strings.Contains(text, numbers) {
			t.Error("shown as numbers")
		}
	}
	if h.Secret.Reveal() != canary {
		t.Error("Reveal")
	}
	var read struct{ Secret secret.Redacted }
	if err := json.Unmarshal([]byte(`{"Secret":"abc"}`), &read); err != nil || read.Secret.Reveal() != "abc" {
		t.Error("reading JSON:", err)
	}
}

func TestTokens(t *testing.T) {
	form := regexp.MustCompile(`^[A-Za-z0-9_-]{32}$`)
	seen := map[string]bool{}
	for range 1000 {
		token := secret.NewToken()
		if !form.MatchString(token) || seen[token] {
			t.Fatal(token)
		}
		seen[token] = true
		hash := secret.HashToken(token)
		if len(hash) != 32 || !secret.MatchToken(token, hash) || secret.MatchToken(token[1:], hash) || secret.MatchToken("", hash) {
			t.Fatal("hash of", token)
		}
	}
	if secret.MatchToken("", nil) || secret.MatchToken("x", nil) || secret.MatchToken("x", secret.HashToken("x")[:31]) {
		t.Error("no hash matches something")
	}
	if !secret.Equal("a", "a") || !secret.Equal("", "") || secret.Equal("a", "b") || secret.Equal("a", "aa") {
		t.Error("Equal")
	}
	if fmt.Sprintf("%x", secret.HashToken("abc")) != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Error("HashToken is not SHA-256")
	}
}
