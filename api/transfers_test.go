package api_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/hookloom/hookloom/engine/bundle"
)

// rich gives workspace A one thing of each kind that travels, with canaries wherever
// something must not, and returns the tokens of its addresses, which are canaries too.
func (r *rig) rich() (tokens []string) {
	r.t.Helper()
	made := func(path, body string) reply { return r.in("POST", path, body).is(http.StatusCreated) }
	offer := made("/offers", `{"title":"Course <A> & more","products":[{"title":"Lessons"},{"title":"Community"}]}`).text("id")
	made("/tags", `{"name":"VIP"}`)
	made("/contact-fields", `{"label":"Plan","kind":"choice","options":["Gold","Silver"]}`)
	made("/custom-values", `{"name":"Support e-mail","value":"`+canary+`@example.com"}`)
	form := made("/forms", `{"title":"Apply","intro":"Tell us","fields":[{"kind":"email","label":"E-mail","required":true},{"key":"plan","kind":"text","label":"Plan","to":"fields.plan"}],
		"tags":["VIP"],"offer_ids":["`+offer+`"],"redirect_url":"https://example.com/thanks"}`).text("id")
	connection := made("/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"`+canary+`","hosts":["crm.example.com"]}}`).text("id")
	made("/hooks", `{"name":"Sales","event":"offer.granted","url":"https://example.com/sales","resource_id":"`+offer+`","secret":"whsec_`+strings.Repeat("eno3Y2FuYXJ5", 3)+`"}`)
	made("/hooks", `{"event":"form.submitted","url":"https://example.com/sales?token=`+canary+`","resource_id":"`+form+`"}`)
	r.in("PATCH", "/checkout", `{"purchase_webhook_url":"https://example.com/checkout"}`).is(http.StatusOK)
	other := made("/workflows", `{"name":"Called","definition":{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[]}}`)
	address := other.text("triggers.0.url")
	w := made("/workflows", `{"name":"New buyers","definition":{"schema":1,"triggers":[
		{"id":"hook","type":"webhook.catch","v":1,"params":{"signature":{"scheme":"stripe","secret":"whsec_`+canary+`"}}},
		{"id":"form","type":"form.submitted","v":1,"params":{"forms":["`+form+`"]}}],"steps":[
		{"id":"who","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","tags":["VIP"],"fields":{"plan":"Gold"}}},
		{"id":"give","type":"offer.grant","v":1,"params":{"offer":"`+offer+`"}},
		{"id":"tier","type":"flow.branch","v":1,"branches":[{"id":"yes","name":"Has it","when":{"match":"all","rules":[{"is":"has_offer","to":["`+offer+`"]}]},"steps":[
			{"id":"call","type":"webhook.send","v":1,"params":{"method":"POST","url":"`+address+`","body_type":"json","body":{"a":1}}}]}]},
		{"id":"tell","type":"webhook.send","v":1,"note":"to the CRM","params":{"method":"POST","url":"https://crm.example.com/people/{{ steps.who.contact.id }}","auth":"connection","connection":"`+connection+`",
			"headers":{"X-Api-Key":"`+canary+`key","X-Plain":"a < b"},"secret":"whsec_`+strings.Repeat("eno3Y2FuYXJ5", 3)+`","body_type":"json","body":{"z":820982911946154508,"a":"{{ custom_values.support_e_mail }}"}}}]}}`)
	r.in("PATCH", "/workflows/"+w.text("id"), `{"folder":"Sales"}`, "If-Match", "*").is(http.StatusOK)
	made("/workflows", `{"name":"New buyers","definition":{"schema":1,"triggers":[{"id":"go","type":"manual.start","v":1,"params":{}}],"steps":[{"id":"end","type":"flow.stop","v":1,"params":{}}]}}`)
	made("/templates", `{"name":"Onboarding","summary":"All of it","workflow_ids":["`+w.text("id")+`"]}`)
	for _, url := range []string{address, w.text("triggers.0.url")} {
		tokens = append(tokens, url[strings.LastIndex(url, "/")+1:])
	}
	return tokens
}

// unpacked are the texts of a zip by path.
func unpacked(t *testing.T, raw []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(text)
	}
	return files
}

func packed(t *testing.T, files map[string]string) string {
	t.Helper()
	var list []bundle.Content
	for _, path := range slices.Sorted(maps.Keys(files)) {
		list = append(list, bundle.Content{Path: path, Text: []byte(files[path])})
	}
	raw, err := bundle.Zip(list)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// actions counts what a report says, by action and kind.
func actions(t *testing.T, p reply) map[string]int {
	t.Helper()
	count := map[string]int{}
	for _, item := range p.at("items").([]any) {
		i := item.(map[string]any)
		count[fmt.Sprint(i["action"], " ", i["kind"])]++
	}
	return count
}

// A workspace goes out and into another one, and comes out of that byte for byte;
// doing it again changes nothing, and no secret is ever in it.
func TestAWorkspaceTravelsAsFiles(t *testing.T) {
	r := newRig(t)
	tokens := r.rich()
	first := r.in("GET", "/export", nil).is(http.StatusOK)
	if again := r.in("GET", "/export", nil); !bytes.Equal(first.body, again.body) || first.header.Get("Content-Type") != "application/zip" {
		t.Fatal("the same workspace gave other bytes")
	}
	files := unpacked(t, first.body)
	want := []string{"hookloom.json", "templates/onboarding.template.json", "workflows/called.json", "workflows/new-buyers-2.json", "workflows/new-buyers.json"}
	if got := slices.Sorted(maps.Keys(files)); !slices.Equal(got, want) {
		t.Errorf("files: %v", got)
	}
	for path, text := range files {
		for _, private := range append(tokens, canary, "eno3Y2FuYXJ5", "sec_", "off_", "cxn_", "frm_", "wf_", "$secret") {
			if strings.Contains(text, private) {
				t.Errorf("%s holds %s:\n%s", path, private, text)
			}
		}
		if !strings.HasSuffix(text, "}\n") || strings.Contains(text, "\r") || strings.Contains(text, `\u003c`) || !strings.HasPrefix(text, "{\n  \"$schema\": \"https://") {
			t.Errorf("%s is not written as files are:\n%s", path, text)
		}
	}
	for _, part := range []string{`"folder": "Sales"`, `"redirect_url"`, `"only": "Course <A> & more"`, `"place": "site"`, `"crm.example.com"`, `"support_e_mail"`, `"Gold"`, `"Community"`, `"VIP"`} {
		if !strings.Contains(files["hookloom.json"], part) {
			t.Errorf("no %s in %s", part, files["hookloom.json"])
		}
	}
	one := r.in("GET", "/workflows/"+r.in("GET", "/workflows?q=Called", nil).text("items.0.id")+"/file", nil).is(http.StatusOK)
	if string(one.body) != files["workflows/called.json"] {
		t.Errorf("a single export is another file:\n%s", one.body)
	}

	into := func(query string) reply {
		return r.call("POST", "/workspaces/b/import"+query, string(first.body), "Content-Type", "application/zip")
	}
	rows := r.in("GET", "/workflows", nil).body
	before := r.dumpOf(r.b.ID)
	dry := into("?dry_run=true").is(http.StatusOK)
	if after := r.dumpOf(r.b.ID); !maps.Equal(before, after) {
		t.Error("a dry run stored something")
	}
	real := into("").is(http.StatusOK)
	if d, w := actions(t, dry), actions(t, real); !maps.Equal(d, w) || d["created workflow"] != 3 || d["created hook"] != 2 || d["created connection"] != 1 || d["created form"] != 1 || d["created template"] != 1 || d["created offer"] != 1 || d["created product"] != 2 {
		t.Errorf("dry %v, real %v", d, w)
	}
	needs := string(real.body)
	for _, part := range []string{`"connection"`, `"secret"`, `support_e_mail`, `paused`} {
		if !strings.Contains(needs, part) {
			t.Errorf("the report does not tell of %s: %s", part, needs)
		}
	}
	for i := range 3 {
		if got := r.call("GET", "/workspaces/b/workflows", nil).text(fmt.Sprintf("items.%d.status", i)); got != "draft" {
			t.Errorf("an imported workflow is %s", got)
		}
	}
	if got := r.call("GET", "/workspaces/b/hooks", nil).text("items.0.status"); got != "paused" {
		t.Errorf("an imported hook is %s", got)
	}
	if values := r.call("GET", "/workspaces/b/custom-values", nil); !strings.Contains(string(values.body), `"support_e_mail"`) {
		t.Errorf("%s", values.body)
	}
	if second := r.call("GET", "/workspaces/b/export", nil).is(http.StatusOK); !bytes.Equal(second.body, first.body) {
		for path, text := range unpacked(t, second.body) {
			if files[path] != text {
				t.Errorf("%s came back as\n%s\nand was\n%s", path, text, files[path])
			}
		}
	}
	for _, query := range []string{"", "?existing=update"} {
		before := r.dumpOf(r.b.ID)
		again := into(query).is(http.StatusOK)
		for action := range actions(t, again) {
			if !strings.HasPrefix(action, "same ") {
				t.Errorf("doing it again%s: %s: %s", query, action, again.body)
			}
		}
		after := r.dumpOf(r.b.ID)
		delete(before, "audit")
		delete(after, "audit")
		for table := range before {
			if strings.HasPrefix(table, "audit") || strings.HasPrefix(table, "usage") {
				continue
			}
			if before[table] != after[table] {
				t.Errorf("doing it again%s changed %s", query, table)
			}
		}
	}
	if !bytes.Equal(rows, r.in("GET", "/workflows", nil).body) {
		t.Error("workspace A changed")
	}
	if got := actions(t, into("?existing=copy").is(http.StatusOK)); got["created workflow"] != 3 || got["created template"] != 1 || got["same offer"] != 1 {
		t.Errorf("copies: %v", got)
	}
}

// An update changes the draft alone, tells how, and keeps what no file holds.
func TestAFileUpdatesADraftAndKeepsItsSecrets(t *testing.T) {
	r := newRig(t)
	r.rich()
	files := unpacked(t, r.in("GET", "/export", nil).body)
	edited := strings.Replace(files["workflows/new-buyers.json"], "to the CRM", "to our CRM", 1)
	list := r.in("GET", "/workflows?q=New+buyers", nil)
	id := list.text("items.1.id")
	was := string(r.in("GET", "/workflows/"+id, nil).body)
	dry := r.in("POST", "/import?dry_run=true", edited).is(http.StatusOK)
	if got := actions(t, dry); got["different workflow"] != 1 || len(dry.at("items.0.changes").([]any)) != 1 {
		t.Errorf("%s", dry.body)
	}
	if got := actions(t, r.in("POST", "/import", edited).is(http.StatusOK)); got["different workflow"] != 1 {
		t.Errorf("without update: %v", got)
	}
	if now := string(r.in("GET", "/workflows/"+id, nil).body); now != was {
		t.Errorf("it was changed without being asked to")
	}
	if got := actions(t, r.in("POST", "/import?existing=update", edited).is(http.StatusOK)); got["changed workflow"] != 1 {
		t.Errorf("with update: %v", got)
	}
	now := r.in("GET", "/workflows/"+id, nil)
	definition := func(text string) string {
		_, rest, _ := strings.Cut(text, `"definition":`)
		definition, _, _ := strings.Cut(rest, `},"created_at"`)
		return definition
	}
	wanted := strings.Replace(definition(was), "to the CRM", "to our CRM", 1)
	if got := definition(string(now.body)); got != wanted || wanted == "" {
		t.Errorf("the draft is\n%s\nwant\n%s", got, wanted)
	}
	if got := actions(t, r.in("POST", "/import?existing=update", edited).is(http.StatusOK)); got["same workflow"] != 1 {
		t.Errorf("again: %v", got)
	}
}

// endless says that it has n bytes, and counts those that are read.
type endless struct {
	left int
	read atomic.Int64
}

func (e *endless) Read(b []byte) (int, error) {
	n := min(len(b), e.left)
	if n == 0 {
		return 0, io.EOF
	}
	for i := range n {
		b[i] = ' '
	}
	e.left -= n
	e.read.Add(int64(n))
	return n, nil
}

// F59, F76, F77: a file that is refused leaves nothing behind, whatever of it was
// right, and says where it is wrong.
func TestARefusedFileLeavesNothing(t *testing.T) {
	r := newRig(t)
	r.rich()
	foreign := func(kind string) string { return r.in("GET", "/"+kind, nil).text("items.0.id") }
	files := unpacked(t, r.in("GET", "/export", nil).body)
	changed := func(path, old, now string) string {
		if !strings.Contains(files[path], old) {
			t.Fatalf("%s has no %s: %s", path, old, files[path])
		}
		copied := maps.Clone(files)
		copied[path] = strings.Replace(copied[path], old, now, 1)
		return packed(t, copied)
	}
	reader := r.call("POST", "/workspaces/b/api-keys", `{"name":"n","scopes":["workflows:write"]}`).is(http.StatusCreated).text("key")
	before := r.dumpOf(r.b.ID)
	const sale, list = "workflows/new-buyers.json", "hookloom.json"
	for name, c := range map[string]struct {
		body string
		at   string
	}{
		"an unknown type":    {changed(sale, `"contact.upsert"`, `"no.such"`), sale + "#/workflows/0/definition/steps/0/type"},
		"A's connection":     {changed(sale, `"X-Plain": "a < b"`, `"X-Plain": "`+foreign("connections")+`"`), sale + "#/workflows/0/definition/steps/3/params/headers/X-Plain"},
		"A's contact":        {changed(sale, `"X-Plain": "a < b"`, `"X-Plain": "con_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c12"`), sale + "#/workflows/0/definition/steps/3/params/headers/X-Plain"},
		"A's secret":         {changed(sale, `"X-Plain": "a < b"`, `"X-Plain": {"$secret": "sec_0198c5d4-5a3e-7cc1-b3a5-2f6a1f0a9c12"}`), sale + "#/workflows/0/definition/steps/3/params/headers/X-Plain"},
		"a hook for nothing": {changed(list, `"only": "Course <A> & more"`, `"only": "Nothing"`), list + "#/hooks/0/only"},
		"a hook inside":      {changed(list, `https://example.com/sales`, `http://169.254.169.254/latest`), list + "#/hooks/0/url"},
		"a deep refusal":     {changed("templates/onboarding.template.json", `"summary"`, `"sumary"`), "templates/onboarding.template.json#/sumary"},
		"not a zip":          {"PK\x03\x04 nothing", ""},
		"a traversal":        {packed(t, map[string]string{"../../x.json": "{}"}), ""},
	} {
		got := r.call("POST", "/workspaces/b/import", c.body, "Content-Type", "application/zip")
		got.is(http.StatusUnprocessableEntity)
		if !strings.Contains(got.text("detail"), "Nothing was imported.") {
			t.Errorf("%s: %s", name, got.body)
		}
		if c.at != "" {
			got.points(c.at)
		}
	}
	r.call("POST", "/workspaces/b/import", packed(t, files), "Authorization", "Bearer "+reader).is(http.StatusForbidden)
	for name, chunked := range map[string]bool{"that says so": false, "that does not": true} {
		body := &endless{left: 50 << 20}
		req, err := http.NewRequestWithContext(t.Context(), "POST", r.server.URL+"/api/v1/workspaces/b/import", body)
		if err != nil {
			t.Fatal(err)
		}
		if req.ContentLength = 50 << 20; chunked {
			req.ContentLength = -1
		}
		req.Header.Set("Authorization", "Bearer "+r.key)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatalf("a large body %s: %v", name, err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusRequestEntityTooLarge || !chunked && body.read.Load() > 8<<20 {
			t.Errorf("a large body %s: %d after %d MB", name, res.StatusCode, body.read.Load()>>20)
		}
	}
	after := r.dumpOf(r.b.ID)
	for table := range before {
		if before[table] != after[table] {
			t.Errorf("%s changed: %s, %s", table, before[table], after[table])
		}
	}
}

// The schemas that files name are served, and nothing else is there.
func TestSchemasAreServed(t *testing.T) {
	r := newRig(t)
	for name, want := range bundle.Schemas() {
		res, err := http.Get(r.server.URL + "/schemas/" + name)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !bytes.Equal(text, want) || res.Header.Get("Content-Type") != "application/schema+json" {
			t.Errorf("%s: %d %v", name, res.StatusCode, err)
		}
	}
	res, err := http.Get(r.server.URL + "/schemas/none.json")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("an unknown schema: %d", res.StatusCode)
	}
}
