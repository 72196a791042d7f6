package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

// firstEvent tells of a workflow x of a clone whether something was received. What was
// noted once is not looked for again.
const firstEvent = `CASE WHEN x.first_event_at > 0
		OR EXISTS (SELECT 1 FROM requests r WHERE r.workspace_id = x.workspace_id AND r.workflow_id = x.workflow_id AND r.workflow_id <> '')
		OR EXISTS (SELECT 1 FROM runs u WHERE u.workspace_id = x.workspace_id AND u.workflow_id = x.workflow_id AND u.workflow_id IS NOT NULL AND u.mode = 'live')
	THEN 1 ELSE 0 END`

var (
	selectReceived = q(`SELECT x.workflow_id, x.first_event_at, ` + firstEvent + ` FROM clone_workflows x WHERE x.workspace_id = ?`)
	noteReceived   = qIn(`UPDATE clone_workflows SET first_event_at = ? WHERE workspace_id = ? AND first_event_at = 0 AND workflow_id IN`, ``)

	selectStandings = q(`SELECT x.workspace_id, x.clone_id, x.workflow_id, w.name, w.status, w.live_version, w.draft_hash, x.base_hash, x.first_event_at, ` + firstEvent + `
		FROM clones k JOIN clone_workflows x ON x.clone_id = k.id AND x.workspace_id = k.workspace_id
			JOIN workflows w ON w.workspace_id = x.workspace_id AND w.id = x.workflow_id
		WHERE k.template_workspace = ? AND k.template_id = ? AND k.deleted_at = 0 AND w.purged_at = 0 ORDER BY x.clone_id, x.workflow_id`)
)

// Received tells which workflows of a workspace's clones have received something,
// and notes it for those that it finds out about now, since history does not stay.
// Workflows that are of no clone are not in it.
func (s *Store) Received(ctx context.Context, workspace string) (map[string]bool, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	received := map[string]bool{}
	var fresh []string
	err = on.each(selectReceived, []any{workspace}, func(row scanner) error {
		var id string
		var first int64
		var now int
		if err := row.Scan(&id, &first, &now); err != nil {
			return err
		}
		if received[id] = received[id] || now > 0; first == 0 && now > 0 {
			fresh = append(fresh, id)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return received, s.noteReceived(ctx, workspace, fresh)
}

func (s *Store) noteReceived(ctx context.Context, workspace string, workflows []string) error {
	if len(workflows) == 0 {
		return nil
	}
	return s.within(ctx, workspace, func(t *tx) error {
		return t.execIn(noteReceived, []any{micros(t.at), workspace}, workflows)
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
	standings, fresh := map[string][]engine.CloneStanding{}, map[string][]string{}
	err = on.each(selectStandings, []any{templateWorkspace, templateID}, func(row scanner) error {
		var c engine.CloneStanding
		var clone, status string
		var first int64
		var now int
		err := row.Scan(&c.Workspace, &clone, &c.WorkflowID, &c.Name, &status, &c.LiveVersion, &c.DraftHash, &c.BaseHash, &first, &now)
		c.Status, c.Received = engine.WorkflowStatus(status), now > 0
		if standings[clone] = append(standings[clone], c); first == 0 && now > 0 {
			fresh[c.Workspace] = append(fresh[c.Workspace], c.WorkflowID)
		}
		return err
	})
	for workspace, workflows := range fresh {
		if err == nil {
			err = s.noteReceived(ctx, workspace, workflows)
		}
	}
	return standings, err
}
