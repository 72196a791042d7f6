package account

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"

	"github.com/alexedwards/argon2id"

	"github.com/hookloom/hookloom/engine/secret"
)

// ErrBusy says that too many passwords are being checked at once. Answer 503
// with Retry-After.
var ErrBusy = errors.New("too many sign-ins at the same time; try again in a moment")

// PasswordParams returns the costs of a password hash: 19 MiB, two passes, one
// lane, as the OWASP password storage cheat sheet recommends for argon2id. One
// check takes about 20 ms.
func PasswordParams() argon2id.Params {
	return argon2id.Params{Memory: 19 << 10, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}
}

const (
	// maxWaiting is how many checks may wait for their turn. At two at a time
	// the last of them waits about three seconds.
	maxWaiting = 256
	// maxStoredMemory bounds what a hash from the database may make us
	// allocate, in KiB.
	maxStoredMemory     = 64 << 10
	maxStoredIterations = 16
	// maxHashers bounds how many checks run at once: 4 x 19 MiB.
	maxHashers = 4
)

// Hasher hashes and checks passwords, only a few at a time, so that a wave of
// sign-ins cannot take the memory of the machine. It is safe for concurrent
// use.
type Hasher struct {
	params argon2id.Params
	turn   chan struct{}
	queue  chan struct{}
	// nobody is the hash that a password is checked against when the user does
	// not exist.
	nobody string
}

// NewHasher makes a hasher with these costs; PasswordParams() outside of tests.
func NewHasher(params argon2id.Params) (*Hasher, error) {
	nobody, err := unmatched(params)
	if err != nil {
		return nil, err
	}
	running := min(runtime.GOMAXPROCS(0), maxHashers)
	return &Hasher{
		params: params, nobody: nobody,
		turn: make(chan struct{}, running), queue: make(chan struct{}, running+maxWaiting),
	}, nil
}

// unmatched is a hash with these costs that no password has: its key is random.
// Making a true one would take each start 19 MiB and 20 ms.
func unmatched(params argon2id.Params) (string, error) {
	random := make([]byte, params.SaltLength+params.KeyLength)
	if _, err := rand.Read(random); err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	encode := base64.RawStdEncoding.EncodeToString
	return fmt.Sprintf("$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s", params.Memory, params.Iterations, params.Parallelism,
		encode(random[:params.SaltLength]), encode(random[params.SaltLength:])), nil
}

// Hash hashes a new password, which CheckPassword has passed. The error is
// ErrBusy, the context's, or that of the source of randomness.
func (h *Hasher) Hash(ctx context.Context, password string) (secret.Redacted, error) {
	if err := h.enter(ctx); err != nil {
		return "", err
	}
	defer h.leave()
	hash, err := argon2id.CreateHash(normalPassword(password), &h.params)
	if err != nil {
		return "", fmt.Errorf("hash password: %w", err)
	}
	return secret.Redacted(hash), nil
}

// Verify tells whether a password belongs to a hash. Pass "" as the hash for a
// user that does not exist or has no password: the same work is done and the
// answer is no, so the time tells nothing. outdated is true when the hash was
// made with other costs; hash the password anew then. The error is ErrBusy, the
// context's, or says that the stored hash cannot be read.
func (h *Hasher) Verify(ctx context.Context, password string, hash secret.Redacted) (ok, outdated bool, err error) {
	stored, known := hash.Reveal(), hash != ""
	if !known || len(password) > MaxPassword {
		stored, known = h.nobody, false
	}
	if err := checkStored(stored); err != nil {
		return false, false, err
	}
	if err := h.enter(ctx); err != nil {
		return false, false, err
	}
	defer h.leave()
	if !known && len(password) > MaxPassword {
		password = password[:MaxPassword]
	}
	match, params, err := argon2id.CheckHash(normalPassword(password), stored)
	if err != nil {
		return false, false, errStored
	}
	ok = match && known
	return ok, ok && *params != h.params, nil
}

var errStored = errors.New("the stored password hash cannot be read")

// checkStored bounds the costs that a stored hash asks for before they are
// paid.
func checkStored(hash string) error {
	params, _, key, err := argon2id.DecodeHash(hash)
	if err != nil || params.Memory > maxStoredMemory || params.Iterations < 1 || params.Iterations > maxStoredIterations ||
		params.Parallelism < 1 || len(key) < 16 {
		return errStored
	}
	return nil
}

// enter waits for a turn.
func (h *Hasher) enter(ctx context.Context) error {
	select {
	case h.queue <- struct{}{}:
	default:
		return ErrBusy
	}
	select {
	case h.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		<-h.queue
		return ctx.Err()
	}
}

func (h *Hasher) leave() {
	<-h.turn
	<-h.queue
}
