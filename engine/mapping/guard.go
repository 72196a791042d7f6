package mapping

import (
	"context"
	"slices"
	"sync"
	"time"
)

// The budget of one expression. expr-lang/expr is a sandbox for the language
// only; these bounds make it one for time and memory. They are far above what
// mappings need and low enough that no expression can hurt its neighbours.
const (
	// MaxSource is the longest source of one expression in bytes.
	MaxSource = 4 << 10
	// MaxNodes is how many syntax nodes one expression may have.
	MaxNodes = 1000
	// MaxTime is how long an expression may take by the wall clock, and then once
	// more by the processor's (see patience). Tests hold it to 250 ms with
	// everything around it.
	MaxTime = 100 * time.Millisecond
	// MaxBuilt is how many bytes of text and lists one expression may make on
	// its way. Values of the scope that it passes through do not count.
	MaxBuilt = 8 << 20
	// MaxResult is how large the part of a result may be that the expression
	// made itself. A value of the scope counts from the second time on.
	MaxResult = 256 << 10
	// MaxText bounds one string of text mixed with mappings, and what a result
	// may weigh together with the values of the scope it was composed of.
	MaxText = 8 << 20
	// MaxExpressions is how many mappings one template may hold.
	MaxExpressions = 2000

	// maxSteps bounds operations; one is about 50 to 100 ns.
	maxSteps = 200_000
	// lookEvery is after how many steps the clock and the context are looked at.
	lookEvery = 500
	// bytesAStep is how much text one step reads, copies or compares.
	bytesAStep = 64
	// maxRange is the longest list that a..b makes.
	maxRange = 10_000
	// maxResolve is MaxTime for one whole Resolve or Evaluate, however many
	// expressions it has.
	maxResolve = time.Second
	// maxResolved bounds what all expressions of one Resolve make together.
	maxResolved = 16 << 20
	// maxMissing and maxNotes keep a result readable.
	maxMissing = 100
	maxNotes   = 20
)

// run is one Resolve or Evaluate: the scope, the budget of the expression under
// way and what it has noticed. It is used by one goroutine.
type run struct {
	ctx     context.Context
	scope   Scope
	options Options
	env     map[string]any // what the VM sees: this run under selfName

	steps    int // left of maxSteps
	look     int // the value of steps at which to look at the clock
	built    int // bytes left of MaxBuilt
	resolved int // bytes made by finished expressions
	omits    bool

	one, all patience // of the expression under way, and of all of them
	thread   thread

	path    string
	missing []Missing
	notes   []string
}

// selfName is how compiled programs reach their run. Sources cannot name it.
const selfName = "__run"

var runs = sync.Pool{New: func() any {
	r := &run{}
	r.env = map[string]any{selfName: r}
	return r
}}

func beginRun(ctx context.Context, s Scope) *run {
	r := runs.Get().(*run)
	r.ctx, r.scope, r.options = ctx, s, optionsOf(ctx)
	r.all, r.resolved = patience{}, 0
	r.path, r.missing, r.notes = "", nil, nil
	return r
}

func (r *run) end() {
	r.thread.release()
	r.ctx, r.scope, r.options, r.missing, r.notes = nil, nil, Options{}, nil, nil
	runs.Put(r)
}

// fresh gives the next expression its budget.
func (r *run) fresh() {
	r.steps, r.look, r.built = maxSteps, maxSteps-lookEvery, MaxBuilt
	r.one, r.omits = patience{}, false
}

// work takes n steps off the budget.
func (r *run) work(n int) error {
	r.steps -= n
	if r.steps >= r.look {
		return nil
	}
	return r.lookAround()
}

func (r *run) lookAround() error {
	if r.steps < 0 {
		return failf(CodeLimitSteps, "the expression takes too many steps")
	}
	r.look = r.steps - lookEvery
	now := r.wall()
	if r.one.over(now, MaxTime, &r.thread) || r.all.over(now, maxResolve, &r.thread) {
		return failf(CodeLimitTime, "the expression takes too long")
	}
	if err := r.ctx.Err(); err != nil {
		return failf(CodeCanceled, "the evaluation was canceled")
	}
	return nil
}

// read charges for going through n bytes of text.
func (r *run) read(n int) error {
	if n < bytesAStep {
		return nil
	}
	return r.work(n / bytesAStep)
}

// grow charges for n bytes that are about to be made, or just were.
func (r *run) grow(n int) error {
	if n < 0 || n > r.built {
		return failf(CodeLimitMemory, "the expression makes more than %d MiB of text and lists", MaxBuilt>>20)
	}
	r.built -= n
	return nil
}

// The weight of values in the books of grow.
const (
	entryBytes = 32  // a list entry: the interface and what it boxes
	fieldBytes = 96  // an entry of an object
	loopBytes  = 512 // the VM never reuses the scope of a loop within a run
)

// miss lists a name that led nowhere, once per place.
func (r *run) miss(name string) {
	if len(r.missing) >= maxMissing {
		return
	}
	for _, v := range slices.Backward(r.missing) {
		if v.Name == name && v.Path == r.path {
			return
		}
	}
	r.missing = append(r.missing, Missing{Path: r.path, Name: name})
}

// note keeps a remark for the author: something was odd but not wrong enough to
// end the run.
func (r *run) note(text string) {
	if len(r.notes) >= maxNotes {
		return
	}
	if slices.Contains(r.notes, text) {
		return
	}
	r.notes = append(r.notes, text)
}
