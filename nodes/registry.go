package nodes

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// Registry holds node types by their type id. The zero value is not usable; see
// NewRegistry. Types of Go are added before the program starts to serve; those
// that files declare may be exchanged at any time, see Replace. Readers never wait.
type Registry struct {
	adding  sync.Mutex
	current atomic.Pointer[catalogue]
}

// catalogue is what a registry holds at one moment; it is never changed.
type catalogue struct {
	types map[string]*NodeType
	// owners names who may replace a type; types of Go have none.
	owners  map[string]string
	notices map[string][]Notice
	// generation counts exchanges.
	generation int
}

// Notice is one thing wrong with a file that declares node types, for whoever
// looks after the installation.
type Notice struct {
	// File is the file's name inside its folder, Line counts from 1 and is 0 where
	// the problem has no line.
	File string `json:"file"`
	Line int    `json:"line,omitempty"`
	// Pointer is the JSON pointer of the place inside the file.
	Pointer string `json:"pointer,omitempty"`
	// Message says what is wrong, Fix what to do about it.
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
	// Kept says that an earlier state of the file goes on to work meanwhile.
	Kept bool `json:"kept,omitempty"`
}

// NewRegistry returns an empty registry, for tests and custom builds.
func NewRegistry() *Registry { return holding(&catalogue{}) }

func holding(c *catalogue) *Registry {
	r := &Registry{}
	r.current.Store(c)
	return r
}

var defaultRegistry = NewRegistry()

// Default is the registry that Register fills.
func Default() *Registry { return defaultRegistry }

// Register adds node types to the default registry. It panics on a duplicate
// type, a missing name, group or summary, and an untagged or unsupported field:
// such an error is the programmer's and must stop the start.
func Register(definitions ...Definition) { defaultRegistry.Register(definitions...) }

// Register adds node types; see the function of the same name.
func (r *Registry) Register(definitions ...Definition) {
	r.adding.Lock()
	defer r.adding.Unlock()
	next := r.current.Load().clone()
	for _, d := range definitions {
		n, err := d.nodeType()
		if err != nil {
			panic("nodes: " + err.Error())
		}
		if _, taken := next.types[n.Type]; taken {
			panic(fmt.Sprintf("nodes: type %s is registered twice", n.Type))
		}
		next.types[n.Type] = n
	}
	r.current.Store(next)
}

// Replace exchanges all node types of an owner, which is not empty, for others, in
// one moment: whoever looks sees the old ones or the new ones. Steps that are at
// work keep the type that they began with. The error names every definition that
// cannot be used, such as one that would stand before a type of somebody else;
// then nothing is changed.
func (r *Registry) Replace(owner string, definitions ...Definition) error {
	r.adding.Lock()
	defer r.adding.Unlock()
	next := r.current.Load().clone()
	for id, of := range next.owners {
		if of == owner {
			delete(next.types, id)
			delete(next.owners, id)
		}
	}
	var bad []error
	for _, d := range definitions {
		n, err := d.nodeType()
		switch {
		case err != nil:
			bad = append(bad, err)
		case next.types[n.Type] != nil:
			bad = append(bad, fmt.Errorf("%s is a type of this build already", n.Type))
		default:
			next.types[n.Type], next.owners[n.Type] = n, owner
		}
	}
	if bad != nil {
		return errors.Join(bad...)
	}
	next.generation++
	r.current.Store(next)
	return nil
}

// Note says what is wrong with the files of an owner; none when all is well.
func (r *Registry) Note(owner string, notices ...Notice) {
	r.adding.Lock()
	defer r.adding.Unlock()
	next := r.current.Load().clone()
	next.notices[owner] = notices
	r.current.Store(next)
}

// Notices lists what is wrong with files that declare node types.
func (r *Registry) Notices() []Notice {
	now := r.current.Load()
	var all []Notice
	for _, owner := range slices.Sorted(maps.Keys(now.notices)) {
		all = append(all, now.notices[owner]...)
	}
	return all
}

// Generation changes with every Replace. What was made of types of an earlier one
// may be out of date.
func (r *Registry) Generation() int { return r.current.Load().generation }

// Owner names who may replace a type, see Replace; "" for types of Go and for what
// is no type.
func (r *Registry) Owner(id string) string { return r.current.Load().owners[id] }

// Lookup returns a node type, or nil when there is none.
func (r *Registry) Lookup(id string) *NodeType { return r.current.Load().types[id] }

// All returns every node type, ordered by type id.
func (r *Registry) All() []*NodeType {
	types := r.current.Load().types
	all := make([]*NodeType, 0, len(types))
	for _, id := range slices.Sorted(maps.Keys(types)) {
		all = append(all, types[id])
	}
	return all
}

// Clone returns a registry with the same types, to which a test can add its own.
func (r *Registry) Clone() *Registry { return holding(r.current.Load().clone()) }

// clone has maps of its own, which are never nil.
func (c *catalogue) clone() *catalogue {
	next := &catalogue{
		types: make(map[string]*NodeType, len(c.types)+1), owners: map[string]string{}, notices: map[string][]Notice{},
		generation: c.generation,
	}
	maps.Copy(next.types, c.types)
	maps.Copy(next.owners, c.owners)
	maps.Copy(next.notices, c.notices)
	return next
}
