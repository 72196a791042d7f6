package api_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// webinar is a form with a field of every kind.
const webinar = `{"title":"Webinar <b>","intro":"Join us.","button":"Count me in","thank_you":"See you there!","tags":["lead"],"fields":[
	{"kind":"text","label":"First name","key":"first_name"},
	{"kind":"email","label":"E-mail","key":"email","required":true,"help":"We write once."},
	{"kind":"phone","label":"Phone","key":"phone"},
	{"kind":"choice","label":"Plan","options":["gold","silver"]},
	{"kind":"consent","label":"I agree to the terms","key":"terms","required":true,"to":"none"},
	{"kind":"consent","label":"Send me news","key":"news","to":"subscribed"}]}`

var stamped = regexp.MustCompile(`name="_opened" value="([^"]+)"`)

// opened fetches a form's page and returns its stamp.
func (r *rig) opened(path string) string {
	r.t.Helper()
	page := r.call("GET", path, nil).is(http.StatusOK)
	found := stamped.FindSubmatch(page.body)
	if found == nil {
		r.t.Fatalf("no stamp in %s", page.body)
	}
	return html.UnescapeString(string(found[1]))
}

// send sends a form in as a browser does; the answer's redirect is not followed.
func (r *rig) send(path, stamp string, answers map[string]string, headers ...string) reply {
	r.t.Helper()
	form := url.Values{"_opened": {stamp}, "_website": {""}}
	for k, v := range answers {
		form.Set(k, v)
	}
	follow := http.DefaultClient.CheckRedirect
	http.DefaultClient.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	defer func() { http.DefaultClient.CheckRedirect = follow }()
	return r.call("POST", path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// form makes a form of A and returns its id and the path of its page.
func (r *rig) form(body string) (id, path string) {
	r.t.Helper()
	made := r.in("POST", "/forms", body).is(http.StatusCreated)
	return made.text("id"), strings.TrimPrefix(made.text("url"), base)
}

// TestK20FormsFromPageToWorkflow: somebody fills the hosted page in; the contact,
// its tag and consent are there, and the form's workflow has run.
func TestK20FormsFromPageToWorkflow(t *testing.T) {
	r := newRig(t)
	id, path := r.form(webinar)
	flow := r.in("POST", "/workflows", `{"name":"Leads","definition":{"schema":1,
		"triggers":[{"id":"sent","type":"form.submitted","v":1,"params":{"forms":["`+id+`"]}}],
		"steps":[{"id":"mark","type":"contact.add_tag","v":1,"params":{"tags":["chose {{ trigger.submission.answers.plan }}"]}}]}}`).is(http.StatusCreated).text("id")
	r.in("POST", "/workflows/"+flow+"/publish", nil).is(http.StatusOK)
	stamp := r.opened(path)
	r.ahead.Store(int64(5 * time.Second))
	sent := r.send(path, stamp, map[string]string{
		"first_name": "Ada", "email": " ADA@example.com ", "phone": "+1 415 555 2671", "plan": "gold", "terms": "yes", "news": "yes", "files.filepath": "/etc/passwd",
	}, "Referer", "https://blog.example.com/post?token=secret").is(http.StatusSeeOther)
	if to := sent.header.Get("Location"); to != path+"/thanks" {
		t.Errorf("sent on to %q", to)
	}
	if page := r.call("GET", path+"/thanks", nil).is(http.StatusOK); !bytes.Contains(page.body, []byte("See you there!")) {
		t.Errorf("thanks: %s", page.body)
	}
	contact := r.in("GET", "/contacts?email=ada@example.com", nil).is(http.StatusOK)
	if contact.text("items.0.phone") != "+14155552671" || contact.at("items.0.subscribed") != true || contact.text("items.0.first_name") != "Ada" ||
		contact.text("items.0.fields.plan") != "gold" || contact.text("items.0.source") != "Webinar <b>" {
		t.Errorf("contact %s", contact.body)
	}
	list := r.in("GET", "/forms/"+id+"/submissions", nil).is(http.StatusOK)
	if len(list.at("items").([]any)) != 1 || list.text("items.0.answers.email") != "ada@example.com" || list.at("items.0.answers.terms") != true ||
		list.text("items.0.source") != "https://blog.example.com/post" || list.text("items.0.contact_id") != contact.text("items.0.id") {
		t.Errorf("submissions %s", list.body)
	}
	if bytes.Contains(list.body, []byte("passwd")) {
		t.Error("a field that the form does not have was kept (F16)")
	}
	r.settled(r.firstRun(flow))
	if got := r.in("GET", "/contacts/"+contact.text("items.0.id"), nil); !bytes.Contains(got.body, []byte("chose gold")) || !bytes.Contains(got.body, []byte(`"lead"`)) {
		t.Errorf("tags %s", got.body)
	}
	if seen := r.events(contact.text("items.0.id")); seen[crm.FormSubmitted] != 1 || seen[crm.ContactCreated] != 1 {
		t.Errorf("events %v", seen)
	}
	r.in("DELETE", "/contacts/"+contact.text("items.0.id"), nil).is(http.StatusNoContent)
	if list := r.in("GET", "/forms/"+id+"/submissions", nil); bytes.Contains(list.body, []byte("ada@")) {
		t.Errorf("an erased person stays: %s", list.body)
	}
}

// TestK20TheHostedPage is plain HTML under a strict policy, and shows what is
// wrong at each field with the answers kept.
func TestK20TheHostedPage(t *testing.T) {
	r := newRig(t)
	_, path := r.form(webinar)
	page := r.call("GET", path, nil).is(http.StatusOK)
	policy := page.header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "style-src 'sha256-", "form-action 'self';", "base-uri 'none'", "frame-ancestors *"} {
		if !strings.Contains(policy, part) {
			t.Errorf("policy %q lacks %s", policy, part)
		}
	}
	text := string(page.body)
	// The browser takes the style only if it is the one that the policy names.
	_, css, _ := strings.Cut(text, "<style>")
	css, _, _ = strings.Cut(css, "</style>")
	if sum := sha256.Sum256([]byte(css)); !strings.Contains(policy, "'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the policy does not let the page's style through: %s", policy)
	}
	if strings.Contains(text, "<script") || strings.Contains(text, "Webinar <b>") || !strings.Contains(text, "Webinar &lt;b&gt;") || strings.Contains(text, "style=") {
		t.Error("the page has a script, a style attribute, or a title that is markup")
	}
	for _, part := range []string{`<html lang="en">`, `<label for="field-email">`, `aria-describedby="help-email"`, `autocomplete="email"`, `type="tel"`, "Count me in", "<option>gold</option>"} {
		if !strings.Contains(text, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	stamp := r.opened(path)
	r.ahead.Store(int64(5 * time.Second))
	wrong := r.send(path, stamp, map[string]string{"first_name": `"><script>alert(1)</script>`, "email": "nobody", "phone": "12", "plan": "platinum"}).is(http.StatusUnprocessableEntity)
	text = string(wrong.body)
	for _, part := range []string{"This is not an e-mail address", "This is not a phone number", "Please choose one of the options", "Please tick this box",
		`id="error-email"`, `aria-invalid="true"`, `href="#field-terms"`, "&#34;&gt;&lt;script&gt;", `role="alert"`} {
		if !strings.Contains(text, part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	if strings.Contains(text, "<script>alert") {
		t.Error("an answer became markup")
	}
	if list := r.in("GET", "/contacts", nil); len(list.at("items").([]any)) != 0 {
		t.Error("somebody was made of refused answers")
	}
	embedded := r.call("GET", path+"?embed=1", nil).is(http.StatusOK)
	if !bytes.Contains(embedded.body, []byte(`class="embedded"`)) || !bytes.Contains(embedded.body, []byte("embed=1")) {
		t.Errorf("embedded: %s", embedded.body)
	}
	r.call("GET", "/f/nothing", nil).is(http.StatusNotFound)
	r.call("GET", path+"/other", nil).is(http.StatusNotFound)
	r.call("PUT", path, nil).is(http.StatusMethodNotAllowed)
}

// TestK20SpamTrap: what no person sends looks accepted and changes nothing; the
// list says why.
func TestK20SpamTrap(t *testing.T) {
	r := newRig(t)
	id, path := r.form(webinar)
	good := map[string]string{"email": "ada@example.com", "terms": "yes"}
	with := func(more string, value string) map[string]string {
		all := map[string]string{more: value}
		for k, v := range good {
			all[k] = v
		}
		return all
	}
	stamp := r.opened(path)
	// Sooner than the page was opened is sooner than any busy machine makes it.
	r.ahead.Store(int64(-time.Minute))
	r.send(path, stamp, good).is(http.StatusSeeOther)
	r.ahead.Store(int64(time.Minute))
	r.send(path, stamp, with("_website", "https://spam.example.com")).is(http.StatusSeeOther)
	r.send(path, "", good).is(http.StatusSeeOther)
	forged := "0"
	if strings.HasSuffix(stamp, forged) {
		forged = "1"
	}
	r.send(path, stamp[:len(stamp)-1]+forged, good)
	r.send(path, "zzzz."+strings.Repeat("0", 32), good).is(http.StatusSeeOther)
	_, other := r.form(`{"title":"Other","fields":[{"kind":"email","label":"E-mail","required":true}]}`)
	r.send(path, r.opened(other), good).is(http.StatusSeeOther) // another form's stamp
	spam := r.in("GET", "/forms/"+id+"/submissions?state=spam", nil).is(http.StatusOK)
	if n := len(spam.at("items").([]any)); n < 5 || spam.at("items.0.answers") != nil || spam.text("items.0.reason") == "" {
		t.Errorf("spam: %s", spam.body)
	}
	if list := r.in("GET", "/contacts", nil); len(list.at("items").([]any)) != 0 {
		t.Errorf("spam made somebody: %s", list.body)
	}
	// A page that stood open for days is no spam: it asks once more.
	r.ahead.Store(int64(25 * time.Hour))
	late := r.send(path, stamp, good).is(http.StatusUnprocessableEntity)
	if !bytes.Contains(late.body, []byte("send them again")) || !bytes.Contains(late.body, []byte(`value="ada@example.com"`)) {
		t.Errorf("late: %s", late.body)
	}
	fresh := r.opened(path)
	r.ahead.Store(int64(26 * time.Hour))
	r.send(path, fresh, good).is(http.StatusSeeOther)
	if list := r.in("GET", "/contacts", nil); len(list.at("items").([]any)) != 1 {
		t.Errorf("nobody was made: %s", list.body)
	}
}

// TestK20F16OnlyAFormIsTaken: JSON and uploads are answered 415, too much 413, a
// flood 429, and each leaves its reason.
func TestK20F16OnlyAFormIsTaken(t *testing.T) {
	r := newRig(t)
	id, path := r.form(webinar)
	r.call("POST", path, `{"email":"ada@example.com","files.filepath":"/etc/passwd"}`).is(http.StatusUnsupportedMediaType)
	r.call("POST", path, "--x\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\na@b.co\r\n--x--\r\n", "Content-Type", "multipart/form-data; boundary=x").is(http.StatusUnsupportedMediaType)
	r.call("POST", path, "email="+strings.Repeat("x", 1<<20), "Content-Type", "application/x-www-form-urlencoded").is(http.StatusRequestEntityTooLarge)
	r.call("POST", path, "email=%zz", "Content-Type", "application/x-www-form-urlencoded").is(http.StatusBadRequest)
	refused := r.in("GET", "/forms/"+id+"/submissions?state=refused", nil).is(http.StatusOK)
	if len(refused.at("items").([]any)) != 4 || bytes.Contains(refused.body, []byte("passwd")) {
		t.Errorf("refused: %s", refused.body)
	}
	noon := time.Now()
	r.still.Store(&noon)
	var last reply
	for range 61 {
		last = r.send(path, "", map[string]string{})
	}
	if last.is(http.StatusTooManyRequests).header.Get("Retry-After") == "" {
		t.Error("a flood is not told how long to wait")
	}
}

// TestK20NoOpenRedirect: where the browser goes is the form's owner's word alone.
func TestK20NoOpenRedirect(t *testing.T) {
	r := newRig(t)
	simple := func(target string) string {
		return fmt.Sprintf(`{"title":"Join","redirect_url":%q,"fields":[{"kind":"email","label":"E-mail","required":true}]}`, target)
	}
	for _, bad := range []string{"javascript:alert(1)", "//evil.example.com", "/thanks", "http://example.com", "https://a@evil.example.com/", "https://x.example.com/;form-action *", "data:text/html,x", "https:"} {
		r.in("POST", "/forms", simple(bad)).is(http.StatusUnprocessableEntity).points("/redirect_url")
	}
	_, path := r.form(simple("https://example.com/thanks?a=1"))
	page := r.call("GET", path+"?redirect_url=https://evil.example.com", nil).is(http.StatusOK)
	if !strings.Contains(page.header.Get("Content-Security-Policy"), "form-action 'self' https://example.com;") || bytes.Contains(page.body, []byte("evil")) {
		t.Errorf("policy %q", page.header.Get("Content-Security-Policy"))
	}
	stamp := r.opened(path)
	r.ahead.Store(int64(5 * time.Second))
	sent := r.send(path+"?redirect_url=https://evil.example.com&next=//evil.example.com", stamp, map[string]string{"e_mail": "a@example.com", "redirect_url": "https://evil.example.com"}).is(http.StatusSeeOther)
	if to := sent.header.Get("Location"); to != "https://example.com/thanks?a=1" {
		t.Errorf("sent on to %q", to)
	}
}

// TestK20FormsOverTheAPI: forms are made, changed, closed and deleted, and all
// that is wrong is said at once.
func TestK20FormsOverTheAPI(t *testing.T) {
	r := newRig(t)
	offer, _, _ := r.offer("Course")
	bad := r.in("POST", "/forms", `{"title":" ","fields":[{"kind":"choice","label":"Plan","options":["one"]},{"kind":"text","label":"Plan"},
		{"kind":"text","label":"E","to":"email"},{"kind":"consent","label":"C","to":"email"}]}`).is(http.StatusUnprocessableEntity)
	for _, pointer := range []string{"/title", "/fields/0/options", "/fields/1/key", "/fields/2/to", "/fields/3/to", "/fields"} {
		bad.points(pointer)
	}
	r.in("POST", "/forms", `{"title":"x","offer_ids":["off_none"],"fields":[{"kind":"email","label":"E-mail","required":true}]}`).is(http.StatusUnprocessableEntity).points("/offer_ids/0")
	id, path := r.form(webinar)
	changed := r.in("PATCH", "/forms/"+id, `{"offer_ids":["`+offer+`"],"thank_you":"Bye"}`).is(http.StatusOK)
	if changed.text("title") != "Webinar <b>" || len(changed.at("fields").([]any)) != 6 || changed.text("fields.3.to") != "fields.plan" || !strings.Contains(changed.text("embed"), "<iframe src=\""+base+"/f/") {
		t.Errorf("changed %s", changed.body)
	}
	sent := r.in("POST", "/forms/"+id+"/submissions", `{"answers":{"email":"api@example.com","terms":"true"}}`).is(http.StatusCreated)
	if got := r.in("GET", "/contacts/"+sent.text("contact_id"), nil); len(got.at("products").([]any)) != 2 || got.at("subscribed") != false {
		t.Errorf("contact %s", got.body)
	}
	r.in("POST", "/forms/"+id+"/submissions", `{"answers":{"email":"nobody"}}`).is(http.StatusUnprocessableEntity).points("/answers/email")
	r.in("PATCH", "/forms/"+id, `{"open":false}`).is(http.StatusOK)
	r.call("GET", path, nil).is(http.StatusGone)
	r.call("POST", path, "email=x", "Content-Type", "application/x-www-form-urlencoded").is(http.StatusGone)
	r.in("DELETE", "/forms/"+id, nil).is(http.StatusNoContent)
	r.call("GET", path, nil).is(http.StatusNotFound)
	r.in("GET", "/forms/"+id, nil).is(http.StatusNotFound)
}
