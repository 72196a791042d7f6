package sender

import (
	"maps"
	"slices"
	"strings"
)

// Kajabi sends one event in three forms: the API's hooks give a list of
// resources, the older webhooks of the dashboard one flat object, the newer ones
// objects for offer and member. All three become one: payload.<type>.<attribute>,
// so that no mapping depends on an order of resources.
//
// It does not sign: the address is the secret. The body's id names the resource
// and not the delivery, so it says nothing about repeats.
//
// Source: help.kajabi.com, "Use webhooks with Kajabi" and "What information is
// sent with outbound webhooks"; developers.kajabi.com, "Create hook".
var _ = register(Sender{
	Name: "kajabi", Label: "Kajabi", Rank: 4,
	Labels: []Label{
		{"payload.customers.email", "Customer e-mail", RoleEmail},
		{"payload.customers.name", "Customer name", RoleName},
		{"payload.customers.first_name", "Customer first name", RoleFirstName},
		{"payload.customers.last_name", "Customer last name", RoleLastName},
		{"payload.customers.external_user_id", "Customer's own id", ""},
		{"payload.customers.address_line_1", "Street", ""},
		{"payload.customers.address_city", "City", ""},
		{"payload.customers.address_zip", "Postcode", ""},
		{"payload.customers.address_country", "Country", ""},
		{"payload.form_submissions.email", "E-mail", RoleEmail},
		{"payload.form_submissions.name", "Name", RoleName},
		{"payload.form_submissions.phone_number", "Phone", RolePhone},
		{"payload.forms.title", "Name of the form", ""},
		{"payload.contacts.email", "Contact e-mail", RoleEmail},
		{"payload.contacts.name", "Contact name", RoleName},
		{"payload.contacts.phone_number", "Contact phone", RolePhone},
		{"payload.contact_tags.name", "Tag", ""},
		{"payload.offers.title", "Offer", ""},
		{"payload.offers.id", "Offer id", ""},
		{"payload.offer_ids", "Ids of all offers bought", ""},
		{"payload.purchases.amount_in_cents", "Amount in cents", ""},
		{"payload.purchases.currency", "Currency", ""},
		{"payload.purchases.coupon_code", "Coupon", ""},
		{"payload.purchases.opt_in", "Wants e-mails", ""},
		{"payload.transactions.amount_in_cents", "Amount in cents", ""},
		{"payload.transactions.currency", "Currency", ""},
		{"payload.transactions.payment_type", "Kind of payment", ""},
		{"payload.orders.order_number", "Order number", ""},
		{"payload.orders.total_price_in_cents", "Total in cents", ""},
		{"payload.order_items", "Items", ""},
		{"event", "Event", ""},
		{"id", "Id of what it happened to", ""},
	},
	Shape: kajabiShape, Earlier: kajabiEarlier,
	Samples: []Sample{
		{Event: "purchase", Label: "Purchase (API hook)", ids: []string{"2149001001"}, Body: []byte(`{
  "id": "2149001001",
  "event": "purchase",
  "payload": [
    { "id": "2149001001", "type": "purchases",
      "attributes": { "amount_in_cents": 1000, "payment_type": "single", "opt_in": false, "raw_extra_contact_information": {}, "currency": "USD",
        "coupon_code": null, "quantity": 1, "created_at": "2026-01-10T10:30:00.580Z" },
      "relationships": { "customer": { "data": { "id": "2148001", "type": "customers" } }, "offer": { "data": { "id": "2150123", "type": "offers" } } } },
    { "id": "2150123", "type": "offers",
      "attributes": { "title": "Course A", "price_in_cents": 1000, "token": "n8NtoHUZ", "one_time": true } },
    { "id": "2148001", "type": "customers",
      "attributes": { "name": "Ada Lovelace", "email": "ada@example.com", "external_user_id": null } }
  ]
}
`)},
		{Event: "purchase.created", Label: "Purchase (older webhook of the dashboard)", ids: []string{"2149001002"}, Body: []byte(`{
  "id": "2149001002",
  "event": "purchase.created",
  "payload": {
    "member_id": 2148001, "member_email": "ada@example.com", "member_name": "Ada Lovelace", "member_first_name": "Ada", "member_last_name": "Lovelace",
    "contact_address_line_1": "1 Analytical Way", "contact_address_line_2": null, "contact_address_city": "London", "contact_address_country": "GB",
    "contact_address_country_name": "United Kingdom", "contact_address_state": null, "contact_address_zip": "W1J 7NT",
    "opt_in": false, "offer_id": 2150123, "offer_title": "Course A"
  }
}
`)},
		{Event: "payment_succeeded", Label: "Payment succeeded (API hook)", ids: []string{"2149001003"}, Body: []byte(`{
  "id": "2149001003",
  "event": "payment_succeeded",
  "payload": [
    { "id": "2149001003", "type": "transactions",
      "attributes": { "action": "charge", "state": "success", "payment_type": "single", "amount_in_cents": 1000, "sales_tax_in_cents": 0, "currency": "USD",
        "currency_symbol": "$", "formatted_amount": "$10.00" },
      "relationships": { "customer": { "data": { "id": "2148001", "type": "customers" } }, "offer": { "data": null } } },
    { "id": "2148001", "type": "customers",
      "attributes": { "name": "Ada Lovelace", "email": "ada@example.com", "external_user_id": null } }
  ]
}
`)},
		{Event: "tag_added", Label: "Tag added (API hook)", ids: []string{"2149001004"}, Body: []byte(`{
  "id": "2149001004",
  "event": "tag_added",
  "payload": [
    { "id": "2149001004", "type": "contacts",
      "attributes": { "name": "Ada Lovelace", "email": "ada@example.com", "phone_number": "+442079460018", "subscribed": true, "external_user_id": null } },
    { "id": "30077", "type": "contact_tags", "attributes": { "name": "VIP" } }
  ]
}
`)},
	},
})

// kajabiMain is the resource that an event is about.
var kajabiMain = map[string]string{
	"purchase": "purchases", "payment_succeeded": "transactions", "order_created": "orders",
	"form_submission": "form_submissions", "tag_added": "contacts", "tag_removed": "contacts",
}

// kajabiTypes are the types of resources; a payload with one of them is shaped
// already.
var kajabiTypes = []string{
	"purchases", "offers", "customers", "transactions", "orders", "order_items", "form_submissions", "forms", "contacts", "contact_tags",
}

// kajabiEvent is the API's name of an event: the dashboard writes purchase.created
// and payment.succeeded.
func kajabiEvent(name string) string {
	if name == "purchase.created" {
		return "purchase"
	}
	return strings.ReplaceAll(name, ".", "_")
}

func kajabiShape(body any) any {
	object, ok := body.(map[string]any)
	if !ok {
		return body
	}
	event := kajabiEvent(textOf(object["event"]))
	var payload map[string]any
	switch given := object["payload"].(type) {
	case []any:
		payload = kajabiResources(given)
	case map[string]any:
		if listed, ok := given["offer_ids"].([]any); ok && listed != nil || slices.ContainsFunc(kajabiTypes, func(name string) bool { return given[name] != nil }) {
			return body
		}
		payload = kajabiFlat(event, given)
	default:
		if object["member"] == nil && object["member_email"] == nil {
			return body
		}
		payload = kajabiFlat(event, object)
	}
	kajabiNames(payload)
	payload["offer_ids"] = kajabiOffers(payload)
	return map[string]any{"id": object["id"], "event": event, "payload": payload}
}

// kajabiResources puts JSON:API resources by their type. Items of an order are a
// list, because there may be several; of another type that comes more than once
// the first counts, and "more" holds the others.
func kajabiResources(list []any) map[string]any {
	payload, more := map[string]any{}, map[string]any{}
	var items []any
	for _, given := range list {
		kind := textOf(under(given, "type"))
		switch {
		case kind == "":
		case kind == "order_items":
			items = append(items, kajabiResource(given))
		case payload[kind] == nil:
			payload[kind] = kajabiResource(given)
		default:
			others, _ := more[kind].([]any)
			more[kind] = append(others, kajabiResource(given))
		}
	}
	if items != nil {
		payload["order_items"] = items
	}
	if len(more) > 0 {
		payload["more"] = more
	}
	return payload
}

// kajabiResource flattens one resource: its attributes, its id, and the ids that
// its relationships name.
func kajabiResource(given any) map[string]any {
	flat := map[string]any{}
	if attributes, ok := under(given, "attributes").(map[string]any); ok {
		maps.Copy(flat, attributes)
	}
	relationships, _ := under(given, "relationships").(map[string]any)
	for name, to := range relationships {
		switch data := under(to, "data").(type) {
		case []any:
			var ids []any
			for _, one := range data {
				ids = append(ids, under(one, "id"))
			}
			flat[name+"_ids"] = ids
		default:
			flat[name+"_id"] = under(data, "id")
		}
	}
	flat["id"] = idText(under(given, "id"))
	return flat
}

// kajabiFlat reads both forms of the dashboard: member_email or member.email.
func kajabiFlat(event string, given map[string]any) map[string]any {
	customer, offer, main := map[string]any{}, map[string]any{}, map[string]any{}
	for _, name := range slices.Sorted(maps.Keys(given)) { // one of two names for a thing wins, always the same
		value := given[name]
		parts, nested := value.(map[string]any)
		switch {
		case name == "event" || name == "payload":
		case nested && name == "member", nested && strings.Contains(name, "contact_information"):
			maps.Copy(customer, parts)
		case nested && name == "offer":
			maps.Copy(offer, parts)
		case strings.HasPrefix(name, "member_"):
			customer[strings.TrimPrefix(name, "member_")] = value
		case strings.HasPrefix(name, "contact_"):
			customer[strings.TrimPrefix(name, "contact_")] = value
		case strings.HasPrefix(name, "address_"):
			customer[name] = value
		case strings.HasPrefix(name, "offer_"):
			offer[strings.TrimPrefix(name, "offer_")] = value
		case name != "id":
			main[name] = value
		}
	}
	payload := map[string]any{}
	for kind, resource := range map[string]map[string]any{"customers": customer, "offers": offer, kajabiMainOf(event): main} {
		if len(resource) == 0 {
			continue
		}
		if id := idText(resource["id"]); id != "" {
			resource["id"] = id
		}
		payload[kind] = resource
	}
	return payload
}

func kajabiMainOf(event string) string {
	if kind := kajabiMain[event]; kind != "" {
		return kind
	}
	return "purchases"
}

// kajabiNames gives a customer both the whole name and its parts, and the
// address that the API keeps at the purchase.
func kajabiNames(payload map[string]any) {
	customer, ok := payload["customers"].(map[string]any)
	if !ok {
		return
	}
	first, last := textOf(customer["first_name"]), textOf(customer["last_name"])
	name := strings.TrimSpace(textOf(customer["name"]))
	switch {
	case name == "" && first+last != "":
		customer["name"] = strings.TrimSpace(first + " " + last)
	case name != "" && first+last == "":
		given, family, _ := strings.Cut(name, " ")
		customer["first_name"], customer["last_name"] = given, strings.TrimSpace(family)
	}
	extra, _ := under(payload["purchases"], "raw_extra_contact_information").(map[string]any)
	for field, value := range extra {
		if customer[field] == nil {
			customer[field] = value
		}
	}
}

// kajabiOffers are the ids of all offers that a payload names, each once: a
// transaction over several order bumps names none itself, its items do.
func kajabiOffers(payload map[string]any) []any {
	ids, known := []any{}, map[string]bool{}
	add := func(v any) {
		if id := idText(v); id != "" && !known[id] {
			known[id] = true
			ids = append(ids, id)
		}
	}
	for _, kind := range []string{"purchases", "transactions", "orders"} {
		add(under(payload[kind], "offer_id"))
		for _, id := range listOf(under(payload[kind], "offer_ids")) {
			add(id)
		}
	}
	add(under(payload["offers"], "id"))
	for _, offer := range listOf(under(payload["more"], "offers")) {
		add(under(offer, "id"))
	}
	for _, item := range listOf(payload["order_items"]) {
		if textOf(under(item, "item_type")) == "Offer" {
			add(under(item, "item_id"))
		}
	}
	return ids
}
