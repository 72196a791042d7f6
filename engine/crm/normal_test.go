package crm_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

func TestNormalizeEmail(t *testing.T) {
	for in, want := range map[string]string{
		"ann@example.com":                  "ann@example.com",
		"  ANN@Example.COM\n":              "ann@example.com",
		"Ann Lee <Ann@example.com>":        "ann@example.com",
		"<ann@example.com>":                "ann@example.com",
		"mailto:ann@example.com":           "ann@example.com",
		"an\u200bn@example.com":            "ann@example.com",
		"an\u200dn@example.com":            "ann@example.com",
		"\ufeffann@example.com":            "ann@example.com",
		"ann+tag@mail.example.co.uk":       "ann+tag@mail.example.co.uk",
		"o'neil@example.com":               "o'neil@example.com",
		"a..b.@docomo.example":             "a..b.@docomo.example",
		"jürgen@bücher.example":            "jürgen@bücher.example",
		"ann@xn--bcher-kva.example":        "ann@xn--bcher-kva.example",
		"":                                 "",
		"ann":                              "",
		"ann@":                             "",
		"@example.com":                     "",
		"ann@localhost":                    "",
		"ann@example":                      "",
		"ann@@example.com":                 "",
		"ann@example.com, bob@example.com": "",
		"ann lee@example.com":              "",
		"ann@exam ple.com":                 "",
		"ann@-example.com":                 "",
		"ann@example..com":                 "",
		"ann@127.0.0.1":                    "",
		"ann@example.c":                    "",
		`"ann lee"@example.com`:            "",
		"ann@[127.0.0.1]":                  "",
		"{{ trigger.body.email }}":         "",
		"n/a":                              "",
		"an\ufffdn@example.com":            "", // bytes were lost: it could be anybody
	} {
		got, ok := crm.NormalizeEmail(in)
		if ok != (want != "") || ok && got != want {
			t.Errorf("NormalizeEmail(%q) = %q, %v; want %q", in, got, ok, want)
		}
	}
}

func TestNormalizePhone(t *testing.T) {
	for _, c := range []struct {
		in, country, want string
		ok                bool
	}{
		{"(415) 555-2671", "US", "+14155552671", true},
		{"415.555.2671", "us", "+14155552671", true},
		{"+49 30 123456", "US", "+4930123456", true},
		{"0049 30 123456", "US", "+4930123456", true},
		{"0049 30 123456", "", "+4930123456", true},
		{"030 123456", "DE", "+4930123456", true},
		{"011 49 30 123456", "US", "+4930123456", true},
		{"tel:+1-415-555-2671", "", "+14155552671", true},
		{"+1 415 555 2671 ext. 5", "", "+14155552671", true},
		{"１４１５５５５２６７１", "US", "+14155552671", true},
		{"415 555 2671", "", "415 555 2671", false},
		{"n/a", "US", "n/a", false},
		{"12", "US", "12", false},
		{"", "US", "", false},
		{"415 555 2671", "nowhere", "415 555 2671", false},
	} {
		got, ok := crm.NormalizePhone(c.in, c.country)
		if got != c.want || ok != c.ok {
			t.Errorf("NormalizePhone(%q, %q) = %q, %v; want %q, %v", c.in, c.country, got, ok, c.want, c.ok)
		}
	}
}

func TestSplitName(t *testing.T) {
	for in, want := range map[string][2]string{
		"Ann Lee":              {"Ann", "Lee"},
		" Ann   Lee ":          {"Ann", "Lee"},
		"Ludwig van Beethoven": {"Ludwig", "van Beethoven"},
		"Cher":                 {"Cher", ""},
		"Lee, Ann":             {"Ann", "Lee"},
		"Ann Lee, Jr.":         {"Ann", "Lee, Jr."},
		"Ann,":                 {"Ann,", ""},
		"":                     {"", ""},
	} {
		first, last := crm.SplitName(in)
		if got := [2]string{first, last}; got != want {
			t.Errorf("SplitName(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFieldKey(t *testing.T) {
	for in, want := range map[string]string{
		"plan": "plan", "favourite_colour": "favourite_colour", "Favourite colour": "favourite_colour",
		"  T-shirt / size ": "t_shirt_size", "Größe": "größe", "--": "", "": "", "2nd": "2nd",
	} {
		if got := crm.FieldKey(in); got != want {
			t.Errorf("FieldKey(%q) = %q, want %q", in, got, want)
		}
	}
}

// What was made normal is normal: stored keys are made normal again when they
// are looked up.
func TestNormalFormsAreStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ a-zA-Z0-9.+@<>:"-]{0,40}`)).Draw(t, "text")
		if email, ok := crm.NormalizeEmail(text); ok {
			if again, ok := crm.NormalizeEmail(email); !ok || again != email {
				t.Fatalf("e-mail %q became %q", email, again)
			}
		}
		number := rapid.StringMatching(`(\+|00)?[0-9 ()-]{3,18}`).Draw(t, "number")
		if phone, ok := crm.NormalizePhone(number, "US"); ok {
			if again, ok := crm.NormalizePhone(phone, ""); !ok || again != phone {
				t.Fatalf("phone %q became %q", phone, again)
			}
		}
		if key := crm.FieldKey(text); crm.FieldKey(key) != key {
			t.Fatalf("key %q became %q", key, crm.FieldKey(key))
		}
	})
}

// Plain stands in for the way through JSON, which it must not differ from.
func TestPlainIsTheJSONForm(t *testing.T) {
	c := crm.Contact{
		ID: "con_1", Number: 7, Email: "ann@example.com", Phone: "+14155552671", Name: "Ann Lee", FirstName: "Ann",
		LastName: "Lee", ExternalUserID: "u1", Company: "Acme", Timezone: "UTC", Source: "form", DateOfBirth: "1990-01-31",
		Address:    crm.Address{Line1: "1 St", Line2: "2", City: "Rome", State: "RM", PostalCode: "00100", Country: "IT"},
		Subscribed: true, Tags: []string{"a", "b"}, Fields: map[string]any{"big": 820982911946154508, "list": []any{1, "x"}},
		CreatedAt: time.Date(2026, 1, 2, 3, 4, 5, 678000, time.UTC), UpdatedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}
	if diff := cmp.Diff(value.Normalize(c), any(c.Plain())); diff != "" {
		t.Errorf("contact (-JSON +Plain):\n%s", diff)
	}
	empty := crm.Contact{}.Plain()
	if diff := cmp.Diff([]any{[]any{}, map[string]any{}}, []any{empty["tags"], empty["fields"]}); diff != "" {
		t.Errorf("an empty contact: %s", diff)
	}
}
