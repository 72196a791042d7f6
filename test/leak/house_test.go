package leak_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
	"github.com/hookloom/hookloom/test/service"
)

const (
	owner         = "ada@example.com"
	ownerPassword = "cnry-password-of-ada-0123456789"
	metricsToken  = "cnry-metrics-0123456789"
)

// canary is a secret that is found again wherever it stands.
func canary(name string) string { return "cnry-" + name + "-0123456789" }

// house is a server with a person in it, and the world around.
type house struct {
	t                   *testing.T
	bin, base, dir, log string
	key, hook, offer    string
	process             *instance.Process
	far                 *faraway
	mails               *service.Mailbox
	names               map[string]string
}

func start(t *testing.T) *house {
	t.Helper()
	bin, err := instance.Binary(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	port, err := instance.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	h := &house{
		t: t, bin: bin, base: instance.Address(port), dir: t.TempDir(), log: filepath.Join(t.TempDir(), "log"),
		key: "hlk_cnry-bootstrap-key-0123456789abcdef", far: newFaraway(t), mails: service.SMTP(t), names: map[string]string{},
	}
	h.names["$FAR"] = h.far.URL
	h.process, err = instance.Start(t.Context(), instance.Spec{
		Bin: bin, Args: []string{"serve"}, Log: h.log, Health: h.base + "/readyz",
		Env: []string{
			"PORT=" + strconv.Itoa(port), "DATA_DIR=" + h.dir, "LOG_LEVEL=debug", "LOG_FORMAT=json", "METRICS_TOKEN=" + metricsToken,
			"BOOTSTRAP_EMAIL=" + owner, "BOOTSTRAP_PASSWORD=" + ownerPassword, "BOOTSTRAP_API_KEY=" + h.key,
			"ALLOW_TARGETS=" + strings.TrimPrefix(h.far.URL, "http://"), "SMTP_URL=smtp://" + h.mails.Addr + "?from=hookloom@example.com",
			"OTEL_EXPORTER_OTLP_ENDPOINT=" + h.far.URL,
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(h.process.Kill)
	return h
}

// answer is what the API said.
type answer struct {
	t    *testing.T
	call string
	code int
	head http.Header
	body []byte
}

func (a answer) String() string { return fmt.Sprintf("%s: %d %.3000s", a.call, a.code, a.body) }

// text is what stands at a dotted path; numbers too. "" for nothing.
func (a answer) text(path string) string {
	a.t.Helper()
	var v any
	if err := json.Unmarshal(a.body, &v); err != nil {
		a.t.Fatalf("%s: %v", a, err)
	}
	for _, key := range strings.Split(path, ".") {
		switch in := v.(type) {
		case map[string]any:
			v = in[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(in) {
				return ""
			}
			v = in[i]
		}
	}
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}

func (h *house) call(method, address string, body []byte, header http.Header) answer {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, address, bytes.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for name := range header {
		r.Header[name] = header[name]
	}
	if len(body) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer{h.t, method + " " + address, res.StatusCode, res.Header, text}
}

func (h *house) api(method, path, body string) answer {
	h.t.Helper()
	return h.call(method, h.base+"/api/v1"+path, []byte(body), http.Header{"Authorization": {"Bearer " + h.key}, "If-Match": {"*"}})
}

func (h *house) get(path string) answer {
	h.t.Helper()
	return h.api(http.MethodGet, "/workspaces/main"+path, "")
}

func (h *house) post(path, body string, want int) answer {
	h.t.Helper()
	a := h.api(http.MethodPost, "/workspaces/main"+path, body)
	if a.code != want {
		h.t.Fatalf("%s, want %d", a, want)
	}
	return a
}

// fill puts ids and addresses in the place of their names.
func (h *house) fill(text string) string {
	for name, value := range h.names {
		text = strings.ReplaceAll(text, name, value)
	}
	return text
}

// signIn returns the session's token.
func (h *house) signIn() string {
	h.t.Helper()
	a := h.call(http.MethodPost, h.base+"/api/v1/session", []byte(`{"email":"`+owner+`","password":"`+ownerPassword+`"}`), nil)
	cookie, _, _ := strings.Cut(a.head.Get("Set-Cookie"), ";")
	_, token, ok := strings.Cut(cookie, "=")
	if !ok {
		h.t.Fatalf("no session: %s", a)
	}
	return token
}

// wait asks until it is so. There is nothing to be waited on: another process does it.
func (h *house) wait(what string, so func() bool) {
	h.t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(60 * time.Second)
	for !so() {
		select {
		case <-tick.C:
		case <-late:
			h.t.Fatalf("%s did not come", what)
		}
	}
}

// settled waits for the end of the run.
func (h *house) settled() answer {
	h.t.Helper()
	var run answer
	h.wait("the end of the run", func() bool {
		id := h.get("/runs?workflow_id=" + h.names["$WF"]).text("items.0.id")
		if id == "" {
			return false
		}
		run = h.get("/runs/" + id)
		return run.text("finished_at") != ""
	})
	return run
}

// history is all that the API gives a person with all rights to read, by address.
func (h *house) history() map[string][]byte {
	h.t.Helper()
	var document struct {
		Paths map[string]map[string]any `json:"paths"`
	}
	if err := json.Unmarshal(h.call(http.MethodGet, h.base+"/openapi.json", nil, nil).body, &document); err != nil {
		h.t.Fatal(err)
	}
	texts, ids := map[string][]byte{}, map[string][]string{}
	read := func(path string) answer {
		a := h.api(http.MethodGet, path, "")
		texts["API "+path] = a.body
		return a
	}
	var below []string
	for path, methods := range document.Paths {
		path = strings.Replace(strings.TrimPrefix(path, "/api/v1"), "{ws}", "main", 1)
		switch {
		case methods["get"] == nil || strings.HasSuffix(path, "main/events"): // a stream
		case strings.Contains(path, "{"):
			below = append(below, path)
		default:
			var list struct {
				Items []struct {
					ID string `json:"id"`
				} `json:"items"`
			}
			if json.Unmarshal(read(path).body, &list) == nil {
				for _, it := range list.Items {
					ids[path] = append(ids[path], it.ID)
				}
			}
		}
	}
	for _, path := range below {
		list, rest, _ := strings.Cut(path, "/{")
		_, rest, _ = strings.Cut(rest, "}")
		if strings.Contains(rest, "{") {
			continue
		}
		for _, id := range ids[list] {
			if id != "" {
				read(list + "/" + id + rest)
			}
		}
	}
	if len(texts) < 80 {
		h.t.Errorf("only %d addresses were read", len(texts))
	}
	return texts
}

// export is what the command writes into files.
func (h *house) export() []byte {
	h.t.Helper()
	dir := h.t.TempDir()
	cmd := exec.CommandContext(h.t.Context(), h.bin, "export", "--dir", dir)
	cmd.Env = []string{"HOOKLOOM_URL=" + h.base, "HOOKLOOM_API_KEY=" + h.key, "HOOKLOOM_WORKSPACE=main"}
	out, err := cmd.CombinedOutput()
	if err != nil {
		h.t.Fatalf("export: %v\n%s", err, out)
	}
	return append(out, files(h.t, dir)...)
}

// files are the texts of all files in a folder.
func files(t *testing.T, dir string) (all []byte) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all = append(all, text...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// faraway is every other server: it sends back what it gets, refuses, redirects,
// hangs up, gives out tokens and collects traces.
type faraway struct {
	*httptest.Server
	mu    sync.Mutex
	seen  map[string]int
	spans []byte
}

func newFaraway(t *testing.T) *faraway {
	f := &faraway{seen: map[string]int{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *faraway) count(path string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.seen[path]
}

func (f *faraway) traces() []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.spans
}

func (f *faraway) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	f.seen[r.URL.Path]++
	if r.URL.Path == "/v1/traces" {
		f.spans = append(f.spans, body...)
	}
	f.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	said := fmt.Sprintf("%s %s", r.Header.Get("Authorization"), r.URL)
	switch r.URL.Path {
	case "/token":
		_, _ = fmt.Fprintf(w, `{"access_token":%q,"token_type":"bearer","expires_in":3600}`, canary("access"))
	case "/echo":
		w.Header().Set("Set-Cookie", "echo="+r.Header.Get("X-Key"))
		_, _ = fmt.Fprintf(w, `{"a":"yes","you_sent":%q}`, said)
	case "/refuse":
		w.WriteHeader(http.StatusBadRequest)
		_, _ = fmt.Fprintf(w, `{"message":"no good: %s %s"}`, said, r.Header.Get("X-Key"))
	case "/moved":
		w.Header().Set("Location", "/elsewhere?"+r.URL.RawQuery)
		w.WriteHeader(http.StatusFound)
	case "/cut":
		panic(http.ErrAbortHandler)
	default:
		_, _ = io.WriteString(w, `{}`)
	}
}
