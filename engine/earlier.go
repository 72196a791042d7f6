package engine

import (
	"context"

	"github.com/hookloom/hookloom/nodes"
)

// earlierRequests bounds how many requests with the text that a Receipt looks for
// are read.
const earlierRequests = 20

// complete looks for the request that an accepted one leaves a part to, the newest
// first. Without it the request is taken as it is, and says so. The error is the
// database's: the sender then tries again.
func (e *Engine) complete(ctx context.Context, workspace string, r *nodes.Receipt) error {
	if r.Earlier == nil || r.Verdict != nodes.Accepted && r.Verdict != nodes.Held {
		return nil
	}
	found, err := e.store.ListRequests(ctx, workspace, RequestFilter{Verdict: string(nodes.Accepted), Query: r.Earlier.Text}, Page{Limit: earlierRequests})
	if err != nil {
		return err
	}
	for _, row := range found.Items {
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
