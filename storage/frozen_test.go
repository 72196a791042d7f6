package storage_test

import (
	"errors"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// TestAFrozenTransactionLetsGo holds a run's lock in a transaction that stands
// still, as that of a process under SIGSTOP. Others get the run within seconds,
// and what the frozen one still wants to commit is refused.
func TestAFrozenTransactionLetsGo(t *testing.T) {
	c := storage.Config{DatabaseURL: storage.FilledPostgres(t), Keyring: storagetest.Keyring(t)}
	f := storagetest.NewFixture(t, storagetest.OpenConfig(t, c), "main")
	other := storagetest.OpenConfig(t, c)
	run := f.Queued()
	claim := engine.Progress{Run: run.ID, Epoch: run.Epoch, Claim: "frozen", To: engine.RunState{Status: engine.Running, StartedAt: time.Now()}}
	if err := f.Save(t.Context(), f.Workspace.ID, claim); err != nil {
		t.Fatal(err)
	}
	locked, thaw, woken := make(chan struct{}, 16), make(chan struct{}), make(chan error, 1)
	go func() {
		woken <- f.Store.Do(t.Context(), f.Workspace.ID, func(tx engine.Tx) error {
			end := claim
			end.Claim, end.To.Status, end.To.FinishedAt = "", engine.Succeeded, time.Now()
			if err := tx.Save(end); err != nil {
				return err
			}
			locked <- struct{}{}
			<-thaw
			return nil
		})
	}()
	<-locked
	begin := time.Now()
	taken := takeOver(t, other)
	if waited := time.Since(begin); len(taken) != 1 || waited > 30*time.Second {
		t.Fatalf("taken over %v after %v", taken, waited)
	}
	close(thaw)
	if err := <-woken; !errors.Is(err, engine.ErrUnavailable) && !errors.Is(err, engine.ErrLost) {
		t.Errorf("the frozen transaction ended with %v", err)
	}
	now, err := other.Run(t.Context(), f.Workspace.ID, run.ID)
	if err != nil || now.Status != engine.Queued || now.Epoch != run.Epoch+1 {
		t.Errorf("the run is %s in epoch %d, %v", now.Status, now.Epoch, err)
	}
}

// takeOver asks for the runs of dead owners, as the reconciler does, until there
// are some.
func takeOver(t *testing.T, s *storage.Store) []engine.Handle {
	t.Helper()
	asking := time.NewTicker(100 * time.Millisecond)
	defer asking.Stop()
	for tries := 0; ; tries++ {
		taken, err := s.TakeOver(t.Context(), "successor", 0, false, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(taken) > 0 || tries > 100 {
			return taken
		}
		<-asking.C
	}
}
