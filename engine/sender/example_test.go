package sender_test

import (
	"fmt"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

func Example() {
	now := time.Unix(1700000000, 0)
	stripe, _ := sender.SchemeNamed("stripe")
	r := sender.Request{Method: http.MethodPost, Body: []byte(`{"id":1,"ok":true}`)}

	// As Stripe would.
	header, err := stripe.Sign(now, r, "", "whsec_test_secret")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(header.Get("Stripe-Signature"))

	// As the trigger does.
	r.Header = header
	fmt.Println(stripe.Verify(now, r, sender.Secrets("whsec_test_secret")))
	fmt.Println(stripe.Verify(now.Add(time.Hour), r, sender.Secrets("whsec_test_secret")))
	fmt.Println(stripe.Explain(now.Add(time.Hour), r, sender.Secrets("whsec_test_secret")))
	// Output:
	// t=1700000000,v1=4a1e9242a53015f75458797c820b8858fd154c604601bb54b2655e6beb74b3a8
	// <nil>
	// signature does not match
	// The signature is older than 5m0s: a late repetition, or the sender's clock is behind.
}
