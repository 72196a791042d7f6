package api

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

// paging is how a caller asks for a part of a list. Embed it in the input.
type paging struct {
	Cursor string `query:"cursor" maxLength:"500" doc:"next_cursor of the part before"`
	Limit  int    `query:"limit" default:"50" minimum:"1" maximum:"200" doc:"How many at most"`
}

// after is the place in the list that the cursor names, as newPage was given
// it; "" for the beginning.
func (p paging) after() (string, error) {
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

// more is how many to read to know whether something follows: one more than
// asked for.
func (p paging) more() int { return p.Limit + 1 }

// cursorMark lets the form of cursors change one day.
const cursorMark = "1:"

// newPage makes a part of what was read with more(), and shows each. place is
// what a row is found by in the list's order, such as its id.
func newPage[R, T any](p paging, rows []R, place func(R) string, show func(R) T) *listed[T] {
	out := &listed[T]{}
	if len(rows) > p.Limit {
		rows = rows[:p.Limit]
		next := base64.RawURLEncoding.EncodeToString([]byte(cursorMark + place(rows[len(rows)-1])))
		out.Body.NextCursor = &next
	}
	out.Body.Items = make([]T, len(rows))
	for i, r := range rows {
		out.Body.Items[i] = show(r)
	}
	return out
}

// listed is the answer of a list.
type listed[T any] struct{ Body Page[T] }

// one is the answer with one thing.
type one[T any] struct{ Body T }

// nothing is the answer without a body.
type nothing struct{}

// inWorkspace is the input of every route below a workspace. Embed it.
type inWorkspace struct {
	WS string `path:"ws" doc:"Id or slug of the workspace"`
}

// byID is the input of a route of one thing in a workspace. Embed it.
type byID struct {
	inWorkspace
	ID string `path:"id" doc:"Id of the thing"`
}
