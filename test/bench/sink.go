package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"time"
)

// sink is the far API: it takes outbound calls at once and notes what arrived
// when.
type sink struct {
	addr   string
	server *http.Server

	mu     sync.Mutex
	expect *arrivals
	fan    *fan
}

// arrivals is what the sink saw of one load.
type arrivals struct {
	load string
	// exact checks the mapped fields too, not only the trace.
	exact bool

	mu      sync.Mutex
	at      map[int]time.Time // the first arrival of each payload
	doubled int
	wrong   int
	sample  string // one wrong body
	last    time.Time
}

// openSink listens on a loopback address; port 0 takes a free one.
func openSink(addr string) (*sink, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, err
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return nil, fmt.Errorf("the sink listens on a loopback address only, not on %q", host)
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	s := &sink{addr: listener.Addr().String()}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = s.server.Serve(listener) }() // ends with close
	return s, nil
}

func (s *sink) close() { _ = s.server.Close() }

// url is where steps send to.
func (s *sink) url() string { return s.base() + "/sink" }

func (s *sink) base() string { return "http://" + s.addr }

// fanTo notes deliveries to hooks from now on; nil notes none.
func (s *sink) fanTo(f *fan) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fan = f
}

// await begins to note the arrivals of a load and forgets the one before.
func (s *sink) await(load string, exact bool) *arrivals {
	a := &arrivals{load: load, exact: exact, at: map[int]time.Time{}}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expect = a
	return a
}

// ServeHTTP takes one outbound call.
func (s *sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	now := time.Now()
	body, err := io.ReadAll(io.LimitReader(r.Body, 64<<10))
	s.mu.Lock()
	deliveries := s.fan
	s.mu.Unlock()
	if deliveries != nil && err == nil {
		deliveries.take(now, r, body)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"ok":true}`)
	if err != nil {
		return // the caller gave up: the payload is missing then
	}
	s.mu.Lock()
	a := s.expect
	s.mu.Unlock()
	if a != nil {
		a.note(now, body)
	}
}

// note takes in a body. What belongs to another load (its stragglers, warm-ups)
// does not count.
func (a *arrivals) note(now time.Time, body []byte) {
	m, readable := readMapped(body)
	load, seq, traced := readTrace(m.Trace)
	a.mu.Lock()
	defer a.mu.Unlock()
	switch {
	case readable && traced && load != a.load:
		return
	case !readable || !traced || a.exact && !m.right(seq):
		a.wrong++
		a.sample = string(body)
		return
	}
	if _, seen := a.at[seq]; seen {
		a.doubled++
		return
	}
	a.at[seq] = now
	a.last = now
}

// count is how many payloads have arrived, wrong ones not included.
func (a *arrivals) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.at)
}

// arrived returns when a payload arrived first; false when it has not.
func (a *arrivals) arrived(seq int) (time.Time, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	at, ok := a.at[seq]
	return at, ok
}

// settled waits until n payloads have arrived, or none has for quiet.
func (a *arrivals) settled(n int, quiet time.Duration) {
	seen, since := -1, time.Now()
	for {
		now := a.count()
		if now >= n {
			return
		}
		if now != seen {
			seen, since = now, time.Now()
		}
		if time.Since(since) > quiet {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
