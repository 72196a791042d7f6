package storage

import (
	"context"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

var (
	insertSecret        = q(`INSERT INTO secrets (workspace_id, id, owner, created_at) VALUES (?, ?, ?, ?)`)
	insertSecretVersion = q(`INSERT INTO secret_versions (workspace_id, secret_id, number, sealed, created_at) VALUES (?, ?, ?, ?, ?)`)
	// endSecretVersions never gives an older value more time than it had.
	endSecretVersions = q(`UPDATE secret_versions SET valid_until = ? WHERE workspace_id = ? AND secret_id = ?
		AND (valid_until = 0 OR valid_until > ?)`)
	lastSecretVersion = q(`SELECT number FROM secret_versions WHERE workspace_id = ? AND secret_id = ? ORDER BY number DESC LIMIT 1 $update`)

	selectSecrets = qIn(`SELECT secret_id, number, sealed, valid_until FROM secret_versions
		WHERE workspace_id = ? AND (valid_until = 0 OR valid_until > ?) AND secret_id IN`, ` ORDER BY secret_id, number DESC`)
)

// PutSecret stores a new secret, see engine.SecretTx.
func (t *tx) PutSecret(owner, plain string) (string, error) {
	id := engine.NewID("sec")
	if _, err := t.exec(insertSecret, t.workspace, id, owner, micros(t.at)); err != nil {
		return "", err
	}
	return id, t.insertSecretVersion(id, 1, plain)
}

func (t *tx) insertSecretVersion(id string, number int, plain string) error {
	box, err := t.box(t.workspace)
	if err != nil {
		return err
	}
	sealed := box.Seal([]byte(plain), secretPlace(id, number))
	_, err = t.exec(insertSecretVersion, t.workspace, id, number, sealed, micros(t.at))
	return err
}

// RotateSecret makes plain the newest value, see engine.SecretTx.
// engine.ErrNotFound when there is no such secret.
func (t *tx) RotateSecret(id, plain string, overlap time.Time) error {
	last, err := first(t.session, lastSecretVersion, []any{t.workspace, id}, func(row scanner) (number int, err error) {
		return number, row.Scan(&number)
	})
	if err != nil {
		return err
	}
	// The value before must not become valid for ever by an overlap of no time.
	until := max(micros(overlap), 1)
	if _, err := t.exec(endSecretVersions, until, t.workspace, id, until); err != nil {
		return err
	}
	return t.insertSecretVersion(id, last+1, plain)
}

// DropSecrets deletes the secrets of an owner, see engine.SecretTx.
func (t *tx) DropSecrets(owner string) error {
	if _, err := t.exec(deleteSecretVersions, t.workspace, t.workspace, owner); err != nil {
		return err
	}
	_, err := t.exec(deleteSecrets, t.workspace, owner)
	return err
}

// Secrets opens secrets by id, see engine.Journal. Values whose overlap is over
// are left out.
func (s *Store) Secrets(ctx context.Context, workspace string, ids []string) (map[string][]engine.SecretVersion, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	opened := make(map[string][]engine.SecretVersion, len(ids))
	if len(ids) == 0 {
		return opened, nil
	}
	box, err := on.box(workspace)
	if err != nil {
		return nil, err
	}
	err = eachIn(on, selectSecrets, []any{workspace, micros(s.now())}, ids, func(row scanner) error {
		var id string
		var number int
		var sealed []byte
		var until int64
		if err := row.Scan(&id, &number, &sealed, &until); err != nil {
			return err
		}
		plain, err := box.Open(sealed, secretPlace(id, number))
		if err != nil {
			return fmt.Errorf("secret %s: %w", id, err)
		}
		opened[id] = append(opened[id], engine.SecretVersion{Value: string(plain), Until: timeOf(until)})
		return nil
	})
	return opened, err
}

// secretPlace binds a sealed value to its row: a secret's older value must not
// be put in the place of its newer one.
func secretPlace(id string, number int) secret.Place {
	return secret.Place{Table: "secret_versions", ID: fmt.Sprintf("%s/%d", id, number), Column: "sealed"}
}
