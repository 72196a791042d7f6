package storage

import (
	"context"
	"strings"

	"github.com/hookloom/hookloom/engine"
)

// mostFound bounds what a search over workspaces finds of each kind.
const mostFound = 25

// Every look-up is bounded by an index of the workspace's: of addresses, ids, or
// names, which are few and are read whole.
var (
	findContacts = qSighted(`SELECT w.id, c.id, c.email, c.name, c.updated_at FROM workspaces w
		CROSS JOIN contacts c WHERE w.deleted_at = 0 AND c.workspace_id = w.id AND c.email <> '' AND c.email >= ? AND c.email < ?`, ` ORDER BY c.email, w.id LIMIT 25`)
	findRuns = qSighted(`SELECT w.id, r.id, r.id, r.status, r.created_at FROM workspaces w
		CROSS JOIN runs r WHERE w.deleted_at = 0 AND r.workspace_id = w.id AND r.id >= ? AND r.id < ?`, ` LIMIT 25`)
	findRequests = qSighted(`SELECT w.id, r.id, r.id, r.verdict, r.received_at FROM workspaces w
		CROSS JOIN requests r WHERE w.deleted_at = 0 AND r.workspace_id = w.id AND r.id >= ? AND r.id < ?`, ` LIMIT 25`)
	findWorkflows = qSighted(`SELECT w.id, f.id, f.name, '', 0 FROM workspaces w
		CROSS JOIN workflows f WHERE w.deleted_at = 0 AND f.workspace_id = w.id AND f.deleted_at = 0 AND f.purged_at = 0`, ` LIMIT 50000`)
)

// afterAll is above every text that begins with what stands before it.
const afterAll = "\U0010FFFF"

// FindContacts finds contacts whose e-mail address begins with a text in the form
// in which addresses are kept, at most 25.
func (s *Store) FindContacts(ctx context.Context, sight engine.Sight, email string) ([]engine.Find, error) {
	return s.find(ctx, findContacts, sight, engine.FindContact, []any{email, email + afterAll}, nil)
}

// FindRuns finds runs whose id begins with a text, at most 25.
func (s *Store) FindRuns(ctx context.Context, sight engine.Sight, id string) ([]engine.Find, error) {
	return s.find(ctx, findRuns, sight, engine.FindRun, []any{id, id + afterAll}, nil)
}

// FindRequests finds requests whose id begins with a text, at most 25.
func (s *Store) FindRequests(ctx context.Context, sight engine.Sight, id string) ([]engine.Find, error) {
	return s.find(ctx, findRequests, sight, engine.FindRequest, []any{id, id + afterAll}, nil)
}

// FindWorkflows finds workflows outside of the trash with a text in their name,
// whatever its case, at most 25 of the first 50,000.
func (s *Store) FindWorkflows(ctx context.Context, sight engine.Sight, text string) ([]engine.Find, error) {
	// SQLite's own LOWER knows ASCII only.
	return s.find(ctx, findWorkflows, sight, engine.FindWorkflow, nil, func(f engine.Find) bool { return has(text, f.Label) })
}

func (s *Store) find(ctx context.Context, q sighted, sight engine.Sight, kind string, args []any, match func(engine.Find) bool) ([]engine.Find, error) {
	if sight.None() {
		return nil, nil
	}
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	var found []engine.Find
	seen := map[string]bool{}
	err = on.eachSighted(q, sight, args, func(row scanner) error {
		f := engine.Find{Kind: kind}
		var at int64
		if err := row.Scan(&f.Workspace, &f.ID, &f.Label, &f.Detail, &at); err != nil {
			return err
		}
		f.At = timeOf(at)
		f.Label = strings.TrimSpace(f.Label)
		if len(found) < mostFound && !seen[f.ID] && (match == nil || match(f)) {
			seen[f.ID] = true
			found = append(found, f)
		}
		return nil
	})
	return found, err
}
