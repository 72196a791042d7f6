package storage

import (
	"context"
	"database/sql"

	"gorm.io/gorm"
)

// scanner is a row to read, of either driver.
type scanner interface{ Scan(dest ...any) error }

// session runs queries on one connection, transaction or pool. Errors are the
// engine's, see translate.
type session struct {
	ctx   context.Context
	store *Store
	// on runs our own queries, prepared where that pays.
	on runner
}

// runner is what a session stands on.
type runner interface {
	exec(ctx context.Context, query *query, args []any) (int64, error)
	rows(ctx context.Context, query *query, args []any) (*sql.Rows, error)
	// pool is the same place for gorm.
	pool() gorm.ConnPool
}

// exec returns how many rows changed.
func (s session) exec(query *query, args ...any) (int64, error) {
	if err := s.store.at(Statement); err != nil {
		return 0, err
	}
	ctx, cancel := s.limited()
	defer cancel()
	n, err := s.on.exec(ctx, query, clean(args))
	return n, s.store.late(s.ctx, err)
}

// limited bounds what a query waits for PostgreSQL. SQLite has its own limit,
// see busyMillis.
func (s session) limited() (context.Context, context.CancelFunc) {
	if !s.store.postgres {
		return s.ctx, func() {}
	}
	return context.WithTimeout(s.ctx, patience)
}

// one reads the only row of a query; engine.ErrNotFound when there is none.
func (s session) one(query *query, args []any, read func(scanner) error) error {
	found := false
	err := s.each(query, args, func(row scanner) error {
		found = true
		return read(row)
	})
	if err == nil && !found {
		return errNotFound
	}
	return err
}

// each calls read for every row. The connection is busy until it returns, so
// read runs no queries.
func (s session) each(query *query, args []any, read func(scanner) error) (err error) {
	if err := s.store.at(Statement); err != nil {
		return err
	}
	ctx, cancel := s.limited()
	defer cancel()
	defer func() { err = s.store.late(s.ctx, err) }()
	rows, err := s.on.rows(ctx, query, clean(args))
	if err != nil {
		return err
	}
	defer func() {
		if closing := rows.Close(); err == nil {
			err = closing
		}
	}()
	for rows.Next() {
		if err := read(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// all collects the rows of a query.
func all[T any](s session, query *query, args []any, read func(scanner) (T, error)) ([]T, error) {
	var list []T
	err := s.each(query, args, func(row scanner) error {
		item, err := read(row)
		list = append(list, item)
		return err
	})
	return list, err
}

// first reads one row; engine.ErrNotFound when there is none.
func first[T any](s session, query *query, args []any, read func(scanner) (T, error)) (T, error) {
	var item T
	err := s.one(query, args, func(row scanner) (err error) {
		item, err = read(row)
		return err
	})
	return item, err
}

// orm returns gorm on the session, for ordinary storage.
func (s session) orm() *gorm.DB {
	db := s.store.orm.Session(&gorm.Session{NewDB: true, Context: s.ctx})
	db.Statement.ConnPool = cleaning{s.on.pool(), s.store}
	return db
}

// cleaning makes gorm's arguments storable in both databases, see clean.
type cleaning struct {
	gorm.ConnPool
	store *Store
}

func (c cleaning) ExecContext(ctx context.Context, text string, args ...any) (sql.Result, error) {
	if err := c.store.at(Statement); err != nil {
		return nil, err
	}
	return c.ConnPool.ExecContext(ctx, text, clean(args)...)
}

func (c cleaning) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	if err := c.store.at(Statement); err != nil {
		return nil, err
	}
	return c.ConnPool.QueryContext(ctx, text, clean(args)...)
}

func (c cleaning) QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row {
	return c.ConnPool.QueryRowContext(ctx, text, clean(args)...)
}
