package egress

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// targets is ALLOW_TARGETS as read: what may be reached although it is private
// or spoken to in plain http.
type targets struct {
	prefixes []netip.Prefix
	addrs    map[netip.AddrPort]bool
	// hosts holds "name:port", the name in lower case without a trailing dot.
	hosts map[string]bool
}

// CheckTargets names every entry of Config.AllowTargets that New would not take.
func CheckTargets(entries []string) error {
	_, err := parseTargets(entries)
	return err
}

// parseTargets reads all entries and reports every unreadable one by name.
// Empty entries are passed over, so that "a,,b" and a trailing comma work.
func parseTargets(entries []string) (targets, error) {
	t := targets{addrs: map[netip.AddrPort]bool{}, hosts: map[string]bool{}}
	var problems []error
	for _, entry := range entries {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			continue
		}
		if err := t.add(entry); err != nil {
			problems = append(problems, fmt.Errorf("allowed target %q: %w", entry, err))
		}
	}
	return t, errors.Join(problems...)
}

var errTarget = errors.New("want a CIDR (10.0.0.0/8), an address (10.0.0.5) or host:port (sink.local:8080)")

func (t *targets) add(entry string) error {
	if strings.Contains(entry, "://") {
		return fmt.Errorf("leave out the scheme; %w", errTarget)
	}
	if prefix, err := netip.ParsePrefix(entry); err == nil {
		t.prefixes = append(t.prefixes, unmapPrefix(prefix))
		return nil
	}
	if addr, err := netip.ParseAddr(strings.Trim(entry, "[]")); err == nil && addr.Zone() == "" {
		addr = addr.Unmap()
		t.prefixes = append(t.prefixes, netip.PrefixFrom(addr, addr.BitLen()))
		return nil
	}
	host, portText, err := net.SplitHostPort(entry)
	if err != nil {
		return errTarget
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil || port == 0 {
		return fmt.Errorf("the port has to be a number from 1 to 65535; %w", errTarget)
	}
	if addr, err := netip.ParseAddr(host); err == nil && addr.Zone() == "" {
		t.addrs[netip.AddrPortFrom(addr.Unmap(), uint16(port))] = true
		return nil
	}
	name, refusal := hostName(host)
	if refusal != nil {
		return errTarget
	}
	t.hosts[hostPort(name, uint16(port))] = true
	return nil
}

// unmapPrefix turns ::ffff:10.0.0.0/104 into 10.0.0.0/8: addresses are
// unmapped before they are compared.
func unmapPrefix(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p.Masked()
}

// allowsAddr tells whether an entry names this address.
func (t targets) allowsAddr(at netip.AddrPort) bool {
	if t.addrs[at] {
		return true
	}
	for _, p := range t.prefixes {
		if p.Contains(at.Addr()) {
			return true
		}
	}
	return false
}

// allowsHost tells whether an entry names this host and port, whatever address
// the name has.
func (t targets) allowsHost(host string, port uint16) bool {
	return len(t.hosts) > 0 && t.hosts[hostPort(host, port)]
}

// anyAddr tells whether some address is allowed at all.
func (t targets) anyAddr() bool { return len(t.prefixes) > 0 || len(t.addrs) > 0 }

func hostPort(host string, port uint16) string {
	return net.JoinHostPort(host, strconv.Itoa(int(port)))
}
