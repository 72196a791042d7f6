package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// steps shows the run as a table.
func (d *demo) steps(run instance.Run) {
	d.sayf("\nRun      %s  %s in %v\n", run.ID, run.Status, between(run.StartedAt, run.FinishedAt))
	w := tabwriter.NewWriter(d.out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(w, "  step\ttype\tstatus\ttook\toutput")
	for _, step := range run.Steps {
		_, _ = fmt.Fprintf(w, "  %s\t%s\t%s\t%v\t%s\n", step.Name, step.Type, step.Status, between(step.StartedAt, step.FinishedAt), short(step.Output))
	}
	_ = w.Flush()
}

// between is the time from one moment to another, as far as they are known.
func between(from, to *time.Time) time.Duration {
	if from == nil || to == nil {
		return 0
	}
	return to.Sub(*from).Round(10 * time.Microsecond)
}

// short is JSON on one line, cut.
func short(raw json.RawMessage) string {
	const most = 72
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return ""
	}
	text := []rune(b.String())
	if len(text) > most {
		text = append(text[:most], '…')
	}
	return string(text)
}

// outbound shows and checks the request as the other service received it.
func (d *demo) outbound() error {
	requests := d.receiver.requests()
	if len(requests) != 1 {
		return fmt.Errorf("the receiver got %d requests, not 1", len(requests))
	}
	r := requests[0]
	d.sayf("\nOutbound request, as received:\n\n  %s %s", r.method, r.url.RequestURI())
	for _, name := range []string{"Content-Type", "User-Agent", "Idempotency-Key", "Webhook-Id", "Webhook-Timestamp"} {
		if v := r.header.Get(name); v != "" {
			d.sayf("  %s: %s", name, v)
		}
	}
	d.sayf("\n  %s", r.body)
	return checkOutbound(r)
}

func checkOutbound(r received) error {
	var body map[string]any
	if err := json.Unmarshal(r.body, &body); err != nil {
		return fmt.Errorf("the outbound body is no JSON: %w", err)
	}
	grant, _ := body["grant"].(string)
	want := map[string]any{
		"email": "ada@example.com", "first_name": "Ada", "amount": 49.0, "currency": "USD", "grant": grant, "support": "help@example.com",
	}
	if !reflect.DeepEqual(body, want) || grant == "" {
		return fmt.Errorf("the outbound body is %v, not %v", body, want)
	}
	if r.method != http.MethodPost || r.url.Path != "/orders" || !slices.Equal(r.url.Query()["session"], []string{"cs_test_a1"}) {
		return fmt.Errorf("the outbound request is %s %s, not POST /orders?session=cs_test_a1", r.method, r.url)
	}
	if r.header.Get("Idempotency-Key") == "" || r.header.Get("Webhook-Id") == "" {
		return fmt.Errorf("the outbound request has no Idempotency-Key or webhook-id")
	}
	return nil
}
