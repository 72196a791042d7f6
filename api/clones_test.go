package api_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine"
)

// sold is a workflow with one thing of each kind that belongs to its workspace.
const sold = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","params":{}}],"steps":[
	{"id":"buyer","type":"contact.upsert","params":{"email":"{{ trigger.body.email }}","tags":["VIP"],"fields":{"plan":"gold"}}},
	{"id":"access","type":"offer.grant","params":{"offer":"$OFFER","send_email":"never"}},
	{"id":"tell","type":"webhook.send","params":{"url":"https://crm.example.com/private-path","auth":"connection","connection":"$CONN","body":{"sheet":"{{ custom_values.sheet }}"}}}]}`

// home makes the workflow in workspace A and a template of it.
func (r *rig) template() (template, workflow string) {
	r.t.Helper()
	offer := r.in("POST", "/offers", `{"title":"Course A","products":[{"title":"Videos"}]}`).is(http.StatusCreated).text("id")
	conn := r.in("POST", "/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"secret-token","hosts":["crm.example.com"]}}`).is(http.StatusCreated).text("id")
	r.in("POST", "/contact-fields", `{"label":"Plan","kind":"choice","options":["gold","free"]}`).is(http.StatusCreated)
	r.in("POST", "/custom-values", `{"name":"Sheet","value":"private-sheet"}`).is(http.StatusCreated)
	definition := strings.NewReplacer("$OFFER", offer, "$CONN", conn).Replace(sold)
	workflow = r.in("POST", "/workflows", `{"name":"Sale","definition":`+definition+`}`).is(http.StatusCreated).text("id")
	made := r.in("POST", "/templates", `{"name":"A sale","summary":"Grants the course.","workflow_ids":["`+workflow+`"]}`).is(http.StatusCreated)
	return made.text("id"), workflow
}

func (r *rig) client(name string) string {
	r.t.Helper()
	return r.call("POST", "/workspaces", `{"name":"`+name+`"}`).is(http.StatusCreated).text("id")
}

func TestATemplateAsksForWhatBelongsToAClient(t *testing.T) {
	r := newRig(t)
	id, workflow := r.template()
	modes := map[string]string{}
	for _, in := range r.in("GET", "/templates/"+id, nil).is(http.StatusOK).at("inputs").([]any) {
		modes[in.(map[string]any)["kind"].(string)] = in.(map[string]any)["mode"].(string)
	}
	want := map[string]string{"offer": "find_or_create", "tag": "find_or_create", "contact_field": "find_or_create", "connection": "ask", "custom_value": "ask", "url": "fixed"}
	for kind, mode := range want {
		if modes[kind] != mode {
			t.Errorf("%s is %s, not %s", kind, modes[kind], mode)
		}
	}
	file := string(r.in("GET", "/templates/"+id+"/file", nil).is(http.StatusOK).body)
	for _, private := range []string{"secret-token", "private-sheet", "off_", "cxn_", "ws_", workflow} {
		if strings.Contains(file, private) {
			t.Errorf("the file holds %s", private)
		}
	}
	// What came in a file is the same template elsewhere.
	imported := r.call("POST", "/workspaces/b/templates/import", file).is(http.StatusCreated)
	again := r.call("GET", "/workspaces/b/templates/"+imported.text("id")+"/file", nil).is(http.StatusOK)
	if string(again.body) != file {
		t.Error("export, import and export again differ")
	}
	if r.call("POST", "/workspaces/b/templates/"+imported.text("id")+"/versions", `{}`).status != http.StatusConflict {
		t.Error("a file has workflows to make versions of")
	}
	// Keys stay with a new version.
	before := r.in("GET", "/templates/"+id, nil).at("inputs")
	r.in("POST", "/templates/"+id+"/versions", `{"notes":"Better"}`).is(http.StatusCreated)
	now := r.in("GET", "/templates/"+id, nil)
	if fmt.Sprint(before) != fmt.Sprint(now.at("inputs")) || fmt.Sprint(now.at("version")) != "2" {
		t.Errorf("inputs are now %v in version %s", now.at("inputs"), fmt.Sprint(now.at("version")))
	}
}

func TestHostileTemplateFilesStoreNothing(t *testing.T) {
	r := newRig(t)
	with := func(steps string) string {
		return `{"schema":1,"name":"x","workflows":[{"name":"w","definition":{"steps":[` + steps + `]}}]}`
	}
	for _, c := range []struct{ name, file, pointer string }{
		{"an unknown type", with(`{"id":"s","type":"made.up"}`), "/workflows/0/definition/steps/0/type"},
		{"a doubled id", with(`{"id":"s","type":"flow.stop"},{"id":"s","type":"flow.stop"}`), "/workflows/0/definition/steps/1/id"},
		{"10,000 steps", with(strings.TrimSuffix(strings.Repeat(`{"id":"s","type":"flow.stop"},`, 10_000), ",")), "/workflows/0/definition/steps"},
		{"a prototype", with(`{"id":"s","type":"flow.stop","params":{"__proto__":{}}}`), "/workflows/0/definition/steps/0/params/__proto__"},
		{"a wrong type", `{"schema":1,"name":"x","workflows":"all"}`, "/workflows"},
		{"a newer schema", `{"schema":7}`, "/schema"},
		{"a secret", with(`{"id":"s","type":"webhook.send","params":{"token":"plain"}}`), "/workflows/0/definition/steps/0/params/token"},
	} {
		got := r.in("POST", "/templates/import", c.file).is(http.StatusUnprocessableEntity)
		if got.text("errors.0.pointer") != c.pointer {
			t.Errorf("%s: %s", c.name, got.body)
		}
	}
	r.in("POST", "/templates/import", `{"schema":1,"name":"`+strings.Repeat("x", 21<<20)+`"}`).is(http.StatusRequestEntityTooLarge)
	own, err := r.store.ListTemplates(t.Context(), r.a.ID, engine.Page{})
	if err != nil || len(own.Items) != 0 {
		t.Errorf("%d are stored, %v", len(own.Items), err)
	}
}

func TestALinkShowsATemplateWithoutAnAccount(t *testing.T) {
	r := newRig(t)
	id, _ := r.template()
	link := r.in("POST", "/templates/"+id+"/links", `{"days":7}`).is(http.StatusCreated)
	_, token, _ := strings.Cut(link.text("url"), "/shared/")
	look := func() reply {
		return r.call("GET", "/shared-templates/"+token, nil, "Authorization", "")
	}
	shown := look().is(http.StatusOK)
	if shown.text("name") != "A sale" || strings.Contains(string(shown.body), r.a.ID) || strings.Contains(string(shown.body), id) {
		t.Errorf("shown %s", shown.body)
	}
	if strings.Contains(string(r.in("GET", "/templates/"+id+"/links", nil).is(http.StatusOK).body), token) {
		t.Error("the token is shown again")
	}
	r.in("DELETE", "/templates/"+id+"/links/"+link.text("id"), nil).is(http.StatusNoContent)
	look().is(http.StatusNotFound)
}

// A reference to a secret is no value for an input: whoever fills a template in would
// read what is stored.
func TestNoInputReadsAStoredSecret(t *testing.T) {
	r := newRig(t)
	id, _ := r.template()
	r.client("Acme")
	const given = `{"greeting":{"$secret":"sec_019a204e-0000-7000-8000-000000000000"}}`
	for _, path := range []string{"/clones/check", "/clones"} {
		refused := r.in("POST", "/templates/"+id+path, `{"rows":[{"client":"Acme","inputs":`+given+`}]}`).is(http.StatusUnprocessableEntity)
		if refused.text("errors.0.pointer") != "/rows/0/inputs/greeting" {
			t.Errorf("%s: %s", path, refused.body)
		}
	}
	r.in("POST", "/templates/"+id+"/clone", `{"inputs":`+given+`}`).is(http.StatusUnprocessableEntity)
}

// Two clients, one of them new, one row of nobody: each gets all or nothing.
func TestCloningForManyClients(t *testing.T) {
	r := newRig(t)
	id, _ := r.template()
	acme := r.client("Acme")
	r.call("POST", "/workspaces/acme/connections", `{"type":"auth.bearer","name":"CRM","params":{"token":"t","hosts":["crm.example.com"]}}`).is(http.StatusCreated)
	sheet := string(r.in("GET", "/templates/"+id+"/sheet", nil).is(http.StatusOK).body)
	if !strings.Contains(sheet, "Client,") || !strings.Contains(sheet, "Acme") {
		t.Errorf("sheet %q", sheet)
	}
	csv := "Client,CRM,Sheet\nAcme,,=first\nNew & Co,Nope,second\n,,\nAcme,,twice\n"
	body := func(more string) string {
		text, _ := json.Marshal(csv)
		return `{"csv":` + string(text) + more + `}`
	}
	checked := r.in("POST", "/templates/"+id+"/clones/check", body("")).is(http.StatusOK)
	if fmt.Sprint(checked.at("refused")) != "2" {
		t.Errorf("checked %s", checked.body)
	}
	checked = r.in("POST", "/templates/"+id+"/clones/check", body(`,"create_missing":true`)).is(http.StatusOK)
	if fmt.Sprint(checked.at("refused")) != "1" || fmt.Sprint(checked.at("lacking")) != "1" || checked.text("rows.1.wrong.0.code") != "unknown" || fmt.Sprint(checked.at("rows.1.creates")) != "true" {
		t.Errorf("checked %s", checked.body)
	}
	if r.call("GET", "/workspaces/new-co", nil).status != http.StatusNotFound || len(r.call("GET", "/workspaces/acme/tags", nil).at("items").([]any)) != 0 {
		t.Error("checking made something")
	}
	job := r.in("POST", "/templates/"+id+"/clones", body(`,"create_missing":true,"publish":true`)).is(http.StatusAccepted).text("job_id")
	done := r.finished(job)
	if fmt.Sprint(done.at("done")) != "2" || fmt.Sprint(done.at("failed")) != "0" {
		t.Fatalf("job %s", done.body)
	}
	report := r.in("GET", "/clone-jobs/"+job, nil).is(http.StatusOK)
	if report.text("rows.0.status") != "live" || report.text("rows.1.status") != "draft" || !strings.Contains(report.text("rows.1.reason"), "Nope") {
		t.Errorf("report %s", report.body)
	}
	if report.text("rows.0.url") == report.text("rows.1.url") || !strings.HasPrefix(report.text("rows.0.url"), "https://hooks.example.com/hooks/") {
		t.Error("addresses are shared")
	}
	table := string(r.in("GET", "/clone-jobs/"+job+"/report.csv", nil).is(http.StatusOK).body)
	if !strings.Contains(table, "Client,Workflow,Trigger,URL,Status,Reason") || strings.Count(table, "Incoming webhook") != 2 {
		t.Errorf("table %s", table)
	}
	if values := r.call("GET", "/workspaces/acme/custom-values", nil).is(http.StatusOK); values.text("items.0.value") != "=first" {
		t.Errorf("values %s", values.body)
	}
	// Once more makes nothing twice.
	r.finished(r.in("POST", "/templates/"+id+"/clones", body(`,"create_missing":true`)).is(http.StatusAccepted).text("job_id"))
	for path, want := range map[string]int{"/tags": 1, "/offers": 1, "/contact-fields": 1, "/workflows": 1} {
		if got := len(r.call("GET", "/workspaces/"+acme+path, nil).is(http.StatusOK).at("items").([]any)); got != want {
			t.Errorf("%s: %d", path, got)
		}
	}
	clones := r.in("GET", "/templates/"+id+"/clones", nil).is(http.StatusOK)
	if len(clones.at("items").([]any)) != 2 || fmt.Sprint(clones.at("items.0.workflows.0.received")) != "false" {
		t.Fatalf("clones %s", clones.body)
	}
	r.call("POST", strings.TrimPrefix(report.text("rows.0.url"), "https://hooks.example.com"), `{"email":"ann@example.com"}`).is(http.StatusAccepted)
	clones = r.in("GET", "/templates/"+id+"/clones", nil).is(http.StatusOK)
	if fmt.Sprint(clones.at("items.0.workflows.0.received")) != "true" {
		t.Errorf("clones %s", clones.body)
	}
	act := func(action string) reply {
		return r.finished(r.in("POST", "/clones/act", `{"template":"`+id+`","clone_ids":["`+clones.text("items.0.id")+`","`+clones.text("items.1.id")+`"],"action":"`+action+`","key":"sheet","value":"all"}`).
			is(http.StatusAccepted).text("job_id"))
	}
	if got := act("pause"); fmt.Sprint(got.at("done")) != "1" || fmt.Sprint(got.at("failed")) != "1" {
		t.Errorf("pause %s", got.body)
	}
	if got := act("set_value"); fmt.Sprint(got.at("done")) != "2" {
		t.Errorf("set %s", got.body)
	}
	if values := r.call("GET", "/workspaces/acme/custom-values", nil); values.text("items.0.value") != "all" {
		t.Errorf("values %s", values.body)
	}
}

// F59: what names another workspace's things is refused, with its place.
func TestF59IdsOfAnotherWorkspaceAreRefused(t *testing.T) {
	r := newRig(t)
	_, workflow := r.template()
	stored := r.in("GET", "/workflows/"+workflow, nil).is(http.StatusOK)
	definition, _ := json.Marshal(stored.at("definition"))
	refused := r.call("POST", "/workspaces/b/workflows", `{"name":"Copy","definition":`+string(definition)+`}`).is(http.StatusUnprocessableEntity)
	if refused.text("errors.0.code") != "unknown_ref" || refused.text("errors.0.pointer") == "" || refused.text("errors.1.code") != "unknown_ref" {
		t.Errorf("%s", refused.body)
	}
	contact := r.in("POST", "/contacts", `{"email":"ann@example.com"}`).is(http.StatusCreated).text("id")
	r.call("POST", "/workspaces/b/workflows", `{"name":"Copy","definition":{"steps":[{"id":"s","type":"contact.find","params":{"by":"external_user_id","value":"`+contact+`"}}]}}`).
		is(http.StatusUnprocessableEntity)
	mine := r.call("POST", "/workspaces/b/workflows", `{"name":"Mine","definition":{"steps":[]}}`).is(http.StatusCreated).text("id")
	r.call("PUT", "/workspaces/b/workflows/"+mine, `{"name":"Mine","definition":`+string(definition)+`}`, "If-Match", "*").is(http.StatusUnprocessableEntity)
	// At home an offer that was deleted meanwhile keeps nobody from editing.
	offer := r.in("GET", "/offers", nil).text("items.0.id")
	r.in("DELETE", "/offers/"+offer, nil).is(http.StatusNoContent)
	r.in("PUT", "/workflows/"+workflow, `{"name":"Sale 2","definition":`+string(definition)+`}`, "If-Match", "*").is(http.StatusOK)
}
