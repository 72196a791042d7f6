package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
	_ "modernc.org/sqlite" // the driver "sqlite": pure Go, so that the binary stays static
)

// FileName is the SQLite database in DataDir.
const FileName = "hookloom.db"

// busyMillis is how long a statement waits for another process (a backup tool,
// the sqlite3 shell) before the database counts as unavailable.
const busyMillis = 2000

// purpose is what a connection is for.
type purpose int

const (
	toRead purpose = iota
	toWrite
	toCopy
)

// sqliteDSN returns the connection string for a purpose. Settings
// that live in the file (auto_vacuum, WAL) are made by the writer, which opens
// first.
func sqliteDSN(path string, use purpose) string {
	v := url.Values{}
	v.Set("_busy_timeout", strconv.Itoa(busyMillis))
	v.Set("_txlock", "immediate")
	v.Add("_pragma", "foreign_keys(1)")
	v.Add("_pragma", "temp_store(MEMORY)")
	v.Add("_pragma", "trusted_schema(OFF)")
	switch use {
	case toWrite:
		v.Set("_auto_vacuum", "INCREMENTAL")
		v.Set("_journal_mode", "WAL")
		// FULL makes each commit durable before it is answered; grouping makes
		// that cheap, so it is never traded.
		v.Set("_synchronous", "FULL")
		// What is written belongs to the newest pages. 16 MiB were no faster and
		// cost a quarter of the memory under load.
		v.Add("_pragma", "cache_size(-4096)")
		v.Add("_pragma", "wal_autocheckpoint(4000)")
		v.Add("_pragma", "journal_size_limit(67108864)")
	case toRead:
		v.Set("_query_only", "1")
		v.Add("_pragma", "cache_size(-2048)")
	case toCopy:
	}
	return (&url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: v.Encode()}).String()
}

// openSQLite opens the database in the data directory, which it locks.
func (s *Store) openSQLite(ctx context.Context, c Config) error {
	lock, err := lockDir(c.DataDir)
	if err != nil {
		return err
	}
	s.closers = append(s.closers, lock.Close)
	path, err := filepath.Abs(filepath.Join(c.DataDir, FileName))
	if err != nil {
		return err
	}
	s.path = path
	if err := private(path); err != nil {
		return err
	}
	one, err := sql.Open("sqlite", sqliteDSN(path, toWrite))
	if err != nil {
		return err
	}
	one.SetMaxOpenConns(1)
	s.closers = append(s.closers, one.Close)
	if err := one.PingContext(ctx); err != nil {
		return fmt.Errorf("open %s: %w", path, translate(err))
	}
	if err := s.migrate(ctx, one); err != nil {
		return err
	}
	conn, err := one.Conn(ctx)
	if err != nil {
		return translate(err)
	}
	readers, err := s.openReaders(ctx, path, c.ReadConns)
	if err != nil {
		return errors.Join(err, conn.Close())
	}
	s.reader = readers
	if err := s.openORM(sqlite.New(sqlite.Config{DriverName: "sqlite", Conn: readers.db})); err != nil {
		return errors.Join(err, conn.Close())
	}
	s.writer = startWriter(s, conn)
	s.closers = append(s.closers, s.writer.close)
	return nil
}

func (s *Store) openReaders(ctx context.Context, path string, conns int) (*readers, error) {
	db, err := sql.Open("sqlite", sqliteDSN(path, toRead))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	r := newReaders(db)
	s.closers = append(s.closers, r.close)
	return r, translate(db.PingContext(ctx))
}

// private makes the database file readable for its owner only, before SQLite
// creates it with the umask's rights; its journal files take over its mode.
func private(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return file.Close()
}

func (s *Store) openORM(dialector gorm.Dialector) error {
	db, err := gorm.Open(dialector, &gorm.Config{
		SkipDefaultTransaction: true,
		DisableAutomaticPing:   true,
		Logger:                 quiet{},
	})
	s.orm = db
	return err
}
