package storage

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/test/service"
)

func config(t *testing.T) Config {
	t.Helper()
	ring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	return Config{DataDir: t.TempDir(), Keyring: ring}
}

func opened(t *testing.T, c Config) *Store {
	t.Helper()
	s, err := Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// onBoth runs a test on a store of each database.
func onBoth(t *testing.T, test func(t *testing.T, s *Store)) {
	t.Run("sqlite", func(t *testing.T) { test(t, opened(t, config(t))) })
	t.Run("postgres", func(t *testing.T) {
		c := config(t)
		c.DatabaseURL = FilledPostgres(t)
		test(t, opened(t, c))
	})
}

func TestModelsHaveTheMigratedColumns(t *testing.T) {
	onBoth(t, func(t *testing.T, s *Store) {
		for _, model := range models {
			statement := &gorm.Statement{DB: s.orm}
			if err := statement.Parse(model); err != nil {
				t.Fatal(err)
			}
			fields := slices.Sorted(slices.Values(statement.Schema.DBNames))
			columns := columnsOf(t, s, statement.Schema.Table)
			if !slices.Equal(fields, columns) {
				t.Errorf("%s: the model has %v, the table %v", statement.Schema.Table, fields, columns)
			}
		}
	})
}

func columnsOf(t *testing.T, s *Store, table string) []string {
	t.Helper()
	query := `SELECT name FROM pragma_table_info(?)`
	if s.postgres {
		query = `SELECT column_name FROM information_schema.columns WHERE table_name = ?`
	}
	on, err := s.read(t.Context(), crossing)
	if err != nil {
		t.Fatal(err)
	}
	columns, err := all(on, q(query), []any{table}, func(row scanner) (name string, err error) { return name, row.Scan(&name) })
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(columns)
	return columns
}

// TestBothDatabasesHaveTheSameTables compares the columns and indexes that the
// one source of migrations makes on each.
func TestBothDatabasesHaveTheSameTables(t *testing.T) {
	columns, indexes := map[bool][]string{}, map[bool][]string{}
	onBoth(t, func(t *testing.T, s *Store) {
		tables := `SELECT m.name || '.' || c.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%'`
		named := `SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite%'`
		if s.postgres {
			tables = `SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'`
			named = `SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname !~ '_(pkey|key)$'`
		}
		for text, into := range map[string]map[bool][]string{tables: columns, named: indexes} {
			on, err := s.read(t.Context(), crossing)
			if err != nil {
				t.Fatal(err)
			}
			list, err := all(on, q(text), nil, func(row scanner) (name string, err error) { return name, row.Scan(&name) })
			if err != nil {
				t.Fatal(err)
			}
			list = slices.DeleteFunc(list, func(name string) bool {
				return strings.HasPrefix(name, "schema_migrations") || strings.HasPrefix(name, "counters")
			})
			slices.Sort(list)
			into[s.postgres] = list
		}
	})
	if len(columns[true]) < 200 || !slices.Equal(columns[true], columns[false]) {
		t.Errorf("columns differ:\n%v\n%v", columns[false], columns[true])
	}
	if len(indexes[true]) < 20 || !slices.Equal(indexes[true], indexes[false]) {
		t.Errorf("indexes differ:\n%v\n%v", indexes[false], indexes[true])
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	c := config(t)
	s := opened(t, c)
	if err := s.within(t.Context(), crossing, func(tx *tx) error {
		_, err := tx.exec(q(`INSERT INTO schema_migrations (version_id, is_applied) VALUES (999, 1)`))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "newer Hookloom") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error: %v", err)
	}
}

// TestAKilledMigrationGoesOn leaves each migration half done, as a killed
// process does, goes on from there, and opens the database at the end.
func TestAKilledMigrationGoesOn(t *testing.T) {
	for _, database := range []string{"sqlite", "postgres"} {
		t.Run(database, func(t *testing.T) {
			c := config(t)
			if database == "postgres" {
				c.DatabaseURL = service.Postgres(t)
			}
			killMigrations(t, c)
			s := opened(t, c)
			if has, err := s.HasOwner(t.Context()); has || err != nil {
				t.Errorf("%v %v", has, err)
			}
		})
	}
}

// killMigrations leaves without a commit in the middle of each migration, and
// then applies it.
func killMigrations(t *testing.T, c Config) {
	t.Helper()
	half := &Store{log: slog.New(slog.DiscardHandler), postgres: c.DatabaseURL != ""}
	driver, source := "sqlite", sqliteDSN(filepath.Join(c.DataDir, FileName), toWrite)
	if half.postgres {
		driver, source = "pgx", c.DatabaseURL
	}
	steps, err := half.migrations()
	if err != nil {
		t.Fatal(err)
	}
	for n, step := range steps {
		db, err := sql.Open(driver, source)
		if err != nil {
			t.Fatal(err)
		}
		conn, err := db.BeginTx(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := step.UpFnContext(t.Context(), conn); err != nil {
			t.Fatalf("killed at %d: %v", step.Version, err)
		}
		// The connection ends without a commit, as with the process.
		if err := errors.Join(conn.Rollback(), db.Close()); err != nil {
			t.Fatal(err)
		}
		if n == len(steps)-1 {
			return // what is left is for the next process
		}
		if db, err = sql.Open(driver, source); err != nil {
			t.Fatal(err)
		}
		if err := half.migrateTo(t.Context(), db, steps[:n+1]); err != nil {
			t.Fatalf("after a kill at %d: %v", step.Version, err)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestQueriesAreWrittenForBothDatabases(t *testing.T) {
	query := q(`SELECT ? FROM t WHERE a = ? $update`)
	if query.lite != `SELECT ? FROM t WHERE a = ? ` || query.post != `SELECT $1 FROM t WHERE a = $2 FOR NO KEY UPDATE` {
		t.Errorf("%q %q", query.lite, query.post)
	}
}

func TestPlansUseIndexes(t *testing.T) {
	s := opened(t, config(t))
	for name, query := range map[string]*query{
		"pull":      pullWorkspace,
		"waiting":   q(`SELECT workspace_id, id FROM runs WHERE status = 'waiting' AND ring_at <= ? ORDER BY ring_at LIMIT ?`),
		"queued":    q(`SELECT workspace_id, id FROM runs WHERE status = 'queued' AND ring_at < ? ORDER BY ring_at LIMIT ?`),
		"any due":   anyToRing,
		"ring due":  requeueWaiting,
		"ring late": requeueQueued,
		"stale":     takeStale,
		"others":    takeOthers,
		"next":      nextPullWorkspace,
		"take over": q(`SELECT workspace_id, id FROM runs WHERE status = 'running' AND owner <> ?`),
		"events":    selectPending,
		"effect":    selectEffect,
		"endpoint":  selectEndpoint,
		"email":     contactsBy["email"],
		"field":     contactsByField,
		"held runs": selectHeldRuns,
		"held":      selectHeldRequests,
		"offers":    selectOffersOfContact,
		"blob":      dropBlob,
		"listeners": selectEventTriggers,
		"failed":    q(`SELECT id FROM runs WHERE workspace_id = ? AND status = ? AND ` + runsStatus + ` ORDER BY id DESC LIMIT ?`),
		"failures":  selectFailures,
		"open":      countOpen[engine.Waiting],
		"refused":   q(`SELECT id FROM requests WHERE workspace_id = ? AND verdict = 'invalid' AND verdict <> 'accepted' ORDER BY id DESC LIMIT ?`),
	} {
		on, err := s.read(t.Context(), crossing)
		if err != nil {
			t.Fatal(err)
		}
		args := make([]any, strings.Count(query.lite, "?"))
		for i := range args {
			args[i] = ""
		}
		var plan strings.Builder
		err = on.each(q("EXPLAIN QUERY PLAN "+query.lite), args, func(row scanner) error {
			var id, parent, unused int
			var detail string
			err := row.Scan(&id, &parent, &unused, &detail)
			plan.WriteString(detail + "\n")
			if testing.Verbose() {
				t.Log(name, detail)
			}
			ofQuery := detail == "SCAN r" // what an inner SELECT with a limit gave
			if strings.HasPrefix(detail, "SCAN") && !ofQuery && !strings.Contains(detail, "USING") && !strings.Contains(detail, "CONSTANT") {
				t.Errorf("%s reads a whole table: %s", name, detail)
			}
			if strings.Contains(detail, "TEMP B-TREE FOR ORDER BY") && (name == "pull" || name == "waiting" || name == "queued" || name == "events") {
				t.Errorf("%s sorts: %s", name, detail)
			}
			return err
		})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if (name == "failed" || name == "failures" || name == "open") && !strings.Contains(plan.String(), "INDEX runs_status") {
			t.Errorf("%s does not use the index of statuses:\n%s", name, plan.String())
		}
	}
}
