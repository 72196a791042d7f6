package account

import "time"

// The kinds of actors of the audit log.
const (
	ActorUser = "user"
	ActorKey  = "key"
	// ActorSystem is the server itself, such as at a first start.
	ActorSystem = "system"
	// ActorNobody is somebody who did not sign in.
	ActorNobody = "nobody"
)

// Entry is one line of the audit log: who did what to which thing. It never
// holds a secret.
type Entry struct {
	ID string
	// WorkspaceID is "" for what concerns the installation.
	WorkspaceID string
	// ActorKind is one of the Actor constants; ActorID is "" for the system and
	// nobody.
	ActorKind, ActorID string
	// ActorName is how the actor was called then.
	ActorName string
	// Action is stable, written object.verb: session.created, api_key.revoked.
	Action string
	// ObjectKind and ObjectID name the thing; "" when the action says it all.
	ObjectKind, ObjectID string
	// Detail holds plain values; nil for none.
	Detail map[string]any
	// IP is the address that the request came from, "" for none.
	IP string
	At time.Time
}

// By fills in who acts.
func (e Entry) By(p Principal) Entry {
	switch {
	case p.UserID != "":
		e.ActorKind, e.ActorID = ActorUser, p.UserID
	case p.KeyID != "":
		e.ActorKind, e.ActorID = ActorKey, p.KeyID
	default:
		e.ActorKind = ActorNobody
	}
	e.ActorName = p.Name
	return e
}
