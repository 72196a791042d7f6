package account

import (
	"fmt"
	"slices"
	"strings"
)

// Scope is one right, written resource:action. What may be written may be read:
// contacts:write includes contacts:read.
type Scope string

// The scopes. A route names the one it needs; a role and an API key hold a set.
const (
	// All is every scope, also those that later releases add.
	All Scope = "*"

	WorkspacesRead   Scope = "workspaces:read"   // settings and limits
	WorkspacesWrite  Scope = "workspaces:write"  // change, create and delete workspaces
	WorkflowsRead    Scope = "workflows:read"    // documents, versions, statistics
	WorkflowsWrite   Scope = "workflows:write"   // edit drafts, trash and restore
	WorkflowsPublish Scope = "workflows:publish" // publish, pause, resume, rotate URLs
	RunsRead         Scope = "runs:read"         // runs, steps and inbound requests
	RunsWrite        Scope = "runs:write"        // test, start, replay, retry, cancel
	ContactsRead     Scope = "contacts:read"     // contacts, tags, fields, timelines
	ContactsWrite    Scope = "contacts:write"
	OffersRead       Scope = "offers:read" // offers, products, grants
	OffersWrite      Scope = "offers:write"
	SalesRead        Scope = "sales:read" // purchases, payments, orders, subscriptions
	SalesWrite       Scope = "sales:write"
	FormsRead        Scope = "forms:read" // forms, submissions, course events
	FormsWrite       Scope = "forms:write"
	ValuesRead       Scope = "values:read" // custom values
	ValuesWrite      Scope = "values:write"
	ConnectionsRead  Scope = "connections:read" // names and kinds; no scope reads a stored secret
	ConnectionsWrite Scope = "connections:write"
	HooksRead        Scope = "hooks:read" // event subscriptions and deliveries
	HooksWrite       Scope = "hooks:write"
	TemplatesRead    Scope = "templates:read"
	TemplatesWrite   Scope = "templates:write"
	KeysRead         Scope = "keys:read"
	KeysWrite        Scope = "keys:write" // never to more than the maker may do
	MembersRead      Scope = "members:read"
	MembersWrite     Scope = "members:write"
	AuditRead        Scope = "audit:read"

	// PayloadsRead is seeing the values inside of runs and requests. Every role
	// but ClientViewer and every API key gives it, so nobody asks for it: it is
	// none of KnownScopes.
	PayloadsRead Scope = "payloads:read"
)

// known lists every scope in the order in which people see them.
var known = []Scope{
	WorkspacesRead, WorkspacesWrite, WorkflowsRead, WorkflowsWrite, WorkflowsPublish, RunsRead, RunsWrite,
	ContactsRead, ContactsWrite, OffersRead, OffersWrite, SalesRead, SalesWrite, FormsRead, FormsWrite,
	ValuesRead, ValuesWrite, ConnectionsRead, ConnectionsWrite, HooksRead, HooksWrite,
	TemplatesRead, TemplatesWrite, KeysRead, KeysWrite, MembersRead, MembersWrite, AuditRead,
}

// KnownScopes returns every scope but All, in the order in which people see
// them.
func KnownScopes() []Scope { return slices.Clone(known) }

// Scopes is a set of rights. nil holds none.
type Scopes []Scope

// ParseScopes reads a list of scopes. The error names every unknown one; an
// empty list is an error, because a key without rights is a mistake. With "*"
// in it, the result is just that.
func ParseScopes(texts []string) (Scopes, error) {
	var out Scopes
	var unknown []string
	for _, text := range texts {
		s := Scope(strings.TrimSpace(text))
		switch {
		case s != All && !slices.Contains(known, s):
			unknown = append(unknown, fmt.Sprintf("%.60q", text))
		case !slices.Contains(out, s):
			out = append(out, s)
		}
	}
	switch {
	case len(unknown) > 0:
		return nil, fmt.Errorf("unknown scopes %s; use %s or some of %s", strings.Join(unknown, ", "), All, join(known))
	case len(out) == 0:
		return nil, fmt.Errorf("no scopes; use %s or some of %s", All, join(known))
	case slices.Contains(out, All):
		return Scopes{All}, nil
	}
	return out, nil
}

// Has tells whether the set gives a right.
func (s Scopes) Has(want Scope) bool {
	if want == "" {
		return false
	}
	resource, read := strings.CutSuffix(string(want), ":read")
	for _, have := range s {
		if have == All || have == want || (read && have == Scope(resource+":write")) {
			return true
		}
	}
	return false
}

// Within returns what of s another set allows: of a right to write, also the
// right to read alone. All within a set is that set.
func (s Scopes) Within(limit Scopes) Scopes {
	if limit.Has(All) {
		return slices.Clone(s)
	}
	var out Scopes
	for _, have := range s {
		resource, writes := strings.CutSuffix(string(have), ":write")
		switch {
		case have == All:
			return slices.Clone(limit)
		case limit.Has(have):
			out = append(out, have)
		case writes && limit.Has(Scope(resource+":read")):
			out = append(out, Scope(resource+":read"))
		}
	}
	return out
}

// Covers tells whether the set gives every right of other.
func (s Scopes) Covers(other Scopes) bool {
	for _, want := range other {
		if !s.Has(want) {
			return false
		}
	}
	return true
}

func join(scopes []Scope) string {
	texts := make([]string, len(scopes))
	for i, s := range scopes {
		texts[i] = string(s)
	}
	return strings.Join(texts, ", ")
}
