package value

import "testing"

// chain holds the next one, as a list in memory does.
type chain struct{ Next *chain }

func TestDeep(t *testing.T) {
	nested := func(levels int) any {
		v := any("end")
		for i := range levels {
			if i%2 == 0 {
				v = []any{1, v}
			} else {
				v = map[string]any{"a": 1, "v": v}
			}
		}
		return v
	}
	self := map[string]any{}
	self["self"] = self
	ring := &chain{}
	ring.Next = &chain{Next: ring}
	for name, c := range map[string]struct {
		v    any
		deep bool
	}{
		"nothing":        {nil, false},
		"a scalar":       {1.5, false},
		"a document":     {nested(MaxDepth), false},
		"at the limit":   {nested(MaxNesting), false},
		"one too deep":   {nested(MaxNesting + 1), true},
		"far too deep":   {nested(100_000), true},
		"holds itself":   {self, true},
		"a ring":         {ring, true},
		"a struct":       {struct{ A []chain }{make([]chain, 3)}, false},
		"typed and deep": {[]map[string]any{{"a": nested(MaxNesting)}}, true},
		"bytes":          {make([]byte, 1<<20), false},
	} {
		if got := Deep(c.v); got != c.deep {
			t.Errorf("%s: %v", name, got)
		}
	}
}
