package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/engine/sender"
)

// answer is what a sender is told.
type answer struct {
	Status    int      `json:"-"`
	RequestID string   `json:"request_id"`
	Verdict   string   `json:"verdict"`
	RunIDs    []string `json:"run_ids"`
}

// sell sends a paid Stripe checkout, signed with the secret as Stripe does.
func sell(ctx context.Context, hook, secret string) (answer, error) {
	sample, ok := sender.Named("stripe").Sample("checkout.session.completed")
	if !ok {
		return answer{}, errors.New("the Stripe sample is missing")
	}
	sample.Header = sample.Header.Clone() // not Fresh: the second call must be a repeat
	scheme, ok := sender.SchemeNamed("stripe")
	if !ok {
		return answer{}, errors.New("the Stripe scheme is missing")
	}
	signature, err := scheme.Sign(time.Now(), sender.Request{Method: http.MethodPost, URL: hook, Header: sample.Header, Body: sample.Body}, "", secret)
	if err != nil {
		return answer{}, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, hook, bytes.NewReader(sample.Body))
	if err != nil {
		return answer{}, err
	}
	r.Header = sample.Header
	for name, values := range signature {
		r.Header[name] = values
	}
	response, err := (&http.Client{Timeout: 10 * time.Second}).Do(r)
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return answer{}, err
	}
	a := answer{Status: response.StatusCode}
	if a.Status/100 == 2 {
		if err := json.Unmarshal(text, &a); err != nil {
			return a, fmt.Errorf("the answer %.200q: %w", text, err)
		}
	}
	return a, nil
}
