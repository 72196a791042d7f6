package mapping

import "slices"

// indexLoops describes the functions that take an expression of each entry.
// The VM runs them; the compiler wraps what they go through and what they ask
// in the guard.
func indexLoops() map[string]*Function {
	const group = "Lists"
	index := map[string]*Function{}
	for _, f := range []Function{
		{Name: "map", Group: group, Summary: "A new list with something made of every entry, which is called #.",
			Args: args("list", "of_each:expression"), Example: `[{sku: "A1", qty: 2}] | map(#.sku + " × " + #.qty)`, Result: []any{"A1 × 2"}},
		{Name: "filter", Group: group, Summary: "The entries for which a condition holds.",
			Args: args("list", "condition:expression"), Example: `[1, 5, 9] | filter(# > 3)`, Result: []any{5, 9}},
		{Name: "find", Group: group, Summary: "The first entry for which a condition holds.",
			Args: args("list", "condition:expression"), Example: `[{n: 1}, {n: 5}] | find(#.n > 3)`, Result: map[string]any{"n": 5}},
		{Name: "findLast", Group: group, Summary: "The last entry for which a condition holds.",
			Args: args("list", "condition:expression"), Example: `[1, 5, 9] | findLast(# > 3)`, Result: 9},
		{Name: "findIndex", Group: group, Summary: "The position, counted from 0, of the first entry for which a condition holds.",
			Args: args("list", "condition:expression"), Example: `["a", "b"] | findIndex(# == "b")`, Result: 1},
		{Name: "findLastIndex", Group: group, Summary: "The position, counted from 0, of the last entry for which a condition holds.",
			Args: args("list", "condition:expression"), Example: `["a", "b", "a"] | findLastIndex(# == "a")`, Result: 2},
		{Name: "any", Group: group, Summary: "Whether a condition holds for at least one entry.",
			Args: args("list", "condition:expression"), Example: `["vip", "new"] | any(# == "vip")`, Result: true},
		{Name: "all", Group: group, Summary: "Whether a condition holds for every entry.",
			Args: args("list", "condition:expression"), Example: `[2, 4] | all(# % 2 == 0)`, Result: true},
		{Name: "none", Group: group, Summary: "Whether a condition holds for no entry.",
			Args: args("list", "condition:expression"), Example: `[1, 3] | none(# > 3)`, Result: true},
		{Name: "one", Group: group, Summary: "Whether a condition holds for exactly one entry.",
			Args: args("list", "condition:expression"), Example: `[1, 3] | one(# == 3)`, Result: true},
		{Name: "count", Group: group, Summary: "How many entries there are, or for how many a condition holds.",
			Args: args("list", "condition:expression?"), Example: `[1, 5, 9] | count(# > 3)`, Result: 2},
		{Name: "sum", Group: group, Summary: "The sum of a list, or of something of every entry.",
			Args: args("list", "of_each:expression?"), Example: `[{qty: 2, price: 5}, {qty: 1, price: 9.5}] | sum(#.qty * #.price)`, Result: 19.5},
		{Name: "sortBy", Group: group, Summary: "A list sorted by something of every entry, \"asc\" or \"desc\".",
			Args: args("list", "by:expression", "order:text?"), Example: `["ccc", "a", "bb"] | sortBy(length(#))`, Result: []any{"a", "bb", "ccc"}},
		{Name: "groupBy", Group: group, Summary: "An object of lists: the entries of a list by something of each.",
			Args: args("list", "by:expression"), Example: `[{k: "a", n: 1}, {k: "a", n: 2}] | groupBy(#.k)`,
			Result: map[string]any{"a": []any{map[string]any{"k": "a", "n": 1}, map[string]any{"k": "a", "n": 2}}}},
		{Name: "reduce", Group: group, Summary: "One value made of all entries: #acc is what was made so far, and the third argument where it starts.",
			Args: args("list", "step:expression", "start:any?"), Example: `reduce([1, 2, 3], #acc + #, 10)`, Result: 16},
	} {
		index[f.Name] = &f
	}
	return index
}

// pair is an entry with what it is sorted or grouped by.
type pair struct{ entry, by any }

// loopGuards are the functions that the compiler puts around the loops of the VM.
var loopGuards = map[string]func(r *run, a []any) (any, error){
	"each":     func(r *run, a []any) (any, error) { return r.each(a[0]) },
	"tick":     func(r *run, a []any) (any, error) { return a[0], r.work(a[1].(int)) },
	"test":     func(r *run, a []any) (any, error) { return r.truth(a[0]), r.work(a[1].(int)) },
	"built":    func(r *run, a []any) (any, error) { return r.builtList(a[0].([]any)) },
	"object":   func(r *run, a []any) (any, error) { return r.builtObject(a[0].(map[string]any)) },
	"last":     func(r *run, a []any) (any, error) { return entry(a[0].([]any), -1), r.growList(len(a[0].([]any))) },
	"lastTrue": func(_ *run, a []any) (any, error) { return lastTrue(a[0].([]any)), nil },
	"count":    func(r *run, a []any) (any, error) { return len(a[0].([]any)), nil },
	"sum":      func(r *run, a []any) (any, error) { return r.sum(a[0].([]any)) },
	"pair":     func(r *run, a []any) (any, error) { return r.pair(a[0], a[1]) },
	"sortBy":   func(r *run, a []any) (any, error) { return r.sortPairs(a[0].([]any), a[1]) },
	"groupBy":  func(r *run, a []any) (any, error) { return r.groupPairs(a[0].([]any)) },
}

// each lets only lists into a loop and charges for the scope that the VM makes.
func (r *run) each(v any) (any, error) {
	switch x := plainOperand(v).(type) {
	case nil:
		return []any{}, nil
	case []any:
		return x, r.grow(loopBytes)
	}
	return nil, failf(CodeWrongType, "a list is needed here, not %s; list() makes one", show(v))
}

// builtList charges for a list that the VM made and takes omitted entries out.
func (r *run) builtList(list []any) (any, error) {
	if err := r.growList(len(list)); err != nil {
		return nil, err
	}
	if !r.omits {
		return list, nil
	}
	kept := list[:0]
	for _, e := range list {
		if e != omitted {
			kept = append(kept, e)
		}
	}
	return kept, nil
}

func (r *run) builtObject(object map[string]any) (any, error) {
	if err := r.grow(len(object) * fieldBytes); err != nil {
		return nil, err
	}
	if r.omits {
		for name, v := range object {
			if v == omitted {
				delete(object, name)
			}
		}
	}
	return object, r.work(len(object))
}

func (r *run) sum(list []any) (any, error) {
	sum, _, err := r.total(list)
	return sum, err
}

func (r *run) pair(entry, by any) (any, error) {
	return &pair{entry, plainOperand(by)}, r.grow(loopBytes / 8)
}

func (r *run) sortPairs(pairs []any, order any) (any, error) {
	entries, keys := make([]any, len(pairs)), make([]any, len(pairs))
	for i, p := range pairs {
		entries[i], keys[i] = p.(*pair).entry, p.(*pair).by
	}
	direction, isText := plainOperand(order).(string)
	if !isText && order != nil {
		return nil, failf(CodeBadValue, "a list is sorted \"asc\" or \"desc\", not %s", show(order))
	}
	return r.sorted(entries, keys, direction)
}

func (r *run) groupPairs(pairs []any) (any, error) {
	groups := map[string]any{}
	for _, p := range pairs {
		name, err := r.textOf(p.(*pair).by)
		if err != nil {
			return nil, err
		}
		group, _ := groups[name].([]any)
		if group == nil {
			if err := r.grow(fieldBytes + len(name)); err != nil {
				return nil, err
			}
		}
		groups[name] = append(group, p.(*pair).entry)
	}
	return groups, r.growList(2 * len(pairs))
}

// lastTrue gives the position of the last answer that is yes, nil without one.
func lastTrue(answers []any) any {
	for i, answer := range slices.Backward(answers) {
		if answer == true {
			return i
		}
	}
	return nil
}
