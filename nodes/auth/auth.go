// Package auth holds the connection types that webhook.send signs in with.
package auth

import (
	"slices"
	"strings"

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
		case name != h && len(slices.DeleteFunc(strings.Split(name, "."), func(s string) bool { return s == "" })) < 2:
			return bad("*." + name + " would allow everybody's hosts. Name a domain of your own: *.example.com.")
		}
	}
	return nil
}
