package access

import (
	"context"
	"slices"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// me is who calls and what they see.
type me struct {
	User *meUser `json:"user,omitempty" doc:"For a session"`
	Key  *meKey  `json:"key,omitempty" doc:"For an API key"`
	// AgencyScopes is empty for a client's people.
	AgencyScopes []string `json:"agency_scopes" nullable:"false" doc:"What the caller may do on the installation itself; * for everything, empty for who belongs to single workspaces"`
	// Workspaces are those that the caller sees, at most maxMine.
	Workspaces []MeWorkspace `json:"workspaces" nullable:"false"`
	// Agency is for pages that look over all workspaces.
	Agency bool `json:"agency" doc:"May change workspaces on the whole installation: create them, and set their features and limits"`
}

type meUser struct {
	ID    string `json:"id"`
	Email string `json:"email"`
	Name  string `json:"name"`
	// Timezone is "" for a person who reads times in the browser's zone.
	Timezone string `json:"timezone" doc:"IANA name of the zone in which the person reads times; empty for that of the browser"`
}

type meKey struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Scopes []string `json:"scopes" nullable:"false" doc:"What the key may do in each workspace that it sees"`
}

// MeWorkspace is a workspace as it is named to who sees it.
type MeWorkspace struct {
	ID   string `json:"id"`
	Slug string `json:"slug"`
	Name string `json:"name"`
	// Scopes let the pages show only what may be done; the server asks again.
	Scopes []string `json:"scopes" nullable:"false" doc:"What the caller may do in it; * for everything. payloads:read is seeing the values inside of runs and requests."`
	// Sandbox is shown on every page while it is on.
	Sandbox bool `json:"sandbox" doc:"Nothing leaves this workspace: calls and e-mails are kept"`
}

// maxMine bounds the workspaces in /me; the list of workspaces has them all.
const maxMine = 1000

func (a *API) me(ctx context.Context, _ *struct{}) (*rest.One[me], error) {
	seen, err := a.meOf(ctx, rest.CallerOf(ctx))
	if err != nil {
		return nil, err
	}
	return &rest.One[me]{Body: seen}, nil
}

type updateMeInput struct {
	Body struct {
		Timezone *string `json:"timezone,omitempty" maxLength:"64" doc:"IANA name such as Europe/Berlin; empty for that of the browser"`
	}
}

// updateMe changes what a signed-in person decides for themselves. A key is no
// person: it reads no dates.
func (a *API) updateMe(ctx context.Context, in *updateMeInput) (*rest.One[me], error) {
	c := rest.CallerOf(ctx)
	if c.User == nil {
		return nil, &engine.StateError{Message: "An API key has no settings of its own: sign in as a person."}
	}
	if zone := in.Body.Timezone; zone != nil {
		if err := a.Desk.SetTimezone(ctx, c, *zone); err != nil {
			return nil, err
		}
		user := *c.User
		user.Timezone, c.User = *zone, &user
	}
	seen, err := a.meOf(ctx, c)
	if err != nil {
		return nil, err
	}
	return &rest.One[me]{Body: seen}, nil
}

func (a *API) meOf(ctx context.Context, c identity.Caller) (me, error) {
	seen := me{
		Workspaces: []MeWorkspace{}, Agency: c.Can(account.WorkspacesWrite, ""), AgencyScopes: scopeTexts(c.Principal.Scopes("")),
	}
	if c.User != nil {
		seen.User = &meUser{ID: c.User.ID, Email: c.User.Email, Name: c.User.Name, Timezone: c.User.Timezone}
	} else {
		seen.Key = &meKey{ID: c.KeyID, Name: c.Name, Scopes: keyScopes(c)}
	}
	for page := (engine.Page{Limit: engine.MaxPage}); len(seen.Workspaces) < maxMine; {
		list, err := a.SeenBy(ctx, c, page)
		if err != nil {
			return me{}, err
		}
		for _, ws := range list.Items {
			seen.Workspaces = append(seen.Workspaces, MeWorkspace{
				ID: ws.ID, Slug: ws.Slug, Name: ws.Name, Sandbox: ws.Sandbox, Scopes: scopeTexts(c.Principal.Scopes(ws.ID)),
			})
		}
		if page.Cursor = list.Next; page.Cursor == "" {
			break
		}
	}
	return seen, nil
}

// SeenBy lists the workspaces that a caller sees, from the oldest.
func (a *API) SeenBy(ctx context.Context, c identity.Caller, p engine.Page) (engine.List[crm.Workspace], error) {
	ids, all := c.Workspaces()
	if !all && len(ids) == 0 {
		return engine.List[crm.Workspace]{}, nil
	}
	return a.Store.ListWorkspaces(ctx, ids, p)
}

// keyScopes is what a key may do where it may do anything.
func keyScopes(c identity.Caller) []string {
	all := slices.Clone(c.Everywhere)
	for _, scopes := range c.In {
		all = append(all, scopes...)
	}
	texts := []string{}
	for _, text := range scopeTexts((account.Principal{Everywhere: all}).Scopes("")) {
		if text != string(account.PayloadsRead) { // every key has it
			texts = append(texts, text)
		}
	}
	return texts
}
