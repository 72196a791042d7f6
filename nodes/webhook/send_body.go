package webhook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// content makes the body and its content type; both are the same for every
// attempt of an execution. An empty body has no type.
func (p SendParams) content(key string) (contentType string, body []byte, err error) {
	if p.Body == nil || p.Body == "" || p.BodyType == "none" {
		return "", nil, nil
	}
	switch p.BodyType {
	case "form":
		return p.form()
	case "multipart":
		return p.multipart(key)
	case "raw":
		return p.ContentType, []byte(plainText(p.Body)), nil
	}
	body, err = jsonBody(p.Body)
	return "application/json", body, err
}

// jsonBody encodes a value. A text that looks like JSON is JSON as people write
// it by hand and is sent as it is, once it has proved to be readable: a broken
// body is found here and not by the receiver.
func jsonBody(v any) ([]byte, error) {
	if text, ok := v.(string); ok {
		if start := strings.TrimSpace(text); strings.HasPrefix(start, "{") || strings.HasPrefix(start, "[") {
			if _, err := value.Decode([]byte(text)); err != nil {
				return nil, fmt.Errorf("the data is not readable as JSON: %w. Texts that are mapped into JSON need {{ json(...) }}, or build the data from fields", err)
			}
			return []byte(text), nil
		}
	}
	return value.Encode(v)
}

// form writes an object as application/x-www-form-urlencoded. A text is taken
// as a form that somebody wrote already.
func (p SendParams) form() (string, []byte, error) {
	const contentType = "application/x-www-form-urlencoded"
	if text, ok := p.Body.(string); ok {
		return contentType, []byte(text), nil
	}
	fields, err := flatFields(p.Body, false)
	if err != nil {
		return "", nil, err
	}
	var out strings.Builder
	for i, f := range fields {
		if i > 0 {
			out.WriteByte('&')
		}
		out.WriteString(url.QueryEscape(f.name) + "=" + url.QueryEscape(plainText(f.value)))
	}
	return contentType, []byte(out.String()), nil
}

// multipart writes an object as multipart/form-data. An object with a filename
// and its content, as text or base64, becomes a file. The boundary is made of
// the idempotency key, because attempts must send the same bytes.
func (p SendParams) multipart(key string) (string, []byte, error) {
	fields, err := flatFields(p.Body, true)
	if err != nil {
		return "", nil, err
	}
	var out bytes.Buffer
	form := multipart.NewWriter(&out)
	sum := sha256.Sum256([]byte("boundary of " + key))
	if err := form.SetBoundary("hookloom-" + hex.EncodeToString(sum[:16])); err != nil {
		return "", nil, err
	}
	for _, f := range fields {
		if err := writePart(form, f); err != nil {
			return "", nil, err
		}
	}
	if err := form.Close(); err != nil {
		return "", nil, err
	}
	return form.FormDataContentType(), out.Bytes(), nil
}

func writePart(form *multipart.Writer, f field) error {
	file, ok := f.value.(map[string]any)
	if !ok {
		return form.WriteField(f.name, plainText(f.value))
	}
	content := []byte(plainText(file["content"]))
	if encoded, ok := file["base64"].(string); ok {
		var err error
		if content, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			return fmt.Errorf("the file %.80q is not readable as base64", f.name)
		}
	}
	contentType := plainText(file["content_type"])
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	if strings.ContainsAny(contentType, "\r\n") {
		return fmt.Errorf("the content type of the file %.80q has a line break", f.name)
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition(f.name, plainText(file["filename"])))
	header.Set("Content-Type", contentType)
	part, err := form.CreatePart(header)
	if err == nil {
		_, err = part.Write(content)
	}
	return err
}

// field is one entry of a form: a scalar, or a file in a multipart one.
type field struct {
	name  string
	value any
}

// flatFields writes an object as the fields of a form: a[b] for objects within,
// a[] for lists, in the order of names. nil values are left out. With files, an
// object that is one stays whole.
func flatFields(v any, files bool) ([]field, error) {
	object, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("a form needs names and values, and the data is " + kindOf(v) + ": map an object, or send it as JSON")
	}
	var fields []field
	var add func(name string, v any)
	add = func(name string, v any) {
		switch x := v.(type) {
		case nil:
		case map[string]any:
			if files && isFile(x) {
				fields = append(fields, field{name, x})
				return
			}
			for _, key := range slices.Sorted(maps.Keys(x)) {
				add(name+"["+key+"]", x[key])
			}
		case []any:
			for i, e := range x {
				switch e.(type) {
				case map[string]any, []any:
					add(name+"["+strconv.Itoa(i)+"]", e)
				default:
					add(name+"[]", e)
				}
			}
		default:
			fields = append(fields, field{name, v})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(object)) {
		add(key, object[key])
	}
	return fields, nil
}

func isFile(m map[string]any) bool {
	name, named := m["filename"].(string)
	_, text := m["content"]
	_, encoded := m["base64"]
	return named && name != "" && (text || encoded)
}

func kindOf(v any) string {
	switch v.(type) {
	case []any:
		return "a list"
	case string:
		return "a text"
	}
	return "a single value"
}

// plainText writes a value as mappings write it into text.
func plainText(v any) string { return mapping.Text(v) }
