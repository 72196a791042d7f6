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

const requestColumns = `id, trigger_id, reason, fields, method, path, query, header, content_type, body, body_blob,
	size, ip, test, notes, received_at, count, verdict, status, run_ids, duplicate_of, workflow_id`

var (
	// claimKey takes a dedupe key that is free or whose time is over.
	claimKey = q(`INSERT INTO dedupe_keys (workspace_id, key, request_id, expires_at)
		SELECT ?, ?, ?, ? FROM workflows WHERE workspace_id = ? AND id = ? AND stamp = ?
		ON CONFLICT (workspace_id, key) DO UPDATE SET request_id = excluded.request_id, expires_at = excluded.expires_at
		WHERE dedupe_keys.expires_at <= ?`)

	// insertRequest stores a request while its workflow is as it was judged by.
	// For SQLite a workflow that is not leaves the NULL that IGNORE passes over:
	// INSERT with VALUES needs no journal of its own, which saves a tenth.
	insertRequest = &query{
		lite: `INSERT OR IGNORE INTO requests (workspace_id, ` + requestColumns + `)
			VALUES (` + marks(22) + `, (SELECT id FROM workflows WHERE workspace_id = ? AND id = ? AND stamp = ?))`,
		post: numbered(`INSERT INTO requests (workspace_id, ` + requestColumns + `)
			SELECT ` + marks(22) + `, id FROM workflows WHERE workspace_id = ? AND id = ? AND stamp = ?`),
	}

	// insertKeyedRequest also makes it a duplicate when its key is another
	// request's.
	insertKeyedRequest = q(`INSERT INTO requests (workspace_id, ` + requestColumns + `)
		SELECT ` + marks(18) + `,
			CASE WHEN d.request_id = ? THEN ? ELSE 'duplicate' END,
			CASE WHEN d.request_id = ? THEN ? ELSE 200 END,
			CASE WHEN d.request_id = ? THEN ? ELSE '' END,
			CASE WHEN d.request_id = ? THEN '' ELSE d.request_id END, w.id
		FROM workflows w JOIN dedupe_keys d ON d.workspace_id = w.workspace_id AND d.key = ?
		WHERE w.workspace_id = ? AND w.id = ? AND w.stamp = ?`)

	selectFirstRequest = q(`SELECT d.duplicate_of, COALESCE(r.run_ids, '') FROM requests d
		LEFT JOIN requests r ON r.workspace_id = d.workspace_id AND r.id = d.duplicate_of WHERE d.workspace_id = ? AND d.id = ?`)
)

// Accept commits a judged request with the run that it starts, see
// engine.Store.
func (s *Store) Accept(ctx context.Context, a engine.Acceptance) (engine.Accepted, error) {
	workspace := a.Request.Workspace
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return engine.Accepted{}, err
	}
	repeated := false
	if err := s.accept(&u.batch, &a, &repeated); err != nil {
		u.release()
		return engine.Accepted{}, err
	}
	if err := s.submit(u); err != nil {
		return engine.Accepted{}, err
	}
	if !repeated {
		return engine.Accepted{RunIDs: a.Request.RunIDs}, nil
	}
	on, err := s.read(context.WithoutCancel(ctx), workspace)
	if err != nil {
		return engine.Accepted{}, err
	}
	return on.firstOf(workspace, a.Request.ID)
}

// Accept is Store.Accept inside this transaction.
func (t *tx) Accept(a engine.Acceptance) (engine.Accepted, error) {
	if a.Request.Workspace != t.workspace {
		return engine.Accepted{}, errors.New("the request is of another workspace")
	}
	var b batch
	repeated := false
	if err := t.store.accept(&b, &a, &repeated); err != nil {
		return engine.Accepted{}, err
	}
	if _, err := t.apply(&b); err != nil {
		return engine.Accepted{}, err
	}
	if !repeated {
		return engine.Accepted{RunIDs: a.Request.RunIDs}, nil
	}
	return t.firstOf(t.workspace, a.Request.ID)
}

// claims reports whether a verdict takes the request's dedupe key. What is
// filtered has one only when it is a reply, which counts once.
func claims(v nodes.Verdict) bool {
	return v == nodes.Accepted || v == nodes.Held || v == nodes.Filtered
}

// accept adds the statements of a: the claim of the key, the request unless the
// workflow changed meanwhile, and the run unless the request is a duplicate.
// repeated is set when the key is another request's.
func (s *Store) accept(b *batch, a *engine.Acceptance, repeated *bool) error {
	r := &a.Request
	if err := check(a); err != nil {
		return err
	}
	if a.Run != nil {
		r.RunIDs = []string{a.Run.ID}
	}
	s.share(b, r.Workspace, r.WorkflowID)
	received := micros(r.ReceivedAt)
	body, bodyRef := s.put(b, r.Workspace, r.Body, received)
	args := make([]any, 0, 34)
	args = append(args, r.Workspace, r.ID, r.TriggerID, r.Reason, encodeList(r.Fields), r.Method, r.Path, r.Query,
		encodeMap(r.Header), r.ContentType, body, bodyRef, r.Size, r.IP, r.Test, encodeList(r.Notes), received, max(r.Count, 1))
	keyed := a.DedupeKey != "" && claims(r.Verdict)
	if keyed {
		key := dedupeKey(r.WorkflowID, r.TriggerID, a.DedupeKey)
		claim := b.add(claimKey, r.Workspace, key, r.ID, micros(a.DedupeUntil), r.Workspace, r.WorkflowID, a.Stamp, received)
		claim.lock, claim.missed = key, repeated
		args = append(args, r.ID, string(r.Verdict), r.ID, r.Status, r.ID, joinIDs(r.RunIDs), r.ID,
			key, r.Workspace, r.WorkflowID, a.Stamp)
		b.add(insertKeyedRequest, args...).miss = engine.ErrStale
	} else {
		args = append(args, string(r.Verdict), r.Status, joinIDs(r.RunIDs), r.DuplicateOf, r.Workspace, r.WorkflowID, a.Stamp)
		b.add(insertRequest, args...).miss = engine.ErrStale
	}
	if a.Run == nil {
		return nil
	}
	run := *a.Run
	if a.First != nil {
		advance(&run, a.First)
	}
	// Without a key the request is stored, or nothing of the unit is.
	step := insertStep
	if keyed {
		s.insertRun(b, insertRunOfRequest, &run, r.Body, r.Workspace, r.ID)
		step = insertStepOfRun
	} else {
		s.insertRun(b, insertRun, &run, r.Body)
	}
	if a.First != nil {
		for i := range a.First.Steps {
			s.insertStep(b, step, r.Workspace, run.ID, &a.First.Steps[i])
		}
		return s.aftermath(b, r.Workspace, a.First)
	}
	return nil
}

// check refuses an acceptance whose parts do not belong together.
func check(a *engine.Acceptance) error {
	switch run, first := a.Run, a.First; {
	case run == nil && first != nil:
		return errors.New("progress of no run")
	case run == nil:
		return nil
	case run.Workspace != a.Request.Workspace:
		return errors.New("the run of a request is of another workspace")
	case first == nil:
		return nil
	case first.Run != run.ID || first.Epoch != run.Epoch:
		return errors.New("the progress is another run's")
	case first.Claim == "":
		return errors.New("the progress claims nothing")
	default:
		return engine.CheckTransition(engine.Running, first.To.Status)
	}
}

// advance gives a run that is not stored yet the state that its first progress
// leads to.
func advance(run *engine.Run, p *engine.Progress) {
	to := &p.To
	run.Owner, run.Status, run.EndReason, run.Cursor, run.Error = p.Claim, to.Status, to.EndReason, to.Cursor, to.Error
	run.DueAt, run.StartedAt, run.FinishedAt = to.DueAt, to.StartedAt, to.FinishedAt
	if to.ContactID != "" {
		run.ContactID = to.ContactID
	}
}

// firstOf is the answer to a duplicate: what the first request was answered. Its
// row may have ended with its retention; the key outlives it.
func (s session) firstOf(workspace, requestID string) (engine.Accepted, error) {
	return first(s, selectFirstRequest, []any{workspace, requestID}, func(row scanner) (a engine.Accepted, err error) {
		var ids string
		err = row.Scan(&a.DuplicateOf, &ids)
		a.RunIDs = splitIDs(ids)
		return a, err
	})
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
