package payload

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
)

// xml reads a document with encoding/xml, which knows no external entities and no
// DTD. The libraries that turn XML into maps recurse without a bound and keep
// their options in package variables, so the walk is our own:
//
//	<order id="7"><sku>A</sku><sku>B</sku><price currency="USD">9.90</price></order>
//	{"order": {"@id": "7", "sku": ["A", "B"], "price": {"@currency": "USD", "#text": "9.90"}}}
//
// Names lose their namespace prefix, xmlns attributes are left out, text is
// trimmed, and every value is a string: "007" may be a postcode.
func (p *parser) xml(raw []byte) (Body, error) {
	text, err := p.xmlText(raw)
	if err != nil {
		return Body{}, err
	}
	w := xmlWalk{parser: p, dec: xml.NewDecoder(bytes.NewReader(text))}
	w.dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil } // xmlText has done it
	if err := w.run(); err != nil {
		return Body{}, err
	}
	return Body{Kind: KindXML, Value: w.root}, nil
}

var xmlDeclared = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?\sencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']`)

// xmlText converts the document to UTF-8: a byte order mark counts before the
// header's charset, and that before the document's own declaration (RFC 7303).
func (p *parser) xmlText(raw []byte) ([]byte, error) {
	text, marked := stripBOM(raw)
	label := p.media.params["charset"]
	if declared := xmlDeclared.FindSubmatch(text); declared != nil && label == "" {
		label = string(declared[1])
	}
	if enc, _ := charset(label); marked || enc != nil && !asciiBased(enc) && bytes.HasPrefix(text, []byte("<?xml")) {
		label = "" // converted already, or a declaration that its own bytes disprove
	}
	return p.toUTF8(text, label)
}

// xmlElement is an element whose end has not come yet.
type xmlElement struct {
	name   string
	fields map[string]any
	text   strings.Builder
}

type xmlWalk struct {
	*parser
	dec   *xml.Decoder
	open  []*xmlElement
	root  map[string]any
	nodes int
}

func (w *xmlWalk) run() error {
	for {
		token, err := w.dec.Token()
		if errors.Is(err, io.EOF) {
			if w.root == nil {
				return w.fail(CodeInvalidXML, "the body is not valid XML: it has no element")
			}
			return nil
		}
		if err != nil {
			return w.syntax(err)
		}
		if err := w.token(token); err != nil {
			return err
		}
	}
}

func (w *xmlWalk) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return w.start(t)
	case xml.EndElement:
		w.end()
	case xml.CharData:
		if len(w.open) > 0 {
			w.open[len(w.open)-1].text.Write(t)
		} else if len(bytes.TrimSpace(t)) > 0 {
			return w.fail(CodeInvalidXML, "the body is not valid XML: text outside of the root element")
		}
	case xml.Directive:
		w.note("The XML has a document type declaration. It was ignored: no DTD and no entity is read.")
	}
	return nil
}

func (w *xmlWalk) start(t xml.StartElement) error {
	if len(w.open) == 0 && w.root != nil {
		return w.fail(CodeInvalidXML, "the body is not valid XML: more than one root element")
	}
	if len(w.open) >= maxXMLDepth {
		return w.fail(CodeTooDeep, "the XML is nested more than %d levels deep", maxXMLDepth)
	}
	if w.nodes += 1 + len(t.Attr); w.nodes > w.limits.MaxNodes {
		return tooLarge(CodeTooManyFields, "the XML has more than %d elements and attributes", w.limits.MaxNodes)
	}
	e := &xmlElement{name: t.Name.Local}
	for _, a := range t.Attr {
		if a.Name.Space == "xmlns" || a.Name.Space == "" && a.Name.Local == "xmlns" {
			continue
		}
		e.put("@"+a.Name.Local, a.Value)
	}
	w.open = append(w.open, e)
	return nil
}

func (w *xmlWalk) end() {
	e := w.open[len(w.open)-1]
	w.open = w.open[:len(w.open)-1]
	if len(w.open) == 0 {
		w.root = map[string]any{e.name: e.value()}
		return
	}
	w.open[len(w.open)-1].put(e.name, e.value())
}

func (e *xmlElement) value() any {
	text := strings.TrimSpace(e.text.String())
	if e.fields == nil {
		return text
	}
	if text != "" {
		e.put("#text", text)
	}
	return e.fields
}

// put adds a member; the second of a name makes a list. Members are strings and
// maps, so a list is always one that put made.
func (e *xmlElement) put(name string, v any) {
	if e.fields == nil {
		e.fields = map[string]any{}
	}
	switch old := e.fields[name].(type) {
	case nil:
		e.fields[name] = v
	case []any:
		e.fields[name] = append(old, v)
	default:
		e.fields[name] = []any{old, v}
	}
}

func (w *xmlWalk) syntax(err error) *Error {
	message := err.Error()
	if syntax, ok := errors.AsType[*xml.SyntaxError](err); ok {
		message = syntax.Msg
	}
	return w.fail(CodeInvalidXML, "the body is not valid XML: %s", clip(message))
}

func (w *xmlWalk) fail(code, format string, args ...any) *Error {
	e := invalid(code, format, args...)
	e.Offset = w.dec.InputOffset()
	e.Line, e.Column = w.dec.InputPos()
	return e
}
