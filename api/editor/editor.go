// Package editor answers what a person asks while building a workflow: what can
// be mapped here, what it comes to with a sample, and where samples come from.
// It reads and, but for samples that somebody wants, stores nothing.
package editor

import (
	"context"
	"net/http"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the editor reads of the database. Calls return
// engine.ErrNotFound for what is not there or belongs to another workspace.
type Store interface {
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
	Tokens(ctx context.Context, workspace, workflowID string) ([]engine.Token, error)
	Request(ctx context.Context, workspace, id string) (engine.Request, error)
	ListRequests(ctx context.Context, workspace string, by engine.RequestFilter, p engine.Page) (engine.List[engine.Request], error)
	Run(ctx context.Context, workspace, id string) (engine.Run, error)
	ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error)
	Steps(ctx context.Context, workspace, runID string, paths ...string) ([]engine.StepResult, error)
	// SampleOutputs returns what a workflow's steps last gave, by step id.
	SampleOutputs(ctx context.Context, workspace, workflowID string, stepIDs []string) (map[string]engine.SampleOutput, error)
	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	ContactOffers(ctx context.Context, workspace, contactID string) ([]crm.Offer, error)
	ListContacts(ctx context.Context, workspace string, by engine.ContactFilter, p engine.Page) (engine.List[crm.Contact], error)
	ListFields(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Field], error)
	Secrets(ctx context.Context, workspace string, ids []string) (map[string][]engine.SecretVersion, error)
	Definition(ctx context.Context, workspace, hash string) ([]byte, error)
}

// Hooks takes a request as a sender's, or as a sample that starts nothing;
// *ingress.Hooks is one.
type Hooks interface {
	http.Handler
	ServeSample(w http.ResponseWriter, r *http.Request)
}

// Deps is what an Editor works with; all are required but Now.
type Deps struct {
	Store    Store
	Engine   *engine.Engine
	Registry *nodes.Registry
	// Hooks takes requests as senders send them, so that a sample goes the way of
	// a real one.
	Hooks Hooks
	// Base begins the addresses of a workspace's triggers.
	Base func(workspace string) string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
}

// Editor answers for all workspaces; every call names one. It is safe for
// concurrent use.
type Editor struct {
	Deps
	// scopes are samples that were read a moment ago: a preview is asked for at
	// every key stroke. They are never changed.
	scopes *lru.Cache[string, readScope]
}

// readScope is a sample as it was read, until it is read anew.
type readScope struct {
	scope map[string]any
	until time.Time
}

// A sample is remembered for as long as nobody misses that it was erased
// meanwhile; there are few at a time.
const (
	scopeFor  = 20 * time.Second
	maxScopes = 16
)

// New makes an editor.
func New(d Deps) *Editor {
	if d.Now == nil {
		d.Now = time.Now
	}
	scopes, err := lru.New[string, readScope](maxScopes)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	return &Editor{d, scopes}
}

// Sees is what the caller may read besides runs; the rest is as if it were not
// there.
type Sees struct{ Contacts, Values bool }
