package faults

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"
)

const (
	// sendLimit is how long a sender waits for an answer.
	sendLimit = 5 * time.Second
	// resends is how often an unanswered webhook is sent again by every second
	// sender; the others give up, as some do.
	resends = 3
)

// Driver sends webhooks in an open loop: at its rate, whether or not earlier
// ones are answered.
type Driver struct {
	// Hooks are the addresses, by flow.
	Hooks  map[string]string
	Ledger *Ledger
	// Rate is requests a second.
	Rate int
	// Persistent makes every sender repeat until it is answered 2xx or refused,
	// Once makes none repeat.
	Persistent, Once bool
}

// Drive sends all orders and returns when the last is answered or given up, or
// ctx ends.
func (d *Driver) Drive(ctx context.Context, orders []Order) {
	client := &http.Client{Timeout: sendLimit, Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer client.CloseIdleConnections()
	ticker := time.NewTicker(time.Second / time.Duration(d.Rate))
	defer ticker.Stop()
	var senders sync.WaitGroup
	defer senders.Wait()
	for i, o := range orders {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		senders.Go(func() { d.deliver(ctx, client, o, d.Persistent || (!d.Once && i%2 == 0)) })
	}
}

// deliver sends one webhook, again when it is not answered by a decision.
func (d *Driver) deliver(ctx context.Context, client *http.Client, o Order, again bool) {
	for try := 0; ; try++ {
		if d.send(ctx, client, o) || !again || (try == resends && !d.Persistent) {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(200+100*try) * time.Millisecond):
		}
	}
}

// send makes one request and reports whether it was decided: neither
// unanswered nor turned away for now.
func (d *Driver) send(ctx context.Context, client *http.Client, o Order) bool {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.Hooks[o.Flow], strings.NewReader(o.Body))
	if err != nil {
		return true
	}
	r.Header.Set("Content-Type", "application/json")
	d.Ledger.Sent(o)
	response, err := client.Do(r)
	if err != nil {
		d.Ledger.Unanswered(o)
		return false
	}
	defer response.Body.Close()
	// The status line is the promise, even when the process dies before the end
	// of the body.
	text, _ := io.ReadAll(response.Body)
	var answer struct {
		RunIDs []string `json:"run_ids"`
	}
	_ = json.Unmarshal(text, &answer)
	d.Ledger.Answered(o, response.StatusCode, answer.RunIDs, time.Now())
	return response.StatusCode < 500 && response.StatusCode != http.StatusTooManyRequests
}
