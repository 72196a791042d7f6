package crm_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

var noon = time.Date(2026, 1, 31, 12, 0, 0, 0, time.UTC)

func workspace(people ...crm.Contact) *nodetest.Tx {
	tx := nodetest.NewTx(noon, crm.Workspace{ID: "ws_1", DefaultCountry: "US"})
	for _, c := range people {
		tx.AddContact(c)
	}
	return tx
}

func yes() *bool { v := true; return &v }

func TestUpsert(t *testing.T) {
	ada := crm.Contact{
		Email: "ada@example.com", Phone: "+14155552671", ExternalUserID: "u1", Name: "Ada Lovelace",
		FirstName: "Ada", LastName: "Lovelace", Company: "Engines", Tags: []string{"VIP"},
		Fields: map[string]any{"plan": "gold", "seats": 3},
	}
	grace := crm.Contact{Email: "grace@example.com", Phone: "+14155552672", ExternalUserID: "u2", Name: "Grace Hopper"}
	phoneOnly := crm.Contact{Phone: "+14155552671", Name: "Someone"}

	for name, c := range map[string]struct {
		people   []crm.Contact
		in       crm.UpsertInput
		want     func(*crm.Contact)
		created  bool
		changed  []string
		events   []string
		warnings []string
		count    int
	}{
		"creates": {
			in: crm.UpsertInput{
				Email: " Ann@Example.COM ", Name: "Ann Lee", Phone: "(415) 555-2671", Subscribed: yes(),
				Tags: []string{"new", " New ", ""}, Fields: map[string]any{"Favourite colour": "blue", "empty": " "},
				Address: crm.Address{City: "Berlin", Country: "de"},
			},
			want: func(c *crm.Contact) {
				*c = crm.Contact{
					Email: "ann@example.com", Phone: "+14155552671", Name: "Ann Lee", FirstName: "Ann", LastName: "Lee",
					Subscribed: true, Tags: []string{"new"}, Fields: map[string]any{"favourite_colour": "blue"},
					Address: crm.Address{City: "Berlin", Country: "DE"},
				}
			},
			created: true, count: 1,
			changed: []string{"email", "phone", "name", "first_name", "last_name", "address.city", "address.country", "subscribed", "fields.favourite_colour"},
			events:  []string{crm.ContactCreated, crm.TagAdded},
		},
		"matches the e-mail ignoring case": {
			people: []crm.Contact{ada}, in: crm.UpsertInput{Email: "ADA@example.com", Company: "Analytical"},
			want:    func(c *crm.Contact) { c.Company = "Analytical" },
			changed: []string{"company"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"a blank value never overwrites and nothing new raises nothing": {
			people: []crm.Contact{ada},
			in: crm.UpsertInput{
				Email: "ada@example.com", Name: " ", Phone: "\t", Company: "", Tags: []string{"vip"},
				Fields: map[string]any{"plan": nil, "seats": 3.0 - 0.0, "list": []any{}},
			},
			want:    func(c *crm.Contact) { c.Fields["seats"] = 3.0 },
			changed: []string{"fields.seats"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"the same again changes nothing": {
			people: []crm.Contact{ada},
			in:     crm.UpsertInput{Email: "ada@example.com", Phone: "+1 415 555 2671", ExternalUserID: "u1", Name: "Ada Lovelace", Tags: []string{"vip"}, Fields: map[string]any{"plan": "gold"}},
			want:   func(*crm.Contact) {}, count: 1,
		},
		"a name that is known keeps corrected parts": {
			people: []crm.Contact{{Email: "b@example.com", Name: "Ludwig van Beethoven", FirstName: "Ludwig van", LastName: "Beethoven"}},
			in:     crm.UpsertInput{Email: "b@example.com", Name: "Ludwig van Beethoven"},
			want:   func(*crm.Contact) {}, count: 1,
		},
		"a new name is split anew": {
			people: []crm.Contact{ada}, in: crm.UpsertInput{Email: "ada@example.com", Name: "Cher"},
			want:    func(c *crm.Contact) { c.Name, c.FirstName, c.LastName = "Cher", "Cher", "" },
			changed: []string{"name", "first_name", "last_name"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"a first name makes a new name": {
			people: []crm.Contact{ada}, in: crm.UpsertInput{Email: "ada@example.com", FirstName: "Augusta"},
			want:    func(c *crm.Contact) { c.Name, c.FirstName = "Augusta Lovelace", "Augusta" },
			changed: []string{"name", "first_name"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"matches the phone when the e-mail is new": {
			people: []crm.Contact{phoneOnly}, in: crm.UpsertInput{Email: "new@example.com", Phone: "415-555-2671"},
			want:    func(c *crm.Contact) { c.Email = "new@example.com" },
			changed: []string{"email"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"matches the external user id last": {
			people: []crm.Contact{ada}, in: crm.UpsertInput{Email: "new@example.com", ExternalUserID: "u1"},
			want:    func(c *crm.Contact) { c.Email = "new@example.com" },
			changed: []string{"email"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"an external user id compares exactly": {
			people: []crm.Contact{ada}, in: crm.UpsertInput{ExternalUserID: "U1"},
			want: func(c *crm.Contact) { *c = crm.Contact{ExternalUserID: "U1"} }, created: true,
			changed: []string{"external_user_id"}, events: []string{crm.ContactCreated}, count: 2,
		},
		"e-mail and phone of two contacts: the e-mail wins": {
			people: []crm.Contact{ada, grace}, in: crm.UpsertInput{Email: "ada@example.com", Phone: "+14155552672"},
			want:     func(*crm.Contact) {},
			warnings: []string{`The phone number "+14155552672" belongs to another contact and was left out; the contact was found by its e-mail.`},
			count:    2,
		},
		"an external user id of another contact is left": {
			people: []crm.Contact{{Email: "ann@example.com"}, grace}, in: crm.UpsertInput{Email: "ann@example.com", ExternalUserID: "u2"},
			want:     func(*crm.Contact) {},
			warnings: []string{`The external user ID "u2" belongs to another contact and was left out; the contact was found by its e-mail.`},
			count:    2,
		},
		"clear blanks what has no new value": {
			people: []crm.Contact{ada},
			in:     crm.UpsertInput{Email: "ada@example.com", Company: "New", Clear: []string{"phone", "company", "fields.plan"}},
			want: func(c *crm.Contact) {
				c.Phone, c.Company = "", "New"
				delete(c.Fields, "plan")
			},
			changed: []string{"phone", "company", "fields.plan"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"clears whole groups": {
			people:  []crm.Contact{{Email: "a@example.com", Address: crm.Address{Line1: "1 St", City: "Rome"}, Fields: map[string]any{"a": 1, "b": 2}}},
			in:      crm.UpsertInput{Email: "a@example.com", Clear: []string{"address", "fields"}, Address: crm.Address{City: "Milan"}},
			want:    func(c *crm.Contact) { c.Address, c.Fields = crm.Address{City: "Milan"}, map[string]any{} },
			changed: []string{"address.line1", "address.city", "fields.a", "fields.b"}, events: []string{crm.ContactUpdated}, count: 1,
		},
		"a text that is no phone number is left": {
			in:   crm.UpsertInput{Email: "a@example.com", Phone: "n/a"},
			want: func(c *crm.Contact) { *c = crm.Contact{Email: "a@example.com"} }, created: true,
			changed: []string{"email"}, events: []string{crm.ContactCreated}, count: 1,
			warnings: []string{`"n/a" is not a phone number. It was left out.`},
		},
		"a number that cannot be read is kept as it came": {
			in:   crm.UpsertInput{Email: "a@example.com", Phone: "12345678901234567890"},
			want: func(c *crm.Contact) { *c = crm.Contact{Email: "a@example.com", Phone: "12345678901234567890"} }, created: true,
			changed: []string{"email", "phone"}, events: []string{crm.ContactCreated}, count: 1,
			warnings: []string{`"12345678901234567890" could not be read as an international phone number and is kept as it came. Add the country's prefix, or set the workspace's default country.`},
		},
		"an unknown zone and a birthday of another kind are left": {
			in:   crm.UpsertInput{Email: "a@example.com", Timezone: "Mars/Olympus", DateOfBirth: "31/01/1990"},
			want: func(c *crm.Contact) { *c = crm.Contact{Email: "a@example.com"} }, created: true,
			changed: []string{"email"}, events: []string{crm.ContactCreated}, count: 1,
			warnings: []string{`"Mars/Olympus" is not a time zone such as Europe/Berlin. It was left out.`, `"31/01/1990" is not a date such as 1990-01-31. It was left out.`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			tx := workspace(c.people...)
			var want crm.Contact
			if len(c.people) > 0 {
				want, _ = tx.Contact("con_1")
			}
			got, err := crm.Upsert(tx, c.in)
			if err != nil {
				t.Fatal(err)
			}
			c.want(&want)
			want.ID, want.Number, want.CreatedAt, want.UpdatedAt = got.Contact.ID, got.Contact.Number, noon, noon
			if diff := cmp.Diff(want, got.Contact); diff != "" {
				t.Errorf("contact (-want +got):\n%s", diff)
			}
			stored, err := tx.Contact(got.Contact.ID)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, stored); diff != "" {
				t.Errorf("stored contact (-want +got):\n%s", diff)
			}
			if got.Created != c.created || len(tx.People) != c.count {
				t.Errorf("created %v with %d contacts, want %v with %d", got.Created, len(tx.People), c.created, c.count)
			}
			for what, pair := range map[string][2][]string{
				"changed": {c.changed, got.Changed}, "events": {c.events, tx.EventTypes()}, "warnings": {c.warnings, got.Warnings},
			} {
				if diff := cmp.Diff(pair[0], pair[1], equateEmpty); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
		})
	}
}

var equateEmpty = cmp.Transformer("nil", func(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
})

func TestUpsertRejects(t *testing.T) {
	ada := crm.Contact{Email: "ada@example.com", Phone: "+14155552671", ExternalUserID: "u1"}
	for name, c := range map[string]struct {
		in          crm.UpsertInput
		field, code string
		message     string
	}{
		"nothing to know the contact by":              {crm.UpsertInput{Name: "Ann", Email: " "}, "email", "blank", "all three came empty"},
		"no e-mail address":                           {crm.UpsertInput{Email: "ann at example"}, "email", "invalid", `"ann at example" is not an e-mail address`},
		"a phone alone that is none":                  {crm.UpsertInput{Phone: "n/a"}, "phone", "invalid", "not a phone number"},
		"the same e-mail with another id":             {crm.UpsertInput{Email: "ADA@example.com", ExternalUserID: "U1"}, "external_user_id", "conflict", `"ada@example.com" belongs to a contact with the external user ID "u1", not "U1"`},
		"the same phone with another id":              {crm.UpsertInput{Phone: "+14155552671", ExternalUserID: "u9"}, "external_user_id", "conflict", `"+14155552671" belongs to`},
		"an unknown field to clear":                   {crm.UpsertInput{Email: "a@example.com", Clear: []string{"tags"}}, "clear", "invalid", `"tags" cannot be cleared`},
		"a text that is too long":                     {crm.UpsertInput{Email: "a@example.com", Company: strings.Repeat("x", 1001)}, "company", "too_long", "1001 characters"},
		"a tag that is too long":                      {crm.UpsertInput{Email: "a@example.com", Tags: []string{strings.Repeat("é", 101)}}, "tags", "too_long", "101 characters"},
		"a field without a name":                      {crm.UpsertInput{Email: "a@example.com", Fields: map[string]any{"--": 1}}, "fields", "invalid", `"--"`},
		"fields that are too long":                    {crm.UpsertInput{Email: "a@example.com", Fields: map[string]any{"a": strings.Repeat("x", 70<<10)}}, "fields", "too_long", "at most 64 KB"},
		"strict: a text that is no phone number":      {crm.UpsertInput{Email: "a@example.com", Phone: "n/a", Strict: true}, "phone", "invalid", ""},
		"strict: a birthday that is none":             {crm.UpsertInput{Email: "a@example.com", DateOfBirth: "soon", Strict: true}, "date_of_birth", "invalid", ""},
		"strict: an unknown zone, local is none here": {crm.UpsertInput{Email: "a@example.com", Timezone: "Local", Strict: true}, "timezone", "invalid", ""},
	} {
		t.Run(name, func(t *testing.T) {
			tx := workspace(ada)
			before, _ := tx.Contact("con_1")
			_, err := crm.Upsert(tx, c.in)
			var rejected *crm.Rejected
			if !errors.As(err, &rejected) {
				t.Fatalf("got %v, want a rejection", err)
			}
			if rejected.Field != c.field || rejected.Code != c.code || !strings.Contains(rejected.Message, c.message) {
				t.Errorf("rejected %s as %s: %s", rejected.Field, rejected.Code, rejected.Message)
			}
			after, _ := tx.Contact("con_1")
			if diff := cmp.Diff(before, after); diff != "" || len(tx.People) != 1 || len(tx.Events) != 0 {
				t.Errorf("something was written: %s %v", diff, tx.EventTypes())
			}
		})
	}
}

func TestUpdate(t *testing.T) {
	tx := workspace(crm.Contact{Email: "ada@example.com", ExternalUserID: "u1", Company: "Engines"}, crm.Contact{Email: "grace@example.com", Phone: "+14155552672"})
	got, err := crm.Update(tx, "con_1", crm.UpsertInput{Email: "augusta@example.com", ExternalUserID: "u9", Clear: []string{"company"}, Tags: []string{"vip"}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"email", "external_user_id", "company"}, got.Changed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{crm.ContactUpdated, crm.TagAdded}, tx.EventTypes()); diff != "" {
		t.Error(diff)
	}
	if c := got.Contact; c.Email != "augusta@example.com" || c.ExternalUserID != "u9" || c.Company != "" || len(c.Tags) != 1 {
		t.Errorf("got %+v", c)
	}
	for _, in := range []crm.UpsertInput{{Email: "Grace@example.com"}, {Phone: "(415) 555-2672"}} {
		var rejected *crm.Rejected
		if _, err := crm.Update(tx, "con_1", in); !errors.As(err, &rejected) || rejected.Code != "taken" {
			t.Errorf("%+v: got %v, want taken", in, err)
		}
	}
	if _, err := crm.Update(tx, "con_9", crm.UpsertInput{}); !errors.Is(err, crm.ErrNotFound) {
		t.Errorf("an unknown contact: %v", err)
	}
}

func TestUpsertEventsHoldPlainValues(t *testing.T) {
	tx := workspace()
	got, err := crm.Upsert(tx, crm.UpsertInput{Email: "ann@example.com", Tags: []string{"vip"}, Fields: map[string]any{"seats": 3}})
	if err != nil {
		t.Fatal(err)
	}
	want := []crm.Event{
		{ID: "evt_1", Type: crm.ContactCreated, ContactID: got.Contact.ID, OccurredAt: noon, Data: map[string]any{"contact": got.Contact.Plain()}},
		{ID: "evt_2", Type: crm.TagAdded, ContactID: got.Contact.ID, OccurredAt: noon, Data: map[string]any{
			"contact": got.Contact.Plain(), "tag": map[string]any{"id": "tag_2", "number": 2, "name": "vip"},
		}},
	}
	if diff := cmp.Diff(want, tx.Events); diff != "" {
		t.Errorf("events (-want +got):\n%s", diff)
	}
	// The events own their data: what later steps do to the contact is not in them.
	got.Contact.Fields["seats"] = 4
	if seats := tx.Events[0].Data["contact"].(map[string]any)["fields"].(map[string]any)["seats"]; seats != 3 {
		t.Errorf("the event changed with the contact: %v", seats)
	}
}

func TestUpsertPassesErrorsOfTheTransaction(t *testing.T) {
	broken := errors.New("broken")
	for _, call := range []string{"Workspace", "ContactsBy", "InsertContact", "TagContact", "Emit"} {
		tx := workspace()
		tx.Fail[call] = broken
		if _, err := crm.Upsert(tx, crm.UpsertInput{Email: "a@example.com", Phone: "4155552671", Tags: []string{"a"}}); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", call, err)
		}
	}
}

// Whatever comes in, doing it again changes nothing and raises nothing: a
// sender's repeat must not look like news.
func TestUpsertTwiceIsOnce(t *testing.T) {
	word := rapid.SampledFrom([]string{"", " ", "Ann", "ann lee", "Lee, Ann", "a@example.com", "B@example.com", "415 555 2671", "+49 30 123456", "n/a", "u1", "U1", "1990-01-31", "Europe/Berlin", "x\x00y", "é\u200b"})
	rapid.Check(t, func(t *rapid.T) {
		tx := workspace()
		for range rapid.IntRange(1, 4).Draw(t, "calls") {
			in := crm.UpsertInput{
				Email: word.Draw(t, "email"), Phone: word.Draw(t, "phone"), ExternalUserID: word.Draw(t, "external"),
				Name: word.Draw(t, "name"), FirstName: word.Draw(t, "first"), LastName: word.Draw(t, "last"),
				Company: word.Draw(t, "company"), DateOfBirth: word.Draw(t, "born"), Timezone: word.Draw(t, "zone"),
				Tags: rapid.SliceOfN(word, 0, 3).Draw(t, "tags"), Fields: map[string]any{"f": word.Draw(t, "field")},
				Clear: rapid.SliceOfN(rapid.SampledFrom([]string{"company", "name", "address", "fields.f"}), 0, 2).Draw(t, "clear"),
			}
			before := len(tx.People)
			first, err := crm.Upsert(tx, in)
			if err != nil {
				var rejected *crm.Rejected
				if !errors.As(err, &rejected) {
					t.Fatalf("only rules may reject: %v", err)
				}
				if len(tx.People) != before {
					t.Fatal("a rejected upsert left a contact behind")
				}
				continue
			}
			events := len(tx.Events)
			again, err := crm.Upsert(tx, in)
			if err != nil {
				t.Fatalf("the same again: %v", err)
			}
			if again.Created || len(again.Changed) > 0 || len(tx.Events) != events || again.Contact.ID != first.Contact.ID {
				t.Fatalf("the same again changed %v of %+v, events %v", again.Changed, again.Contact, tx.EventTypes()[events:])
			}
		}
	})
}
