package storage_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
	"github.com/hookloom/hookloom/test/service"
)

func TestASecondProcessIsRefused(t *testing.T) {
	c := storage.Config{DataDir: t.TempDir(), Keyring: storagetest.Keyring(t)}
	storagetest.OpenConfig(t, c)
	_, err := storage.Open(t.Context(), c)
	if err == nil || !strings.Contains(err.Error(), "another hookloom process") {
		t.Errorf("error: %v", err)
	}
}

func TestAWrongKeyIsRefusedAndTheRightOneOpens(t *testing.T) {
	for _, url := range []string{"", storage.FilledPostgres(t)} {
		c := storage.Config{DataDir: t.TempDir(), DatabaseURL: url, Keyring: storagetest.Keyring(t)}
		s, err := storage.Open(t.Context(), c)
		if err != nil {
			t.Fatal(err)
		}
		f := storagetest.NewFixture(t, s, "main")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		wrong := c
		wrong.Keyring = storagetest.Keyring(t)
		_, err = storage.Open(t.Context(), wrong)
		if !errors.Is(err, secret.ErrWrongKey) || strings.Contains(err.Error(), "\n") {
			t.Errorf("error: %v", err)
		}
		tokens, err := storagetest.OpenConfig(t, c).Tokens(t.Context(), f.Workspace.ID, f.Workflow.ID)
		if err != nil || len(tokens) != 1 || tokens[0].Plain != f.Token {
			t.Errorf("%v %v", tokens, err)
		}
	}
}

func TestTheKeyCanBeRotated(t *testing.T) {
	older, newer := secret.GenerateKey(), secret.GenerateKey()
	ring := func(current secret.Key, previous ...secret.Key) *secret.Keyring {
		r, err := secret.NewKeyring(current, previous...)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	c := storage.Config{DataDir: t.TempDir(), Keyring: ring(older)}
	s, err := storage.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	f := storagetest.NewFixture(t, s, "main")
	if n, err := s.RotateKey(t.Context(), ring(newer, older)); n != 1 || err != nil {
		t.Fatalf("%d keys, %v", n, err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := storage.Open(t.Context(), c); !errors.Is(err, secret.ErrWrongKey) {
		t.Errorf("the older key: %v", err)
	}
	c.Keyring = ring(newer)
	tokens, err := storagetest.OpenConfig(t, c).Tokens(t.Context(), f.Workspace.ID, f.Workflow.ID)
	if err != nil || tokens[0].Plain != f.Token {
		t.Errorf("%v", err)
	}
}

func TestFilesAreTheOwnersOnly(t *testing.T) {
	dir := t.TempDir()
	s := storagetest.OpenConfig(t, storage.Config{DataDir: dir})
	storagetest.NewFixture(t, s, "main")
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) < 3 {
		t.Fatalf("%v %v", entries, err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v, %v", e.Name(), info.Mode(), err)
		}
	}
}

func TestABackupIsWholeWhileWritesGoOn(t *testing.T) {
	ring := storagetest.Keyring(t)
	s := storagetest.OpenConfig(t, storage.Config{DataDir: t.TempDir(), Keyring: ring})
	f := storagetest.NewFixture(t, s, "main")
	first := f.Queued()
	stop, started := make(chan bool), make(chan bool)
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ; i++ {
			f.Queued()
			if i == 0 {
				close(started)
			}
			select {
			case <-stop:
				return
			default:
			}
		}
	})
	<-started
	restored := t.TempDir()
	path := filepath.Join(restored, "hookloom.db")
	if err := s.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	close(stop)
	writing.Wait()
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v %v", info, err)
	}
	if _, err := storage.Open(t.Context(), storage.Config{DataDir: restored, Keyring: storagetest.Keyring(t)}); !errors.Is(err, secret.ErrWrongKey) {
		t.Errorf("with a wrong key: %v", err)
	}
	copied := storagetest.OpenConfig(t, storage.Config{DataDir: restored, Keyring: ring})
	if _, err := copied.Run(t.Context(), f.Workspace.ID, first.ID); err != nil {
		t.Error(err)
	}
	if err := s.Backup(t.Context(), filepath.Join(restored, "none", "x.db")); err == nil {
		t.Error("a backup into no directory succeeded")
	}
}

func TestALockedDatabaseIsUnavailableAndHeals(t *testing.T) {
	dir := t.TempDir()
	f := storagetest.NewFixture(t, storagetest.OpenConfig(t, storage.Config{DataDir: dir}), "main")
	other, err := sql.Open("sqlite", "file:"+filepath.Join(dir, "hookloom.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for range 20 {
		wait.Go(func() {
			if _, err := f.Store.Accept(context.Background(), f.Acceptance()); !errors.Is(err, engine.ErrUnavailable) {
				t.Errorf("while locked: %v", err)
			}
		})
	}
	wait.Wait()
	if err := errors.Join(lock.Rollback(), other.Close()); err != nil {
		t.Fatal(err)
	}
	f.Queued()
}

func TestAClosedStoreIsUnavailable(t *testing.T) {
	for _, url := range []string{"", storage.FilledPostgres(t)} {
		s, err := storage.Open(t.Context(), storage.Config{DataDir: t.TempDir(), DatabaseURL: url, Keyring: storagetest.Keyring(t)})
		if err != nil {
			t.Fatal(err)
		}
		f := storagetest.NewFixture(t, s, "main")
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		_, accepting := s.Accept(t.Context(), f.Acceptance())
		_, reading := s.Run(t.Context(), f.Workspace.ID, "run_1")
		doing := s.Do(t.Context(), f.Workspace.ID, func(engine.Tx) error { return nil })
		for _, err := range []error{accepting, reading, doing} {
			if !errors.Is(err, engine.ErrUnavailable) {
				t.Errorf("%q: %v", url, err)
			}
		}
	}
}

// TestCloseAnswersEverybody closes a store that many are writing to.
func TestCloseAnswersEverybody(t *testing.T) {
	for _, url := range []string{"", storage.FilledPostgres(t)} {
		s, err := storage.Open(t.Context(), storage.Config{DataDir: t.TempDir(), DatabaseURL: url, Keyring: storagetest.Keyring(t)})
		if err != nil {
			t.Fatal(err)
		}
		f := storagetest.NewFixture(t, s, "main")
		hash := secret.HashToken(f.Token)
		begun := make(chan bool, 100)
		var writing sync.WaitGroup
		for range 50 {
			writing.Go(func() {
				for {
					_, err := s.Accept(context.Background(), f.Acceptance())
					if err == nil {
						_, err = s.Endpoint(context.Background(), hash)
					}
					if err != nil {
						if !errors.Is(err, engine.ErrUnavailable) {
							t.Error(err)
						}
						return
					}
					select {
					case begun <- true:
					default:
					}
				}
			})
		}
		for range 100 {
			<-begun
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		writing.Wait()
	}
}

// TestConnectionsThatAreCutHeal ends all of the store's connections again and
// again while it is in use: calls may fail as unavailable and nothing else, and
// what was answered is stored.
func TestConnectionsThatAreCutHeal(t *testing.T) {
	url := storage.FilledPostgres(t)
	f := storagetest.NewFixture(t, storagetest.OpenConfig(t, storage.Config{DatabaseURL: url}), "main")
	admin, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	stop := make(chan bool)
	var writing sync.WaitGroup
	var mu sync.Mutex
	var accepted, contacts []string
	for range 8 {
		writing.Go(func() {
			for {
				select {
				case <-stop:
					return
				default:
				}
				a := f.Acceptance()
				if _, err := f.Store.Accept(context.Background(), a); err == nil {
					mu.Lock()
					accepted = append(accepted, a.Run.ID)
					mu.Unlock()
				} else if !errors.Is(err, engine.ErrUnavailable) {
					t.Errorf("accept: %v", err)
				}
				c := crm.Contact{Name: "x"}
				err := f.Store.Do(context.Background(), f.Workspace.ID, func(tx engine.Tx) error { return tx.InsertContact(&c) })
				if err == nil {
					mu.Lock()
					contacts = append(contacts, c.ID)
					mu.Unlock()
				} else if !errors.Is(err, engine.ErrUnavailable) {
					t.Errorf("do: %v", err)
				}
			}
		})
	}
	for range 10 {
		if _, err := admin.Exec(t.Context(), `SELECT pg_terminate_backend(pid), pg_sleep(0.02) FROM pg_stat_activity
			WHERE pid <> pg_backend_pid() AND datname = current_database()`); err != nil {
			t.Fatal(err)
		}
	}
	close(stop)
	writing.Wait()
	if err := admin.Close(t.Context()); err != nil {
		t.Error(err)
	}
	for _, id := range accepted {
		if _, err := f.Store.Run(context.Background(), f.Workspace.ID, id); err != nil {
			t.Fatalf("an accepted run: %v", err)
		}
	}
	for _, id := range contacts {
		if _, err := f.Contact(context.Background(), f.Workspace.ID, id); err != nil {
			t.Fatalf("a stored contact: %v", err)
		}
	}
	if len(accepted) == 0 {
		t.Error("nothing got through")
	}
}

func TestProcessesThatStartTogetherMigrateOnce(t *testing.T) {
	url, ring := service.Postgres(t), storagetest.Keyring(t)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			s, err := storage.Open(context.Background(), storage.Config{DatabaseURL: url, Keyring: ring})
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

func TestAPasswordIsNeverInAnError(t *testing.T) {
	for _, url := range []string{"postgres://u:hunter2@127.0.0.1:1/x", "postgres://u:hunter2@[::bad/x", "mysql://u:hunter2@h/x", "postgres://u:hunter2@127.0.0.1:99999/x?sslmode=wrong"} {
		_, err := storage.Open(t.Context(), storage.Config{DatabaseURL: url, Keyring: storagetest.Keyring(t)})
		if err == nil || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("error: %v", err)
		}
	}
}

func TestAClockGivesTheTimes(t *testing.T) {
	at := time.Date(2031, 2, 3, 4, 5, 6, 7000, time.UTC)
	f := storagetest.NewFixture(t, storagetest.Open(t, func() time.Time { return at }), "main")
	f.Do(func(tx engine.Tx) error {
		c := crm.Contact{Name: "x"}
		if err := tx.InsertContact(&c); err != nil {
			return err
		}
		if !tx.Now().Equal(at) || !c.CreatedAt.Equal(at) {
			t.Errorf("%v %v", tx.Now(), c.CreatedAt)
		}
		return nil
	})
}
