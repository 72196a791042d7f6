package mapping

import "github.com/hookloom/hookloom/engine/value"

// empty is value.Empty, paid for: blanks are looked through to the end.
func (r *run) empty(v any) (bool, error) {
	if text, isText := v.(string); isText {
		if err := r.read(len(text)); err != nil {
			return false, err
		}
	}
	return value.Empty(v), nil
}

// The four rules say what an empty value does: one that is missing, null, blank
// or a list or object without entries. 0 and false are not empty.
func emptyFunctions() []function {
	const group = "Empty values"
	return []function{
		{Function: Function{Name: "default", Group: group, Summary: "Another value instead of an empty one.",
			Args: args("value:any", "instead:any"), Example: `"" | default("friend")`, Result: "friend"},
			takesNil: true, quiet: 1, eval: whenEmpty(func(c call) (any, error) { return c.at(1), nil })},
		{Function: Function{Name: "omit", Group: group, Summary: "Leaves the field, or the entry of a list, out when it is empty.",
			Args: args("value:any"), Example: `{name: "Ada", phone: "" | omit()}`, Result: map[string]any{"name": "Ada"}},
			takesNil: true, quiet: 1, eval: whenEmpty(func(c call) (any, error) {
				c.r.omits = true
				return omitted, nil
			})},
		{Function: Function{Name: "as_null", Group: group, Summary: "Sends null when it is empty.",
			Args: args("value:any"), Example: `"  " | as_null()`, Result: nil},
			takesNil: true, quiet: 1, eval: whenEmpty(func(call) (any, error) { return nil, nil })},
		{Function: Function{Name: "stop", Group: group, Summary: "Ends the run with a message when it is empty.",
			Args: args("value:any", "message:text?"), Example: `"ada@example.com" | stop("No e-mail address")`, Result: "ada@example.com"},
			takesNil: true, quiet: 1, eval: whenEmpty(func(c call) (any, error) {
				message := shorten(c.text(1), 500)
				if message == "" {
					message = "a value that must not be empty is empty"
				}
				return nil, &stopped{message: message}
			})},
		{Function: Function{Name: "first", Group: group, Summary: "The first value that is not empty; of a single list its first entry.", Aliases: []string{"coalesce"},
			Args: args("values:any*"), Example: `first("", nil, "Ada", "Grace")`, Result: "Ada"},
			takesNil: true, quiet: allButLast, eval: first},
		{Function: Function{Name: "is_empty", Group: group, Summary: "Whether a value is missing, null, blank or without entries.",
			Args: args("value:any"), Example: `"  " | is_empty()`, Result: true},
			takesNil: true, quiet: 1, eval: func(c call) (any, error) { return c.r.empty(c.at(0)) }},
		{Function: Function{Name: "if", Group: group, Summary: "One value when a condition holds, another (or nothing) when not.",
			Args: args("condition:any", "then:any", "otherwise:any?"), Example: `if(5 > 3, "more", "less")`, Result: "more"}, takesNil: true,
			eval: func(c call) (any, error) {
				// The compiler turns calls into a conditional; this serves completion.
				if c.r.truth(c.at(0)) {
					return c.at(1), nil
				}
				return c.at(2), nil
			}},
	}
}

// whenEmpty passes the first argument through unless it is empty.
func whenEmpty(rule func(c call) (any, error)) func(c call) (any, error) {
	return func(c call) (any, error) {
		empty, err := c.r.empty(c.at(0))
		if err != nil {
			return nil, err
		}
		if empty {
			return rule(c)
		}
		return c.at(0), nil
	}
}

func first(c call) (any, error) {
	if list, isList := c.at(0).([]any); isList && len(c.a) == 1 {
		if len(list) == 0 {
			return nil, nil
		}
		return list[0], nil
	}
	for _, v := range c.a {
		empty, err := c.r.empty(v)
		if err != nil {
			return nil, err
		}
		if !empty {
			return v, nil
		}
	}
	return nil, nil
}
