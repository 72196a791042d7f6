package identity

import (
	"context"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// NewKey makes an API key for a workspace. The error is about the key's name,
// scopes or expiry, or the database's; whether the caller may give these rights
// is for the caller to check before.
func (d *Desk) NewKey(ctx context.Context, c Caller, k account.APIKey, from From) (account.APIKey, secret.Redacted, error) {
	k.ID, k.CreatedBy = engine.NewID("key"), c.OwnerID
	k, text, err := account.NewAPIKey(k, d.now())
	if err != nil {
		return account.APIKey{}, "", err
	}
	if k, err = d.storeKey(ctx, k); err != nil {
		return account.APIKey{}, "", err
	}
	d.audit(ctx, c.Principal, engine.AuditEntry{
		Workspace: k.WorkspaceID, Action: "api_key.created", ObjectKind: "api_key", ObjectID: k.ID,
		Detail: map[string]any{"name": k.Name, "scopes": texts(k.Scopes)}, IP: from.ip(),
	})
	return k, text, nil
}

// storeKey stores a key; one that no user made is the service owner's, who is
// made when it is the first.
func (d *Desk) storeKey(ctx context.Context, k account.APIKey) (account.APIKey, error) {
	if k.CreatedBy != "" {
		return k, d.store.CreateAPIKey(ctx, k)
	}
	u := d.service()
	k.CreatedBy = u.ID
	made, err := d.store.CreateServiceOwner(ctx, u, d.everywhere(u), k)
	if made || err != nil {
		return k, err
	}
	if u, err = d.store.ServiceOwner(ctx); err != nil {
		return k, err
	}
	k.CreatedBy = u.ID
	return k, d.store.CreateAPIKey(ctx, k)
}

func texts(scopes account.Scopes) []any {
	list := make([]any, len(scopes))
	for i, s := range scopes {
		list[i] = string(s)
	}
	return list
}
