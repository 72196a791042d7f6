package hosted

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"
)

//go:embed notice.html
var noticeMarkup string

var noticeTemplate = template.Must(template.New("notice").Parse(noticeMarkup))

// Notice is a page that only says something. Title is required.
type Notice struct {
	Title, Note string
	// Link is a path of ours to go on to, with its text; "" for none.
	Link, LinkText string
}

// Style is the page's one style, which the policy names by its hash.
func (Notice) Style() template.CSS { return page{}.Style() }

// Write answers with the page. It loads and runs nothing, stands in no frame, and
// tells no other site its address.
func (n Notice) Write(w http.ResponseWriter, status int) {
	var body bytes.Buffer
	if err := noticeTemplate.Execute(&body, n); err != nil {
		http.Error(w, "This page cannot be shown now.", http.StatusInternalServerError)
		return
	}
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+styleHash+"; form-action 'none'; base-uri 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(body.Bytes()) // the browser hung up; nobody is left to tell
}
