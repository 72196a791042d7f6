package declared

import (
	"encoding/json"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Schema is the JSON schema (2020-12) of a file, made of the types that files are
// read into, so that editors know the format as the program does.
func Schema() []byte {
	s := schemas{}
	root := s.of(reflect.TypeFor[File]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Hookloom app"
	root["$defs"] = map[string]any(s)
	text, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err) // it is made of plain values
	}
	return append(text, '\n')
}

// schemas are the definitions by the name of their type.
type schemas map[string]any

func (s schemas) of(t reflect.Type) map[string]any {
	switch t.Kind() {
	case reflect.Pointer:
		return s.of(t.Elem())
	case reflect.Struct:
		if _, known := s[t.Name()]; !known {
			s[t.Name()] = nil // it may hold itself
			s[t.Name()] = s.object(t)
		}
		return map[string]any{"$ref": "#/$defs/" + t.Name()}
	case reflect.Map:
		return map[string]any{"type": "object", "additionalProperties": s.of(t.Elem())}
	case reflect.Slice:
		item := s.of(t.Elem())
		return map[string]any{"anyOf": []any{map[string]any{"type": "array", "items": item}, item}}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Int:
		return map[string]any{"type": "integer"}
	case reflect.Float64:
		return map[string]any{"type": "number"}
	case reflect.String:
		return map[string]any{"type": []any{"string", "number", "boolean"}}
	}
	return map[string]any{}
}

func (s schemas) object(t reflect.Type) map[string]any {
	properties, required := map[string]any{}, []string{}
	for i := range t.NumField() {
		tag := t.Field(i).Tag
		property := s.of(t.Field(i).Type)
		if options := tag.Get("options"); options != "" {
			property = map[string]any{"enum": strings.Split(options, ",")}
		} else if most, err := strconv.Atoi(tag.Get("max")); err == nil {
			property["maxLength"] = most
		}
		property["description"] = tag.Get("doc")
		properties[tag.Get("yaml")] = property
		if tag.Get("required") == "true" {
			required = append(required, tag.Get("yaml"))
		}
	}
	object := map[string]any{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		slices.Sort(required)
		object["required"] = required
	}
	if t == reflect.TypeFor[Option]() {
		return map[string]any{"anyOf": []any{object, map[string]any{"type": []any{"string", "number"}}}}
	}
	return object
}
