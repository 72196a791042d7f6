// Package kajabi writes our events in the words of Kajabi's webhooks: the
// JSON:API resources that its API's hooks send, and both forms of the webhooks
// that people set up in its dashboard. It is pure: plain values in, plain values
// out.
//
// Source: developers.kajabi.com, "Create hook"; help.kajabi.com, "Use webhooks
// with Kajabi" and "What information is sent with outbound webhooks".
package kajabi

import (
	"maps"
	"slices"

	"github.com/hookloom/hookloom/engine/crm"
)

// The events of Kajabi's API.
const (
	Purchase         = "purchase"
	PaymentSucceeded = "payment_succeeded"
	OrderCreated     = "order_created"
	FormSubmission   = "form_submission"
	TagAdded         = "tag_added"
	TagRemoved       = "tag_removed"
)

// ours are the events that stand behind Kajabi's names.
var ours = map[string]string{
	Purchase: crm.PurchaseCreated, PaymentSucceeded: crm.PaymentSucceeded, OrderCreated: crm.OrderCreated,
	FormSubmission: crm.FormSubmitted, TagAdded: crm.TagAdded, TagRemoved: crm.TagRemoved,
}

// Events returns Kajabi's names of events, sorted.
func Events() []string { return slices.Sorted(maps.Keys(ours)) }

// Ours returns our name of one of Kajabi's events; ok is false for one that
// Kajabi does not have.
func Ours(event string) (name string, ok bool) {
	name, ok = ours[event]
	return name, ok
}

// Theirs returns Kajabi's name of one of our events; ok is false for an event
// that its API does not send.
func Theirs(event string) (name string, ok bool) {
	for theirs, name := range ours {
		if name == event {
			return theirs, true
		}
	}
	return "", false
}

// Scopes are the rights that Kajabi asks for, by event; all of them are needed.
var Scopes = map[string][]string{
	Purchase: {"view:purchases"}, PaymentSucceeded: {"view:transactions"}, OrderCreated: {"view:transactions", "view:orders"},
	FormSubmission: {"view:form_submissions"}, TagAdded: {"view:contacts"}, TagRemoved: {"view:contacts"},
}
