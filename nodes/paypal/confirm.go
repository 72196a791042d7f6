// Package paypal holds the step that asks PayPal whether a message is its own.
package paypal

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Action[ConfirmParams]{
		Meta: nodes.Meta{
			Type: "paypal.confirm", Version: 1, Name: "Confirm with PayPal", Group: "Webhooks", Icon: "shield-check",
			Summary: "Ask PayPal whether a payment message is its own, and stop the run when it is not.",
			Card:    "{receiver}", Gate: true,
			Sample: map[string]any{"confirmed": true, "status": "Completed"},
		},
		Repeatable: true, // asking twice changes nothing
		Run:        confirm,
	})
}

// ConfirmParams say whose payments count. PayPal confirms every message of its
// own, also one about a payment to somebody else or with play money, so both
// must be ruled out here.
type ConfirmParams struct {
	Receiver    string `json:"receiver" label:"Your PayPal e-mail or merchant ID" required:"true" example:"shop@example.com" help:"Payments to anybody else are refused: PayPal confirms those too." max:"200"`
	Environment string `json:"environment" label:"Payments" options:"live=Real,sandbox=PayPal's sandbox" default:"live" no_map:"true"`
	Address     string `json:"address" label:"Another address to ask" kind:"url" advanced:"true" no_map:"true" help:"Only for a stand-in of PayPal, in tests."`
}

// addresses are where PayPal is asked. Source: developer.paypal.com, "IPN
// implementation".
var addresses = map[string]string{
	"live":    "https://ipnpb.paypal.com/cgi-bin/webscr",
	"sandbox": "https://ipnpb.sandbox.paypal.com/cgi-bin/webscr",
}

// Confirmed is what later steps may read.
type Confirmed struct {
	// Confirmed is false where there was nothing to confirm.
	Confirmed bool   `json:"confirmed"`
	Status    string `json:"status"`
}

func confirm(ctx context.Context, env *nodes.Env, p ConfirmParams) (any, error) {
	request, err := env.Request(ctx)
	switch {
	case errors.Is(err, nodes.ErrNoRequest) && env.Trigger["sender"] == sender.PayPal:
		return nil, nodes.Permanent(errors.New("the message of PayPal is not stored any more, so that it cannot be confirmed"))
	case err != nil && !errors.Is(err, nodes.ErrNoRequest):
		return nil, err
	case env.Trigger["sender"] != sender.PayPal:
		env.Warn("This run was not started by PayPal: there was nothing to confirm.")
		return Confirmed{}, nil
	}
	body, _ := env.Trigger["body"].(map[string]any)
	if err := p.fits(body); err != nil {
		return nil, nodes.Permanent(err)
	}
	address := p.Address
	if address == "" {
		address = addresses[p.Environment]
	}
	answer, err := env.HTTP.Send(ctx, nodes.HTTPRequest{
		Method: http.MethodPost, URL: address, Timeout: 30 * time.Second, MaxResponse: 4 << 10,
		Header: http.Header{"Content-Type": {"application/x-www-form-urlencoded"}, "User-Agent": {"IPN-Verification"}},
		// The same bytes in the same order, or PayPal does not know them.
		Body: append([]byte("cmd=_notify-validate&"), request.Body...),
	})
	if err != nil {
		return nil, err
	}
	switch word := strings.TrimSpace(string(answer.Body)); {
	case answer.Status != http.StatusOK:
		return nil, fmt.Errorf("PayPal answered with status %d: it is asked again", answer.Status)
	case word == "VERIFIED":
		return once(ctx, env, body)
	case word == "INVALID":
		return nil, nodes.Permanent(errors.New("PayPal does not know this message (INVALID): somebody else may have made it up, so nothing was done"))
	}
	return nil, errors.New("PayPal answered neither VERIFIED nor INVALID: it is asked again")
}

// once ends the run of a message that PayPal confirmed before: it sends one again
// until it is answered, and whoever has read one may send it too. A transaction
// passes once in each of its statuses.
func once(ctx context.Context, env *nodes.Env, body map[string]any) (any, error) {
	confirmed := Confirmed{true, text(body, "payment_status")}
	id, status := text(body, "txn_id"), confirmed.Status
	if status == "" {
		status = text(body, "txn_type")
	}
	if id == "" || env.Once == nil {
		return confirmed, nil
	}
	first, err := env.Once(ctx, id+" "+status)
	if err != nil || first {
		return confirmed, err
	}
	return nodes.End{Output: confirmed, Note: fmt.Sprintf("PayPal's message about %.60s (%.40s) was handled before: this is a repeat.", id, status)}, nil
}

// fits refuses what PayPal would confirm although it is no payment to the owner.
func (p ConfirmParams) fits(body map[string]any) error {
	test := text(body, "test_ipn") == "1"
	switch {
	case test && p.Environment == "live":
		return errors.New("this is a message of PayPal's sandbox, where nobody pays: choose the sandbox in this step to try it out")
	case !test && p.Environment == "sandbox":
		return errors.New("this is a message about a real payment, but this step asks PayPal's sandbox: choose real payments")
	}
	for _, field := range []string{"receiver_email", "receiver_id", "business"} {
		if given := text(body, field); given != "" && strings.EqualFold(given, strings.TrimSpace(p.Receiver)) {
			return nil
		}
	}
	return fmt.Errorf("this payment went to %.100q and not to you: nothing was done", text(body, "receiver_email"))
}

// text is a field of a form; a field that comes twice has none.
func text(body map[string]any, field string) string {
	v, _ := body[field].(string)
	return v
}
