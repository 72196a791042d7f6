package api_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// TestK3F16OfferAddressesReadNoFiles: names that a careless server takes for paths, and
// files that are sent along, stay data or are refused; nothing is read from a disk.
func TestK3F16OfferAddressesReadNoFiles(t *testing.T) {
	r := newRig(t)
	id, activate, _ := r.offer("Course")
	r.call("POST", activate, `{"name":"Jo","email":"jo@example.com","external_user_id":"jo","files.filepath":"/etc/passwd"}`).is(http.StatusOK)
	var parts bytes.Buffer
	w := multipart.NewWriter(&parts)
	for name, value := range map[string]string{"email": "mo@example.com", "external_user_id": "mo"} {
		if err := w.WriteField(name, value); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="name"; filename="/etc/passwd"`}})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = file.Write([]byte("Mo"))
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got := r.call("POST", activate, parts.String(), "Content-Type", w.FormDataContentType()); got.status >= http.StatusInternalServerError {
		t.Errorf("a file in the place of a name: %d %s", got.status, got.body)
	}
	log := r.in("GET", "/offers/"+id+"/requests", nil).is(http.StatusOK)
	if len(log.at("items").([]any)) != 2 || !bytes.Contains(log.body, []byte(`"files.filepath":"/etc/passwd"`)) || bytes.Contains(log.body, []byte("root:")) {
		t.Errorf("the log: %s", log.body)
	}
	if people := r.in("GET", "/contacts", nil).is(http.StatusOK); bytes.Contains(people.body, []byte("root:")) {
		t.Errorf("contacts: %s", people.body)
	}
}

// TestK13F17TheLogBelievesNoCallersWordForItsAddress: who is no trusted proxy may write
// what it likes into these headers.
func TestK13F17TheLogBelievesNoCallersWordForItsAddress(t *testing.T) {
	r := newRig(t)
	id, activate, _ := r.offer("Course")
	r.call("POST", activate, ada, "X-Forwarded-For", "203.0.113.9", "X-Real-IP", "203.0.113.9", "Forwarded", "for=203.0.113.9").is(http.StatusOK)
	log := r.in("GET", "/offers/"+id+"/requests", nil).is(http.StatusOK)
	if log.text("items.0.ip") != "127.0.0.1" {
		t.Errorf("the log: %s", log.body)
	}
}

// TestC2F38HookAddressesSmuggleNoHeaders: neither a line break nor a password in a hook's
// address is taken, and the refusal points at it.
func TestC2F38HookAddressesSmuggleNoHeaders(t *testing.T) {
	w, r := hooked(t)
	for _, address := range []string{r.URL + "/a\r\nX-Evil: 1", r.URL + "/a\nb", strings.Replace(r.URL, "//", "//ann:pw@", 1), "unix:/run/x.sock", "javascript:alert(1)", ""} {
		w.owner().v1("POST", "/hooks", w.hookBody(map[string]any{"event": "tag_added", "target_url": address})).refused(422, "/data/attributes/target_url")
	}
	if a := w.owner().v1("GET", "/hooks", nil); len(a.field("data").([]any)) != 0 {
		t.Errorf("a refused hook was kept: %s", a.body)
	}
}

// TestC7F7WrongTokensAreToldApartByNothing: a token that never was, one of another kind
// and one that was revoked get the same answer.
func TestC7F7WrongTokensAreToldApartByNothing(t *testing.T) {
	w := newWorld(t)
	key := w.owner().post(inMain+"/api-keys", map[string]any{"name": "App", "scopes": []string{"hooks:read"}}).is(201)
	answers := map[string]bool{}
	w.owner().del(inMain + "/api-keys/" + key.text("id")).is(204)
	for _, token := range []string{"", "x", "..", key.text("key"), strings.ToUpper(key.text("key")), key.text("key") + "x", strings.Repeat("y", 5000)} {
		c := w.anonymous()
		c.key = token
		a := c.v1("GET", "/hooks", nil)
		a.refused(401, "")
		answers[a.body] = true
	}
	if len(answers) > 2 { // one word for none at all, one for a wrong one
		t.Errorf("%d different answers: %v", len(answers), answers)
	}
}
