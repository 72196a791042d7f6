package storage

import (
	"context"
	"encoding/json"
	"time"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type pushRow struct {
	WorkspaceID    string
	ID             string
	TemplateID     string
	Version        int
	State          string
	Reason         string
	CanaryClones   int
	CanaryRuns     int
	CanaryIncrease int
	Passed         int
	Owner          string
	LeasedUntil    int64
	CreatedBy      string
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	UpdatedAt      int64 `gorm:"autoUpdateTime:false"`
	FinishedAt     int64
}

func (pushRow) TableName() string { return "pushes" }

func (r pushRow) push() (engine.Push, error) {
	return engine.Push{
		ID: r.ID, Workspace: r.WorkspaceID, TemplateID: r.TemplateID, Version: r.Version, State: engine.PushState(r.State), Reason: r.Reason,
		Canary: engine.Canary{Clones: r.CanaryClones, Runs: r.CanaryRuns, Increase: r.CanaryIncrease}, Passed: r.Passed != 0,
		CreatedBy: r.CreatedBy, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt), FinishedAt: timeOf(r.FinishedAt),
	}, nil
}

// CreatePush stores a push with its clones, which stand in any workspaces, and
// fills times in. An *engine.StateError while another push of the template goes
// on.
func (s *Store) CreatePush(ctx context.Context, p *engine.Push, clones []engine.PushClone) error {
	return s.change(ctx, p.Workspace, func(t *tx, db *gorm.DB) error {
		// Who locks the template first goes first.
		if _, err := t.Template(p.TemplateID); err != nil {
			return err
		}
		var open int64
		err := db.Model(&pushRow{}).Where("workspace_id = ? AND template_id = ? AND finished_at = 0", p.Workspace, p.TemplateID).Count(&open).Error
		if err != nil {
			return err
		}
		if open > 0 {
			return &engine.StateError{Message: "Another push of this template is under way: wait for its end, or stop it."}
		}
		p.CreatedAt, p.UpdatedAt = t.at, t.at
		row := pushRow{
			p.Workspace, p.ID, p.TemplateID, p.Version, string(p.State), p.Reason, p.Canary.Clones, p.Canary.Runs, p.Canary.Increase,
			flag(p.Passed), "", 0, p.CreatedBy, micros(t.at), micros(t.at), 0,
		}
		if err := db.Create(&row).Error; err != nil {
			return err
		}
		rows := make([]pushCloneRow, len(clones))
		for i := range clones {
			clones[i].UpdatedAt = t.at
			if rows[i], err = pushCloneRowOf(clones[i]); err != nil {
				return err
			}
		}
		if len(rows) == 0 {
			return nil
		}
		return db.CreateInBatches(rows, maxIn).Error
	})
}

// TakePush gives an unfinished push to an owner until a time, unless another one
// has it and that time has not come; then the error is engine.ErrLost. alone says
// that no other process is there, so that nobody else can have it.
func (s *Store) TakePush(ctx context.Context, workspace, id, owner string, until time.Time, alone bool) (p engine.Push, err error) {
	err = s.change(ctx, workspace, func(t *tx, db *gorm.DB) error {
		mine := db.Model(&pushRow{}).Where("workspace_id = ? AND id = ? AND finished_at = 0", workspace, id)
		if !alone {
			mine = mine.Where("owner = ? OR leased_until < ?", owner, micros(t.at))
		}
		mine = mine.Updates(map[string]any{"owner": owner, "leased_until": micros(until)})
		if mine.Error != nil || mine.RowsAffected == 0 {
			return firstError(mine.Error, engine.ErrLost)
		}
		var row pushRow
		if err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return err
		}
		p, err = row.push()
		return err
	})
	return p, err
}

// MovePush changes the state of a push, with what goes with it, if it still is in
// the state from; engine.ErrLost when it is not.
func (s *Store) MovePush(ctx context.Context, p engine.Push, from engine.PushState) error {
	return s.change(ctx, p.Workspace, func(t *tx, db *gorm.DB) error {
		moved := db.Model(&pushRow{}).Where("workspace_id = ? AND id = ? AND state = ?", p.Workspace, p.ID, string(from)).Updates(map[string]any{
			"state": string(p.State), "reason": p.Reason, "passed": flag(p.Passed), "updated_at": micros(t.at), "finished_at": micros(p.FinishedAt),
		})
		if moved.Error == nil && moved.RowsAffected == 0 {
			return engine.ErrLost
		}
		return moved.Error
	})
}

// Push returns a push with its counts.
func (s *Store) Push(ctx context.Context, workspace, id string) (p engine.Push, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row pushRow
		if err := db.Session(&gorm.Session{}).Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return translate(err)
		}
		p, _ = row.push()
		list := []engine.Push{p}
		err = countPushes(db, list)
		p = list[0]
		return err
	})
	return p, err
}

// ListPushes lists the pushes of a template from the newest, with their counts.
func (s *Store) ListPushes(ctx context.Context, workspace, template string, p engine.Page) (list engine.List[engine.Push], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		narrow := narrowed(db.Session(&gorm.Session{}), workspace, p).Where("template_id = ?", template)
		if list, err = listOf(narrow, p, func(r pushRow) string { return r.ID }, pushRow.push); err != nil {
			return err
		}
		return countPushes(db, list.Items)
	})
	return list, err
}

func countPushes(db *gorm.DB, pushes []engine.Push) error {
	at, ids := map[string]*engine.Push{}, []string{""}
	for i := range pushes {
		pushes[i].Counts = map[engine.PushCloneState]int{}
		at[pushes[i].ID], ids = &pushes[i], append(ids, pushes[i].ID)
	}
	var rows []struct {
		PushID string
		State  string
		N      int
	}
	err := db.Session(&gorm.Session{NewDB: true}).Table("push_clones").Select("push_id, state, COUNT(*) AS n").Where("push_id IN ?", ids).
		Group("push_id, state").Find(&rows).Error
	for _, r := range rows {
		at[r.PushID].Counts[engine.PushCloneState(r.State)] = r.N
	}
	return translate(err)
}

// OpenPushes returns pushes of all workspaces that have something to do, oldest
// first, up to max.
func (s *Store) OpenPushes(ctx context.Context, max int) (pushes []engine.Push, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		list, err := listOf(db.Where("finished_at = 0").Order("id"), engine.Page{Limit: max}, func(r pushRow) string { return r.ID }, pushRow.push)
		pushes = list.Items
		return err
	})
	return pushes, err
}

// RunOutcomes counts the newest finished live runs of a workflow on versions from
// inclusive to exclusive, where 0 is no bound, up to max, and how many of them
// failed or need a person.
func (s *Store) RunOutcomes(ctx context.Context, workspace, workflow string, from, to, max int) (finished, failed int, err error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return 0, 0, err
	}
	if to == 0 {
		to = 1 << 30
	}
	statuses, err := all(on, selectOutcomes, []any{workspace, workflow, from, to, max}, func(row scanner) (status string, err error) {
		return status, row.Scan(&status)
	})
	for _, status := range statuses {
		if engine.Status(status) != engine.Succeeded {
			failed++
		}
	}
	return len(statuses), failed, err
}

var selectOutcomes = q(`SELECT status FROM runs WHERE workspace_id = ? AND workflow_id = ? AND version >= ? AND version < ?
	AND kind = 'workflow' AND mode = 'live' AND status IN ('succeeded', 'failed', 'parked') ORDER BY id DESC LIMIT ?`)

// flag is how a column keeps a bool.
func flag(v bool) int {
	if v {
		return 1
	}
	return 0
}

// packed is a value as a JSON column; nil for what is empty.
func packed[T any](v []T) ([]byte, error) {
	if len(v) == 0 {
		return nil, nil
	}
	return json.Marshal(v)
}
