package api_test

import (
	"bufio"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// creations are valid bodies of things to make.
var creations = map[string]string{
	"POST /workflows":     `{"name":"W","definition":{"schema":1,"triggers":[],"steps":[]}}`,
	"POST /api-keys":      `{"name":"k2","scopes":["*"]}`,
	"POST /tags":          `{"name":"t2"}`,
	"POST /contacts":      `{"email":"made@example.com"}`,
	"POST /offers":        `{"title":"Made"}`,
	"POST /custom-values": `{"name":"Made","value":1}`,
	"POST /invitations":   `{"email":"made@example.com","role":"viewer"}`,
	"POST /hooks":         `{"event":"contact.created","url":"https://example.com/x"}`,
	"POST /forms":         webinar,
	"POST /runs/bulk":     `{"action":"cancel","ids":["run_none"]}`,
	"PUT /alerts":         `{"enabled":true}`,
	"PATCH ":              `{"name":"AA"}`,
	"POST /connections":   `{"type":"auth.bearer","name":"Made","params":{"token":"t","hosts":["api.example.com"]}}`,
}

// unaudited are the changes that make no entry, and why.
var unaudited = map[string]string{
	"POST /workflows/{id}/preview":       "changes nothing",
	"POST /workflows/{id}/email-preview": "changes nothing",
	"PATCH /me":                          "how one person reads times concerns nobody else",
	"POST /invitations/look":             "changes nothing",
}

// Whatever is changed, and by which route ever, leaves an entry in the audit log,
// or this test says why not.
func TestEveryChangeIsAudited(t *testing.T) {
	r := newRig(t)
	ids := r.belongings()
	c := caller{headers: []string{"Authorization", "Bearer " + r.key}}
	length := func(path string) int {
		_, body := r.try(c, "GET", path+"/audit/verify", "")
		return reply{t: t, call: path, body: body}.number("entries")
	}
	changed, refused := 0, []string{}
	for _, e := range r.endpoints() {
		name := e.method + " " + e.rest()
		if e.method == "GET" || !e.inWorkspace() || e.rest() == "" && e.method == "DELETE" {
			continue
		}
		path, ok := r.fill(e, "a", ids)
		if !ok {
			continue
		}
		body := bodies[name]
		if body == "" {
			body = creations[name]
		}
		before := length("/workspaces/a")
		status, answer := r.try(c, e.method, path, body)
		if status >= 300 {
			refused = append(refused, name)
			continue
		}
		changed++
		if now := length("/workspaces/a"); now == before && unaudited[name] == "" {
			t.Errorf("%s leaves no entry: %d %.200s", name, status, answer)
		} else if now > before && unaudited[name] != "" {
			t.Errorf("%s is said to leave no entry", name)
		}
	}
	t.Logf("%d changes looked at, %d were refused: %s", changed, len(refused), strings.Join(refused, ", "))
	if changed < 45 {
		t.Errorf("only %d changes were made", changed)
	}
	whole := r.in("GET", "/audit/verify", nil).is(http.StatusOK)
	if whole.at("whole") != true || whole.at("broken") != nil {
		t.Errorf("%s", whole.body)
	}
	noted := "?seq=" + whole.at("head.seq").(json.Number).String() + "&hash=" + whole.text("head.hash")
	r.in("POST", "/tags", `{"name":"later"}`).is(http.StatusCreated)
	if again := r.in("GET", "/audit/verify"+noted, nil).is(http.StatusOK); again.at("whole") != true {
		t.Errorf("%s", again.body)
	}
	other := "?seq=" + whole.at("head.seq").(json.Number).String() + "&hash=" + strings.Repeat("ab", sha256.Size)
	if again := r.in("GET", "/audit/verify"+other, nil).is(http.StatusOK); again.at("whole") != false {
		t.Errorf("%s", again.body)
	}
	r.in("GET", "/audit/verify?seq=3", nil).is(http.StatusUnprocessableEntity)

	// No secret and nobody's data is in it.
	r.auditExports(t)
}

// auditExports checks that what is downloaded holds every entry, that a stranger
// can check the chain with nothing but SHA-256, and that it holds no secrets.
func (r *rig) auditExports(t *testing.T) {
	t.Helper()
	file := r.in("GET", "/audit/export?format=jsonl", nil).is(http.StatusOK)
	lines := bufio.NewScanner(strings.NewReader(string(file.body)))
	lines.Buffer(nil, 1<<20)
	last, n := "", 0
	for lines.Scan() {
		var e struct {
			Seq              int64
			Hash, Prev, Text string
		}
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		n++
		prev, err := hex.DecodeString(e.Prev)
		if err != nil || (n > 1 && e.Prev != last) || e.Seq != int64(n) {
			t.Fatalf("entry %d: %s", n, lines.Text())
		}
		sum := sha256.Sum256(append(prev, e.Text...))
		if last = e.Hash; hex.EncodeToString(sum[:]) != e.Hash {
			t.Fatalf("entry %d has another hash: %s", n, lines.Text())
		}
	}
	sheet := r.in("GET", "/audit/export", nil).is(http.StatusOK)
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(sheet.body), "\ufeff"))).ReadAll()
	if err != nil || len(rows) != n+2 { // the heading, and the entry of the first file
		t.Fatalf("%d rows of %d entries, %v", len(rows), n, err)
	}
	for _, word := range []string{"hlk_", "/hooks/", "/invitation#", "token"} {
		if strings.Contains(string(file.body), word) {
			t.Errorf("the audit log holds %q", word)
		}
	}
	list := r.in("GET", "/audit?action=workflow&limit=200", nil).is(http.StatusOK)
	if len(list.at("items").([]any)) == 0 || strings.Contains(string(list.body), `"action":"tag.`) {
		t.Errorf("%s", list.body)
	}
}
