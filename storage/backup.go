package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrNoBackup is Backup's answer on PostgreSQL, which has its own tools.
var ErrNoBackup = errors.New("the data is in PostgreSQL: back it up with pg_dump")

// Backup writes a consistent copy of the database to path, readable for its
// owner only, while the store goes on working. A file that is there is replaced
// once the copy is complete. The copy opens only with the same encryption key.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	if s.postgres {
		return ErrNoBackup
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".hookloom-backup-*") // made with mode 0600
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	temporary := file.Name()
	defer func() {
		if err != nil {
			err = errors.Join(err, os.Remove(temporary))
		}
	}()
	if err := file.Close(); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := s.vacuumInto(ctx, temporary); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := syncFile(temporary); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(temporary, path); err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	return syncFile(filepath.Dir(path))
}

// vacuumInto copies through a connection of its own, because readers may not
// write and the writer must not wait.
func (s *Store) vacuumInto(ctx context.Context, path string) (err error) {
	db, err := sql.Open("sqlite", sqliteDSN(s.path, toCopy))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return translate(err)
}

// syncFile makes a file or directory durable.
func syncFile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Sync(), file.Close())
}
