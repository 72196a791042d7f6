package mapping

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/builtin"
	"github.com/expr-lang/expr/compiler"
	"github.com/expr-lang/expr/conf"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser"
	"github.com/expr-lang/expr/vm"
)

// expression is one compiled source. It holds no state of a run and is shared.
type expression struct {
	source
	path *chain // set when the whole expression is one static path
	// program runs on the VM when path is nil.
	program *vm.Program
	refs    []ref
	roots   map[string]bool
}

// ref is one static path into the scope.
type ref struct {
	path   []string
	offset int // in the source, in bytes
	quiet  bool
}

// compileError is why a source is no expression.
type compileError struct {
	offset  int // in the source, in bytes
	code    string
	message string
}

// programs spares compiling the same source again. Long sources are rare and
// large, and not kept.
var programs = mustCache[programKey, *expression](1024)

type programKey struct {
	text  string
	quiet bool
	roots string
}

const maxCachedSource = 512

// compileExpression compiles the source between {{ and }}. With quiet, nothing
// in it is listed as missing.
// nil names are those of a run.
func compileExpression(text string, quiet bool, in *names) (*expression, *compileError) {
	if in == nil {
		in = runNames
	}
	if len(text) > MaxSource {
		return nil, &compileError{0, CodeTooLong, fmt.Sprintf("the expression is longer than %d KiB", MaxSource>>10)}
	}
	cacheKey := programKey{text, quiet, in.key}
	if e, ok := programs.Get(cacheKey); ok {
		return e, nil
	}
	e, bad := build(text, quiet, in)
	if bad == nil && len(text) <= maxCachedSource {
		programs.Add(cacheKey, e)
	}
	return e, bad
}

// build recovers because the parser and compiler are not ours and sources come
// from outside.
func build(text string, quiet bool, in *names) (e *expression, bad *compileError) {
	defer func() {
		if fault := recover(); fault != nil {
			e, bad = nil, &compileError{0, CodeInternal, "the expression cannot be compiled"}
		}
	}()
	source := readSource(text)
	tree, err := parser.ParseWithConfig(source.parsed, parserConfig)
	if err != nil {
		return nil, syntaxError(source, err)
	}
	w := &rewriter{source: source, names: in, roots: map[string]bool{}}
	tree.Node = w.node(tree.Node, quiet)
	if w.bad != nil {
		return nil, w.bad
	}
	e = &expression{source: source, refs: w.refs, roots: w.roots}
	if path := wholePath(tree.Node); path != nil {
		e.path = path
		return e, nil
	}
	config := &conf.Config{Functions: natives(), ShortCircuit: true}
	config.WithEnv(map[string]any{})
	if e.program, err = compiler.Compile(tree, config); err != nil {
		return nil, &compileError{0, CodeInternal, "the expression cannot be compiled"}
	}
	return e, nil
}

// parserConfig leaves only the loops to the language: every other name in front
// of a bracket becomes a call, which the rewriter looks up in the table.
var parserConfig = func() *conf.Config {
	config := conf.CreateNew()
	config.MaxNodes = MaxNodes
	config.DisableIfOperator = true
	for name := range builtin.Index {
		config.Disabled[name] = looped[name] == nil
	}
	return config
}()

// natives are the functions of compiled programs. The names cannot clash: what
// a source calls is looked up in the table and never here.
var natives = sync.OnceValue(func() conf.FunctionsTable {
	all := conf.FunctionsTable{}
	for name, f := range table {
		all[callPrefix+name] = &builtin.Function{Name: callPrefix + name, Func: f.native}
	}
	for _, group := range []map[string]func(r *run, a []any) (any, error){operators, loopGuards, chainCalls} {
		for name, body := range group {
			if all[operatorPrefix+name] != nil {
				panic("mapping: two operators are called " + name)
			}
			all[operatorPrefix+name] = &builtin.Function{Name: operatorPrefix + name, Func: native(body)}
		}
	}
	return all
})

const (
	callPrefix     = "call "
	operatorPrefix = "do "
)

func native(body func(r *run, a []any) (any, error)) func(args ...any) (any, error) {
	return func(args ...any) (any, error) {
		r := args[0].(*run)
		if err := r.work(1); err != nil {
			return nil, err
		}
		return body(r, args[1:])
	}
}

// chainCalls evaluate member access.
var chainCalls = map[string]func(r *run, a []any) (any, error){
	"path":   func(r *run, a []any) (any, error) { return r.follow(a[0].(*chain), nil, a[1:]) },
	"member": func(r *run, a []any) (any, error) { return r.follow(a[0].(*chain), plainOperand(a[1]), a[2:]) },
}

// wholePath gives the chain when the rewritten expression is nothing else.
func wholePath(n ast.Node) *chain {
	c, ok := n.(*ast.CallNode)
	if !ok || c.Callee.(*ast.IdentifierNode).Value != operatorPrefix+"path" || len(c.Arguments) != 2 {
		return nil
	}
	return c.Arguments[1].(*ast.ConstantNode).Value.(*chain)
}

// machines are reused; one that ran something large is left to the collector.
var machines = sync.Pool{New: func() any { return &vm.VM{} }}

// evaluate runs e within the budget. The error is a *fail, a *stopped, or wraps
// one of them in the *file.Error that knows the place.
func (e *expression) evaluate(r *run) (any, error) {
	r.fresh()
	if e.path != nil {
		return r.follow(e.path, nil, nil)
	}
	machine := machines.Get().(*vm.VM)
	v, err := machine.Run(e.program, r.env)
	if err == nil && maxSteps-r.steps < lookEvery {
		machines.Put(machine)
	}
	if err != nil {
		return nil, err
	}
	return r.settle(v, e)
}

// settle makes the result plain and holds it to its size.
func (r *run) settle(v any, e *expression) (any, error) {
	switch x := v.(type) {
	case nil, bool, int, float64:
		return v, nil
	case string:
		return x, r.settleText(x, e)
	case []any, map[string]any:
		return x, r.settleSize(x, e)
	}
	if v == omitted {
		return v, nil
	}
	if n, ok := v.(json.Number); ok {
		return n, nil
	}
	return nil, failf(CodeWrongType, "the result is no plain value")
}

// settleText holds text to MaxResult unless the scope holds the same text.
func (r *run) settleText(text string, e *expression) error {
	if len(text) <= MaxResult {
		return r.settled(len(text))
	}
	if r.identities(e).take(text) {
		return nil
	}
	return failf(CodeLimitResult, "the result is larger than %d KiB", MaxResult>>10)
}

// settleSize first takes everything as made here, which is enough for nearly
// all results, and only then looks for what the scope holds.
func (r *run) settleSize(v any, e *expression) error {
	m := measure{r: r, limit: MaxResult}
	err := m.add(v, 0)
	if err == nil {
		return r.settled(m.total)
	}
	var f *fail
	if !errors.As(err, &f) || f.code != CodeLimitResult {
		return err
	}
	m = measure{r: r, limit: MaxResult, scope: r.identities(e)}
	if err := m.add(v, 0); err != nil {
		return err
	}
	return r.settled(m.total)
}

func (r *run) settled(n int) error {
	if r.resolved += n; r.resolved > maxResolved {
		return failf(CodeLimitResult, "the mappings of this step make more than %d MiB", maxResolved>>20)
	}
	return nil
}

func (r *run) identities(e *expression) *identities {
	ids := &identities{places: map[uintptr]bool{}, texts: map[string]bool{}}
	for root := range e.roots {
		ids.collect(r.scope[root], 0)
	}
	return ids
}

// place gives the byte offset in the source at which a run failed.
func (e *expression) place(err error) int {
	if at, ok := errors.AsType[*file.Error](err); ok {
		return e.offset(at.From)
	}
	return 0
}
