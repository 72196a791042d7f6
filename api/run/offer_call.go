package run

import (
	"context"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sale"
)

// getOfferCall shows a call of an offer's address as a request, for who comes from
// its run.
func (a *API) getOfferCall(ctx context.Context, in *rest.ByID) (*rest.One[requestDetail], error) {
	c, err := a.Store.OfferCall(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	shown := sale.ShownOfferCall(c)
	v := requestDetail{Headers: map[string][]string{}, Body: &bodyView{Kind: "json", Value: shown.Params}}
	v.RequestView = RequestView{
		ID: c.ID, Verdict: c.Verdict, Reason: c.Reason, Fields: shown.Errors, Method: c.Method, Path: "/" + c.Action, ContentType: c.ContentType,
		Size: c.Size, IP: c.IP, Status: c.Status, RunIDs: []string{}, DuplicateOf: shown.DuplicateOf, Notes: []string{}, Count: 1, ReceivedAt: shown.CreatedAt,
	}
	if c.RunID != "" {
		v.RunIDs = []string{c.RunID}
	}
	if c.Old {
		v.Notes = []string{"Sent to the old address, which ends soon: give the sender the new one."}
	}
	return &rest.One[requestDetail]{Body: v}, nil
}
