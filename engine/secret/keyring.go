package secret

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

// Errors that callers tell apart.
var (
	// ErrWrongKey says that something was sealed with a key that is not here.
	ErrWrongKey = errors.New("sealed with another encryption key")
	// ErrDamaged says that the bytes were changed, cut, or moved from another
	// place.
	ErrDamaged = errors.New("sealed value is damaged or belongs elsewhere")
)

// sealedVersion is the first byte of everything sealed, so that the form can
// change one day.
const sealedVersion = 1

// Keyring holds the instance key, and while it is being rotated the ones
// before it. It is safe for concurrent use.
type Keyring struct {
	current sealer
	all     map[string]sealer // by id
}

// NewKeyring makes a ring that seals with current and opens with any. The
// error says that a key is missing.
func NewKeyring(current Key, previous ...Key) (*Keyring, error) {
	ring := &Keyring{all: map[string]sealer{}}
	for i, k := range append([]Key{current}, previous...) {
		if k.IsZero() {
			return nil, errors.New("the encryption key is empty")
		}
		wrap, err := hkdf.Key(sha256.New, k.bytes(), nil, "hookloom wrap v1", KeySize)
		if err != nil {
			return nil, fmt.Errorf("derive wrapping key: %w", err)
		}
		s, err := newSealer(keyID(k.bytes()), wrap)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			ring.current = s
		}
		ring.all[string(s.id)] = s
	}
	return ring, nil
}

// KeyID names the current key, as Key.ID does.
func (r *Keyring) KeyID() string { return hex.EncodeToString(r.current.id) }

// NewDataKey makes the data key of a workspace, wrapped for storage.
func (r *Keyring) NewDataKey(workspace string) ([]byte, error) {
	if workspace == "" {
		return nil, errors.New("a data key needs a workspace")
	}
	raw := make([]byte, KeySize)
	_, _ = rand.Read(raw)
	return r.current.seal(raw, wrapPlace(workspace)), nil
}

// Open unwraps the data key of a workspace. The error is ErrWrongKey or
// ErrDamaged; a data key of another workspace is ErrDamaged.
func (r *Keyring) Open(workspace string, wrapped []byte) (*Box, error) {
	raw, err := r.unwrap(workspace, wrapped)
	if err != nil {
		return nil, err
	}
	s, err := newSealer(keyID(raw), raw)
	if err != nil {
		return nil, err
	}
	return &Box{workspace: workspace, sealer: s}, nil
}

// Rewrap wraps a data key with the current instance key. What was sealed with
// the data key stays as it is, so rotating the instance key touches one value
// per workspace. Errors are those of Open.
func (r *Keyring) Rewrap(workspace string, wrapped []byte) ([]byte, error) {
	raw, err := r.unwrap(workspace, wrapped)
	if err != nil {
		return nil, err
	}
	return r.current.seal(raw, wrapPlace(workspace)), nil
}

// IsCurrent tells whether a wrapped data key or a check value was made with the
// current instance key.
func (r *Keyring) IsCurrent(sealed []byte) bool {
	id, ok := sealedID(sealed)
	return ok && bytes.Equal(id, r.current.id)
}

// checkText is what a check value holds.
const checkText = "hookloom"

// CheckValue makes the value that a database keeps to know its key again.
func (r *Keyring) CheckValue() []byte {
	return r.current.seal([]byte(checkText), checkPlace())
}

// Verify tells whether this ring fits the database that a check value is from.
// The error wraps ErrWrongKey or ErrDamaged and is one line for the operator:
// the caller stops the program with it.
func (r *Keyring) Verify(check []byte) error {
	id, ok := sealedID(check)
	if !ok {
		return fmt.Errorf("the database's check value for the encryption key cannot be read: %w", ErrDamaged)
	}
	s, ok := r.all[string(id)]
	if !ok {
		return fmt.Errorf("ENCRYPTION_KEY is not the key of this database: the database was encrypted with key %x, and key %s is set: %w", id, r.KeyID(), ErrWrongKey)
	}
	text, err := s.open(check, checkPlace())
	if err != nil || string(text) != checkText {
		return fmt.Errorf("the database's check value for the encryption key does not open with key %x: %w", id, ErrDamaged)
	}
	return nil
}

func (r *Keyring) unwrap(workspace string, wrapped []byte) ([]byte, error) {
	id, ok := sealedID(wrapped)
	if !ok {
		return nil, ErrDamaged
	}
	s, ok := r.all[string(id)]
	if !ok {
		return nil, ErrWrongKey
	}
	raw, err := s.open(wrapped, wrapPlace(workspace))
	if err != nil || len(raw) != KeySize {
		return nil, ErrDamaged
	}
	return raw, nil
}

func wrapPlace(workspace string) []byte { return place("data key", workspace) }
func checkPlace() []byte                { return place("check") }

// sealer seals with one key. The form is: version, key id, nonce, ciphertext
// with tag. Nonces are random; at 96 bits one key is good for 2^32 values.
type sealer struct {
	id   []byte
	aead cipher.AEAD
}

func newSealer(id, key []byte) (sealer, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return sealer{}, fmt.Errorf("make cipher: %w", err)
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return sealer{}, fmt.Errorf("make cipher: %w", err)
	}
	return sealer{id, aead}, nil
}

func (s sealer) seal(plain, aad []byte) []byte {
	out := make([]byte, 0, 1+idSize+s.aead.Overhead()+len(plain))
	out = append(append(out, sealedVersion), s.id...)
	//nolint:gosec // the cipher makes a random nonce of its own for each value
	return s.aead.Seal(out, nil, plain, aad)
}

func (s sealer) open(sealed, aad []byte) ([]byte, error) {
	plain, err := s.aead.Open(nil, nil, sealed[1+idSize:], aad)
	if err != nil {
		return nil, ErrDamaged
	}
	return plain, nil
}

// sealedID returns the id of the key that something was sealed with.
func sealedID(sealed []byte) ([]byte, bool) {
	if len(sealed) < 1+idSize || sealed[0] != sealedVersion {
		return nil, false
	}
	return sealed[1 : 1+idSize], true
}
