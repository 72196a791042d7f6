package offer_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/nodetest"
	_ "github.com/hookloom/hookloom/nodes/offer"
)

func bench(subscribed bool) *nodetest.Bench {
	b := nodetest.New()
	b.Tx.AddOffer("Course A", "Videos")
	c := b.Tx.AddContact(crm.Contact{Email: "ada@example.com", Subscribed: subscribed})
	b.Contact = &c
	return b
}

func TestGrantOnce(t *testing.T) {
	b := bench(true)
	first, err := b.Internal("offer.grant", nodetest.Params(`{"offer":"Course A"}`))
	if err != nil {
		t.Fatal(err)
	}
	again, err := b.Internal("offer.grant", nodetest.Params(`{"offer":"off_1"}`))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"grant_id": first["grant_id"], "already_granted": true, "email": "not sent: the contact had access already"}
	if diff := cmp.Diff(want, again); diff != "" || first["already_granted"] != false || first["grant_id"] == "" {
		t.Errorf("first %v, again %v", first, again)
	}
	if len(b.Tx.Grants) != 1 || b.Tx.Grants[0].RunID != "run_1" {
		t.Errorf("grants %+v", b.Tx.Grants)
	}
	if diff := cmp.Diff([]string{crm.OfferGranted}, b.Tx.EventTypes()); diff != "" {
		t.Error(diff)
	}
}

func TestGrantSaysWhatBecameOfTheEmail(t *testing.T) {
	for _, c := range []struct {
		send       string
		subscribed bool
		want       string
	}{
		{"", true, "queued"},
		{"if_subscribed", false, "not sent: the contact is not subscribed"},
		{"always", false, "queued"},
		{"never", true, "not sent: switched off"},
	} {
		out, err := bench(c.subscribed).Internal("offer.grant", map[string]any{"offer": "Course A", "send_email": c.send})
		if err != nil || out["email"] != c.want {
			t.Errorf("%q, subscribed %v: %v, %v", c.send, c.subscribed, out, err)
		}
	}
}

func TestRevoke(t *testing.T) {
	b := bench(true)
	if out, err := b.Internal("offer.revoke", nodetest.Params(`{"offer":"Course A"}`)); err != nil || out["revoked"] != false || len(b.Warnings) != 1 {
		t.Errorf("nothing to revoke: %v, %v, %q", out, err, b.Warnings)
	}
	if _, err := b.Internal("offer.grant", nodetest.Params(`{"offer":"Course A"}`)); err != nil {
		t.Fatal(err)
	}
	if out, err := b.Internal("offer.revoke", nodetest.Params(`{"offer":"Course A"}`)); err != nil || out["revoked"] != true {
		t.Errorf("revoke: %v, %v", out, err)
	}
	if diff := cmp.Diff([]string{crm.OfferGranted, crm.OfferRevoked}, b.Tx.EventTypes()); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCannotBeGranted(t *testing.T) {
	for _, id := range []string{"offer.grant", "offer.revoke"} {
		b := bench(true)
		if _, err := b.Internal(id, nodetest.Params(`{"offer":"course a"}`)); err == nil || !nodes.IsPermanent(err) || nodes.FieldOf(err) != "/offer" {
			t.Errorf("%s of an unknown offer: %v", id, err)
		}
		if _, err := b.Internal(id, nodetest.Params(`{"offer":"{{ trigger.body.none }}"}`)); err == nil || err.Error() != "Offer can't be empty" {
			t.Errorf("%s of none: %v", id, err)
		}
		b.Contact = nil
		if _, err := b.Internal(id, nodetest.Params(`{"offer":"Course A"}`)); err == nil || !strings.Contains(err.Error(), "no contact") {
			t.Errorf("%s to nobody: %v", id, err)
		}
	}
}
