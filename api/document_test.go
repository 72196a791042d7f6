package api_test

import (
	"encoding/json"
	"testing"

	"github.com/hookloom/hookloom/api"
)

// What a build prints is what a server of it answers.
func TestDocumentWithoutServer(t *testing.T) {
	printed, err := api.Document("test")
	if err != nil {
		t.Fatal(err)
	}
	if served := newWorld(t).anonymous().at("GET", "/openapi.json", nil).is(200).body; served != string(printed) {
		t.Errorf("the server answers %d bytes, the build prints %d others", len(served), len(printed))
	}
}

// Objects that may be missing say so: a client made of the document would else
// read fields of nothing.
func TestDocumentSaysWhatMayBeNull(t *testing.T) {
	printed, err := api.Document("test")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct {
			Schemas map[string]struct {
				Properties map[string]struct {
					Ref   string `json:"$ref"`
					AnyOf []struct {
						Ref  string `json:"$ref"`
						Type string `json:"type"`
					} `json:"anyOf"`
				} `json:"properties"`
			} `json:"schemas"`
		} `json:"components"`
	}
	if err := json.Unmarshal(printed, &document); err != nil {
		t.Fatal(err)
	}
	schemas := document.Components.Schemas
	for schema, property := range map[string]string{"RunView": "error", "RunDetail": "error", "RequestDetail": "body", "EntryView": "actor"} {
		either := schemas[schema].Properties[property].AnyOf
		if len(either) != 2 || either[0].Ref == "" || either[1].Type != "null" {
			t.Errorf("%s.%s is %+v, want an object or null", schema, property, either)
		}
	}
	if me := schemas["Me"].Properties["user"]; me.Ref == "" || me.AnyOf != nil {
		t.Errorf("Me.user is %+v, want the object alone: it is left out rather than null", me)
	}
}
