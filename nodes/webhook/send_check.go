package webhook

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/outbound"
)

// Validate reports what can be known before any run.
func (p SendParams) Validate() []nodes.FieldProblem {
	problems := append(p.checkURL(), p.checkHeaders()...)
	add := func(pointer, message string) {
		problems = append(problems, nodes.FieldProblem{Pointer: pointer, Code: "invalid", Message: message})
	}
	if _, err := outbound.ParseStatuses(p.FailOn); err != nil {
		add("/fail_on", "Answers that count as failed: "+err.Error()+".")
	}
	if p.Connection != "" && p.Auth != "connection" && p.Auth != "none" {
		add("/connection", "This step has a connection and a credential of its own: keep one of the two.")
	}
	if secret := p.Secret.Reveal(); secret != "" {
		scheme, _ := sender.SchemeNamed("standard")
		if problem := scheme.CheckSecret(secret); problem != nil {
			add("/secret", "Signing secret: "+problem.Message+".")
		}
	}
	return problems
}

func (p SendParams) checkURL() []nodes.FieldProblem {
	bad := func(message string) []nodes.FieldProblem {
		return []nodes.FieldProblem{{Pointer: "/url", Code: "invalid", Message: message}}
	}
	switch {
	case p.URL == "":
		return nil // required says so
	case !nodes.Mapped(p.URL):
		if _, err := (SendParams{URL: p.URL}).target(); err != nil {
			return bad("Address: " + err.Error() + ".")
		}
	case p.ownCredential() && !hostIsWritten(p.URL):
		// Whoever sends the data that is mapped into the host would be sent the
		// credential.
		return bad("The host of the address must be written out when the step has a credential of its own. Write it (https://api.example.com/{{ ... }}), or use a connection, which names the hosts that it may be used for.")
	}
	return nil
}

func (p SendParams) ownCredential() bool {
	return p.Auth == "basic" || p.Auth == "bearer" || p.Auth == "api_key"
}

// hostIsWritten reports whether no mapping stands in scheme, host or port.
func hostIsWritten(address string) bool {
	before, _, _ := strings.Cut(strings.TrimSpace(address), "{{")
	_, rest, ok := strings.Cut(before, "://")
	host, _, ended := strings.Cut(rest, "/")
	if !ended {
		host, _, ended = strings.Cut(rest, "?")
	}
	u, err := url.Parse(before)
	return ok && ended && host != "" && err == nil && u.User == nil && u.Host == host
}

// reserved headers belong to the connection; setting one could make a receiver
// see two requests in one.
var reserved = map[string]bool{
	"host": true, "content-length": true, "transfer-encoding": true, "connection": true, "keep-alive": true,
	"proxy-connection": true, "proxy-authorization": true, "te": true, "trailer": true, "upgrade": true, "expect": true,
}

const maxHeaders = 90

func (p SendParams) checkHeaders() []nodes.FieldProblem {
	var problems []nodes.FieldProblem
	add := func(name, format string, args ...any) {
		pointer := value.Under("/headers", name)
		problems = append(problems, nodes.FieldProblem{Pointer: pointer, Code: "invalid", Message: fmt.Sprintf(format, args...)})
	}
	for _, row := range slices.Sorted(maps.Keys(p.Headers)) {
		name := strings.TrimSpace(row)
		switch lower := strings.ToLower(name); {
		case name == "":
			if text, ok := p.Headers[row].(string); !ok || text != "" {
				add(row, "A header has a value but no name: name it, or remove it.")
			}
		case ours[lower] || reserved[lower]:
			add(row, "The header %.80s is set by the sending itself: remove it.", name)
		case !httpguts.ValidHeaderFieldName(name):
			add(row, "%.80q cannot be the name of a header: use letters, digits and hyphens.", name)
		default:
			for _, v := range repeated(p.Headers[row]) {
				if !nodes.Mapped(v) && !httpguts.ValidHeaderFieldValue(v) {
					add(row, "The value of the header %.80s has a line break or another control character: remove it.", name)
				}
			}
		}
	}
	if len(p.Headers) > maxHeaders {
		add("", "There are %d headers; at most %d can be sent.", len(p.Headers), maxHeaders)
	}
	return problems
}
