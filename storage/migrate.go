package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
	"log/slog"
	"path"
	"regexp"
	"strconv"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date. Each migration is one transaction
// together with its mark, so that a killed start goes on where it was. Several
// processes that start on one PostgreSQL take turns.
func (s *Store) migrate(ctx context.Context, db *sql.DB) error {
	steps, err := s.migrations()
	if err != nil {
		return err
	}
	return s.migrateTo(ctx, db, steps)
}

// migrateTo applies those of the steps that are still to do.
func (s *Store) migrateTo(ctx context.Context, db *sql.DB, steps []*goose.Migration) error {
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption{
		goose.WithGoMigrations(steps...),
		goose.WithDisableGlobalRegistry(true),
		goose.WithTableName("schema_migrations"),
		goose.WithSlog(slog.New(slog.DiscardHandler)),
	}
	if s.postgres {
		dialect = goose.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300))
		if err != nil {
			return err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	provider, err := goose.NewProvider(dialect, db, nil, options...)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	have, err := provider.GetDBVersion(ctx)
	if err != nil {
		return fmt.Errorf("read the version of the tables: %w", translate(err))
	}
	if known := steps[len(steps)-1].Version; have > known {
		return fmt.Errorf("the database was changed by a newer Hookloom (its tables are version %d, this program knows %d): start that version, or restore a backup", have, known)
	}
	done, err := provider.Up(ctx)
	if err != nil {
		return fmt.Errorf("bring the tables up to date: %w", translate(err))
	}
	if len(done) > 0 {
		s.log.Info("the tables are up to date", "migrations", len(done), "version", done[len(done)-1].Source.Version)
	}
	return nil
}

// migrations reads the embedded files in the words of the store's database.
func (s *Store) migrations() ([]*goose.Migration, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	steps := make([]*goose.Migration, 0, len(names))
	for _, name := range names {
		number, _, _ := strings.Cut(path.Base(name), "_")
		version, err := strconv.ParseInt(number, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("migration %s has no number: %w", name, err)
		}
		source, err := migrations.ReadFile(name)
		if err != nil {
			return nil, err
		}
		text := liteSchema(string(source))
		if s.postgres {
			text = postSchema(string(source))
		}
		up := func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text)
			return err
		}
		steps = append(steps, goose.NewGoMigration(version, &goose.GoFunc{RunTx: up}, nil))
	}
	return steps, nil
}

// Migrations are written once, in the words of SQLite, with BOOL beside. These
// are the words that differ, and "-- only: sqlite|postgres" ... "-- end" frames
// what only one of the two has.
var (
	wordType    = regexp.MustCompile(`\b(BLOB|INTEGER|TEXT|BOOL)\b`)
	wordOptions = regexp.MustCompile(`\) STRICT(, WITHOUT ROWID)?;`)
	onlyBlock   = regexp.MustCompile(`(?ms)^-- only: (\w+)\n(.*?)^-- end\n`)
	postTypes   = map[string]string{"BLOB": "BYTEA", "INTEGER": "BIGINT", "TEXT": `TEXT COLLATE "C"`, "BOOL": "BOOLEAN"}
)

func liteSchema(source string) string {
	return wordType.ReplaceAllStringFunc(only(source, "sqlite"), func(word string) string {
		if word == "BOOL" {
			return "INTEGER"
		}
		return word
	})
}

func postSchema(source string) string {
	text := wordType.ReplaceAllStringFunc(only(source, "postgres"), func(word string) string { return postTypes[word] })
	return wordOptions.ReplaceAllString(text, ");")
}

// only keeps the blocks of one database and drops the other's.
func only(source, database string) string {
	return onlyBlock.ReplaceAllStringFunc(source, func(block string) string {
		parts := onlyBlock.FindStringSubmatch(block)
		if parts[1] != database {
			return ""
		}
		return parts[2]
	})
}
