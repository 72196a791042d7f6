package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

const requestColumns = `id, workflow_id, trigger_id, reason, fields, method, path, query, header, content_type, body, body_blob,
	size, ip, test, notes, received_at, count, verdict, status, run_ids, duplicate_of`

var (
	// claimKey takes a dedupe key that is free or whose time is over.
	claimKey = q(`INSERT INTO dedupe_keys (workspace_id, key, request_id, expires_at)
		SELECT ?, ?, ?, ? FROM workflows WHERE workspace_id = ? AND id = ? AND stamp = ?
		ON CONFLICT (workspace_id, key) DO UPDATE SET request_id = excluded.request_id, expires_at = excluded.expires_at
		WHERE dedupe_keys.expires_at <= ?`)

	// insertRequest stores a request while its workflow is as it was judged by.
	insertRequest = q(`INSERT INTO requests (workspace_id, ` + requestColumns + `)
		SELECT ` + marks(23) + ` FROM workflows WHERE workspace_id = ? AND id = ? AND stamp = ?`)

	// insertKeyedRequest also makes it a duplicate when its key is another
	// request's.
	insertKeyedRequest = q(`INSERT INTO requests (workspace_id, ` + requestColumns + `)
		SELECT ` + marks(19) + `,
			CASE WHEN d.request_id = ? THEN ? ELSE 'duplicate' END,
			CASE WHEN d.request_id = ? THEN ? ELSE 200 END,
			CASE WHEN d.request_id = ? THEN ? ELSE '' END,
			CASE WHEN d.request_id = ? THEN '' ELSE d.request_id END
		FROM workflows w JOIN dedupe_keys d ON d.workspace_id = w.workspace_id AND d.key = ?
		WHERE w.workspace_id = ? AND w.id = ? AND w.stamp = ?
		RETURNING duplicate_of`)

	selectRunsOfRequest = q(`SELECT run_ids FROM requests WHERE workspace_id = ? AND id = ?`)
)

// Accept commits a judged request with the run that it starts, see
// engine.Store.
func (s *Store) Accept(ctx context.Context, a engine.Acceptance) (engine.Accepted, error) {
	workspace := a.Request.Workspace
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return engine.Accepted{}, err
	}
	var duplicateOf string
	if err := s.accept(&u.batch, &a, &duplicateOf); err != nil {
		u.release()
		return engine.Accepted{}, err
	}
	if err := s.submit(u); err != nil {
		return engine.Accepted{}, err
	}
	if duplicateOf == "" {
		return engine.Accepted{RunIDs: a.Request.RunIDs}, nil
	}
	return s.repeated(ctx, workspace, duplicateOf)
}

// claims reports whether a verdict takes the request's dedupe key.
func claims(v nodes.Verdict) bool { return v == nodes.Accepted || v == nodes.Held }

// accept adds the statements of a: the claim of the key, the request unless the
// workflow changed meanwhile, and the run unless the request is a duplicate.
func (s *Store) accept(b *batch, a *engine.Acceptance, duplicateOf *string) error {
	r := &a.Request
	if a.Run != nil {
		if a.Run.Workspace != r.Workspace {
			return errors.New("the run of a request is of another workspace")
		}
		r.RunIDs = []string{a.Run.ID}
	}
	s.share(b, r.Workspace, r.WorkflowID)
	received := micros(r.ReceivedAt)
	body, bodyRef := s.put(b, r.Workspace, r.Body, received)
	args := make([]any, 0, 36)
	args = append(args, r.Workspace, r.ID, r.WorkflowID, r.TriggerID, r.Reason, encodeList(r.Fields), r.Method, r.Path, r.Query,
		encodeMap(r.Header), r.ContentType, body, bodyRef, r.Size, r.IP, r.Test, encodeList(r.Notes), received, max(r.Count, 1))
	if a.DedupeKey == "" || !claims(r.Verdict) {
		args = append(args, string(r.Verdict), r.Status, joinIDs(r.RunIDs), r.DuplicateOf, r.Workspace, r.WorkflowID, a.Stamp)
		b.add(insertRequest, args...).miss = engine.ErrStale
	} else {
		key := dedupeKey(r.WorkflowID, r.TriggerID, a.DedupeKey)
		b.add(claimKey, r.Workspace, key, r.ID, micros(a.DedupeUntil), r.Workspace, r.WorkflowID, a.Stamp, received).lock = key
		args = append(args, r.ID, string(r.Verdict), r.ID, r.Status, r.ID, joinIDs(r.RunIDs), r.ID,
			key, r.Workspace, r.WorkflowID, a.Stamp)
		st := b.add(insertKeyedRequest, args...)
		st.miss = engine.ErrStale
		st.read = func(row scanner) error { return row.Scan(duplicateOf) }
	}
	if a.Run != nil {
		s.insertRun(b, insertRunOfRequest, a.Run, r.Workspace, r.ID)
	}
	return nil
}

// repeated is the answer to a duplicate: what the first request was answered.
// Its row may have ended with its retention; the key outlives it.
func (s *Store) repeated(ctx context.Context, workspace, first string) (engine.Accepted, error) {
	on, err := s.read(context.WithoutCancel(ctx), workspace)
	if err != nil {
		return engine.Accepted{}, err
	}
	accepted := engine.Accepted{DuplicateOf: first}
	err = on.one(selectRunsOfRequest, []any{workspace, first}, func(row scanner) error {
		var ids string
		if err := row.Scan(&ids); err != nil {
			return err
		}
		accepted.RunIDs = splitIDs(ids)
		return nil
	})
	if errors.Is(err, errNotFound) {
		err = nil
	}
	return accepted, err
}

// dedupeKey keeps keys of any length and content apart by trigger, in 32 bytes.
func dedupeKey(workflow, trigger, key string) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%s\x00%s\x00%s", workflow, trigger, key)
	return h.Sum(nil)
}

// joinIDs stores a short list of ids in a text column; ids hold no comma.
func joinIDs(ids []string) string { return strings.Join(ids, ",") }

func splitIDs(text string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, ",")
}
