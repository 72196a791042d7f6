package storage

import (
	"strings"

	"github.com/hookloom/hookloom/engine"
)

// filter builds the WHERE of a list from the parts that are asked for.
type filter struct {
	text strings.Builder
	args []any
}

// where begins a filter with the workspace.
func where(workspace string) *filter {
	f := &filter{args: []any{workspace}}
	f.text.WriteString(" WHERE workspace_id = ?")
	return f
}

// and adds a condition of our own words; values go into args only.
func (f *filter) and(condition string, args ...any) {
	f.text.WriteString(" AND ")
	f.text.WriteString(condition)
	f.args = append(f.args, args...)
}

// andIf adds a condition for a text unless it is "".
func (f *filter) andIf(condition, text string) {
	if text != "" {
		f.and(condition, text)
	}
}

// compose returns the query of a text that was put together, the same one each
// time. There are as many as there are combinations of filters.
func (s *Store) compose(text string) *query {
	if known, ok := s.composed.Load(text); ok {
		return known.(*query)
	}
	made, _ := s.composed.LoadOrStore(text, q(text))
	return made.(*query)
}

// page runs a list that is ordered by id from the newest: columns and table in
// from, its filter, and one row more than asked for, which tells whether there
// is a next part.
func page[T any](s session, from string, f *filter, p engine.Page, read func(scanner) (T, error), id func(T) string) (engine.List[T], error) {
	f.andIf("id < ?", p.Cursor)
	query := s.store.compose(from + f.text.String() + " ORDER BY id DESC LIMIT ?")
	items, err := all(s, query, append(f.args, p.Size()+1), read)
	if err != nil {
		return engine.List[T]{}, err
	}
	return cut(items, p.Size(), id), nil
}

// cut makes a list of up to size items out of what was read.
func cut[T any](items []T, size int, key func(T) string) engine.List[T] {
	if len(items) <= size {
		return engine.List[T]{Items: items}
	}
	return engine.List[T]{Items: items[:size], Next: key(items[size-1])}
}
