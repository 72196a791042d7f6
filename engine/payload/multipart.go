package payload

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
	"unicode"
)

func (p *parser) multipart(raw []byte) (Body, error) {
	boundary := p.media.params["boundary"]
	if boundary == "" {
		return Body{}, invalid(CodeInvalidMultipart,
			"the content type multipart/form-data names no boundary, so the body cannot be split into its fields")
	}
	// The reader calls a body without any boundary an empty form.
	if !bytes.Contains(raw, []byte("--"+boundary)) {
		return Body{}, invalid(CodeInvalidMultipart,
			"the multipart body does not contain the boundary that its content type names")
	}
	m := form{parser: p, label: p.media.params["charset"]}
	reader := multipart.NewReader(bytes.NewReader(raw), boundary)
	for {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Body{}, brokenMultipart(err)
		}
		if err := m.add(part); err != nil {
			return Body{}, err
		}
	}
	enc, err := p.formCharset(m.fields, m.label)
	if err != nil {
		return Body{}, err
	}
	v, err := p.nest(m.fields, enc)
	if err != nil {
		return Body{}, err
	}
	return Body{Kind: KindMultipart, Value: v, Files: m.files}, nil
}

func brokenMultipart(err error) *Error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return invalid(CodeInvalidMultipart, "the multipart body ends before its closing boundary")
	}
	return invalid(CodeInvalidMultipart, "the multipart body cannot be split into its fields: %s",
		clip(strings.TrimPrefix(err.Error(), "multipart: ")))
}

// form collects the parts of a multipart body.
type form struct {
	*parser
	label  string
	fields []field
	files  []File
}

func (m *form) add(part *multipart.Part) error {
	_, disposition, err := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	if err != nil && !errors.Is(err, mime.ErrInvalidMediaParameter) {
		disposition = nil
	}
	name, named := disposition["name"]
	if !named {
		m.note("A part of the multipart body has no name; it was left out.")
		return nil
	}
	if filename, upload := disposition["filename"]; upload {
		return m.addFile(part, name, filename)
	}
	if len(m.fields) >= m.limits.MaxFields {
		return tooLarge(CodeTooManyFields, "the form has more than %d fields", m.limits.MaxFields)
	}
	content, err := io.ReadAll(part)
	if err != nil {
		return brokenMultipart(err)
	}
	return m.addField(name, parseMedia(part.Header.Get("Content-Type")), content)
}

func (m *form) addField(name string, media media, content []byte) error {
	f := field{name: name, text: string(content)}
	label := media.params["charset"]
	switch {
	case media.kind == KindJSON:
		if v, ok := m.embedded(name, f.text); ok {
			f.value, f.decoded = v, true
		}
	case label != "":
		text, err := m.toUTF8(content, label)
		if err != nil {
			return err
		}
		f.value, f.decoded = string(text), true
	}
	m.fields = append(m.fields, f)
	return nil
}

func (m *form) addFile(part *multipart.Part, field, filename string) error {
	content, err := io.ReadAll(io.LimitReader(part, m.limits.MaxFileBytes+1))
	if err != nil {
		return brokenMultipart(err)
	}
	if filename == "" && len(content) == 0 { // a browser's file input left empty
		return m.addValue(field, nil)
	}
	if int64(len(content)) > m.limits.MaxFileBytes {
		return tooLarge(CodeTooLarge, "the file in the field %q is larger than %d bytes", clip(field), m.limits.MaxFileBytes)
	}
	if len(m.files) >= m.limits.MaxFiles {
		return tooLarge(CodeTooManyFiles, "the form has more than %d files", m.limits.MaxFiles)
	}
	file := File{
		Field:       clean(field),
		Name:        baseName(filename),
		ContentType: clean(part.Header.Get("Content-Type")),
		Size:        int64(len(content)),
		Content:     content,
	}
	m.files = append(m.files, file)
	return m.addValue(field, map[string]any{
		"filename":     file.Name,
		"content_type": file.ContentType,
		"size":         len(content),
		"index":        len(m.files) - 1,
	})
}

func (m *form) addValue(name string, v any) error {
	if len(m.fields) >= m.limits.MaxFields {
		return tooLarge(CodeTooManyFields, "the form has more than %d fields", m.limits.MaxFields)
	}
	m.fields = append(m.fields, field{name: name, value: v, decoded: true})
	return nil
}

// baseName cuts a sender's path down to its last element, whichever slash it
// uses, so that ../../etc/passwd cannot travel on as a path.
func baseName(name string) string {
	name = clean(name)
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	if name == "." || name == ".." {
		return ""
	}
	return name
}

// clean makes a string from a part's header safe to show and to send on: UTF-8
// without control characters, which a percent-encoded file name can smuggle in.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
