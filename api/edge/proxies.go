// Package edge is what every request passes, whatever it asks for: whose
// address it comes from, its trace id, its line in the log, the headers of its
// answer, and the limits of the server that reads it.
package edge

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxies are the addresses whose forwarding headers are believed. The zero
// value believes nobody.
type Proxies struct{ trusted []netip.Prefix }

// ParseProxies reads addresses and CIDRs; the error names the first that is
// neither.
func ParseProxies(texts []string) (Proxies, error) {
	var p Proxies
	for _, text := range texts {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			addr, err := netip.ParseAddr(text)
			if err != nil {
				return Proxies{}, fmt.Errorf("%q is no address or CIDR", text)
			}
			addr = addr.Unmap().WithZone("")
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		p.trusted = append(p.trusted, unmapPrefix(prefix))
	}
	return p, nil
}

// unmapPrefix turns ::ffff:10.0.0.0/104 into 10.0.0.0/8.
func unmapPrefix(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96).Masked()
	}
	return p.Masked()
}

func (p Proxies) trusts(a netip.Addr) bool {
	for _, prefix := range p.trusted {
		if prefix.Contains(a) {
			return true
		}
	}
	return false
}

// ClientIP is the address that a request comes from: the peer, or when that is
// a trusted proxy, what it says of the one before, from right to left up to the
// first that is not trusted. An address is never IPv4-mapped and has no zone. It
// is invalid when the peer has none (a Unix socket).
func (p Proxies) ClientIP(r *http.Request) netip.Addr {
	peer := Peer(r)
	if len(p.trusted) == 0 || !p.trusts(peer) {
		return peer
	}
	hops := forwardedFor(r.Header)
	client := peer
	for _, hop := range slices.Backward(hops) {
		hop, ok := parseHop(hop)
		if !ok {
			// What stands left of nonsense was not written by a trusted proxy.
			return client
		}
		client = hop
		if !p.trusts(hop) {
			break
		}
	}
	return client
}

// Secure tells whether the request came over https, here or at a trusted proxy.
func (p Proxies) Secure(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	if len(p.trusted) == 0 || !p.trusts(Peer(r)) {
		return false
	}
	if proto := r.Header.Get("X-Forwarded-Proto"); proto != "" {
		last := proto[strings.LastIndexByte(proto, ',')+1:]
		return strings.EqualFold(strings.TrimSpace(last), "https")
	}
	elements := splitList(r.Header.Values("Forwarded"))
	if len(elements) == 0 {
		return false
	}
	return strings.EqualFold(parameter(elements[len(elements)-1], "proto"), "https")
}

// Peer is the address at the other end of the connection.
func Peer(r *http.Request) netip.Addr {
	ap, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Addr{}
	}
	return ap.Addr().Unmap().WithZone("")
}

// Local tells whether the request comes from this machine itself, and not
// through a proxy that runs on it.
func Local(r *http.Request) bool {
	if !Peer(r).IsLoopback() {
		return false
	}
	for _, name := range [...]string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if len(r.Header[name]) > 0 {
			return false
		}
	}
	return true
}

// forwardedFor lists the hops that proxies noted, the nearest last. A proxy
// writes one of the headers; when several are there, the most usual counts.
func forwardedFor(h http.Header) []string {
	if hops := splitList(h.Values("X-Forwarded-For")); len(hops) > 0 {
		return hops
	}
	if elements := splitList(h.Values("Forwarded")); len(elements) > 0 {
		hops := make([]string, len(elements))
		for i, e := range elements {
			hops[i] = parameter(e, "for")
		}
		return hops
	}
	if real := h.Get("X-Real-Ip"); real != "" {
		return []string{real}
	}
	return nil
}

// maxHops bounds what is looked at of a list that strangers write the beginning
// of.
const maxHops = 50

func splitList(values []string) []string {
	var list []string
	for _, v := range values {
		for part := range strings.SplitSeq(v, ",") {
			list = append(list, strings.TrimSpace(part))
		}
	}
	if len(list) > maxHops {
		list = list[len(list)-maxHops:]
	}
	return list
}

// parameter reads one pair of a Forwarded element (RFC 7239), "" when it has
// none.
func parameter(element, name string) string {
	for pair := range strings.SplitSeq(element, ";") {
		key, v, ok := strings.Cut(pair, "=")
		if ok && strings.EqualFold(strings.TrimSpace(key), name) {
			return strings.Trim(strings.TrimSpace(v), `"`)
		}
	}
	return ""
}

// parseHop reads 192.0.2.1, 192.0.2.1:80, 2001:db8::1, [2001:db8::1]:80.
func parseHop(text string) (netip.Addr, bool) {
	if addr, err := netip.ParseAddr(strings.Trim(text, "[]")); err == nil {
		return addr.Unmap().WithZone(""), true
	}
	host, _, err := net.SplitHostPort(text)
	if err != nil {
		return netip.Addr{}, false
	}
	addr, err := netip.ParseAddr(host)
	return addr.Unmap().WithZone(""), err == nil
}
