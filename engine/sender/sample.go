package sender

import (
	"embed"
	"fmt"
	"net/http"
	"slices"
)

// Sample is a request as a sender makes it, to try a workflow before the first
// real one arrives. Its body is the sender's documented shape.
type Sample struct {
	// Preset names the sender, "json" for any sender of plain JSON. Event is the
	// sender's own word for what happened.
	Preset, Event string
	// Label is for people.
	Label string
	Body  []byte
	// Header is all but the signature, which Scheme.Sign adds.
	Header http.Header
}

//go:embed samples/*.json
var sampleFiles embed.FS

type sampleEntry struct {
	preset, event, label, file string
	header                     map[string]string
}

// sampleTable is in the order to show; a sender's first sample is its usual one.
var sampleTable = []sampleEntry{
	{"stripe", "checkout.session.completed", "Checkout completed", "stripe.checkout.session.completed", nil},
	{"github", "push", "Push to a repository", "github.push",
		map[string]string{"X-Github-Event": "push", "X-Github-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958"}},
	{"github", "ping", "First contact (ping)", "github.ping",
		map[string]string{"X-Github-Event": "ping", "X-Github-Delivery": "0b989ba4-242f-11e5-81e1-c7b6966d2516"}},
	{"shopify", "orders/create", "Order created", "shopify.orders-create",
		map[string]string{
			"X-Shopify-Topic": "orders/create", "X-Shopify-Shop-Domain": "example.myshopify.com", "X-Shopify-Api-Version": "2026-01",
			"X-Shopify-Webhook-Id": "b54557e4-bdd9-4b37-8a5f-bf7d70bcd043", "X-Shopify-Event-Id": "98880550-7158-44d4-b7cd-2c97c8a091b5",
			"X-Shopify-Triggered-At": "2026-01-10T15:30:01.000000000Z",
		}},
	{"json", "lead.created", "New lead (plain JSON)", "json.lead.created", nil},
}

// Samples lists all samples in the order to show them.
func Samples() []Sample {
	list := make([]Sample, len(sampleTable))
	for i, e := range sampleTable {
		list[i] = e.load()
	}
	return list
}

// SampleOf finds one sample; event "" takes the sender's usual one. False when
// there is none. The caller may change what it gets.
func SampleOf(preset, event string) (Sample, bool) {
	i := slices.IndexFunc(sampleTable, func(e sampleEntry) bool {
		return e.preset == preset && (event == "" || e.event == event)
	})
	if i < 0 {
		return Sample{}, false
	}
	return sampleTable[i].load(), true
}

func (e sampleEntry) load() Sample {
	body, err := sampleFiles.ReadFile("samples/" + e.file + ".json")
	if err != nil {
		panic(fmt.Sprintf("sender: sample %s is not embedded: %v", e.file, err)) // a slip in the table above
	}
	h := http.Header{"Content-Type": {"application/json"}}
	for name, text := range e.header {
		h.Set(name, text)
	}
	return Sample{Preset: e.preset, Event: e.event, Label: e.label, Body: body, Header: h}
}
