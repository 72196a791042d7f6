package workflow

import (
	"slices"

	"github.com/hookloom/hookloom/nodes"
)

// moment is what is known when a run arrives at a place of the document,
// whichever way it came. Sets are never changed in place, so moments share them.
type moment struct {
	// may and must hold the steps that may have run, and that have run on every
	// way to here.
	may, must set
	// contact says that the run has a contact on every way to here.
	contact bool
	// acted says that every way to here has passed an action already.
	acted bool
	// ended says that no run arrives here.
	ended bool
}

// meet is what is known where two ways come together.
func meet(a, b moment) moment {
	switch {
	case a.ended && b.ended:
		return moment{may: a.may.union(b.may), must: a.must.intersect(b.must), contact: a.contact && b.contact, acted: a.acted && b.acted, ended: true}
	case a.ended:
		return b
	case b.ended:
		return a
	}
	return moment{may: a.may.union(b.may), must: a.must.intersect(b.must), contact: a.contact && b.contact, acted: a.acted && b.acted}
}

// set is a set of steps by their number in the order of the document.
type set []uint64

func (s set) has(i int) bool { return i/64 < len(s) && s[i/64]&(1<<(i%64)) != 0 }

func (s set) with(i int) set {
	out := make(set, max(len(s), i/64+1))
	copy(out, s)
	out[i/64] |= 1 << (i % 64)
	return out
}

func (s set) union(o set) set {
	if len(s) < len(o) {
		s, o = o, s
	}
	out := slices.Clone(s)
	for i := range o {
		out[i] |= o[i]
	}
	return out
}

func (s set) intersect(o set) set {
	out := make(set, min(len(s), len(o)))
	for i := range out {
		out[i] = s[i] & o[i]
	}
	return out
}

// site is a step's place with what the other checks need to know of it.
type site struct {
	Place
	number int
	// inLoop says that the step stands inside a loop, at any depth.
	inLoop bool
	// off says that the step or one around it is disabled.
	off bool
	use use
	// before is what is known when the step's turn comes.
	before moment
}

// flow follows all ways through a document.
type flow struct {
	sites map[*Step]*site
	// byID finds a step by its id; of doubled ids, the first.
	byID map[string]*site
	// inOrder holds the sites in the order of the document, by their numbers.
	inOrder []*site
	// unreachable collects the first step of each stretch that no run reaches.
	unreachable []*site
	// end is what is known after the last step.
	end moment
}

// follow starts with a contact or without; resolve tells the node type of each
// step.
func follow(d *Document, contact bool, resolve func(Place) use) *flow {
	f := &flow{sites: map[*Step]*site{}, byID: map[string]*site{}}
	Walk(d, func(p Place) bool {
		p.Parents = slices.Clone(p.Parents)
		s := &site{Place: p, number: len(f.inOrder), use: resolve(p), off: p.Step.Disabled}
		if owner := f.sites[p.Owner()]; owner != nil {
			s.inLoop = owner.inLoop || p.List == listSteps
			s.off = s.off || owner.off
		}
		f.sites[p.Step], f.inOrder = s, append(f.inOrder, s)
		if f.byID[p.Step.ID] == nil {
			f.byID[p.Step.ID] = s
		}
		return true
	})
	f.end = f.list(d.Steps, moment{contact: contact})
	return f
}

// list follows the steps of one list in order and returns what is known after.
func (f *flow) list(steps []Step, now moment) moment {
	reached := !now.ended
	for i := range steps {
		if now.ended && reached {
			f.unreachable = append(f.unreachable, f.sites[&steps[i]])
			reached = false
		}
		now = f.step(&steps[i], now)
	}
	return now
}

func (f *flow) step(s *Step, now moment) moment {
	here := f.sites[s]
	here.before = now
	done := f.inside(s, now)
	failed := moment{
		may: now.may.union(done.may).with(here.number), must: now.must.with(here.number),
		contact: now.contact, acted: now.acted || acts(here.use.typ), ended: now.ended,
	}
	done.may, done.must = done.may.with(here.number), done.must.with(here.number)
	done.contact = done.contact || here.brings()
	done.acted = done.acted || acts(here.use.typ)
	done.ended = done.ended || ends(here.use.typ)
	if s.OnError != nil {
		mended := f.list(s.OnError.Steps, failed)
		switch {
		case s.OnError.Do == OnErrorBranch:
			done = meet(done, mended)
		case s.goesOn():
			done = meet(done, failed)
		}
	}
	if s.Disabled {
		// A step that is passed over may be switched on again: what mappings say
		// of it is judged as if a run might have done it.
		passed := now
		passed.may = passed.may.union(done.may)
		return passed
	}
	return done
}

// inside follows the lists of a step and returns what is known when they are
// done. A loop may have nothing to do.
func (f *flow) inside(s *Step, now moment) moment {
	after := now
	if len(s.Steps) > 0 {
		after = meet(after, f.list(s.Steps, now))
	}
	if len(s.Branches) == 0 {
		return after
	}
	within := now
	if here := f.sites[s]; here.use.typ != nil && here.use.typ.Paths != nil {
		// Such a step has its result when it takes a path.
		within.may, within.must = now.may.with(here.number), now.must.with(here.number)
	}
	var ways []moment
	for i := range s.Branches {
		ways = append(ways, f.list(s.Branches[i].Steps, within))
	}
	if f.sites[s].passesBy() {
		ways = append(ways, after)
	}
	joined := ways[0]
	for _, way := range ways[1:] {
		joined = meet(joined, way)
	}
	return joined
}

// passesBy reports whether a run may take none of the branches that a step has.
func (s *site) passesBy() bool {
	if s.use.typ != nil && s.use.typ.Paths != nil {
		return s.use.typ.Paths.Fixed && len(s.Step.Branches) < len(s.use.typ.Paths.Start)
	}
	return !slices.ContainsFunc(s.Step.Branches, func(b Branch) bool { return b.When == nil })
}

// brings reports whether a run that has done the step has a contact.
func (s *site) brings() bool { return s.use.typ != nil && provides(s.use) }

// acts reports whether a type does something, rather than steer the run.
func acts(t *nodes.NodeType) bool {
	return t != nil && !t.Gate && (t.Kind == nodes.KindAction || t.Kind == nodes.KindInternal)
}

// gap is the list that keeps a step apart from one that refers to it.
type gap struct {
	owner *Step
	list  string
}

// between returns the outermost list that holds target but not from, and false
// when target stands in a list that from stands in, too.
func (f *flow) between(from, target *site) (gap, bool) {
	for i, owner := range target.Parents {
		list := f.listIn(target, i)
		if i >= len(from.Parents) || from.Parents[i] != owner || f.listIn(from, i) != list {
			return gap{owner, list}, true
		}
	}
	return gap{}, false
}

// listIn returns which list of its i-th parent a site is in.
func (f *flow) listIn(s *site, i int) string {
	if i+1 < len(s.Parents) {
		return f.sites[s.Parents[i+1]].List
	}
	return s.List
}

func provides(u use) bool { return u.typ.Provides(u.params) }

// ends reports whether no run goes on after a step of the type.
func ends(t *nodes.NodeType) bool { return t != nil && t.Ends }
