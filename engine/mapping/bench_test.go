package mapping

import (
	"context"
	"testing"

	"github.com/hookloom/hookloom/engine/value"
)

const saleJSON = `{"id": 820982911946154508, "email": "ADA@Example.com", "total": 4900,
 "customer": {"email": "ADA@Example.com", "first": "Ada", "last": "Lovelace"},
 "items": [{"sku": "A1", "qty": 2, "price": 19.99}, {"sku": "B2", "qty": 1, "price": 5}]}`

func saleScope(t testing.TB) Scope {
	t.Helper()
	body, err := value.Decode([]byte(saleJSON))
	if err != nil {
		t.Fatal(err)
	}
	return Scope{"trigger": map[string]any{"id": "sale", "body": body}}
}

var fiveFields = map[string]any{
	"email": "{{ trigger.body.customer.email | lower() }}",
	"name":  `{{ trigger.body.customer.first + " " + trigger.body.customer.last }}`,
	"price": "{{ trigger.body.total / 100 }}",
	"sku":   "{{ trigger.body.items[0].sku }}",
	"order": "{{ trigger.body.id }}",
}

func BenchmarkResolveFiveFields(b *testing.B) {
	template := compiled(b, fiveFields)
	s, ctx := saleScope(b), context.Background()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := template.Resolve(ctx, s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkResolve(b *testing.B) {
	for name, source := range map[string]string{
		"path":   "{{ trigger.body.customer.email }}",
		"pipe":   "{{ trigger.body.customer.email | lower() }}",
		"concat": `{{ trigger.body.customer.first + " " + trigger.body.customer.last }}`,
		"mixed":  "Hello {{ trigger.body.customer.first }} {{ trigger.body.customer.last }}",
		"sum":    "{{ sum(trigger.body.items, .qty * .price) }}",
	} {
		b.Run(name, func(b *testing.B) {
			template := compiled(b, source)
			s, ctx := saleScope(b), context.Background()
			b.ReportAllocs()
			for b.Loop() {
				if _, err := template.Resolve(ctx, s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		if _, bad := build("trigger.body.customer.email | lower() | default(\"nobody\")", false, runNames); bad != nil {
			b.Fatal(bad)
		}
	}
}
