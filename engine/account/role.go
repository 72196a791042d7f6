package account

import (
	"errors"
	"slices"
	"strings"
	"time"
)

// Role is what a user is in a workspace, or in all of them.
type Role string

// The roles, from the one that may do the most.
const (
	// Owner may do everything, what later releases add included.
	Owner Role = "owner"
	// Admin runs a workspace: everything but what concerns owners.
	Admin Role = "admin"
	// Builder makes and publishes workflows and all that they work with.
	Builder Role = "builder"
	// Operator keeps published workflows going: people, sales, runs.
	Operator Role = "operator"
	// Viewer sees what a builder sees and changes nothing.
	Viewer Role = "viewer"
	// ClientViewer is a client's own person who sees that it works: workflows,
	// runs and requests, without the values of anybody's data.
	ClientViewer Role = "client_viewer"
)

// matrix says which scopes a role gives: the one place where roles are defined.
// Whoever may write a thing may read it, see Scopes.Has.
var matrix = map[Role]Scopes{
	Owner: {All},
	Admin: append(KnownScopes(), PayloadsRead),
	Builder: {
		PayloadsRead, WorkspacesRead, WorkflowsWrite, WorkflowsPublish, RunsWrite, ContactsWrite, OffersWrite, SalesWrite,
		FormsWrite, ValuesWrite, ConnectionsWrite, HooksWrite, TemplatesWrite,
	},
	Operator: {
		PayloadsRead, WorkspacesRead, WorkflowsRead, RunsWrite, ContactsWrite, OffersWrite, SalesWrite,
		FormsWrite, ValuesRead, ConnectionsRead, HooksRead, TemplatesRead,
	},
	Viewer: {
		PayloadsRead, WorkspacesRead, WorkflowsRead, RunsRead, ContactsRead, OffersRead, SalesRead,
		FormsRead, ValuesRead, ConnectionsRead, HooksRead, TemplatesRead,
	},
	ClientViewer: {WorkspacesRead, WorkflowsRead, RunsRead},
}

// about says in plain words what a role may do.
var about = map[Role]string{
	Owner:        "Everything, also owners, deleting the workspace and, for the whole agency, backups.",
	Admin:        "Everything in the workspace but what concerns owners: settings, members, API keys and the audit log too.",
	Builder:      "Makes, publishes and tests workflows, and changes contacts, offers, forms, connections and templates. No members, API keys, settings or audit log.",
	Operator:     "Keeps published workflows going: runs again, retries, cancels, and changes contacts, offers and sales. Cannot change or publish workflows.",
	Viewer:       "Sees workflows, runs, contacts and the rest, with all values, and changes nothing.",
	ClientViewer: "Sees workflows, runs and incoming requests without the values inside, and no contacts. For a client's own people.",
}

// Roles returns every role, from the one that may do the most.
func Roles() []Role { return []Role{Owner, Admin, Builder, Operator, Viewer, ClientViewer} }

// ErrRole says that a text names no role.
var ErrRole = errors.New("this is no role; use owner, admin, builder, operator, viewer or client_viewer")

// ParseRole reads a role by its name. The error is ErrRole.
func ParseRole(text string) (Role, error) {
	role := Role(strings.TrimSpace(text))
	if _, known := matrix[role]; !known {
		return "", ErrRole
	}
	return role, nil
}

// Scopes returns what the role may do; nothing for an unknown role.
func (r Role) Scopes() Scopes { return slices.Clone(matrix[r]) }

// About says in plain words what the role may do; "" for an unknown role.
func (r Role) About() string { return about[r] }

// Covers tells whether the role gives all that another one gives.
func (r Role) Covers(other Role) bool { return matrix[r].Covers(matrix[other]) }

// Membership gives a user a role in a workspace.
type Membership struct {
	UserID string
	// WorkspaceID is "" for every workspace, those to come included: the
	// agency's own people.
	WorkspaceID string
	Role        Role
	CreatedAt   time.Time
}

// Member is a person with what they are in a workspace.
type Member struct {
	Membership
	Email string
	Name  string
	// LastSeenAt is to within five minutes; zero for who never signed in.
	LastSeenAt time.Time
}

// ErrLastOwner says that without a person nobody would be left who may do
// everything.
var ErrLastOwner = errors.New("the last owner cannot leave or get another role; make somebody else an owner first")
