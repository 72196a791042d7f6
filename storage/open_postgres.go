package storage

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
)

// patience bounds what one call waits for PostgreSQL, connecting included.
const patience = 10 * time.Second

// sessionLimits are what PostgreSQL enforces although this process, or its
// machine, stands still: the locks of a frozen transaction end soon after the
// process counts as dead (engine.ownerStale), and a connection whose other end is
// gone ends within half a minute. What DATABASE_URL says comes first.
var sessionLimits = map[string]string{
	"application_name":                    "hookloom",
	"timezone":                            "UTC",
	"lock_timeout":                        "5s",
	"idle_in_transaction_session_timeout": "3s",
	"tcp_keepalives_idle":                 "10",
	"tcp_keepalives_interval":             "5",
	"tcp_keepalives_count":                "3",
	"tcp_user_timeout":                    "20s",
}

// noticeGone makes the session look each second, also while it waits for a lock,
// whether its client still lives. PostgreSQL 13 cannot, nor can later ones on some
// systems, which say so: then locks end by the other limits.
func noticeGone(ctx context.Context, conn *pgx.Conn) error {
	version, _, _ := strings.Cut(conn.PgConn().ParameterStatus("server_version"), ".")
	if major, err := strconv.Atoi(version); err != nil || major < 14 {
		return nil //nolint:nilerr // a version that says nothing is taken for an old one
	}
	_, err := conn.Exec(ctx, "SET client_connection_check_interval = '1s'")
	if refused := (*pgconn.PgError)(nil); errors.As(err, &refused) {
		return nil
	}
	return err
}

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
	config.AfterConnect = noticeGone
	for name, value := range sessionLimits {
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
	// A group is sent at once; one that stops in the middle is none of ours.
	if _, given := params["statement_timeout"]; !given {
		grouped.ConnConfig.RuntimeParams["statement_timeout"] = "10s"
	}
	if s.pool, err = s.connectPool(ctx, grouped); err != nil {
		return err
	}
	// So has the heartbeat: it must not wait behind a group that waits for a lock.
	heart := config.Copy()
	heart.MaxConns = 1
	if s.heart, err = s.connectPool(ctx, heart); err != nil {
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
