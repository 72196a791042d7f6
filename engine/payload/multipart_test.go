package payload

import (
	"bytes"
	"errors"
	"fmt"
	"mime/multipart"
	"net/textproto"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// part is one part of a multipart body; header lines are as on the wire.
type part struct{ disposition, contentType, content string }

func multipartBody(t *testing.T, parts ...part) (string, []byte) {
	t.Helper()
	var buf bytes.Buffer
	w := multipart.NewWriter(&buf)
	for _, p := range parts {
		h := textproto.MIMEHeader{}
		if p.disposition != "" {
			h.Set("Content-Disposition", p.disposition)
		}
		if p.contentType != "" {
			h.Set("Content-Type", p.contentType)
		}
		pw, err := w.CreatePart(h)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprint(pw, p.content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), buf.Bytes()
}

func TestMultipart(t *testing.T) {
	contentType, raw := multipartBody(t,
		part{`form-data; name="email"`, "", "ada@example.com"},
		part{`form-data; name="items[0][sku]"`, "", "A"},
		part{`form-data; name="items[1][sku]"`, "text/plain; charset=windows-1252", "Ren\xe9"},
		part{`form-data; name="tag"`, "", "x"},
		part{`form-data; name="tag"`, "", "y"},
		part{`form-data; name="meta"`, "application/json", `{"n":820982911946154508}`},
		part{`form-data; name="broken"`, "application/json", `{"n":`},
		part{`form-data; name="rawRequest"`, "", `{"q":1}`},
		part{`form-data; name="doc[a]"; filename="../../etc/passwd"`, "application/pdf", "%PDF"},
		part{`form-data; name="doc[b]"; filename="C:\temp\résumé.txt"`, "text/plain", "hi"},
		part{`form-data; name="empty"; filename=""`, "application/octet-stream", ""},
		part{`form-data; name="sly"; filename*=UTF-8''a%0d%0ab%00.txt`, "", "x"},
		part{"form-data", "", "nameless"},
		part{"", "", "nameless"},
		part{`form-data; name="files.filepath"`, "", "/etc/passwd"},
	)
	body, err := Parse(contentType, raw, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := object{
		"email":      "ada@example.com",
		"items":      list{object{"sku": "A"}, object{"sku": "René"}},
		"tag":        list{"x", "y"},
		"meta":       object{"n": 820982911946154508},
		"broken":     `{"n":`,
		"rawRequest": object{"q": 1},
		"doc": object{
			"a": object{"filename": "passwd", "content_type": "application/pdf", "size": 4, "index": 0},
			"b": object{"filename": "résumé.txt", "content_type": "text/plain", "size": 2, "index": 1},
		},
		"empty":          nil,
		"sly":            object{"filename": "ab.txt", "content_type": "", "size": 1, "index": 2},
		"files.filepath": "/etc/passwd",
	}
	if diff := cmp.Diff(want, body.Value); diff != "" {
		t.Error(diff)
	}
	files := []File{
		{Field: "doc[a]", Name: "passwd", ContentType: "application/pdf", Size: 4, Content: []byte("%PDF")},
		{Field: "doc[b]", Name: "résumé.txt", ContentType: "text/plain", Size: 2, Content: []byte("hi")},
		{Field: "sly", Name: "ab.txt", Size: 1, Content: []byte("x")},
	}
	if diff := cmp.Diff(files, body.Files); diff != "" {
		t.Error(diff)
	}
	notes := strings.Join(body.Notes, "\n")
	for _, want := range []string{"has no name", "field meta holds JSON", "field broken looks like JSON", "field rawRequest holds JSON"} {
		if !strings.Contains(notes, want) {
			t.Errorf("notes %q lack %q", notes, want)
		}
	}
}

func TestMultipartLimits(t *testing.T) {
	field := part{`form-data; name="a"`, "", "1"}
	file := part{`form-data; name="f"; filename="f.txt"`, "", "12345"}
	for name, c := range map[string]struct {
		parts  []part
		limits Limits
		code   string // "" is accepted
	}{
		"file at the limit":   {[]part{file}, Limits{MaxFileBytes: 5}, ""},
		"file over the limit": {[]part{file}, Limits{MaxFileBytes: 4}, CodeTooLarge},
		"files at the limit":  {[]part{file, file}, Limits{MaxFiles: 2}, ""},
		"too many files":      {[]part{file, file, file}, Limits{MaxFiles: 2}, CodeTooManyFiles},
		"fields at the limit": {[]part{field, file}, Limits{MaxFields: 2}, ""},
		"too many fields":     {[]part{field, field, field}, Limits{MaxFields: 2}, CodeTooManyFields},
		"too many with files": {[]part{field, field, file}, Limits{MaxFields: 2}, CodeTooManyFields},
	} {
		contentType, raw := multipartBody(t, c.parts...)
		_, err := Parse(contentType, raw, c.limits)
		var e *Error
		if got := errors.As(err, &e); got != (c.code != "") || got && (e.Code != c.code || e.Status != 413) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestMultipartCharsetField(t *testing.T) {
	contentType, raw := multipartBody(t,
		part{`form-data; name="_charset_"`, "", "windows-1252"},
		part{`form-data; name="a"`, "", "Ren\xe9"})
	body, err := Parse(contentType, raw, Limits{})
	if err != nil || body.Value.(object)["a"] != "René" {
		t.Errorf("%v %v", body.Value, err)
	}
}

func TestEmptyMultipart(t *testing.T) {
	contentType, raw := multipartBody(t)
	body, err := Parse(contentType, raw, Limits{})
	if diff := cmp.Diff(object{}, body.Value); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}
