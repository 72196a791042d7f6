package ceiling

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite", which Hookloom uses too
)

// sqlite is a journal in one file, with the settings of Hookloom's writer.
type sqlite struct {
	db                             *sql.DB
	conn                           *sql.Conn
	begin, end, undo               *sql.Stmt
	insertJob, startJob, finishJob *sql.Stmt
}

func openSQLite(ctx context.Context, dir string) ([]journal, error) {
	v := url.Values{}
	for _, pragma := range []string{"journal_mode(WAL)", "synchronous(FULL)", "cache_size(-16384)", "wal_autocheckpoint(4000)", "journal_size_limit(67108864)"} {
		v.Add("_pragma", pragma)
	}
	file := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.Join(dir, "ceiling.db"), RawQuery: v.Encode()}).String()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	s := &sqlite{db: db}
	if s.conn, err = db.Conn(ctx); err != nil {
		return nil, err
	}
	if _, err := s.conn.ExecContext(ctx, `CREATE TABLE IF NOT EXISTS jobs (id TEXT NOT NULL PRIMARY KEY, status INTEGER NOT NULL,
		body BLOB NOT NULL, created_at INTEGER NOT NULL, started_at INTEGER, finished_at INTEGER) STRICT`); err != nil {
		return nil, err
	}
	for query, into := range map[string]**sql.Stmt{
		"BEGIN IMMEDIATE": &s.begin, "COMMIT": &s.end, "ROLLBACK": &s.undo,
		"INSERT INTO jobs (id, status, body, created_at) VALUES (?, 0, ?, ?)": &s.insertJob,
		"UPDATE jobs SET status = 1, started_at = ? WHERE id = ?":             &s.startJob,
		"UPDATE jobs SET status = 2, finished_at = ? WHERE id = ?":            &s.finishJob,
	} {
		if *into, err = s.conn.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
	}
	return []journal{s}, nil
}

func (s *sqlite) commit(ctx context.Context, changes []change) error {
	if _, err := s.begin.ExecContext(ctx); err != nil {
		return err
	}
	for _, c := range changes {
		if err := s.apply(ctx, c); err != nil {
			_, undoing := s.undo.ExecContext(ctx)
			return errors.Join(err, undoing)
		}
	}
	_, err := s.end.ExecContext(ctx)
	return err
}

func (s *sqlite) apply(ctx context.Context, c change) (err error) {
	switch c.kind {
	case inserted:
		_, err = s.insertJob.ExecContext(ctx, c.id, c.body, c.at)
	case started:
		_, err = s.startJob.ExecContext(ctx, c.at, c.id)
	case finished:
		_, err = s.finishJob.ExecContext(ctx, c.at, c.id)
	}
	return err
}

func (s *sqlite) close() error { return errors.Join(s.conn.Close(), s.db.Close()) }
