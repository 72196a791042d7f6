package egress

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/idna"

	"github.com/hookloom/hookloom/nodes"
)

// MaxURL is how long an address may be, in bytes.
const MaxURL = 8 << 10

// target is an address that passed every check that needs no name look-up.
type target struct {
	// url has the host rewritten to its one normal form and no fragment.
	url *url.URL
	// host is in lower case, in ASCII, without brackets or a trailing dot.
	host string
	port uint16
	// plain is true for http.
	plain bool
}

// name is how messages call the receiver: never more of the address than this,
// because a path or a query may hold a secret.
func (t target) name() string {
	host := short(t.host)
	if (t.plain && t.port == 80) || (!t.plain && t.port == 443) {
		return host
	}
	return hostPort(host, t.port)
}

// metadata names are those under which clouds serve credentials to machines.
// Their addresses are refused as well; the names give a clearer answer, and one
// that does not depend on who answers the look-up.
var metadata = map[string]bool{
	"metadata": true, "metadata.google.internal": true, "metadata.goog": true,
	"instance-data": true, "instance-data.ec2.internal": true,
	"metadata.azure.internal": true, "metadata.tencentyun.com": true,
	"metadata.packet.net": true, "metadata.platformequinix.com": true,
	"kubernetes.default.svc": true, "kubernetes.default.svc.cluster.local": true,
}

// target reads and judges an address.
func (g guard) target(raw string) (target, *nodes.SendError) {
	raw = strings.TrimSpace(raw)
	if raw == "" {
		return target{}, invalid("The call has no address. Fill in the URL, for example https://api.example.com/hook.")
	}
	if len(raw) > MaxURL {
		return target{}, invalid(fmt.Sprintf("The address is %d characters long; at most %d are allowed.", len(raw), MaxURL))
	}
	u, err := url.Parse(raw)
	if err != nil {
		return target{}, invalid("The address cannot be read as a URL. It looks like https://api.example.com/hook, and special characters in it are written as %20 and the like.")
	}
	t, refusal := split(u)
	if refusal != nil {
		return target{}, refusal
	}
	if refusal := g.beforeLookup(t); refusal != nil {
		return target{}, refusal
	}
	return t, nil
}

// split takes an address apart and puts it together in its normal form.
func split(u *url.URL) (target, *nodes.SendError) {
	switch u.Scheme {
	case "https", "http":
	case "":
		return target{}, invalid("The address has no https:// in front. Write it out, for example https://api.example.com/hook.")
	default:
		return target{}, refused("Only addresses that start with https:// can be called.")
	}
	if u.User != nil {
		return target{}, refused("The address has a user name or password in front of the host. Take it out and store it as a connection, or send it in the Authorization header.")
	}
	if u.Opaque != "" || u.Host == "" {
		return target{}, invalid("The address names no host. It looks like https://api.example.com/hook.")
	}
	t := target{plain: u.Scheme == "http", port: 443}
	if t.plain {
		t.port = 80
	}
	if text := u.Port(); text != "" {
		port, err := strconv.ParseUint(text, 10, 16)
		if err != nil || port == 0 {
			return target{}, invalid("The port in the address has to be a number from 1 to 65535.")
		}
		t.port = uint16(port)
	}
	host, refusal := hostName(u.Hostname())
	if refusal != nil {
		return target{}, refusal
	}
	t.host = host

	clean := *u
	clean.Fragment, clean.RawFragment = "", ""
	clean.Host = host
	if strings.Contains(host, ":") {
		clean.Host = "[" + host + "]"
	}
	if u.Port() != "" {
		clean.Host = hostPort(host, t.port)
	}
	t.url = &clean
	return t, nil
}

// hostName brings a host into the one form in which it is compared, looked up
// and sent.
func hostName(host string) (string, *nodes.SendError) {
	if strings.Contains(host, ":") || strings.Contains(host, "%") {
		addr, err := netip.ParseAddr(host)
		if err != nil {
			return "", invalid("The IPv6 address in the URL cannot be read.")
		}
		if addr.Zone() != "" {
			return "", refused("The address names a network interface (the part after %), and such addresses are private to a machine.")
		}
		return addr.Unmap().String(), nil
	}
	if !ascii(host) {
		mapped, err := idna.Lookup.ToASCII(host)
		if err != nil {
			return "", invalid("The host in the address has characters that a host name cannot have.")
		}
		host = mapped
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "" || len(host) > 253 || strings.ContainsFunc(host, stray) ||
		strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") || strings.Contains(host, "..") {
		return "", invalid("The host in the address cannot be read. It looks like api.example.com.")
	}
	if numeric(host) {
		if addr, err := netip.ParseAddr(host); err == nil {
			return addr.String(), nil
		}
		return "", refused("The host in the address is a number in an unusual form, which is a way to hide a private address. Write a host name, or four numbers with dots.")
	}
	return host, nil
}

// stray tells whether a character cannot be in a host name. The underscore can:
// it is no letter of a host by RFC 952, and in use all the same.
func stray(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '.' || r == '-' || r == '_')
}

// numeric tells whether some resolver would read the host as an IPv4 address:
// by the WHATWG URL standard, when its last label is a decimal, octal or hex
// number.
func numeric(host string) bool {
	last := host[strings.LastIndexByte(host, '.')+1:]
	if strings.HasPrefix(last, "0x") {
		return strings.Trim(last[2:], "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// short keeps a name that a stranger chose from filling a message.
func short(s string) string {
	if len(s) <= 80 {
		return s
	}
	return s[:77] + "..."
}

func invalid(message string) *nodes.SendError {
	return &nodes.SendError{Kind: "invalid", Message: message, Permanent: true}
}

func refused(message string) *nodes.SendError {
	return &nodes.SendError{Kind: "refused", Message: message, Permanent: true}
}
