package ui

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"html"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"time"
)

// Policy is the Content-Security-Policy of every page: scripts, fonts and calls
// only from this server, nothing inline but styles (the component library
// writes its variables into a style element; without foreign images or fonts
// such a style can send nothing anywhere).
const Policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
	"font-src 'self'; img-src 'self' data:; connect-src 'self'; manifest-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"

// notOurs are paths that belong to the API and to senders: an unknown one among
// them is an error for a program to read, never the app's first page.
var notOurs = []string{"/api", "/hooks", "/webhooks", "/v1", "/healthz", "/readyz", "/metrics", "/openapi.json", "/docs"}

// notBuilt is what pages say when the binary holds no app.
const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Hookloom</title>
<style>body{font:1rem/1.6 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}</style>
<h1>The browser app is not in this binary</h1>
<p>The server works: its API answers under <code>/api/v1</code> and webhooks are received.
To see the pages, build with <code>make build</code>, or set <code>UI_DIR</code> to a folder with the built app.</p></html>
`

// Handler serves the browser app from files, which is FS or a folder that
// holds the same (UI_DIR), in the look that a request asks for (nil: the product's
// own). It reads files at each request, so a folder may
// change while the server runs; it must not be nil.
//
// Files under /assets carry a hash in their name and may be kept for a year.
// Every other path is the app's index.html, which is never kept, so that a new
// version is seen at once: the app itself reads the path. Workflows get an index
// that also names what the editor needs. Missing files, and
// unknown paths that belong to the API or to senders, are 404.
func Handler(files fs.FS, look func(*http.Request) Look) http.Handler {
	if look == nil {
		look = func(*http.Request) Look { return Look{} }
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure(w.Header())
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
			return
		}
		name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
		switch {
		case strings.HasPrefix(name, "assets/"):
			serve(w, r, files, name, "public, max-age=31536000, immutable")
		case foreign("/" + name):
			http.NotFound(w, r)
		case path.Ext(name) != "" && name != "index.html" && !strings.Contains(name, "/"):
			serve(w, r, files, name, "public, max-age=3600") // favicon.svg and its like
		default:
			index(w, r, files, name, look(r))
		}
	})
}

// secure sets the headers that every answer of the app carries.
func secure(h http.Header) {
	h.Set("Content-Security-Policy", Policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer") // a set-up link must not leak through a Referer
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
}

// foreign reports whether a cleaned path belongs to another part of the server.
func foreign(clean string) bool {
	for _, prefix := range notOurs {
		if clean == prefix || strings.HasPrefix(clean, prefix+"/") {
			return true
		}
	}
	return false
}

// index serves the app's page for a cleaned path, or says that there is none.
func index(w http.ResponseWriter, r *http.Request, files fs.FS, page string, l Look) {
	if _, err := fs.Stat(files, "index.html"); err != nil {
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		w.WriteHeader(http.StatusServiceUnavailable)
		if r.Method != http.MethodHead {
			_, _ = w.Write([]byte(strings.Replace(notBuilt, product, html.EscapeString(cmp.Or(l.Name, product)), 1))) // the caller hung up; nobody is left to tell
		}
		return
	}
	name := ahead(w.Header(), files, page)
	if l == (Look{}) {
		serve(w, r, files, name, "no-cache")
		return
	}
	serveDressed(w, r, files, name, l)
}

// serve writes one file, packed when there is a packed one and the caller
// takes it. A file that cannot be read is 404, its cause no affair of callers.
func serve(w http.ResponseWriter, r *http.Request, files fs.FS, name, cache string) {
	h := w.Header()
	h.Add("Vary", "Accept-Encoding")
	body, packed := []byte(nil), false
	if takesGzip(r.Header.Get("Accept-Encoding")) {
		found, err := fs.ReadFile(files, name+".gz")
		body, packed = found, err == nil
	}
	if !packed {
		found, err := fs.ReadFile(files, name)
		if err != nil {
			h.Del("Cache-Control")
			http.NotFound(w, r)
			return
		}
		body = found
	}
	if packed {
		h.Set("Content-Encoding", "gzip")
	}
	h.Set("Content-Type", contentType(name))
	h.Set("Cache-Control", cache)
	sum := sha256.Sum256(body)
	h.Set("ETag", `"`+hex.EncodeToString(sum[:16])+`"`)
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// contentTypes are named here because the system's table differs between
// machines, and a script with a wrong one is refused by browsers.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8", ".html": "text/html; charset=utf-8",
	".js": "text/javascript; charset=utf-8", ".json": "application/json",
	".svg": "image/svg+xml", ".woff2": "font/woff2", ".txt": "text/plain; charset=utf-8",
}

// contentType returns the type of a file by its ending.
func contentType(name string) string {
	ext := path.Ext(name)
	if known, ok := contentTypes[ext]; ok {
		return known
	}
	if guessed := mime.TypeByExtension(ext); guessed != "" {
		return guessed
	}
	return "application/octet-stream"
}

// takesGzip reads an Accept-Encoding header: "gzip" named and not refused by a
// weight of zero.
func takesGzip(accept string) bool {
	for part := range strings.SplitSeq(accept, ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if !strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			continue
		}
		q, weighted := strings.CutPrefix(strings.TrimSpace(weight), "q=")
		return !weighted || strings.Trim(q, "0.") != ""
	}
	return false
}
