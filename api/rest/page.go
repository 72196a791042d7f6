package rest

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/api/problem"
)

// Page is one part of a list.
type Page[T any] struct {
	Items []T `json:"items" nullable:"false"`
	// NextCursor gets the next part; nil at the end.
	NextCursor *string `json:"next_cursor" doc:"Pass it as cursor to get what follows; null at the end"`
}

// Paging is how a caller asks for a part of a list. Embed it in the input. This
// type and those below are exported because huma does not see what is embedded
// otherwise.
type Paging struct {
	Cursor string `query:"cursor" maxLength:"500" doc:"next_cursor of the part before"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many at most"`
}

// After is the place in the list that the cursor names, as storage gave it out;
// "" for the beginning.
func (p Paging) After() (string, error) {
	if p.Cursor == "" {
		return "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	place, ok := strings.CutPrefix(string(raw), cursorMark)
	if err != nil || !ok || place == "" || !utf8.ValidString(place) {
		return "", problem.New(problem.CodeInvalidCursor, "")
	}
	return place, nil
}

// cursorMark lets the form of cursors change one day.
const cursorMark = "1:"

// Cursor shows a place in a list as callers pass it back, see Paging.After.
func Cursor(place string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorMark + place))
}

// Listed is the answer of a list.
type Listed[T any] struct{ Body Page[T] }

// One is the answer with one thing.
type One[T any] struct{ Body T }

// Nothing is the answer without a body.
type Nothing struct{}

// InWorkspace is the input of every route below a workspace. Embed it.
type InWorkspace struct {
	WS string `path:"ws" doc:"Id or slug of the workspace"`
}

// ByID is the input of a route of one thing in a workspace. Embed it.
type ByID struct {
	InWorkspace
	ID string `path:"id" doc:"Id of the thing"`
}

// ListInput is the input of a list that is not narrowed.
type ListInput struct {
	InWorkspace
	Paging
}

// JobStarted is the answer to what begins long work.
type JobStarted struct {
	JobID string `json:"job_id"`
	Total int    `json:"total" doc:"How many runs, rows or contacts it is about"`
}
