package identity

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
)

// ErrCredentials says that address and password do not belong together, and
// nothing more.
var ErrCredentials = errors.New("the e-mail address or the password is wrong")

// Wait is the error of one who tries too often.
type Wait struct{ After time.Duration }

func (w *Wait) Error() string { return "too many tries; wait a moment" }

// From is where a request comes from.
type From struct {
	IP        netip.Addr
	UserAgent string
}

func (f From) ip() string {
	if !f.IP.IsValid() {
		return ""
	}
	return f.IP.String()
}

// SignIn checks a password and makes a session; old is the token that the
// browser had before, whose session ends. The error is ErrCredentials, *Wait,
// account.ErrBusy, or the database's.
func (d *Desk) SignIn(ctx context.Context, email string, password secret.Redacted, old secret.Redacted, from From) (Caller, secret.Redacted, error) {
	u, err := d.checkPassword(ctx, email, password, from)
	if err != nil {
		return Caller{}, "", err
	}
	if known, err := d.knownHere(ctx, u); err != nil || !known {
		if err == nil {
			// That somebody has an account is no affair of a client's domain.
			d.audit(ctx, account.Principal{}, engine.AuditEntry{Action: "session.refused", ObjectKind: "user", ObjectID: u.ID, IP: from.ip()})
			err = ErrCredentials
		}
		return Caller{}, "", err
	}
	if err := d.end(ctx, old); err != nil {
		return Caller{}, "", err
	}
	return d.begin(ctx, u, from)
}

// checkPassword finds the user whose address and password these are; errors as for
// SignIn.
func (d *Desk) checkPassword(ctx context.Context, email string, password secret.Redacted, from From) (account.User, error) {
	name, err := account.NormalizeEmail(email)
	if err != nil {
		// Handled as an address that nobody has, so that time and answer are
		// the same.
		name = "\x00"
	}
	if wait := d.throttle.Take(name, from.IP); wait > 0 {
		return account.User{}, &Wait{wait}
	}
	u, err := d.store.UserByEmail(ctx, name)
	if err != nil && !errors.Is(err, engine.ErrNotFound) {
		return account.User{}, err
	}
	stored := u.PasswordHash
	if u.Disabled() {
		stored = ""
	}
	ok, outdated, err := d.hasher.Verify(ctx, password.Reveal(), stored)
	if err != nil {
		return account.User{}, err
	}
	if !ok {
		d.audit(ctx, account.Principal{}, engine.AuditEntry{Action: "session.refused", ObjectKind: "user", ObjectID: u.ID, IP: from.ip()})
		return account.User{}, ErrCredentials
	}
	d.throttle.Forgive(name, from.IP)
	if outdated {
		d.rehash(ctx, u, password)
	}
	return u, nil
}

// knownHere reports whether a user has any right where the request came in: on a
// client's domain those of that client's workspace and the agency's people have.
func (d *Desk) knownHere(ctx context.Context, u account.User) (bool, error) {
	ws := brand.From(ctx).Workspace
	if ws == "" {
		return true, nil
	}
	memberships, err := d.store.Memberships(ctx, u.ID)
	return err == nil && account.OfUser(u, memberships).Sees(ws), err
}

// begin makes a session of a user, bound to the client's domain that they are on.
func (d *Desk) begin(ctx context.Context, u account.User, from From) (Caller, secret.Redacted, error) {
	s, token := account.NewSession(engine.NewID("ses"), u.ID, d.now())
	s.IP, s.UserAgent, s.WorkspaceID = from.ip(), clip(from.UserAgent, 200), brand.From(ctx).Workspace
	if err := d.store.CreateSession(ctx, s); err != nil {
		return Caller{}, "", err
	}
	c, err := d.bySession(ctx, s.Hash)
	if err != nil {
		return Caller{}, "", err
	}
	d.audit(ctx, c.Principal, engine.AuditEntry{Action: "session.created", IP: from.ip()})
	return c, token, nil
}

// rehash brings a password hash to the present costs. It may fail: the old one
// stays good.
func (d *Desk) rehash(ctx context.Context, u account.User, password secret.Redacted) {
	hash, err := d.hasher.Hash(ctx, password.Reveal())
	if err == nil {
		err = d.replaceHash(ctx, u, hash)
	}
	if err != nil {
		d.log.Warn("cannot renew a password hash", "user", u.ID, "error", err)
	}
}

// replaceHash stores a new hash of the same password, unless another password
// was set meanwhile.
func (d *Desk) replaceHash(ctx context.Context, seen account.User, hash secret.Redacted) error {
	u, err := d.store.User(ctx, seen.ID)
	if err != nil || u.PasswordHash != seen.PasswordHash {
		return err
	}
	u.PasswordHash = hash
	return d.store.UpdateUser(ctx, u)
}

// SetTimezone sets the zone in which a signed-in person reads times; "" leaves it
// to the browser. The error is account.ErrTimezone for what is none.
func (d *Desk) SetTimezone(ctx context.Context, c Caller, timezone string) error {
	if err := account.CheckTimezone(timezone); err != nil {
		return err
	}
	return d.store.SetUserTimezone(ctx, c.OwnerID, timezone)
}

// SignOut ends the caller's session; a caller without one is fine.
func (d *Desk) SignOut(ctx context.Context, c Caller, from From) error {
	if c.session == nil {
		return nil
	}
	if err := d.revoke(ctx, *c.session); err != nil {
		return err
	}
	d.audit(ctx, c.Principal, engine.AuditEntry{Action: "session.ended", IP: from.ip()})
	return nil
}

// end ends the session that a browser had before.
func (d *Desk) end(ctx context.Context, token secret.Redacted) error {
	if len(token) != secret.TokenLength {
		return nil
	}
	s, _, err := d.store.SessionByHash(ctx, secret.HashToken(token.Reveal()))
	if errors.Is(err, engine.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	return d.revoke(ctx, s)
}

// revoke ends a session; one that ended before is fine.
func (d *Desk) revoke(ctx context.Context, s account.Session) error {
	err := d.store.RevokeSession(ctx, s.UserID, s.ID, d.now())
	if err != nil && !errors.Is(err, engine.ErrNotFound) {
		return err
	}
	d.NoteEnd()
	return nil
}

// clip cuts a text from outside to what is worth keeping.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:n]
}
