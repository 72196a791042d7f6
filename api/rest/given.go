package rest

import (
	"encoding/json"

	"github.com/danielgtaylor/huma/v2"
)

// Given is a text that a change names or not: null and "" both empty it.
type Given struct {
	// Set is false when the change does not name it.
	Set bool
	// Text is "" for null.
	Text string
}

// UnmarshalJSON is only called for a value that is there.
func (g *Given) UnmarshalJSON(raw []byte) error {
	g.Set = true
	return json.Unmarshal(raw, &g.Text) // null leaves ""
}

// Schema describes the value to callers.
func (Given) Schema(huma.Registry) *huma.Schema {
	most := 1000
	return &huma.Schema{Type: huma.TypeString, Nullable: true, MaxLength: &most, Description: "null or an empty text empties it"}
}
