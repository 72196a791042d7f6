package contact

import (
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

func sampleContact() map[string]any {
	created := time.Date(2026, 1, 31, 9, 0, 0, 0, time.UTC)
	return crm.Contact{
		ID: "con_0197c2a4", Number: 1042, Email: "ada@example.com", Phone: "+14155552671", Name: "Ada Lovelace",
		FirstName: "Ada", LastName: "Lovelace", ExternalUserID: "u_1815", Company: "Analytical Engines",
		Address: crm.Address{Line1: "12 St James Square", City: "London", PostalCode: "SW1Y 4JH", Country: "GB"},
		Source:  "Checkout", Subscribed: true, Tags: []string{"customer"}, Fields: map[string]any{"plan": "gold"},
		Timezone: "Europe/London", DateOfBirth: "1815-12-10", CreatedAt: created, UpdatedAt: created,
	}.Plain()
}
