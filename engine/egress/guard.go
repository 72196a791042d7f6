package egress

import (
	"fmt"
	"net/netip"
	"strings"
	"syscall"

	"code.dny.dev/ssrf"

	"github.com/hookloom/hookloom/nodes"
)

// azureWire is where Azure serves its platform to machines. It is a public
// address, so no registry of special ones lists it.
var azureWire = netip.MustParsePrefix("168.63.129.16/32")

// guard decides which addresses may be dialled. It judges the address that a
// socket is about to connect to, so nothing that a name resolves to, now or at
// the next look-up, gets around it.
type guard struct {
	allowed targets
	public  *ssrf.Guardian
}

func newGuard(allowed targets) guard {
	return guard{allowed: allowed, public: ssrf.New(ssrf.WithAnyPort(), ssrf.WithDeniedV4Prefixes(azureWire))}
}

// permit says how an address may be used.
type permit int

const (
	denied permit = iota
	// open is a public address: by https only.
	open
	// named is an address or host of ALLOW_TARGETS: by https and http.
	named
)

// judge classes one address of a host.
func (g guard) judge(host string, at netip.AddrPort) permit {
	at = netip.AddrPortFrom(at.Addr().Unmap(), at.Port())
	if g.allowed.allowsAddr(at) || g.allowed.allowsHost(host, at.Port()) {
		return named
	}
	if g.public.SafeAddrPort(at) != nil {
		return denied
	}
	return open
}

// control is the last check, in the system call before connect. host is the
// name that was looked up for this connection.
func (g guard) control(host string, plain bool) func(network, address string, _ syscall.RawConn) error {
	return func(network, address string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(address)
		if err != nil || (network != "tcp4" && network != "tcp6") {
			return dialError{refused("The call would leave over something else than TCP, which is not allowed.")}
		}
		switch p := g.judge(host, at); {
		case p == denied:
			return dialError{privateRefusal(host, at.Port())}
		case p == open && plain:
			return dialError{plainRefusal(host, at.Port())}
		}
		return nil
	}
}

// beforeLookup refuses what needs no look-up to be refused.
func (g guard) beforeLookup(t target) *nodes.SendError {
	if g.allowed.allowsHost(t.host, t.port) {
		return nil
	}
	if addr, err := netip.ParseAddr(t.host); err == nil {
		switch p := g.judge(t.host, netip.AddrPortFrom(addr, t.port)); {
		case p == denied:
			return privateRefusal(t.host, t.port)
		case p == open && t.plain:
			return plainRefusal(t.host, t.port)
		}
		return nil
	}
	if metadata[t.host] {
		return privateRefusal(t.host, t.port)
	}
	if t.plain && !g.allowed.anyAddr() {
		return plainRefusal(t.host, t.port)
	}
	if (t.host == "localhost" || strings.HasSuffix(t.host, ".localhost")) && !g.allowed.anyAddr() {
		return privateRefusal(t.host, t.port)
	}
	return nil
}

func privateRefusal(host string, port uint16) *nodes.SendError {
	at := hostPort(short(host), port)
	return refused(fmt.Sprintf("%s is, or leads to, an address inside a private network, and only public addresses are called. "+
		"Use a public address. If this one is meant, whoever runs this server can permit it by adding %s to ALLOW_TARGETS.", at, at))
}

func plainRefusal(host string, port uint16) *nodes.SendError {
	at := hostPort(short(host), port)
	return refused(fmt.Sprintf("The address of %s starts with http://, so anyone on the way could read the call. "+
		"Use https://. If the receiver has none, whoever runs this server can permit it by adding %s to ALLOW_TARGETS.", at, at))
}
