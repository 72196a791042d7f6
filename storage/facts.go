package storage

import (
	"context"
	"errors"

	"github.com/hookloom/hookloom/engine/workflow"
)

// refQueries find what a ref field may name: by id, offers and products also by
// their title.
var refQueries = map[string]*query{
	"form":       q(`SELECT 1 FROM forms WHERE workspace_id = ? AND deleted_at = 0 AND (id = ? OR title = ?) LIMIT 1`),
	"offer":      q(`SELECT 1 FROM offers WHERE workspace_id = ? AND deleted_at = 0 AND (id = ? OR title = ?) LIMIT 1`),
	"product":    q(`SELECT 1 FROM products WHERE workspace_id = ? AND (id = ? OR title = ?) LIMIT 1`),
	"connection": q(`SELECT 1 FROM connections WHERE workspace_id = ? AND deleted_at = 0 AND id IN (?, ?) LIMIT 1`),
	"workflow":   q(`SELECT 1 FROM workflows WHERE workspace_id = ? AND deleted_at = 0 AND purged_at = 0 AND id IN (?, ?) LIMIT 1`),
}

var (
	selectConnectionType = q(`SELECT type FROM connections WHERE workspace_id = ? AND deleted_at = 0 AND id = ?`)

	selectValueKeys = q(`SELECT key FROM custom_values WHERE workspace_id = ?`)
	selectFieldKeys = q(`SELECT key FROM contact_fields WHERE workspace_id = ?`)
)

// Facts tells validation what the workspace has, see engine.Journal. Refs are
// looked up when asked for; one of a kind that is not known, or that cannot be
// looked up now, counts as there: validation reports what is surely wrong.
func (s *Store) Facts(ctx context.Context, workspace string) (workflow.Facts, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return workflow.Facts{}, err
	}
	values, err := on.keys(selectValueKeys, workspace)
	if err != nil {
		return workflow.Facts{}, err
	}
	fields, err := on.keys(selectFieldKeys, workspace)
	if err != nil {
		return workflow.Facts{}, err
	}
	ref := func(kind, ref string) bool {
		query := refQueries[kind]
		if query == nil {
			return true
		}
		err := on.one(query, []any{workspace, ref, ref}, func(scanner) error { return nil })
		return !errors.Is(err, errNotFound)
	}
	connectionType := func(id string) (is string) {
		if err := on.one(selectConnectionType, []any{workspace, id}, func(row scanner) error { return row.Scan(&is) }); err != nil {
			return ""
		}
		return is
	}
	return workflow.Facts{Ref: ref, ConnectionType: connectionType, CustomValues: values, ContactFields: fields}, nil
}

func (s session) keys(query *query, workspace string) (map[string]bool, error) {
	keys := map[string]bool{}
	err := s.each(query, []any{workspace}, func(row scanner) error {
		var key string
		err := row.Scan(&key)
		keys[key] = true
		return err
	})
	return keys, err
}
