package egress

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/dns/dnsmessage"

	"github.com/hookloom/hookloom/nodes"
)

// newClient makes a client that is cleaned up with the test.
func newClient(t testing.TB, cfg Config) *Client {
	t.Helper()
	c, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// loopback may call everything on this machine.
func loopback(t testing.TB) *Client {
	return newClient(t, Config{AllowTargets: []string{"127.0.0.0/8", "::1"}})
}

// sink is a receiver on loopback.
func sink(t testing.TB, h http.HandlerFunc) *httptest.Server {
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// failed asserts that a call failed with a *nodes.SendError of the kind.
func failed(t *testing.T, err error, kind string, sent, permanent bool) *nodes.SendError {
	t.Helper()
	var se *nodes.SendError
	if !errors.As(err, &se) {
		t.Fatalf("error is %T %v, want a *nodes.SendError", err, err)
	}
	if se.Kind != kind || se.Sent != sent || se.Permanent != permanent {
		t.Fatalf("kind %s, sent %v, permanent %v (%s); want %s, %v, %v", se.Kind, se.Sent, se.Permanent, se.Message, kind, sent, permanent)
	}
	if se.Message == "" {
		t.Fatal("no message")
	}
	return se
}

// canary is a listener that must not be connected to.
type canary struct {
	listeners []net.Listener
	hits      atomic.Int64
	port      uint16
}

// newCanary listens on 127.0.0.1 and, where the machine has it, on [::1], on
// the same port.
func newCanary(t testing.TB) *canary {
	t.Helper()
	c := &canary{}
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c.port = netip.MustParseAddrPort(l.Addr().String()).Port()
	c.listeners = append(c.listeners, l)
	if six, err := net.Listen("tcp6", hostPort("::1", c.port)); err == nil {
		c.listeners = append(c.listeners, six)
	}
	var wg sync.WaitGroup
	for _, l := range c.listeners {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for {
				conn, err := l.Accept()
				if err != nil {
					return
				}
				c.hits.Add(1)
				conn.Close()
			}
		}()
	}
	t.Cleanup(func() {
		for _, l := range c.listeners {
			l.Close()
		}
		wg.Wait()
	})
	return c
}

// untouched asserts that nobody ever connected. A connection of ours goes last,
// so that all earlier ones have been accepted before it.
func (c *canary) untouched(t testing.TB) {
	t.Helper()
	conn, err := net.Dial("tcp4", hostPort("127.0.0.1", c.port))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	_, _ = conn.Read(make([]byte, 1)) // returns when the canary closes it
	if n := c.hits.Load() - 1; n != 0 {
		t.Fatalf("%d connections reached the canary", n)
	}
}

// names is a name server on loopback whose answers a test chooses.
type names struct {
	mu      sync.Mutex
	answers map[string]func(n int) []netip.Addr
	asked   map[string]int
	conn    net.PacketConn
}

func newNames(t testing.TB) *names {
	t.Helper()
	conn, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n := &names{answers: map[string]func(int) []netip.Addr{}, asked: map[string]int{}, conn: conn}
	done := make(chan struct{})
	go func() { defer close(done); n.serve() }()
	t.Cleanup(func() { conn.Close(); <-done })
	return n
}

// set answers a name with fixed addresses.
func (n *names) set(name string, addrs ...string) {
	var list []netip.Addr
	for _, a := range addrs {
		list = append(list, netip.MustParseAddr(a))
	}
	n.flip(name, func(int) []netip.Addr { return list })
}

// flip answers the nth question for a name (A and AAAA count once) by f.
func (n *names) flip(name string, f func(nth int) []netip.Addr) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.answers[name+"."] = f
}

func (n *names) resolver() *net.Resolver {
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp4", n.conn.LocalAddr().String())
	}}
}

func (n *names) serve() {
	buf := make([]byte, 1500)
	for {
		size, from, err := n.conn.ReadFrom(buf)
		if err != nil {
			return
		}
		var msg dnsmessage.Message
		if msg.Unpack(buf[:size]) != nil || len(msg.Questions) != 1 {
			continue
		}
		if out, err := n.answer(msg); err == nil {
			_, _ = n.conn.WriteTo(out, from)
		}
	}
}

func (n *names) answer(msg dnsmessage.Message) ([]byte, error) {
	q := msg.Questions[0]
	n.mu.Lock()
	defer n.mu.Unlock()
	f := n.answers[q.Name.String()]
	out := dnsmessage.Message{Header: dnsmessage.Header{ID: msg.ID, Response: true, RecursionAvailable: true}, Questions: msg.Questions}
	if f == nil {
		out.RCode = dnsmessage.RCodeNameError
		return out.Pack()
	}
	kind := q.Name.String() + q.Type.String()
	nth := n.asked[kind]
	n.asked[kind]++
	head := dnsmessage.ResourceHeader{Name: q.Name, Class: q.Class, TTL: 0}
	for _, a := range f(nth) {
		switch {
		case a.Is4() && q.Type == dnsmessage.TypeA:
			out.Answers = append(out.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AResource{A: a.As4()}})
		case a.Is6() && q.Type == dnsmessage.TypeAAAA:
			out.Answers = append(out.Answers, dnsmessage.Resource{Header: head, Body: &dnsmessage.AAAAResource{AAAA: a.As16()}})
		}
	}
	return out.Pack()
}

// receiver counts the calls that arrive at an address.
type receiver struct {
	atomic.Int64
	port uint16
}

func sinkAt(t testing.TB, address string) *receiver {
	t.Helper()
	l, err := net.Listen("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	r := &receiver{port: netip.MustParseAddrPort(l.Addr().String()).Port()}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { r.Add(1) }))
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return r
}

// redirectAt is a receiver at address that answers 302 to location.
func redirectAt(t testing.TB, address, location string) string {
	t.Helper()
	l, err := net.Listen("tcp4", address)
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if location != "" {
			w.Header().Set("Location", location)
		}
		w.WriteHeader(http.StatusFound)
	}))
	s.Listener.Close()
	s.Listener = l
	s.Start()
	t.Cleanup(s.Close)
	return s.URL
}
