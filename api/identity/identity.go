// Package identity finds out who calls, and holds what people do to be known:
// set-up, sign-in, links and keys. The rules are those of engine/account; here
// they meet the database.
package identity

import (
	"context"
	"crypto/subtle"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// Store is what identity needs of the database. Lookups of one thing return
// engine.ErrNotFound when there is none.
type Store interface {
	Users
	Sessions
	Keys
	// InsertLink stores a link. Older ones stay valid: several processes may
	// each have printed one.
	InsertLink(ctx context.Context, l account.Link) error
	// Link finds a link by its hash.
	Link(ctx context.Context, hash []byte) (account.Link, error)
	// InsertAudit appends a line to the audit log.
	InsertAudit(ctx context.Context, e account.Entry) error
}

// Users are the people and the service owner.
type Users interface {
	// People reports whether a user with an e-mail address exists.
	People(ctx context.Context) (bool, error)
	User(ctx context.Context, id string) (account.User, error)
	// UserByEmail finds a user by the normalised address, also a disabled one.
	UserByEmail(ctx context.Context, email string) (account.User, error)
	// Memberships returns the memberships of a user; one with WorkspaceID ""
	// counts in every workspace.
	Memberships(ctx context.Context, userID string) ([]account.Membership, error)
	// InsertFirstOwner stores the user, membership, audit entry and used link
	// as one unit. account.ErrSetUp when a user with an e-mail address exists,
	// account.ErrLinkUsed when the link was used meanwhile: of two who come at
	// once, one wins.
	InsertFirstOwner(ctx context.Context, o account.FirstOwner) error
	// ServiceOwner returns the user without an e-mail address; when there is
	// none it stores u with an owner's rights in every workspace.
	ServiceOwner(ctx context.Context, u account.User) (account.User, error)
	// SetPassword stores a user's PasswordHash and PasswordChangedAt. With a
	// link it marks that used in the same unit, account.ErrLinkUsed when it was;
	// with endSessions it ends the user's sessions.
	SetPassword(ctx context.Context, u account.User, link *account.Link, endSessions bool) error
}

// Sessions are the signed-in browsers.
type Sessions interface {
	InsertSession(ctx context.Context, s account.Session) error
	// Session finds a session by the hash of its token.
	Session(ctx context.Context, hash []byte) (account.Session, error)
	// TouchSession notes the last use.
	TouchSession(ctx context.Context, hash []byte, at time.Time) error
	// EndSession removes a session; none is fine.
	EndSession(ctx context.Context, hash []byte) error
}

// Keys are the API keys.
type Keys interface {
	// APIKey finds a key by its hash, also an expired or revoked one; keys of
	// disabled users are not found.
	APIKey(ctx context.Context, hash []byte) (account.APIKey, error)
	// InsertAPIKey stores a key. CreatedBy must be a user.
	InsertAPIKey(ctx context.Context, k account.APIKey) error
	// TouchAPIKey notes the last use.
	TouchAPIKey(ctx context.Context, id string, at time.Time) error
}

// Deps is what a Desk works with. All but Log, Now and LocalKeyHash are
// required.
type Deps struct {
	Store  Store
	Hasher *account.Hasher
	// LocalKeyHash is HashToken of the key that commands on this machine use;
	// nil for none.
	LocalKeyHash []byte
	// BaseURL begins the links that are made, without a trailing slash.
	BaseURL string
	Now     func() time.Time
	Log     *slog.Logger
}

// Desk is where callers show who they are. It is safe for concurrent use.
type Desk struct {
	store    Store
	hasher   *account.Hasher
	throttle *account.Throttle
	localKey []byte
	baseURL  string
	now      func() time.Time
	log      *slog.Logger

	mu sync.Mutex
	// ended is closed and replaced when a session or key ends in this process,
	// so that open streams look again at once.
	ended chan struct{}
}

// New makes a desk. It panics without a store or hasher.
func New(d Deps) *Desk {
	if d.Store == nil || d.Hasher == nil {
		panic("identity: Store and Hasher are required")
	}
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	return &Desk{
		store: d.Store, hasher: d.Hasher, throttle: account.NewThrottle(d.Now), localKey: d.LocalKeyHash,
		baseURL: d.BaseURL, now: d.Now, log: d.Log, ended: make(chan struct{}),
	}
}

// Caller is who makes a request.
type Caller struct {
	account.Principal
	// OwnerID is the user that acts or whose key it is; "" for the local key.
	OwnerID string
	// User is set for a session.
	User *account.User
	// Key is set for an API key.
	Key *account.APIKey
	// session is the hash of the session's token.
	session []byte
}

// LocalKeyID is the KeyID of the key that commands on this machine use.
const LocalKeyID = "key_local"

// ErrUnknown says that a key or session signs nobody in. It does not say why.
var ErrUnknown = errors.New("unknown, expired or revoked")

// ByKey finds the caller of an API key. The error is ErrUnknown, or the
// database's.
func (d *Desk) ByKey(ctx context.Context, key secret.Redacted) (Caller, error) {
	hash := secret.HashToken(key.Reveal())
	if len(d.localKey) > 0 && subtle.ConstantTimeCompare(hash, d.localKey) == 1 {
		return Caller{Principal: account.Principal{KeyID: LocalKeyID, Name: "local", Everywhere: account.Scopes{account.All}}}, nil
	}
	k, err := d.store.APIKey(ctx, hash)
	now := d.now()
	switch {
	case errors.Is(err, engine.ErrNotFound):
		return Caller{}, ErrUnknown
	case err != nil:
		return Caller{}, err
	case !k.Usable(now):
		return Caller{}, ErrUnknown
	}
	if now.Sub(k.LastUsedAt) >= account.SessionTouch {
		if err := d.store.TouchAPIKey(ctx, k.ID, now); err != nil {
			d.log.Warn("cannot note the use of an API key", "key", k.ID, "error", err)
		}
	}
	return Caller{Principal: account.OfKey(k, now), OwnerID: k.CreatedBy, Key: &k}, nil
}

// BySession finds the caller of a session's token. The error is ErrUnknown, or
// the database's.
func (d *Desk) BySession(ctx context.Context, token secret.Redacted) (Caller, error) {
	if len(token) != secret.TokenLength {
		return Caller{}, ErrUnknown
	}
	return d.bySession(ctx, secret.HashToken(token.Reveal()))
}

func (d *Desk) bySession(ctx context.Context, hash []byte) (Caller, error) {
	s, err := d.store.Session(ctx, hash)
	if errors.Is(err, engine.ErrNotFound) {
		return Caller{}, ErrUnknown
	}
	if err != nil {
		return Caller{}, err
	}
	u, err := d.store.User(ctx, s.UserID)
	if errors.Is(err, engine.ErrNotFound) {
		return Caller{}, ErrUnknown
	}
	if err != nil {
		return Caller{}, err
	}
	now := d.now()
	if !s.Usable(u, now) {
		return Caller{}, ErrUnknown
	}
	memberships, err := d.store.Memberships(ctx, u.ID)
	if err != nil {
		return Caller{}, err
	}
	if s.NeedsTouch(now) {
		if err := d.store.TouchSession(ctx, hash, now); err != nil {
			d.log.Warn("cannot note the use of a session", "user", u.ID, "error", err)
		}
	}
	return Caller{Principal: account.OfUser(u, memberships), OwnerID: u.ID, User: &u, session: hash}, nil
}

// Again looks whether a caller may still do what it could: the present caller,
// or ErrUnknown.
func (d *Desk) Again(ctx context.Context, c Caller) (Caller, error) {
	switch {
	case c.session != nil:
		return d.bySession(ctx, c.session)
	case c.Key != nil:
		k, err := d.store.APIKey(ctx, c.Key.Hash)
		if errors.Is(err, engine.ErrNotFound) || err == nil && !k.Usable(d.now()) {
			return Caller{}, ErrUnknown
		}
		return c, err
	}
	return c, nil
}

// Ended returns a channel that is closed when a session or key ends in this
// process.
func (d *Desk) Ended() <-chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.ended
}

// NoteEnd wakes those who wait for Ended; for whoever revokes a key.
func (d *Desk) NoteEnd() {
	d.mu.Lock()
	defer d.mu.Unlock()
	close(d.ended)
	d.ended = make(chan struct{})
}

// audit appends an entry; a log that cannot be written stops nobody.
func (d *Desk) audit(ctx context.Context, e account.Entry) {
	if err := d.store.InsertAudit(ctx, d.entry(e)); err != nil {
		d.log.Error("cannot write the audit log", "action", e.Action, "error", err)
	}
}

func (d *Desk) entry(e account.Entry) account.Entry {
	e.ID, e.At = engine.NewID("aud"), d.now()
	if e.ActorKind == "" {
		e.ActorKind = account.ActorSystem
	}
	return e
}
