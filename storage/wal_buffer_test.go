package storage

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/hookloom/hookloom/engine"
)

// crashCopy copies the database with its log as a crash at this moment would
// leave them, and opens the copy.
func crashCopy(t *testing.T, path string) *sql.DB {
	t.Helper()
	dir := t.TempDir()
	for _, suffix := range []string{"", "-wal"} {
		from, err := os.Open(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		to, err := os.Create(filepath.Join(dir, "copy.db"+suffix))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(to, from); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(from.Close(), to.Close()); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", filepath.Join(dir, "copy.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func count(t *testing.T, db *sql.DB) (rows int) {
	t.Helper()
	var sound string
	if err := db.QueryRow("PRAGMA integrity_check").Scan(&sound); err != nil || sound != "ok" {
		t.Fatalf("integrity: %s %v", sound, err)
	}
	if err := db.QueryRow("SELECT count(*) FROM instance WHERE name LIKE 'row%'").Scan(&rows); err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestNothingOfACommitStaysInTheLogBuffer stores less, as much and far more than
// is gathered, also more than the page cache holds, and looks at the files as
// they are on return.
func TestNothingOfACommitStaysInTheLogBuffer(t *testing.T) {
	s := opened(t, config(t))
	total := 0
	for _, rows := range []int{1, 40, 8000} {
		for _, fails := range []bool{true, false} {
			err := s.within(t.Context(), crossing, func(tx *tx) error {
				for i := range rows {
					name := engine.NewID("row")
					if _, err := tx.exec(addInstance, name, make([]byte, 3000)); err != nil {
						return err
					}
					if i%1000 != 0 {
						continue
					}
					// What was written is read back before it is committed.
					if _, err := tx.instance(name); err != nil {
						return err
					}
				}
				if fails {
					return errTest
				}
				return nil
			})
			if fails {
				if !errors.Is(err, errTest) {
					t.Fatal(err)
				}
				continue
			}
			if err != nil {
				t.Fatal(err)
			}
			total += rows
			if got := count(t, crashCopy(t, s.path)); got != total {
				t.Fatalf("%d rows are in the files after the commit, want %d", got, total)
			}
		}
	}
	// Readers have the log open through SQLite's usual layer.
	var seen int
	err := s.reader.(*readers).db.QueryRowContext(context.Background(), "SELECT count(*) FROM instance WHERE name LIKE 'row%'").Scan(&seen)
	if err != nil || seen != total {
		t.Fatalf("a reader sees %d rows, want %d: %v", seen, total, err)
	}
}

var errTest = errors.New("test")
