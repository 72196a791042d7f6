package storage

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
)

// patience bounds what one call waits for PostgreSQL, connecting included.
const patience = 10 * time.Second

// groupers is how many goroutines commit groups of units: half of the
// processors, at most 4. More groups are smaller ones, and what overlaps is the
// wait for the log, which needs a processor to be free for it: on two, one
// grouper does a tenth more runs than two do.
func groupers() int { return max(1, min(4, runtime.GOMAXPROCS(0)/2)) }

func (s *Store) openPostgres(ctx context.Context, c Config) error {
	config, err := pgxpool.ParseConfig(c.DatabaseURL)
	if err != nil {
		// pgx leaves the password out of its message.
		return fmt.Errorf("DATABASE_URL: %w", err)
	}
	config.MaxConns = int32(c.ReadConns)
	config.MaxConnLifetimeJitter = time.Minute
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = patience / 2
	}
	params := config.ConnConfig.RuntimeParams
	for name, value := range map[string]string{
		"application_name": "hookloom",
		"timezone":         "UTC",
		// A process that hangs inside a transaction must not block the others.
		"idle_in_transaction_session_timeout": "30s",
		"lock_timeout":                        "5s",
	} {
		if _, given := params[name]; !given {
			params[name] = value
		}
	}
	pool, err := s.connectPool(ctx, config)
	if err != nil {
		return err
	}
	// Groups have connections of their own: an accepted request waits for no
	// transaction of a workflow.
	grouped := config.Copy()
	grouped.MaxConns = int32(groupers())
	if s.pool, err = s.connectPool(ctx, grouped); err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(pool)
	s.closers = append(s.closers, db.Close)
	if err := db.PingContext(ctx); err != nil {
		return fmt.Errorf("connect to PostgreSQL: %w", translate(err))
	}
	if err := s.migrate(ctx, db); err != nil {
		return err
	}
	s.db, s.reader = db, postgresRunner{db}
	if err := s.openORM(postgres.New(postgres.Config{Conn: db})); err != nil {
		return err
	}
	s.groups = startGroups(s)
	s.closers = append(s.closers, s.groups.close)
	return nil
}

func (s *Store) connectPool(ctx context.Context, config *pgxpool.Config) (*pgxpool.Pool, error) {
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, translate(err)
	}
	s.closers = append(s.closers, func() error { pool.Close(); return nil })
	return pool, nil
}
