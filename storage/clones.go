package storage

import (
	"context"
	"slices"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type cloneRow struct {
	WorkspaceID       string
	ID                string
	TemplateWorkspace string
	TemplateID        string
	Version           int
	Inputs            []byte
	State             string
	Reason            string
	CreatedBy         string
	CreatedAt         int64 `gorm:"autoCreateTime:false"`
	UpdatedAt         int64 `gorm:"autoUpdateTime:false"`
	DeletedAt         int64
}

func (cloneRow) TableName() string { return "clones" }

func (r cloneRow) clone() engine.Clone {
	return engine.Clone{
		ID: r.ID, Workspace: r.WorkspaceID, TemplateWorkspace: r.TemplateWorkspace, TemplateID: r.TemplateID, Version: r.Version,
		Inputs: r.Inputs, State: engine.CloneState(r.State), Reason: r.Reason, CreatedBy: r.CreatedBy,
		CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}
}

type cloneWorkflowRow struct {
	WorkspaceID  string
	CloneID      string
	Key          string
	WorkflowID   string
	BaseHash     string
	FirstEventAt int64
}

func (cloneWorkflowRow) TableName() string { return "clone_workflows" }

// withWorkflows fills the workflows of clones in, in the order of their ids, which
// is that of the file.
func withWorkflows(db *gorm.DB, clones []engine.Clone) error {
	at := make(map[string]*engine.Clone, len(clones))
	ids := make([]string, len(clones))
	for i := range clones {
		at[clones[i].ID], ids[i] = &clones[i], clones[i].ID
	}
	for part := range slices.Chunk(ids, maxIn) {
		var rows []cloneWorkflowRow
		if err := db.Where("clone_id IN ?", part).Order("workflow_id").Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			c := at[r.CloneID]
			if c.Workspace == r.WorkspaceID {
				c.Workflows = append(c.Workflows, engine.CloneWorkflow{Key: r.Key, WorkflowID: r.WorkflowID, BaseHash: r.BaseHash, FirstEventAt: timeOf(r.FirstEventAt)})
			}
		}
	}
	return nil
}

func clonesBy(db *gorm.DB, order string, limit int, condition string, args ...any) ([]engine.Clone, error) {
	var rows []cloneRow
	if err := db.Where("deleted_at = 0").Where(condition, args...).Order(order).Limit(limit).Find(&rows).Error; err != nil {
		return nil, translate(err)
	}
	clones := make([]engine.Clone, len(rows))
	for i, r := range rows {
		clones[i] = r.clone()
	}
	return clones, translate(withWorkflows(db.Session(&gorm.Session{NewDB: true}), clones))
}

// Clone returns a clone by its id.
func (s *Store) Clone(ctx context.Context, workspace, id string) (c engine.Clone, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		c, err = oneClone(db, "workspace_id = ? AND id = ?", workspace, id)
		return err
	})
	return c, err
}

func oneClone(db *gorm.DB, condition string, args ...any) (engine.Clone, error) {
	clones, err := clonesBy(db, "id", 1, condition, args...)
	if err == nil && len(clones) == 0 {
		err = errNotFound
	}
	if err != nil {
		return engine.Clone{}, err
	}
	return clones[0], nil
}

// TemplateClones lists the clones of a template in all workspaces, oldest first:
// it crosses workspaces, so its caller looks at who may see which.
func (s *Store) TemplateClones(ctx context.Context, by engine.CloneFilter, p engine.Page) (list engine.List[engine.Clone], err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		clones, err := clonesBy(db, "id", p.Size()+1, "template_workspace = ? AND template_id = ? AND id > ?", by.TemplateWorkspace, by.TemplateID, p.Cursor)
		list = cut(clones, p.Size(), func(c engine.Clone) string { return c.ID })
		return err
	})
	return list, err
}

// maxClones is how many clones of a template one workspace is asked for.
const maxClones = 1000

// Clone reads a clone and locks it until the commit, see engine.CloneTx.
func (t *tx) Clone(id string) (engine.Clone, error) {
	if _, err := first(t.session, lockClone, []any{t.workspace, id}, func(row scanner) (n int, err error) { return n, row.Scan(&n) }); err != nil {
		return engine.Clone{}, err
	}
	return oneClone(t.orm(), "workspace_id = ? AND id = ?", t.workspace, id)
}

// ClonesOf returns the clones of a template in this workspace and has others who ask
// for them wait until the commit, see engine.CloneTx. What is not there yet has no row
// that could be locked.
func (t *tx) ClonesOf(templateWorkspace, templateID string) ([]engine.Clone, error) {
	if t.store.postgres {
		lock := lockNumber(t.workspace, templateWorkspace, templateID)
		if err := t.each(takeLock, []any{lock}, func(scanner) error { return nil }); err != nil {
			return nil, err
		}
	}
	return clonesBy(t.orm(), "id", maxClones, "workspace_id = ? AND template_workspace = ? AND template_id = ?", t.workspace, templateWorkspace, templateID)
}

// InsertClone stores a new clone, see engine.CloneTx.
func (t *tx) InsertClone(c *engine.Clone) error {
	c.Workspace, c.CreatedAt, c.UpdatedAt = t.workspace, t.at, t.at
	err := create(t, &cloneRow{
		t.workspace, c.ID, c.TemplateWorkspace, c.TemplateID, c.Version, c.Inputs, string(c.State), c.Reason, c.CreatedBy,
		micros(t.at), micros(t.at), 0,
	})
	if err != nil {
		return err
	}
	return t.putCloneWorkflows(c)
}

func (t *tx) putCloneWorkflows(c *engine.Clone) error {
	for _, w := range c.Workflows {
		if _, err := t.exec(putCloneWorkflow, t.workspace, c.ID, w.Key, w.WorkflowID, w.BaseHash, micros(w.FirstEventAt)); err != nil {
			return err
		}
	}
	return nil
}

// UpdateClone stores what may change of a clone, see engine.CloneTx.
func (t *tx) UpdateClone(c *engine.Clone) error {
	c.UpdatedAt = t.at
	err := changed(t.orm().Model(&cloneRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", t.workspace, c.ID).Updates(map[string]any{
		"version": c.Version, "inputs": c.Inputs, "state": string(c.State), "reason": c.Reason, "updated_at": micros(t.at),
	}))
	if err != nil {
		return translate(err)
	}
	keys := []string{""} // IN takes no empty list; no workflow has this key
	for _, w := range c.Workflows {
		keys = append(keys, w.Key)
	}
	gone := t.orm().Where("workspace_id = ? AND clone_id = ? AND key NOT IN ?", t.workspace, c.ID, keys).Delete(&cloneWorkflowRow{})
	if gone.Error != nil {
		return translate(gone.Error)
	}
	return t.putCloneWorkflows(c)
}

var (
	lockClone        = q(`SELECT version FROM clones WHERE workspace_id = ? AND id = ? AND deleted_at = 0 $update`)
	putCloneWorkflow = q(`INSERT INTO clone_workflows (workspace_id, clone_id, key, workflow_id, base_hash, first_event_at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, clone_id, key) DO UPDATE SET workflow_id = excluded.workflow_id, base_hash = excluded.base_hash`)
)
