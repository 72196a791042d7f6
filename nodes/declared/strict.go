package declared

import "reflect"

// Strict reads a YAML or JSON file of any shape as strictly as those that declare
// apps, for other files that people write by hand: sizes and depth are bounded, and
// everything that does not fit is reported with its place. It is for one goroutine.
type Strict struct{ report *report }

// Shorthand is implemented by structs that a lone text may stand for.
type Shorthand interface {
	// Shorthand is the key that the text belongs to.
	Shorthand() string
}

// ReadStrict reads a file of at most MaxFile bytes into plain values; nil when it is
// no such file, see Problems.
func ReadStrict(text []byte) (root any, s *Strict) {
	s = &Strict{&report{places: map[string]place{}}}
	return read(text, s.report), s
}

// Decode fills a struct, to which into points, from plain values that stand at a
// pointer in the file. Its fields have the tags yaml (the key), and required, doc,
// options and max as the files of apps have them.
func (s *Strict) Decode(v, into any, at string) {
	s.report.decode(v, reflect.ValueOf(into).Elem(), at)
}

// Add reports a problem at a pointer; fix says what to do, "" where that is clear.
func (s *Strict) Add(pointer, fix, format string, args ...any) {
	s.report.add(pointer, fix, format, args...)
}

// Line is the line at which a pointer's value, or what holds it, begins; 0 where that
// is not known.
func (s *Strict) Line(pointer string) int { return s.report.nearest(pointer).line }

// Has reports whether a value stands in the file at a pointer.
func (s *Strict) Has(pointer string) bool {
	_, ok := s.report.places[pointer]
	return ok
}

// Problems lists what was reported in the order of the file.
func (s *Strict) Problems() []Problem { return s.report.sorted() }
