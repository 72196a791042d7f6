package engine

import (
	"context"
	"errors"
	"time"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

const (
	// earlierRequests bounds how many requests with the text that a Receipt looks
	// for are read.
	earlierRequests = 20
	// earlierFor is how long before the other one a request can have come.
	earlierFor = time.Hour
)

// complete looks for the request that an accepted one leaves a part to, the newest
// first. Without it the request is taken as it is, and says so. The error is the
// database's: the sender then tries again.
func (e *Engine) complete(ctx context.Context, workspace string, r *nodes.Receipt) error {
	if r.Earlier == nil || r.Verdict != nodes.Accepted && r.Verdict != nodes.Held {
		return nil
	}
	by := RequestFilter{Verdict: string(nodes.Accepted), Query: r.Earlier.Text, From: firstID("req", time.Now().Add(-earlierFor))}
	found, err := e.store.ListRequests(ctx, workspace, by, Page{Limit: earlierRequests})
	if err != nil {
		return err
	}
	for _, row := range found.Items {
		if from, err := e.senderOf(ctx, row); err != nil {
			return err
		} else if from != r.Earlier.Sender {
			continue
		}
		req, err := e.store.Request(ctx, workspace, row.ID)
		if err != nil {
			return err
		}
		if r.Earlier.Complete(nodes.RawRequest{Header: canonical(req.Header), Body: req.Body, Stored: true}) {
			r.Notes = append(r.Notes, "Completed from the request "+req.ID+", which came before.")
			return nil
		}
	}
	r.Notes = append(r.Notes, r.Earlier.Missing)
	return nil
}

// senderOf is who a request was taken for by its trigger, "" for anyone: what is
// posted to an open address must not complete what a known sender says.
func (e *Engine) senderOf(ctx context.Context, r Request) (string, error) {
	if len(r.RunIDs) == 0 {
		return "", nil
	}
	run, err := e.store.Run(ctx, r.Workspace, r.RunIDs[0])
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	input, err := value.Restore(run.Input)
	if err != nil {
		return "", nil //nolint:nilerr // erased with its contact
	}
	scope, _ := input.(map[string]any)
	name, _ := scope["sender"].(string)
	return name, nil
}
