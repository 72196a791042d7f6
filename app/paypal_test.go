package app

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestPayPalsRepeatsAreKnownByWhatIsConfirmed: a message that somebody made up
// does not stand in the way of the real one, a payment passes once while it is
// pending and once when it is completed, and what PayPal sends again in other words
// starts nothing more.
func TestPayPalsRepeatsAreKnownByWhatIsConfirmed(t *testing.T) {
	payPal := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if strings.Contains(string(body), "verify_sign=forged") {
			_, _ = io.WriteString(w, "INVALID")
			return
		}
		_, _ = io.WriteString(w, "VERIFIED")
	}))
	defer payPal.Close()
	c := server(t, nil, "--allow-targets", strings.TrimPrefix(payPal.URL, "http://"))
	id, url := c.hook(t, `{"scheme":"paypal"}`, confirmation(payPal.URL)+`,{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.payer_email }}"}}`)
	send := func(status, sign, more string) {
		t.Helper()
		message := fmt.Sprintf("payment_status=%s&payer_email=ada%%40example.com&txn_id=61E&receiver_email=shop%%40example.com&test_ipn=1&verify_sign=%s%s", status, sign, more)
		resp, err := c.http.Post(url, "application/x-www-form-urlencoded", strings.NewReader(message))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK {
			t.Errorf("PayPal is told %d", resp.StatusCode)
		}
	}
	send("Completed", "forged", "")
	send("Pending", "one", "")
	send("Pending", "one", "") // the same bytes: known at once
	send("Completed", "two", "")
	send("Completed", "three", "&resend=true") // the same payment in other words
	type run struct {
		Status    string
		EndReason string `json:"end_reason"`
	}
	var runs struct{ Items []run }
	for late := time.Now().Add(20 * time.Second); ; {
		if err := c.do(t.Context(), http.MethodGet, c.in("/runs?workflow_id=%s", id), nil, &runs); err != nil {
			t.Fatal(err)
		}
		open := 0
		for _, r := range runs.Items {
			if r.Status != "succeeded" && r.Status != "failed" {
				open++
			}
		}
		if open == 0 && len(runs.Items) == 4 {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("%d runs, %d under way: %+v", len(runs.Items), open, runs.Items)
		}
	}
	seen := map[run]int{}
	for _, r := range runs.Items {
		seen[r]++
	}
	if seen[run{"failed", ""}] != 1 || seen[run{"succeeded", "end"}] != 2 || seen[run{"succeeded", "filter"}] != 1 {
		t.Errorf("runs: %v", seen)
	}
}
