package ui_test

import (
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/hookloom/hookloom/ui"
)

func built() fs.FS {
	return fstest.MapFS{
		"index.html":             {Data: []byte("<title>Hookloom</title>")},
		"favicon.svg":            {Data: []byte("<svg/>")},
		"assets/main-1a2b.js":    {Data: []byte("plain")},
		"assets/main-1a2b.js.gz": {Data: []byte("packed")},
		"assets/inter.woff2":     {Data: []byte("font")},
	}
}

func get(t *testing.T, files fs.FS, target string, header ...string) (*http.Response, string) {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, target, nil)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	ui.Handler(files, nil).ServeHTTP(w, r)
	body, err := io.ReadAll(w.Result().Body)
	if err != nil {
		t.Fatal(err)
	}
	return w.Result(), string(body)
}

func TestHandlerServes(t *testing.T) {
	t.Parallel()
	const kept, fresh = "public, max-age=31536000, immutable", "no-cache"
	for _, c := range []struct {
		target, accept     string
		status             int
		body, cache, ctype string
	}{
		{"/", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
		{"/w/main/workflows/wf_1", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
		{"/w/main/runs/run_1.2", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
		{"/index.html", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
		{"/favicon.svg", "", 200, "<svg/>", "public, max-age=3600", "image/svg+xml"},
		{"/assets/main-1a2b.js", "", 200, "plain", kept, "text/javascript; charset=utf-8"},
		{"/assets/main-1a2b.js", "br, gzip", 200, "packed", kept, "text/javascript; charset=utf-8"},
		{"/assets/main-1a2b.js", "gzip;q=0", 200, "plain", kept, "text/javascript; charset=utf-8"},
		{"/assets/main-1a2b.js", "gzip;q=0.5", 200, "packed", kept, "text/javascript; charset=utf-8"},
		{"/assets/inter.woff2", "gzip", 200, "font", kept, "font/woff2"},
		{"/assets/gone.js", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/robots.txt", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/api/v1/nothing", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/hooks/unknown", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/webhooks/offers/x/1/activate", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/v1", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/w/../api/x", "", 404, "not found", "", "text/plain; charset=utf-8"},
		{"/../../etc/passwd", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
		{"/apiary", "", 200, "<title>", fresh, "text/html; charset=utf-8"},
	} {
		res, body := get(t, built(), c.target, "Accept-Encoding", c.accept)
		if res.StatusCode != c.status || !strings.Contains(body, c.body) {
			t.Errorf("%s: %d %q, want %d %q", c.target, res.StatusCode, body, c.status, c.body)
		}
		if got := res.Header.Get("Cache-Control"); got != c.cache {
			t.Errorf("%s: Cache-Control %q, want %q", c.target, got, c.cache)
		}
		if got := res.Header.Get("Content-Type"); got != c.ctype {
			t.Errorf("%s: Content-Type %q, want %q", c.target, got, c.ctype)
		}
		packed := c.body == "packed"
		if got := res.Header.Get("Content-Encoding"); (got == "gzip") != packed {
			t.Errorf("%s (%s): Content-Encoding %q", c.target, c.accept, got)
		}
	}
}

func TestHandlerForbidsInlineScriptsAndForeignContent(t *testing.T) {
	t.Parallel()
	for _, target := range []string{"/", "/assets/main-1a2b.js", "/api/none", "/assets/none.js"} {
		res, _ := get(t, built(), target)
		policy := res.Header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'; script-src 'self';") || strings.Contains(policy, "unsafe-eval") {
			t.Errorf("%s: policy %q", target, policy)
		}
		if got := res.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: X-Content-Type-Options %q", target, got)
		}
	}
}

func TestHandlerNamesAheadWhatTheEditorNeeds(t *testing.T) {
	t.Parallel()
	files := built().(fstest.MapFS)
	files["editor.html"] = &fstest.MapFile{Data: []byte("<title>Editor</title>")}
	res, body := get(t, files, "/w/main/workflows/wf_1-2")
	if !strings.Contains(body, "Editor") || res.Header.Get("Cache-Control") != "no-cache" {
		t.Errorf("the editor's index: %q, kept as %q", body, res.Header.Get("Cache-Control"))
	}
	links := strings.Join(res.Header.Values("Link"), "\n")
	for _, path := range []string{"/me", "/workspaces/main/workflows/wf_1-2", "/node-types"} {
		if !strings.Contains(links, "</api/v1"+path+">; rel=preload") {
			t.Errorf("no word of %s in %q", path, links)
		}
	}
	for _, other := range []string{"/", "/w/main/workflows", "/w/main/runs/run_1", "/w/a%3E%2Cb/workflows/x", "/w/main/workflows/x/y"} {
		res, body := get(t, files, other)
		if strings.Contains(body, "Editor") || res.Header.Get("Link") != "" {
			t.Errorf("%s: %q, Link %q", other, body, res.Header.Get("Link"))
		}
	}
}

func TestHandlerAnswersNotModifiedToWhoHasTheFile(t *testing.T) {
	t.Parallel()
	res, _ := get(t, built(), "/")
	again, body := get(t, built(), "/", "If-None-Match", res.Header.Get("ETag"))
	if again.StatusCode != http.StatusNotModified || body != "" {
		t.Errorf("%d %q, want 304 without a body", again.StatusCode, body)
	}
}

func TestHandlerRefusesToWrite(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	ui.Handler(built(), nil).ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
	if w.Code != http.StatusMethodNotAllowed || w.Header().Get("Allow") != "GET, HEAD" {
		t.Errorf("%d, Allow %q", w.Code, w.Header().Get("Allow"))
	}
}

func TestHandlerSaysHowToBuildTheApp(t *testing.T) {
	t.Parallel()
	res, body := get(t, fstest.MapFS{}, "/")
	if res.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "make build") {
		t.Errorf("%d %q", res.StatusCode, body)
	}
	if res.Header.Get("Cache-Control") != "no-store" {
		t.Error("browsers may keep the page that says so")
	}
}

func TestFSIsThereWithoutABuiltApp(t *testing.T) {
	t.Parallel()
	if _, err := fs.Stat(ui.FS(), "."); err != nil {
		t.Fatal(err)
	}
}
