package mapping

import (
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
)

func listFunctions() []function {
	const group = "Lists"
	return []function{
		{Function: Function{Name: "list", Group: group, Summary: "Always a list: a single value becomes one entry, nothing an empty list.",
			Args: args("value:any"), Example: `"vip" | list()`, Result: []any{"vip"}}, takesNil: true,
			eval: func(c call) (any, error) {
				switch x := c.at(0).(type) {
				case nil:
					return []any{}, nil
				case []any:
					return x, nil
				}
				return []any{c.at(0)}, nil
			}},
		{Function: Function{Name: "last", Group: group, Summary: "The last entry.",
			Args: args("list"), Example: `["a", "b", "c"] | last()`, Result: "c"},
			eval: func(c call) (any, error) { return entry(c.list(0), -1), nil }},
		{Function: Function{Name: "at", Group: group, Summary: "The entry at a position, counted from 0; negative counts from the end.",
			Args: args("list", "position:number"), Example: `["a", "b", "c"] | at(1)`, Result: "b"},
			eval: func(c call) (any, error) {
				i, err := c.whole()
				if err != nil {
					return nil, err
				}
				return entry(c.list(0), i), nil
			}},
		{Function: Function{Name: "take", Group: group, Summary: "The first entries.",
			Args: args("list", "count:number"), Example: `[1, 2, 3] | take(2)`, Result: []any{1, 2}},
			eval: func(c call) (any, error) {
				n, err := c.whole()
				if err != nil {
					return nil, err
				}
				n = max(0, min(n, len(c.list(0))))
				return c.list(0)[:n:n], nil
			}},
		{Function: Function{Name: "pluck", Group: group, Summary: "One field of every object in a list; a.b reaches deeper.",
			Args: args("list", "field:text"), Example: `[{sku: "A1"}, {sku: "B2"}] | pluck("sku")`, Result: []any{"A1", "B2"}}, eval: pluck},
		{Function: Function{Name: "find_by", Group: group, Summary: "The first object in a list whose field has a value.",
			Args: args("list", "field:text", "value:any"), Example: `[{k: "plan", v: "pro"}, {k: "seats", v: 3}] | find_by("k", "seats")`, Result: map[string]any{"k": "seats", "v": 3}},
			eval: func(c call) (any, error) {
				found, err := where(c, 1)
				return entry(found, 0), err
			}},
		{Function: Function{Name: "where", Group: group, Summary: "All objects in a list whose field has a value.",
			Args: args("list", "field:text", "value:any"), Example: `[{n: 1, paid: true}, {n: 2, paid: false}] | where("paid", true)`, Result: []any{map[string]any{"n": 1, "paid": true}}},
			eval: func(c call) (any, error) {
				found, err := where(c, len(c.list(0)))
				if err != nil {
					return nil, err
				}
				return found, nil
			}},
		{Function: Function{Name: "sort", Group: group, Summary: "Sorts a list: numbers before text, text without regard to case; \"desc\" for the other way.",
			Args: args("list", "order:text?"), Example: `["b", "C", "a"] | sort()`, Result: []any{"a", "b", "C"}},
			eval: func(c call) (any, error) { return c.sortedBy(c.list(0), c.text(1)) }},
		{Function: Function{Name: "sort_by", Group: group, Summary: "Sorts a list of objects by a field.",
			Args: args("list", "field:text", "order:text?"), Example: `[{n: 2}, {n: 1}] | sort_by("n")`, Result: []any{map[string]any{"n": 1}, map[string]any{"n": 2}}},
			eval: func(c call) (any, error) {
				keys, err := pluck(c)
				if err != nil {
					return nil, err
				}
				return c.sortedWith(c.list(0), keys.([]any), c.text(2))
			}},
		{Function: Function{Name: "unique", Group: group, Summary: "A list without repeated entries.", Aliases: []string{"uniq"},
			Args: args("list"), Example: `["a", "b", "a"] | unique()`, Result: []any{"a", "b"}}, eval: unique},
		{Function: Function{Name: "reverse", Group: group, Summary: "A list from back to front.",
			Args: args("list"), Example: `[1, 2, 3] | reverse()`, Result: []any{3, 2, 1}},
			eval: func(c call) (any, error) {
				if err := c.r.growList(len(c.list(0))); err != nil {
					return nil, err
				}
				turned := slices.Clone(c.list(0))
				slices.Reverse(turned)
				return turned, nil
			}},
		{Function: Function{Name: "concat", Group: group, Summary: "One list of several.",
			Args: args("lists:list*"), Example: `concat([1], [2, 3])`, Result: []any{1, 2, 3}}, takesNil: true,
			eval: func(c call) (any, error) {
				lists := make([][]any, len(c.a))
				for i := range c.a {
					lists[i] = c.list(i)
				}
				return c.r.joinLists(lists...)
			}},
		{Function: Function{Name: "flatten", Group: group, Summary: "A list of lists as one list; deeper lists stay.",
			Args: args("list"), Example: `[[1], [2, [3]]] | flatten()`, Result: []any{1, 2, []any{3}}},
			eval: func(c call) (any, error) {
				lists := make([][]any, 0, len(c.list(0)))
				for i, e := range c.list(0) {
					if inner, isList := e.([]any); isList {
						lists = append(lists, inner)
					} else {
						lists = append(lists, c.list(0)[i:i+1])
					}
				}
				return c.r.joinLists(lists...)
			}},
		{Function: Function{Name: "compact", Group: group, Summary: "A list without empty entries.",
			Args: args("list"), Example: `["a", "", nil, "b"] | compact()`, Result: []any{"a", "b"}},
			eval: func(c call) (any, error) {
				if err := c.r.growList(len(c.list(0))); err != nil {
					return nil, err
				}
				kept := make([]any, 0, len(c.list(0)))
				for _, e := range c.list(0) {
					empty, err := c.r.empty(e)
					if err != nil {
						return nil, err
					}
					if !empty {
						kept = append(kept, e)
					}
				}
				return kept, nil
			}},
	}
}

func entry(list []any, i int) any {
	if i < 0 {
		i += len(list)
	}
	if i < 0 || i >= len(list) {
		return nil
	}
	return list[i]
}

// dotted cuts a field such as "price.amount" into keys.
func (c call) dotted(i int) ([]key, error) {
	names := strings.SplitN(c.text(i), ".", value.MaxDepth+1)
	if len(names) > value.MaxDepth {
		return nil, c.failf("the field is nested too deeply")
	}
	keys := make([]key, len(names))
	for i, name := range names {
		keys[i] = key{name: name, kind: byName}
	}
	return keys, nil
}

// dig follows keys; a name with dots in it is tried as a whole first.
func dig(v any, whole string, keys []key) any {
	if object, isObject := v.(map[string]any); isObject {
		if found, ok := object[whole]; ok {
			return found
		}
	}
	for _, k := range keys {
		next, found := member(v, k)
		if !found {
			return nil
		}
		v = next
	}
	return v
}

func pluck(c call) (any, error) {
	keys, err := c.dotted(1)
	if err != nil {
		return nil, err
	}
	if err := c.r.growList(len(c.list(0))); err != nil {
		return nil, err
	}
	if err := c.r.work(len(c.list(0)) * len(keys)); err != nil {
		return nil, err
	}
	fields := make([]any, len(c.list(0)))
	for i, e := range c.list(0) {
		fields[i] = dig(e, c.text(1), keys)
	}
	return fields, nil
}

func where(c call, most int) ([]any, error) {
	fields, err := pluck(c)
	if err != nil {
		return nil, err
	}
	found := []any{}
	for i, field := range fields.([]any) {
		same, err := c.r.equal(field, c.at(2), 0)
		if err != nil {
			return nil, err
		}
		if same {
			if found = append(found, c.list(0)[i]); len(found) >= most {
				break
			}
		}
	}
	return found, nil
}

// sortKey is what an entry is sorted by.
type sortKey struct {
	rank   int // numbers, text, yes/no, the rest, nothing
	number any
	text   string
	entry  any
}

func (c call) sortedBy(list []any, order string) (any, error) {
	return c.sortedWith(list, list, order)
}

// sortedWith gives a sorted copy of list, whose entries have the given keys.
func (c call) sortedWith(list, keys []any, order string) (any, error) {
	return c.r.sorted(list, keys, order)
}

func (r *run) sorted(list, keys []any, order string) (any, error) {
	down := false
	switch strings.ToLower(order) {
	case "", "asc":
	case "desc":
		down = true
	default:
		return nil, failf(CodeBadValue, "a list is sorted \"asc\" or \"desc\", not %q", shorten(order, 20))
	}
	if err := r.growList(4 * len(list)); err != nil {
		return nil, err
	}
	entries := make([]sortKey, len(list))
	longest := 0
	for i := range list {
		k, err := r.sortKey(keys[i])
		if err != nil {
			return nil, err
		}
		k.entry = list[i]
		longest = max(longest, len(k.text))
		entries[i] = k
	}
	// Comparisons cannot be interrupted: n log n of them are paid for before.
	comparisons := len(list) * bitsOf(len(list))
	if err := r.work(comparisons * (1 + longest/bytesAStep)); err != nil {
		return nil, err
	}
	slices.SortStableFunc(entries, func(a, b sortKey) int {
		if down {
			a, b = b, a
		}
		return a.compare(b)
	})
	sorted := make([]any, len(entries))
	for i, e := range entries {
		sorted[i] = e.entry
	}
	return sorted, nil
}

func bitsOf(n int) int {
	count := 0
	for ; n > 0; n >>= 1 {
		count++
	}
	return count
}

func (r *run) sortKey(v any) (sortKey, error) {
	switch x := plainOperand(v).(type) {
	case nil:
		return sortKey{rank: 4}, nil
	case string:
		if err := r.grow(len(x)); err != nil {
			return sortKey{}, err
		}
		return sortKey{rank: 1, text: strings.ToLower(x)}, r.read(len(x))
	case bool:
		return sortKey{rank: 2, number: map[bool]int{true: 1}[x]}, nil
	case []any, map[string]any:
		return sortKey{rank: 3}, nil
	default:
		return sortKey{rank: 0, number: x}, nil
	}
}

func (k sortKey) compare(other sortKey) int {
	if k.rank != other.rank {
		return k.rank - other.rank
	}
	if k.number != nil {
		order, _ := compareNumbers(k.number, other.number)
		return order
	}
	return strings.Compare(k.text, other.text)
}

// unique keeps the first of equal entries. Entries are told apart by their JSON,
// so 1 and "1" are two.
func unique(c call) (any, error) {
	list := c.list(0)
	if err := c.r.growList(2 * len(list)); err != nil {
		return nil, err
	}
	seen := make(map[string]bool, min(len(list), maxRange))
	kept := make([]any, 0, min(len(list), maxRange))
	for _, e := range list {
		if err := c.r.work(1); err != nil {
			return nil, err
		}
		id, err := c.r.encode(e)
		if err != nil {
			return nil, err
		}
		if !seen[id] {
			seen[id] = true
			kept = append(kept, e)
		}
	}
	return kept, nil
}
