package storage

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

var (
	insertKeyToken = q(`INSERT INTO key_tokens (hash, key_id, kind, pair, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)`)
	selectKeyToken = q(`SELECT t.key_id, t.kind, t.pair, t.created_at, t.expires_at, k.hash FROM key_tokens t JOIN api_keys k ON k.id = t.key_id
		WHERE t.hash = ? AND t.expires_at > ?`)
	dropKeyTokens    = q(`DELETE FROM key_tokens WHERE pair = ? AND pair <> ''`)
	expiredKeyTokens = q(`DELETE FROM key_tokens WHERE expires_at <= ?`)

	selectByNumber = q(`SELECT id FROM workspaces WHERE number = ? AND deleted_at = 0`)
)

// PutKeyTokens stores tokens of an API key, and forgets those that have expired.
func (s *Store) PutKeyTokens(ctx context.Context, tokens []account.KeyToken) error {
	return s.within(ctx, crossing, func(t *tx) error {
		if _, err := t.exec(expiredKeyTokens, micros(t.at)); err != nil {
			return err
		}
		for _, k := range tokens {
			if _, err := t.exec(insertKeyToken, k.Hash, k.KeyID, k.Kind, k.Pair, micros(k.CreatedAt), micros(k.ExpiresAt)); err != nil {
				return err
			}
		}
		return nil
	})
}

// KeyToken finds a token that has not expired, with the hash of its API key;
// engine.ErrNotFound when there is none. Whether the key is still good is for
// APIKey.Usable to say.
func (s *Store) KeyToken(ctx context.Context, hash []byte, now time.Time) (k account.KeyToken, keyHash []byte, err error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return k, nil, err
	}
	var created, expires int64
	err = on.one(selectKeyToken, []any{hash, micros(now)}, func(row scanner) error {
		return row.Scan(&k.KeyID, &k.Kind, &k.Pair, &created, &expires, &keyHash)
	})
	k.Hash, k.CreatedAt, k.ExpiresAt = hash, timeOf(created), timeOf(expires)
	return k, keyHash, err
}

// DropKeyTokens ends the tokens of a pair.
func (s *Store) DropKeyTokens(ctx context.Context, pair string) error {
	return s.within(ctx, crossing, func(t *tx) error {
		_, err := t.exec(dropKeyTokens, pair)
		return err
	})
}

// SiteByNumber returns the workspace with a number.
func (s *Store) SiteByNumber(ctx context.Context, number int64) (w crm.Workspace, err error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return w, err
	}
	id, err := first(on, selectByNumber, []any{number}, func(row scanner) (id string, err error) { return id, row.Scan(&id) })
	if err != nil {
		return w, err
	}
	return on.workspace(id)
}
