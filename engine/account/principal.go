package account

import (
	"cmp"
	"maps"
	"slices"
	"time"
)

// Principal is who makes a request, and what they may do. The zero value is
// nobody and may do nothing.
type Principal struct {
	// UserID is set for a session, KeyID for an API key; never both.
	UserID, KeyID string
	// Name is how audit entries call them: an e-mail address (of a
	// service owner the name or id) or a key's name.
	Name string
	// Everywhere holds the rights in every workspace and on the installation
	// itself.
	Everywhere Scopes
	// In holds further rights by workspace id.
	In map[string]Scopes
}

// OfUser makes the principal of a signed-in user. Memberships of other users
// are passed over; a disabled user may do nothing.
func OfUser(u User, memberships []Membership) Principal {
	p := Principal{UserID: u.ID, Name: cmp.Or(u.Email, u.Name, u.ID)}
	if u.Disabled() {
		return p
	}
	for _, m := range memberships {
		if m.UserID == u.ID {
			p.give(m.WorkspaceID, m.Role.Scopes())
		}
	}
	return p
}

// OfKey makes the principal of an API key; one that is expired or revoked at
// now may do nothing. A key may never do more than its maker may do now: who is
// removed or gets a lower role takes their keys along.
func OfKey(k APIKey, maker Principal, now time.Time) Principal {
	p := Principal{KeyID: k.ID, Name: k.Name}
	if !k.Usable(now) {
		return p
	}
	p.lend(k, k.WorkspaceID, maker.in(k.WorkspaceID))
	if k.WorkspaceID == "" {
		for workspace, rights := range maker.In {
			p.lend(k, workspace, rights)
		}
	}
	return p
}

// lend gives what a key asks for and its maker has. Seeing values comes with any
// right, and is none by itself.
func (p *Principal) lend(k APIKey, workspace string, rights Scopes) {
	scopes := k.Scopes.Within(rights)
	if len(scopes) == 0 {
		return
	}
	if rights.Has(PayloadsRead) {
		scopes = append(scopes, PayloadsRead)
	}
	p.give(workspace, scopes)
}

// in is what the principal may do in a workspace, "" for the installation.
func (p Principal) in(workspace string) Scopes {
	have := slices.Clone(p.Everywhere)
	if workspace != "" {
		have = append(have, p.In[workspace]...)
	}
	return have
}

func (p *Principal) give(workspace string, scopes Scopes) {
	if workspace == "" {
		p.Everywhere = append(slices.Clone(p.Everywhere), scopes...)
		return
	}
	if p.In == nil {
		p.In = map[string]Scopes{}
	}
	p.In[workspace] = append(slices.Clone(p.In[workspace]), scopes...)
}

// Can tells whether the principal has a right in a workspace, given by its id.
// With workspace "" it asks for the right on the installation itself, such as
// creating workspaces, which only rights in every workspace give.
func (p Principal) Can(scope Scope, workspace string) bool {
	if p.Everywhere.Has(scope) {
		return true
	}
	return workspace != "" && p.In[workspace].Has(scope)
}

// Sees tells whether the principal has any right in a workspace. To one who
// has none, the workspace does not exist (404, not 403).
func (p Principal) Sees(workspace string) bool {
	return len(p.Everywhere) > 0 || (workspace != "" && len(p.In[workspace]) > 0)
}

// Workspaces returns the ids of the workspaces that the principal sees, sorted;
// all is true when it sees every one, and the list is then nil.
func (p Principal) Workspaces() (ids []string, all bool) {
	if len(p.Everywhere) > 0 {
		return nil, true
	}
	for id, scopes := range p.In {
		if len(scopes) > 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, false
}

// MayGrant tells whether the principal may hand out rights, as an API key or a
// membership: nobody gives more than they have.
func (p Principal) MayGrant(scopes Scopes, workspace string) bool {
	return len(scopes) > 0 && p.in(workspace).Covers(scopes)
}

// MayGive tells whether the principal may make somebody a role, or take it from
// them: only who has all of its rights. In workspace "" it is the role of an
// agency's person, which counts in every workspace.
func (p Principal) MayGive(role Role, workspace string) bool {
	return p.MayGrant(role.Scopes(), workspace)
}

// Scopes returns the rights in a workspace in the order in which people see
// them; All alone when it is among them. With "" they are those on the
// installation itself.
func (p Principal) Scopes(workspace string) Scopes {
	have := p.in(workspace)
	if have.Has(All) {
		return Scopes{All}
	}
	var out Scopes
	for _, s := range append(KnownScopes(), PayloadsRead) {
		if have.Has(s) {
			out = append(out, s)
		}
	}
	return out
}

// Anonymous tells whether the principal is nobody.
func (p Principal) Anonymous() bool { return p.UserID == "" && p.KeyID == "" }

// Confined returns the principal with its rights in one workspace only: none on the
// installation, also for who has them everywhere. It is for requests on a client's
// domain.
func (p Principal) Confined(workspace string) Principal {
	have := p.in(workspace)
	p.Everywhere, p.In = nil, nil
	if len(have) > 0 {
		p.In = map[string]Scopes{workspace: have}
	}
	return p
}

// Clone returns a copy that shares nothing with p.
func (p Principal) Clone() Principal {
	p.Everywhere = slices.Clone(p.Everywhere)
	p.In = maps.Clone(p.In)
	for id := range p.In {
		p.In[id] = slices.Clone(p.In[id])
	}
	return p
}
