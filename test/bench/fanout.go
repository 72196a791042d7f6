package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"
)

const (
	// fanHooks is how many hooks listen to one event, fanEvents how many events a
	// round has.
	fanHooks, fanEvents = 1_000, 10
	// fewHooks listen beside a dead endpoint, to quietEvents events a second.
	fewHooks, quietEvents = 20, 10
	fanPath, deadPath     = "/fan/", "/dead"
	fanLimit              = 3 * time.Minute
)

// fan is what the sink saw of deliveries.
type fan struct {
	// end is closed when calls of the dead path may go.
	end chan struct{}

	mu      sync.Mutex
	seen    map[string]bool // by webhook-id
	doubled int
	byEvent map[string][]time.Time // by the contact's e-mail
	last    time.Time
}

func newFan() *fan {
	return &fan{end: make(chan struct{}), seen: map[string]bool{}, byEvent: map[string][]time.Time{}}
}

// take notes a delivery; the dead path holds on to its caller.
func (f *fan) take(now time.Time, r *http.Request, body []byte) {
	if r.URL.Path == deadPath {
		select {
		case <-f.end:
		case <-r.Context().Done():
		}
		return
	}
	var sent struct {
		Data struct {
			Contact struct {
				Email string `json:"email"`
			} `json:"contact"`
		} `json:"data"`
	}
	if json.Unmarshal(body, &sent) != nil {
		return // missing then
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	id := r.Header.Get("Webhook-Id")
	if f.seen[id] {
		f.doubled++
		return
	}
	f.seen[id] = true
	f.byEvent[sent.Data.Contact.Email] = append(f.byEvent[sent.Data.Contact.Email], now)
	f.last = now
}

// wait returns once n deliveries have come, with the time of the last.
func (f *fan) wait(ctx context.Context, n int) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, fanLimit)
	defer cancel()
	for {
		f.mu.Lock()
		got, doubled, last := len(f.seen), f.doubled, f.last
		f.mu.Unlock()
		switch {
		case doubled > 0:
			return last, fmt.Errorf("%d deliveries came twice", doubled)
		case got >= n:
			return last, nil
		}
		select {
		case <-ctx.Done():
			return last, fmt.Errorf("%d of %d deliveries came", got, n)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// fanout measures deliveries to hooks: one event to a thousand of them, and the
// p99 of some while another endpoint hangs.
func (b *bench) fanout(ctx context.Context) error {
	server, err := b.install("fanout")
	if err != nil {
		return err
	}
	defer server.discard()
	if err := server.start(ctx); err != nil {
		return err
	}
	if err := server.hooks(ctx, fanHooks, b.sink.base()+fanPath); err != nil {
		return err
	}
	var rates []float64
	for round := range b.rounds + 1 {
		rate, err := server.burst(ctx, fmt.Sprintf("r%d", round))
		if err != nil {
			return err
		}
		if round > 0 { // the first warms up
			rates = append(rates, rate)
		}
	}
	if err := b.report.add(row{
		Measure: "fanout", What: fmt.Sprintf("deliveries of %d events to %d hooks each", fanEvents, fanHooks), Unit: "/s", Value: median(rates), Rounds: rates,
	}.atLeast(2_000)); err != nil {
		return err
	}
	return b.besideDead(ctx)
}

// burst raises events one behind the other and returns deliveries a second, from
// the first call to the last arrival.
func (i *installation) burst(ctx context.Context, name string) (float64, error) {
	f := newFan()
	i.bench.sink.fanTo(f)
	defer i.bench.sink.fanTo(nil)
	start := time.Now()
	for n := range fanEvents {
		if err := i.tag(ctx, fmt.Sprintf("%s-%d@example.com", name, n)); err != nil {
			return 0, err
		}
	}
	last, err := f.wait(ctx, fanHooks*fanEvents)
	if err != nil {
		return 0, err
	}
	return fanHooks * fanEvents / last.Sub(start).Seconds(), nil
}

// besideDead compares the p99 of deliveries without and with a hook whose
// endpoint takes calls and never answers.
func (b *bench) besideDead(ctx context.Context) error {
	server, err := b.install("fanout-dead")
	if err != nil {
		return err
	}
	defer server.discard()
	if err := server.start(ctx); err != nil {
		return err
	}
	if err := server.hooks(ctx, fewHooks, b.sink.base()+fanPath); err != nil {
		return err
	}
	if _, err := server.paced(ctx, "warm"); err != nil {
		return err
	}
	alone, err := server.paced(ctx, "alone")
	if err != nil {
		return err
	}
	if err := server.hooks(ctx, 1, b.sink.base()+deadPath); err != nil {
		return err
	}
	beside, err := server.paced(ctx, "beside")
	if err != nil {
		return err
	}
	what := fmt.Sprintf("event to delivery p99, %d hooks, %d events/s", fewHooks, quietEvents)
	return b.report.addAll(
		row{Measure: "fanout", What: what, Value: alone.P99, Unit: "ms", Detail: alone},
		row{Measure: "fanout", What: what + ", beside a dead endpoint", Value: beside.P99, Unit: "ms", Detail: beside}.atMost(1_000),
	)
}

// paced raises events evenly for two rounds' length and returns how long each
// delivery took from the event's answered call.
func (i *installation) paced(ctx context.Context, name string) (spread, error) {
	f := newFan()
	i.bench.sink.fanTo(f)
	defer i.bench.sink.fanTo(nil)
	defer close(f.end)
	raised := map[string]time.Time{}
	events := max(10, int(2*i.bench.length.Seconds())*quietEvents)
	ticker := time.NewTicker(time.Second / quietEvents)
	defer ticker.Stop()
	for n := range events {
		email := fmt.Sprintf("%s-%d@example.com", name, n)
		at := time.Now()
		if err := i.tag(ctx, email); err != nil {
			return spread{}, err
		}
		raised[email] = at
		select {
		case <-ctx.Done():
			return spread{}, ctx.Err()
		case <-ticker.C:
		}
	}
	if _, err := f.wait(ctx, events*fewHooks); err != nil {
		return spread{}, err
	}
	var waits []float64
	f.mu.Lock()
	defer f.mu.Unlock()
	for email, arrivals := range f.byEvent {
		for _, at := range arrivals {
			waits = append(waits, milliseconds(at.Sub(raised[email])))
		}
	}
	return spreadOf(waits), nil
}

// tag makes a contact with a tag, which raises tag.added.
func (i *installation) tag(ctx context.Context, email string) error {
	return i.client().Do(ctx, http.MethodPost, "/contacts", map[string]any{"email": email, "tags": []string{"fan"}}, nil)
}

// hooks makes hooks that listen to tag.added, each with an address of its own.
func (i *installation) hooks(ctx context.Context, n int, url string) error {
	for k := range n {
		target := url
		if n > 1 {
			target += strconv.Itoa(k)
		}
		if err := i.client().Do(ctx, http.MethodPost, "/hooks", map[string]any{"event": "tag.added", "url": target}, nil); err != nil {
			return err
		}
	}
	return nil
}
