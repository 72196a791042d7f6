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
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
)

// Store is what identity needs of the database. Lookups of one thing return
// engine.ErrNotFound when there is none.
type Store interface {
	Users
	Sessions
	Keys
	Links
	Invitations
	// Audit stores who did what; ID and At are filled in where they are empty.
	Audit(ctx context.Context, e engine.AuditEntry) error
}

// Users are the people and the service owner.
type Users interface {
	// HasOwner reports whether a person can sign in; a service owner does not
	// count.
	HasOwner(ctx context.Context) (bool, error)
	User(ctx context.Context, id string) (account.User, error)
	// UserByEmail finds a user by the normalised address, also a disabled one.
	UserByEmail(ctx context.Context, email string) (account.User, error)
	// UpdateUser stores all of u but the time it was made.
	UpdateUser(ctx context.Context, u account.User) error
	// SetUserTimezone stores the zone of a user and nothing else of them.
	SetUserTimezone(ctx context.Context, id, timezone string) error
	// Memberships returns the memberships of a user; one with WorkspaceID ""
	// counts in every workspace.
	Memberships(ctx context.Context, userID string) ([]account.Membership, error)
	// CreateFirstOwner stores the first person with the membership, and marks
	// the link (nil for none), which Redeem has returned, as used: all or
	// nothing. It reports false when there is a first person; of two who come at
	// once, one wins. account.ErrLinkUsed when the link was used meanwhile.
	CreateFirstOwner(ctx context.Context, link *account.Link, u account.User, m account.Membership) (bool, error)
	// ServiceOwner returns the user who owns what no person made.
	ServiceOwner(ctx context.Context) (account.User, error)
	// CreateServiceOwner stores that user with the membership and a key, all or
	// nothing. It reports false when there is one.
	CreateServiceOwner(ctx context.Context, u account.User, m account.Membership, k account.APIKey) (bool, error)
}

// Sessions are the signed-in browsers.
type Sessions interface {
	CreateSession(ctx context.Context, s account.Session) error
	// SessionByHash finds a session, also an ended one, with its user by the
	// hash of its token.
	SessionByHash(ctx context.Context, hash []byte) (account.Session, account.User, error)
	// TouchSession notes the last use.
	TouchSession(ctx context.Context, id string, at time.Time) error
	// RevokeSession ends a session of a user; engine.ErrNotFound when it ended
	// before.
	RevokeSession(ctx context.Context, userID, id string, at time.Time) error
}

// Keys are the API keys.
type Keys interface {
	// APIKeyByHash finds a key, also an expired or revoked one.
	APIKeyByHash(ctx context.Context, hash []byte) (account.APIKey, error)
	// CreateAPIKey stores a key. CreatedBy must be a user.
	CreateAPIKey(ctx context.Context, k account.APIKey) error
	// TouchAPIKey notes the last use.
	TouchAPIKey(ctx context.Context, id string, at time.Time) error
}

// Links are one-time links.
type Links interface {
	// CreateLink stores a link; unused ones of the same purpose and user end.
	CreateLink(ctx context.Context, l account.Link) error
	LinkByHash(ctx context.Context, hash []byte) (account.Link, error)
	// ResetPassword sets the password of the link's user and ends their
	// sessions. The link is one that Redeem has returned; account.ErrLinkUsed
	// when it was used meanwhile.
	ResetPassword(ctx context.Context, l account.Link, hash secret.Redacted) error
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
	// Brands tells names and addresses by workspace; nil means BaseURL for all.
	Brands *brand.Directory
	Now    func() time.Time
	Log    *slog.Logger
}

// Desk is where callers show who they are. It is safe for concurrent use.
type Desk struct {
	store    Store
	hasher   *account.Hasher
	throttle *account.Throttle
	localKey []byte
	baseURL  string
	brands   *brand.Directory
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
		baseURL: d.BaseURL, brands: d.Brands, now: d.Now, log: d.Log, ended: make(chan struct{}),
	}
}

// base begins the links of a workspace, "" for the agency's.
func (d *Desk) base(workspace string) string {
	if d.brands == nil {
		return d.baseURL
	}
	return d.brands.Base(workspace)
}

// Caller is who makes a request.
type Caller struct {
	account.Principal
	// OwnerID is the user that acts or whose key it is; "" for the local key.
	OwnerID string
	// User is set for a session.
	User *account.User
	// Key is set for an API key.
	Key     *account.APIKey
	session *account.Session
}

// ID is the id of the user or key, "" for nobody.
func (c Caller) ID() string { return c.UserID + c.KeyID }

// LocalKeyID is the KeyID of the key that commands on this machine use.
const LocalKeyID = "key_local"

// ErrUnknown says that a key or session signs nobody in. It does not say why.
var ErrUnknown = errors.New("unknown, expired or revoked")

// ByKey finds the caller of an API key. The error is ErrUnknown, or the
// database's.
func (d *Desk) ByKey(ctx context.Context, key secret.Redacted) (Caller, error) {
	hash := secret.HashToken(key.Reveal())
	if len(d.localKey) > 0 && subtle.ConstantTimeCompare(hash, d.localKey) == 1 {
		return here(ctx, Caller{Principal: account.Principal{KeyID: LocalKeyID, Name: "local", Everywhere: account.Scopes{account.All}}})
	}
	return d.byKey(ctx, hash)
}

// ByKeyHash finds the caller of the API key with a hash, for tokens that stand
// for it. The error is ErrUnknown, or the database's.
func (d *Desk) ByKeyHash(ctx context.Context, hash []byte) (Caller, error) { return d.byKey(ctx, hash) }

// byKey finds a key that is in use and whose owner is not shut out.
func (d *Desk) byKey(ctx context.Context, hash []byte) (Caller, error) {
	k, err := d.store.APIKeyByHash(ctx, hash)
	if err != nil {
		return Caller{}, unknown(err)
	}
	owner, err := d.store.User(ctx, k.CreatedBy)
	if err != nil {
		return Caller{}, unknown(err)
	}
	now := d.now()
	if !k.Usable(now) || owner.Disabled() {
		return Caller{}, ErrUnknown
	}
	if now.Sub(k.LastUsedAt) >= account.SessionTouch {
		if err := d.store.TouchAPIKey(ctx, k.ID, now); err != nil {
			d.log.Warn("cannot note the use of an API key", "key", k.ID, "error", err)
		}
	}
	memberships, err := d.store.Memberships(ctx, owner.ID)
	if err != nil {
		return Caller{}, err
	}
	return here(ctx, Caller{Principal: account.OfKey(k, account.OfUser(owner, memberships), now), OwnerID: owner.ID, Key: &k})
}

// unknown turns "not found" into ErrUnknown.
func unknown(err error) error {
	if errors.Is(err, engine.ErrNotFound) {
		return ErrUnknown
	}
	return err
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
	s, u, err := d.store.SessionByHash(ctx, hash)
	if err != nil {
		return Caller{}, unknown(err)
	}
	now := d.now()
	if !s.Usable(u, now) || s.WorkspaceID != brand.From(ctx).Workspace {
		return Caller{}, ErrUnknown
	}
	memberships, err := d.store.Memberships(ctx, u.ID)
	if err != nil {
		return Caller{}, err
	}
	if s.NeedsTouch(now) {
		if err := d.store.TouchSession(ctx, s.ID, now); err != nil {
			d.log.Warn("cannot note the use of a session", "user", u.ID, "error", err)
		}
	}
	return here(ctx, Caller{Principal: account.OfUser(u, memberships), OwnerID: u.ID, User: &u, session: &s})
}

// here leaves a caller the rights that count where the request came in: on a client's
// domain those in that client's workspace, and ErrUnknown when there are none.
func here(ctx context.Context, c Caller) (Caller, error) {
	ws := brand.From(ctx).Workspace
	if ws == "" {
		return c, nil
	}
	if c.Principal = c.Confined(ws); !c.Sees(ws) {
		return Caller{}, ErrUnknown
	}
	return c, nil
}

// Again looks whether a caller may still do what it could: the present caller,
// or ErrUnknown.
func (d *Desk) Again(ctx context.Context, c Caller) (Caller, error) {
	switch {
	case c.session != nil:
		return d.bySession(ctx, c.session.Hash)
	case c.Key != nil:
		return d.byKey(ctx, c.Key.Hash)
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

// audit appends an entry by a principal, the zero one for nobody and the system;
// a log that cannot be written stops nobody.
func (d *Desk) audit(ctx context.Context, p account.Principal, e engine.AuditEntry) {
	e.ActorID, e.ActorName, e.At = p.UserID+p.KeyID, p.Name, d.now()
	if err := d.store.Audit(context.WithoutCancel(ctx), e); err != nil {
		d.log.Error("cannot write the audit log", "action", e.Action, "error", err)
	}
}
