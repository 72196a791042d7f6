// Package secret keeps what must not be read: encryption at rest for
// credentials, tokens that are stored only as hashes, and text that does not
// print. It imports nothing of ours and knows no database.
//
// One instance key, held outside the database, wraps one data key per
// workspace; a data key seals the values of its workspace. Each sealed value is
// bound to its place (workspace, table, row, column), so it cannot be moved to
// where somebody else may read it.
package secret

import (
	"bytes"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// KeySize is the length of instance and data keys in bytes (AES-256).
const KeySize = 32

// Key is an instance key. It does not print: every fmt verb, JSON and slog show
// "***". The zero value is no key.
type Key struct {
	// A pointer, because fmt calls no methods on unexported fields: within
	// another struct it would print an array or a string as it is.
	raw *[KeySize]byte
}

// ErrKeyFormat says that a text is no key. It never quotes the text.
var ErrKeyFormat = errors.New("an encryption key is 32 random bytes written as base64 (44 characters) or hex (64 characters); make one with: openssl rand -base64 32")

// ParseKey reads a key from hex or from any form of base64, with or without
// padding and surrounding white space. The error is ErrKeyFormat, also for a
// key of one repeated byte, which is a placeholder and not a key.
func ParseKey(text string) (Key, error) {
	text = strings.TrimSpace(text)
	raw, ok := decodeKey(text)
	if !ok || bytes.Count(raw, raw[:1]) == KeySize {
		return Key{}, ErrKeyFormat
	}
	return Key{(*[KeySize]byte)(raw)}, nil
}

func decodeKey(text string) ([]byte, bool) {
	if len(text) == hex.EncodedLen(KeySize) {
		if raw, err := hex.DecodeString(text); err == nil {
			return raw, true
		}
	}
	text = strings.TrimRight(text, "=")
	for _, enc := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if raw, err := enc.DecodeString(text); err == nil && len(raw) == KeySize {
			return raw, true
		}
	}
	return nil, false
}

// GenerateKey makes a new random key. It cannot fail: without a source of
// randomness the program ends.
func GenerateKey() Key {
	raw := new([KeySize]byte)
	_, _ = rand.Read(raw[:])
	return Key{raw}
}

// IsZero tells whether k is no key.
func (k Key) IsZero() bool { return k.raw == nil }

// Encode writes the key as base64, for a key file. This is the one way to see
// it.
// The zero key is "".
func (k Key) Encode() string { return base64.StdEncoding.EncodeToString(k.bytes()) }

// ID names the key without revealing it: 8 hex digits of a hash, to tell in a
// message which key is meant.
func (k Key) ID() string { return hex.EncodeToString(keyID(k.bytes())) }

func (k Key) bytes() []byte {
	if k.raw == nil {
		return nil
	}
	return k.raw[:]
}

// Format prints "***" for every verb.
func (k Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(mask)) }

// String returns "***".
func (k Key) String() string { return mask }

// MarshalText returns "***".
func (k Key) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue returns "***".
func (k Key) LogValue() slog.Value { return slog.StringValue(mask) }

const idSize = 4

// keyID is the short name of an instance or data key.
func keyID(raw []byte) []byte {
	sum := sha256.Sum256(append([]byte("hookloom key id\x00"), raw...))
	return sum[:idSize]
}
