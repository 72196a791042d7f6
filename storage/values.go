package storage

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

var (
	selectValues = q(`SELECT key, value FROM custom_values WHERE workspace_id = ?`)
	putValue     = q(`INSERT INTO custom_values (workspace_id, id, key, name, value, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`)
)

// CustomValues returns all values of a workspace by key, see engine.Journal.
func (s *Store) CustomValues(ctx context.Context, workspace string) (map[string]any, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	values := map[string]any{}
	err = on.each(selectValues, []any{workspace}, func(row scanner) error {
		var key string
		var text []byte
		if err := row.Scan(&key, &text); err != nil {
			return err
		}
		v, err := decodePlain(text)
		values[key] = v
		return err
	})
	return values, err
}

// SetCustomValue stores a value under an existing or new key, see crm.Tx. A new
// one is named as its key.
func (t *tx) SetCustomValue(key string, v json.RawMessage) error {
	if _, err := value.Decode(v); err != nil {
		return fmt.Errorf("custom value %q: %w", key, err)
	}
	at := micros(t.at)
	_, err := t.exec(putValue, t.workspace, engine.NewID("cv"), key, key, []byte(v), at, at)
	return err
}
