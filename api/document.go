package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/hookloom/hookloom/api/example"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/nodes"
)

// Document is what /openapi.json of a build answers, for programs that make
// clients of it; version is written into it. It needs no server and no
// database: the routes are listed and none is called.
func Document(version string) ([]byte, error) {
	a := &API{Shell: rest.New(rest.Deps{}), Deps: Deps{Registry: nodes.Default(), Metrics: prometheus.NewRegistry(), Config: Config{Version: version}}}
	a.areas()
	gin.SetMode(gin.ReleaseMode)
	a.routes(gin.New())
	return written(a.OpenAPI())
}

// written is the document as JSON. Huma cannot say that an object may be null,
// so what it left out is added here, and only here: huma checks requests by the
// same schemas.
func written(spec *huma.OpenAPI) ([]byte, error) {
	plain, err := json.Marshal(spec)
	if err != nil {
		return nil, err
	}
	var document map[string]any
	d := json.NewDecoder(bytes.NewReader(plain))
	d.UseNumber()
	if err := d.Decode(&document); err != nil {
		return nil, err
	}
	schemas, _ := document["components"].(map[string]any)["schemas"].(map[string]any)
	for name, schema := range schemas {
		properties, _ := schema.(map[string]any)["properties"].(map[string]any)
		for _, property := range nullableObjects(spec.Components.Schemas.TypeFromRef("#/components/schemas/" + name)) {
			if object, _ := properties[property].(map[string]any); object["$ref"] != nil {
				properties[property] = orNull(object)
			}
		}
	}
	if err := exemplify(document); err != nil {
		return nil, err
	}
	return json.MarshalIndent(document, "", "  ")
}

// exemplify gives each body of the document its example.
func exemplify(document map[string]any) error {
	bodies, err := example.Bodies()
	if err != nil {
		return err
	}
	paths, _ := document["paths"].(map[string]any)
	for _, methods := range paths {
		operations, _ := methods.(map[string]any)
		for _, operation := range operations {
			op, _ := operation.(map[string]any)
			id, _ := op["operationId"].(string)
			body, _ := op["requestBody"].(map[string]any)
			contents, _ := body["content"].(map[string]any)
			for _, content := range contents {
				if c, ok := content.(map[string]any); ok && bodies[id] != nil {
					c["example"] = bodies[id]
				}
			}
		}
	}
	return nil
}

// orNull is a schema that refers to another, and null.
func orNull(object map[string]any) map[string]any {
	either := map[string]any{"anyOf": []any{map[string]any{"$ref": object["$ref"]}, map[string]any{"type": "null"}}}
	for key, value := range object {
		if key != "$ref" {
			either[key] = value
		}
	}
	return either
}

// nullableObjects are the JSON names of the fields of t that encoding/json
// writes as null when they hold no object.
func nullableObjects(t reflect.Type) []string {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	var names []string
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		leftOut := strings.Contains(options, "omitempty") || strings.Contains(options, "omitzero")
		if name != "" && name != "-" && !leftOut && f.Type.Kind() == reflect.Pointer && f.Type.Elem().Kind() == reflect.Struct {
			names = append(names, name)
		}
	}
	return names
}
