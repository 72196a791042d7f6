package storage

import (
	"context"
	"database/sql"
	"errors"
	"sync"

	"gorm.io/gorm"
)

// readers is a pool of connections with a prepared statement for each query.
type readers struct {
	db    *sql.DB
	mu    sync.RWMutex
	ready map[*query]*sql.Stmt
}

func newReaders(db *sql.DB) *readers { return &readers{db: db, ready: map[*query]*sql.Stmt{}} }

func (r *readers) close() error {
	var closing []error
	for _, statement := range r.ready {
		closing = append(closing, statement.Close())
	}
	return errors.Join(append(closing, r.db.Close())...)
}

func (r *readers) prepared(ctx context.Context, query *query) (*sql.Stmt, error) {
	r.mu.RLock()
	statement, ok := r.ready[query]
	r.mu.RUnlock()
	if ok {
		return statement, nil
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if statement, ok = r.ready[query]; ok {
		return statement, nil
	}
	statement, err := r.db.PrepareContext(ctx, query.lite)
	if err != nil {
		return nil, err
	}
	r.ready[query] = statement
	return statement, nil
}

func (r *readers) exec(ctx context.Context, query *query, args []any) (int64, error) {
	statement, err := r.prepared(ctx, query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r *readers) rows(ctx context.Context, query *query, args []any) (*sql.Rows, error) {
	statement, err := r.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(ctx, args...)
}

func (r *readers) pool() gorm.ConnPool { return r.db }
