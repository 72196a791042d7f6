package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type jobRow struct {
	WorkspaceID string
	ID          string
	Kind        string
	Status      string
	Input       []byte
	Total       int
	Done        int
	Failed      int
	Result      []byte
	CreatedBy   string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
	FinishedAt  int64
}

func (jobRow) TableName() string { return "jobs" }

func (r jobRow) job() (engine.Job, error) {
	return engine.Job{
		ID: r.ID, Workspace: r.WorkspaceID, Kind: r.Kind, Status: r.Status, Input: r.Input, Total: r.Total, Done: r.Done, Failed: r.Failed,
		Result: r.Result, CreatedBy: r.CreatedBy, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt), FinishedAt: timeOf(r.FinishedAt),
	}, nil
}

// CreateJob stores a new job and fills its times in.
func (s *Store) CreateJob(ctx context.Context, j *engine.Job) error {
	return s.change(ctx, j.Workspace, func(t *tx, db *gorm.DB) error {
		j.CreatedAt, j.UpdatedAt = t.at, t.at
		row := jobRow{
			j.Workspace, j.ID, j.Kind, j.Status, j.Input, j.Total, j.Done, j.Failed, j.Result, j.CreatedBy,
			micros(t.at), micros(t.at), micros(j.FinishedAt),
		}
		return db.Create(&row).Error
	})
}

// UpdateJob stores a job's status, counts and result.
func (s *Store) UpdateJob(ctx context.Context, j engine.Job) error {
	return s.change(ctx, j.Workspace, func(t *tx, db *gorm.DB) error {
		return changed(db.Model(&jobRow{}).Where("workspace_id = ? AND id = ?", j.Workspace, j.ID).Updates(map[string]any{
			"status": j.Status, "total": j.Total, "done": j.Done, "failed": j.Failed, "result": j.Result,
			"updated_at": micros(t.at), "finished_at": micros(j.FinishedAt),
		}))
	})
}

// TakeJob notes the time on an unfinished job whose UpdatedAt is still j's, so
// that one process works on it, and brings j up to date. The error is
// engine.ErrLost when somebody else has it.
func (s *Store) TakeJob(ctx context.Context, j *engine.Job) error {
	var taken engine.Job
	err := s.change(ctx, j.Workspace, func(t *tx, db *gorm.DB) error {
		// The time moves on even when the clock stands still.
		at := max(micros(t.at), micros(j.UpdatedAt)+1)
		mine := db.Model(&jobRow{}).Where("workspace_id = ? AND id = ? AND finished_at = 0 AND updated_at = ?", j.Workspace, j.ID, micros(j.UpdatedAt)).
			Update("updated_at", at)
		if mine.Error != nil || mine.RowsAffected == 0 {
			return firstError(mine.Error, engine.ErrLost)
		}
		var row jobRow
		if err := db.Where("workspace_id = ? AND id = ?", j.Workspace, j.ID).Take(&row).Error; err != nil {
			return err
		}
		var err error
		taken, err = row.job()
		return err
	})
	if err == nil {
		*j = taken
	}
	return err
}

// Job returns a job.
func (s *Store) Job(ctx context.Context, workspace, id string) (j engine.Job, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		var row jobRow
		if err := db.Where("workspace_id = ? AND id = ?", workspace, id).Take(&row).Error; err != nil {
			return err
		}
		j, err = row.job()
		return err
	})
	return j, err
}

// UnfinishedJobs returns jobs of all workspaces that were not finished, oldest
// first, up to max: those of a process that died go on.
func (s *Store) UnfinishedJobs(ctx context.Context, max int) (jobs []engine.Job, err error) {
	err = s.look(ctx, crossing, func(db *gorm.DB) error {
		list, err := listOf(db.Where("finished_at = 0").Order("id"), engine.Page{Limit: max}, func(r jobRow) string { return r.ID }, jobRow.job)
		jobs = list.Items
		return err
	})
	return jobs, err
}
