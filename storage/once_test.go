package storage_test

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// TestOnceIsTheFirstOfManyAtOnce: one holder gets a key, keeps it when it asks
// again, and loses it when its time is over; another workspace has keys of its own.
func TestOnceIsTheFirstOfManyAtOnce(t *testing.T) {
	for name, config := range map[string]func() storage.Config{
		"sqlite":   func() storage.Config { return storage.Config{DataDir: t.TempDir()} },
		"postgres": func() storage.Config { return storage.Config{DatabaseURL: storage.FilledPostgres(t)} },
	} {
		t.Run(name, func(t *testing.T) {
			c := config()
			c.Keyring = storagetest.Keyring(t)
			s := storagetest.OpenConfig(t, c)
			ws, key := storagetest.Workspace(t, s, "main").ID, []byte("0123456789abcdef0123456789abcdef")
			ask := func(workspace, holder string, until time.Time) string {
				has, err := s.Once(t.Context(), workspace, key, holder, until)
				if err != nil {
					t.Error(err)
				}
				return has
			}
			hour := time.Now().Add(time.Hour)
			answers := make(chan string, 8)
			for i := range 8 {
				go func() { answers <- ask(ws, string(rune('a'+i)), hour) }()
			}
			first := <-answers
			for range 7 {
				if got := <-answers; got != first {
					t.Errorf("%q and %q both have the key", first, got)
				}
			}
			if got := ask(ws, first, hour); got != first {
				t.Errorf("its holder is told %q", got)
			}
			if got := ask(storagetest.Workspace(t, s, "other").ID, "x", hour); got != "x" {
				t.Errorf("another workspace is told %q", got)
			}
			other := storagetest.Workspace(t, s, "third").ID
			ask(other, "old", time.Now().Add(-time.Hour))
			if got := ask(other, "new", hour); got != "new" {
				t.Errorf("a key whose time is over is still with %q", got)
			}
		})
	}
}
