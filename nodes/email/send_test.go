package email_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	_ "github.com/hookloom/hookloom/nodes/email"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

func bench(subscribed bool) *nodetest.Bench {
	b := nodetest.New()
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com", FirstName: "Ada", Subscribed: subscribed})
	b.Contact = &c
	return b
}

func TestSend(t *testing.T) {
	b := bench(true)
	b.Trigger = map[string]any{"body": map[string]any{"note": `<img src=x onerror=alert(1)> & "so on"`}}
	out, err := b.Internal("email.send", nodetest.Params(`{"subject":"Hi {{ contact.first_name }}","body":"<p>{{ trigger.body.note }}</p>"}`))
	if err != nil || out["status"] != "queued" || out["to"] != "ada@example.com" {
		t.Fatalf("%v, %v", out, err)
	}
	l := b.Tx.Letters[0]
	if l.Subject != "Hi Ada" || strings.Contains(l.HTML, "<img") || l.Text != `<img src=x onerror=alert(1)> & "so on"` || !l.Unsubscribe || l.FromName != "Acme" {
		t.Errorf("letter %+v", l)
	}
}

func TestWhomItGoesTo(t *testing.T) {
	for _, c := range []struct {
		name, params string
		subscribed   bool
		status       string
		unsubscribe  bool
	}{
		{"not subscribed", `{}`, false, "skipped", true},
		{"always", `{"send":"always"}`, false, "queued", false},
		{"the team", `{"send":"always","to":"team@example.com"}`, true, "queued", false},
		{"a stranger", `{"to":"stranger@example.com"}`, true, "skipped", true},
		{"another subscriber", `{"to":"Grace@Example.com"}`, false, "queued", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := bench(c.subscribed)
			b.Tx.AddContact(crm.Contact{Email: "grace@example.com", Subscribed: true})
			params := nodetest.Params(c.params)
			params["subject"], params["body"] = "S", "B"
			out, err := b.Internal("email.send", params)
			if err != nil || out["status"] != c.status {
				t.Fatalf("%v, %v", out, err)
			}
			if skipped := c.status == "skipped"; skipped != (len(b.Warnings) == 1) || skipped != (out["reason"] != "") {
				t.Errorf("notes %q, %v", b.Warnings, out)
			}
			if l := b.Tx.Letters[0]; l.Unsubscribe != c.unsubscribe {
				t.Errorf("letter %+v", l)
			}
		})
	}
}

func TestWhatCannotBeSent(t *testing.T) {
	b := bench(true)
	for params, field := range map[string]string{
		`{"subject":" ","body":"x"}`:                                "subject",
		`{"subject":"x","body":"<script>x</script>"}`:               "body",
		`{"subject":"x","body":"x","to":"ada"}`:                     "to",
		`{"subject":"x","body":"x","reply_to":"ada"}`:               "reply_to",
		`{"subject":"` + strings.Repeat("x", 501) + `","body":"x"}`: "subject",
	} {
		if _, err := b.Internal("email.send", nodetest.Params(params)); err == nil {
			t.Errorf("%s: %v, want a problem of %s", params, err, field)
		}
	}
	b.Contact = nil
	if _, err := b.Internal("email.send", nodetest.Params(`{"subject":"x","body":"x"}`)); err == nil || !strings.Contains(err.Error(), "nobody to write to") {
		t.Errorf("without a contact: %v", err)
	}
	if len(b.Tx.Letters) != 0 {
		t.Errorf("letters %v", b.Tx.Letters)
	}
}
