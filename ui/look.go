package ui

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"html"
	"io/fs"
	"net/http"
	"time"
)

// Look is what pages wear instead of the product's own name, sign and colours. The
// zero value is the product's own.
type Look struct {
	// Name stands in titles and headers.
	Name string
	// Icon is the path of the image in front of it.
	Icon string
	// Colour is that of the browser's frame, Style the style that sets the theme's
	// colours; "" for the product's own.
	Colour, Style string
	// Domain says that the page is on a client's domain, where nothing names the
	// product.
	Domain bool
}

// product is how the built index names what it is a page of.
const product = "Hookloom"

// worn is what the app reads of it, see ui/src/lib/brand.ts.
type worn struct {
	Name   string `json:"name"`
	Icon   string `json:"icon"`
	Domain bool   `json:"domain"`
}

// dress writes a look into an index.
func (l Look) dress(index []byte) ([]byte, error) {
	read, err := json.Marshal(worn{l.Name, l.Icon, l.Domain})
	if err != nil {
		return nil, err
	}
	index = bytes.ReplaceAll(index, []byte(product), []byte(html.EscapeString(l.Name)))
	index = bytes.ReplaceAll(index, []byte(`href="/favicon.svg" type="image/svg+xml"`), []byte(`href="`+html.EscapeString(l.Icon)+`"`))
	if l.Colour != "" {
		index = bytes.ReplaceAll(index, []byte(`content="#0a7386"`), []byte(`content="`+l.Colour+`"`))
	}
	head := `<meta name="brand" content="` + html.EscapeString(string(read)) + `" />`
	if l.Style != "" {
		head += "<style>" + l.Style + "</style>"
	}
	return bytes.Replace(index, []byte("</head>"), []byte(head+"</head>"), 1), nil
}

// serveDressed serves an index in a look. It is written anew at each request: it is
// small, and nobody waits for a packed one.
func serveDressed(w http.ResponseWriter, r *http.Request, files fs.FS, name string, l Look) {
	body, err := fs.ReadFile(files, name)
	if err == nil {
		body, err = l.dress(body)
	}
	if err != nil {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", "no-cache")
	sum := sha256.Sum256(body)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}
