package storage

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var (
	insertUpload = q(`INSERT INTO uploads (workspace_id, id, name, content, created_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)`)
	selectUpload = q(`SELECT id, name, content, report, job_id, created_by, created_at, expires_at FROM uploads WHERE workspace_id = ? AND id = ? AND expires_at > ?`)
	// beginUpload gives an upload its job, once.
	beginUpload  = q(`UPDATE uploads SET job_id = ? WHERE workspace_id = ? AND id = ? AND job_id = '' AND expires_at > ?`)
	reportUpload = q(`UPDATE uploads SET report = ? WHERE workspace_id = ? AND id = ?`)
	dropUploads  = q(`DELETE FROM uploads WHERE expires_at < ?`)
)

// uploadFor is how long a file is kept.
const uploadFor = 7 * 24 * time.Hour

// CreateUpload stores a file and fills its times in.
func (s *Store) CreateUpload(ctx context.Context, u *engine.Upload) error {
	packed := s.blobs.in.EncodeAll(u.Content, nil)
	return s.within(ctx, u.Workspace, func(t *tx) error {
		u.CreatedAt, u.ExpiresAt = t.at, t.at.Add(uploadFor)
		_, err := t.exec(insertUpload, u.Workspace, u.ID, u.Name, packed, u.CreatedBy, micros(u.CreatedAt), micros(u.ExpiresAt))
		return err
	})
}

// Upload returns a file with its content and report; engine.ErrNotFound once its
// time is over.
func (s *Store) Upload(ctx context.Context, workspace, id string) (engine.Upload, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Upload{}, err
	}
	u, err := first(on, selectUpload, []any{workspace, id, micros(s.now())}, func(row scanner) (u engine.Upload, err error) {
		var created, expires int64
		err = row.Scan(&u.ID, &u.Name, &u.Content, &u.Report, &u.JobID, &u.CreatedBy, &created, &expires)
		u.Workspace, u.CreatedAt, u.ExpiresAt = workspace, timeOf(created), timeOf(expires)
		return u, err
	})
	if err != nil {
		return u, err
	}
	u.Content, err = s.blobs.out.DecodeAll(u.Content, nil)
	return u, err
}

// BeginUpload gives a file its job; engine.ErrLost when it has one already.
func (s *Store) BeginUpload(ctx context.Context, workspace, id, jobID string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		n, err := t.exec(beginUpload, jobID, workspace, id, micros(t.at))
		if err == nil && n == 0 {
			return engine.ErrLost
		}
		return err
	})
}

// ReportUpload stores the rows that an import refused.
func (s *Store) ReportUpload(ctx context.Context, workspace, id string, report []byte) error {
	return s.within(ctx, workspace, func(t *tx) error {
		_, err := t.exec(reportUpload, bytesOrNull(report), workspace, id)
		return err
	})
}
