package template

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

var (
	fileShape = reflect.TypeFor[File]()
	rawShape  = reflect.TypeFor[json.RawMessage]()
)

// Shape holds plain JSON to the type of a file of another kind, as Read does to
// File: unknown keys, wrong types and forbidden keys are problems.
func Shape(v any, t reflect.Type) []workflow.Problem {
	c := &checker{}
	c.forbidden(v, "")
	c.shape(v, t, "")
	return c.problems
}

// shape holds plain JSON to a Go type: unknown keys and wrong types are problems
// with their pointers, which encoding/json does not give. null is the same as
// absent; any and raw JSON take everything.
func (c *checker) shape(v any, t reflect.Type, at string) {
	if t == rawShape || t.Kind() == reflect.Interface || v == nil {
		return
	}
	switch t.Kind() {
	case reflect.Pointer:
		c.shape(v, t.Elem(), at)
	case reflect.Struct:
		object, ok := v.(map[string]any)
		if !ok {
			c.wrong(at, "an object", v)
			return
		}
		fields := fieldsOf(t)
		for key, e := range object {
			if field, known := fields[key]; known {
				c.shape(e, field, value.Under(at, key))
				continue
			}
			c.add(value.Under(at, key), workflow.CodeUnknownKey, fmt.Sprintf("%.60q is not known here: take it out, or update this installation.", key))
		}
	case reflect.Slice:
		list, ok := v.([]any)
		if !ok {
			c.wrong(at, "a list", v)
			return
		}
		for i, e := range list {
			if e == nil {
				c.wrong(at+"/"+strconv.Itoa(i), "an entry of the list", e)
				continue
			}
			c.shape(e, t.Elem(), at+"/"+strconv.Itoa(i))
		}
	case reflect.String:
		if _, ok := v.(string); !ok {
			c.wrong(at, "a text", v)
		}
	case reflect.Bool:
		if _, ok := v.(bool); !ok {
			c.wrong(at, "true or false", v)
		}
	case reflect.Int:
		if _, ok := v.(int); !ok {
			c.wrong(at, "a whole number", v)
		}
	default:
		panic("template: the file format has no " + t.String())
	}
}

func (c *checker) wrong(at, wanted string, v any) {
	got := "something else"
	switch v.(type) {
	case nil:
		got = "nothing"
	case string:
		got = "a text"
	case bool:
		got = "true or false"
	case []any:
		got = "a list"
	case map[string]any:
		got = "an object"
	case int, float64, json.Number:
		got = "a number"
	}
	c.add(at, workflow.CodeWrongType, "This must be "+wanted+", not "+got+".")
}

// fieldsOf are the fields of a struct by their names in JSON.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	fields := map[string]reflect.Type{}
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		fields[name] = field.Type
	}
	return fields
}
