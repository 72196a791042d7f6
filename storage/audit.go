package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type auditRow struct {
	ID          string
	WorkspaceID *string
	ActorID     string
	ActorName   string
	Action      string
	ObjectKind  string
	ObjectID    string
	Detail      []byte
	IP          string
	At          int64
}

func (auditRow) TableName() string { return "audit" }

func (r auditRow) entry() (engine.AuditEntry, error) {
	detail, err := decodeObject(r.Detail)
	return engine.AuditEntry{
		ID: r.ID, Workspace: orEmpty(r.WorkspaceID), ActorID: r.ActorID, ActorName: r.ActorName, Action: r.Action,
		ObjectKind: r.ObjectKind, ObjectID: r.ObjectID, Detail: detail, IP: r.IP, At: timeOf(r.At),
	}, err
}

// Audit stores who did what; ID and At are filled in where they are empty.
func (s *Store) Audit(ctx context.Context, e engine.AuditEntry) error {
	return s.change(ctx, crossing, func(t *tx, db *gorm.DB) error {
		if e.ID == "" {
			e.ID = engine.NewID("aud")
		}
		if e.At.IsZero() {
			e.At = t.at
		}
		row := auditRow{e.ID, nullable(e.Workspace), e.ActorID, e.ActorName, e.Action, e.ObjectKind, e.ObjectID, nil, e.IP, micros(e.At)}
		if len(e.Detail) > 0 {
			row.Detail = mustEncode(e.Detail)
		}
		return db.Create(&row).Error
	})
}

// ListAudit lists what was done in a workspace, from the newest.
func (s *Store) ListAudit(ctx context.Context, workspace string, p engine.Page) (list engine.List[engine.AuditEntry], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = db.Where("workspace_id = ?", workspace).Order("id DESC")
		if p.Cursor != "" {
			db = db.Where("id < ?", p.Cursor)
		}
		list, err = listOf(db, p, func(r auditRow) string { return r.ID }, auditRow.entry)
		return err
	})
	return list, err
}
