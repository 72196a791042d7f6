package account_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

func TestNormalizeEmail(t *testing.T) {
	for in, want := range map[string]string{
		"ada@example.com": "ada@example.com", " Ada.Lovelace+x@Example.COM\n": "ada.lovelace+x@example.com",
		"ada@MÜNCHEN.example": "ada@xn--mnchen-3ya.example", "o'brien@example.com": "o'brien@example.com",
		"jose\u0301@example.com": "josé@example.com",
	} {
		if got, err := account.NormalizeEmail(in); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", in, got, err, want)
		}
	}
	for _, in := range []string{
		"", "ada", "@example.com", "ada@", "ada@localhost", "ada@@example.com", "ada lovelace@example.com", "a@b@example.com",
		"Ada <ada@example.com>", "<ada@example.com>", `"ada x"@example.com`, "ada@example.com, eve@example.com", "ada@exa mple.com",
		"ada@example..com", "ada\r\nBcc: eve@example.com", "ada@example.com\r\nBcc: x", "ada@[127.0.0.1]", "ada(x)@example.com",
		strings.Repeat("a", 65) + "@example.com", "a@" + strings.Repeat("a.", 130) + "example", strings.Repeat("a", 100_000) + "@example.com",
		"ada\xff@example.com", "ada\x00@example.com",
	} {
		if got, err := account.NormalizeEmail(in); !errors.Is(err, account.ErrEmail) || got != "" {
			t.Errorf("%.40q is taken as %q", in, got)
		}
	}
}

func FuzzNormalizeEmail(f *testing.F) {
	f.Add("Ada@Example.com")
	f.Fuzz(func(t *testing.T, in string) {
		once, err := account.NormalizeEmail(in)
		if err != nil {
			return
		}
		if twice, err := account.NormalizeEmail(once); err != nil || twice != once || strings.ContainsAny(once, "\r\n <>\"") {
			t.Fatalf("%q, %q, %q %v", in, once, twice, err)
		}
	})
}

func TestNormalizeName(t *testing.T) {
	if got, err := account.NormalizeName("  Ada Lovelace "); err != nil || got != "Ada Lovelace" {
		t.Error(got, err)
	}
	for _, in := range []string{"a\nb", "a\x1b[31m", "\xff", strings.Repeat("x", 201)} {
		if _, err := account.NormalizeName(in); !errors.Is(err, account.ErrName) {
			t.Errorf("%.20q is taken", in)
		}
	}
}

func TestPasswordRules(t *testing.T) {
	const email = "ada.lovelace@example.com"
	for _, good := range []string{"correct-zebra-41", "zwölf Boxkämpfer", "xK9#mQ2$vL", "ein langer satz ist gut", strings.Repeat("ab3-9", 100), "日本語のパスワードです。"} {
		if err := account.CheckPassword(good, email); err != nil {
			t.Errorf("%.20q: %v", good, err)
		}
	}
	for _, bad := range []string{
		"", "tiny", "ninechars", "1234567890", "password123", "Password123!", "P@ssw0rd2026", "!!!Welcome2026!!!", "hookloom2026", "QWERTYUIOP",
		"aaaaaaaaaaaa", "abababababab", "11112222333", "ada.lovelace", "Ada.Lovelace1", email, "correct horse battery staple",
		strings.Repeat("ab3-9", 103), "bad\xffutf8 text", "äöüäöüäöü",
	} {
		var pe *account.PasswordError
		err := account.CheckPassword(bad, email)
		if !errors.As(err, &pe) {
			t.Errorf("%.20q is taken", bad)
		} else if len(bad) > 8 && strings.Contains(err.Error(), bad) {
			t.Errorf("%q quotes the password", err)
		}
	}
	if err := account.CheckPassword("correct-zebra-41", ""); err != nil {
		t.Error(err)
	}
}

func TestSessionsEnd(t *testing.T) {
	u := account.User{ID: "usr_1", PasswordChangedAt: noon}
	s, token := account.NewSession("ses_1", u.ID, noon)
	if !secret.MatchToken(token.Reveal(), s.Hash) || strings.Contains(fmt.Sprintf("%+v %s", s, token), token.Reveal()) {
		t.Fatal("token")
	}
	if other, second := account.NewSession("ses_1", u.ID, noon); second == token || secret.MatchToken(token.Reveal(), other.Hash) {
		t.Error("two sessions share a token")
	}
	at := func(edit func(*account.Session, *account.User), now time.Time) bool {
		s, u := s, u
		edit(&s, &u)
		return s.Usable(u, now)
	}
	same := func(*account.Session, *account.User) {}
	for _, tc := range []struct {
		name string
		edit func(*account.Session, *account.User)
		now  time.Time
		want bool
	}{
		{"new", same, noon, true},
		{"idle for 14 days less a moment", same, noon.Add(account.SessionIdle - 1), true},
		{"idle for 14 days", same, noon.Add(account.SessionIdle), false},
		{"used, 30 days less a moment", func(s *account.Session, _ *account.User) { s.LastSeenAt = noon.Add(account.SessionAbsolute - 1) }, noon.Add(account.SessionAbsolute - 1), true},
		{"used, 30 days", func(s *account.Session, _ *account.User) { s.LastSeenAt = noon.Add(account.SessionAbsolute) }, noon.Add(account.SessionAbsolute), false},
		{"signed out", func(s *account.Session, _ *account.User) { s.RevokedAt = noon }, noon, false},
		{"password changed later", func(_ *account.Session, u *account.User) { u.PasswordChangedAt = noon.Add(1) }, noon.Add(2), false},
		{"user disabled", func(_ *account.Session, u *account.User) { u.DisabledAt = noon }, noon, false},
		{"another user", func(_ *account.Session, u *account.User) { u.ID = "usr_2" }, noon, false},
		{"nobody", func(s *account.Session, u *account.User) { s.UserID, u.ID = "", "" }, noon, false},
	} {
		if at(tc.edit, tc.now) != tc.want {
			t.Errorf("%s: usable is not %v", tc.name, tc.want)
		}
	}
	if s.NeedsTouch(noon.Add(account.SessionTouch-1)) || !s.NeedsTouch(noon.Add(account.SessionTouch)) {
		t.Error("NeedsTouch")
	}
}

func TestLinksWorkOnce(t *testing.T) {
	l, token := account.NewLink("lnk_1", account.Reset, "usr_1", noon)
	for _, tc := range []struct {
		name    string
		token   secret.Redacted
		purpose account.Purpose
		now     time.Time
		want    error
	}{
		{"at once", token, account.Reset, noon, nil},
		{"a moment before 24 h", token, account.Reset, noon.Add(account.LinkLife - 1), nil},
		{"after 24 h", token, account.Reset, noon.Add(account.LinkLife), account.ErrLinkExpired},
		{"another purpose", token, account.Setup, noon, account.ErrLinkUnknown},
		{"wrong token", token[1:], account.Reset, noon, account.ErrLinkUnknown},
		{"no token", "", account.Reset, noon, account.ErrLinkUnknown},
		{"the hash as token", secret.Redacted(l.Hash), account.Reset, noon, account.ErrLinkUnknown},
	} {
		used, err := l.Redeem(tc.token, tc.purpose, tc.now)
		if !errors.Is(err, tc.want) {
			t.Errorf("%s: %v", tc.name, err)
		}
		if err == nil {
			if !used.UsedAt.Equal(tc.now) {
				t.Errorf("%s: used at %s", tc.name, used.UsedAt)
			}
			if _, err := used.Redeem(token, account.Reset, tc.now); !errors.Is(err, account.ErrLinkUsed) {
				t.Errorf("%s: twice: %v", tc.name, err)
			}
		}
	}
	if _, err := (account.Link{Purpose: account.Setup}).Redeem("", account.Setup, noon); !errors.Is(err, account.ErrLinkUnknown) {
		t.Error("an empty link opens:", err)
	}
}

func TestAPIKeys(t *testing.T) {
	ask := account.APIKey{ID: "key_1", Name: " shop ", Scopes: account.Scopes{account.ContactsRead}, WorkspaceID: "ws_1", ExpiresAt: noon.Add(time.Hour)}
	key, text, err := account.NewAPIKey(ask, noon)
	if err != nil || key.Name != "shop" || !strings.HasPrefix(text.Reveal(), account.KeyPrefix) || !secret.MatchToken(text.Reveal(), key.Hash) {
		t.Fatal(key, err)
	}
	if !strings.HasPrefix(text.Reveal(), key.Prefix) || len(key.Prefix) != 10 || strings.Contains(fmt.Sprintf("%+v", key), text.Reveal()) {
		t.Error("prefix", key.Prefix)
	}
	if got, ok := account.ParseBearer("Bearer " + text.Reveal()); !ok || got != text {
		t.Error("the key cannot be read back")
	}
	if !key.Usable(noon) || key.Usable(noon.Add(time.Hour)) || (account.APIKey{}).Usable(noon) {
		t.Error("Usable")
	}
	for name, tc := range map[string]struct {
		edit func(*account.APIKey)
		want error
	}{
		"no name":      {func(k *account.APIKey) { k.Name = " " }, account.ErrKeyName},
		"bad name":     {func(k *account.APIKey) { k.Name = "a\nb" }, account.ErrKeyName},
		"in the past":  {func(k *account.APIKey) { k.ExpiresAt = noon }, account.ErrKeyExpiry},
		"no scopes":    {func(k *account.APIKey) { k.Scopes = nil }, nil},
		"wrong scopes": {func(k *account.APIKey) { k.Scopes = account.Scopes{"x:y"} }, nil},
	} {
		bad := ask
		tc.edit(&bad)
		_, text, err := account.NewAPIKey(bad, noon)
		if err == nil || text != "" || (tc.want != nil && !errors.Is(err, tc.want)) {
			t.Errorf("%s: %v", name, err)
		}
	}

	chosen := secret.Redacted("0123456789abcdef0123456789abcdef")
	key, err = account.KeyFromText(ask, chosen, noon)
	if err != nil || !secret.MatchToken(chosen.Reveal(), key.Hash) || key.Prefix != "0123" {
		t.Error(key.Prefix, err)
	}
	for _, bad := range []secret.Redacted{"", "short", "nineteen-characters", "with spaces in it, and long", secret.Redacted(strings.Repeat("x", 201)), "line\nbreak-in-a-long-key-x"} {
		if _, err := account.KeyFromText(ask, bad, noon); !errors.Is(err, account.ErrKeyText) {
			t.Errorf("%q: %v", bad.Reveal(), err)
		}
	}
}

func TestParseBearer(t *testing.T) {
	const key = "hlk_0123456789abcdef0123456789abcdef"
	for header, want := range map[string]bool{
		"Bearer " + key: true, "bearer " + key: true, "BEARER  " + key + " ": true,
		"": false, key: false, "Basic " + key: false, "Bearer": false, "Bearer ": false, "Bearer short": false, "Bearer " + key + " x": false,
		"Bearer " + strings.Repeat("x", 201): false, "Bearer " + key + "\r\nX: y": false, "Bearer " + key + "\x00": false,
	} {
		if got, ok := account.ParseBearer(header); ok != want || (ok && got.Reveal() != key) {
			t.Errorf("%q: %v", header, ok)
		}
	}
}
