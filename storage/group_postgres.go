package storage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/engine"
)

// groups commits units of known statements on PostgreSQL, many in one
// transaction and all its statements in one round trip: a commit costs a flush
// of the log there too.
type groups struct {
	store *Store
	queue chan *unit
	quit  chan struct{}
	gone  chan struct{}
	ended sync.WaitGroup
	stop  sync.Once
}

func startGroups(s *Store) *groups {
	g := &groups{store: s, queue: make(chan *unit, 2*maxGroup), quit: make(chan struct{}), gone: make(chan struct{})}
	for range groupers() {
		g.ended.Go(g.loop)
	}
	return g
}

// close ends the groupers after the groups they are at; units that wait are
// refused.
func (g *groups) close() error {
	g.stop.Do(func() {
		close(g.quit)
		g.ended.Wait()
		g.refuse()
		close(g.gone)
	})
	return nil
}

func (g *groups) refuse() {
	for {
		select {
		case u := <-g.queue:
			u.done <- unavailable(errClosed)
		default:
			return
		}
	}
}

func (g *groups) loop() {
	group := make([]*unit, 0, maxGroup)
	for {
		select {
		case <-g.quit:
			return
		case u := <-g.queue:
			group = append(group[:0], u)
		}
	gather:
		for len(group) < maxGroup {
			select {
			case u := <-g.queue:
				group = append(group, u)
			default:
				break gather
			}
		}
		g.commit(group)
	}
}

// commit carries a group out and answers. When anything in it fails, the whole
// transaction is undone and each unit done again alone, so that it fails alone.
func (g *groups) commit(group []*unit) {
	live := group[:0]
	for _, u := range group {
		if err := u.ctx.Err(); err != nil {
			u.done <- err
			continue
		}
		live = append(live, u)
	}
	if len(live) == 0 {
		return
	}
	err := g.attempt(live)
	switch {
	case err == nil || errors.Is(err, engine.ErrUnavailable):
		for _, u := range live {
			u.done <- err
		}
	case len(live) == 1 && !repeatable(err):
		live[0].done <- err
	default:
		for _, u := range live {
			u.done <- g.alone(u)
		}
	}
}

func (g *groups) alone(u *unit) error {
	for repeat := 0; ; repeat++ {
		err := g.attempt([]*unit{u})
		if err == nil || !outrun(err) || repeat >= maxRepeats {
			return err
		}
		g.store.pause(background, repeat)
	}
}

// attempt runs units as one transaction. Its error is the first that any of them
// had; then nothing was written.
func (g *groups) attempt(units []*unit) error {
	ctx, cancel := context.WithTimeout(background, patience)
	defer cancel()
	return g.store.late(background, g.transaction(ctx, units))
}

func (g *groups) transaction(ctx context.Context, units []*unit) (err error) {
	conn, err := g.store.pool.Acquire(ctx)
	if err != nil {
		return unavailable(err)
	}
	defer conn.Release()
	err = g.pipeline(ctx, conn.Conn(), units)
	if err == nil {
		err = g.store.at(Commit)
	}
	if err != nil {
		if _, undoing := conn.Exec(ctx, "ROLLBACK"); undoing != nil {
			// Whatever state it is in, the connection is not used again.
			err = errors.Join(err, conn.Conn().Close(ctx))
		}
		return err
	}
	tag, err := conn.Exec(ctx, "COMMIT")
	if err == nil && tag.String() != "COMMIT" {
		return fmt.Errorf("PostgreSQL answered %s to a commit", tag)
	}
	if err != nil {
		return err
	}
	return g.store.at(Committed)
}

// pipeline sends BEGIN and all statements at once and reads the answers.
func (g *groups) pipeline(ctx context.Context, conn *pgx.Conn, units []*unit) (err error) {
	pipe := &pgx.Batch{}
	pipe.Queue("BEGIN")
	statements := inOrder(units)
	for _, st := range statements {
		if err := g.store.at(Statement); err != nil {
			return err
		}
		pipe.Queue(st.query.post, st.args...)
	}
	answers := conn.SendBatch(ctx, pipe)
	defer func() {
		if closing := answers.Close(); err == nil {
			err = closing
		}
	}()
	if _, err := answers.Exec(); err != nil {
		return err
	}
	for _, st := range statements {
		tag, err := answers.Exec()
		if err != nil {
			return err
		}
		n := tag.RowsAffected()
		if st.missed != nil {
			*st.missed = n == 0
		}
		if n == 0 && st.miss != nil {
			return st.miss
		}
	}
	return nil
}

// inOrder puts statements with a lock first, in the order that all groups keep:
// the workflows, each shared once, before the rows that are judged by them.
func inOrder(units []*unit) []*statement {
	var locking, others []*statement
	for _, u := range units {
		for i := range u.statements {
			if st := &u.statements[i]; st.lock != nil {
				locking = append(locking, st)
			} else {
				others = append(others, st)
			}
		}
	}
	slices.SortStableFunc(locking, func(a, b *statement) int {
		if a.query != b.query && (a.query == shareWorkflow || b.query == shareWorkflow) {
			if a.query == shareWorkflow {
				return -1
			}
			return 1
		}
		return bytes.Compare(a.lock, b.lock)
	})
	locking = slices.CompactFunc(locking, func(a, b *statement) bool {
		return a.query == shareWorkflow && b.query == shareWorkflow && bytes.Equal(a.lock, b.lock)
	})
	return append(locking, others...)
}
