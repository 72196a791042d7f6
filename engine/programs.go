package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// program is a compiled definition with what the executor asks of it at every
// run.
type program struct {
	*workflow.Program
	// referenced holds the ids of the steps whose outputs any mapping names.
	referenced map[string]bool
	// readsAll is set when a mapping takes all outputs, or one whose step it
	// computes.
	readsAll bool
	// roots holds the scope roots that any mapping names.
	roots map[string]bool
	// goals are the steps to which an event moves a run forward, in order.
	goals []goal
	// guarded says that a run's contact is looked at before the run goes on with
	// it: the workflow bounds re-entry, or has goals.
	guarded bool
	// ofContact says that the run tells the time in its contact's zone.
	ofContact bool
	// generation is that of the node types it was compiled with.
	generation int
}

// programs caches compiled definitions. A definition never changes, but node types
// that files declare do: then it is compiled anew for runs that begin or go on.
type programs struct {
	store    Journal
	registry *nodes.Registry
	cache    *lru.Cache[string, *program]
}

func newPrograms(store Journal, registry *nodes.Registry) *programs {
	cache, err := lru.New[string, *program](512)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	return &programs{store, registry, cache}
}

// errBroken means that a stored definition cannot be run by this binary, for
// instance because a node type is missing from the build.
type errBroken struct{ problem workflow.Problem }

func (e errBroken) Error() string {
	return fmt.Sprintf("this version cannot run here: %s (%s)", e.problem.Message, e.problem.Pointer)
}

func (p *programs) get(ctx context.Context, workspace, hash string) (*program, error) {
	key := workspace + "/" + hash
	generation := p.registry.Generation()
	if prog, ok := p.cache.Get(key); ok && prog.generation == generation {
		return prog, nil
	}
	document, err := p.store.Definition(ctx, workspace, hash)
	if err != nil {
		return nil, err
	}
	prog, err := compile(document, p.registry)
	if err != nil {
		return nil, err
	}
	prog.generation = generation
	p.cache.Add(key, prog)
	return prog, nil
}

// triggersOf compiles a definition's triggers alone, for one whose steps cannot run
// here: what comes for it is still judged and taken, and its runs say what is wrong.
func (p *programs) triggersOf(ctx context.Context, workspace, hash string) (*program, error) {
	document, err := p.store.Definition(ctx, workspace, hash)
	if err != nil {
		return nil, err
	}
	doc, problems := workflow.Parse(document)
	if doc == nil {
		return nil, errBroken{problems[0]}
	}
	doc.Steps = nil
	compiled, problems := workflow.Compile(doc, p.registry)
	if compiled == nil {
		return nil, errBroken{problems[0]}
	}
	return &program{Program: compiled}, nil
}

func compile(document []byte, registry *nodes.Registry) (*program, error) {
	doc, problems := workflow.Parse(document)
	if doc == nil {
		return nil, errBroken{problems[0]}
	}
	compiled, problems := workflow.Compile(doc, registry)
	if compiled == nil {
		return nil, errBroken{problems[0]}
	}
	prog := &program{Program: compiled, referenced: map[string]bool{}, roots: map[string]bool{}}
	workflow.Walk(doc, func(at workflow.Place) bool {
		for _, ref := range compiled.Node(at.Step.ID).References {
			prog.roots[ref.Path[0]] = true
			if ref.Path[0] != "steps" {
				continue
			}
			if len(ref.Path) == 1 {
				prog.readsAll = true
				continue
			}
			prog.referenced[ref.Path[1]] = true
		}
		return true
	})
	prog.goals = goalsOf(compiled.Root)
	prog.guarded = doc.Settings.Reentry != "" || len(prog.goals) > 0
	zone := doc.Settings.Timezone
	prog.ofContact = zone != nil && *zone == workflow.ZoneOfContact
	return prog, nil
}

// reads reports whether a mapping may read the step's output.
func (p *program) reads(stepID string) bool { return p.readsAll || p.referenced[stepID] }

type leavingKey struct{}

// whenLeaving lets a deleted workspace be used once more, to take back what is
// registered for it at other services.
func whenLeaving(ctx context.Context) context.Context {
	return context.WithValue(ctx, leavingKey{}, true)
}

func leaving(ctx context.Context) bool { return ctx.Value(leavingKey{}) != nil }

// workspaces caches the few facts of a workspace that every run needs.
type workspaces struct {
	store Journal
	mu    sync.Mutex
	known map[string]cachedWorkspace
	// forgot counts calls of forget.
	forgot int
}

type cachedWorkspace struct {
	workspace crm.Workspace
	zone      *time.Location
	until     time.Time
}

// workspaceFor is how long a changed name, zone or sandbox may go unnoticed.
const workspaceFor = 2 * time.Second

func newWorkspaces(store Journal) *workspaces {
	return &workspaces{store: store, known: map[string]cachedWorkspace{}}
}

func (w *workspaces) get(ctx context.Context, id string) (crm.Workspace, *time.Location, error) {
	w.mu.Lock()
	known, ok := w.known[id]
	forgot := w.forgot
	w.mu.Unlock()
	if ok && time.Now().Before(known.until) {
		return known.workspace, known.zone, nil
	}
	ws, err := w.store.Workspace(ctx, id)
	if errors.Is(err, ErrNotFound) && leaving(ctx) {
		ws, err = w.store.DeletedWorkspace(ctx, id)
		return ws, ws.Location(), err
	}
	if err != nil {
		return ws, nil, err
	}
	known = cachedWorkspace{ws, ws.Location(), time.Now().Add(workspaceFor)}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.known) > 10_000 {
		clear(w.known)
	}
	if w.forgot == forgot { // else what was read may be what is to be forgotten
		w.known[id] = known
	}
	return ws, known.zone, nil
}

func (w *workspaces) forget(id string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.known, id)
	w.forgot++
}
