package account

import (
	"slices"
	"time"
)

// Role is what a user is in a workspace.
type Role string

// Owner may do everything.
const Owner Role = "owner"

// matrix says which scopes a role gives: the one place where roles are defined.
var matrix = map[Role]Scopes{
	Owner: {All},
}

// Scopes returns what the role may do; nothing for an unknown role.
func (r Role) Scopes() Scopes { return slices.Clone(matrix[r]) }

// Membership gives a user a role in a workspace.
type Membership struct {
	UserID string
	// WorkspaceID is "" for every workspace, those to come included.
	WorkspaceID string
	Role        Role
	CreatedAt   time.Time
}
