package kajabi

import (
	"fmt"
	"maps"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// Resource makes a JSON:API resource; related may be nil.
func Resource(kind, id string, attributes, related map[string]any) map[string]any {
	r := map[string]any{"id": id, "type": kind, "attributes": attributes}
	if len(related) > 0 {
		r["relationships"] = related
	}
	return r
}

// To names one related resource; id "" is none.
func To(kind, id string) map[string]any {
	if id == "" {
		return map[string]any{"data": nil}
	}
	return map[string]any{"data": map[string]any{"id": id, "type": kind}}
}

// ID is the number of a plain object as Kajabi shows ids: text. It is "" when
// there is no object or no number.
func ID(object any) string {
	m, _ := object.(map[string]any)
	switch n := m["number"].(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatInt(int64(n), 10)
	default:
		return fmt.Sprint(n)
	}
}

func object(v any) map[string]any {
	m, _ := v.(map[string]any)
	return m
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

// blank is nil for an empty text, as Kajabi leaves fields.
func blank(v any) any {
	if v == "" {
		return nil
	}
	return v
}

// whole reads an amount; events that were stored may hold any kind of number.
func whole(v any) int {
	switch n := value.Normalize(v).(type) {
	case int:
		return n
	case float64:
		return int(n)
	}
	return 0
}

// paymentType is Kajabi's word for how an offer is paid.
func paymentType(ours string) string {
	switch ours {
	case crm.PaySubscription, crm.KindFirst:
		return "subscription"
	case crm.PayPlan, crm.KindInstalment:
		return "multipay"
	case crm.PayFree:
		return "free"
	}
	return "single"
}

// Offer writes an offer. amount and kind are what is known of its price, 0 and ""
// when nothing is.
func Offer(o map[string]any, amount int, kind, currency string) map[string]any {
	return Resource("offers", ID(o), map[string]any{
		"title": o["title"], "internal_title": o["title"], "description": nil, "currency": blank(currency), "price_in_cents": amount,
		"payment_type": paymentType(kind), "token": o["id"], "payment_method": nil, "checkout_url": nil,
		"recurring_offer": kind == crm.PaySubscription || kind == crm.PayPlan, "subscription": kind == crm.PaySubscription,
		"one_time": kind == crm.PayOneTime || kind == "", "single": kind == crm.PayOneTime || kind == "", "free": kind == crm.PayFree,
	}, nil)
}

// Customer writes the contact of an event as Kajabi's customer.
func Customer(c map[string]any) map[string]any {
	r := Resource("customers", ID(c), map[string]any{
		"name": c["name"], "email": blank(c["email"]), "avatar": nil, "external_user_id": blank(c["external_user_id"]), "public_bio": nil,
		"public_location": nil, "public_website": nil, "socials": nil, "net_revenue": "0.0", "sign_in_count": 0, "last_request_at": nil,
		"bounced_at": nil, "created_at": c["created_at"], "updated_at": c["updated_at"],
	}, nil)
	r["links"] = map[string]any{"contact": "/v1/contacts/" + ID(c)}
	r["relationships"] = map[string]any{"contact": To("contacts", ID(c))}
	return r
}

// address are the fields of an address in Kajabi's names.
func address(c map[string]any) map[string]any {
	a := object(c["address"])
	return map[string]any{
		"address_line_1": blank(a["line1"]), "address_line_2": blank(a["line2"]), "address_city": blank(a["city"]),
		"address_country": blank(a["country"]), "address_state": blank(a["state"]), "address_zip": blank(a["postal_code"]),
	}
}

// Contact writes a contact.
func Contact(c map[string]any) map[string]any {
	attributes := address(c)
	maps.Copy(attributes, map[string]any{
		"name": c["name"], "email": blank(c["email"]), "phone_number": blank(c["phone"]), "business_number": nil, "mobile_phone_number": nil,
		"subscribed": c["subscribed"], "external_user_id": blank(c["external_user_id"]), "created_at": c["created_at"], "updated_at": c["updated_at"],
	})
	return Resource("contacts", ID(c), attributes, nil)
}

// Tag writes a tag.
func Tag(t map[string]any) map[string]any {
	return Resource("contact_tags", ID(t), map[string]any{"name": t["name"]}, nil)
}

// Form writes a form.
func Form(f map[string]any) map[string]any {
	return Resource("forms", ID(f), map[string]any{"title": f["title"]}, nil)
}

// extra is what the buyer said beside, in Kajabi's form of it.
func extra(c map[string]any) map[string]any {
	kept := map[string]any{}
	for name, v := range address(c) {
		if v != nil {
			kept[name] = v
		}
	}
	return kept
}

func purchase(data map[string]any) map[string]any {
	p, c := object(data["purchase"]), object(data["contact"])
	return Resource("purchases", ID(p), map[string]any{
		"amount_in_cents": whole(p["amount"]), "payment_type": paymentType(text(p["payment_type"])), "multipay_payments_made": p["payments_made"],
		"opt_in": c["subscribed"], "raw_extra_contact_information": extra(c), "currency": p["currency"], "effective_start_at": p["created_at"],
		"coupon_code": blank(p["coupon"]), "quantity": p["quantity"], "deactivated_at": p["deactivated_at"], "deactivation_reason": nil,
		"source": blank(p["source"]), "referrer": blank(p["referrer"]), "created_at": p["created_at"], "updated_at": p["created_at"],
	}, map[string]any{"customer": To("customers", ID(c)), "offer": To("offers", ID(data["offer"]))})
}

// transaction writes one payment. Its offer is null when it paid for several:
// they stand in the items of the order.
func transaction(p, c map[string]any, offer any) map[string]any {
	amount, currency := whole(p["amount"]), text(p["currency"])
	state := text(p["state"])
	if state == crm.StateSucceeded {
		state = "success"
	}
	return Resource("transactions", ID(p), map[string]any{
		"action": "charge", "state": state, "payment_type": paymentType(text(p["kind"])), "amount_in_cents": amount,
		"sales_tax_in_cents": whole(p["tax"]), "currency": currency, "currency_symbol": symbol(currency), "formatted_amount": formatted(amount, currency),
		"created_at": p["created_at"],
	}, map[string]any{"customer": To("customers", ID(c)), "offer": To("offers", ID(offer))})
}

func order(o, c map[string]any) map[string]any {
	items := []any{}
	for _, it := range list(o["items"]) {
		items = append(items, map[string]any{"id": ID(it), "type": "order_items"})
	}
	return Resource("orders", ID(o), map[string]any{
		"order_number": ID(o), "currency_code": o["currency"], "total_price_in_cents": whole(o["total"]), "subtotal_in_cents": whole(o["subtotal"]),
		"sales_tax_amount_in_cents": whole(o["tax"]), "discount_amount_in_cents": whole(o["discount"]), "created_at": o["created_at"],
	}, map[string]any{"customer": To("customers", ID(c)), "order_items": map[string]any{"data": items}})
}

// orderItems writes an order's items; numbers are those of the offers by id.
func orderItems(o map[string]any, offers []any) []any {
	numbers := map[string]string{}
	for _, one := range offers {
		numbers[text(object(one)["id"])] = ID(one)
	}
	var items []any
	for _, it := range list(o["items"]) {
		item := object(it)
		quantity := max(1, whole(item["quantity"]))
		items = append(items, Resource("order_items", ID(item), map[string]any{
			"item_type": "Offer", "item_id": numbers[text(item["offer_id"])], "title": item["title"], "quantity": quantity,
			"unit_price_in_cents": whole(item["amount"]) / quantity, "total_price_in_cents": whole(item["amount"]),
		}, map[string]any{"order": To("orders", ID(o))}))
	}
	return items
}

func submission(data map[string]any) map[string]any {
	s, c := object(data["submission"]), object(data["contact"])
	attributes := address(c)
	maps.Copy(attributes, map[string]any{
		"name": c["name"], "email": blank(c["email"]), "phone_number": blank(c["phone"]), "business_number": nil, "mobile_phone_number": nil,
		"created_at": s["created_at"],
	})
	n := 0
	for _, key := range sorted(object(s["answers"])) {
		if strings.HasPrefix(key, "custom") || object(c["fields"])[key] != nil {
			n++
			attributes["custom_"+strconv.Itoa(n)] = object(s["answers"])[key]
		}
	}
	return Resource("form_submissions", ID(s), attributes, map[string]any{"form": To("forms", ID(data["form"])), "contact": To("contacts", ID(c))})
}
