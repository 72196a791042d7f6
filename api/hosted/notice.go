package hosted

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"

	"github.com/hookloom/hookloom/engine/brand"
)

//go:embed notice.html
var noticeMarkup string

var noticeTemplate = template.Must(template.New("notice").Parse(noticeMarkup))

// Notice is a page that only says something. Title is required.
type Notice struct {
	Title, Note string
	// Link is a path of ours to go on to, with its text; "" for none.
	Link, LinkText string
	// Brand is whose page it is; the zero one is the product's own.
	Brand brand.Brand
}

// worn is the notice as the template shows it.
type worn struct {
	wear
	Notice
}

// Write answers with the page. It loads and runs nothing, stands in no frame, and
// tells no other site its address.
func (n Notice) Write(w http.ResponseWriter, status int) {
	var body bytes.Buffer
	shown := worn{wear{n.Brand}, n}
	if err := noticeTemplate.Execute(&body, shown); err != nil {
		http.Error(w, "This page cannot be shown now.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", shown.loads()+"; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser hung up; nobody is left to tell
}
