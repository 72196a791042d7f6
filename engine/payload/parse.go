package payload

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// parser carries the state of one Parse.
type parser struct {
	media  media
	limits Limits
	notes  []string
}

// note keeps a remark for the person who looks at the request, each only once.
func (p *parser) note(text string) {
	if !slices.Contains(p.notes, text) {
		p.notes = append(p.notes, text)
	}
}

func (p *parser) read(raw []byte) (Body, error) {
	switch p.media.kind {
	case KindJSON:
		return p.json(raw)
	case KindRaw:
		return p.raw(raw), nil
	}
	if start := firstByte(raw); start == '{' || start == '[' {
		body, err := p.mislabelled(raw)
		if err != nil || body.Kind != "" {
			return body, err
		}
	}
	switch p.media.kind {
	case KindForm:
		return p.form(raw)
	case KindMultipart:
		return p.multipart(raw)
	case KindXML:
		return p.xml(raw)
	case KindText:
		return p.text(raw)
	}
	return p.untyped(raw)
}

// firstByte is the first byte that is neither white space nor part of a byte
// order mark, or 0.
func firstByte(raw []byte) byte {
	raw = trimStart(raw)
	if len(raw) == 0 {
		return 0
	}
	return raw[0]
}

func trimStart(raw []byte) []byte {
	switch {
	case bytes.HasPrefix(raw, bomUTF8):
		raw = raw[len(bomUTF8):]
	case bytes.HasPrefix(raw, bomUTF16LE), bytes.HasPrefix(raw, bomUTF16BE):
		raw = bytes.TrimLeft(raw[len(bomUTF16LE):], "\x00")
	}
	return bytes.TrimLeft(raw, " \t\r\n")
}

// mislabelled reads JSON under another type. A Body without a Kind means that the
// bytes are no JSON and the announced type shall have its turn.
func (p *parser) mislabelled(raw []byte) (Body, error) {
	body, err := p.json(raw)
	if err == nil {
		body.Notes = append(body.Notes,
			fmt.Sprintf("The sender announced %s, but the body is JSON. It was read as JSON.", p.media.announced()))
		return body, nil
	}
	switch p.media.kind {
	case KindForm, kindMissing:
		return Body{}, err
	case KindText:
		if !strings.HasPrefix(p.media.raw, "text/") { // JSON lines, YAML and code
			return Body{}, nil
		}
		if looksLikeObject(raw) {
			return Body{}, err
		}
		p.note(fmt.Sprintf("The body starts like JSON but is not: %s. It was kept as text.", err))
	}
	return Body{}, nil
}

// looksLikeObject tells {"email": ...} from {name} bought: only the first is JSON
// that somebody meant to send, and must not pass for text when it is broken.
func looksLikeObject(raw []byte) bool {
	rest, found := bytes.CutPrefix(trimStart(raw), []byte("{"))
	return found && firstByte(rest) == '"'
}

func (p *parser) text(raw []byte) (Body, error) {
	text, marked := stripBOM(raw)
	label := p.media.params["charset"]
	if marked {
		label = ""
	}
	text, err := p.toUTF8(text, label)
	if err != nil {
		return Body{}, err
	}
	return Body{Kind: KindText, Value: string(text)}, nil
}

// untyped reads a body whose type is missing or unknown by what it looks like.
func (p *parser) untyped(raw []byte) (Body, error) {
	if p.media.kind == kindMissing && bytes.HasPrefix(trimStart(raw), []byte("<?xml")) {
		p.note("The sender announced no content type, but the body is XML. It was read as XML.")
		return p.xml(raw)
	}
	if !printable(raw) {
		return p.raw(raw), nil
	}
	if p.media.kind == kindUnknown {
		p.note(fmt.Sprintf("The sender announced %s, which has no fields known here. It was read as text.", p.media.announced()))
	}
	return p.text(raw)
}

// printable reports whether raw is text that people can read: UTF-8 without
// control characters but the usual white space, or UTF-16 with its mark.
func printable(raw []byte) bool {
	text, _ := stripBOM(raw)
	if !utf8.Valid(text) {
		return false
	}
	return !bytes.ContainsFunc(text, func(r rune) bool {
		return (r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f') || r == 0x7f
	})
}

func (p *parser) raw(raw []byte) Body {
	return Body{Kind: KindRaw, Notes: []string{fmt.Sprintf(
		"The body (%s, %d bytes) has no fields to map. It is kept as received.", p.media.announced(), len(raw))}}
}
