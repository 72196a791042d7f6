package api_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/storage"
)

// canary stands in everything of workspace A that holds a value, and may stand in
// nothing that others get.
const canary = "zz7canary7zz"

// secretOrder is an order with the canary in keys and values.
const secretOrder = `{"email":"` + canary + `@Example.com","name":"Ada ` + canary + `","order":820982911946154508,"` + canary + `":["` + canary + `"]}`

// someone is a signed-in person.
type someone struct{ id, session string }

// person makes a user with a role in a workspace and signs them in.
func (r *rig) person(email, workspace string, role account.Role) someone {
	r.t.Helper()
	u := account.User{ID: engine.NewID("usr"), Email: email, Name: email, CreatedAt: time.Now()}
	if err := r.store.CreateUser(r.t.Context(), u, account.Membership{UserID: u.ID, WorkspaceID: workspace, Role: role, CreatedAt: time.Now()}); err != nil {
		r.t.Fatal(err)
	}
	return someone{u.ID, r.session(u.ID, time.Now())}
}

func (r *rig) session(userID string, at time.Time) string {
	r.t.Helper()
	s, token := account.NewSession(engine.NewID("ses"), userID, at)
	if err := r.store.CreateSession(r.t.Context(), s); err != nil {
		r.t.Fatal(err)
	}
	return token.Reveal()
}

// broken lets a run fail with an error that quotes the canary.
func (r *rig) broken() {
	r.t.Helper()
	made := r.in("POST", "/workflows", `{"name":"Broken","definition":{"schema":1,
		"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
		"steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}]}}`).is(http.StatusCreated)
	r.in("POST", "/workflows/"+made.text("id")+"/publish", nil).is(http.StatusOK)
	hook := strings.TrimPrefix(made.text("triggers.0.url"), "https://hooks.example.com")
	run := r.settled(r.call("POST", hook, `{"email":"no address `+canary+`"}`).is(http.StatusAccepted).text("run_ids.0"))
	if run.text("status") != "failed" || !strings.Contains(string(run.body), canary) {
		r.t.Fatalf("it was to fail: %s", run.body)
	}
}

// caller is who tries the routes.
type caller struct {
	name    string
	headers []string
	// role is "" for outsiders, and want what they get below a workspace.
	role account.Role
	want int
}

func (r *rig) outsiders() []caller {
	r.t.Helper()
	cookie := func(token string) []string { return []string{"Cookie", "hookloom_session=" + token} }
	bearer := func(key string) []string { return []string{"Authorization", "Bearer " + key} }
	inB := r.person("b@example.com", r.b.ID, account.Owner)
	keyOfB := r.call("POST", "/workspaces/b/api-keys", `{"name":"b","scopes":["*"]}`).is(http.StatusCreated).text("key")
	gone := r.person("gone@example.com", r.a.ID, account.Owner)
	err := r.store.ChangeMember(r.t.Context(), r.a.ID, gone.id, func(account.Role) (account.Role, error) { return "", nil })
	if err != nil {
		r.t.Fatal(err)
	}
	old := r.person("old@example.com", r.a.ID, account.Owner)
	expired, text, err := account.NewAPIKey(account.APIKey{
		ID: engine.NewID("key"), Name: "old", Scopes: account.Scopes{account.All}, WorkspaceID: r.a.ID, CreatedBy: old.id,
		ExpiresAt: time.Now().Add(-time.Hour),
	}, time.Now().Add(-48*time.Hour))
	if err == nil {
		err = r.store.CreateAPIKey(r.t.Context(), expired)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return []caller{
		{name: "B's session", headers: cookie(inB.session), want: http.StatusNotFound},
		{name: "B's key", headers: bearer(keyOfB), want: http.StatusNotFound},
		{name: "without a role", headers: cookie(gone.session), want: http.StatusNotFound},
		{name: "expired session", headers: cookie(r.session(old.id, time.Now().Add(-2*account.SessionAbsolute))), want: http.StatusUnauthorized},
		{name: "expired key", headers: bearer(text.Reveal()), want: http.StatusUnauthorized},
	}
}

func (r *rig) insiders() []caller {
	r.t.Helper()
	var list []caller
	for _, role := range account.Roles() {
		p := r.person(string(role)+"@example.com", r.a.ID, role)
		list = append(list, caller{name: string(role), headers: []string{"Cookie", "hookloom_session=" + p.session}, role: role})
	}
	return list
}

// once ends the request at its first byte, so that a stream has an end.
type once struct {
	*httptest.ResponseRecorder
	end context.CancelFunc
}

func (o once) Write(b []byte) (int, error) {
	defer o.end()
	return o.ResponseRecorder.Write(b)
}

func (o once) WriteString(text string) (int, error) { return o.Write([]byte(text)) }

// try makes a request without a network.
func (r *rig) try(c caller, method, path, body string) (int, []byte) {
	ctx, cancel := context.WithCancel(r.t.Context())
	defer cancel()
	req := httptest.NewRequestWithContext(ctx, method, "/api/v1"+path, strings.NewReader(body))
	if body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("If-Match", "*")
	for i := 0; i < len(c.headers); i += 2 {
		req.Header.Set(c.headers[i], c.headers[i+1])
	}
	rec := httptest.NewRecorder()
	var w http.ResponseWriter = rec
	if bare, _, _ := strings.Cut(path, "?"); strings.HasSuffix(bare, "/events") {
		w = once{rec, cancel}
	}
	r.server.Config.Handler.ServeHTTP(w, req)
	return rec.Code, rec.Body.Bytes()
}

// endpoint is one operation of the documentation.
type endpoint struct {
	method, template string
	// scope is "" for one that is open to everybody known; open for one that is
	// open to nobody in particular.
	scope account.Scope
	open  bool
}

func (e endpoint) inWorkspace() bool { return strings.HasPrefix(e.template, "/workspaces/{ws}") }

// rest is the path below the workspace.
func (e endpoint) rest() string { return strings.TrimPrefix(e.template, "/workspaces/{ws}") }

// endpoints are all routes of /openapi.json, the mild ones first.
func (r *rig) endpoints() []endpoint {
	r.t.Helper()
	res, err := http.Get(r.server.URL + "/openapi.json")
	if err != nil {
		r.t.Fatal(err)
	}
	defer res.Body.Close()
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(res.Body); err != nil {
		r.t.Fatal(err)
	}
	paths := reply{t: r.t, call: "openapi", body: raw.Bytes()}.at("paths").(map[string]any)
	order := []string{"GET", "PUT", "PATCH", "POST", "DELETE"}
	var list []endpoint
	for template, methods := range paths {
		for method, op := range methods.(map[string]any) {
			e := endpoint{method: strings.ToUpper(method), template: template}
			if !slices.Contains(order, e.method) {
				continue
			}
			security, _ := op.(map[string]any)["security"].([]any)
			if e.open = len(security) == 0; !e.open {
				if scopes := security[0].(map[string]any)["key"].([]any); len(scopes) > 0 {
					e.scope = account.Scope(scopes[0].(string))
				}
			}
			list = append(list, e)
		}
	}
	slices.SortFunc(list, func(a, b endpoint) int {
		if by := slices.Index(order, a.method) - slices.Index(order, b.method); by != 0 {
			return by
		}
		return strings.Compare(a.template, b.template)
	})
	return list
}

var part = regexp.MustCompile(`\{[a-z]+\}`)

// fill puts the ids of workspace A into the places of a path; a place or a
// resource that this test does not know fails it.
func (r *rig) fill(e endpoint, ws string, ids map[string]string) (path string, known bool) {
	path = strings.ReplaceAll(e.template, "{ws}", ws)
	resource, _, _ := strings.Cut(strings.TrimPrefix(e.rest(), "/"), "/")
	if resource == "clone-jobs" {
		resource = "jobs" // another kind of job is not found there either
	}
	if strings.Contains(path, "{id}") {
		id, ok := ids[resource]
		if !ok {
			r.t.Errorf("no thing of %s to try: add one to belongings", resource)
			return "", false
		}
		path = strings.ReplaceAll(path, "{id}", id)
	}
	path = strings.NewReplacer("{clone}", ids["{clone}"], "{version}", "1", "{trigger}", "hook", "{step}", "buyer", "{template}", ids["templates"], "{link}", "tln_none", "{token}", "none").Replace(path)
	if part.MatchString(path) {
		r.t.Errorf("%s has a place that this test does not know", e.template)
		return "", false
	}
	return path, true
}

// F58 and F61: every route, with every id of workspace A in every place, by
// everybody who has no business there: it is not there, and nothing of A changes
// or is told. Each role of A does what its scopes say and nothing else.
func TestRouteMatrix(t *testing.T) {
	r := newRig(t)
	ids := r.belongings()
	r.bodiesOfAnotherWorkspace(ids)
	outsiders, insiders := r.outsiders(), r.insiders()
	own := r.call("POST", "/workspaces/b/workflows", `{"name":"B","definition":{"schema":1,"triggers":[{"id":"mine","type":"webhook.catch","v":1,"params":{}}],"steps":[]}}`).
		is(http.StatusCreated).text("id")
	before := r.rows()
	routes := r.endpoints()
	tries, allowed := 0, 0
	try := func(c caller, e endpoint, path string) (int, []byte) {
		tries++
		status, body := r.try(c, e.method, path, bodies[e.method+" "+e.rest()])
		if c.role == "" && bytes.Contains(body, []byte(canary)) {
			t.Errorf("%s gets the canary from %s %s: %.300s", c.name, e.method, path, body)
		}
		return status, body
	}
	for _, e := range routes {
		if e.open {
			continue
		}
		for _, c := range outsiders {
			if !e.inWorkspace() {
				path, ok := r.fill(e, "", ids)
				if !ok {
					break
				}
				want := c.want
				if want == http.StatusNotFound {
					want = http.StatusForbidden // the installation is there for all
				}
				status, body := try(c, e, path)
				if e.scope == "" && c.want == http.StatusNotFound {
					// What everybody known may ask may want more than was given here.
					if status != http.StatusOK && status != http.StatusUnprocessableEntity && e.method == "GET" {
						t.Errorf("%s: %s %s: %d %s", c.name, e.method, path, status, body)
					}
				} else if status != want {
					t.Errorf("%s: %s %s: %d, want %d: %s", c.name, e.method, path, status, want, body)
				}
				continue
			}
			for _, ws := range []string{"a", r.a.ID} {
				path, ok := r.fill(e, ws, ids)
				if !ok {
					break
				}
				if status, body := try(c, e, path); status != c.want {
					t.Errorf("%s: %s %s: %d, want %d: %s", c.name, e.method, path, status, c.want, body)
				}
			}
			if len(part.FindAllString(e.rest(), -1)) == 0 || c.want != http.StatusNotFound || c.name == "without a role" {
				continue
			}
			// In their own workspace with the ids of another.
			if strings.Contains(e.template, "{id}") {
				path, _ := r.fill(e, "b", ids)
				if status, body := try(c, e, path); status != http.StatusNotFound {
					t.Errorf("%s: %s %s: %d, want 404: %s", c.name, e.method, path, status, body)
				}
			}
			// Their own workflow with the parts of another.
			if strings.HasPrefix(e.rest(), "/workflows/{id}/") && len(part.FindAllString(e.rest(), -1)) > 1 {
				path, _ := r.fill(e, "b", map[string]string{"workflows": own})
				if status, body := try(c, e, path); status < 400 || status >= 500 {
					t.Errorf("%s: %s %s: %d, want it refused: %s", c.name, e.method, path, status, body)
				}
			}
		}
	}
	if after := r.rows(); !maps.Equal(before, after) {
		for table, hash := range before {
			if after[table] != hash {
				t.Errorf("rows of A in %s were %s, are %s", table, hash, after[table])
			}
		}
	}
	outside := tries
	for _, e := range routes {
		if e.open {
			continue
		}
		for _, c := range insiders {
			ok := r.insider(t, c, e, ids, try)
			if ok {
				allowed++
			}
		}
	}
	t.Logf("%d routes, %d callers: %d tries from outside, %d from inside of which %d may",
		len(routes), len(outsiders)+len(insiders), outside, tries-outside, allowed)
	if len(routes) < 210 || outside < 2000 || allowed < 500 {
		t.Errorf("the matrix is too small: %d routes, %d and %d tries", len(routes), outside, allowed)
	}
}

// insider tries a route as a role of A, and reports whether it may.
func (r *rig) insider(t *testing.T, c caller, e endpoint, ids map[string]string, try func(caller, endpoint, string) (int, []byte)) bool {
	if !e.inWorkspace() {
		if e.scope == "" {
			return false
		}
		path, _ := r.fill(e, "", ids)
		if status, body := try(c, e, path); status != http.StatusForbidden {
			t.Errorf("%s: %s %s: %d, want 403: %s", c.name, e.method, path, status, body)
		}
		return false
	}
	path, ok := r.fill(e, "a", ids)
	if !ok {
		return false
	}
	may := c.role.Scopes().Has(e.scope)
	if !may {
		if status, body := try(c, e, path); status != http.StatusForbidden {
			t.Errorf("%s: %s %s: %d, want 403: %s", c.name, e.method, path, status, body)
		}
		return false
	}
	if e.method != "GET" {
		// What is allowed would be done: it is tried with ids that are nowhere.
		if !strings.Contains(e.template, "{id}") {
			return false
		}
		none := map[string]string{}
		for resource := range ids {
			none[resource] = "none"
		}
		path, _ = r.fill(e, "a", none)
	}
	status, body := try(c, e, path)
	refused := status == http.StatusForbidden || status == http.StatusUnauthorized
	if refused && c.role == account.ClientViewer {
		return false // it would show values
	}
	if refused {
		t.Errorf("%s: %s %s: %d: %s", c.name, e.method, path, status, body)
	}
	return !refused
}

// A client's viewer gets no value of anybody's data from any route, and cannot
// look for one.
func TestAClientsViewerSeesNoValues(t *testing.T) {
	r := newRig(t)
	ids := r.belongings()
	viewer := caller{headers: []string{"Cookie", "hookloom_session=" + r.person("client@example.com", r.a.ID, account.ClientViewer).session}}
	shown := map[string]bool{}
	for _, e := range r.endpoints() {
		if e.method != "GET" || !e.inWorkspace() {
			continue
		}
		path, ok := r.fill(e, "a", ids)
		if !ok {
			continue
		}
		for _, query := range []string{"", "?q=" + canary[:6], "?version=live", "?include=all&limit=200"} {
			status, body := r.try(viewer, "GET", path+query, "")
			if bytes.Contains(body, []byte(canary)) || bytes.Contains(body, []byte("/hooks/")) {
				t.Errorf("%s%s shows it: %.400s", path, query, body)
			}
			if status == http.StatusOK && query == "" {
				shown[e.rest()] = true
			}
		}
	}
	for _, must := range []string{
		"", "/workflows", "/workflows/{id}", "/workflows/{id}/versions", "/workflows/{id}/stats", "/runs", "/runs/{id}", "/runs/{id}/steps",
		"/requests", "/requests/{id}", "/runs/chart", "/workflows/activity", "/failures", "/events",
	} {
		if !shown[must] {
			t.Errorf("a client's viewer does not see %s", must)
		}
	}
	for _, never := range []string{"/contacts", "/requests/{id}/raw", "/contacts/{id}/timeline", "/audit", "/members", "/contacts/export", "/outbox"} {
		if shown[never] {
			t.Errorf("a client's viewer sees %s", never)
		}
	}
	// A list that finds a value tells it.
	for _, list := range []string{"/runs", "/requests"} {
		if status, _ := r.try(viewer, "GET", "/workspaces/a"+list+"?q="+canary, ""); status != http.StatusForbidden {
			t.Errorf("a client's viewer searches %s: %d", list, status)
		}
	}
	_, body := r.try(viewer, "GET", "/workspaces/a/runs/"+ids["runs"], "")
	if !bytes.Contains(body, []byte(`"redacted":true`)) || !bytes.Contains(body, []byte(`"status":"succeeded"`)) {
		t.Errorf("%s", body)
	}
}

// F61: nothing that B asks for in its own workspace has a word of A in it.
func TestNothingOfAIsToldInB(t *testing.T) {
	r := newRig(t)
	ids := r.belongings()
	b := caller{headers: []string{"Cookie", "hookloom_session=" + r.person("b@example.com", r.b.ID, account.Owner).session}}
	seen := 0
	look := func(path string) {
		status, body := r.try(b, "GET", path, "")
		if status != http.StatusOK {
			return
		}
		seen++
		if bytes.Contains(body, []byte(canary)) {
			t.Errorf("%s tells of A: %.300s", path, body)
		}
		for resource, id := range ids {
			if bytes.Contains(body, []byte(id)) {
				t.Errorf("%s has the id of A's %s", path, resource)
			}
		}
	}
	for _, e := range r.endpoints() {
		if e.method != "GET" || len(part.FindAllString(e.rest(), -1)) > 0 {
			continue
		}
		path := strings.ReplaceAll(e.template, "{ws}", "b")
		if e.rest() == "/events" {
			continue // TestStream looks at it
		}
		for _, query := range []string{"", "?q=" + canary[:5], "?tag=vip", "?format=jsonl", "?contact_id=" + ids["contacts"], "?workflow_id=" + ids["workflows"], "?kind=any", "?actor=" + canary[:5]} {
			look(path + query)
		}
	}
	if seen < 150 {
		t.Errorf("only %d answers were looked at", seen)
	}
	t.Logf("%d answers", seen)
}

// rows are the number and hash of A's rows by table.
func (r *rig) rows() map[string]string {
	r.t.Helper()
	last := map[string]string{}
	for range 50 { // until what was begun before is done
		now := r.dump()
		if maps.Equal(last, now) {
			return now
		}
		last = now
	}
	return last
}

// dump reads the database's file. What only notes that something was used, or how
// an endpoint does, changes by itself.
func (r *rig) dump() map[string]string { return r.dumpOf(r.a.ID) }

func (r *rig) dumpOf(workspace string) map[string]string {
	r.t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(r.dir, storage.FileName)+"?_pragma=busy_timeout(5000)&mode=ro")
	if err != nil {
		r.t.Fatal(err)
	}
	defer db.Close()
	tables := r.texts(db, `SELECT m.name FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table' AND c.name = 'workspace_id' ORDER BY 1`)
	out := map[string]string{}
	for _, table := range tables {
		if table == "hooks" || table == "api_keys" || table == "idempotency" {
			continue
		}
		rows := r.texts(db, `SELECT * FROM "`+table+`" WHERE workspace_id = '`+workspace+`'`)
		slices.Sort(rows)
		sum := sha256.Sum256([]byte(strings.Join(rows, "\n")))
		out[table] = fmt.Sprintf("%d %x", len(rows), sum[:6])
	}
	if len(out) < 25 {
		r.t.Fatalf("only %d tables of workspaces", len(out))
	}
	return out
}

// texts are the rows of a query, each as one text.
func (r *rig) texts(db *sql.DB, query string) []string {
	r.t.Helper()
	rows, err := db.QueryContext(r.t.Context(), query)
	if err != nil {
		r.t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		r.t.Fatal(err)
	}
	var list []string
	for rows.Next() {
		values, into := make([]sql.RawBytes, len(names)), make([]any, len(names))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			r.t.Fatal(err)
		}
		list = append(list, string(bytes.Join(rawTexts(values), []byte("|"))))
	}
	if err := rows.Err(); err != nil {
		r.t.Fatal(err)
	}
	return list
}

func rawTexts(values []sql.RawBytes) [][]byte {
	list := make([][]byte, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}
