package declared

import "reflect"

// Load is Parse without what only authors need to know: it does not run the
// examples. It is for files that were linted before, which those in the program
// are by its tests.
func Load(text []byte) (*App, []Problem) {
	r := &report{places: map[string]place{}}
	root := read(text, r)
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	file := &File{}
	r.decode(root, reflect.ValueOf(file).Elem(), "")
	l := &linter{report: r, file: file}
	app := l.check()
	if len(r.problems) == 0 {
		l.types(app)
	}
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	return app, nil
}

// Parse reads a file and reports everything that is wrong with it; the App is nil
// when there is a problem.
func Parse(text []byte) (*App, []Problem) {
	app, problems := Load(text)
	if app == nil {
		return nil, problems
	}
	r := &report{places: map[string]place{}}
	read(text, r)
	l := &linter{report: r, file: app.File}
	l.examples(app)
	if len(r.problems) > 0 {
		return nil, r.sorted()
	}
	return app, nil
}
