package declared

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/hookloom/hookloom/engine/value"
)

// read makes plain values of a file and notes the place of each. JSON is read as
// the YAML that it is. Anchors, tags and merges are refused: they make a small file
// large, and nobody who writes a form needs them.
func read(text []byte, r *report) (root any) {
	defer func() {
		// The parser is not ours, and the file may come from anywhere.
		if fault := recover(); fault != nil {
			root = nil
			r.add("", "Check the indentation and quotes.", "the file cannot be read")
		}
	}()
	switch {
	case len(text) > MaxFile:
		r.add("", "Split it into several files.", "the file has %d KiB, at most %d can be read", len(text)>>10, MaxFile>>10)
		return nil
	case !utf8.Valid(text):
		r.add("", "Save it as UTF-8.", "the file is no text in UTF-8")
		return nil
	case tooDeep(text):
		r.add("", "", "the file is nested more than %d levels deep", maxDepth)
		return nil
	}
	// Tabs may stand between the tokens of JSON, and YAML refuses them there.
	if start := bytes.TrimSpace(text); bytes.HasPrefix(start, []byte("{")) {
		text = bytes.ReplaceAll(text, []byte("\t"), []byte(" "))
	}
	file, err := parser.ParseBytes(text, 0)
	if err != nil {
		syntax(r, err)
		return nil
	}
	var bodies []ast.Node
	for _, doc := range file.Docs {
		if doc.Body != nil {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) != 1 {
		r.add("", "Write one document in each file.", "the file has %d documents", len(bodies))
		return nil
	}
	w := &walker{report: r}
	return w.value(bodies[0], "", 0)
}

func syntax(r *report, err error) {
	var broken yaml.Error
	if !errors.As(err, &broken) {
		r.add("", "", "the file is no YAML: %v", err)
		return
	}
	r.places[""] = place{1, 1}
	if token := broken.GetToken(); token != nil && token.Position != nil {
		r.places[""] = place{token.Position.Line, token.Position.Column}
	}
	r.add("", "Texts that hold {{ }}, a colon or a # need quotes.", "the file is no YAML: %s", broken.GetMessage())
}

// tooDeep looks at brackets and at dashes in a row before the parser does, which
// follows them without a bound. Brackets in texts count too, which no file that
// people write comes near to.
func tooDeep(text []byte) bool {
	open, dashes := 0, 0
	for i, c := range text {
		switch c {
		case '[', '{':
			open++
		case ']', '}':
			open = max(0, open-1)
		case '\n':
			dashes = 0
		case '-', '?', ':':
			if i+1 < len(text) && (text[i+1] == ' ' || text[i+1] == '\n') {
				dashes++
			}
		}
		if open > maxDepth || dashes > maxDepth {
			return true
		}
	}
	return false
}

type walker struct{ *report }

func (w *walker) value(n ast.Node, at string, depth int) any {
	if n == nil {
		return nil
	}
	if token := n.GetToken(); token != nil && token.Position != nil {
		if _, known := w.places[at]; !known {
			w.places[at] = place{token.Position.Line, token.Position.Column}
		}
	}
	if depth > maxDepth {
		w.add(at, "", "it is nested more than %d levels deep", maxDepth)
		return nil
	}
	switch x := n.(type) {
	case *ast.MappingNode:
		return w.object(x.Values, at, depth)
	case *ast.MappingValueNode:
		return w.object([]*ast.MappingValueNode{x}, at, depth)
	case *ast.SequenceNode:
		list := make([]any, len(x.Values))
		for i, e := range x.Values {
			list[i] = w.value(e, value.Under(at, strconv.Itoa(i)), depth+1)
		}
		return list
	case *ast.StringNode:
		return x.Value
	case *ast.LiteralNode:
		return x.Value.Value
	case *ast.BoolNode:
		return x.Value
	case *ast.NullNode:
		return nil
	case *ast.IntegerNode:
		v, err := value.Decode([]byte(fmt.Sprint(x.Value)))
		if err != nil {
			w.add(at, "Write it in quotes.", "%s is no number", x.Token.Value)
		}
		return v
	case *ast.FloatNode:
		return x.Value
	}
	w.add(at, "Write the value itself.", "%s cannot be used here", strings.ToLower(n.Type().String()))
	return nil
}

func (w *walker) object(values []*ast.MappingValueNode, at string, depth int) any {
	object := make(map[string]any, len(values))
	for _, entry := range values {
		name, isText := keyOf(entry.Key)
		if !isText {
			w.add(at, `A template needs quotes: "{{ params.name }}".`, "this is no name of a value")
			continue
		}
		inner := value.Under(at, name)
		if token := entry.Key.GetToken(); token != nil && token.Position != nil {
			w.places[inner] = place{token.Position.Line, token.Position.Column}
		}
		object[name] = w.value(entry.Value, inner, depth+1)
	}
	return object
}

// keyOf is the name of an entry; false for one that is no scalar.
func keyOf(n ast.MapKeyNode) (string, bool) {
	switch x := n.(type) {
	case *ast.StringNode:
		return x.Value, true
	case *ast.IntegerNode, *ast.BoolNode, *ast.FloatNode, *ast.NullNode:
		return n.GetToken().Value, true
	}
	return "", false
}
