package sender

import "strings"

// Source: docs.stripe.com/webhooks (verify webhook signatures manually) and
// docs.stripe.com/api/events/types.
var _ = register(Sender{
	Name: "stripe", Label: "Stripe", Rank: 1,
	Scheme: &Scheme{
		Name:            "stripe",
		Header:          []string{"Stripe-Signature"},
		Pattern:         "{timestamp}.{body}",
		Prefix:          "v1=", // v0 is a test scheme that receivers must ignore
		Separator:       ",",
		TimestampPrefix: "t=",
	},
	Secret: "Stripe dashboard: Developers, Webhooks, your endpoint, Signing secret (starts with whsec_).",
	Dedupe: "{{ trigger.body.id }}", DedupeLabel: "The event's id, which Stripe keeps when it sends an event again",
	Labels: []Label{
		{"data.object.customer_details.email", "Customer e-mail", RoleEmail},
		{"data.object.customer_email", "Customer e-mail (as entered before)", RoleEmail},
		{"data.object.billing_details.email", "Billing e-mail", RoleEmail},
		{"data.object.customer_details.name", "Customer name", RoleName},
		{"data.object.customer_name", "Customer name", RoleName},
		{"data.object.billing_details.name", "Billing name", RoleName},
		{"data.object.customer_details.phone", "Customer phone", RolePhone},
		{"data.object.customer_phone", "Customer phone", RolePhone},
		{"data.object.customer_details.address.country", "Customer country", ""},
		{"data.object.customer_details.address.city", "Customer city", ""},
		{"data.object.customer_details.address.postal_code", "Customer postcode", ""},
		{"data.object.amount_total", "Amount in cents", ""},
		{"data.object.amount_subtotal", "Amount before tax in cents", ""},
		{"data.object.amount_due", "Amount due in cents", ""},
		{"data.object.amount_refunded", "Amount refunded in cents", ""},
		{"data.object.currency", "Currency", ""},
		{"data.object.payment_status", "Payment status", ""},
		{"data.object.customer", "Stripe customer", ""},
		{"data.object.subscription", "Stripe subscription", ""},
		{"data.object.payment_intent", "Stripe payment", ""},
		{"data.object.payment_link", "Payment link", ""},
		{"data.object.client_reference_id", "Your own reference", ""},
		{"data.object.metadata.offer_key", "Offer key (metadata)", ""},
		{"data.object.mode", "Kind of checkout", ""},
		{"data.object.hosted_invoice_url", "Link to the invoice", ""},
		{"data.object.attempt_count", "Tries to collect", ""},
		{"data.object.id", "Stripe object", ""},
		{"type", "Event", ""},
		{"id", "Event id", ""},
		{"created", "Event time (Unix seconds)", ""},
		{"livemode", "Real money", ""},
	},
	Samples: []Sample{
		{Event: "checkout.session.completed", Label: "Checkout completed", ids: []string{"evt_1QabcXYZ"}, Body: stripeCheckout("evt_1QabcXYZ", "checkout.session.completed", "cs_test_a1", "paid")},
		// A bank debit: the checkout is completed days before the money is there.
		{Event: "checkout.session.completed:unpaid", Label: "Checkout completed, not paid yet", ids: []string{"evt_1QdebXYZ"}, Body: stripeCheckout("evt_1QdebXYZ", "checkout.session.completed", "cs_test_b2", "unpaid")},
		{Event: "checkout.session.async_payment_succeeded", Label: "Late payment arrived", ids: []string{"evt_1QasyXYZ"}, Body: stripeCheckout("evt_1QasyXYZ", "checkout.session.async_payment_succeeded", "cs_test_b2", "paid")},
		{Event: "checkout.session.async_payment_failed", Label: "Late payment failed", ids: []string{"evt_1QaflXYZ"}, Body: stripeCheckout("evt_1QaflXYZ", "checkout.session.async_payment_failed", "cs_test_b2", "unpaid")},
		{Event: "invoice.payment_failed", Label: "Payment of an invoice failed", ids: []string{"evt_1QfailXYZ"}, Body: []byte(`{
  "id": "evt_1QfailXYZ",
  "object": "event",
  "api_version": "2025-05-28.basil",
  "created": 1751552019,
  "livemode": false,
  "pending_webhooks": 1,
  "type": "invoice.payment_failed",
  "request": { "id": null, "idempotency_key": null },
  "data": {
    "object": {
      "id": "in_1Qinv",
      "object": "invoice",
      "amount_due": 4900,
      "amount_paid": 0,
      "attempt_count": 1,
      "billing_reason": "subscription_cycle",
      "currency": "usd",
      "customer": "cus_Sb1",
      "customer_email": "ada@example.com",
      "customer_name": "Ada Lovelace",
      "customer_phone": null,
      "hosted_invoice_url": "https://invoice.example.com/i/1",
      "next_payment_attempt": 1751811219,
      "status": "open"
    }
  }
}
`)},
		{Event: "charge.refunded", Label: "Charge refunded", ids: []string{"evt_3QrefXYZ"}, Body: []byte(`{
  "id": "evt_3QrefXYZ",
  "object": "event",
  "api_version": "2025-05-28.basil",
  "created": 1751638419,
  "livemode": false,
  "pending_webhooks": 1,
  "type": "charge.refunded",
  "request": { "id": null, "idempotency_key": null },
  "data": {
    "object": {
      "id": "ch_3Q1",
      "object": "charge",
      "amount": 4900,
      "amount_refunded": 4900,
      "billing_details": { "email": "ada@example.com", "name": "Ada Lovelace", "phone": null },
      "currency": "usd",
      "customer": "cus_Sb1",
      "metadata": {},
      "payment_intent": "pi_3R",
      "refunded": true,
      "status": "succeeded"
    }
  }
}
`)},
	},
})

// stripeCheckout is an event of a checkout session. What arrives when is told in
// docs.stripe.com/checkout/fulfillment (immediate versus delayed payment methods).
func stripeCheckout(id, event, session, paid string) []byte {
	return []byte(strings.NewReplacer("$ID", id, "$EVENT", event, "$SESSION", session, "$PAID", paid).Replace(`{
  "id": "$ID",
  "object": "event",
  "api_version": "2025-05-28.basil",
  "created": 1751465619,
  "livemode": false,
  "pending_webhooks": 1,
  "type": "$EVENT",
  "request": { "id": null, "idempotency_key": null },
  "data": {
    "object": {
      "id": "$SESSION",
      "object": "checkout.session",
      "amount_subtotal": 4900,
      "amount_total": 4900,
      "currency": "usd",
      "client_reference_id": null,
      "customer": "cus_Sb1",
      "customer_email": null,
      "customer_details": {
        "email": "Ada@Example.com",
        "name": "Ada Lovelace",
        "phone": null,
        "address": { "city": null, "country": "US", "line1": null, "line2": null, "postal_code": null, "state": null },
        "tax_exempt": "none",
        "tax_ids": []
      },
      "custom_fields": [],
      "metadata": { "offer_key": "course_a" },
      "mode": "payment",
      "payment_intent": "pi_3R",
      "payment_link": null,
      "payment_status": "$PAID",
      "status": "complete",
      "subscription": null
    }
  }
}
`))
}
