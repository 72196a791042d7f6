package mapping

import (
	"maps"
	"slices"
)

func objectFunctions() []function {
	const group = "Objects"
	return []function{
		{Function: Function{Name: "keys", Group: group, Summary: "The names in an object, sorted.",
			Args: args("object"), Example: `{b: 1, a: 2} | keys()`, Result: []any{"a", "b"}},
			eval: func(c call) (any, error) {
				names, err := c.sortedNames()
				if err != nil {
					return nil, err
				}
				list := make([]any, len(names))
				for i, name := range names {
					list[i] = name
				}
				return list, nil
			}},
		{Function: Function{Name: "values", Group: group, Summary: "The values in an object, in the order of their names.",
			Args: args("object"), Example: `{b: 1, a: 2} | values()`, Result: []any{2, 1}},
			eval: func(c call) (any, error) {
				names, err := c.sortedNames()
				if err != nil {
					return nil, err
				}
				list := make([]any, len(names))
				for i, name := range names {
					list[i] = c.object(0)[name]
				}
				return list, nil
			}},
		{Function: Function{Name: "entries", Group: group, Summary: "An object as a list of {key, value}, sorted by key.",
			Args: args("object"), Example: `{a: 1} | entries()`, Result: []any{map[string]any{"key": "a", "value": 1}}},
			eval: func(c call) (any, error) {
				names, err := c.sortedNames()
				if err != nil {
					return nil, err
				}
				if err := c.r.grow(3 * fieldBytes * len(names)); err != nil {
					return nil, err
				}
				list := make([]any, len(names))
				for i, name := range names {
					list[i] = map[string]any{"key": name, "value": c.object(0)[name]}
				}
				return list, nil
			}},
		{Function: Function{Name: "merge", Group: group, Summary: "One object of several; of the same name the last counts.",
			Args: args("objects:object*"), Example: `merge({a: 1, b: 1}, {b: 2})`, Result: map[string]any{"a": 1, "b": 2}}, takesNil: true,
			eval: func(c call) (any, error) {
				merged := map[string]any{}
				for i := range c.a {
					if err := c.growObject(len(c.object(i))); err != nil {
						return nil, err
					}
					maps.Copy(merged, c.object(i))
				}
				return merged, nil
			}},
		{Function: Function{Name: "pick", Group: group, Summary: "Only the named fields of an object.",
			Args: args("object", "fields:text*"), Example: `{a: 1, b: 2, c: 3} | pick("a", "c")`, Result: map[string]any{"a": 1, "c": 3}},
			eval: func(c call) (any, error) {
				if err := c.growObject(len(c.a)); err != nil {
					return nil, err
				}
				picked := map[string]any{}
				for i := 1; i < len(c.a); i++ {
					if v, found := c.object(0)[c.text(i)]; found {
						picked[c.text(i)] = v
					}
				}
				return picked, nil
			}},
		{Function: Function{Name: "without", Group: group, Summary: "An object without the named fields.",
			Args: args("object", "fields:text*"), Example: `{a: 1, b: 2, c: 3} | without("b")`, Result: map[string]any{"a": 1, "c": 3}},
			eval: func(c call) (any, error) {
				if err := c.growObject(len(c.object(0))); err != nil {
					return nil, err
				}
				left := maps.Clone(c.object(0))
				for i := 1; i < len(c.a); i++ {
					delete(left, c.text(i))
				}
				return left, nil
			}},
		{Function: Function{Name: "lookup", Group: group, Summary: "The value that a table has for a key, or another one.",
			Args: args("key:text", "table:object", "otherwise:any?"), Example: `"de" | lookup({"de": "Germany", "fr": "France"}, "elsewhere")`, Result: "Germany"}, takesNil: true,
			eval: func(c call) (any, error) {
				if v, found := c.object(1)[c.text(0)]; found && c.has(0) {
					return v, nil
				}
				return c.at(2), nil
			}},
	}
}

func (c call) growObject(n int) error {
	if err := c.r.grow(n * fieldBytes); err != nil {
		return err
	}
	return c.r.work(n)
}

func (c call) sortedNames() ([]string, error) {
	object := c.object(0)
	n := len(object)
	if err := c.r.growList(2 * n); err != nil {
		return nil, err
	}
	longest := 0
	for name := range object {
		longest = max(longest, len(name))
	}
	if err := c.r.work(n * bitsOf(n) * (1 + longest/bytesAStep)); err != nil {
		return nil, err
	}
	return slices.Sorted(maps.Keys(object)), nil
}
