package sender

// Plain is the name of the sender that sends plain JSON and does not sign.
const Plain = "json"

// Source: none, because nobody in particular sends it. Its samples are what forms
// and shops of no known maker usually send.
var _ = register(Sender{
	Name: Plain, Label: "Plain JSON", Rank: 3,
	Samples: []Sample{
		{Event: "lead.created", Label: "New lead", ids: []string{"lead_1001"}, Body: []byte(`{
  "id": "lead_1001",
  "event": "lead.created",
  "created_at": "2026-01-10T10:30:00Z",
  "email": "ada@example.com",
  "first_name": "Ada",
  "last_name": "Lovelace",
  "phone": "+44 20 7946 0018",
  "source": "landing-page",
  "amount": 49.5,
  "tags": ["newsletter", "course-a"]
}
`)},
		{Event: "purchase.completed", Label: "Purchase", ids: []string{"order_2001"}, Body: []byte(`{
  "id": "order_2001",
  "event": "purchase.completed",
  "created_at": "2026-01-10T10:30:00Z",
  "customer": { "email": "ada@example.com", "name": "Ada Lovelace", "phone": "+44 20 7946 0018", "country": "GB" },
  "currency": "GBP",
  "total": 98,
  "items": [
    { "sku": "COURSE-A", "title": "Course A", "quantity": 1, "price": 49 },
    { "sku": "COURSE-B", "title": "Course B", "quantity": 1, "price": 49 }
  ]
}
`)},
	},
})
