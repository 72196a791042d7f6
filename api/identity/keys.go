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
	if k.CreatedBy == "" {
		if k.CreatedBy, err = d.service(ctx); err != nil {
			return account.APIKey{}, "", err
		}
	}
	if err := d.store.InsertAPIKey(ctx, k); err != nil {
		return account.APIKey{}, "", err
	}
	d.audit(ctx, account.Entry{
		WorkspaceID: k.WorkspaceID, Action: "api_key.created", ObjectKind: "api_key", ObjectID: k.ID,
		Detail: map[string]any{"name": k.Name, "scopes": texts(k.Scopes)}, IP: from.ip(),
	}.By(c.Principal))
	return k, text, nil
}

func texts(scopes account.Scopes) []any {
	list := make([]any, len(scopes))
	for i, s := range scopes {
		list[i] = string(s)
	}
	return list
}
