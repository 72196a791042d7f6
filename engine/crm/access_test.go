package crm_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine/crm"
)

func TestTags(t *testing.T) {
	tx := workspace(crm.Contact{Email: "ada@example.com", Tags: []string{"VIP", "old"}})
	ada, _ := tx.Contact("con_1")

	added, err := crm.AddTags(tx, &ada, []string{"vip", " new  tag ", "NEW TAG", ""})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"new tag"}, added); diff != "" {
		t.Errorf("added: %s", diff)
	}
	removed, err := crm.RemoveTags(tx, &ada, []string{"OLD", "unknown"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"old"}, removed); diff != "" {
		t.Errorf("removed: %s", diff)
	}
	if diff := cmp.Diff([]string{"VIP", "new tag"}, ada.Tags); diff != "" {
		t.Errorf("tags: %s", diff)
	}

	added, removed, err = crm.SetTags(tx, &ada, []string{"vip", "gold"})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([][]string{{"gold"}, {"new tag"}}, [][]string{added, removed}); diff != "" {
		t.Errorf("set: %s", diff)
	}
	stored, _ := tx.Contact("con_1")
	if diff := cmp.Diff([]string{"VIP", "gold"}, stored.Tags); diff != "" {
		t.Errorf("stored tags: %s", diff)
	}
	want := []string{crm.TagAdded, crm.TagRemoved, crm.TagRemoved, crm.TagAdded}
	if diff := cmp.Diff(want, tx.EventTypes()); diff != "" {
		t.Errorf("events: %s", diff)
	}
	if tag := tx.Events[0].Data["tag"].(map[string]any); tag["name"] != "new tag" || tag["id"] == "" {
		t.Errorf("the event names %v", tag)
	}
}

func TestTooManyTags(t *testing.T) {
	tx := workspace(crm.Contact{Email: "ada@example.com"})
	ada, _ := tx.Contact("con_1")
	var names []string
	for i := range crm.MaxTags + 1 {
		names = append(names, fmt.Sprint("tag ", i))
	}
	var rejected *crm.Rejected
	_, err := crm.AddTags(tx, &ada, names)
	if !errors.As(err, &rejected) || rejected.Code != "too_many" || len(tx.Events) > 0 {
		t.Errorf("got %v", err)
	}
}

func TestGrantAndRevoke(t *testing.T) {
	tx := workspace(crm.Contact{Email: "ada@example.com"})
	course := tx.AddOffer("Course A", "Videos")
	ada, _ := tx.Contact("con_1")

	first, err := crm.GrantOffer(tx, ada, "Course A", "run_1")
	if err != nil || first.Already || first.Grant.ID == "" || first.Grant.RunID != "run_1" || !first.Grant.GrantedAt.Equal(noon) {
		t.Fatalf("first grant: %+v, %v", first, err)
	}
	again, err := crm.GrantOffer(tx, ada, course.ID, "run_2")
	if err != nil || !again.Already || again.Grant.ID != first.Grant.ID {
		t.Fatalf("second grant: %+v, %v", again, err)
	}
	gone, err := crm.RevokeOffer(tx, ada, course.ID)
	if err != nil || !gone.Revoked || !gone.Grant.RevokedAt.Equal(noon) {
		t.Fatalf("revoke: %+v, %v", gone, err)
	}
	nothing, err := crm.RevokeOffer(tx, ada, course.ID)
	if err != nil || nothing.Revoked {
		t.Fatalf("second revoke: %+v, %v", nothing, err)
	}
	if diff := cmp.Diff([]string{crm.OfferGranted, crm.OfferRevoked}, tx.EventTypes()); diff != "" {
		t.Errorf("events: %s", diff)
	}
	want := map[string]any{
		"offer":   map[string]any{"id": course.ID, "number": 2, "title": "Course A", "products": []any{map[string]any{"id": "prd_2_0", "title": "Videos"}}},
		"grant":   map[string]any{"id": first.Grant.ID, "contact_id": "con_1", "offer_id": course.ID, "granted_at": "2026-01-31T12:00:00Z", "revoked_at": nil},
		"contact": ada.Plain(),
	}
	if diff := cmp.Diff(want, tx.Events[0].Data); diff != "" {
		t.Errorf("event data (-want +got):\n%s", diff)
	}
}

func TestOffersThatCannotBeFound(t *testing.T) {
	tx := workspace(crm.Contact{Email: "ada@example.com"})
	ada, _ := tx.Contact("con_1")
	tx.AddOffer("Course A")
	for ref, code := range map[string]string{"": "blank", "  ": "blank", "course a": "not_found", "off_9": "not_found"} {
		var rejected *crm.Rejected
		if _, err := crm.GrantOffer(tx, ada, ref, ""); !errors.As(err, &rejected) || rejected.Code != code || rejected.Field != "offer" {
			t.Errorf("grant %q: %v", ref, err)
		}
		if _, err := crm.RevokeOffer(tx, ada, ref); !errors.As(err, &rejected) || rejected.Code != code {
			t.Errorf("revoke %q: %v", ref, err)
		}
	}
	broken := errors.New("broken")
	for _, call := range []string{"Offer", "ActiveGrant", "InsertGrant", "Emit"} {
		tx.Fail = map[string]error{call: broken}
		if _, err := crm.GrantOffer(tx, ada, "Course A", ""); !errors.Is(err, broken) {
			t.Errorf("%s: %v", call, err)
		}
	}
}
