package rest

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

// Recorder changes what workflows listen to.
type Recorder struct {
	// Store changes a workspace in one transaction, see engine.Store.
	Store interface {
		Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error
	}
	// Wake has the workflows look at new events.
	Wake func()
	// Live tells open pages.
	Live engine.Live
}

// Record changes the workspace of the request in one transaction and wakes the
// workflows that listen. do may set contactID, whose page is told of it.
func (r Recorder) Record(ctx context.Context, contactID *string, do func(tx engine.Tx) error) error {
	ws := WorkspaceOf(ctx).ID
	if err := r.Store.Do(ctx, ws, do); err != nil {
		return err
	}
	r.Wake()
	r.Live.Publish(engine.Change{Workspace: ws, Kind: engine.ChangeContact, ID: *contactID})
	return nil
}
