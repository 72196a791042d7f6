package sender

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
	"time"
)

// Secret is one signing secret and when it counts. During a rotation the old and
// the new one overlap.
type Secret struct {
	// Value is as the sender shows it, prefix included.
	Value string
	// From and Until bound its use: From included, Until not. A zero time is no
	// bound.
	From, Until time.Time
}

// Secrets makes always active secrets of plain values.
func Secrets(values ...string) []Secret {
	list := make([]Secret, len(values))
	for i, v := range values {
		list[i] = Secret{Value: v}
	}
	return list
}

func (s Secret) active(now time.Time) bool {
	return (s.From.IsZero() || !now.Before(s.From)) && (s.Until.IsZero() || now.Before(s.Until))
}

// The prefixes by which Standard Webhooks tells its keys apart.
const (
	prefixShared  = "whsec_"
	prefixPublic  = "whpk_"
	prefixPrivate = "whsk_"
)

// key is a readable secret: shared, or half or all of a key pair.
type key struct {
	shared  []byte
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

var errSecret = errors.New("the signing secret cannot be read")

func (s Scheme) keys(now time.Time, secrets []Secret) []key {
	var list []key
	for _, secret := range secrets {
		if !secret.active(now) {
			continue
		}
		if k, err := s.key(secret.Value); err == nil {
			list = append(list, k)
		}
	}
	return list
}

// key reads a secret. The error never contains it.
func (s Scheme) key(value string) (key, error) {
	if value == "" {
		return key{}, errSecret
	}
	if !s.Standard {
		return s.sharedKey(value)
	}
	if text, ok := strings.CutPrefix(value, prefixPublic); ok {
		raw, err := decode64(text)
		if err != nil || len(raw) != ed25519.PublicKeySize {
			return key{}, errSecret
		}
		return key{public: raw}, nil
	}
	if text, ok := strings.CutPrefix(value, prefixPrivate); ok {
		return privateKey(text)
	}
	raw, err := decode64(strings.TrimPrefix(value, prefixShared))
	if err != nil || len(raw) == 0 {
		return key{}, errSecret
	}
	return key{shared: raw}, nil
}

// sharedKey reads a secret that is no Standard Webhooks one.
func (s Scheme) sharedKey(value string) (key, error) {
	raw, err := []byte(value), error(nil)
	switch s.Key {
	case KeyBase64:
		raw, err = decode64(strings.TrimPrefix(value, prefixShared))
	case KeyHex:
		raw, err = hex.DecodeString(value)
	}
	if err != nil || len(raw) == 0 {
		return key{}, errSecret
	}
	return key{shared: raw}, nil
}

// privateKey reads both forms in use: the seed alone, and the seed with the
// public key behind it.
func privateKey(text string) (key, error) {
	raw, err := decode64(text)
	if err != nil || len(raw) != ed25519.SeedSize && len(raw) != ed25519.PrivateKeySize {
		return key{}, errSecret
	}
	private := ed25519.NewKeyFromSeed(raw[:ed25519.SeedSize])
	if len(raw) == ed25519.PrivateKeySize && !private.Equal(ed25519.PrivateKey(raw)) {
		return key{}, errSecret
	}
	return key{private: private, public: private.Public().(ed25519.PublicKey)}, nil
}

func decode64(text string) ([]byte, error) {
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
}

// CheckSecret says what is wrong with a secret that a person has entered for this
// scheme, nil when it can be used. Its message never contains the secret.
func (s Scheme) CheckSecret(value string) *Problem {
	problem := func(text string) *Problem { return &Problem{"secret", text} }
	if value == "" {
		return problem("enter the signing secret; without one every request would be refused")
	}
	if strings.TrimSpace(value) != value {
		return problem("the signing secret starts or ends with a space or a line break; remove it")
	}
	k, err := s.key(value)
	switch {
	case err != nil && !s.Standard:
		return problem("the signing secret cannot be read as " + string(s.Key) + "; copy it whole, or change how the key is written")
	case err != nil:
		return problem("the signing secret cannot be read; copy it whole, with whsec_ or whpk_ in front")
	case s.Standard && k.shared != nil && (len(k.shared) < 24 || len(k.shared) > 64):
		return problem("the signing secret must hold 24 to 64 bytes; copy it whole")
	}
	return nil
}

// NewSecret makes a Standard Webhooks secret of 32 random bytes.
func NewSecret() string {
	raw := make([]byte, 32)
	_, _ = rand.Read(raw) // never fails: the runtime stops the program instead
	return prefixShared + base64.StdEncoding.EncodeToString(raw)
}
