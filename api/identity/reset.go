package identity

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// ResetLink makes a link with which a user chooses a new password.
func (d *Desk) ResetLink(ctx context.Context, email string) (secret.Redacted, error) {
	name, err := account.NormalizeEmail(email)
	if err != nil {
		return "", err
	}
	u, err := d.store.UserByEmail(ctx, name)
	if errors.Is(err, engine.ErrNotFound) {
		return "", fmt.Errorf("there is no user %s", name)
	}
	if err != nil {
		return "", err
	}
	link, token := account.NewLink(engine.NewID("lnk"), account.Reset, u.ID, d.now())
	if err := d.store.CreateLink(ctx, link); err != nil {
		return "", err
	}
	d.audit(ctx, account.Principal{Name: "administrator"}, engine.AuditEntry{Action: "password.reset_offered", ObjectKind: "user", ObjectID: u.ID})
	base, err := d.baseOf(ctx, u)
	return secret.Redacted(base + "/reset?token=" + token.Reveal()), err
}

// baseOf is the address that a person knows: their client's for who belongs to one
// workspace alone.
func (d *Desk) baseOf(ctx context.Context, u account.User) (string, error) {
	memberships, err := d.store.Memberships(ctx, u.ID)
	if err != nil {
		return "", err
	}
	if len(memberships) == 1 {
		return d.base(memberships[0].WorkspaceID), nil
	}
	return d.base(""), nil
}

// ResetPassword sets the password of the user whose reset link it is, and ends
// all their sessions. The error is one of the link's or about the password.
func (d *Desk) ResetPassword(ctx context.Context, token, password secret.Redacted, from From) error {
	link, err := d.redeem(ctx, token, account.Reset)
	if err != nil {
		return err
	}
	u, err := d.store.User(ctx, link.UserID)
	if errors.Is(err, engine.ErrNotFound) {
		return account.ErrLinkUnknown
	}
	if err != nil {
		return err
	}
	if err := account.CheckPassword(password.Reveal(), u.Email); err != nil {
		return err
	}
	hash, err := d.hasher.Hash(ctx, password.Reveal())
	if err != nil {
		return err
	}
	if err := d.store.ResetPassword(ctx, link, hash); err != nil {
		return err
	}
	d.NoteEnd()
	d.audit(ctx, account.OfUser(u, nil), engine.AuditEntry{Action: "password.reset", ObjectKind: "user", ObjectID: u.ID, IP: from.ip()})
	return nil
}
