package sender

import "maps"

// kajabiEarlier finds what a payment leaves out: one over several order bumps
// names no offer, but the order that came before it does. It is the order_created
// request with the same transaction.
func kajabiEarlier(body any) (text string, complete func(earlier any) (any, bool)) {
	payload := under(body, "payload")
	id := idText(under(under(payload, "transactions"), "id"))
	if textOf(under(body, "event")) != "payment_succeeded" || id == "" || len(listOf(under(payload, "offer_ids"))) > 0 {
		return "", nil
	}
	return id, func(earlier any) (any, bool) {
		order := kajabiShape(earlier)
		from, ok := under(order, "payload").(map[string]any)
		if !ok || textOf(under(order, "event")) != "order_created" || !kajabiPays(from, id) {
			return body, false
		}
		whole := maps.Clone(payload.(map[string]any)) // it has transactions
		for _, part := range []string{"offer_ids", "orders", "order_items"} {
			if from[part] != nil {
				whole[part] = from[part]
			}
		}
		object := maps.Clone(body.(map[string]any))
		object["payload"] = whole
		return object, true
	}
}

// kajabiPays reports whether a transaction is one of an order's.
func kajabiPays(order map[string]any, id string) bool {
	if idText(under(order["transactions"], "id")) == id {
		return true
	}
	for _, other := range listOf(under(order["more"], "transactions")) {
		if idText(under(other, "id")) == id {
			return true
		}
	}
	return false
}
