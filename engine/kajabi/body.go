package kajabi

import (
	"maps"
	"slices"
	"strconv"

	iso "golang.org/x/text/currency"
)

// API writes an event as the API's hooks send it: the resource that the event is
// about, then those that belong to it. ok is false for an event that Kajabi's
// API does not send. data is the event's and is not changed.
func API(event string, data map[string]any) (body map[string]any, ok bool) {
	theirs, ok := Theirs(event)
	if !ok {
		return nil, false
	}
	resources := Resources(theirs, data)
	return map[string]any{"id": mainID(theirs, data), "event": theirs, "payload": resources}, true
}

// Resources are the payload of one of Kajabi's events, in its order.
func Resources(theirs string, data map[string]any) []any {
	c := object(data["contact"])
	switch theirs {
	case Purchase:
		p := object(data["purchase"])
		return []any{
			purchase(data), Offer(object(data["offer"]), whole(p["amount"]), text(p["payment_type"]), text(p["currency"])), Customer(c),
		}
	case PaymentSucceeded:
		return []any{transaction(object(data["payment"]), c, data["offer"]), Customer(c)}
	case OrderCreated:
		o := object(data["order"])
		var resources []any
		for _, p := range list(data["payments"]) {
			var offer any
			if ids := list(object(p)["offer_ids"]); len(ids) == 1 {
				offer = offerOf(data, text(ids[0]))
			}
			resources = append(resources, transaction(object(p), c, offer))
		}
		resources = append(resources, Customer(c), order(o, c))
		return append(resources, orderItems(o, list(data["offers"]))...)
	case FormSubmission:
		return []any{submission(data), Form(object(data["form"]))}
	case TagAdded, TagRemoved:
		return []any{Contact(c), Tag(object(data["tag"]))}
	}
	return nil
}

func offerOf(data map[string]any, id string) any {
	for _, o := range list(data["offers"]) {
		if text(object(o)["id"]) == id {
			return o
		}
	}
	return nil
}

// mainID is the id of what an event is about: not of the delivery.
func mainID(theirs string, data map[string]any) string {
	switch theirs {
	case Purchase:
		return ID(data["purchase"])
	case PaymentSucceeded:
		return ID(data["payment"])
	case OrderCreated:
		return ID(data["order"])
	case FormSubmission:
		return ID(data["submission"])
	}
	return ID(data["contact"])
}

// Nested writes an event as the newer webhooks of Kajabi's dashboard do: objects
// for offer and member beside the facts of the sale.
func Nested(event string, data map[string]any) map[string]any {
	c := object(data["contact"])
	payload := facts(data)
	maps.Copy(payload, address(c))
	payload["member"] = map[string]any{
		"id": number(c), "email": blank(c["email"]), "name": c["name"], "first_name": c["first_name"], "last_name": c["last_name"],
		"external_user_id": blank(c["external_user_id"]),
	}
	payload["offer"] = nil
	if o := object(data["offer"]); o != nil {
		payload["offer"] = map[string]any{"id": number(o), "title": o["title"]}
	}
	if all := list(data["offers"]); all != nil {
		var offers []any
		for _, o := range all {
			offers = append(offers, map[string]any{"id": number(object(o)), "title": object(o)["title"]})
		}
		payload["offers"] = offers
	}
	payload["phone_number"] = blank(c["phone"])
	return map[string]any{"id": idOf(event, data), "event": event, "payload": payload}
}

// Flat writes an event as the older webhooks of Kajabi's dashboard do: one flat
// object with prefixes.
func Flat(event string, data map[string]any) map[string]any {
	c, o := object(data["contact"]), object(data["offer"])
	payload := facts(data)
	maps.Copy(payload, map[string]any{
		"member_id": number(c), "member_email": blank(c["email"]), "member_name": c["name"], "member_first_name": c["first_name"],
		"member_last_name": c["last_name"], "member_external_user_id": blank(c["external_user_id"]), "contact_phone_number": blank(c["phone"]),
		"offer_id": number(o), "offer_title": o["title"],
	})
	for name, v := range address(c) {
		payload["contact_"+name] = v
	}
	payload["contact_address_country_name"] = blank(object(c["address"])["country"])
	return map[string]any{"id": idOf(event, data), "event": event, "payload": payload}
}

// idOf is the id of what a webhook of the dashboard is about.
func idOf(event string, data map[string]any) string {
	if theirs, ok := Theirs(event); ok {
		return mainID(theirs, data)
	}
	return ID(data["contact"])
}

// facts are what both forms of the dashboard say of a sale or a form.
func facts(data map[string]any) map[string]any {
	c := object(data["contact"])
	kept := map[string]any{"opt_in": c["subscribed"]}
	if p := object(data["purchase"]); p != nil {
		maps.Copy(kept, map[string]any{
			"amount_in_cents": whole(p["amount"]), "currency": p["currency"], "payment_type": paymentType(text(p["payment_type"])),
			"quantity": p["quantity"], "coupon_code": blank(p["coupon"]), "source": blank(p["source"]), "referrer": blank(p["referrer"]),
			"created_at": p["created_at"],
		})
	}
	if p := object(data["payment"]); p != nil {
		amount, currency := whole(p["amount"]), text(p["currency"])
		maps.Copy(kept, map[string]any{
			"transaction_id": number(p), "amount_in_cents": amount, "amount_paid": amount, "sales_tax_in_cents": whole(p["tax"]),
			"currency": currency, "currency_symbol": symbol(currency), "formatted_amount": formatted(amount, currency),
			"payment_type": paymentType(text(p["kind"])), "created_at": p["created_at"],
		})
	}
	if o := object(data["order"]); o != nil {
		kept["order_number"] = ID(o)
		kept["cart"] = o["cart"]
		kept["total_price_in_cents"] = whole(o["total"])
		kept["currency"] = o["currency"]
		var items []any
		for _, r := range orderItems(o, list(data["offers"])) {
			item := maps.Clone(object(object(r)["attributes"]))
			item["id"] = object(r)["id"]
			items = append(items, item)
		}
		kept["order_items"] = items
	}
	if s := object(data["submission"]); s != nil {
		maps.Copy(kept, object(s["answers"]))
		kept["form_id"], kept["form_title"], kept["created_at"] = number(object(data["form"])), object(data["form"])["title"], s["created_at"]
	}
	return kept
}

// number is the number of an object, which the dashboard's webhooks write as
// such; nil for none.
func number(o map[string]any) any {
	if o == nil {
		return nil
	}
	return o["number"]
}

func sorted(m map[string]any) []string { return slices.Sorted(maps.Keys(m)) }

var symbols = map[string]string{"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "CAD": "C$", "CHF": "CHF", "INR": "₹", "BRL": "R$"}

// symbol is the sign of a currency, or its code when it has none that is known.
func symbol(currency string) string {
	if s, ok := symbols[currency]; ok {
		return s
	}
	return currency
}

// formatted writes an amount with its sign and the decimals of the currency.
func formatted(amount int, currency string) string {
	places := 2
	if unit, err := iso.ParseISO(currency); err == nil {
		places, _ = iso.Standard.Rounding(unit)
	}
	digits := strconv.Itoa(amount)
	sign := ""
	if amount < 0 {
		sign, digits = "-", digits[1:]
	}
	for len(digits) <= places {
		digits = "0" + digits
	}
	if places > 0 {
		digits = digits[:len(digits)-places] + "." + digits[len(digits)-places:]
	}
	return sign + symbol(currency) + digits
}
