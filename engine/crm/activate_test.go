package crm_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
)

func rejectedAs(err error) *crm.Rejected {
	r, _ := errors.AsType[*crm.Rejected](err)
	return r
}

// TestK5K6Activations holds the words of each refusal and who is taken for whom.
func TestK5K6Activations(t *testing.T) {
	for name, c := range map[string]struct {
		in    crm.ActivationInput
		words string
		who   string
	}{
		"somebody new":                 {crm.ActivationInput{Name: "Ann", Email: "ann@example.com", ExternalUserID: "x"}, "", ""},
		"nothing":                      {crm.ActivationInput{}, "name can't be blank|email can't be blank|external_user_id can't be blank", ""},
		"blanks":                       {crm.ActivationInput{Name: " ", Email: "\t", ExternalUserID: "\u200b"}, "name can't be blank|email can't be blank|external_user_id can't be blank", ""},
		"no address":                   {crm.ActivationInput{Name: "Ann", Email: "ann", ExternalUserID: "x"}, "email is invalid", ""},
		"by e-mail in any case":        {crm.ActivationInput{Name: "Bob", Email: "BOB@example.com", ExternalUserID: "B1"}, "", "con_2"},
		"by the id":                    {crm.ActivationInput{Name: "Grace", Email: "new@example.com", ExternalUserID: "G1"}, "", "con_3"},
		"the id in another case":       {crm.ActivationInput{Name: "Grace", Email: "new@example.com", ExternalUserID: "g1"}, "", ""},
		"another id":                   {crm.ActivationInput{Name: "Ada", Email: "Ada@Example.com", ExternalUserID: "other"}, "email is already taken", ""},
		"an id of somebody else":       {crm.ActivationInput{Name: "Bob", Email: "bob@example.com", ExternalUserID: "G1"}, "email is already taken", ""},
		"an id in another case":        {crm.ActivationInput{Name: "Grace", Email: "grace@example.com", ExternalUserID: "g1"}, "email is already taken", ""},
		"a member who has the offer":   {crm.ActivationInput{Name: "Ada", Email: "ada@example.com", ExternalUserID: "a1"}, "offer already granted to this member", "con_1"},
		"a name as long as an attack":  {crm.ActivationInput{Name: strings.Repeat("x", 1001), Email: "x", ExternalUserID: "y"}, "The name has 1001 characters; at most 1000 can be kept. Map a shorter value.|email is invalid", ""},
		"an e-mail as long as one too": {crm.ActivationInput{Name: "x", Email: strings.Repeat("x", 1001), ExternalUserID: "y"}, "The e-mail has 1001 characters; at most 1000 can be kept. Map a shorter value.", ""},
	} {
		tx := workspace(crm.Contact{Email: "ada@example.com", ExternalUserID: "a1"}, crm.Contact{Email: "bob@example.com"}, crm.Contact{Email: "grace@example.com", ExternalUserID: "G1"})
		course := tx.AddOffer("Course")
		ada, _ := tx.Contact("con_1")
		if _, err := crm.GrantOffer(tx, ada, "Course", ""); err != nil {
			t.Fatal(err)
		}
		m, err := crm.CheckActivation(tx, course, c.in)
		if got := words(err); got != c.words || m.Contact.ID != c.who || m.Known != (c.who != "") {
			t.Errorf("%s: %q, member %q", name, got, m.Contact.ID)
		}
	}
}

func TestK4Deactivations(t *testing.T) {
	for name, c := range map[string]struct {
		in    crm.ActivationInput
		words string
	}{
		"by the id alone":            {crm.ActivationInput{ExternalUserID: "a1"}, ""},
		"nothing":                    {crm.ActivationInput{Name: "Ada", Email: "ada@example.com"}, "external_user_id can't be blank"},
		"the id in another case":     {crm.ActivationInput{ExternalUserID: "A1"}, "offer grant not found for offer on member"},
		"another member's address":   {crm.ActivationInput{ExternalUserID: "x", Email: "ada@example.com"}, "offer grant not found for offer on member"},
		"a member without an id":     {crm.ActivationInput{ExternalUserID: "bob@example.com", Email: "Bob@example.com"}, ""},
		"a member without the offer": {crm.ActivationInput{ExternalUserID: "g1"}, "offer grant not found for offer on member"},
	} {
		tx := workspace(crm.Contact{Email: "ada@example.com", ExternalUserID: "a1"}, crm.Contact{Email: "bob@example.com"}, crm.Contact{Email: "grace@example.com", ExternalUserID: "g1"})
		course := tx.AddOffer("Course")
		for _, id := range []string{"con_1", "con_2"} {
			who, _ := tx.Contact(id)
			if _, err := crm.GrantOffer(tx, who, "Course", ""); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := crm.CheckDeactivation(tx, course, c.in); words(err) != c.words {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func words(err error) string {
	var refused crm.Refusals
	if !errors.As(err, &refused) {
		return ""
	}
	texts := make([]string, len(refused))
	for i, r := range refused {
		texts[i] = r.Message
	}
	return strings.Join(texts, "|")
}
