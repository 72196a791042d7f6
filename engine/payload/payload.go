// Package payload turns the body, the query and the headers of an inbound
// request into plain values (see engine/value) that mappings can address. It is
// pure: it never reads a file, a clock or the network, and a file name or an
// entity in a body is data and nothing else.
//
// # How a body is read
//
// The media type decides: JSON (application/json, text/json, +json), form
// (application/x-www-form-urlencoded), multipart/form-data, XML
// (application/xml, text/xml, +xml), text, or raw. A body of no bytes is
// "empty" under any type. A body that starts with { or [ under another type is
// read as JSON and noted, because senders mislabel JSON more often than
// anything else. When that fails, a form or an untyped body is refused with the
// position; so is a text that starts like an object ({"), while any other text
// stays text ("[INFO] started" is fine). Types that nobody knows are read as
// JSON or text when they are that, else kept raw.
//
// # Odd JSON, one rule for all databases
//
//   - \u0000 is accepted and stays a NUL in the string.
//   - Invalid UTF-8 and lone surrogates are accepted and become U+FFFD, the
//     former with a note.
//   - A byte order mark is skipped; UTF-16 with a byte order mark is decoded.
//   - Of doubled keys the last one counts.
//   - 820982911946154508 and every other integer of 64 bits becomes an int; a
//     20-digit integer and 1e400 stay json.Number and are written back digit for
//     digit.
//   - Nesting over 100 levels, trailing commas, comments, NaN, single quotes and
//     text after the value are refused with 400, the line and the column.
//
// The raw bytes are the caller's to keep; nothing here changes them.
package payload

import (
	"github.com/hookloom/hookloom/engine/value"
)

// The kinds of body, as shown to people and kept with the request.
const (
	KindJSON      = "json"
	KindForm      = "form"
	KindMultipart = "multipart"
	KindXML       = "xml"
	KindText      = "text"
	// KindEmpty is a body of no bytes; its Value is nil.
	KindEmpty = "empty"
	// KindRaw is a body without fields, such as an image; its Value is nil.
	KindRaw = "raw"
)

// Body is what a request body says.
type Body struct {
	// Value is a plain value: any JSON value for JSON, a map[string]any for form,
	// multipart and XML, a string for text, nil for empty and raw.
	Value any
	// Kind is one of the Kind constants and names how the body was read, which may
	// differ from what its media type announced.
	Kind string
	// Verbatim says that the raw bytes are JSON text of Value that people can
	// search: UTF-8 without a mark before it and without escapes.
	Verbatim bool
	// Files are the uploads of a multipart body in their order. In Value each
	// stands at its field as {filename, content_type, size, index}, index being
	// the place in Files.
	Files []File
	// Notes say in a marketer's words what was read in another way than
	// announced, or looks like a mistake of the sender. None is an error.
	Notes []string
}

// File is one upload of a multipart body, held in memory and never on disk.
type File struct {
	// Field is the form field's name as sent, brackets included.
	Field string
	// Name is the last element of the sender's file name without control
	// characters. It is data from outside: never a path to open.
	Name string
	// ContentType is what the sender claims, "" when it says nothing.
	ContentType string
	// Size is len(Content) in bytes.
	Size    int64
	Content []byte
}

// Limits bound what one body may make us build. A zero or negative field means
// its default. The size of the body as a whole is the caller's limit, and nesting
// is bounded by value.MaxDepth for JSON, maxFormDepth for bracket keys and
// maxXMLDepth for XML.
type Limits struct {
	// MaxFields is the most fields in a form, a multipart body or a query.
	// Default 10,000.
	MaxFields int
	// MaxFiles is the most uploads in a multipart body. Default 20.
	MaxFiles int
	// MaxFileBytes is the most bytes of one upload. Default 10 MiB.
	MaxFileBytes int64
	// MaxNodes is the most elements and attributes in an XML document.
	// Default 100,000.
	MaxNodes int
}

// Deeper nesting than these comes from attackers only. They are well under
// value.MaxDepth, because a repeated field adds a list around each level and the
// result must survive being stored and read again.
const (
	maxFormDepth = 32
	maxXMLDepth  = 48
)

func (l Limits) orDefaults() Limits {
	if l.MaxFields <= 0 {
		l.MaxFields = 10_000
	}
	if l.MaxFiles <= 0 {
		l.MaxFiles = 20
	}
	if l.MaxFileBytes <= 0 {
		l.MaxFileBytes = 10 << 20
	}
	if l.MaxNodes <= 0 {
		l.MaxNodes = 100_000
	}
	return l
}

// Parse reads raw, already decompressed, as contentType says. contentType is the
// header as received and may be empty or malformed. The error is always an
// *Error.
func Parse(contentType string, raw []byte, l Limits) (Body, error) {
	if len(raw) == 0 {
		return Body{Kind: KindEmpty}, nil
	}
	media := parseMedia(contentType)
	p := parser{media: media, limits: l.orDefaults()}
	body, err := p.read(raw)
	if err != nil {
		return Body{}, err
	}
	body.Notes = append(p.notes, body.Notes...)
	if mayHoldPlaceholders(body.Kind, raw) {
		body.Notes = append(body.Notes, placeholders("body", body.Value)...)
	}
	return body, nil
}

// Unwrap replaces the body of a form by the JSON in its only field, so that a
// sender that can post both ways (GitHub) gives the same data either way. Any
// other body is returned as it is; field "" changes nothing.
func (b Body) Unwrap(field string) Body {
	if b.Kind != KindForm && b.Kind != KindMultipart {
		return b
	}
	fields, ok := b.Value.(map[string]any)
	if !ok || len(fields) != 1 || field == "" {
		return b
	}
	switch inner := fields[field].(type) {
	case map[string]any, []any:
		b.Value = inner
	}
	return b
}

// deeper reports whether v nests lists and objects more than limit levels deep.
func deeper(v any, limit int) bool {
	switch x := v.(type) {
	case map[string]any:
		if limit == 0 {
			return true
		}
		for _, e := range x {
			if deeper(e, limit-1) {
				return true
			}
		}
	case []any:
		if limit == 0 {
			return true
		}
		for _, e := range x {
			if deeper(e, limit-1) {
				return true
			}
		}
	}
	return false
}

// embeddable reports whether v, put anywhere into a form, can still be written
// and read back under value.MaxDepth.
func embeddable(v any) bool {
	const besides = 4 // the form, a list of equal names, room for the caller's scope
	return !deeper(v, value.MaxDepth-maxFormDepth-besides)
}
