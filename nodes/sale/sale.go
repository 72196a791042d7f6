// Package sale holds the node types that record what was sold elsewhere.
package sale

import (
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

const group = "Sales"

// again is the note of a step that found its sale recorded.
const again = "This was recorded before: the external ID is known, so nothing was changed."

// titles are offers as texts.
func titles(refs []nodes.Ref) []string {
	list := make([]string, 0, len(refs))
	for _, r := range refs {
		if r != "" {
			list = append(list, string(r))
		}
	}
	return list
}

func plainPurchases(list []crm.Purchase) []any {
	plain := make([]any, len(list))
	for i, p := range list {
		plain[i] = p.Plain()
	}
	return plain
}

func sampleSubscription() map[string]any {
	return crm.Subscription{
		ID: "sub_0197c2a4", ContactID: "con_0197c2a4", OfferID: "off_0197c2a4", State: crm.SubscriptionActive, Amount: 900, Currency: "USD",
		Interval: "month", ExternalID: "sub_1Nx", CreatedAt: time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC),
	}.Plain()
}
