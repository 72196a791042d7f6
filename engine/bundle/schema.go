package bundle

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// Schemas are the published JSON schemas of files by their names, such as
// "template-1.json". They take whatever Read takes; what they refuse, Read refuses.
func Schemas() map[string][]byte {
	return map[string][]byte{
		"template-1.json": schemaOf(reflect.TypeFor[template.File](), template.TemplateSchema, "A template",
			"Workflows with blanks that are filled in before they are made. {\"$input\": KEY} in a definition stands for the value of an input."),
		"workflow-1.json": schemaOf(reflect.TypeFor[template.File](), template.WorkflowSchema, "A workflow",
			"One workflow as a file. What it needs of its workspace is found or made by name; secrets are never in it."),
		"workspace-1.json": schemaOf(reflect.TypeFor[Workspace](), template.WorkspaceSchema, "A workspace",
			"What a workspace has beside its workflows and templates, which are files beside this one. Values, secrets and people are never in it."),
	}
}

// needed are the members that an object cannot do without, by its Go type.
var needed = map[string][]string{
	"File": {"schema", "name", "workflows"}, "Input": {"key", "label", "kind"}, "Workflow": {"name", "definition"},
	"Workspace": {"schema"}, "Field": {"key", "label"}, "Value": {"key", "name"}, "Offer": {"title"}, "Form": {"title", "fields"},
	"Connection": {"name", "type"}, "Hook": {"event", "url"}, "Entry": {"file"},
	"Trigger": {"id", "type"}, "Step": {"id", "type"}, "Branch": {"id"}, "Window": {"from", "to"},
}

// chosen are the members that have one of some values. "" is among those that may
// be left out.
var chosen = map[string][]string{
	"Input.kind":  {template.Text, template.URL, template.Secret, template.Switch, template.Offer, template.Product, template.Tag, template.Form, template.Connection, template.CustomValue, template.ContactField},
	"Input.mode":  {"", template.Ask, template.FindOrCreate, template.Fixed},
	"Field.type":  fieldTypes,
	"Hook.format": formats, "Hook.place": places, "Hook.event": engine.HookEvents,
}

// told are the members whose meaning is not their name.
var told = map[string]string{
	"File.$schema": "This schema, at any address.", "File.schema": "The version of the format.",
	"File.about": "What is to do elsewhere.", "File.sources": "Public pages that describe the calls to other services.",
	"File.inputs": "What is asked for, found or made before the workflows are.", "File.sample": "What to try the workflow with.",
	"Input.key": "Unique in the file. Of a custom value or contact field it is that key, unless target names another one.", "Input.mode": "ask (the default) asks whoever uses the file, find_or_create takes or makes what has the name in default, fixed takes default everywhere.",
	"Input.target": "The key of the custom value or contact field.", "Input.define": "What find_or_create makes.", "Input.auth": "The type of connection that fits.",
	"Workflow.key": "Unique in the file, and the same over its versions.", "Workflow.definition": "The document; blanks may stand in its params.",
	"Workspace.custom_values": "Keys and names; values are never in a file.", "Workspace.connections": "Names and types; what they sign in with is never in a file.", "Workspace.hooks": "Outgoing webhooks without their secrets.",
	"Hook.only": "The name or title of the one thing whose events are sent.", "Hook.place": "The page in whose field the address stands.",
	"Entry.file": "A path from this file.", "Entry.folder": "The folder that lists show the workflow in.",
	"Step.id": "Unique in the document. Mappings name the step by it.", "Step.v": "The version of the node type that params were written for.", "Branch.when": "A formula or rows of rules; without one this is what happens otherwise.",
}

// shapes collects the definitions of the types of a schema.
type shapes struct{ defs map[string]any }

func schemaOf(t reflect.Type, id, title, description string) []byte {
	s := &shapes{defs: map[string]any{}}
	root := s.object(t)
	root["$schema"], root["$id"], root["title"], root["description"] = "https://json-schema.org/draft/2020-12/schema", id, title, description
	members := root["properties"].(map[string]any)
	members["schema"] = map[string]any{"const": 1, "description": told["File.schema"]}
	if id == template.WorkflowSchema {
		members["workflows"].(map[string]any)["maxItems"] = 1
	}
	if _, has := members["workflows"]; has && t == reflect.TypeFor[template.File]() {
		members["workflows"].(map[string]any)["minItems"] = 1
	}
	root["$defs"] = s.defs
	text, err := template.Pretty(root)
	if err != nil {
		panic("bundle: " + err.Error())
	}
	return text
}

// object describes a struct by its members in JSON.
func (s *shapes) object(t reflect.Type) map[string]any {
	must := needed[t.Name()]
	members := map[string]any{}
	for field := range t.Fields() {
		name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		member := s.member(field.Type, t.Name()+"."+name, slices.Contains(must, name))
		if words := told[t.Name()+"."+name]; words != "" {
			member["description"] = words
		}
		members[name] = member
	}
	out := map[string]any{"type": "object", "additionalProperties": false, "properties": members}
	if must != nil {
		out["required"] = must
	}
	return out
}

// member describes one value; null is the same as absent where it may be absent.
func (s *shapes) member(t reflect.Type, name string, must bool) map[string]any {
	kinds := func(kinds ...string) map[string]any {
		if !must {
			kinds = append(kinds, "null")
		}
		if len(kinds) == 1 {
			return map[string]any{"type": kinds[0]}
		}
		return map[string]any{"type": kinds}
	}
	if values := chosen[name]; values != nil {
		list := make([]any, 0, len(values)+1)
		for _, v := range values {
			list = append(list, v)
		}
		if !must {
			list = append(list, nil)
		}
		return map[string]any{"enum": list}
	}
	switch {
	case t == reflect.TypeFor[nodes.Duration]():
		return kinds("string", "number")
	case t == reflect.TypeFor[json.RawMessage]():
		return s.ref(reflect.TypeFor[workflow.Document](), true)
	case t.Kind() == reflect.Interface:
		return map[string]any{}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.member(t.Elem(), name, must)
	case reflect.Struct:
		return s.ref(t, must)
	case reflect.Slice:
		list := kinds("array")
		list["items"] = s.member(t.Elem(), name+"[]", true)
		return list
	case reflect.Map:
		return kinds("object")
	case reflect.String:
		return kinds("string")
	case reflect.Bool:
		return kinds("boolean")
	case reflect.Int:
		return kinds("integer")
	case reflect.Float64:
		return kinds("number")
	}
	panic(fmt.Sprintf("bundle: the schema has no %s, of %s", t, name))
}

// ref names the definition of a struct, which is made once.
func (s *shapes) ref(t reflect.Type, must bool) map[string]any {
	if _, made := s.defs[t.Name()]; !made {
		s.defs[t.Name()] = nil // a step holds steps
		s.defs[t.Name()] = s.object(t)
	}
	ref := map[string]any{"$ref": "#/$defs/" + t.Name()}
	if must {
		return ref
	}
	return map[string]any{"anyOf": []any{ref, map[string]any{"type": "null"}}}
}

// SchemaNames lists the names of Schemas in order.
func SchemaNames() []string { return slices.Sorted(maps.Keys(Schemas())) }
