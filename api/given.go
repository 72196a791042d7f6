package api

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// given is a text that a change names or not: null and "" both empty it.
type given struct {
	set  bool
	text string
}

// UnmarshalJSON is only called for a value that is there.
func (g *given) UnmarshalJSON(raw []byte) error {
	g.set = true
	return json.Unmarshal(raw, &g.text) // null leaves ""
}

// Schema describes the value to callers.
func (given) Schema(huma.Registry) *huma.Schema {
	most := 1000
	return &huma.Schema{Type: huma.TypeString, Nullable: true, MaxLength: &most, Description: "null or an empty text empties it"}
}
