package storage

import (
	"context"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

// models are the rows that gorm reads and writes; a test holds them against the
// migrated columns.
var models = []any{
	userRow{}, membershipRow{}, sessionRow{}, keyRow{}, linkRow{}, answerRow{}, jobRow{},
	workspaceRow{}, tagRow{}, fieldRow{}, valueRow{}, connectionRow{}, versionRow{},
	purchaseRow{}, paymentRow{}, orderRow{}, orderItemRow{}, subscriptionRow{}, courseRow{}, formRow{}, submissionRow{}, hookRow{},
	templateRow{}, templateVersionRow{}, templateLinkRow{}, cloneRow{}, cloneWorkflowRow{}, pushRow{}, pushCloneRow{},
}

// look runs a query of gorm outside transactions.
func (s *Store) look(ctx context.Context, workspace string, fn func(db *gorm.DB) error) error {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return err
	}
	limited, cancel := on.limited()
	defer cancel()
	on.ctx = limited
	return s.late(ctx, fn(on.orm()))
}

// change runs fn in a transaction with gorm.
func (s *Store) change(ctx context.Context, workspace string, fn func(t *tx, db *gorm.DB) error) error {
	return s.within(ctx, workspace, func(t *tx) error { return translate(fn(t, t.orm())) })
}

// changed is engine.ErrNotFound for an update or delete that met no row.
func changed(db *gorm.DB) error {
	if db.Error == nil && db.RowsAffected == 0 {
		return errNotFound
	}
	return db.Error
}

// listOf reads one part of a list: db is narrowed and ordered already, key is
// what Next says.
func listOf[R, T any](db *gorm.DB, p engine.Page, key func(R) string, read func(R) (T, error)) (engine.List[T], error) {
	var rows []R
	if err := db.Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return engine.List[T]{}, err
	}
	part := cut(rows, p.Size(), key)
	list := engine.List[T]{Items: make([]T, len(part.Items)), Next: part.Next}
	for i, row := range part.Items {
		item, err := read(row)
		if err != nil {
			return list, err
		}
		list.Items[i] = item
	}
	return list, nil
}

// nullable stores "" as NULL, for ids with a foreign key.
func nullable(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

func orEmpty(id *string) string {
	if id == nil {
		return ""
	}
	return *id
}
