package secret_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/secret"
)

const ws = "ws_1"

func ring(t testing.TB, current secret.Key, previous ...secret.Key) *secret.Keyring {
	t.Helper()
	r, err := secret.NewKeyring(current, previous...)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t testing.TB, r *secret.Keyring, ws string, wrapped []byte) *secret.Box {
	t.Helper()
	b, err := r.Open(ws, wrapped)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func dataKey(t testing.TB, r *secret.Keyring, ws string) []byte {
	t.Helper()
	wrapped, err := r.NewDataKey(ws)
	if err != nil {
		t.Fatal(err)
	}
	return wrapped
}

func TestParseKey(t *testing.T) {
	key := secret.GenerateKey()
	raw, err := base64.StdEncoding.DecodeString(key.Encode())
	if err != nil || len(raw) != secret.KeySize {
		t.Fatal(raw, err)
	}
	for _, text := range []string{
		key.Encode(), " " + key.Encode() + "\n", strings.TrimRight(key.Encode(), "="),
		base64.URLEncoding.EncodeToString(raw), hex.EncodeToString(raw), strings.ToUpper(hex.EncodeToString(raw)),
	} {
		got, err := secret.ParseKey(text)
		if err != nil || got.Encode() != key.Encode() || got.ID() != key.ID() {
			t.Errorf("%q: %v", text, err)
		}
	}
	for _, text := range []string{
		"", " ", "changeme", "password", key.Encode()[1:], key.Encode() + "AAAA", hex.EncodeToString(raw[:16]), hex.EncodeToString(raw) + "00",
		strings.Repeat("0", 64), strings.Repeat("ff", 32), base64.StdEncoding.EncodeToString(make([]byte, 32)), base64.StdEncoding.EncodeToString(raw[:31]),
		strings.Repeat("g", 64),
	} {
		got, err := secret.ParseKey(text)
		if !errors.Is(err, secret.ErrKeyFormat) || !got.IsZero() {
			t.Errorf("%q is taken as a key", text)
		}
		if text != "" && text != " " && strings.Contains(err.Error(), text) {
			t.Errorf("the error quotes %q", text)
		}
	}
}

func TestSealAndOpen(t *testing.T) {
	r := ring(t, secret.GenerateKey())
	box := open(t, r, ws, dataKey(t, r, ws))
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		at := secret.Place{Table: rapid.String().Draw(t, "table"), ID: rapid.String().Draw(t, "id"), Column: rapid.String().Draw(t, "column")}
		sealed := box.Seal(plain, at)
		got, err := box.Open(sealed, at)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatal(got, err)
		}
		if bytes.Equal(sealed, box.Seal(plain, at)) {
			t.Fatal("sealing twice gives the same bytes")
		}
		bit := rapid.IntRange(0, len(sealed)*8-1).Draw(t, "bit")
		sealed[bit/8] ^= 1 << (bit % 8)
		if _, err := box.Open(sealed, at); !errors.Is(err, secret.ErrDamaged) && !errors.Is(err, secret.ErrWrongKey) {
			t.Fatal("one flipped bit opens:", err)
		}
		if _, err := box.Open(sealed[:rapid.IntRange(0, len(sealed)-1).Draw(t, "cut")], at); err == nil {
			t.Fatal("a cut value opens")
		}
	})
}

func TestASealedValueOpensOnlyInItsPlace(t *testing.T) {
	r := ring(t, secret.GenerateKey())
	wrapped := dataKey(t, r, ws)
	box := open(t, r, ws, wrapped)
	at := secret.Place{Table: "connections", ID: "cxn_1", Column: "secret"}
	sealed := box.Seal([]byte("s3cr3t"), at)
	for _, other := range []secret.Place{
		{}, {"connections", "cxn_2", "secret"}, {"connections", "cxn_1", "token"}, {"secrets", "cxn_1", "secret"},
		{"connectionscxn_1", "", "secret"}, {"connection", "scxn_1", "secret"},
	} {
		if _, err := box.Open(sealed, other); !errors.Is(err, secret.ErrDamaged) {
			t.Errorf("%v: %v", other, err)
		}
	}
	stranger := open(t, r, "ws_2", dataKey(t, r, "ws_2"))
	if _, err := stranger.Open(sealed, at); !errors.Is(err, secret.ErrWrongKey) {
		t.Error("another workspace:", err)
	}
	if _, err := r.Open("ws_2", wrapped); !errors.Is(err, secret.ErrDamaged) {
		t.Error("a data key under another workspace:", err)
	}
	for _, bad := range [][]byte{nil, {1}, {1, 2, 3, 4, 5}, {9, 2, 3, 4, 5, 6}, bytes.Repeat([]byte{1}, 20)} {
		if _, err := box.Open(bad, at); err == nil {
			t.Errorf("%v opens", bad)
		}
		if _, err := r.Open(ws, bad); err == nil {
			t.Errorf("%v opens as a data key", bad)
		}
	}
	if _, err := r.NewDataKey(""); err == nil {
		t.Error("a data key for no workspace")
	}
	if box.Workspace() != ws {
		t.Error(box.Workspace())
	}
}

func TestACheckValueRefusesAWrongKey(t *testing.T) {
	key, other := secret.GenerateKey(), secret.GenerateKey()
	check := ring(t, key).CheckValue()
	if err := ring(t, key).Verify(check); err != nil {
		t.Fatal(err)
	}
	err := ring(t, other).Verify(check)
	if !errors.Is(err, secret.ErrWrongKey) || strings.Contains(err.Error(), "\n") ||
		!strings.Contains(err.Error(), key.ID()) || !strings.Contains(err.Error(), other.ID()) {
		t.Error(err)
	}
	if strings.Contains(err.Error(), key.Encode()) || strings.Contains(err.Error(), other.Encode()) {
		t.Error("the error shows a key")
	}
	for i := range check {
		bad := bytes.Clone(check)
		bad[i] ^= 1
		if ring(t, key).Verify(bad) == nil {
			t.Errorf("byte %d may be anything", i)
		}
	}
	if err := ring(t, key).Verify(nil); !errors.Is(err, secret.ErrDamaged) {
		t.Error(err)
	}
	// A data key is no check value, although the same key sealed it.
	if ring(t, key).Verify(dataKey(t, ring(t, key), ws)) == nil {
		t.Error("a data key passes as a check value")
	}
	if _, err := secret.NewKeyring(secret.Key{}); err == nil {
		t.Error("a ring without a key")
	}
}

func TestRotationOfTheInstanceKey(t *testing.T) {
	before, after := secret.GenerateKey(), secret.GenerateKey()
	old := ring(t, before)
	wrapped := dataKey(t, old, ws)
	at := secret.Place{Table: "secrets", ID: "sec_1", Column: "value"}
	sealed := open(t, old, ws, wrapped).Seal([]byte("s3cr3t"), at)
	check := old.CheckValue()

	both := ring(t, after, before)
	if both.IsCurrent(wrapped) || both.IsCurrent(check) || both.Verify(check) != nil {
		t.Error("during the rotation the old key is known but not current")
	}
	rewrapped, err := both.Rewrap(ws, wrapped)
	if err != nil || !both.IsCurrent(rewrapped) {
		t.Fatal(err)
	}
	if _, err := both.Rewrap("ws_2", wrapped); !errors.Is(err, secret.ErrDamaged) {
		t.Error(err)
	}

	alone := ring(t, after)
	got, err := open(t, alone, ws, rewrapped).Open(sealed, at)
	if err != nil || string(got) != "s3cr3t" {
		t.Error(string(got), err)
	}
	if _, err := alone.Open(ws, wrapped); !errors.Is(err, secret.ErrWrongKey) {
		t.Error("the old wrapping still opens:", err)
	}
	if _, err := alone.Rewrap(ws, wrapped); !errors.Is(err, secret.ErrWrongKey) {
		t.Error(err)
	}
	if alone.IsCurrent(nil) || alone.KeyID() != after.ID() {
		t.Error("current key")
	}
}

func BenchmarkSeal(b *testing.B) {
	r := ring(b, secret.GenerateKey())
	box := open(b, r, ws, dataKey(b, r, ws))
	at := secret.Place{Table: "secrets", ID: "sec_1", Column: "value"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := box.Open(box.Seal([]byte("whsec_0123456789abcdef0123456789abcdef"), at), at); err != nil {
			b.Fatal(err)
		}
	}
}

func FuzzOpen(f *testing.F) {
	r := ring(f, secret.GenerateKey())
	wrapped := dataKey(f, r, ws)
	box := open(f, r, ws, wrapped)
	f.Add(wrapped)
	f.Add(box.Seal([]byte("x"), secret.Place{}))
	f.Fuzz(func(t *testing.T, sealed []byte) {
		_, _ = box.Open(sealed, secret.Place{ID: "elsewhere"})
		_, _ = r.Open("ws_2", sealed)
		_ = r.Verify(sealed)
	})
}
