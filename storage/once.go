package storage

import (
	"context"
	"time"
)

var (
	takeKey = q(`INSERT INTO dedupe_keys (workspace_id, key, request_id, expires_at) VALUES (?, ?, ?, ?)
		ON CONFLICT (workspace_id, key) DO UPDATE SET request_id = excluded.request_id, expires_at = excluded.expires_at
		WHERE dedupe_keys.expires_at <= ?`)
	selectKeyHolder = q(`SELECT request_id FROM dedupe_keys WHERE workspace_id = ? AND key = ?`)
)

// Once gives a key to a holder, see engine.Store. It stands beside the keys of
// requests and goes as they do; key must be a digest that none of them can be.
func (s *Store) Once(ctx context.Context, workspace string, key []byte, holder string, until time.Time) (has string, err error) {
	err = s.within(ctx, workspace, func(t *tx) error {
		if _, err := t.exec(takeKey, workspace, key, holder, micros(until), micros(t.at)); err != nil {
			return err
		}
		has, err = first(t.session, selectKeyHolder, []any{workspace, key}, func(row scanner) (id string, err error) {
			err = row.Scan(&id)
			return id, err
		})
		return err
	})
	return has, err
}
