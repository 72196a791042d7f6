package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// product is what every payload sells.
const product = "COURSE-101"

// trace names one payload on its whole way: the load that it belongs to and its
// number in it.
func trace(load string, seq int) string { return load + "-" + strconv.Itoa(seq) }

// readTrace takes a trace apart; ok is false for anything else.
func readTrace(text string) (load string, seq int, ok bool) {
	load, number, found := strings.Cut(text, "-")
	seq, err := strconv.Atoi(number)
	return load, seq, found && err == nil
}

// cents is the price in a payload: it differs from one to the next, so that a
// payload mapped from another one's data shows.
func cents(seq int) int { return 1000 + seq%9000 }

// payload is the sale of the main workload: about 500 bytes of JSON.
func payload(load string, seq int) []byte {
	return fmt.Appendf(make([]byte, 0, 640), `{"event":"purchase.completed","id":"%[1]s","created_at":"2026-01-15T10:22:33Z","livemode":true,`+
		`"customer":{"id":"cus_%08[2]d","email":"Ada.Lovelace+%[2]d@Example.COM","first_name":"Ada","last_name":"Lovelace","phone":"+442071234567","country":"GB"},`+
		`"order":{"id":"ord_%08[2]d","currency":"usd","total_cents":%[3]d,"coupon":"LAUNCH20",`+
		`"items":[{"sku":"%[4]s","name":"Analytical Engines, from zero","qty":1,"price_cents":%[3]d}]},`+
		`"utm":{"source":"newsletter","medium":"email","campaign":"winter"}}`, trace(load, seq), seq, cents(seq), product)
}

// mapped is what a workflow must send for a payload.
type mapped struct {
	Trace    string  `json:"trace"`
	Email    string  `json:"email"`    // in lower case
	Name     string  `json:"name"`     // first and last name
	Amount   float64 `json:"amount"`   // cents / 100
	Currency string  `json:"currency"` // in upper case
	Offer    string  `json:"offer"`    // of the first item
}

// readMapped reads what arrived; ok is false when it is not such an object.
func readMapped(body []byte) (m mapped, ok bool) {
	return m, json.Unmarshal(body, &m) == nil
}

// right reports whether all five fields are those of the payload seq.
func (m mapped) right(seq int) bool {
	want := mapped{
		Trace: m.Trace, Email: "ada.lovelace+" + strconv.Itoa(seq) + "@example.com", Name: "Ada Lovelace",
		Amount: float64(cents(seq)) / 100, Currency: "USD", Offer: product,
	}
	return m == want
}

// send is the step that all workflows here end with.
func send(sink string) string {
	return strings.ReplaceAll(`{"id":"send","type":"webhook.send","v":1,"params":{"method":"POST","url":"$SINK","body_type":"json","body":{
		"trace":"{{ trigger.body.id }}","email":"{{ trigger.body.customer.email | lower() }}",
		"name":"{{ trigger.body.customer.first_name }} {{ trigger.body.customer.last_name }}",
		"amount":"{{ trigger.body.order.total_cents / 100 }}","currency":"{{ trigger.body.order.currency | upper() }}",
		"offer":"{{ trigger.body.order.items[0].sku }}"}}}`, "$SINK", sink)
}

// definition is a workflow that catches a payload and takes the steps, which are
// JSON objects.
func definition(steps ...string) []byte {
	return []byte(`{"schema":1,"triggers":[{"id":"sale","type":"webhook.catch","v":1,"params":{}}],"steps":[` + strings.Join(steps, ",") + `]}`)
}
