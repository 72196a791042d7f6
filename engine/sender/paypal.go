package sender

import (
	"maps"
	"net/http"
	"strings"
	"time"
)

// PayPal is the name of the sender whose messages (IPN) are not signed: they
// count only once PayPal has confirmed them, which a step of the workflow asks
// for, see docs/senders.md.
const PayPal = "paypal"

// Source: developer.paypal.com/api/nvp-soap/ipn (IPN intro, IPN and PDT
// variables).
var _ = register(Sender{
	Name: PayPal, Label: "PayPal (IPN)", Rank: 10,
	// The body of a 200 must be empty.
	Answer: &Answer{Status: http.StatusOK},
	// One payment goes through several statuses: Pending, Completed, Refunded. A
	// refund has a txn_id of its own. Nothing is confirmed yet, so PayPal's mark of
	// the message counts too: whoever makes a message up does not know it, and
	// cannot have the real one taken for a repeat. The step that asks PayPal looks
	// for repeats by what is confirmed.
	Dedupe:      `{{ trigger.body.txn_id == nil ? "" : trigger.body.txn_id + " " + (trigger.body.payment_status ?? trigger.body.txn_type ?? "") + " " + (trigger.body.verify_sign ?? "") }}`,
	DedupeLabel: "The transaction's id with its status and PayPal's mark",
	Labels: []Label{
		{"payer_email", "Payer's e-mail", RoleEmail},
		{"first_name", "First name", RoleFirstName},
		{"last_name", "Last name", RoleLastName},
		{"contact_phone", "Phone", RolePhone},
		{"mc_gross", "Amount", ""},
		{"mc_currency", "Currency", ""},
		{"mc_fee", "PayPal's fee", ""},
		{"payment_status", "Payment status", ""},
		{"paid_at", "Paid at", ""},
		{"payment_date", "Paid at, in PayPal's words", ""},
		{"custom", "Your own reference", ""},
		{"invoice", "Invoice number", ""},
		{"item_name", "Item", ""},
		{"item_number", "Item number", ""},
		{"quantity", "Quantity", ""},
		{"txn_id", "Transaction id", ""},
		{"parent_txn_id", "Transaction that is refunded", ""},
		{"txn_type", "Kind of transaction", ""},
		{"receiver_email", "Paid to", ""},
		{"payer_id", "Payer's PayPal id", ""},
		{"residence_country", "Country", ""},
	},
	Shape: paypalShape,
	Samples: []Sample{
		paypalSample("Completed", "Payment completed", "61E67681CH3238416", "&txn_type=express_checkout&mc_gross=19.95"),
		paypalSample("Pending", "Payment pending", "61E67681CH3238417", "&txn_type=express_checkout&mc_gross=19.95&pending_reason=echeck"),
		paypalSample("Refunded", "Payment refunded", "7AB67681CH3238418", "&mc_gross=-19.95&parent_txn_id=61E67681CH3238416&reason_code=refund"),
	},
})

func paypalSample(status, label, txn, more string) Sample {
	return Sample{
		Event: status, Label: label, ids: []string{txn},
		Header: header("Content-Type", "application/x-www-form-urlencoded"),
		Body: []byte("protection_eligibility=Eligible&payer_id=LPLWNMTBWMFAY&payment_date=20%3A12%3A59+Jan+13%2C+2026+PST&payment_status=" + status +
			"&charset=windows-1252&first_name=Ren%E9e&last_name=Lovelace&payer_email=renee%40example.com&txn_id=" + txn + more +
			"&receiver_email=shop%40example.com&receiver_id=S8XGHLYDW9T3S&mc_currency=USD&item_name=Course+A&item_number=COURSE-A&quantity=1" +
			"&custom=offer_a&residence_country=FR&notify_version=3.9&test_ipn=1&verify_sign=AtkOfCXbDm2hu0ZELryHFjY"),
	}
}

// paypalShape adds paid_at: the payment_date as a time that other services read.
// PayPal writes the time of its own coast, "20:12:59 Jan 13, 2009 PST", whatever
// the zone of the account.
func paypalShape(body any) any {
	object, ok := body.(map[string]any)
	if _, shaped := object["paid_at"]; !ok || shaped {
		return body
	}
	text := textOf(object["payment_date"])
	var zone int
	switch {
	case strings.HasSuffix(text, " PST"):
		zone = -8
	case strings.HasSuffix(text, " PDT"):
		zone = -7
	default:
		return body
	}
	at, err := time.ParseInLocation("15:04:05 Jan 2, 2006", text[:len(text)-len(" PST")], time.FixedZone("", zone*3600))
	if err != nil {
		return body
	}
	object = maps.Clone(object)
	object["paid_at"] = at.UTC().Format(time.RFC3339)
	return object
}
