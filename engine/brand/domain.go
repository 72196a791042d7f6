package brand

import (
	"net"
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// NormalizeDomain writes a host name in ASCII and lower case; "" stays. wrong says
// what is wrong, "" for nothing. People paste whole addresses, so what begins with a
// scheme and ends with a slash is taken too.
func NormalizeDomain(text string) (clean, wrong string) {
	clean = strings.TrimSpace(text)
	for _, scheme := range []string{"https://", "http://"} {
		if len(clean) > len(scheme) && strings.EqualFold(clean[:len(scheme)], scheme) {
			clean = clean[len(scheme):]
		}
	}
	clean = strings.TrimSuffix(strings.TrimSuffix(clean, "/"), ".")
	if clean == "" {
		return "", ""
	}
	if strings.ContainsAny(clean, "/:@?# ") {
		return clean, "Write the host name alone, like flows.client.com: no port, no path."
	}
	ascii, err := idna.Lookup.ToASCII(clean)
	if err != nil || len(ascii) > 253 {
		return clean, "This is no host name. One looks like flows.client.com."
	}
	if _, err := netip.ParseAddr(ascii); err == nil {
		return ascii, "This is an address of a machine. Use a name, like flows.client.com."
	}
	if !strings.Contains(ascii, ".") {
		return ascii, "A domain has a dot in it, like flows.client.com."
	}
	return ascii, ""
}

// Host is the name in a Host header without its port, in lower case. The header is
// written by strangers: what it says is good for looking it up, and for nothing else.
func Host(header string) string {
	host := header
	if name, _, err := net.SplitHostPort(header); err == nil {
		host = name
	}
	return strings.TrimSuffix(strings.ToLower(host), ".")
}
