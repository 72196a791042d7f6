package workflow

import (
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// Program is a document made ready to run: types found, params lifted,
// mappings and conditions compiled. It is immutable and safe for concurrent use.
type Program struct {
	// Document is what it was compiled from.
	Document *Document
	// Root holds the document's steps.
	Root *List
	// Triggers are the document's triggers by id, disabled ones included; but a
	// disabled one of a type that this build does not have is left out.
	Triggers map[string]*CompiledTrigger

	nodes map[string]*Node
}

// Node returns the step with an id, nil when there is none.
func (p *Program) Node(stepID string) *Node { return p.nodes[stepID] }

// Len is the number of steps.
func (p *Program) Len() int { return len(p.nodes) }

// List is one list of steps.
type List struct {
	// Owner is nil for the root.
	Owner *Node
	// ID is "steps", "error", or a branch id.
	ID    string
	Nodes []*Node

	positions map[string]int
}

// Index returns a step's position in this list, -1 when it does not stand in it.
func (l *List) Index(stepID string) int {
	if i, ok := l.positions[stepID]; ok {
		return i
	}
	return -1
}

// Node is one step ready to run.
type Node struct {
	Step *Step
	// Type is never nil; a disabled step that this build cannot do has a flow
	// type without functions. Look at Step.Disabled first.
	Type *nodes.NodeType
	// Params are all params that are not conditions, lifted to the type's
	// version. The type's defaults are not applied; binding does that.
	Params *mapping.Template
	// Conditions are the params that are conditions, by their key.
	Conditions map[string]*mapping.Condition
	Branches   []*CompiledBranch
	// Steps and OnError are nil when the step has none, or an empty one. OnError
	// is entered only when the step's on_error does branch.
	Steps   *List
	OnError *List
	// List is the list that the step stands in.
	List *List
	// Retry is the step's own policy, else the default of its kind: ten attempts
	// for actions, one for all others.
	Retry RetryPolicy
	// Repeatable is the step's own wish, else the type's default.
	Repeatable bool
	// SecretRefs are the ids of the secrets in the params, in secret fields only.
	SecretRefs []string
	// References are what the params, the conditions and the branches' conditions
	// read from the scope.
	References []mapping.Reference
}

// Branch returns the branch with an id, nil when there is none.
func (n *Node) Branch(id string) *CompiledBranch {
	for _, b := range n.Branches {
		if b.ID == id {
			return b
		}
	}
	return nil
}

// CompiledBranch is one branch ready to be chosen.
type CompiledBranch struct {
	ID   string
	Name string
	// When is nil for the fallback.
	When *mapping.Condition
	// List is never nil; an empty branch has an empty one.
	List *List
}

// CompiledTrigger is one trigger with its type.
type CompiledTrigger struct {
	// Trigger is the document's, or a copy with its params lifted when they were
	// written for an older version.
	Trigger *Trigger
	Type    *nodes.NodeType
	// Params are lifted to the type's version; they are never mapped.
	Params map[string]any
	// SecretRefs are the ids of the secrets in the params, in secret fields only.
	SecretRefs []string
}
