package storage

import (
	"context"
	"errors"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

type connectionRow struct {
	WorkspaceID string
	ID          string
	Type        string
	Name        string
	Params      []byte
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
	UpdatedAt   int64 `gorm:"autoUpdateTime:false"`
	DeletedAt   int64

	WaitingSince int64
	Problem      string
	ProblemAt    int64
}

func (connectionRow) TableName() string { return "connections" }

func (r connectionRow) connection() (engine.Connection, error) {
	params, err := decodeObject(r.Params)
	return engine.Connection{
		ID: r.ID, Type: r.Type, Name: r.Name, Params: params, WaitingSince: timeOf(r.WaitingSince), Problem: r.Problem, ProblemAt: timeOf(r.ProblemAt),
	}, err
}

// ListConnections lists stored credentials, their secrets by reference, from the
// newest.
func (s *Store) ListConnections(ctx context.Context, workspace string, p engine.Page) (list engine.List[engine.Connection], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = db.Where("workspace_id = ? AND deleted_at = 0", workspace).Order("id DESC")
		if p.Cursor != "" {
			db = db.Where("id < ?", p.Cursor)
		}
		list, err = listOf(db, p, func(r connectionRow) string { return r.ID }, connectionRow.connection)
		return err
	})
	return list, err
}

// PutConnection stores a connection, new or changed, which nobody waits for and
// nothing is known against from now on. Secret params must be references already,
// see engine.SecretTx.
func (t *tx) PutConnection(c engine.Connection) error {
	params, err := value.Encode(c.Params)
	if err != nil {
		return err
	}
	db := t.orm()
	at := micros(t.at)
	// Whoever fills it in, the client need not any more.
	if _, err := t.exec(endClientLinks, at, t.workspace, c.ID); err != nil {
		return err
	}
	err = changed(db.Model(&connectionRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", t.workspace, c.ID).
		Updates(map[string]any{"name": c.Name, "params": params, "updated_at": at, "waiting_since": 0, "problem": "", "problem_at": 0}))
	if !errors.Is(translate(err), errNotFound) {
		return translate(err)
	}
	row := connectionRow{WorkspaceID: t.workspace, ID: c.ID, Type: c.Type, Name: c.Name, Params: params, CreatedAt: at, UpdatedAt: at}
	return translate(db.Create(&row).Error)
}

var (
	deleteConnection     = q(`UPDATE connections SET deleted_at = ?, params = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
	deleteSecretVersions = q(`DELETE FROM secret_versions WHERE workspace_id = ? AND secret_id IN
		(SELECT id FROM secrets WHERE workspace_id = ? AND owner = ? AND owner <> '')`)
	deleteSecrets = q(`DELETE FROM secrets WHERE workspace_id = ? AND owner = ? AND owner <> ''`)
)

// DeleteConnection deletes a connection with its secrets.
func (t *tx) DeleteConnection(id string) error {
	n, err := t.exec(deleteConnection, micros(t.at), []byte("{}"), t.workspace, id)
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	if err := t.DropSignIn(id); err != nil {
		return err
	}
	if _, err := t.exec(deleteSecretVersions, t.workspace, t.workspace, id); err != nil {
		return err
	}
	_, err = t.exec(deleteSecrets, t.workspace, id)
	return err
}
