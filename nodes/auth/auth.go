// Package auth holds the connection types that webhook.send signs in with.
package auth

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/hookloom/hookloom/nodes"
)

const group = "Connections"

// checkHosts refuses what could let a credential go anywhere.
func checkHosts(hosts []string) []nodes.FieldProblem {
	bad := func(message string) []nodes.FieldProblem {
		return []nodes.FieldProblem{{Pointer: "/hosts", Code: "invalid", Message: message}}
	}
	for _, h := range hosts {
		h = strings.TrimSpace(h)
		switch name := strings.TrimPrefix(h, "*."); {
		case strings.Contains(h, "://") || strings.ContainsAny(h, "/@?# "):
			return bad("Write only the host, such as api.example.com, without https:// and without a path.")
		case strings.Contains(name, "*"):
			return bad("A star may only stand for subdomains, at the start: *.example.com.")
		case name != h && public(name):
			return bad("*." + name + " would allow everybody's hosts. Name a domain of your own: *.example.com.")
		}
	}
	return nil
}

// public reports a suffix under which strangers have their hosts: com, co.uk.
func public(domain string) bool {
	_, err := publicsuffix.EffectiveTLDPlusOne(domain)
	return err != nil
}
