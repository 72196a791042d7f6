package rest

import (
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// Part is what a caller asks storage for.
func (p Paging) Part() (engine.Page, error) {
	after, err := p.After()
	return engine.Page{Cursor: after, Limit: p.Limit}, err
}

// NewList shows a part of a list as storage cut it.
func NewList[R, T any](rows engine.List[R], show func(R) T) *Listed[T] {
	out := &Listed[T]{}
	if rows.Next != "" {
		next := Cursor(rows.Next)
		out.Body.NextCursor = &next
	}
	out.Body.Items = make([]T, len(rows.Items))
	for i, r := range rows.Items {
		out.Body.Items[i] = show(r)
	}
	return out
}

// Text is a name that is null when there is none.
func Text(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// Stamp is a time of the past in UTC.
func Stamp(t time.Time) time.Time { return t.UTC() }

// PlainJSON is stored JSON as it goes out: null when there is none. It is never
// decoded, so numbers stay digit for digit.
func PlainJSON(raw []byte) json.RawMessage {
	if len(raw) == 0 {
		return json.RawMessage("null")
	}
	return raw
}

// OrNone is the list itself, never null.
func OrNone[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// Moment is a time that may be unset, for JSON.
func Moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}

// Distinct is a list of ids without those that are in it again.
func Distinct(ids []string) []string {
	seen := make(map[string]bool, len(ids))
	kept := make([]string, 0, len(ids))
	for _, id := range ids {
		if !seen[id] {
			seen[id] = true
			kept = append(kept, id)
		}
	}
	return kept
}
