package storage

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/test/service"
)

// FilledPostgres returns the URL of a PostgreSQL database that has all tables and
// nothing in them, of no key. Tests of migrations make their tables themselves.
func FilledPostgres(t testing.TB) string {
	t.Helper()
	return service.PostgresFilled(t, func(url string) error {
		ring, err := secret.NewKeyring(secret.GenerateKey())
		if err != nil {
			return err
		}
		s, err := Open(context.Background(), Config{DatabaseURL: url, Keyring: ring})
		if err != nil {
			return err
		}
		if err := s.Close(); err != nil {
			return err
		}
		db, err := sql.Open("pgx", url)
		if err != nil {
			return err
		}
		_, err = db.ExecContext(context.Background(), "DELETE FROM instance WHERE name = $1", keyCheck)
		return errors.Join(err, db.Close())
	})
}
