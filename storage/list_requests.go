package storage

import (
	"context"
	"strings"

	"github.com/hookloom/hookloom/engine"
)

// shortRequestColumns leave header and body out, which lists don't show.
var shortRequestColumns = strings.Replace(strings.Replace(requestColumns, "body, body_blob", "NULL, NULL", 1), "header", "NULL", 1)

// ListRequests lists requests from the newest. Header and Body are nil. A search
// looks at 2,000 requests a part.
func (s *Store) ListRequests(ctx context.Context, workspace string, by engine.RequestFilter, p engine.Page) (engine.List[engine.Request], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[engine.Request]{}, err
	}
	narrow := func() *filter {
		f := where(workspace)
		f.andIf("workflow_id = ? AND workflow_id <> ''", by.WorkflowID)
		f.andIf("trigger_id = ?", by.TriggerID)
		f.andIf("verdict = ?", by.Verdict)
		f.andIf("id >= ?", by.From)
		if by.Verdict != "" && by.Verdict != "accepted" {
			// The words of the index, which leaves the many accepted ones out.
			f.and("verdict <> 'accepted'")
		}
		return f
	}
	id := func(r requestRow) string { return r.ID }
	var rows engine.List[requestRow]
	if by.Query == "" {
		rows, err = page(on, `SELECT `+shortRequestColumns+` FROM requests`, narrow(), p, readRequest, id)
	} else {
		rows, err = search(p, func(part engine.Page) (engine.List[requestRow], error) {
			return page(on, `SELECT `+requestColumns+` FROM requests`, narrow(), part, readRequest, id)
		}, id, func(r requestRow) (bool, error) { return on.requestHas(workspace, r, by.Query) })
	}
	list := engine.List[engine.Request]{Next: rows.Next}
	for _, r := range rows.Items {
		r.Workspace, r.Header, r.Body = workspace, nil, nil
		list.Items = append(list.Items, r.Request)
	}
	return list, err
}

func (s session) requestHas(workspace string, r requestRow, text string) (bool, error) {
	if has(text, r.ID, r.Path, r.Query, r.Reason, r.IP, joinIDs(r.RunIDs), r.DuplicateOf) {
		return true, nil
	}
	body, err := s.fetch(workspace, r.Body, r.bodyRef)
	return hasBytes(text, body), err
}
