// Package storage keeps everything in SQL: in SQLite, embedded in the process
// (the default), or in PostgreSQL. Both pass storagetest.
//
// There are two ways to change data. Units of known statements (an accepted
// request, a step result) are grouped: one durable commit carries many. Do runs
// a function in a transaction. On SQLite both go through the one writer; on
// PostgreSQL each Do is a transaction of its own.
package storage

import (
	"context"
	"database/sql"
	"errors"

	"log/slog"
	"net/url"
	"runtime"
	"slices"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

// Config says where the data is.
type Config struct {
	// DataDir is the directory of the SQLite database; it is made when missing
	// and locked for this process. Unused with DatabaseURL.
	DataDir string
	// DatabaseURL is postgres://user:password@host/name, or "" for SQLite.
	DatabaseURL string
	// Keyring seals the workspaces' secrets; it is required and must fit the
	// database.
	Keyring *secret.Keyring
	// ReadConns bounds the connections that read, on PostgreSQL also those of
	// transactions; 0 means twice the processors and at least 4, on PostgreSQL
	// four times and at least 10.
	ReadConns int
	// Clock is nil for the system's. Heartbeats use the database's own.
	Clock func() time.Time
	// Log is nil for none.
	Log *slog.Logger
	// Fault is nil but in tests of faults. It is called before each statement
	// and commit and, with Committed, after each commit; what it returns is taken
	// for the database's answer.
	Fault func(Point) error
}

// Point is a place where Config.Fault may fail.
type Point string

// The places where Config.Fault may fail.
const (
	Statement Point = "statement"
	Commit    Point = "commit"
	// Committed is after the commit: what was written stays, and the caller does
	// not hear of it.
	Committed Point = "committed"
)

// Store implements engine.Store and the read ports of the API. It is safe for
// concurrent use.
type Store struct {
	postgres bool
	log      *slog.Logger
	clock    func() time.Time
	fault    func(Point) error
	orm      *gorm.DB
	// reader runs queries outside transactions.
	reader runner
	// path of the SQLite database and writer are empty on PostgreSQL.
	path   string
	writer *writer
	// pool (the connections of groups), heart (the one of heartbeats), db (all
	// others) and groups are nil on SQLite.
	pool   *pgxpool.Pool
	heart  *pgxpool.Pool
	db     *sql.DB
	groups *groups
	blobs  *blobCodec

	keyring *secret.Keyring
	// boxes holds a *secret.Box for each workspace whose data key is committed.
	boxes sync.Map
	// composed holds a *query for each text of a list's filters.
	composed sync.Map
	// touching holds the tokens whose last use is being noted.
	touching sync.Map
	// background counts goroutines that Close waits for; closing guards against
	// new ones.
	background sync.WaitGroup
	closing    sync.RWMutex
	closed     bool
	// pulled is the workspace that the last Pull ended with.
	pulling sync.Mutex
	pulled  string
	crowds  crowds
	// closers run in reverse order.
	closers []func() error
}

// Open opens the database, brings its tables up to date and starts the writer.
// It fails with one clear line when another process has the data directory and
// when a newer Hookloom has changed the tables.
func Open(ctx context.Context, c Config) (*Store, error) {
	s := &Store{log: c.Log, clock: c.Clock, fault: c.Fault}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if c.ReadConns == 0 && c.DatabaseURL != "" {
		c.ReadConns = max(10, 4*runtime.GOMAXPROCS(0))
	} else if c.ReadConns == 0 {
		c.ReadConns = max(4, 2*runtime.GOMAXPROCS(0))
	}
	if s.keyring = c.Keyring; s.keyring == nil {
		return nil, errNoKeyring
	}
	var err error
	if s.blobs, err = newBlobCodec(); err != nil {
		return nil, err
	}
	if err := s.open(ctx, c); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, c Config) error {
	if err := s.connect(ctx, c); err != nil {
		return err
	}
	return s.checkKey(ctx)
}

func (s *Store) connect(ctx context.Context, c Config) error {
	if c.DatabaseURL == "" {
		return s.openSQLite(ctx, c)
	}
	u, err := url.Parse(c.DatabaseURL)
	if err != nil || (u.Scheme != "postgres" && u.Scheme != "postgresql") {
		// The error of url.Parse would repeat the password.
		return errors.New("DATABASE_URL must look like postgres://user:password@host:5432/name")
	}
	s.postgres = true
	return s.openPostgres(ctx, c)
}

// Close waits for the commit under way, refuses what waits behind it and closes
// all connections.
func (s *Store) Close() error {
	s.closing.Lock()
	s.closed = true
	s.closing.Unlock()
	s.background.Wait()
	var closing []error
	for _, v := range slices.Backward(s.closers) {
		closing = append(closing, v())
	}
	s.closers = nil
	return errors.Join(closing...)
}

// at asks Config.Fault whether a point fails.
func (s *Store) at(point Point) error {
	if s.fault == nil {
		return nil
	}
	if err := s.fault(point); err != nil {
		return unavailable(err)
	}
	return nil
}

// now is the store's clock, in UTC and whole microseconds as they are stored.
func (s *Store) now() time.Time { return s.clock().UTC().Truncate(time.Microsecond) }

// read returns a session for queries of a workspace outside any transaction.
// Short queries run to their end even when ctx ends before: the SQLite driver
// starts a goroutine for each statement whose context can end.
func (s *Store) read(ctx context.Context, workspace string) (session, error) {
	if workspace == "" {
		return session{}, errNoWorkspace
	}
	if err := ctx.Err(); err != nil {
		return session{}, err
	}
	if !s.postgres {
		ctx = background
	}
	return session{ctx: ctx, store: s, on: s.reader}, nil
}

// readLong is read for queries that may take long: they end with ctx.
func (s *Store) readLong(ctx context.Context, workspace string) (session, error) {
	on, err := s.read(ctx, workspace)
	on.ctx = ctx
	return on, err
}

// Do runs fn in one transaction, see engine.Store.
func (s *Store) Do(ctx context.Context, workspace string, fn func(engine.Tx) error) error {
	return s.within(ctx, workspace, func(t *tx) error { return fn(t) })
}
