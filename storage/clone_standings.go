package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

// firstEvent tells of a workflow x of a clone whether something was received. What
// Prune noted is not looked for again.
const firstEvent = `CASE WHEN x.first_event_at > 0
		OR EXISTS (SELECT 1 FROM requests r WHERE r.workspace_id = x.workspace_id AND r.workflow_id = x.workflow_id AND r.workflow_id <> '')
		OR EXISTS (SELECT 1 FROM runs u WHERE u.workspace_id = x.workspace_id AND u.workflow_id = x.workflow_id AND u.workflow_id IS NOT NULL AND u.mode = 'live')
	THEN 1 ELSE 0 END`

var (
	selectReceived = q(`SELECT x.workflow_id, ` + firstEvent + ` FROM clone_workflows x WHERE x.workspace_id = ?`)
	// noteReceived remembers it before history is taken away.
	noteReceived = q(`UPDATE clone_workflows SET first_event_at = ? WHERE first_event_at = 0 AND workflow_id IN (
		SELECT x.workflow_id FROM clone_workflows x WHERE x.first_event_at = 0 AND ` + firstEvent + ` = 1)`)

	selectStandings = q(`SELECT x.workspace_id, x.clone_id, x.workflow_id, w.name, w.status, w.live_version, w.draft_hash, x.base_hash, ` + firstEvent + `
		FROM clones k JOIN clone_workflows x ON x.clone_id = k.id AND x.workspace_id = k.workspace_id
			JOIN workflows w ON w.workspace_id = x.workspace_id AND w.id = x.workflow_id
		WHERE k.template_workspace = ? AND k.template_id = ? AND k.deleted_at = 0 AND w.purged_at = 0 ORDER BY x.clone_id, x.workflow_id`)
)

// Received tells which workflows of a workspace's clones have received something.
// Workflows that are of no clone are not in it.
func (s *Store) Received(ctx context.Context, workspace string) (map[string]bool, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	received := map[string]bool{}
	return received, on.each(selectReceived, []any{workspace}, func(row scanner) error {
		var id string
		var some int
		err := row.Scan(&id, &some)
		received[id] = received[id] || some > 0
		return err
	})
}

// CloneStandings tells how each workflow of each clone of a template stands, by the
// ids of clones; it crosses workspaces, so its caller looks at who may see which. It
// is one look for all clients, however many they are.
func (s *Store) CloneStandings(ctx context.Context, templateWorkspace, templateID string) (map[string][]engine.CloneStanding, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return nil, err
	}
	standings := map[string][]engine.CloneStanding{}
	return standings, on.each(selectStandings, []any{templateWorkspace, templateID}, func(row scanner) error {
		var c engine.CloneStanding
		var clone, status string
		var received int
		err := row.Scan(&c.Workspace, &clone, &c.WorkflowID, &c.Name, &status, &c.LiveVersion, &c.DraftHash, &c.BaseHash, &received)
		c.Status, c.Received = engine.WorkflowStatus(status), received > 0
		standings[clone] = append(standings[clone], c)
		return err
	})
}
