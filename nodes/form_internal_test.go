package nodes

import (
	"reflect"
	"strings"
	"testing"
)

// Structs that go vet would refuse in source are put together at run time.
func TestTagsThatVetRefuses(t *testing.T) {
	field := func(name string, tag reflect.StructTag) reflect.StructField {
		return reflect.StructField{Name: name, Type: reflect.TypeFor[string](), Tag: tag}
	}
	for say, fields := range map[string][]reflect.StructField{
		`field B: the key "a" is used twice`:                  {field("A", `json:"a" label:"A"`), field("B", `json:"a" label:"B"`)},
		`field A: the tag cannot be read from "required" on`:  {field("A", `json:"a" label:"A" required`)},
		`field A: the tag "label" has no end`:                 {field("A", `json:"a" label:"A`)},
		`field A: needs a json tag with the plain snake_case`: {field("A", ``)},
	} {
		_, err := newForm(reflect.StructOf(fields))
		if err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("got %v, want %s", err, say)
		}
	}
	if _, err := newForm(reflect.StructOf([]reflect.StructField{field("A", `json:"a" label:"Say \"a\""`)})); err != nil {
		t.Errorf("a quote inside a tag: %v", err)
	}
}
