package identity

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// SetupLink makes a link with which the first owner sets the installation up.
// It returns "" when a person exists. Print it on standard error only.
func (d *Desk) SetupLink(ctx context.Context) (secret.Redacted, error) {
	owned, err := d.store.HasOwner(ctx)
	if err != nil || owned {
		return "", err
	}
	link, token := account.NewLink(engine.NewID("lnk"), account.Setup, "", d.now())
	if err := d.store.CreateLink(ctx, link); err != nil {
		return "", err
	}
	return secret.Redacted(d.baseURL + "/setup?token=" + token.Reveal()), nil
}

// Setup makes the first owner with the token of a set-up link and signs them
// in. The error is one of the link's, account.ErrSetUp when somebody was
// faster, or about the e-mail address, name or password.
func (d *Desk) Setup(ctx context.Context, token secret.Redacted, p Person, from From) (Caller, secret.Redacted, error) {
	owned, err := d.store.HasOwner(ctx)
	if err != nil {
		return Caller{}, "", err
	}
	if owned {
		return Caller{}, "", account.ErrSetUp
	}
	link, err := d.redeem(ctx, token, account.Setup)
	if err != nil {
		return Caller{}, "", err
	}
	u, err := d.user(ctx, p)
	if err != nil {
		return Caller{}, "", err
	}
	made, err := d.store.CreateFirstOwner(ctx, &link, u, d.everywhere(u))
	if err != nil {
		return Caller{}, "", err
	}
	if !made {
		return Caller{}, "", account.ErrSetUp
	}
	d.audit(ctx, account.OfUser(u, nil), engine.AuditEntry{Action: "installation.set_up", ObjectKind: "user", ObjectID: u.ID, IP: from.ip()})
	return d.begin(ctx, u, from)
}

// Person is what somebody says of themselves to become a user.
type Person struct {
	Email    string
	Name     string
	Password secret.Redacted
	// Timezone is an IANA name; "" for that of the browser.
	Timezone string
}

func (d *Desk) user(ctx context.Context, p Person) (account.User, error) {
	email, emailErr := account.NormalizeEmail(p.Email)
	name, nameErr := account.NormalizeName(p.Name)
	if err := errors.Join(emailErr, nameErr, account.CheckTimezone(p.Timezone), account.CheckPassword(p.Password.Reveal(), email)); err != nil {
		return account.User{}, err
	}
	hash, err := d.hasher.Hash(ctx, p.Password.Reveal())
	if err != nil {
		return account.User{}, err
	}
	now := d.now()
	return account.User{
		ID: engine.NewID("usr"), Email: email, Name: name, PasswordHash: hash, PasswordChangedAt: now, CreatedAt: now, Timezone: p.Timezone,
	}, nil
}

// redeem finds a link by its token and marks it as used; storing that is up to
// the caller.
func (d *Desk) redeem(ctx context.Context, token secret.Redacted, purpose account.Purpose) (account.Link, error) {
	if len(token) != secret.TokenLength {
		return account.Link{}, account.ErrLinkUnknown
	}
	link, err := d.store.LinkByHash(ctx, secret.HashToken(token.Reveal()))
	if errors.Is(err, engine.ErrNotFound) {
		return account.Link{}, account.ErrLinkUnknown
	}
	if err != nil {
		return account.Link{}, err
	}
	return link.Redeem(token, purpose, d.now())
}

// Bootstrap is what the environment names for an unattended first start.
type Bootstrap struct {
	// Email and Password belong together; "" for none.
	Email    string
	Password secret.Redacted
	// Key becomes an owner's API key of all workspaces; "" for none.
	Key secret.Redacted
}

// Bootstrap makes the first owner and the first key while no person exists;
// afterwards it does nothing. The key belongs to a service owner, who cannot
// sign in, so that with a key alone the set-up link stays valid. Doing it again,
// also after it ended half-way, does no harm.
func (d *Desk) Bootstrap(ctx context.Context, b Bootstrap) error {
	owned, err := d.store.HasOwner(ctx)
	if err != nil || owned {
		return err
	}
	if b.Key != "" {
		if err := d.bootstrapKey(ctx, b.Key); err != nil {
			return err
		}
	}
	if b.Email == "" {
		return nil
	}
	u, err := d.user(ctx, Person{Email: b.Email, Password: b.Password})
	if err != nil {
		return fmt.Errorf("BOOTSTRAP_EMAIL and BOOTSTRAP_PASSWORD: %w", err)
	}
	made, err := d.store.CreateFirstOwner(ctx, nil, u, d.everywhere(u))
	if err == nil && made {
		d.audit(ctx, account.Principal{Name: "environment"}, engine.AuditEntry{Action: "installation.set_up", ObjectKind: "user", ObjectID: u.ID})
	}
	return err
}

func (d *Desk) bootstrapKey(ctx context.Context, text secret.Redacted) error {
	u := d.service()
	k, err := account.KeyFromText(account.APIKey{
		ID: engine.NewID("key"), Name: "Bootstrap", Scopes: account.Scopes{account.All}, CreatedBy: u.ID,
	}, text, d.now())
	if err != nil {
		return fmt.Errorf("BOOTSTRAP_API_KEY: %w", err)
	}
	made, err := d.store.CreateServiceOwner(ctx, u, d.everywhere(u), k)
	if err == nil && made {
		d.audit(ctx, account.Principal{Name: "environment"}, engine.AuditEntry{Action: "api_key.created", ObjectKind: "api_key", ObjectID: k.ID})
	}
	return err
}

// service is a new user who owns what no person made.
func (d *Desk) service() account.User {
	return account.User{ID: engine.NewID("usr"), Name: "Service", CreatedAt: d.now()}
}

// everywhere gives a user an owner's rights in every workspace, those to come
// included.
func (d *Desk) everywhere(u account.User) account.Membership {
	return account.Membership{UserID: u.ID, Role: account.Owner, CreatedAt: d.now()}
}
