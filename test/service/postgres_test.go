package service_test

import (
	"context"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/test/service"
)

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestPostgresGivesEachCallerAnEmptyDatabase(t *testing.T) {
	t.Parallel()
	first, second := service.Postgres(t), service.Postgres(t)
	if first == second {
		t.Fatal("two calls got the same database")
	}
	if _, err := connect(t, first).Exec(t.Context(), "CREATE TABLE mine (id bigint)"); err != nil {
		t.Fatal(err)
	}
	var tables int
	err := connect(t, second).QueryRow(t.Context(),
		"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").Scan(&tables)
	if err != nil {
		t.Fatal(err)
	}
	if tables != 0 {
		t.Fatalf("the second database has %d tables of the first", tables)
	}
}

func TestPostgresDropsTheDatabaseThoughSomebodyIsConnected(t *testing.T) {
	t.Parallel()
	var url string
	var left *pgx.Conn
	t.Run("user", func(t *testing.T) {
		url = service.Postgres(t)
		var err error
		if left, err = pgx.Connect(t.Context(), url); err != nil {
			t.Fatal(err)
		}
	})
	if err := left.Ping(t.Context()); err == nil {
		t.Error("a connection outlived its database")
	}
	if conn, err := pgx.Connect(t.Context(), url); err == nil {
		_ = conn.Close(t.Context())
		t.Error("the database is still there after its test")
	}
}

func TestPostgresOfOneTestComesBackWithWhatWasCommitted(t *testing.T) {
	t.Parallel()
	s := service.StartPostgres(t)
	old := connect(t, s.URL())
	if _, err := old.Exec(t.Context(), "CREATE TABLE kept (id bigint); INSERT INTO kept VALUES (7)"); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		s.Restart(t)
		var id int
		if err := connect(t, s.URL()).QueryRow(t.Context(), "SELECT id FROM kept").Scan(&id); err != nil || id != 7 {
			t.Fatalf("after a restart: %d, %v", id, err)
		}
	}
	if err := old.Ping(t.Context()); err == nil {
		t.Error("a connection outlived the server")
	}
}
