package faults

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// Effect is one outbound call as the sink received it.
type Effect struct {
	At time.Time `json:"at"`
	// Flow is the workflow, ID and Run what its body says.
	Flow string `json:"flow"`
	ID   string `json:"id"`
	Run  string `json:"run"`
	// Key is the Idempotency-Key, MessageID the webhook-id.
	Key       string `json:"key"`
	MessageID string `json:"message_id"`
	Body      string `json:"body"`
	// Answer is what the sink did: a status, or "reset" or "hang".
	Answer string `json:"answer"`
}

// Manners says how the sink treats calls, each as one call in so many; 0 is
// never. The zero value answers every call with 200 at once.
type Manners struct {
	Fail, Slow, Reset, Hang int
}

// Rude are the manners of a receiver on a bad day.
var Rude = Manners{Fail: 25, Slow: 10, Reset: 40, Hang: 80}

const (
	slowness = 200 * time.Millisecond
	// hangTime is longer than the time limit of the sending step.
	hangTime = 3 * time.Second
)

// Sink receives the outbound calls. It is safe for concurrent use.
type Sink struct {
	server  *http.Server
	address string

	mu      sync.Mutex
	random  *rand.Rand
	manners Manners
	effects []Effect
	file    *os.File
}

// OpenSink listens on a loopback port, misbehaves by the seed, and keeps every
// call in the file too.
func OpenSink(seed uint64, manners Manners, file string) (*Sink, error) {
	f, err := os.Create(file)
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		_ = f.Close()
		return nil, err
	}
	s := &Sink{address: l.Addr().String(), random: rand.New(rand.NewPCG(seed, 2)), manners: manners, file: f}
	s.server = &http.Server{Handler: s, ReadHeaderTimeout: sendLimit}
	go func() { _ = s.server.Serve(l) }()
	return s, nil
}

// Address is host:port, for ALLOW_TARGETS.
func (s *Sink) Address() string { return s.address }

// URL is the base of the addresses that workflows call.
func (s *Sink) URL() string { return "http://" + s.address }

// Close ends the sink.
func (s *Sink) Close() error {
	err := s.server.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	return errors.Join(err, s.file.Close())
}

// Behave changes the manners from now on.
func (s *Sink) Behave(m Manners) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.manners = m
}

// Effects returns a copy of all calls so far.
func (s *Sink) Effects() []Effect {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.effects)
}

// ServeHTTP receives one call.
func (s *Sink) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the sender died while sending: not a call
	}
	e := Effect{
		At: time.Now(), Flow: strings.Trim(r.URL.Path, "/"), Key: r.Header.Get("Idempotency-Key"),
		MessageID: r.Header.Get("Webhook-Id"), Body: string(body),
	}
	var sent struct{ ID, Run string }
	_ = json.Unmarshal(body, &sent) // what cannot be read is found by the checker
	e.ID, e.Run = sent.ID, sent.Run
	switch answer := s.note(e); answer {
	case "reset":
		reset(w)
	case "hang":
		select {
		case <-r.Context().Done():
		case <-time.After(hangTime):
		}
		panic(http.ErrAbortHandler)
	case "500":
		http.Error(w, "a bad day", http.StatusInternalServerError)
	case "slow":
		time.Sleep(slowness)
		fallthrough
	default:
		_, _ = io.WriteString(w, `{"ok":true}`)
	}
}

// note decides how to treat the call and writes it down before it is answered.
func (s *Sink) note(e Effect) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	e.Answer = "200"
	for _, way := range []struct {
		oneIn int
		name  string
	}{{s.manners.Hang, "hang"}, {s.manners.Reset, "reset"}, {s.manners.Fail, "500"}, {s.manners.Slow, "slow"}} {
		if way.oneIn > 0 && s.random.IntN(way.oneIn) == 0 {
			e.Answer = way.name
			break
		}
	}
	s.effects = append(s.effects, e)
	if line, err := json.Marshal(e); err == nil {
		_, _ = fmt.Fprintf(s.file, "%s\n", line)
	}
	return e.Answer
}

// reset ends the connection with RST: the sender cannot know what became of its
// request.
func reset(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
