package account

import (
	"errors"
	"regexp"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/secret"
)

const (
	// KeyPrefix begins every API key that Hookloom makes, so that scanners for
	// leaked secrets know it.
	KeyPrefix = "hlk_"
	// shownKey is how much of a key is kept readable: the prefix and 36 of its
	// 192 random bits.
	shownKey = len(KeyPrefix) + 6
	minKey   = 20
	maxKey   = 200
)

// APIKey is a credential for scripts. The key itself is shown once, when it is
// made; only its hash is stored.
type APIKey struct {
	ID   string
	Name string
	// Prefix is the readable beginning, to tell keys apart in a list.
	Prefix string
	// Hash is HashToken of the whole key, by which it is found.
	Hash   []byte
	Scopes Scopes
	// WorkspaceID is "" for a key of all workspaces.
	WorkspaceID string
	// CreatedBy is the id of the user who made it.
	CreatedBy string
	CreatedAt time.Time
	// ExpiresAt is zero for a key that does not expire.
	ExpiresAt time.Time
	// RevokedAt is zero for a key that is in use.
	RevokedAt time.Time
	// LastUsedAt is zero for a key that was never used.
	LastUsedAt time.Time
}

// Errors of making a key.
var (
	ErrKeyName   = errors.New("a key needs a name that says where it is used, at most 200 characters on one line")
	ErrKeyExpiry = errors.New("the key would expire in the past")
	ErrKeyText   = errors.New("an API key has 20 to 200 letters, digits and - _ . ~ + /; make one with: openssl rand -hex 24")
)

// NewAPIKey makes a key from what its maker filled in (ID, Name, Scopes,
// WorkspaceID, CreatedBy, ExpiresAt) and returns it with the text to show once.
// The error is ErrKeyName, ErrKeyExpiry, or about the scopes. Whether the maker
// may give these rights is for Principal.MayGrant.
func NewAPIKey(k APIKey, now time.Time) (APIKey, secret.Redacted, error) {
	return finishKey(k, KeyPrefix+secret.NewToken(), now)
}

// KeyFromText makes a key whose text was chosen outside (BOOTSTRAP_API_KEY).
// The error is ErrKeyText when the text is unfit, else as in NewAPIKey.
func KeyFromText(k APIKey, text secret.Redacted, now time.Time) (APIKey, error) {
	if !keyText.MatchString(text.Reveal()) {
		return APIKey{}, ErrKeyText
	}
	k, _, err := finishKey(k, text.Reveal(), now)
	return k, err
}

func finishKey(k APIKey, text string, now time.Time) (APIKey, secret.Redacted, error) {
	name, err := NormalizeName(k.Name)
	if err != nil || name == "" {
		return APIKey{}, "", ErrKeyName
	}
	if !k.ExpiresAt.IsZero() && !k.ExpiresAt.After(now) {
		return APIKey{}, "", ErrKeyExpiry
	}
	texts := make([]string, len(k.Scopes))
	for i, s := range k.Scopes {
		texts[i] = string(s)
	}
	scopes, err := ParseScopes(texts)
	if err != nil {
		return APIKey{}, "", err
	}
	k.Name, k.Scopes, k.CreatedAt = name, scopes, now
	k.Prefix, k.Hash = shownPrefix(text), secret.HashToken(text)
	k.RevokedAt, k.LastUsedAt = time.Time{}, time.Time{}
	return k, secret.Redacted(text), nil
}

// shownPrefix shows less of a key that was chosen outside, because it may hold
// less chance.
func shownPrefix(text string) string {
	if strings.HasPrefix(text, KeyPrefix) && len(text) == len(KeyPrefix)+secret.TokenLength {
		return text[:shownKey]
	}
	return text[:4]
}

// Usable tells whether the key is neither revoked nor expired.
func (k APIKey) Usable(now time.Time) bool {
	return k.ID != "" && k.RevokedAt.IsZero() && (k.ExpiresAt.IsZero() || now.Before(k.ExpiresAt))
}

// keyText is the b64token of RFC 6750 less the padding, within our lengths.
var keyText = regexp.MustCompile(`^[A-Za-z0-9._~+/-]{20,200}$`)

// ParseBearer takes the API key out of an Authorization header. ok is false
// when there is none or it cannot be a key, so no look-up is needed. The key is
// then found by its HashToken.
func ParseBearer(header string) (key secret.Redacted, ok bool) {
	scheme, rest, found := strings.Cut(header, " ")
	rest = strings.TrimSpace(rest)
	if !found || !strings.EqualFold(scheme, "Bearer") || len(rest) < minKey || len(rest) > maxKey || !keyText.MatchString(rest) {
		return "", false
	}
	return secret.Redacted(rest), true
}

// BearerText takes whatever follows "Bearer" out of an Authorization header, ""
// when it has another form. It is for tokens that are no API keys.
func BearerText(header string) string {
	scheme, rest, found := strings.Cut(header, " ")
	if !found || !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(rest)
}
