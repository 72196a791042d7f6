package secret

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

// TokenLength is the length of a token in characters: 192 random bits.
const TokenLength = 32

// NewToken makes a token of 192 random bits in 32 URL-safe characters
// (A-Z a-z 0-9 - _). Trigger URLs, sessions, API keys and links are made of
// them. It cannot fail: without a source of randomness the program ends.
func NewToken() string {
	raw := make([]byte, TokenLength*3/4)
	_, _ = rand.Read(raw)
	return base64.RawURLEncoding.EncodeToString(raw)
}

// HashToken is what is stored of a token, 32 bytes of SHA-256. A slow hash adds
// nothing to 192 random bits; do not use it for what people choose. Looking a
// row up by this hash is safe against timing, because who guesses a token does
// not choose its hash.
func HashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// MatchToken tells in constant time whether a token has the stored hash.
func MatchToken(token string, hash []byte) bool {
	return subtle.ConstantTimeCompare(HashToken(token), hash) == 1
}

// Equal compares two secrets in a time that depends on the length of their
// texts only, never on where they differ.
func Equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// NewSigning makes a signing secret of Standard Webhooks: 256 random bits.
func NewSigning() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw)
	return "whsec_" + base64.StdEncoding.EncodeToString(raw)
}
