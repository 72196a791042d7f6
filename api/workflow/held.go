package workflow

import (
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// heldView is one thing that waits for a publish or resume.
type heldView struct {
	Kind      string    `json:"kind" enum:"request,run" doc:"request: came before the first publish; run: came while paused"`
	ID        string    `json:"id"`
	RequestID *string   `json:"request_id" doc:"The request that a run answers"`
	TriggerID string    `json:"trigger_id"`
	At        time.Time `json:"at"`
	Preview   string    `json:"preview" doc:"The beginning of the data"`
}

type heldAnswer struct {
	Count int        `json:"count" doc:"How many there are, counted up to 10,000"`
	Items []heldView `json:"items" nullable:"false" doc:"Newest first, at most 100"`
}

// maxHeldShown is how many held things are listed; a person decides about all at
// once.
const maxHeldShown = 100

func (a *API) listHeld(ctx context.Context, in *rest.ByID) (*rest.One[heldAnswer], error) {
	ws := rest.WorkspaceOf(ctx).ID
	w, err := a.Store.WorkflowInfo(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	out := heldAnswer{Count: w.Held, Items: []heldView{}}
	runs, err := a.Store.ListRuns(ctx, ws, engine.RunFilter{WorkflowID: in.ID, Status: engine.Held}, engine.Page{Limit: maxHeldShown})
	if err != nil {
		return nil, err
	}
	for _, r := range runs.Items {
		full, err := a.Store.Run(ctx, ws, r.ID)
		if err != nil {
			return nil, err
		}
		var scope struct {
			Body json.RawMessage `json:"body"`
		}
		_ = json.Unmarshal(full.Input, &scope) // events have no body
		out.Items = append(out.Items, heldView{"run", r.ID, rest.Text(r.RequestID), r.Trigger, rest.Stamp(r.CreatedAt), beginning(scope.Body)})
	}
	p := engine.Page{Limit: maxHeldShown}
	for len(out.Items) < maxHeldShown {
		rows, err := a.Store.ListRequests(ctx, ws, engine.RequestFilter{WorkflowID: in.ID, Verdict: "held"}, p)
		if err != nil {
			return nil, err
		}
		for _, r := range rows.Items {
			if len(r.RunIDs) > 0 || len(out.Items) >= maxHeldShown {
				continue
			}
			full, err := a.Store.Request(ctx, ws, r.ID)
			if err != nil {
				return nil, err
			}
			out.Items = append(out.Items, heldView{"request", r.ID, nil, r.TriggerID, rest.Stamp(r.ReceivedAt), beginning(full.Body)})
		}
		if p.Cursor = rows.Next; p.Cursor == "" {
			break
		}
	}
	return &rest.One[heldAnswer]{Body: out}, nil
}

// beginning is as much of a body as fits into a line.
func beginning(body []byte) string {
	const most = 160
	if !utf8.Valid(body) {
		return "(binary data)"
	}
	line := strings.Join(strings.Fields(string(body[:min(len(body), 4*most)])), " ")
	if len(line) <= most {
		return strings.ToValidUTF8(line, "")
	}
	return strings.ToValidUTF8(line[:most], "") + "…"
}
