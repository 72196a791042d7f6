package mapping

import (
	"maps"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
)

// native calls a function of the table.
func (w *rewriter) native(name string, loc file.Location, args ...ast.Node) ast.Node {
	return at(loc, &ast.CallNode{
		Callee:    &ast.IdentifierNode{Value: callPrefix + name},
		Arguments: append([]ast.Node{&ast.IdentifierNode{Value: selfName}}, args...),
	})
}

func (w *rewriter) call(n *ast.CallNode, quiet bool) ast.Node {
	callee, isName := n.Callee.(*ast.IdentifierNode)
	if !isName {
		return w.fail(n.Location(), CodeNotAllowed, "values have no methods; functions stand behind a | as in value | lower()")
	}
	loc := callee.Location()
	f := table[callee.Value]
	if f == nil {
		return w.unknownFunction(callee.Value, loc)
	}
	least, most := f.arity()
	if n := len(n.Arguments); n < least || most >= 0 && n > most {
		return w.fail(loc, CodeArguments, "%s() takes %s, not %d", f.Name, arityText(&f.Function), n)
	}
	if f.Name == "if" {
		return w.ifCall(n, quiet)
	}
	args := make([]ast.Node, len(n.Arguments))
	for i, a := range n.Arguments {
		if i > 0 && f.arg(i).Name == "pattern" && f.Group == "Text" {
			args[i] = w.pattern(a, quiet)
			continue
		}
		args[i] = w.node(a, quiet || i < f.quiet || f.quiet == allButLast && i < len(args)-1)
	}
	return w.native(f.Name, loc, args...)
}

// ifCall evaluates only the side that is taken.
func (w *rewriter) ifCall(n *ast.CallNode, quiet bool) ast.Node {
	loc := n.Location()
	otherwise := ast.Node(&ast.NilNode{})
	if len(n.Arguments) == 3 {
		otherwise = w.node(n.Arguments[2], quiet)
	}
	return at(loc, &ast.ConditionalNode{
		Cond: w.do("truth", loc, w.node(n.Arguments[0], quiet)),
		Exp1: w.node(n.Arguments[1], quiet),
		Exp2: otherwise,
	})
}

// loop rewrites the functions that take an expression. The list goes through
// the guard, and every round is paid for by the size of the expression.
func (w *rewriter) loop(n *ast.BuiltinNode, quiet bool) ast.Node {
	loc := n.Location()
	if looped[n.Name] == nil || len(n.Arguments) == 0 {
		return w.fail(loc, CodeUnknownFunction, "%s() is not known", n.Name)
	}
	list := w.do("each", loc, w.node(n.Arguments[0], quiet))
	if len(n.Arguments) == 1 { // count(list) and sum(list)
		return w.do(n.Name, loc, list)
	}
	predicate, ok := n.Arguments[1].(*ast.PredicateNode)
	if !ok {
		return w.fail(loc, CodeArguments, "%s() needs an expression of each entry, as in %s", n.Name, looped[n.Name].Example)
	}
	w.loops = append(w.loops, loop{label: loopLabel(list), reduces: n.Name == "reduce"})
	before := w.visits
	body := w.node(predicate.Node, quiet)
	weight := constant(1 + (w.visits-before)/4)
	w.loops = w.loops[:len(w.loops)-1]

	bodyLoc := predicate.Location()
	if n.Name == "sortBy" || n.Name == "groupBy" {
		body = w.do("pair", bodyLoc, &ast.PointerNode{}, body)
	}
	guard := "test"
	switch n.Name {
	case "map", "sum", "sortBy", "groupBy", "reduce":
		guard = "tick"
	}
	each := at(bodyLoc, &ast.PredicateNode{Node: w.do(guard, bodyLoc, body, weight)})
	return w.looped(n, loc, list, each, quiet)
}

func (w *rewriter) looped(n *ast.BuiltinNode, loc file.Location, list, each ast.Node, quiet bool) ast.Node {
	run := func(name string, more ...ast.Node) ast.Node {
		return at(loc, &ast.BuiltinNode{Name: name, Arguments: append([]ast.Node{list, each}, more...)})
	}
	rest := w.nodes(n.Arguments[2:], quiet)
	switch n.Name {
	case "map", "filter":
		return w.do("built", loc, run(n.Name))
	case "findLast":
		// The VM leaves values on its stack when it runs loops backwards
		// (expr 1.17.8), so these two run forwards.
		return w.do("last", loc, run("filter"))
	case "findLastIndex":
		return w.do("lastTrue", loc, w.do("built", loc, run("map")))
	case "sum":
		return w.do("sum", loc, w.do("built", loc, run("map")))
	case "groupBy":
		return w.do("groupBy", loc, w.do("built", loc, run("map")))
	case "sortBy":
		if len(rest) == 0 {
			rest = []ast.Node{&ast.NilNode{}}
		}
		return w.do("sortBy", loc, w.do("built", loc, run("map")), rest[0])
	case "reduce":
		if len(rest) == 0 {
			return w.fail(loc, CodeArguments, "reduce() needs a start, as in %s", looped["reduce"].Example)
		}
	}
	return run(n.Name, rest...)
}

// loopLabel is what # is called in a name: items[] for the entries of items.
func loopLabel(list ast.Node) string {
	inner := list.(*ast.CallNode).Arguments[1]
	if call, isCall := inner.(*ast.CallNode); isCall && len(call.Arguments) > 1 {
		if c, isConstant := call.Arguments[1].(*ast.ConstantNode); isConstant {
			if path, isChain := c.Value.(*chain); isChain && path.name != "" {
				return path.name + "[]"
			}
		}
	}
	return "#"
}

// Roots lists, sorted, the names that expressions can start with.
func Roots() []string { return slices.Sorted(maps.Keys(rootNames)) }

// rootNames are the roots of a scope (contract section 2), and HighLevel's
// names for some of them.
var rootNames = map[string]bool{
	"trigger": true, "steps": true, "contact": true, "custom_values": true, "workspace": true, "run": true, "loop": true,
	"inboundWebhookRequest": true, "location": true,
}

// names are the roots that one kind of scope has.
type names struct {
	// key tells one set from another; "" is a run's.
	key   string
	roots map[string]bool
	// hint ends the message about a name that is none.
	hint string
}

var runNames = &names{
	roots: rootNames,
	hint:  "; text needs quotes, and values start with trigger, steps, contact, custom_values, workspace, run or loop",
}

func namesOf(roots []string) *names {
	n := &names{key: strings.Join(roots, ","), roots: map[string]bool{}, hint: "; text needs quotes, and values start with " + strings.Join(roots, " or ")}
	for _, root := range roots {
		n.roots[root] = true
	}
	return n
}

func (w *rewriter) unknownName(name string, loc file.Location) ast.Node {
	before := w.source.written[:w.source.offset(loc.From)]
	switch {
	case strings.HasPrefix(name, "$") || strings.HasPrefix(name, "__"):
		return w.fail(loc, CodeNotAllowed, "%s cannot be used in a mapping", show(name))
	case strings.HasSuffix(before, "-") && afterPath(before[:len(before)-1]):
		return w.fail(loc, CodeUnknownName, "%s is not known; a name with a dash is written body[\"order-id\"]", show(name))
	case table[name] != nil || looped[name] != nil:
		return w.fail(loc, CodeUnknownName, "%s is a function and needs brackets: %s()", name, name)
	}
	hint := w.names.hint
	if near := nearest(name, w.names.roots); near != "" {
		hint = "; do you mean " + near + "?"
	}
	return w.fail(loc, CodeUnknownName, "%s is not known%s", show(name), hint)
}

func (w *rewriter) unknownFunction(name string, loc file.Location) ast.Node {
	names := map[string]bool{}
	for known := range table {
		names[known] = true
	}
	for known := range looped {
		names[known] = true
	}
	hint := ""
	if near := nearest(name, names); near != "" {
		hint = "; do you mean " + near + "()?"
	}
	return w.fail(loc, CodeUnknownFunction, "there is no function %s()%s", shorten(name, 40), hint)
}

func arityText(f *Function) string {
	least, most := f.arity()
	names := make([]string, len(f.Args))
	for i, a := range f.Args {
		names[i] = a.Name
		if a.Optional {
			names[i] += "?"
		}
		if a.Many {
			names[i] += ", …"
		}
	}
	switch {
	case most == 0:
		return "no arguments"
	case least == 1 && most == 1:
		return "one argument (" + names[0] + ")"
	}
	return "(" + strings.Join(names, ", ") + ")"
}

// nearest gives the known name that differs in at most two letters, or in case.
func nearest(name string, known map[string]bool) string {
	best, distance := "", 3
	for candidate := range known {
		d := editDistance(strings.ToLower(shorten(name, 40)), strings.ToLower(candidate))
		if d < distance && d < len(candidate)/2+1 || d == distance && best != "" && candidate < best {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance is Levenshtein's, in bytes.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost++
			}
			diagonal = row[j]
			row[j] = min(cost, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)]
}
