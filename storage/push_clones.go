package storage

import (
	"context"
	"encoding/json"
	"errors"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type pushCloneRow struct {
	WorkspaceID string
	PushID      string
	CloneID     string
	Home        string
	TemplateID  string
	Position    int
	Canary      int
	State       string
	Reason      string
	Before      []byte
	After       []byte
	Conflicts   []byte
	Open        int
	Choices     []byte
	Inputs      []byte
	Removed     []byte
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
}

func (pushCloneRow) TableName() string { return "push_clones" }

func (r pushCloneRow) pushClone() (engine.PushClone, error) {
	c := engine.PushClone{
		PushID: r.PushID, CloneID: r.CloneID, Workspace: r.WorkspaceID, Home: r.Home, TemplateID: r.TemplateID, Position: r.Position,
		Canary: r.Canary != 0, State: engine.PushCloneState(r.State), Reason: r.Reason, Open: r.Open, Inputs: r.Inputs, UpdatedAt: timeOf(r.UpdatedAt),
	}
	return c, errors.Join(
		unpacked(r.Before, &c.Before), unpacked(r.After, &c.After), unpacked(r.Conflicts, &c.Conflicts),
		unpacked(r.Choices, &c.Choices), unpacked(r.Removed, &c.Removed),
	)
}

func unpacked[T any](text []byte, into *T) error {
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, into)
}

func pushCloneRowOf(c engine.PushClone) (r pushCloneRow, err error) {
	r = pushCloneRow{
		WorkspaceID: c.Workspace, PushID: c.PushID, CloneID: c.CloneID, Home: c.Home, TemplateID: c.TemplateID, Position: c.Position,
		Canary: flag(c.Canary), State: string(c.State), Reason: c.Reason, Open: c.Open, Inputs: c.Inputs, UpdatedAt: micros(c.UpdatedAt),
	}
	var errs [5]error
	if c.Before != nil {
		r.Before, errs[0] = json.Marshal(c.Before)
	}
	if c.After != nil {
		r.After, errs[1] = json.Marshal(c.After)
	}
	r.Conflicts, errs[2] = packed(c.Conflicts)
	r.Choices, errs[3] = packed(c.Choices)
	r.Removed, errs[4] = packed(c.Removed)
	return r, errors.Join(errs[:]...)
}

// heavy are the columns that lists leave out.
var heavy = []string{"before", "after", "conflicts", "choices", "inputs"}

// PushClone returns one clone of a push with everything; workspace is the
// client's.
func (s *Store) PushClone(ctx context.Context, workspace, push, clone string) (c engine.PushClone, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		c, err = onePushClone(db, workspace, push, clone)
		return err
	})
	return c, err
}

// FindPushClone is PushClone across workspaces: its caller looks at who may see
// it.
func (s *Store) FindPushClone(ctx context.Context, push, clone string) (c engine.PushClone, err error) {
	clones, err := s.pushClones(ctx, func(db *gorm.DB) *gorm.DB { return db.Where("push_id = ? AND clone_id = ?", push, clone).Limit(1) })
	if err == nil && len(clones) == 0 {
		err = errNotFound
	}
	if err != nil {
		return engine.PushClone{}, err
	}
	return clones[0], nil
}

func onePushClone(db *gorm.DB, workspace, push, clone string) (engine.PushClone, error) {
	var row pushCloneRow
	err := db.Where("workspace_id = ? AND push_id = ? AND clone_id = ?", workspace, push, clone).Take(&row).Error
	if err != nil {
		return engine.PushClone{}, translate(err)
	}
	return row.pushClone()
}

// PushClones lists the clones of a push by their turns; it crosses workspaces, so
// its caller looks at who may see which. Without states all are listed.
func (s *Store) PushClones(ctx context.Context, push string, p engine.Page, states ...engine.PushCloneState) (clones []engine.PushClone, err error) {
	return s.pushClones(ctx, func(db *gorm.DB) *gorm.DB {
		db = db.Where("push_id = ?", push).Order("position").Omit(heavy...).Limit(p.Size())
		if len(states) > 0 {
			db = db.Where("state IN ?", states)
		}
		return db
	})
}

// AllPushClones lists every clone of a push by their turns, with where it stood;
// it crosses workspaces.
func (s *Store) AllPushClones(ctx context.Context, push string) ([]engine.PushClone, error) {
	return s.pushClones(ctx, func(db *gorm.DB) *gorm.DB {
		return db.Where("push_id = ?", push).Order("position").Omit("conflicts", "choices", "inputs")
	})
}

// LastPushClones tells for each clone of a template what its last push made of
// it; it crosses workspaces.
func (s *Store) LastPushClones(ctx context.Context, home, template string) ([]engine.PushClone, error) {
	return s.pushClones(ctx, func(db *gorm.DB) *gorm.DB {
		return db.Where("home = ? AND template_id = ?", home, template).Where(lastOfClone).Omit(heavy...)
	})
}

// lastOfClone narrows push_clones to the last push of each clone.
const lastOfClone = "push_id = (SELECT MAX(l.push_id) FROM push_clones l WHERE l.clone_id = push_clones.clone_id)"

// PushesInNeed lists clones whose last push waits for a person, of templates and
// clients of a workspace; it crosses workspaces.
func (s *Store) PushesInNeed(ctx context.Context, workspace string, max int) ([]engine.PushClone, error) {
	return s.pushClones(ctx, func(db *gorm.DB) *gorm.DB {
		return db.Where("state IN ?", []engine.PushCloneState{engine.PushConflict, engine.PushNeedsInput, engine.PushEdited}).
			Where("workspace_id = ? OR home = ?", workspace, workspace).Where(lastOfClone).Order("push_id DESC, position").Omit(heavy...).Limit(max)
	})
}

// RemovalWaits tells whether a push removed a trigger and nobody has confirmed that
// yet, see engine.Watches.
func (s *Store) RemovalWaits(ctx context.Context, workspace, workflowID, triggerID string) (bool, error) {
	clones, err := s.pushClones(ctx, func(db *gorm.DB) *gorm.DB {
		return db.Select("workspace_id", "push_id", "clone_id", "removed").Where("workspace_id = ? AND removed IS NOT NULL", workspace)
	})
	for _, c := range clones {
		for _, t := range c.Removed {
			if t.WorkflowID == workflowID && t.ID == triggerID && !t.Confirmed {
				return true, err
			}
		}
	}
	return false, err
}

func (s *Store) pushClones(ctx context.Context, narrow func(*gorm.DB) *gorm.DB) (clones []engine.PushClone, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		var rows []pushCloneRow
		if err := narrow(db).Find(&rows).Error; err != nil {
			return translate(err)
		}
		clones = make([]engine.PushClone, len(rows))
		for i, r := range rows {
			if clones[i], err = r.pushClone(); err != nil {
				return err
			}
		}
		return nil
	})
	return clones, err
}

var lockPushClone = q(`SELECT position FROM push_clones WHERE workspace_id = ? AND push_id = ? AND clone_id = ? $update`)

// PushClone reads a clone of a push and locks it, see engine.PushTx.
func (t *tx) PushClone(push, clone string) (engine.PushClone, error) {
	if _, err := first(t.session, lockPushClone, []any{t.workspace, push, clone}, func(row scanner) (n int, err error) { return n, row.Scan(&n) }); err != nil {
		return engine.PushClone{}, err
	}
	return onePushClone(t.orm(), t.workspace, push, clone)
}

// UpdatePushClone stores what became of a clone, see engine.PushTx.
func (t *tx) UpdatePushClone(c *engine.PushClone) error {
	c.UpdatedAt = t.at
	row, err := pushCloneRowOf(*c)
	if err != nil {
		return err
	}
	return translate(changed(t.orm().Model(&pushCloneRow{}).
		Where("workspace_id = ? AND push_id = ? AND clone_id = ?", t.workspace, c.PushID, c.CloneID).
		Select("state", "reason", "before", "after", "conflicts", "open", "choices", "inputs", "removed", "updated_at").Updates(row)))
}

var dropHeld = q(`UPDATE requests SET verdict = 'filtered' WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND verdict = 'held' AND run_ids = ''`)

// DropHeld gives kept requests of a trigger up, see engine.PushTx.
func (t *tx) DropHeld(workflowID, triggerID string) (int, error) {
	n, err := t.exec(dropHeld, t.workspace, workflowID, triggerID)
	return int(n), err
}
