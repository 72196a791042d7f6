package storage

import (
	"bytes"
	"errors"
	"slices"
)

// cutLimit is the size in bytes from which a request's body is worth finding
// again in the input of its run.
const cutLimit = 64

// cutBody takes the request's body out of the input that its run begins with,
// so that a payload is written once. at is the place where it was, counted from
// 1; 0 means that it is not in there letter by letter and rest is the input.
func cutBody(input, body []byte) (rest []byte, at int) {
	if len(body) < cutLimit {
		return input, 0
	}
	i := bytes.Index(input, body)
	if i < 0 {
		return input, 0
	}
	return slices.Concat(input[:i], input[i+len(body):]), i + 1
}

var selectBody = q(`SELECT body, body_blob FROM requests WHERE workspace_id = ? AND id = ?`)

// input is what a run began with; nil when it, or its request, was erased.
func (s session) input(workspace string, r *runRow) ([]byte, error) {
	rest, err := s.fetch(workspace, r.Input, r.inputRef)
	if err != nil || r.bodyAt == 0 {
		return rest, err
	}
	type columns struct{ inline, ref []byte }
	stored, err := first(s, selectBody, []any{workspace, r.RequestID}, func(row scanner) (c columns, err error) {
		return c, row.Scan(&c.inline, &c.ref)
	})
	if errors.Is(err, errNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	body, err := s.fetch(workspace, stored.inline, stored.ref)
	if err != nil || body == nil {
		return nil, err
	}
	return slices.Concat(rest[:r.bodyAt-1], body, rest[r.bodyAt-1:]), nil
}
