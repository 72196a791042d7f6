package api_test

import (
	"bytes"
	"io"
	"log/slog"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/http"
	"net/mail"
	"strings"
	"testing"

	mailer "github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/test/service"
)

// letter is one e-mail as a mail program reads it.
type letter struct {
	mail.Header
	text, html string
}

func readLetter(t *testing.T, raw string) letter {
	t.Helper()
	msg, err := mail.ReadMessage(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	l := letter{Header: msg.Header}
	_, params, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	if err != nil {
		t.Fatal(err)
	}
	for parts := multipart.NewReader(msg.Body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return l
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, raw)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(body), "\r\n", "\n")
		if strings.HasPrefix(part.Header.Get("Content-Type"), "text/html") {
			l.html = text
		} else {
			l.text = text
		}
	}
}

// post sends what is in the outbox to a mail server, once.
func (r *rig) post(to *service.Mailbox) {
	r.t.Helper()
	config := mailer.Config{Store: r.store, BaseURL: base, Now: r.now, Log: slog.New(slog.DiscardHandler)}
	if to != nil {
		smtp, err := mailer.ParseSMTP("smtp://" + to.Addr + "?from=hookloom@example.com")
		if err != nil {
			r.t.Fatal(err)
		}
		config.Transport = smtp
	}
	if err := mailer.New(config).Deliver(r.t.Context()); err != nil {
		r.t.Fatal(err)
	}
}

// TestK7TheGrantMailArrives: the URL's confirmation is sent when it is asked for,
// once, also to a member who is not subscribed.
func TestK7TheGrantMailArrives(t *testing.T) {
	r := newRig(t)
	box := service.SMTP(t)
	_, activate, deactivate := r.offer("Course <A>")
	silent := r.call("POST", activate, `{"name":"Grace","email":"grace@example.com","external_user_id":"g"}`).is(http.StatusOK)
	asked := r.call("POST", activate+"?send_offer_grant_email=true", ada).is(http.StatusOK)
	if silent.text("email") != "not sent: switched off" || asked.text("email") != "queued" {
		t.Errorf("answers %s %s", silent.body, asked.body)
	}
	r.call("POST", activate+"?send_offer_grant_email=true", ada).is(http.StatusUnprocessableEntity)
	r.post(box)
	r.post(box)
	got := box.Letters()
	if len(got) != 1 {
		t.Fatalf("%d letters", len(got))
	}
	l := readLetter(t, got[0])
	if l.Get("To") != "<ada@example.com>" || l.Get("Subject") != "You have access to Course <A>" || !strings.Contains(l.html, "Course &lt;A&gt; club") ||
		!strings.Contains(l.text, "Hello Ada") || !strings.Contains(l.text, "- Course <A> videos") {
		t.Errorf("letter\n%s", got[0])
	}
	// Who is told whatever they subscribed to has nothing to unsubscribe from.
	if l.Get("List-Unsubscribe") != "" {
		t.Errorf("unsubscribe %s", l.Get("List-Unsubscribe"))
	}
	seen := r.events(asked.text("contact_id"))
	if seen["email.sent"] != 1 || r.events(silent.text("contact_id"))["email.sent"] != 0 {
		t.Errorf("timeline %v", seen)
	}
	// A later grant is another one, with a mail of its own.
	r.call("POST", deactivate, `{"external_user_id":"ext_1"}`).is(http.StatusOK)
	r.call("POST", activate+"?send_offer_grant_email=1", ada).is(http.StatusOK)
	r.post(box)
	if n := len(box.Letters()); n != 2 {
		t.Errorf("%d letters after a second grant", n)
	}
}

// TestK8GrantsWriteToSubscribersOnly: a grant over the API or by a step writes to
// who is subscribed; for the others the reason stands on the timeline.
func TestK8GrantsWriteToSubscribersOnly(t *testing.T) {
	r := newRig(t)
	box := service.SMTP(t)
	id, _, _ := r.offer("Course")
	contact := func(email, subscribed string) string {
		return r.in("POST", "/contacts", `{"email":"`+email+`","subscribed":`+subscribed+`}`).is(http.StatusCreated).text("id")
	}
	for _, c := range []struct{ email, subscribed, send, want string }{
		{"a@example.com", "true", ``, "queued"},
		{"b@example.com", "false", ``, "not sent: the contact is not subscribed"},
		{"c@example.com", "false", `,"send_email":"always"`, "queued"},
		{"d@example.com", "true", `,"send_email":"never"`, "not sent: switched off"},
	} {
		who := contact(c.email, c.subscribed)
		got := r.in("POST", "/grants", `{"contact_id":"`+who+`","offer_id":"`+id+`"`+c.send+`}`).is(http.StatusCreated)
		if got.text("email") != c.want {
			t.Errorf("%+v: %s", c, got.body)
		}
		again := r.in("POST", "/grants", `{"contact_id":"`+who+`","offer_id":"`+id+`"`+c.send+`}`).is(http.StatusOK)
		if again.text("email") != "not sent: the contact had access already" {
			t.Errorf("again %s", again.body)
		}
		if c.email == "b@example.com" {
			line := r.in("GET", "/contacts/"+who+"/timeline", nil).is(http.StatusOK)
			if !bytes.Contains(line.body, []byte(`"email.skipped"`)) || !bytes.Contains(line.body, []byte("not subscribed")) {
				t.Errorf("timeline %s", line.body)
			}
		}
	}
	r.post(box)
	to := []string{}
	for _, raw := range box.Letters() {
		l := readLetter(t, raw)
		to = append(to, l.Get("To")+" "+l.Get("List-Unsubscribe-Post"))
	}
	if got := strings.Join(to, ", "); len(to) != 2 || !strings.Contains(got, "<a@example.com> List-Unsubscribe=One-Click") || !strings.Contains(got, "<c@example.com> ") {
		t.Errorf("letters to %s", got)
	}
}

const welcome = `{"schema":1,
 "triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],
 "steps":[
  {"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}","name":"{{ trigger.body.name }}","subscribed":"{{ trigger.body.news }}"}},
  {"id":"mail","type":"email.send","v":1,"params":{"subject":"Hi {{ contact.first_name }}","body":"<p>Hello <b>{{ trigger.body.name }}</b></p><script>alert(1)</script>"}}
 ]}`

func (r *rig) welcomed() (id, hook string) {
	r.t.Helper()
	made := r.in("POST", "/workflows", `{"name":"Welcome","definition":`+welcome+`}`).is(http.StatusCreated)
	r.in("POST", "/workflows/"+made.text("id")+"/publish", nil).is(http.StatusOK)
	return made.text("id"), strings.TrimPrefix(made.text("triggers.0.url"), base)
}

// TestEmailsAreSentOnceAndUnsubscribedByOneClick follows a step's e-mail to the
// mailbox, and its reader out of the list without a login.
func TestEmailsAreSentOnceAndUnsubscribedByOneClick(t *testing.T) {
	r := newRig(t)
	box := service.SMTP(t)
	r.call("PATCH", "/workspaces/a", `{"sender":{"name":"Ada's \"Courses\"","email":"ada@courses.example.com","reply_to":"help@courses.example.com"}}`).is(http.StatusOK)
	_, hook := r.welcomed()
	buy := `{"email":"eve@example.com","name":"<a href=https://evil.example>Eve</a>","news":true}`
	run := r.settled(r.call("POST", hook, buy).is(http.StatusAccepted).text("run_ids.0"))
	if run.text("status") != "succeeded" {
		t.Fatalf("run %s", run.body)
	}
	r.post(box)
	r.post(box)
	got := box.Letters()
	if len(got) != 1 {
		t.Fatalf("%d letters", len(got))
	}
	l := readLetter(t, got[0])
	from, err := mail.ParseAddress(l.Get("From"))
	if err != nil || from.Name != `Ada's "Courses"` || from.Address != "ada@courses.example.com" || l.Get("Reply-To") != "<help@courses.example.com>" || !strings.HasPrefix(l.Get("Message-ID"), "<msg_") {
		t.Errorf("headers %v", l.Header)
	}
	if strings.Contains(l.html, "<a href=https://evil") || strings.Contains(l.html, "script") || !strings.Contains(l.html, "<b>&lt;a href=https://evil.example&gt;Eve&lt;/a&gt;</b>") {
		t.Errorf("a value became HTML:\n%s", l.html)
	}
	link := strings.Trim(l.Get("List-Unsubscribe"), "<>")
	if l.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" || !strings.HasPrefix(link, base+"/u/") || !strings.Contains(l.text, link) || !strings.Contains(l.html, link) {
		t.Errorf("unsubscribe %q in\n%s", link, l.text)
	}
	path, contact := strings.TrimPrefix(link, base), run.text("contact_id")
	subscribed := func() any { return r.in("GET", "/contacts/"+contact, nil).is(http.StatusOK).at("subscribed") }
	asked := r.call("GET", path, nil, "Authorization", "").is(http.StatusOK)
	if subscribed() != true || bytes.Contains(asked.body, []byte("eve@")) || !bytes.Contains(asked.body, []byte("<form method=\"post\">")) {
		t.Errorf("a look unsubscribed, or said who: %s", asked.body)
	}
	forged := r.call("POST", path[:len(path)-4]+"AAAA", "List-Unsubscribe=One-Click").is(http.StatusNotFound)
	if unknown := r.call("GET", "/u/preview", nil).is(http.StatusNotFound); subscribed() != true || !bytes.Equal(forged.body, unknown.body) {
		t.Error("a forged token unsubscribed, or is told from an unknown one")
	}
	for range 2 {
		r.call("POST", path, "List-Unsubscribe=One-Click", "Authorization", "", "Content-Type", "application/x-www-form-urlencoded").is(http.StatusOK)
	}
	if subscribed() != false || r.events(contact)["contact.updated"] != 1 {
		t.Errorf("subscribed %v, events %v", subscribed(), r.events(contact))
	}

	// The next one is skipped, with the reason at the step and on the timeline.
	again := r.settled(r.call("POST", hook, `{"email":"eve@example.com","name":"Eve"}`).is(http.StatusAccepted).text("run_ids.0"))
	steps, err := r.store.Steps(t.Context(), r.a.ID, again.text("id"), "mail")
	if err != nil || len(steps) != 1 || len(steps[0].Notes) != 1 || !strings.Contains(steps[0].Notes[0], "not subscribed") {
		t.Errorf("step %+v %v", steps, err)
	}
	r.post(box)
	if seen := r.events(contact); len(box.Letters()) != 1 || seen["email.skipped"] != 1 || seen["email.sent"] != 1 {
		t.Errorf("%d letters, %v", len(box.Letters()), seen)
	}
}

// TestEmailsWithoutAMailServerAreKept and sent once there is one; refused ones
// are visible.
func TestEmailsWithoutAMailServerAreKept(t *testing.T) {
	r := newRig(t)
	box := service.SMTP(t)
	_, hook := r.welcomed()
	run := r.settled(r.call("POST", hook, `{"email":"ada@example.com","name":"Ada Lovelace","news":true}`).is(http.StatusAccepted).text("run_ids.0"))
	r.post(nil)
	kept := r.in("GET", "/outbox?run_id="+run.text("id"), nil).is(http.StatusOK)
	if kept.text("items.0.status") != "kept" || kept.text("items.0.subject") != "Hi Ada" || kept.text("items.0.step") != "mail" {
		t.Fatalf("outbox %s", kept.body)
	}
	id := kept.text("items.0.id")
	whole := r.in("GET", "/outbox/"+id, nil).is(http.StatusOK)
	if !strings.Contains(whole.text("html"), "<b>Ada Lovelace</b>") || !strings.Contains(whole.text("body"), "Unsubscribe: "+base+"/u/preview") {
		t.Errorf("message %s", whole.body)
	}
	box.Refuse("550 5.1.1 no such mailbox")
	r.in("POST", "/outbox/"+id+"/send-again", nil).is(http.StatusNoContent)
	r.post(box)
	failed := r.in("GET", "/contacts/"+run.text("contact_id")+"/timeline", nil).is(http.StatusOK)
	if !bytes.Contains(failed.body, []byte(`"email.failed"`)) || !bytes.Contains(failed.body, []byte("no such mailbox")) {
		t.Errorf("timeline %s", failed.body)
	}
	box.Refuse("")
	r.in("POST", "/outbox/"+id+"/send-again", nil).is(http.StatusNoContent)
	r.post(box)
	r.in("POST", "/outbox/"+id+"/send-again", nil).is(http.StatusConflict)
	if len(box.Letters()) != 1 {
		t.Errorf("%d letters", len(box.Letters()))
	}
	// A key that may not see contacts does not read what they are written.
	key := r.in("POST", "/api-keys", `{"name":"k","scopes":["workspaces:write"]}`).is(http.StatusCreated).text("key")
	if list := r.in("GET", "/outbox", nil, "Authorization", "Bearer "+key).is(http.StatusOK); bytes.Contains(list.body, []byte("ada@")) || bytes.Contains(list.body, []byte("Hi Ada")) {
		t.Errorf("outbox %s", list.body)
	}
	r.in("DELETE", "/contacts/"+run.text("contact_id"), nil).is(http.StatusNoContent)
	if list := r.in("GET", "/outbox", nil).is(http.StatusOK); bytes.Contains(list.body, []byte("ada@")) || bytes.Contains(list.body, []byte("Lovelace")) {
		t.Errorf("an erased person stays: %s", list.body)
	}
}

// An e-mail is shown as the chosen contact would get it.
func TestEmailsArePreviewedAsAContact(t *testing.T) {
	r := newRig(t)
	id, _ := r.welcomed()
	who := r.in("POST", "/contacts", `{"email":"grace@example.com","first_name":"Grace"}`).is(http.StatusCreated).text("id")
	got := r.in("POST", "/workflows/"+id+"/email-preview", `{"step":"mail","contact_id":"`+who+`","payload":{"name":"<i>Grace</i>"}}`).is(http.StatusOK)
	if got.text("subject") != "Hi Grace" || got.text("to") != "grace@example.com" || !strings.Contains(got.text("html"), "<b>&lt;i&gt;Grace") ||
		!strings.Contains(got.text("text"), "Hello <i>Grace</i>") || got.text("skipped") != "not sent: the contact is not subscribed" {
		t.Errorf("preview %s", got.body)
	}
	typed := r.in("POST", "/workflows/"+id+"/email-preview", `{"contact_id":"`+who+`","params":{"subject":"S","body":"{{ contact.nope }} x","to":"team@example.com","send":"always"}}`).is(http.StatusOK)
	if typed.text("to") != "team@example.com" || typed.text("skipped") != "" || typed.text("missing.0") != "contact.nope" || strings.Contains(typed.text("text"), "Unsubscribe") {
		t.Errorf("typed %s", typed.body)
	}
	for params, pointer := range map[string]string{
		`{"subject":"","body":"x"}`:                      "/params/subject",
		`{"subject":"x","body":" "}`:                     "/params/body",
		`{"subject":"x","body":"x","to":"nobody"}`:       "/params/to",
		`{"subject":"{{ oops( }}","body":"x"}`:           "/params/subject",
		`{"subject":"x","body":"x","reply_to":"no one"}`: "/params/reply_to",
	} {
		r.in("POST", "/workflows/"+id+"/email-preview", `{"contact_id":"`+who+`","params":`+params+`}`).is(http.StatusUnprocessableEntity).points(pointer)
	}
	r.in("POST", "/workflows/"+id+"/email-test", `{"step":"mail"}`).is(http.StatusConflict)
	if box := r.in("GET", "/outbox", nil); len(box.at("items").([]any)) != 0 {
		t.Errorf("a preview was queued: %s", box.body)
	}
}

// "Send test to me" goes to the person who is signed in, whatever it says of its
// reader.
func TestATestEmailGoesToWhoeverAsks(t *testing.T) {
	w := newWorld(t)
	w.setUp()
	made := w.owner().post("/workspaces/main/workflows", `{"name":"Welcome","definition":`+welcome+`}`).is(201)
	w.owner().post("/workspaces/main/contacts", `{"email":"grace@example.com","first_name":"Grace"}`).is(201)
	me := w.browser()
	me.post("/session", credentials(goodEmail, goodPassword)).is(201)
	sent := me.post("/workspaces/main/workflows/"+made.text("id")+"/email-test", `{"step":"mail","payload":{"name":"Grace"}}`).is(202)
	if sent.text("to") != goodEmail || sent.text("email_delivery") != "outbox" {
		t.Errorf("sent %s", sent.body)
	}
	box := w.owner().get("/workspaces/main/outbox").is(200).items()
	if len(box) != 1 || box[0]["target"] != goodEmail || box[0]["subject"] != "[Test] Hi Grace" || box[0]["kind"] != "email_test" {
		t.Errorf("outbox %v", box)
	}
}
