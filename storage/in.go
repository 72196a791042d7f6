package storage

import (
	"iter"
	"slices"
)

// inQuery is a query with "IN (?, ...)" for lists of any length. It has one
// form for each power of two, so that few forms stay prepared; the rest of a
// list is filled up with repeats of its last entry.
type inQuery [8]*query

// maxIn is how many values one query of an inQuery takes.
const maxIn = 1 << 7

// qIn makes an inQuery: before ends with "IN" and after follows the list.
func qIn(before, after string) (in inQuery) {
	for i := range in {
		in[i] = q(before + " (" + marks(1<<i) + ")" + after)
	}
	return in
}

// eachIn runs in for all values, maxIn at a time, with args before them.
func eachIn(s session, in inQuery, args []any, values []string, read func(scanner) error) error {
	for query, full := range in.parts(args, values) {
		if err := s.each(query, full, read); err != nil {
			return err
		}
	}
	return nil
}

// execIn is eachIn for changes.
func (s session) execIn(in inQuery, args []any, values []string) error {
	for query, full := range in.parts(args, values) {
		if _, err := s.exec(query, full...); err != nil {
			return err
		}
	}
	return nil
}

// parts yields the queries and arguments that a list of values takes.
func (in inQuery) parts(args []any, values []string) iter.Seq2[*query, []any] {
	return func(yield func(*query, []any) bool) {
		for part := range slices.Chunk(values, maxIn) {
			size := 0
			for 1<<size < len(part) {
				size++
			}
			full := slices.Grow(slices.Clone(args), 1<<size)
			for i := range 1 << size {
				full = append(full, part[min(i, len(part)-1)])
			}
			if !yield(in[size], full) {
				return
			}
		}
	}
}
