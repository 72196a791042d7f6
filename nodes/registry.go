package nodes

import (
	"fmt"
	"maps"
	"slices"
)

// Registry holds node types by their type id. The zero value is not usable;
// see NewRegistry. It is filled before the program starts to serve and only
// read afterwards.
type Registry struct{ types map[string]*NodeType }

// NewRegistry returns an empty registry, for tests and custom builds.
func NewRegistry() *Registry { return &Registry{types: map[string]*NodeType{}} }

var defaultRegistry = NewRegistry()

// Default is the registry that Register fills.
func Default() *Registry { return defaultRegistry }

// Register adds node types to the default registry. It panics on a duplicate
// type, a missing name, group or summary, and an untagged or unsupported field:
// such an error is the programmer's and must stop the start.
func Register(definitions ...Definition) { defaultRegistry.Register(definitions...) }

// Register adds node types; see the function of the same name.
func (r *Registry) Register(definitions ...Definition) {
	for _, d := range definitions {
		n, err := d.nodeType()
		if err != nil {
			panic("nodes: " + err.Error())
		}
		if _, taken := r.types[n.Type]; taken {
			panic(fmt.Sprintf("nodes: type %s is registered twice", n.Type))
		}
		r.types[n.Type] = n
	}
}

// Lookup returns a node type, or nil when there is none.
func (r *Registry) Lookup(id string) *NodeType { return r.types[id] }

// All returns every node type, ordered by type id.
func (r *Registry) All() []*NodeType {
	all := make([]*NodeType, 0, len(r.types))
	for _, id := range slices.Sorted(maps.Keys(r.types)) {
		all = append(all, r.types[id])
	}
	return all
}

// Clone returns a registry with the same types, to which a test can add its own.
func (r *Registry) Clone() *Registry { return &Registry{types: maps.Clone(r.types)} }
