package storage

import (
	"context"
	"database/sql"
	"errors"
	"math/rand/v2"
	"time"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine/crm"
)

// postgresRunner runs queries on the pool or in a transaction. The driver keeps
// a prepared statement for each text.
type postgresRunner struct{ on gorm.ConnPool }

func (r postgresRunner) exec(ctx context.Context, query *query, args []any) (int64, error) {
	result, err := r.on.ExecContext(ctx, query.post, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (r postgresRunner) rows(ctx context.Context, query *query, args []any) (*sql.Rows, error) {
	return r.on.QueryContext(ctx, query.post, args...)
}

func (r postgresRunner) pool() gorm.ConnPool { return r.on }

const (
	// maxRepeats bounds how often a transaction is begun anew that PostgreSQL
	// gave up in favour of others.
	maxRepeats = 10
	// maxConflicts is how often a taken value is taken for a race: the second
	// time the transaction sees the row that it collided with.
	maxConflicts = 1
)

// do runs a unit's work in a transaction of its own.
func (s *Store) do(u *unit) error {
	conflicts := 0
	for repeat := 0; ; repeat++ {
		err := s.try(u)
		if err == nil || !repeatable(err) || repeat >= maxRepeats || u.ctx.Err() != nil {
			return translate(err)
		}
		if _, ok := errors.AsType[*crm.Conflict](err); ok {
			if conflicts++; conflicts > maxConflicts {
				return err
			}
		}
		s.pause(u.ctx, repeat)
	}
}

// pause waits a random time, longer with each repeat, so that transactions that
// collided do not collide again.
func (s *Store) pause(ctx context.Context, repeat int) {
	timer := time.NewTimer(rand.N(time.Millisecond << min(repeat, 7)))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

func (s *Store) try(u *unit) (err error) {
	ctx, cancel := context.WithTimeout(u.ctx, patience)
	defer cancel()
	db, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.late(u.ctx, err)
	}
	t := s.newTx(session{ctx: ctx, store: s, on: postgresRunner{db}}, u.workspace)
	if err := s.call(t, u.work); err != nil {
		// The connection may be gone; then so is the transaction.
		if undoing := db.Rollback(); undoing != nil {
			s.log.Debug("nothing to roll back", "error", undoing)
		}
		return s.late(u.ctx, err)
	}
	if err := s.at(Commit); err != nil {
		return errors.Join(err, db.Rollback())
	}
	if err := db.Commit(); err != nil {
		return s.late(u.ctx, err)
	}
	return s.at(Committed)
}

// late makes an unavailable database of a call that ended before its time though
// its caller is still there: PostgreSQL took too long, or the pool was closed.
func (s *Store) late(ctx context.Context, err error) error {
	ended := errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled)
	if ended && ctx.Err() == nil {
		return unavailable(err)
	}
	return translate(err)
}
