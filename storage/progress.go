package storage

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/engine"
)

const (
	progressSet = `UPDATE runs SET status = ?, end_reason = ?, due_at = ?, ring_at = ?, cursor = ?, error = ?, started_at = ?, finished_at = ?`
	// progressContact is apart because SQLite keeps a journal of its own for a
	// statement that sets a foreign key, with a copy of each page it changes.
	progressContact = `, contact_id = ?`
	claimWhere      = `, owner = ? WHERE workspace_id = ? AND id = ? AND epoch = ?
		AND (status = 'queued' OR (status = 'running' AND owner = ?))`
	advanceWhere = ` WHERE workspace_id = ? AND id = ? AND epoch = ? AND status >= 'running' AND status <= 'running'`
)

var (
	// claimRun also takes a run that is this owner's in the same epoch: a commit
	// is repeated when its answer was lost.
	claimRun        = q(progressSet + claimWhere)
	claimRunContact = q(progressSet + progressContact + claimWhere)
	// advanceRun says "is running" in a way that does not prove the words of the
	// index runs_owner: PostgreSQL would read all running runs for each.
	advanceRun        = q(progressSet + advanceWhere)
	advanceRunContact = q(progressSet + progressContact + advanceWhere)
)

// Save commits progress of a run, see engine.Store.
func (s *Store) Save(ctx context.Context, workspace string, p engine.Progress) error {
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return err
	}
	if err := s.progress(&u.batch, workspace, p); err != nil {
		u.release()
		return err
	}
	return s.submit(u)
}

// progress adds the statements of p. The guarded update of the run comes first,
// so that a lost lease writes nothing.
func (s *Store) progress(b *batch, workspace string, p engine.Progress) error {
	if err := engine.CheckTransition(engine.Running, p.To.Status); err != nil {
		return err
	}
	to := &p.To
	due := micros(to.DueAt)
	claim, query, args := claimRun, advanceRun, make([]any, 0, 14)
	args = append(args, string(to.Status), to.EndReason, due, due, encodeList(to.Cursor), encodePointer(to.Error),
		micros(to.StartedAt), micros(to.FinishedAt))
	if to.ContactID != "" {
		claim, query, args = claimRunContact, advanceRunContact, append(args, to.ContactID)
	}
	if p.Claim != "" {
		query, args = claim, append(args, p.Claim)
	}
	args = append(args, workspace, p.Run, p.Epoch)
	if p.Claim != "" {
		args = append(args, p.Claim)
	}
	b.add(query, args...).miss = engine.ErrLost
	for i := range p.Steps {
		if p.Steps[i].Path == "" {
			return fmt.Errorf("step %q of run %s has no path", p.Steps[i].StepID, p.Run)
		}
		s.putStep(b, workspace, p.Run, &p.Steps[i])
	}
	return s.aftermath(b, workspace, &p)
}
