package workflow

import (
	"fmt"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// Compile makes a document ready to run. It asks for less than Validate: types
// that are there, params that can be lifted, mappings and conditions that
// compile, and secrets in their fields; a document without triggers compiles.
// Either the Program is nil or the list of problems is empty; problems of what
// is switched off are passed over.
func Compile(d *Document, reg *nodes.Registry) (*Program, []Problem) {
	c := &compiler{reg: reg, program: &Program{Document: d, Triggers: map[string]*CompiledTrigger{}, nodes: map[string]*Node{}}}
	for i := range d.Triggers {
		c.trigger(&d.Triggers[i], under("/triggers", i))
	}
	c.program.Root = c.list(nil, listSteps, d.Steps, "/steps", false)
	if list := c.problems.sorted(); len(list) > 0 {
		return nil, list
	}
	return c.program, nil
}

type compiler struct {
	reg      *nodes.Registry
	program  *Program
	problems problems
}

// reporter reports under a pointer, unless what stands there is switched off.
func (c *compiler) reporter(at, id string, off bool) reporter {
	return func(pointer, code, message string) {
		if !off {
			c.problems.add(Problem{Pointer: at + pointer, Step: id, Code: code, Message: message})
		}
	}
}

func (c *compiler) trigger(t *Trigger, at string) {
	report := c.reporter(at, t.ID, t.Disabled)
	u, problem := resolve(c.reg, asTrigger, t.Type, t.V, t.Params)
	if problem != nil {
		report(problem.Pointer, problem.Code, problem.Message)
		return
	}
	if t.V != u.typ.Version {
		lifted := *t
		lifted.V, lifted.Params = u.typ.Version, u.params
		t = &lifted
	}
	compileConditions(u, report)
	c.secrets(u, report)
	c.program.Triggers[t.ID] = &CompiledTrigger{Trigger: t, Type: u.typ, Params: u.params, SecretRefs: secretRefs(u)}
}

func (c *compiler) secrets(u use, report reporter) {
	fields := map[string]bool{}
	leaves(u.typ.Fields, u.params, "", func(l leaf) { fields[l.at] = fields[l.at] || l.field.Kind == nodes.FieldSecret })
	misplacedSecrets(u.params, "", fields, func(at string) {
		report("/params"+at, CodeMisplacedSecret, messageMisplacedSecret)
	})
}

func (c *compiler) list(owner *Node, id string, steps []Step, at string, off bool) *List {
	l := &List{Owner: owner, ID: id, Nodes: make([]*Node, len(steps)), positions: make(map[string]int, len(steps))}
	for i := range steps {
		l.Nodes[i] = c.node(&steps[i], l, under(at, i), off)
		l.positions[steps[i].ID] = i
	}
	return l
}

func (c *compiler) node(s *Step, in *List, at string, off bool) *Node {
	off = off || s.Disabled
	report := c.reporter(at, s.ID, off)
	n := &Node{Step: s, List: in}
	if first := c.program.nodes[s.ID]; first != nil {
		c.reporter(at, s.ID, false)("/id", CodeDuplicateID, fmt.Sprintf("The id %q is used twice: give one of them another id.", s.ID))
	}
	c.program.nodes[s.ID] = n
	u, problem := resolve(c.reg, asStep, s.Type, s.V, s.Params)
	if problem != nil {
		report(problem.Pointer, problem.Code, problem.Message)
		// A step that is never done still stands in its list, with a type that
		// does nothing.
		u = use{typ: &nodes.NodeType{Descriptor: nodes.Descriptor{Type: s.Type, Kind: nodes.KindFlow, Version: s.V}}}
	}
	p := compileParts(u, s, report)
	c.secrets(u, report)
	if p.params == nil {
		p.params, _ = mapping.Compile(map[string]any{})
	}
	n.Type, n.Params, n.Conditions, n.References = u.typ, p.params, p.conditions, p.references
	n.SecretRefs = secretRefs(u)
	n.Retry = policy(s, u.typ.Kind)
	n.Repeatable = u.typ.Repeatable
	if s.Repeatable != nil {
		n.Repeatable = *s.Repeatable
	}
	c.inside(n, p, at, off)
	return n
}

// inside compiles the lists of a step.
func (c *compiler) inside(n *Node, p parts, at string, off bool) {
	s := n.Step
	if len(s.Steps) > 0 {
		n.Steps = c.list(n, listSteps, s.Steps, under(at, "steps"), off)
	}
	for i, b := range s.Branches {
		n.Branches = append(n.Branches, &CompiledBranch{
			ID: b.ID, Name: b.Name, When: p.whens[i],
			List: c.list(n, b.ID, b.Steps, under(at, "branches", i, "steps"), off),
		})
	}
	if s.OnError != nil && len(s.OnError.Steps) > 0 {
		n.OnError = c.list(n, listError, s.OnError.Steps, under(at, "on_error", "steps"), off)
	}
}
