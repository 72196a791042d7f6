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
		{"total_discounts", "Discounts", ""},
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
	}, {
		// A code of ten per cent: what an item cost is its price less its part of
		// the discount.
		Event: "orders/create:discount", Label: "Order created, with a discount code",
		ids: []string{"c65668f5-cee0-4c48-9b60-c08e81ce5154", "a9991661-8269-45e5-8ddf-3da9d9a2c6b6"},
		Header: header("X-Shopify-Topic", "orders/create", "X-Shopify-Shop-Domain", "example.myshopify.com", "X-Shopify-Api-Version", "2026-01",
			"X-Shopify-Webhook-Id", "c65668f5-cee0-4c48-9b60-c08e81ce5154", "X-Shopify-Event-Id", "a9991661-8269-45e5-8ddf-3da9d9a2c6b6",
			"X-Shopify-Triggered-At", "2026-01-10T15:35:01.000000000Z"),
		Body: []byte(`{
  "id": 820982911946154509,
  "name": "#1002",
  "email": "ada@example.com",
  "created_at": "2026-01-10T10:35:00-05:00",
  "currency": "USD",
  "subtotal_price": "179.10",
  "total_discounts": "19.90",
  "total_price": "179.10",
  "financial_status": "paid",
  "fulfillment_status": null,
  "discount_codes": [{ "code": "SPRING10", "amount": "19.90", "type": "percentage" }],
  "discount_applications": [
    { "type": "discount_code", "code": "SPRING10", "value": "10.0", "value_type": "percentage", "allocation_method": "across", "target_type": "line_item", "target_selection": "all" }
  ],
  "note_attributes": [],
  "customer": { "id": 115310627314723950, "email": "ada@example.com", "first_name": "Ada", "last_name": "Lovelace", "phone": null },
  "line_items": [
    { "id": 866550311766439001, "product_id": 788032119674292900, "sku": "COURSE-A", "title": "Course A", "quantity": 1, "price": "199.00", "total_discount": "0.00",
      "discount_allocations": [{ "amount": "19.90", "discount_application_index": 0 }] }
  ]
}
`),
	}},
})
