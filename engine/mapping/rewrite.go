package mapping

import (
	"fmt"
	"slices"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// rewriter turns the syntax tree of the parser into one whose every operation
// is a guarded function of this package. It makes new nodes and leaves the
// parsed ones alone: chained comparisons and ?: share nodes, so that a short
// source can spell out an exponential tree, which visits bounds.
type rewriter struct {
	source source
	names  *names
	visits int
	vars   []string
	loops  []loop
	refs   []ref
	roots  map[string]bool
	bad    *compileError
}

// loop is a predicate under way: what # is called in names, and whether #acc is there.
type loop struct {
	label   string
	reduces bool
}

func (w *rewriter) fail(loc file.Location, code, format string, args ...any) ast.Node {
	if w.bad == nil {
		w.bad = &compileError{w.source.offset(loc.From), code, fmt.Sprintf(format, args...)}
	}
	return &ast.NilNode{}
}

// do calls an operator or guard.
func (w *rewriter) do(name string, loc file.Location, args ...ast.Node) ast.Node {
	return at(loc, &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: operatorPrefix + name},
		Arguments: append([]ast.Node{&ast.IdentifierNode{Value: selfName}}, args...),
	})
}

func at(loc file.Location, n ast.Node) ast.Node {
	n.SetLocation(loc)
	return n
}

func constant(v any) ast.Node { return &ast.ConstantNode{Value: v} }

// node rewrites one node. In a quiet place nothing is listed as missing.
func (w *rewriter) node(n ast.Node, quiet bool) ast.Node {
	loc := n.Location()
	if w.visits++; w.visits > MaxNodes {
		return w.fail(loc, CodeTooComplex, "the expression is too complex")
	}
	if w.bad != nil {
		return n
	}
	switch n := n.(type) {
	case *ast.NilNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.StringNode:
		return n
	case *ast.IdentifierNode, *ast.MemberNode, *ast.ChainNode:
		return w.chain(n, quiet)
	case *ast.UnaryNode:
		return w.unary(n, quiet)
	case *ast.BinaryNode:
		return w.binary(n, quiet)
	case *ast.SliceNode:
		return w.slice(n, quiet)
	case *ast.CallNode:
		return w.call(n, quiet)
	case *ast.BuiltinNode:
		return w.loop(n, quiet)
	case *ast.PointerNode:
		return w.pointer(n)
	case *ast.ConditionalNode:
		return w.conditional(n, quiet)
	case *ast.VariableDeclaratorNode:
		return w.variable(n, quiet)
	case *ast.SequenceNode:
		return at(loc, &ast.SequenceNode{Nodes: w.nodes(n.Nodes, quiet)})
	case *ast.ArrayNode:
		return w.do("built", loc, at(loc, &ast.ArrayNode{Nodes: w.nodes(n.Nodes, quiet)}))
	case *ast.MapNode:
		return w.object(n, quiet)
	}
	return w.fail(loc, CodeNotAllowed, "this cannot be used in a mapping")
}

func (w *rewriter) nodes(list []ast.Node, quiet bool) []ast.Node {
	rewritten := make([]ast.Node, len(list))
	for i, n := range list {
		rewritten[i] = w.node(n, quiet)
	}
	return rewritten
}

// chain collects a run of member accesses down to its base.
func (w *rewriter) chain(n ast.Node, quiet bool) ast.Node {
	loc := n.Location()
	c := &chain{quiet: quiet}
	var dynamics []ast.Node
	base := n
	for {
		switch m := base.(type) {
		case *ast.ChainNode:
			base = m.Node
			continue
		case *ast.MemberNode:
			if w.visits++; w.visits > MaxNodes {
				return w.fail(loc, CodeTooComplex, "the expression is too complex")
			}
			k, literal := literalKey(m.Property)
			if !literal {
				dynamics = append(dynamics, w.node(m.Property, quiet))
			}
			c.keys = append(c.keys, k)
			base = m.Node
			continue
		}
		break
	}
	reverse(c.keys)
	reverse(dynamics)
	return w.based(c, base, dynamics, loc, quiet)
}

func reverse[T any](list []T) {
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
}

// literalKey gives the key that a property spells out.
func literalKey(property ast.Node) (key, bool) {
	switch p := property.(type) {
	case *ast.StringNode:
		return nameKey(p.Value), true
	case *ast.IntegerNode:
		return indexKey(p.Value), true
	case *ast.UnaryNode:
		if i, isInt := p.Node.(*ast.IntegerNode); isInt && p.Operator == "-" {
			return indexKey(-i.Value), true
		}
	}
	return key{kind: dynamic}, false
}

// based finishes a chain on what it starts from.
func (w *rewriter) based(c *chain, base ast.Node, dynamics []ast.Node, loc file.Location, quiet bool) ast.Node {
	var name string
	switch b := base.(type) {
	case *ast.IdentifierNode:
		if !w.isVariable(b.Value) {
			return w.rooted(c, b, dynamics, loc)
		}
		name = b.Value
	case *ast.PointerNode:
		name = "#" + b.Name
		if n := len(w.loops); b.Name == "" && n > 0 {
			name = w.loops[n-1].label
		}
	default:
		name = "(…)"
	}
	value := base
	if _, isVariable := base.(*ast.IdentifierNode); !isVariable {
		value = w.node(base, quiet)
	}
	if len(c.keys) == 0 {
		return value
	}
	c.label = name
	c.finish()
	return w.do("member", loc, append([]ast.Node{constant(c), value}, dynamics...)...)
}

// rooted is a chain that starts at a root of the scope.
func (w *rewriter) rooted(c *chain, root *ast.IdentifierNode, dynamics []ast.Node, loc file.Location) ast.Node {
	if !w.names.roots[root.Value] {
		if root.Value == "null" && len(c.keys) == 0 {
			return at(loc, &ast.NilNode{})
		}
		return w.unknownName(root.Value, root.Location())
	}
	c.root = root.Value
	c.finish()
	w.roots[c.root] = true
	w.refs = append(w.refs, ref{path: c.literal(), offset: w.source.offset(root.Location().From), quiet: c.quiet})
	return w.do("path", loc, append([]ast.Node{constant(c)}, dynamics...)...)
}

func (w *rewriter) isVariable(name string) bool {
	return slices.Contains(w.vars, name)
}

func (w *rewriter) unary(n *ast.UnaryNode, quiet bool) ast.Node {
	loc := n.Location()
	switch n.Operator {
	case "not", "!":
		return at(loc, &ast.UnaryNode{Operator: "not", Node: w.do("truth", loc, w.node(n.Node, quiet))})
	case "+":
		return w.do("posate", loc, w.node(n.Node, quiet))
	}
	switch number := n.Node.(type) {
	case *ast.IntegerNode:
		return at(loc, &ast.IntegerNode{Value: -number.Value})
	case *ast.FloatNode:
		return at(loc, &ast.FloatNode{Value: -number.Value})
	}
	return w.do("negate", loc, w.node(n.Node, quiet))
}

func (w *rewriter) binary(n *ast.BinaryNode, quiet bool) ast.Node {
	loc := n.Location()
	left, right := n.Left, n.Right
	switch n.Operator {
	case "??":
		return at(loc, &ast.BinaryNode{Operator: "??", Left: w.node(left, true), Right: w.node(right, quiet)})
	case "and", "&&", "or", "||":
		return at(loc, &ast.BinaryNode{Operator: n.Operator,
			Left:  w.do("truth", loc, w.node(left, quiet)),
			Right: w.do("truth", loc, w.node(right, quiet))})
	case "==", "!=":
		// Who compares with nil asks whether it is there.
		asks := quiet || isNil(left) || isNil(right)
		return w.do(n.Operator, loc, w.node(left, asks), w.node(right, asks))
	case "^":
		return w.do("**", loc, w.node(left, quiet), w.node(right, quiet))
	case "matches":
		return w.do("matches", loc, w.node(left, quiet), w.pattern(right, quiet))
	}
	if operators[n.Operator] == nil {
		return w.fail(loc, CodeNotAllowed, "%s cannot be used in a mapping", show(n.Operator))
	}
	return w.do(n.Operator, loc, w.node(left, quiet), w.node(right, quiet))
}

func isNil(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.NilNode:
		return true
	case *ast.IdentifierNode:
		return n.Value == "null"
	}
	return false
}

// pattern compiles a regular expression that is spelled out.
func (w *rewriter) pattern(n ast.Node, quiet bool) ast.Node {
	text, isText := n.(*ast.StringNode)
	if !isText {
		return w.node(n, quiet)
	}
	p, err := compilePattern(text.Value)
	if err != nil {
		return w.fail(n.Location(), CodePattern, "%s", err)
	}
	return at(n.Location(), constant(p))
}

func (w *rewriter) slice(n *ast.SliceNode, quiet bool) ast.Node {
	from, to := ast.Node(&ast.NilNode{}), ast.Node(&ast.NilNode{})
	if n.From != nil {
		from = w.node(n.From, quiet)
	}
	if n.To != nil {
		to = w.node(n.To, quiet)
	}
	return w.do("slice", n.Location(), w.node(n.Node, quiet), from, to)
}

func (w *rewriter) conditional(n *ast.ConditionalNode, quiet bool) ast.Node {
	loc := n.Cond.Location()
	if n.Cond == n.Exp1 { // a ?: b
		return w.native("first", loc, w.node(n.Cond, true), w.node(n.Exp2, quiet))
	}
	return at(loc, &ast.ConditionalNode{
		Cond: w.do("truth", loc, w.node(n.Cond, quiet)),
		Exp1: w.node(n.Exp1, quiet),
		Exp2: w.node(n.Exp2, quiet),
	})
}

func (w *rewriter) variable(n *ast.VariableDeclaratorNode, quiet bool) ast.Node {
	loc := n.Location()
	if w.names.roots[n.Name] || table[n.Name] != nil || looped[n.Name] != nil || w.isVariable(n.Name) ||
		n.Name == "null" || n.Name == selfName || !plainName(n.Name) || n.Name[0] == '$' {
		return w.fail(loc, CodeNotAllowed, "%s has a meaning already; choose another name", show(n.Name))
	}
	value := w.node(n.Value, quiet)
	w.vars = append(w.vars, n.Name)
	body := w.node(n.Expr, quiet)
	w.vars = w.vars[:len(w.vars)-1]
	return at(loc, &ast.VariableDeclaratorNode{Name: n.Name, Value: value, Expr: body})
}

func (w *rewriter) object(n *ast.MapNode, quiet bool) ast.Node {
	pairs := make([]ast.Node, len(n.Pairs))
	for i, p := range n.Pairs {
		entry := p.(*ast.PairNode)
		name := w.node(entry.Key, quiet)
		if _, isText := name.(*ast.StringNode); !isText {
			name = w.do("text", entry.Key.Location(), name)
		}
		pairs[i] = at(p.Location(), &ast.PairNode{Key: name, Value: w.node(entry.Value, quiet)})
	}
	return w.do("object", n.Location(), at(n.Location(), &ast.MapNode{Pairs: pairs}))
}

func (w *rewriter) pointer(n *ast.PointerNode) ast.Node {
	last := len(w.loops) - 1
	switch {
	case last < 0:
		return w.fail(n.Location(), CodeNotAllowed, "# stands for an entry inside of map(), filter() and their like")
	case n.Name == "" || n.Name == "index":
		return n
	case n.Name == "acc" && w.loops[last].reduces:
		return n
	}
	return w.fail(n.Location(), CodeNotAllowed, "%s is not known; there are #, #index and, in reduce(), #acc", show("#"+n.Name))
}
