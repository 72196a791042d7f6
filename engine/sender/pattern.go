package sender

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// pattern is the compiled text of Scheme.Pattern: literals and placeholders in
// turn.
type pattern []piece

// piece is a literal, or a placeholder's name.
type piece struct{ literal, name string }

const placeholderList = "{body}, {timestamp}, {id}, {url} and {method}"

func compile(text string) (pattern, error) {
	if len(text) > 256 {
		return nil, errors.New("the pattern is longer than 256 characters")
	}
	var p pattern
	for text != "" {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			return append(p, piece{literal: text}), nil
		}
		if open > 0 {
			p = append(p, piece{literal: text[:open]})
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			return nil, errors.New("the pattern has a { without its }")
		}
		name := text[open+1 : open+end]
		switch name {
		case "body", "timestamp", "id", "url", "method", "form":
		default:
			return nil, fmt.Errorf("the pattern may use %s, not {%s}", placeholderList, name)
		}
		p = append(p, piece{name: name})
		text = text[open+end+1:]
	}
	return p, nil
}

func (p pattern) has(name string) bool {
	for _, piece := range p {
		if piece.name == name {
			return true
		}
	}
	return false
}

// signed are the values of the placeholders.
type signed struct{ timestamp, id, url, method, form string }

// write sends the signed text to w without joining it: a body may be large.
func (p pattern) write(w io.Writer, v signed, body []byte) {
	for _, piece := range p {
		switch piece.name {
		case "":
			_, _ = io.WriteString(w, piece.literal) // hashes and buffers never fail
		case "body":
			_, _ = w.Write(body)
		case "timestamp":
			_, _ = io.WriteString(w, v.timestamp)
		case "id":
			_, _ = io.WriteString(w, v.id)
		case "url":
			_, _ = io.WriteString(w, v.url)
		case "method":
			_, _ = io.WriteString(w, v.method)
		case "form":
			_, _ = io.WriteString(w, v.form)
		}
	}
}

// ambiguous reports whether id contains the literal that ends it in the pattern.
// In {id}.{timestamp}.{body} such an id could move text from the body into the
// id, where a later timestamp may hide (the Standard Webhooks specification warns
// of it).
func (p pattern) ambiguous(id string) bool {
	for i, piece := range p {
		if piece.name == "id" && i+1 < len(p) && p[i+1].literal != "" && strings.Contains(id, p[i+1].literal) {
			return true
		}
	}
	return false
}
