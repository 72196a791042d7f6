package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func (r *rig) upload(content string) reply {
	r.t.Helper()
	return r.in("POST", "/imports?name=people.csv", content, "Content-Type", "text/csv")
}

// From the file to the contacts: columns are guessed, rows that cannot be are
// told with their line, and what is imported twice changes nothing.
func TestContactsAreImported(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/contact-fields", `{"label":"Favourite plan","key":"plan"}`).is(http.StatusCreated)
	up := r.upload("E-Mail Address;First Name;Surname;Favourite plan;Tags;Nothing\n" +
		"ada@example.com;Ada;Lovelace;gold;vip, early;x\n\"no address\";Bob;;;;\ngrace@example.com;Grace;Hopper;'=1+1;;\n").is(http.StatusCreated)
	id := up.text("id")
	want := []string{"email", "first_name", "last_name", "fields.plan", "tags", ""}
	for i, w := range want {
		if got := up.text("columns." + string(rune('0'+i)) + ".guess"); got != w {
			t.Errorf("column %d is guessed as %q", i, got)
		}
	}
	if up.text("delimiter") != ";" || up.number("rows") != 3 || up.text("columns.0.samples.0") != "ada@example.com" || up.at("header") != true {
		t.Errorf("preview: %s", up.body)
	}
	start := "/imports/" + id + "/start"
	body := `{"columns":["email","first_name","last_name","fields.plan","tags",""],"tags":["imported"]}`
	r.in("POST", start, `{"columns":["first_name"]}`).is(http.StatusUnprocessableEntity).points("/columns")
	r.in("POST", start, `{"columns":["email","email"]}`).is(http.StatusUnprocessableEntity).points("/columns/1")
	r.in("POST", start, `{"columns":["shoe size"]}`).is(http.StatusUnprocessableEntity).points("/columns/0")
	r.in("GET", "/imports/"+id+"/report", nil).is(http.StatusNotFound)

	job := r.finished(r.in("POST", start, body).is(http.StatusAccepted).text("job_id"))
	if job.number("done") != 2 || job.number("failed") != 1 || job.number("result.created") != 2 || job.number("result.errors.0.line") != 3 {
		t.Errorf("job: %s", job.body)
	}
	report := r.in("GET", "/imports/"+id+"/report", nil).is(http.StatusOK)
	if !strings.Contains(string(report.body), "3,") || !strings.Contains(string(report.body), "no address") || report.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Errorf("report: %s", report.body)
	}
	ada := r.in("GET", "/contacts?email=ada@example.com", nil).is(http.StatusOK)
	if ada.text("items.0.name") != "Ada Lovelace" || ada.text("items.0.fields.plan") != "gold" || len(ada.at("items.0.tags").([]any)) != 3 || ada.text("items.0.source") != "import" {
		t.Errorf("contact: %s", ada.body)
	}
	r.in("POST", start, body).is(http.StatusConflict)
	if got := r.in("GET", "/imports/"+id, nil).is(http.StatusOK).text("job_id"); got != job.text("id") {
		t.Errorf("the file names %q as its job", got)
	}

	again := r.upload("email,name\nada@example.com,Someone Else\nnew@example.com,New\n").is(http.StatusCreated).text("id")
	job = r.finished(r.in("POST", "/imports/"+again+"/start", `{"columns":["email","name"],"keep_existing":true}`).is(http.StatusAccepted).text("job_id"))
	if job.number("result.created") != 1 || job.number("result.unchanged") != 1 {
		t.Errorf("keeping who is there: %s", job.body)
	}
}

func TestFilesThatAreNoTables(t *testing.T) {
	r := newRig(t)
	for name, content := range map[string]string{"empty": " \n", "workbook": "PK\x03\x04rest", "binary": "a\x00b\xff\xfe"} {
		if got := r.upload(content); got.status != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	if got := r.upload(strings.Repeat("a@example.com\n", 21<<20/14)); got.status != http.StatusRequestEntityTooLarge {
		t.Errorf("21 MiB: %d %.200s", got.status, got.body)
	}
}

// What is exported can be opened by a spreadsheet without computing anything,
// and imported again.
func TestContactsAreExported(t *testing.T) {
	r := newRig(t)
	r.in("POST", "/contact-fields", `{"label":"Note","key":"note"}`).is(http.StatusCreated)
	r.in("POST", "/contacts", map[string]any{"email": "ada@example.com", "phone": "+14155552671", "company": "=HYPERLINK(\"http://evil\")", "fields": map[string]any{"note": "@SUM(1)"}}).is(http.StatusCreated)
	r.in("POST", "/contacts", `{"email":"grace@example.com","tags":["vip"]}`).is(http.StatusCreated)
	out := r.in("GET", "/contacts/export", nil).is(http.StatusOK)
	text := string(out.body)
	for _, want := range []string{"'+14155552671", `'=HYPERLINK`, "'@SUM(1)", "grace@example.com", "Note"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
	for _, row := range strings.Split(text, "\n") {
		for _, cell := range strings.Split(row, ",") {
			if cell = strings.Trim(cell, "\""); cell != "" && strings.ContainsAny(cell[:1], "=+-@\t") {
				t.Errorf("a formula: %s", cell)
			}
		}
	}
	if tagged := r.in("GET", "/contacts/export?tag=vip", nil).is(http.StatusOK); strings.Contains(string(tagged.body), "ada@example.com") {
		t.Errorf("filter: %s", tagged.body)
	}
	back := r.upload(text).is(http.StatusCreated)
	if back.text("columns.0.guess") != "email" || back.text("columns.4.guess") != "phone" || back.text("columns.4.samples.0") != "+14155552671" {
		t.Errorf("imported again: %s", back.body)
	}
}

func TestAWorkflowIsStartedForManyContacts(t *testing.T) {
	r := newRig(t)
	made := r.in("POST", "/workflows", `{"name":"Hello","definition":{"schema":1,"triggers":[{"id":"hand","type":"manual.start","v":1,"params":{"needs_contact":true}}],
		"steps":[{"id":"tag","type":"contact.add_tag","v":1,"params":{"tags":["greeted"]}}]}}`).is(http.StatusCreated).text("id")
	var ids []string
	for _, name := range []string{"a", "b", "c"} {
		ids = append(ids, r.in("POST", "/contacts", `{"email":"`+name+`@example.com"}`).is(http.StatusCreated).text("id"))
	}
	r.in("POST", "/contacts/start", map[string]any{"workflow_id": made, "ids": ids}).is(http.StatusConflict)
	r.in("POST", "/workflows/"+made+"/publish", nil).is(http.StatusOK)
	job := r.finished(r.in("POST", "/contacts/start", map[string]any{"workflow_id": made, "filter": map[string]any{}}).is(http.StatusAccepted).text("job_id"))
	if job.number("done") != 3 || job.number("total") != 3 {
		t.Errorf("job: %s", job.body)
	}
	runs := r.in("GET", "/runs?workflow_id="+made, nil).is(http.StatusOK)
	if n := len(runs.at("items").([]any)); n != 3 {
		t.Errorf("%d runs: %s", n, runs.body)
	}
	lost := r.finished(r.in("POST", "/contacts/start", map[string]any{"workflow_id": made, "ids": []string{"con_none"}}).is(http.StatusAccepted).text("job_id"))
	if lost.number("failed") != 1 || lost.text("result.errors.0.contact_id") != "con_none" {
		t.Errorf("a contact that is not there: %s", lost.body)
	}
	r.in("POST", "/contacts/start", `{"workflow_id":"wf_none","ids":["x"]}`).is(http.StatusUnprocessableEntity).points("/workflow_id")
}
