package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// database opens the SQLite file of a server that is stopped, for writing it
// fast: nothing here needs to survive a power cut.
func (i *installation) database() (*sql.DB, error) {
	v := url.Values{}
	for _, pragma := range []string{"synchronous(OFF)", "foreign_keys(OFF)", "cache_size(-262144)", "temp_store(MEMORY)"} {
		v.Add("_pragma", pragma)
	}
	file := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.Join(i.dir, "hookloom.db"), RawQuery: v.Encode()}).String()
	db, err := sql.Open("sqlite", file)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // temporary tables belong to a connection
	return db, db.Ping()
}

// copies says how many copies of a run, with its request and its steps, to make.
type copies struct {
	run string
	n   int
	// first is the time of copy 1, every the distance to the next.
	first time.Time
	every time.Duration
	// due is when the copies go on, zero for runs that do not wait.
	due time.Time
	// sentinel is the number of the payload that the run is of; each copy gets
	// its own number in that place, and its own price. 0 leaves payloads alike.
	sentinel int
}

// copyPage is how many copies one transaction makes.
const copyPage = 50_000

// multiply fills the tables as real traffic would have, in a hundredth of the
// time: copies of one real run, whatever columns the tables have.
func (c copies) multiply(ctx context.Context, db *sql.DB, progress func(done int)) error {
	var request string
	if err := db.QueryRowContext(ctx, "SELECT request_id FROM runs WHERE id = ?", c.run).Scan(&request); err != nil {
		return fmt.Errorf("the run to copy: %w", err)
	}
	var statements []string
	for _, t := range []struct {
		table, key, id string
		values         map[string]string
	}{
		{"requests", "id", request, c.ofRequest()},
		{"runs", "id", c.run, c.ofRun()},
		{"run_steps", "run_id", c.run, c.ofStep()},
	} {
		if _, err := db.ExecContext(ctx, fmt.Sprintf("CREATE TEMP TABLE one_%s AS SELECT * FROM %s WHERE %s = '%s'", t.table, t.table, t.key, t.id)); err != nil {
			return err
		}
		statement, err := copyStatement(ctx, db, t.table, t.values)
		if err != nil {
			return err
		}
		statements = append(statements, statement)
	}
	for from := 1; from <= c.n; from += copyPage {
		to := min(from+copyPage-1, c.n)
		if err := page(ctx, db, statements, from, to); err != nil {
			return err
		}
		progress(to)
	}
	return nil
}

// copyStatement inserts copies ?1 to ?2 of the rows in the temporary table; n is
// a copy's number, and values replace columns by expressions.
func copyStatement(ctx context.Context, db *sql.DB, table string, values map[string]string) (string, error) {
	rows, err := db.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", table)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var columns, expressions []string
	for rows.Next() {
		var column string
		if err := rows.Scan(&column); err != nil {
			return "", err
		}
		columns = append(columns, column)
		if value, given := values[column]; given {
			expressions = append(expressions, value)
		} else {
			expressions = append(expressions, column)
		}
	}
	return fmt.Sprintf("WITH RECURSIVE seq(n) AS (VALUES (?1) UNION ALL SELECT n + 1 FROM seq WHERE n < ?2) INSERT INTO %s (%s) SELECT %s FROM seq CROSS JOIN one_%s",
		table, strings.Join(columns, ", "), strings.Join(expressions, ", "), table), rows.Err()
}

func page(ctx context.Context, db *sql.DB, statements []string, from, to int) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	for _, statement := range statements {
		if _, err := tx.ExecContext(ctx, statement, from, to); err != nil {
			return errors.Join(err, tx.Rollback())
		}
	}
	return tx.Commit()
}

// at is the time of a copy in microseconds, as SQL.
func (c copies) at() string {
	return fmt.Sprintf("(%d + n * %d)", c.first.UnixMicro(), c.every.Microseconds())
}

// id is a UUIDv7 of that time, as SQL.
func (c copies) id(prefix string) string {
	ms := "(" + c.at() + " / 1000)"
	return fmt.Sprintf("'%s_' || printf('%%08x-%%04x-7%%03x-8000-%%012x', %s >> 16, %s & 65535, n & 4095, n)", prefix, ms, ms)
}

func (c copies) ofRequest() map[string]string {
	return map[string]string{
		"id": c.id("req"), "run_ids": c.id("run"), "received_at": c.at(), "body": c.payload("body"),
	}
}

func (c copies) ofRun() map[string]string {
	values := map[string]string{
		"id": c.id("run"), "root_run": c.id("run"), "request_id": c.id("req"), "input": c.payload("input"),
		"created_at": c.at(), "started_at": c.at() + " + 1000", "due_at": c.at(), "ring_at": c.at(),
		"finished_at": c.at() + " + 5000",
	}
	if !c.due.IsZero() {
		values["due_at"], values["ring_at"], values["finished_at"] = c.dueAt(), c.dueAt(), "0"
	}
	return values
}

func (c copies) ofStep() map[string]string {
	values := map[string]string{
		"run_id":     c.id("run"),
		"started_at": c.at() + " + 1000",
	}
	if !c.due.IsZero() {
		values["due_at"] = "CASE WHEN due_at > 0 THEN " + c.dueAt() + " ELSE 0 END"
	}
	return values
}

func (c copies) dueAt() string { return fmt.Sprint(c.due.UnixMicro()) }

// payload puts a copy's own number and price into a JSON column.
func (c copies) payload(column string) string {
	if c.sentinel == 0 {
		return column
	}
	return fmt.Sprintf("CAST(replace(replace(CAST(%s AS TEXT), '%d', n), ':%d', ':' || (1000 + n %% 9000)) AS BLOB)",
		column, c.sentinel, cents(c.sentinel))
}

// postpone moves what is due at one time to another.
func postpone(ctx context.Context, db *sql.DB, from, to time.Time) error {
	for _, statement := range []string{
		"UPDATE runs SET due_at = ?1, ring_at = ?1 WHERE status = 'waiting' AND ring_at = ?2",
		"UPDATE run_steps SET due_at = ?1 WHERE due_at = ?2",
	} {
		if _, err := db.ExecContext(ctx, statement, to.UnixMicro(), from.UnixMicro()); err != nil {
			return err
		}
	}
	return nil
}

// settle writes everything to the disk, so that it does not happen while
// something is measured.
func settle(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)"); err != nil {
		return errors.Join(err, db.Close())
	}
	err := db.Close()
	syscall.Sync()
	return err
}
