package storagetest

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	_ "modernc.org/sqlite" // the driver "sqlite", as storage has it

	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// tables is a SQLite database that all migrations have gone over and that nothing
// else is in. They are the same for every test of a binary, and copying the file
// is many times faster than making its tables anew under the race detector.
var tables = sync.OnceValues(makeTables)

// Tables lays a database with all its tables, but of no key, into an empty data
// directory, so that opening it there has nothing to migrate. Where there is a
// database already it changes nothing. Tests of migrations do without.
func Tables(t testing.TB, dir string) {
	t.Helper()
	path := filepath.Join(dir, storage.FileName)
	if _, err := os.Stat(path); err == nil {
		return
	}
	ready, err := tables()
	if err != nil {
		t.Fatalf("make tables for tests: %v", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, ready, 0o600); err != nil {
		t.Fatal(err)
	}
}

func makeTables() (file []byte, err error) {
	dir, err := os.MkdirTemp("", "hookloom-tables-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	ring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		return nil, err
	}
	s, err := storage.Open(context.Background(), storage.Config{DataDir: dir, Keyring: ring})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	path := filepath.Join(dir, storage.FileName)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	// Closing moves the log into the file, which is then all there is.
	if err := errors.Join(forgetKey(db), db.Close()); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
}

// forgetKey has the database take the key that it is opened with next.
func forgetKey(db *sql.DB) error {
	_, err := db.ExecContext(context.Background(), "DELETE FROM instance WHERE name = 'key_check'")
	return err
}
