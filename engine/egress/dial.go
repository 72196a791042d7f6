package egress

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"syscall"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

const (
	// maxAddrs is how many addresses of a name are tried.
	maxAddrs = 8
	// stagger is the head start of an address before the next is tried beside
	// it (RFC 8305).
	stagger = 250 * time.Millisecond
)

// dialError carries a finished verdict through net and net/http.
type dialError struct{ *nodes.SendError }

// dialer looks a name up once, judges every address of the answer, and
// connects to those very addresses.
type dialer struct {
	guard    guard
	plain    bool
	resolver *net.Resolver
	timeout  time.Duration
}

// dial is http.Transport.DialContext. Every error is a dialError, or the end of
// the context.
func (d dialer) dial(ctx context.Context, _, address string) (net.Conn, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, dialError{invalid("The host in the address cannot be read.")}
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil {
		return nil, dialError{invalid("The port in the address has to be a number from 1 to 65535.")}
	}
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	addrs, refusal := d.lookup(ctx, host, uint16(port))
	if refusal != nil {
		return nil, dialError{refusal}
	}
	conn, err := d.race(ctx, host, addrs)
	if err != nil {
		return nil, d.explain(host, uint16(port), err)
	}
	return conn, nil
}

// lookup returns the addresses of host that may be dialled. A public address
// beside a private one is how rebinding looks, so one private address spoils
// the answer; only when every other one is allowed by name is it just left out
// (localhost is 127.0.0.1 and ::1, and often only one of them is listed).
func (d dialer) lookup(ctx context.Context, host string, port uint16) ([]netip.AddrPort, *nodes.SendError) {
	found, refusal := d.resolve(ctx, host)
	if refusal != nil {
		return nil, refusal
	}
	var usable []netip.AddrPort
	count := map[permit]int{}
	for _, addr := range found {
		at := netip.AddrPortFrom(addr.Unmap(), port)
		p := d.guard.judge(host, at)
		count[p]++
		if p == named || (p == open && !d.plain) {
			usable = append(usable, at)
		}
	}
	switch {
	case count[denied] > 0 && (count[open] > 0 || len(usable) == 0):
		return nil, privateRefusal(host, port)
	case len(usable) == 0:
		return nil, plainRefusal(host, port)
	}
	return usable[:min(len(usable), maxAddrs)], nil
}

func (d dialer) resolve(ctx context.Context, host string) ([]netip.Addr, *nodes.SendError) {
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr}, nil
	}
	found, err := d.resolver.LookupNetIP(ctx, "ip", host)
	if err == nil && len(found) > 0 {
		return found, nil
	}
	var missing *net.DNSError
	if err == nil || (errors.As(err, &missing) && missing.IsNotFound) {
		return nil, &nodes.SendError{Kind: "dns", Message: fmt.Sprintf("There is no host called %s. Check the address for a typing mistake.", short(host))}
	}
	return nil, &nodes.SendError{Kind: "dns", Message: fmt.Sprintf("The address of %s could not be looked up. The name service did not answer; this usually passes.", short(host))}
}

// race connects to the addresses in order, each with a head start over the
// next, and keeps the first connection.
func (d dialer) race(ctx context.Context, host string, addrs []netip.AddrPort) (net.Conn, error) {
	nd := net.Dialer{Control: d.guard.control(host, d.plain), KeepAlive: 30 * time.Second}
	if len(addrs) == 1 {
		return nd.DialContext(ctx, "tcp", addrs[0].String())
	}
	type result struct {
		conn net.Conn
		err  error
	}
	ctx, stop := context.WithCancel(ctx)
	results := make(chan result, len(addrs))
	next := time.NewTimer(0)
	defer next.Stop()
	started, failed := 0, 0
	var firstErr error
	defer func() {
		stop()
		// Late winners are closed by whoever has time, not by the caller.
		go func(rest int) {
			for range rest {
				if r := <-results; r.conn != nil {
					r.conn.Close()
				}
			}
		}(started - failed)
	}()
	for {
		select {
		case <-next.C:
			if started == len(addrs) {
				continue
			}
			at := addrs[started].String()
			started++
			go func() {
				conn, err := nd.DialContext(ctx, "tcp", at)
				results <- result{conn, err}
			}()
			next.Reset(stagger)
		case r := <-results:
			failed++ // or won; either way no longer awaited
			if r.err == nil {
				return r.conn, nil
			}
			if firstErr == nil {
				firstErr = r.err
			}
			if failed == len(addrs) {
				return nil, firstErr
			}
			next.Reset(0)
		}
	}
}

// explain says why no connection came about. Nothing was sent.
func (d dialer) explain(host string, port uint16, err error) error {
	if verdict, ok := errors.AsType[dialError](err); ok {
		return verdict
	}
	at := hostPort(short(host), port)
	var timeout net.Error
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return dialError{&nodes.SendError{Kind: "connect", Message: fmt.Sprintf("%s refused the connection. The server is not running, or the port is wrong.", at)}}
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &timeout) && timeout.Timeout():
		return dialError{&nodes.SendError{Kind: "timeout", Message: fmt.Sprintf("%s did not accept a connection within %s. The server is down, or a firewall is in between.", at, d.timeout)}}
	case errors.Is(err, syscall.EMFILE), errors.Is(err, syscall.ENFILE), errors.Is(err, syscall.EADDRNOTAVAIL):
		return dialError{&nodes.SendError{Kind: "connect", Message: fmt.Sprintf("No connection to %s could be opened, because too many are open already. This usually passes.", at)}}
	}
	return dialError{&nodes.SendError{Kind: "connect", Message: fmt.Sprintf("No connection to %s could be opened. The server or its network is not reachable.", at)}}
}
