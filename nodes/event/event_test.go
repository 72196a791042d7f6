package event_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/event"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// raised does something to a contact and returns the last event of it.
func raised(t *testing.T, do func(tx *nodetest.Tx, c crm.Contact) error) crm.Event {
	t.Helper()
	b := nodetest.New()
	b.Tx.AddOffer("Course A")
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com", Source: "Form", Tags: []string{"VIP"}})
	if err := do(b.Tx, c); err != nil {
		t.Fatal(err)
	}
	return b.Tx.Events[len(b.Tx.Events)-1]
}

func TestMatch(t *testing.T) {
	events := map[string]crm.Event{
		"contact.created": raised(t, func(tx *nodetest.Tx, _ crm.Contact) error {
			if _, err := crm.Upsert(tx, crm.UpsertInput{Email: "ann@example.com", Source: "Webinar"}); err != nil {
				return err
			}
			return nil
		}),
		"contact.updated": raised(t, func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.Update(tx, c.ID, crm.UpsertInput{Phone: "4155552671", Address: crm.Address{City: "Rome"}, Fields: map[string]any{"plan": "gold"}})
			return err
		}),
		"tag.added": raised(t, func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.AddTags(tx, &c, []string{"Gold"})
			return err
		}),
		"tag.removed": raised(t, func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.RemoveTags(tx, &c, []string{"vip"})
			return err
		}),
		"offer.granted": raised(t, func(tx *nodetest.Tx, c crm.Contact) error {
			_, err := crm.GrantOffer(tx, c, "Course A", "")
			return err
		}),
	}
	events["offer.revoked"] = raised(t, func(tx *nodetest.Tx, c crm.Contact) error {
		if _, err := crm.GrantOffer(tx, c, "Course A", ""); err != nil {
			return err
		}
		_, err := crm.RevokeOffer(tx, c, "Course A")
		return err
	})
	for _, c := range []struct {
		id, params string
		want       bool
	}{
		{"contact.created", `{}`, true},
		{"contact.created", `{"tags":["vip"]}`, false},
		{"contact.created", `{"sources":["webinar","other"]}`, true},
		{"contact.created", `{"sources":["form"]}`, false},
		{"contact.updated", `{}`, true},
		{"contact.updated", `{"fields":["phone"]}`, true},
		{"contact.updated", `{"fields":["address"]}`, true},
		{"contact.updated", `{"fields":["address.city"]}`, true},
		{"contact.updated", `{"fields":["address.line1","email"]}`, false},
		{"contact.updated", `{"fields":["fields.plan"]}`, true},
		{"contact.updated", `{"fields":["fields.pla"]}`, false},
		{"contact.updated", `{"fields":"phone, email","tags":["vip"]}`, true},
		{"contact.updated", `{"tags":["other"]}`, false},
		{"tag.added", `{}`, true},
		{"tag.added", `{"tags":["gold"]}`, true},
		{"tag.added", `{"tags":["vip"]}`, false},
		{"tag.removed", `{"tags":[" VIP "]}`, true},
		{"tag.removed", `{"tags":["gold"]}`, false},
		{"offer.granted", `{}`, true},
		{"offer.granted", `{"offers":["off_1"]}`, true},
		{"offer.granted", `{"offers":["Course A"]}`, true},
		{"offer.granted", `{"offers":["course a","off_2"]}`, false},
		{"offer.revoked", `{"offers":["Course A"]}`, true},
		{"offer.revoked", `{"offers":["Course B"]}`, false},
	} {
		e := events[c.id]
		if e.Type != c.id {
			t.Fatalf("%s raised %s", c.id, e.Type)
		}
		if got, err := nodetest.New().Match(c.id, nodetest.Params(c.params), e); got != c.want || err != nil {
			t.Errorf("%s %s: %v, %v", c.id, c.params, got, err)
		}
	}
	for id := range events {
		n := nodes.Default().Lookup(id)
		if n.Event != id || n.Source != "event" || !n.Provides(nil) {
			t.Errorf("%s listens to %q and brings a contact: %v", id, n.Event, n.Provides(nil))
		}
		// What people map by the sample must be what an event has.
		for name := range n.Sample {
			if _, known := events[id].Data[name]; !known && name != "id" && name != "type" && name != "event" && name != "occurred_at" {
				t.Errorf("the sample of %s shows %s, which its events lack", id, name)
			}
		}
		for name := range events[id].Data {
			if _, known := n.Sample[name]; !known {
				t.Errorf("the sample of %s lacks %s", id, name)
			}
		}
		if got, err := nodetest.New().Match(id, nodetest.Params(`{}`), crm.Event{Type: id}); !got || err != nil {
			t.Errorf("%s without data: %v, %v", id, got, err)
		}
	}
}
