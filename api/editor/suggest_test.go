package editor

import (
	"testing"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
)

// What is proposed for the form of "Create contact" by senders' words, by names
// and by how values look.
func TestSuggestions(t *testing.T) {
	for name, c := range map[string]struct {
		sender, body string
		want         map[string]string
	}{
		"plain": {"", `{"email":"a@b.co","first_name":"Ada","last_name":"Lovelace","name":"Ada Lovelace","phone":"+44 20 7946 0018"}`,
			map[string]string{"email": "body.email", "first_name": "body.first_name", "last_name": "body.last_name", "phone": "body.phone", "name": "body.name"}},
		"nested": {"", `{"product":{"name":"Course"},"customer":{"Email Address":"a@b.co","name":"Ada"}}`,
			map[string]string{"email": `body.customer["Email Address"]`, "name": "body.customer.name"}},
		"by value":         {"", `{"who":"a@b.co","seller":{"email":"s@b.co"}}`, map[string]string{"email": `body.seller.email`}},
		"value alone":      {"", `{"who":"a@b.co"}`, map[string]string{"email": `body.who`}},
		"only a product":   {"", `{"product":{"name":"Course"}}`, map[string]string{}},
		"blank is skipped": {"stripe", `{"data":{"object":{"customer_details":{"email":null},"customer_email":"a@b.co"}}}`, map[string]string{"email": "body.data.object.customer_email"}},
	} {
		body, err := value.Decode([]byte(c.body))
		if err != nil {
			t.Fatal(err)
		}
		found := candidates(map[string]any{"body": body})
		got := map[string]string{}
		for _, r := range roles {
			if one, ok := r.suggest(body, sender.Named(c.sender).LabelsOf(body), found); ok {
				got[r.field] = one.Template
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %v", name, got)
		}
		for field, path := range c.want {
			if got[field] != "{{ trigger."+path+" }}" {
				t.Errorf("%s: %s is %s", name, field, got[field])
			}
		}
	}
}

// The samples of the senders that ship are mapped without a person's help.
func TestSuggestionsForEverySender(t *testing.T) {
	for from, want := range map[string]map[string]string{
		"stripe":   {"email": "Ada@Example.com", "name": "Ada Lovelace"},
		"typeform": {"email": "ada@example.com", "name": "Ada Lovelace", "phone": "+442079460018"},
		"json":     {"email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "phone": "+44 20 7946 0018"},
		"shopify":  {"email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace"},
	} {
		s := sender.Named(from)
		sample, _ := s.Sample("")
		body, err := value.Decode(sample.Body)
		if err != nil {
			t.Fatal(err)
		}
		found := candidates(map[string]any{"body": body})
		for _, r := range roles {
			one, ok := r.suggest(body, s.LabelsOf(body), found)
			if expected := want[r.field]; ok && expected == "" && r.field != "external_user_id" || one.Value != expected && expected != "" {
				t.Errorf("%s: %s is %q (%s)", from, r.field, one.Value, one.Template)
			}
		}
	}
}
