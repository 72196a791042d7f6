package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/storage"
)

// firstWorkspace makes the workspace "main" when there is none at all, so that a
// new installation can be used at once. Several servers may start together: the
// slug is unique, and the one that comes second finds it taken.
func firstWorkspace(ctx context.Context, store *storage.Store) error {
	there, err := store.ListWorkspaces(ctx, nil, engine.Page{Limit: 1})
	if err != nil || len(there.Items) > 0 {
		return err
	}
	err = store.CreateWorkspace(ctx, &crm.Workspace{Name: "Main", Slug: "main", Timezone: "UTC", Locale: "en"})
	var taken *crm.Conflict
	if err != nil && !errors.As(err, &taken) {
		return fmt.Errorf("make the first workspace: %w", err)
	}
	return nil
}
