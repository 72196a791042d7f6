package storage

import (
	"context"
	"errors"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

var (
	selectDataKey = q(`SELECT wrapped FROM data_keys WHERE workspace_id = ? ORDER BY id DESC LIMIT 1`)
	insertDataKey = q(`INSERT INTO data_keys (workspace_id, id, wrapped, created_at) VALUES (?, ?, ?, ?)`)

	selectInstance = q(`SELECT value FROM instance WHERE name = ?`)
	putInstance    = q(`INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`)
	addInstance    = q(`INSERT INTO instance (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING`)
)

// keyCheck is the entry that tells whether the encryption key fits the database.
const keyCheck = "key_check"

// checkKey refuses a wrong encryption key at start, before anything was written
// with it.
func (s *Store) checkKey(ctx context.Context) error {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return err
	}
	var check []byte
	u.work = func(t *tx) error {
		if _, err := t.exec(addInstance, keyCheck, s.keyring.CheckValue()); err != nil {
			return err
		}
		check, err = t.instance(keyCheck)
		return err
	}
	if err := s.submit(u); err != nil {
		return err
	}
	return s.keyring.Verify(check)
}

func (s session) instance(name string) ([]byte, error) {
	return first(s, selectInstance, []any{name}, func(row scanner) (value []byte, err error) {
		return value, row.Scan(&value)
	})
}

// box returns what seals the secrets of a workspace.
func (s session) box(workspace string) (*secret.Box, error) {
	if known, ok := s.store.boxes.Load(workspace); ok {
		return known.(*secret.Box), nil
	}
	wrapped, err := s.dataKey(workspace)
	if err != nil {
		return nil, err
	}
	box, err := s.store.keyring.Open(workspace, wrapped)
	if err != nil {
		return nil, fmt.Errorf("the encryption key of workspace %s: %w", workspace, err)
	}
	// A key that this very transaction made may still be rolled back.
	if committed := (session{ctx: s.ctx, store: s.store, on: s.store.reader}); committed.hasDataKey(workspace) {
		s.store.boxes.Store(workspace, box)
	}
	return box, nil
}

func (s session) hasDataKey(workspace string) bool {
	_, err := s.dataKey(workspace)
	return err == nil
}

func (s session) dataKey(workspace string) ([]byte, error) {
	return first(s, selectDataKey, []any{workspace}, func(row scanner) (wrapped []byte, err error) {
		return wrapped, row.Scan(&wrapped)
	})
}

// insertKey makes the data key of a new workspace.
func (t *tx) insertKey(workspace string) error {
	wrapped, err := t.store.keyring.NewDataKey(workspace)
	if err != nil {
		return err
	}
	_, err = t.exec(insertDataKey, workspace, engine.NewID("dk"), wrapped, micros(t.at))
	return err
}

var (
	selectDataKeys = q(`SELECT workspace_id, id, wrapped FROM data_keys ORDER BY workspace_id, id`)
	updateDataKey  = q(`UPDATE data_keys SET wrapped = ? WHERE workspace_id = ? AND id = ?`)
)

// RotateKey wraps all data keys with the keyring's current instance key; the
// ring must still hold the one before. Secrets themselves stay as they are. It
// returns how many keys it wrapped anew, and changes nothing on an error.
func (s *Store) RotateKey(ctx context.Context, ring *secret.Keyring) (int, error) {
	u, err := newUnit(ctx, crossing)
	if err != nil {
		return 0, err
	}
	rotated := 0
	u.work = func(t *tx) error {
		rotated = 0
		check, err := t.instance(keyCheck)
		if err != nil {
			return err
		}
		if err := ring.Verify(check); err != nil {
			return err
		}
		type dataKey struct {
			workspace, id string
			wrapped       []byte
		}
		keys, err := all(t.session, selectDataKeys, nil, func(row scanner) (k dataKey, err error) {
			return k, row.Scan(&k.workspace, &k.id, &k.wrapped)
		})
		if err != nil {
			return err
		}
		for _, k := range keys {
			if ring.IsCurrent(k.wrapped) {
				continue
			}
			wrapped, err := ring.Rewrap(k.workspace, k.wrapped)
			if err != nil {
				return fmt.Errorf("the encryption key of workspace %s: %w", k.workspace, err)
			}
			if _, err := t.exec(updateDataKey, wrapped, k.workspace, k.id); err != nil {
				return err
			}
			rotated++
		}
		_, err = t.exec(putInstance, keyCheck, ring.CheckValue())
		return err
	}
	return rotated, s.submit(u)
}

var errNoKeyring = errors.New("storage needs an encryption key")
