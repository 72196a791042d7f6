// Package event holds the triggers that start when something happens to the
// workspace's own data.
package event

import (
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

const group = "Triggers"

// object returns one object of an event's data, empty when it is not there.
func object(e crm.Event, name string) map[string]any {
	m, _ := e.Data[name].(map[string]any)
	return m
}

// texts returns a list of texts of an event's data.
func texts(v any) []string {
	items, _ := v.([]any)
	list := make([]string, 0, len(items))
	for _, item := range items {
		if text, ok := item.(string); ok {
			list = append(list, text)
		}
	}
	return list
}

// anyTag reports whether one of the names is wanted; no wish takes all. Tags
// compare ignoring case.
func anyTag(wanted []string, names ...string) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want string) bool {
		return slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(strings.TrimSpace(want), name) })
	})
}

// anyOffer reports whether the offer is wanted by its id or exact title; no wish
// takes all.
func anyOffer(wanted []nodes.Ref, offer map[string]any) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(want nodes.Ref) bool {
		ref := strings.TrimSpace(string(want))
		return ref != "" && (ref == offer["id"] || ref == offer["title"])
	})
}

// sample is the trigger scope of an event with its objects.
func sample(event string, objects map[string]any) map[string]any {
	scope := map[string]any{
		"id": "start", "type": event, "event": event, "occurred_at": "2026-01-31T09:00:00Z",
		"contact": crm.Contact{
			ID: "con_0197c2a4", Number: 1042, Email: "ada@example.com", Phone: "+14155552671", Name: "Ada Lovelace",
			FirstName: "Ada", LastName: "Lovelace", Subscribed: true, Tags: []string{"customer"}, Fields: map[string]any{"plan": "gold"},
		}.Plain(),
	}
	maps.Copy(scope, objects)
	return scope
}

var (
	sampleTag   = crm.Tag{ID: "tag_0197c2a4", Number: 7, Name: "customer"}.Plain()
	sampleOffer = crm.Offer{ID: "off_0197c2a4", Number: 12, Title: "Course A", Products: []crm.Product{{ID: "prd_1", Title: "Videos"}}}.Plain()
)

func sampleGrant() map[string]any {
	return crm.Grant{ID: "grt_0197c2a4", ContactID: "con_0197c2a4", OfferID: "off_0197c2a4"}.Plain()
}
