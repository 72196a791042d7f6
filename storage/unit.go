package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/hookloom/hookloom/engine"
)

// statement is one query of a unit whose statements are all known before it
// begins: such units are grouped into one commit with those of others.
type statement struct {
	query *query
	args  []any
	// miss is the unit's error when the statement changes no row; nil when that
	// is fine. After a miss nothing of the unit is kept.
	miss error
	// harmless marks a write that may stay although the unit fails, such as a
	// blob that nothing refers to.
	harmless bool
	// lock names a row that other units may write at the same time, such as a
	// dedupe key. PostgreSQL gets these statements first and in this order, so
	// that two groups don't wait for each other. They must not need what the
	// unit's other statements write.
	lock []byte
	// missed is set to whether the statement changed no row; nil when nobody
	// asks.
	missed *bool
}

// batch is a list of statements to run in order.
type batch struct{ statements []statement }

func (b *batch) add(query *query, args ...any) *statement {
	b.statements = append(b.statements, statement{query: query, args: clean(args)})
	return &b.statements[len(b.statements)-1]
}

// apply runs a batch. dirty reports whether a failed one has written.
func (s session) apply(b *batch) (dirty bool, err error) {
	for i := range b.statements {
		st := &b.statements[i]
		n, err := s.exec(st.query, st.args...)
		if err != nil {
			return true, err
		}
		if st.missed != nil {
			*st.missed = n == 0
		}
		if n == 0 && st.miss != nil {
			return dirty, st.miss
		}
		dirty = dirty || (n > 0 && !st.harmless)
	}
	return false, nil
}

// unit is one all-or-nothing change. It has either statements or work.
type unit struct {
	batch
	ctx       context.Context
	workspace string
	// work may be called twice.
	work func(*tx) error
	// done receives the outcome, after the commit.
	done chan error
}

var units = sync.Pool{New: func() any { return &unit{done: make(chan error, 1)} }}

// crossing stands for the workspace of the documented calls that cross
// workspaces. It is no id, so it finds nothing by accident.
const crossing = "*"

// newUnit refuses units that name no workspace.
func newUnit(ctx context.Context, workspace string) (*unit, error) {
	if workspace == "" {
		return nil, errNoWorkspace
	}
	u := units.Get().(*unit)
	u.ctx, u.workspace = ctx, workspace
	return u, nil
}

// enter hands the unit to who commits it and waits for its end, also when the
// caller's context ends: what was begun may be committed, and the caller must
// know. quit is closed when no more units are taken, gone when none is looked at
// any more.
func (u *unit) enter(queue chan<- *unit, quit, gone <-chan struct{}) error {
	select {
	case <-quit:
		u.release()
		return unavailable(errClosed)
	default:
	}
	select {
	case queue <- u:
	case <-u.ctx.Done():
		err := u.ctx.Err()
		u.release()
		return err
	case <-quit:
		u.release()
		return unavailable(errClosed)
	}
	select {
	case err := <-u.done:
		u.release()
		return err
	case <-gone:
	}
	// It may have been answered just before, or come too late to be seen; then
	// it is left where it is.
	select {
	case err := <-u.done:
		return err
	default:
		return unavailable(errClosed)
	}
}

func (u *unit) release() {
	u.ctx, u.workspace, u.work = nil, "", nil
	clear(u.statements)
	u.statements = u.statements[:0]
	units.Put(u)
}

// errNoWorkspace guards against code that forgot to say whose data it means.
var errNoWorkspace = errors.New("storage: no workspace named")

// call runs a unit's work and turns a panic into an error: a unit fails alone.
func (s *Store) call(t *tx, work func(*tx) error) (err error) {
	defer func() {
		if reason := recover(); reason != nil {
			s.log.Error("a unit of storage panicked", "panic", fmt.Sprint(reason), "stack", string(debug.Stack()))
			err = fmt.Errorf("panicked: %v", reason)
		}
	}()
	return work(t)
}

// submit runs a unit to its end on either database.
func (s *Store) submit(u *unit) error {
	if !s.postgres {
		return u.enter(s.writer.queue, s.writer.quit, s.writer.gone)
	}
	if u.work == nil {
		return u.enter(s.groups.queue, s.groups.quit, s.groups.gone)
	}
	defer u.release()
	return s.do(u)
}

// within runs work in one transaction of a workspace.
func (s *Store) within(ctx context.Context, workspace string, work func(*tx) error) error {
	u, err := newUnit(ctx, workspace)
	if err != nil {
		return err
	}
	u.work = work
	return s.submit(u)
}

var errClosed = errors.New("the database is closed")

var _ engine.Store = (*Store)(nil)
