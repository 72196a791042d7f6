package kajabi_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/kajabi"
)

func attributes(t *testing.T, body map[string]any, kind string) map[string]any {
	t.Helper()
	for _, one := range body["payload"].([]any) {
		if r := one.(map[string]any); r["type"] == kind {
			return r["attributes"].(map[string]any)
		}
	}
	t.Fatalf("no %s in %v", kind, body)
	return nil
}

func TestC8PaymentsAreWrittenInTheirCurrency(t *testing.T) {
	for _, c := range []struct {
		amount         int
		currency, want string
	}{{1000, "USD", "$10.00"}, {5, "EUR", "€0.05"}, {1200, "JPY", "¥1200"}, {1234567, "KWD", "KWD1234.567"}, {0, "GBP", "£0.00"}} {
		body, ok := kajabi.API(crm.PaymentSucceeded, map[string]any{
			"payment": map[string]any{"number": 7, "amount": c.amount, "tax": 0, "currency": c.currency, "kind": "one_time", "state": "succeeded"},
			"contact": map[string]any{"number": 3, "email": "ada@example.com"},
		})
		if a := attributes(t, body, "transactions"); !ok || a["formatted_amount"] != c.want || a["amount_in_cents"] != c.amount || a["state"] != "success" || body["id"] != "7" {
			t.Errorf("%d %s: %v", c.amount, c.currency, body)
		}
	}
}

func TestC8AnEventThatKajabiLacksIsNotSentAsIts(t *testing.T) {
	if _, ok := kajabi.API(crm.CourseEnrolled, map[string]any{}); ok {
		t.Error("sent")
	}
	if kajabi.Sample("refund") != nil {
		t.Error("a sample of no event")
	}
}

// What is not there never breaks what is sent.
func TestC8HolesInEventsAreNothing(t *testing.T) {
	for _, event := range []string{crm.PurchaseCreated, crm.PaymentSucceeded, crm.OrderCreated, crm.FormSubmitted, crm.TagAdded, crm.TagRemoved} {
		for _, data := range []map[string]any{nil, {}, {"contact": nil, "order": map[string]any{"items": []any{nil, 1}}, "payments": []any{nil}, "offers": []any{nil}}} {
			body, ok := kajabi.API(event, data)
			if !ok || len(body["payload"].([]any)) == 0 {
				t.Errorf("%s: %v", event, body)
			}
			kajabi.Nested(event, data)
			kajabi.Flat(event, data)
		}
	}
}

func TestK14BothFormsOfTheDashboardNameTheSameThings(t *testing.T) {
	data := map[string]any{
		"contact":  map[string]any{"number": 3, "email": "ada@example.com", "name": "Ada Lovelace", "first_name": "Ada", "address": map[string]any{"city": "London"}},
		"offer":    map[string]any{"number": 9, "title": "Course"},
		"purchase": map[string]any{"number": 5, "amount": 4900, "currency": "USD", "payment_type": "one_time"},
	}
	nested, flat := kajabi.Nested(crm.PurchaseCreated, data), kajabi.Flat(crm.PurchaseCreated, data)
	n, f := nested["payload"].(map[string]any), flat["payload"].(map[string]any)
	member, offer := n["member"].(map[string]any), n["offer"].(map[string]any)
	if member["id"] != f["member_id"] || member["email"] != f["member_email"] || offer["id"] != f["offer_id"] || n["address_city"] != f["contact_address_city"] ||
		nested["id"] != "5" || flat["id"] != "5" || !strings.HasPrefix(flat["event"].(string), "purchase.") || n["amount_in_cents"] != 4900 {
		t.Errorf("%v\n%v", nested, flat)
	}
}
