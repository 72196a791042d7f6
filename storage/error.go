package storage

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

var errNotFound = engine.ErrNotFound

// translate turns what the drivers and gorm say into the engine's words:
// engine.ErrNotFound, engine.ErrUnavailable (with the cause behind it, also
// reachable by errors.As), *crm.Conflict for a value that is taken. Other errors
// stay as they are.
func translate(err error) error {
	if err == nil || errors.Is(err, engine.ErrUnavailable) {
		return err
	}
	if errors.Is(err, sql.ErrNoRows) || errors.Is(err, gorm.ErrRecordNotFound) {
		return errNotFound
	}
	if errors.Is(err, context.Canceled) {
		return err
	}
	if lite, ok := errors.AsType[*sqlite.Error](err); ok {
		return translateSQLite(lite)
	}
	if post, ok := errors.AsType[*pgconn.PgError](err); ok {
		return translatePostgres(post)
	}
	if awayError(err) {
		return unavailable(err)
	}
	return err
}

func unavailable(err error) error { return fmt.Errorf("%w: %w", engine.ErrUnavailable, err) }

// awayError reports errors of the way to the database rather than of the
// database. A limit of time that ended in the middle of a transaction is one, also
// for the statements behind it: no work of its caller has failed.
func awayError(err error) bool {
	var dial *net.OpError
	var connect *pgconn.ConnectError
	return errors.As(err, &dial) || errors.As(err, &connect) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, sql.ErrTxDone) ||
		errors.Is(err, context.DeadlineExceeded) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) ||
		pgconn.Timeout(err) || slices.ContainsFunc(closedTexts, func(text string) bool { return strings.Contains(err.Error(), text) })
}

// closedTexts are what database/sql and pgx say, without an error value for it,
// when something was closed.
var closedTexts = []string{"database is closed", "statement is closed", "closed pool", "conn closed"}

func translateSQLite(err *sqlite.Error) error {
	switch err.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY,
		sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT:
		return unavailable(err)
	}
	if err.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE || err.Code() == sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY {
		return conflict(sqliteColumns(err.Error()))
	}
	return err
}

// sqliteColumns reads the columns from "UNIQUE constraint failed:
// contacts.workspace_id, contacts.email (2067)".
func sqliteColumns(message string) string {
	_, columns, _ := strings.Cut(message, "failed: ")
	columns, _, _ = strings.Cut(columns, " (")
	names := strings.Split(columns, ", ")
	last := names[len(names)-1]
	table, column, _ := strings.Cut(last, ".")
	return table + "." + column
}

func translatePostgres(err *pgconn.PgError) error {
	switch {
	case err.Code == "23505":
		return conflict(postgresColumns(err))
	case err.Code == "57P01", err.Code == "57P02", err.Code == "57P03", err.Code == "57014", err.Code == "55P03", err.Code == "25P03",
		err.Code == "25006", strings.HasPrefix(err.Code, "53"), strings.HasPrefix(err.Code, "08"), strings.HasPrefix(err.Code, "58"):
		return unavailable(err)
	}
	return err
}

// postgresColumns reads the columns from "Key (workspace_id, email)=(...)
// already exists."; the values are not looked at.
func postgresColumns(err *pgconn.PgError) string {
	_, columns, _ := strings.Cut(err.Detail, "Key (")
	columns, _, _ = strings.Cut(columns, ")=")
	names := strings.Split(columns, ", ")
	return err.TableName + "." + names[len(names)-1]
}

// conflict names the field of a unique index; column is "table.column", the
// last of the index.
func conflict(column string) error {
	table, name, _ := strings.Cut(column, ".")
	if field, ok := conflictFields[column]; ok {
		name = field
	}
	what, ok := conflictMessages[table]
	if !ok {
		what = "something"
	}
	return &crm.Conflict{Field: name, Message: what + " with this " + strings.ReplaceAll(name, "_", " ") + " exists already"}
}

// conflictFields names columns as the API does, where that differs.
var conflictFields = map[string]string{
	"tags.key": "name",
}

var conflictMessages = map[string]string{
	"contacts":       "a contact",
	"tags":           "a tag",
	"contact_fields": "a contact field",
	"custom_values":  "a custom value",
	"products":       "a product",
	"offers":         "an offer",
	"grants":         "active access",
	"purchases":      "a purchase",
	"payments":       "a payment",
	"orders":         "an order",
	"subscriptions":  "a subscription",
	"course_events":  "a course event",
	"users":          "a user",
	"workspaces":     "a workspace",
}

// repeatable reports errors after which a PostgreSQL transaction is worth
// another try: the database gave it up in favour of another one, or it found a
// row that another one had just inserted.
func repeatable(err error) bool {
	var taken *crm.Conflict
	return outrun(err) || errors.As(err, &taken)
}

// outrun reports that PostgreSQL gave a transaction up in favour of others, or
// that a blob which was there was cleaned away meanwhile.
func outrun(err error) bool {
	var post *pgconn.PgError
	if !errors.As(err, &post) {
		return false
	}
	return post.Code == "40001" || post.Code == "40P01" || (post.Code == "23503" && strings.Contains(post.ConstraintName, "_blob"))
}
