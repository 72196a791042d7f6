package storagetest

import (
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// Fixture is a store with a live workflow that has one HTTP trigger, "hook".
type Fixture struct {
	*storage.Store
	T         testing.TB
	Workspace crm.Workspace
	Workflow  engine.Workflow
	Token     string
}

// NewFixture fills a store; slug keeps several apart.
func NewFixture(t testing.TB, s *storage.Store, slug string) *Fixture {
	t.Helper()
	f := &Fixture{Store: s, T: t, Workspace: Workspace(t, s, slug), Token: secret.NewToken()}
	document := []byte(`{"schema":1,"triggers":[{"id":"hook"}],"steps":[]}`)
	f.Workflow = engine.Workflow{
		ID: engine.NewID("wf"), Name: "Sale", Status: engine.WorkflowLive, Draft: document, DraftHash: "h1",
		LiveVersion: 1, LiveHash: "h1", Stamp: 1,
	}
	f.Do(func(tx engine.Tx) error {
		if err := tx.PutDefinition("h1", document); err != nil {
			return err
		}
		if err := tx.InsertWorkflow(&f.Workflow); err != nil {
			return err
		}
		if err := tx.InsertVersion(engine.Version{WorkflowID: f.Workflow.ID, Number: 1, Definition: "h1", PublishedBy: "usr_1"}); err != nil {
			return err
		}
		if err := tx.SetTriggers(f.Workflow.ID, []engine.TriggerRow{{WorkflowID: f.Workflow.ID, ID: "hook", Type: "webhook.catch", Enabled: true}}); err != nil {
			return err
		}
		return tx.InsertToken(engine.Token{Hash: secret.HashToken(f.Token), WorkflowID: f.Workflow.ID, TriggerID: "hook", Plain: f.Token})
	})
	return f
}

// Do runs fn in a transaction that must succeed.
func (f *Fixture) Do(fn func(engine.Tx) error) {
	f.T.Helper()
	if err := f.Store.Do(f.T.Context(), f.Workspace.ID, fn); err != nil {
		f.T.Fatalf("do: %v", err)
	}
}

// NewRun returns a queued run of the workflow that is not stored.
func (f *Fixture) NewRun() engine.Run {
	id := engine.NewID("run")
	now := time.Now().UTC().Truncate(time.Microsecond)
	return engine.Run{
		ID: id, Workspace: f.Workspace.ID, Kind: engine.KindWorkflow, Mode: engine.ModeLive, WorkflowID: f.Workflow.ID,
		Version: 1, Definition: "h1", Status: engine.Queued, Epoch: 1, DueAt: now, Trigger: "hook",
		Input: []byte(`{"body":{"email":"ada@example.com"}}`), RootRun: id, CreatedAt: now,
	}
}

// Acceptance returns an accepted request with its run, not stored.
func (f *Fixture) Acceptance() engine.Acceptance {
	run := f.NewRun()
	run.RequestID = engine.NewID("req")
	return engine.Acceptance{
		Request: engine.Request{
			ID: run.RequestID, Workspace: f.Workspace.ID, WorkflowID: f.Workflow.ID, TriggerID: "hook",
			Verdict: nodes.Accepted, Method: "POST", Path: "/hooks/x", Header: map[string][]string{"content-type": {"application/json"}},
			ContentType: "application/json", Body: []byte(`{"email":"ada@example.com"}`), Size: 27, IP: "192.0.2.1", Status: 202,
			Count: 1, RunIDs: []string{run.ID}, ReceivedAt: run.CreatedAt,
		},
		Stamp: f.Workflow.Stamp,
		Run:   &run,
	}
}

// Accept stores an acceptance that must succeed.
func (f *Fixture) Accept(a engine.Acceptance) engine.Accepted {
	f.T.Helper()
	accepted, err := f.Store.Accept(f.T.Context(), a)
	if err != nil {
		f.T.Fatalf("accept: %v", err)
	}
	return accepted
}

// Queued stores a queued run.
func (f *Fixture) Queued() engine.Run {
	f.T.Helper()
	a := f.Acceptance()
	f.Accept(a)
	return *a.Run
}
