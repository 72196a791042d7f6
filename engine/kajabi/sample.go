package kajabi

// Sample is what a hook of one of Kajabi's events sends, with made-up values and
// the types and order of the real thing. nil for an event that it does not have.
func Sample(theirs string) map[string]any {
	name, ok := Ours(theirs)
	if !ok {
		return nil
	}
	const at = "2026-01-10T10:30:00Z"
	contact := map[string]any{
		"id": "con_0", "number": 0, "email": "john.doe@example.com", "name": "John Doe", "first_name": "John", "last_name": "Doe", "phone": "",
		"external_user_id": "", "subscribed": false, "address": map[string]any{}, "fields": map[string]any{}, "created_at": at, "updated_at": at,
	}
	offer := map[string]any{"id": "n8NtoHUZ", "number": 0, "title": "Test Offer"}
	payment := map[string]any{
		"id": "pay_0", "number": 0, "kind": "one_time", "state": "succeeded", "amount": 1000, "tax": 0, "currency": "USD",
		"offer_ids": []any{"n8NtoHUZ"}, "created_at": at,
	}
	data := map[string]any{
		"contact": contact, "offer": offer, "offers": []any{offer}, "payment": payment, "payments": []any{payment},
		"purchase": map[string]any{
			"id": "pur_0", "number": 0, "payment_type": "one_time", "amount": 1000, "currency": "USD", "quantity": 1, "payments_made": 0,
			"coupon": "", "source": "", "referrer": "", "deactivated_at": nil, "created_at": at,
		},
		"order": map[string]any{
			"id": "ord_0", "number": 0, "cart": false, "total": 1000, "subtotal": 1000, "tax": 0, "discount": 0, "currency": "USD", "created_at": at,
			"items": []any{map[string]any{"id": "itm_0", "number": 0, "offer_id": "n8NtoHUZ", "title": "Test Offer", "quantity": 1, "amount": 1000}},
		},
		"form":       map[string]any{"id": "frm_0", "number": 0, "title": "Test Form"},
		"submission": map[string]any{"id": "sbm_0", "number": 0, "answers": map[string]any{}, "created_at": at},
		"tag":        map[string]any{"id": "tag_0", "number": 0, "name": "Test Tag"},
	}
	body, _ := API(name, data)
	return body
}
