package webhook

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes/outbound"
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
	if text, ok := p.Body.(string); ok {
		return outbound.FormType, []byte(text), nil
	}
	entries, err := outbound.FormEntries(p.Body, false)
	if err != nil {
		return "", nil, err
	}
	return outbound.FormType, outbound.Form(entries), nil
}

// multipart writes an object as multipart/form-data. An object with a filename
// and its content, as text or base64, becomes a file. The boundary is made of
// the idempotency key, because attempts must send the same bytes.
func (p SendParams) multipart(key string) (string, []byte, error) {
	fields, err := outbound.FormEntries(p.Body, true)
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

func writePart(form *multipart.Writer, f outbound.Entry) error {
	file, ok := f.Value.(map[string]any)
	if !ok {
		return form.WriteField(f.Name, plainText(f.Value))
	}
	content := []byte(plainText(file["content"]))
	if encoded, ok := file["base64"].(string); ok {
		var err error
		if content, err = base64.StdEncoding.DecodeString(encoded); err != nil {
			return fmt.Errorf("the file %.80q is not readable as base64", f.Name)
		}
	}
	contentType := plainText(file["content_type"])
	if contentType == "" {
		contentType = "application/octet-stream"
	}
	if strings.ContainsAny(contentType, "\r\n") {
		return fmt.Errorf("the content type of the file %.80q has a line break", f.Name)
	}
	header := textproto.MIMEHeader{}
	header.Set("Content-Disposition", multipart.FileContentDisposition(f.Name, plainText(file["filename"])))
	header.Set("Content-Type", contentType)
	part, err := form.CreatePart(header)
	if err == nil {
		_, err = part.Write(content)
	}
	return err
}

// plainText writes a value as mappings write it into text.
func plainText(v any) string { return mapping.Text(v) }
