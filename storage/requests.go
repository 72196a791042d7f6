package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

const selectRequests = `SELECT ` + requestColumns + ` FROM requests WHERE workspace_id = ?`

var selectRequest = q(selectRequests + ` AND id = ?`)

// requestRow is a request whose body is not fetched yet.
type requestRow struct {
	engine.Request
	bodyRef []byte
}

func readRequest(row scanner) (r requestRow, err error) {
	var verdict, runs string
	var fields, header, notes []byte
	var received int64
	err = row.Scan(&r.ID, &r.TriggerID, &r.Reason, &fields, &r.Method, &r.Path, &r.Query, &header, &r.ContentType,
		&r.Body, &r.bodyRef, &r.Size, &r.IP, &r.Test, &notes, &received, &r.Count, &verdict, &r.Status, &runs, &r.DuplicateOf, &r.WorkflowID)
	if err != nil {
		return r, err
	}
	r.Verdict, r.RunIDs, r.ReceivedAt = nodes.Verdict(verdict), splitIDs(runs), timeOf(received)
	for _, part := range []struct {
		text []byte
		dst  any
	}{{fields, &r.Fields}, {header, &r.Header}, {notes, &r.Notes}} {
		if err := decode(part.text, part.dst); err != nil {
			return r, err
		}
	}
	return r, nil
}

// requests fetches the bodies of rows that were read before.
func (s session) requests(workspace string, rows []requestRow) ([]engine.Request, error) {
	list := make([]engine.Request, len(rows))
	for i := range rows {
		body, err := s.fetch(workspace, rows[i].Body, rows[i].bodyRef)
		if err != nil {
			return nil, err
		}
		list[i] = rows[i].Request
		list[i].Workspace, list[i].Body = workspace, body
	}
	return list, nil
}

// Request returns a stored request with its body, see engine.Journal.
func (s *Store) Request(ctx context.Context, workspace, id string) (engine.Request, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Request{}, err
	}
	row, err := first(on, selectRequest, []any{workspace, id}, readRequest)
	if err != nil {
		return engine.Request{}, err
	}
	list, err := on.requests(workspace, []requestRow{row})
	if err != nil {
		return engine.Request{}, err
	}
	return list[0], nil
}
