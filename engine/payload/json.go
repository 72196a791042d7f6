package payload

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/value"
)

func (p *parser) json(raw []byte) (Body, error) {
	text := p.jsonText(raw)
	v, err := value.Decode(text)
	if err != nil {
		return Body{}, jsonError(text, err)
	}
	body := Body{Kind: KindJSON, Value: v}
	if !utf8.Valid(text) {
		body.Notes = []string{badBytesNote}
	}
	body.Verbatim = body.Notes == nil && &text[0] == &raw[0] && bytes.IndexByte(text, '\\') < 0
	return body, nil
}

// jsonText converts what is not UTF-8. RFC 8259 knows no charset parameter and
// many servers add a wrong one by default, so bytes that are valid UTF-8 are
// taken as such whatever the header claims. UTF-16 is valid UTF-8 by accident,
// with a NUL in the first character, where JSON has none.
func (p *parser) jsonText(raw []byte) []byte {
	text, marked := stripBOM(raw)
	if marked {
		return text
	}
	enc, _ := charset(p.media.params["charset"])
	wide := bytes.IndexByte(text[:min(len(text), 2)], 0) >= 0
	if enc == nil || !wide && utf8.Valid(text) {
		return text
	}
	return transcode(text, enc)
}

func jsonError(text []byte, err error) *Error {
	var syntax *value.SyntaxError
	if !errors.As(err, &syntax) {
		return invalid(CodeInvalidJSON, "the body is not valid JSON: %v", err)
	}
	e := invalid(CodeInvalidJSON, "the body is not valid JSON: %s%s", syntax.Message, hint(text, syntax.Offset))
	if strings.HasPrefix(syntax.Message, "nested more than") {
		e = invalid(CodeTooDeep, "the body is %s", syntax.Message)
	}
	e.Offset, e.Line, e.Column = syntax.Offset, syntax.Line, syntax.Column
	return e
}

// hint names the two mistakes that people make by hand.
func hint(text []byte, at int64) string {
	if at >= int64(len(text)) {
		return ""
	}
	before := bytes.TrimRight(text[:at], " \t\r\n")
	switch c := text[at]; {
	case (c == '}' || c == ']') && bytes.HasSuffix(before, []byte(",")):
		return "; remove the comma before the closing bracket"
	case c == '\'':
		return "; use double quotes instead of single ones"
	}
	return ""
}
