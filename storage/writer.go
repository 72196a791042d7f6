package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"runtime"
	"sync"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

// maxGroup bounds how many units one commit of the writer carries. The cost of
// a commit is its fdatasync, which is shared by all of them.
const maxGroup = 256

// writer is the only one that changes a SQLite database: one goroutine with one
// connection. It takes what waits, without lingering for more, and commits it
// as one transaction; callers are answered after that commit has returned.
type writer struct {
	store *Store
	log   *slog.Logger
	conn  *sql.Conn
	ready map[*query]*sql.Stmt
	queue chan *unit
	quit  chan struct{}
	gone  chan struct{}
	ended sync.WaitGroup
	stop  sync.Once

	group  []*unit
	errors []error
}

var (
	begin           = q("BEGIN IMMEDIATE")
	commit          = q("COMMIT")
	rollback        = q("ROLLBACK")
	savepoint       = q("SAVEPOINT unit")
	releasePoint    = q("RELEASE unit")
	rollbackToPoint = q("ROLLBACK TO unit")
)

func startWriter(s *Store, conn *sql.Conn) *writer {
	w := &writer{
		store: s, log: s.log, conn: conn, ready: map[*query]*sql.Stmt{},
		queue: make(chan *unit, 2*maxGroup), quit: make(chan struct{}), gone: make(chan struct{}),
	}
	w.ended.Go(w.loop)
	return w
}

// close ends the writer after the group it is at; units that wait are refused.
func (w *writer) close() error {
	w.stop.Do(func() {
		close(w.quit)
		w.ended.Wait()
		w.refuse(unavailable(errClosed))
		close(w.gone)
	})
	var closing []error
	for _, statement := range w.ready {
		closing = append(closing, statement.Close())
	}
	return errors.Join(append(closing, w.conn.Close())...)
}

func (w *writer) loop() {
	for {
		select {
		case <-w.quit:
			return
		case u := <-w.queue:
			// Who is about to hand something in goes first: on a busy machine that makes
			// groups larger, on an idle one it takes no time.
			runtime.Gosched()
			w.gather(u)
			w.commit()
		}
	}
}

// gather makes the group of u and all that wait behind it.
func (w *writer) gather(u *unit) {
	w.group = append(w.group[:0], u)
	for len(w.group) < maxGroup {
		select {
		case next := <-w.queue:
			w.group = append(w.group, next)
		default:
			return
		}
	}
}

// commit carries the group out and answers.
func (w *writer) commit() {
	w.errors = append(w.errors[:0], make([]error, len(w.group))...)
	// Savepoints cost a copy of each page touched twice, so they are left out
	// while the units allow it; a failure that needs them starts the group anew.
	err := w.attempt(len(w.group) > 1 && w.anyWork())
	if errors.Is(err, errNeedsSavepoints) {
		clear(w.errors)
		err = w.attempt(true)
	}
	if err != nil {
		w.log.Warn("the database refused a commit", "error", err, "units", len(w.group))
		// What waits has waited as long as this group did, and would wait again.
		// It goes first: once the group is answered, its callers come anew.
		w.refuse(err)
	}
	for i, u := range w.group {
		if err != nil {
			w.errors[i] = err
		}
		u.done <- w.errors[i]
		w.group[i] = nil
	}
}

// errNeedsSavepoints says that a unit left half a change behind which could only
// be undone together with the others'.
var errNeedsSavepoints = errors.New("group needs savepoints")

func (w *writer) anyWork() bool {
	for _, u := range w.group {
		if u.work != nil {
			return true
		}
	}
	return false
}

// attempt runs the group as one transaction. Its error is every unit's; the
// units' own are in w.errors.
func (w *writer) attempt(points bool) error {
	if _, err := w.run(begin); err != nil {
		return unavailable(err)
	}
	for i, u := range w.group {
		err := w.unit(u, points)
		w.errors[i] = err
		alone := len(w.group) == 1 && u.work != nil && err != nil
		if alone {
			w.undo()
			return w.onlyUnits(err)
		}
		if errors.Is(err, errNeedsSavepoints) || errors.Is(err, errBroken) {
			w.undo()
			return err
		}
	}
	err := w.store.at(Commit)
	if err == nil {
		_, err = w.run(commit)
	}
	if err != nil {
		w.undo()
		return unavailable(err)
	}
	return w.store.at(Committed)
}

// onlyUnits passes an unavailable database on to all, and leaves any other error
// to the one unit that had it.
func (w *writer) onlyUnits(err error) error {
	if errors.Is(err, engine.ErrUnavailable) {
		return err
	}
	return nil
}

// errBroken ends a whole group: the transaction itself cannot go on.
var errBroken = errors.New("transaction is broken")

// unit runs one unit, within a savepoint of its own if points says so.
func (w *writer) unit(u *unit, points bool) error {
	if err := u.ctx.Err(); err != nil {
		return err
	}
	if points {
		if _, err := w.run(savepoint); err != nil {
			return broken(err)
		}
	}
	dirty, err := w.apply(u)
	if errors.Is(err, engine.ErrUnavailable) {
		return broken(err)
	}
	if !points {
		if err != nil && dirty && u.work == nil {
			return errNeedsSavepoints
		}
		return err
	}
	if err != nil {
		if _, undoing := w.run(rollbackToPoint); undoing != nil {
			return broken(undoing)
		}
	}
	if _, releasing := w.run(releasePoint); releasing != nil {
		return broken(releasing)
	}
	return err
}

func broken(err error) error { return errors.Join(errBroken, unavailable(err)) }

// apply does what the unit says. dirty reports whether a failed one has written.
func (w *writer) apply(u *unit) (dirty bool, err error) {
	if u.work != nil {
		t := w.store.newTx(session{ctx: background, store: w.store, on: w}, u.workspace)
		return true, w.store.call(t, u.work)
	}
	return session{ctx: background, store: w.store, on: w}.apply(&u.batch)
}

func (w *writer) undo() {
	// After a full disk or a failed COMMIT the transaction may be gone already.
	if _, err := w.run(rollback); err != nil {
		w.log.Debug("nothing to roll back", "error", err)
	}
}

// refuse answers all units that wait with an error.
func (w *writer) refuse(err error) {
	for {
		select {
		case u := <-w.queue:
			u.done <- err
		default:
			return
		}
	}
}

// background is the context of everything that the writer does: the driver
// starts a goroutine for each statement whose context can end.
var background = context.Background()

func (w *writer) run(query *query) (int64, error) { return w.exec(background, query, nil) }

// prepared returns the statement kept for a query.
func (w *writer) prepared(query *query) (*sql.Stmt, error) {
	if statement, ok := w.ready[query]; ok {
		return statement, nil
	}
	statement, err := w.conn.PrepareContext(background, query.lite)
	if err != nil {
		return nil, err
	}
	w.ready[query] = statement
	return statement, nil
}

func (w *writer) exec(_ context.Context, query *query, args []any) (int64, error) {
	statement, err := w.prepared(query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(background, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (w *writer) rows(_ context.Context, query *query, args []any) (*sql.Rows, error) {
	statement, err := w.prepared(query)
	if err != nil {
		return nil, err
	}
	return statement.QueryContext(background, args...)
}

func (w *writer) pool() gorm.ConnPool { return w.conn }
