package sender

// Source: shopify.dev/docs/apps/build/webhooks (verify deliveries, ignore
// duplicates) and the topics of shopify.dev/docs/api/webhooks.
var _ = register(Sender{
	Name: "shopify", Label: "Shopify", Rank: 10,
	Scheme: &Scheme{
		Name:     "shopify",
		Header:   []string{"X-Shopify-Hmac-Sha256"},
		Encoding: Base64,
		IDHeader: []string{"X-Shopify-Webhook-Id"},
	},
	Secret: "Your app's client secret, or under Settings, Notifications, Webhooks the key below the list.",
	Dedupe: `{{ trigger.headers["x-shopify-webhook-id"] }}`, DedupeLabel: "The webhook's id in the header X-Shopify-Webhook-Id",
	Headers: []string{"x-shopify-topic"},
	Labels: []Label{
		{"customer.email", "Customer e-mail", RoleEmail},
		{"email", "Order e-mail", RoleEmail},
		{"customer.first_name", "First name", RoleFirstName},
		{"customer.last_name", "Last name", RoleLastName},
		{"customer.phone", "Customer phone", RolePhone},
		{"name", "Order number", ""},
		{"id", "Order id", ""},
		{"total_price", "Total", ""},
		{"currency", "Currency", ""},
		{"financial_status", "Payment status", ""},
		{"line_items", "Items", ""},
	},
	Samples: []Sample{{
		Event: "orders/create", Label: "Order created",
		ids: []string{"b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", "98880550-7158-44d4-b7cd-2c97c8a091b5"},
		Header: header("X-Shopify-Topic", "orders/create", "X-Shopify-Shop-Domain", "example.myshopify.com", "X-Shopify-Api-Version", "2026-01",
			"X-Shopify-Webhook-Id", "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", "X-Shopify-Event-Id", "98880550-7158-44d4-b7cd-2c97c8a091b5",
			"X-Shopify-Triggered-At", "2026-01-10T15:30:01.000000000Z"),
		Body: []byte(`{
  "id": 820982911946154508,
  "name": "#1001",
  "email": "ada@example.com",
  "created_at": "2026-01-10T10:30:00-05:00",
  "currency": "USD",
  "total_price": "403.00",
  "financial_status": "paid",
  "fulfillment_status": null,
  "note_attributes": [{ "name": "utm", "value": "x" }],
  "customer": { "id": 115310627314723950, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "phone": null },
  "line_items": [
    { "id": 866550311766439000, "product_id": 788032119674292900, "sku": "COURSE-A", "title": "Course A", "quantity": 1, "price": "199.00" },
    { "id": 141249953214522980, "product_id": 632910392, "sku": "TEE", "title": "Tee", "quantity": 2, "price": "102.00" }
  ]
}
`),
	}},
})
