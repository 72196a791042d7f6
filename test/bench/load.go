package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// callLimit bounds one webhook call of the driver.
	callLimit = 60 * time.Second
	// mostInFlight bounds an open loop, so that a server that stands still does
	// not use up the machine; far beyond what a working one reaches.
	mostInFlight = 4096
	// quietLimit is how long the sink may see nothing before what is missing
	// counts as lost.
	quietLimit = 20 * time.Second
)

// load is traffic on one address.
type load struct {
	url string
	// conns is the number of senders that each wait for their answer (a closed
	// loop); with rate, requests a second, they do not wait (an open loop).
	conns int
	rate  float64
	// length is how long requests are sent.
	length time.Duration
	// sink gets the outbound calls; nil for traffic that leads to none.
	sink *sink
	// exact tells the sink to check the mapped fields.
	exact bool
}

// outcome is what came of a load.
type outcome struct {
	Sent, Accepted int
	Refused        map[string]int `json:",omitempty"` // by answer
	Lost           int            // accepted and never sent on
	Doubled, Wrong int
	Sample         string  `json:",omitempty"` // one wrong outbound body
	AckedPerS      float64 // answers a second while requests were sent
	DonePerS       float64 // finished a second, until the sink had the last
	Ack, End       spread  // from when a request was due, in milliseconds
}

// spread is a distribution in milliseconds.
type spread struct{ P50, P90, P99, Max float64 }

// shot is one request: due is when it should have been sent, so that a server
// that makes the driver late does not hide it.
type shot struct {
	seq         int
	due, acked  time.Time
	answer      int
	unreachable bool
}

var loads atomic.Int64

// drive sends the load and waits until the sink has what was accepted.
func (l load) drive(ctx context.Context) (outcome, error) {
	name := "b" + strconv.FormatInt(time.Now().UnixNano(), 36) + "x" + strconv.FormatInt(loads.Add(1), 36)
	var seen *arrivals
	if l.sink != nil {
		seen = l.sink.await(name, l.exact)
	}
	client := &http.Client{Timeout: callLimit, Transport: &http.Transport{
		MaxIdleConnsPerHost: mostInFlight, DisableCompression: true,
	}}
	defer client.CloseIdleConnections()
	start := time.Now()
	fire := l.closed
	if l.rate > 0 {
		fire = l.open
	}
	shots := fire(ctx, start, func(seq int, due time.Time) shot { return post(client, l.url, name, seq, due) })
	sending := time.Since(start)
	if err := ctx.Err(); err != nil {
		return outcome{}, err
	}
	o := outcome{Sent: len(shots)}
	accepted := o.count(shots)
	o.AckedPerS = float64(o.Accepted) / sending.Seconds()
	if seen != nil {
		seen.settled(o.Accepted, quietLimit)
		o.match(accepted, seen, start)
	}
	return o, ctx.Err()
}

func (l load) closed(ctx context.Context, start time.Time, fire func(int, time.Time) shot) []shot {
	var next atomic.Int64
	var senders sync.WaitGroup
	parts := make([][]shot, l.conns)
	for i := range parts {
		senders.Go(func() {
			for now := time.Now(); now.Before(start.Add(l.length)) && ctx.Err() == nil; now = time.Now() {
				parts[i] = append(parts[i], fire(int(next.Add(1)), now))
			}
		})
	}
	senders.Wait()
	return slices.Concat(parts...)
}

func (l load) open(ctx context.Context, start time.Time, fire func(int, time.Time) shot) []shot {
	gap := time.Duration(float64(time.Second) / l.rate)
	shots := make([]shot, int(l.length/gap))
	room := make(chan struct{}, mostInFlight)
	var senders sync.WaitGroup
	for i := range shots {
		due := start.Add(time.Duration(i) * gap)
		time.Sleep(time.Until(due))
		if ctx.Err() != nil {
			break
		}
		room <- struct{}{}
		senders.Go(func() {
			shots[i] = fire(i+1, due)
			<-room
		})
	}
	senders.Wait()
	return shots
}

func post(client *http.Client, url, name string, seq int, due time.Time) shot {
	s := shot{seq: seq, due: due}
	r, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(payload(name, seq)))
	if err != nil {
		s.unreachable = true
		return s
	}
	r.Header.Set("Content-Type", "application/json")
	response, err := client.Do(r)
	if err != nil {
		s.unreachable = true
		return s
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	s.acked, s.answer, s.unreachable = time.Now(), response.StatusCode, err != nil
	return s
}

// count fills in what was answered and returns the accepted requests.
func (o *outcome) count(shots []shot) []shot {
	var accepted []shot
	var acks []float64
	for _, s := range shots {
		switch {
		case s.unreachable:
			o.refused("no answer")
		case s.answer != http.StatusAccepted:
			o.refused(strconv.Itoa(s.answer))
		default:
			accepted = append(accepted, s)
			acks = append(acks, milliseconds(s.acked.Sub(s.due)))
		}
	}
	o.Accepted, o.Ack = len(accepted), spreadOf(acks)
	return accepted
}

func (o *outcome) refused(answer string) {
	if o.Refused == nil {
		o.Refused = map[string]int{}
	}
	o.Refused[answer]++
}

// match compares what was accepted with what arrived.
func (o *outcome) match(accepted []shot, seen *arrivals, start time.Time) {
	var ends []float64
	for _, s := range accepted {
		if at, ok := seen.arrived(s.seq); ok {
			ends = append(ends, milliseconds(at.Sub(s.due)))
		} else {
			o.Lost++
		}
	}
	o.End = spreadOf(ends)
	seen.mu.Lock()
	defer seen.mu.Unlock()
	o.Doubled, o.Wrong, o.Sample = seen.doubled, seen.wrong, seen.sample
	if len(seen.at) > 0 {
		o.DonePerS = float64(len(seen.at)) / seen.last.Sub(start).Seconds()
	}
}

// fault tells what makes the outcome worthless as a measurement: speed counts
// only when nothing was lost, doubled, wrong or refused.
func (o outcome) fault() error {
	if o.Accepted == 0 {
		return fmt.Errorf("nothing was accepted: %v", o.Refused)
	}
	if o.Lost > 0 || o.Doubled > 0 || o.Wrong > 0 || len(o.Refused) > 0 {
		return fmt.Errorf("%d lost, %d doubled, %d wrong, refused %v of %d; a wrong one: %.300s", o.Lost, o.Doubled, o.Wrong, o.Refused, o.Sent, o.Sample)
	}
	return nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// spreadOf sorts the values; the zero spread for none.
func spreadOf(values []float64) spread {
	slices.Sort(values)
	return spread{quantile(values, 0.5), quantile(values, 0.9), quantile(values, 0.99), quantile(values, 1)}
}

// quantile is the nearest-rank quantile of sorted values, 0 for none.
func quantile(sorted []float64, q float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(q * float64(len(sorted))))
	return sorted[min(max(rank-1, 0), len(sorted)-1)]
}

// median is the middle of some rounds; of an even number the lower one of two.
func median(values []float64) float64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	return quantile(sorted, 0.5)
}
