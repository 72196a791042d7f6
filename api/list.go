package api

import (
	"encoding/base64"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// part is what a caller asks storage for.
func (p Paging) part() (engine.Page, error) {
	after, err := p.after()
	return engine.Page{Cursor: after, Limit: p.Limit}, err
}

// newList shows a part of a list as storage cut it.
func newList[R, T any](rows engine.List[R], show func(R) T) *listed[T] {
	out := &listed[T]{}
	if rows.Next != "" {
		next := base64.RawURLEncoding.EncodeToString([]byte(cursorMark + rows.Next))
		out.Body.NextCursor = &next
	}
	out.Body.Items = make([]T, len(rows.Items))
	for i, r := range rows.Items {
		out.Body.Items[i] = show(r)
	}
	return out
}

// text is a name that is null when there is none.
func text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// stamp is a time of the past in UTC.
func stamp(t time.Time) time.Time { return t.UTC() }

// plainJSON is stored JSON as it goes out: null when there is none. It is never
// decoded, so numbers stay digit for digit.
func plainJSON(raw []byte) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// orNone is the list itself, never null.
func orNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
