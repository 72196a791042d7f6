// Package storagetest holds the suite that storage passes on each database, and
// stores for other tests.
package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
)

// Open returns a store on a new SQLite database that ends with the test. clock
// nil is the system's.
func Open(t testing.TB, clock func() time.Time) *storage.Store {
	t.Helper()
	return OpenConfig(t, storage.Config{DataDir: t.TempDir(), Clock: clock})
}

// OpenConfig opens a store that is closed when the test ends; without a Keyring
// it gets a new one. A new SQLite database begins with its tables (see Tables).
func OpenConfig(t testing.TB, c storage.Config) *storage.Store {
	t.Helper()
	if c.DatabaseURL == "" {
		Tables(t, c.DataDir)
	}
	if c.Keyring == nil {
		c.Keyring = Keyring(t)
	}
	s, err := storage.Open(t.Context(), c)
	if err != nil {
		t.Fatalf("open storage: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close storage: %v", err)
		}
	})
	return s
}

// Keyring returns a keyring with a new key.
func Keyring(t testing.TB) *secret.Keyring {
	t.Helper()
	ring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

// Workspace makes a workspace with the slug.
func Workspace(t testing.TB, s *storage.Store, slug string) crm.Workspace {
	t.Helper()
	w := crm.Workspace{Name: slug, Slug: slug, Timezone: "UTC", Currency: "USD", DefaultCountry: "US"}
	if err := s.CreateWorkspace(t.Context(), &w); err != nil {
		t.Fatalf("make workspace %s: %v", slug, err)
	}
	return w
}
