package account_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/hookloom/hookloom/engine/account"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func TestScopes(t *testing.T) {
	set := account.Scopes{account.ContactsWrite, account.RunsRead}
	for scope, want := range map[account.Scope]bool{
		account.ContactsWrite: true, account.ContactsRead: true, account.RunsRead: true, account.RunsWrite: false,
		account.OffersRead: false, account.All: false, "": false, "contacts": false, "contacts:": false, ":read": false, "contacts:delete": false,
	} {
		if set.Has(scope) != want {
			t.Errorf("Has(%q) is not %v", scope, want)
		}
	}
	all := account.Scopes{account.All}
	for _, s := range account.KnownScopes() {
		if !all.Has(s) || account.Scopes(nil).Has(s) {
			t.Error(s)
		}
		if resource, action, ok := strings.Cut(string(s), ":"); !ok || resource == "" || action == "" {
			t.Errorf("%q is not resource:action", s)
		}
	}
	if !all.Has("something:new") {
		t.Error("* does not cover what later releases add")
	}
	// publishing does not include reading or editing, nor they publishing
	if (account.Scopes{account.WorkflowsPublish}).Has(account.WorkflowsRead) || (account.Scopes{account.WorkflowsWrite}).Has(account.WorkflowsPublish) {
		t.Error("publish is a right of its own")
	}
}

func TestParseScopes(t *testing.T) {
	got, err := account.ParseScopes([]string{"contacts:read", " runs:write ", "contacts:read"})
	if err != nil || !slices.Equal(got, account.Scopes{account.ContactsRead, account.RunsWrite}) {
		t.Error(got, err)
	}
	got, err = account.ParseScopes([]string{"contacts:read", "*"})
	if err != nil || !slices.Equal(got, account.Scopes{account.All}) {
		t.Error(got, err)
	}
	if _, err := account.ParseScopes([]string{"contacts:red", "runs:read", "CONTACTS:READ"}); err == nil ||
		!strings.Contains(err.Error(), `"contacts:red", "CONTACTS:READ"`) {
		t.Error(err)
	}
	if _, err := account.ParseScopes(nil); err == nil {
		t.Error("no scopes are taken")
	}
}

func TestPrincipalOfAUser(t *testing.T) {
	u := account.User{ID: "usr_1", Email: "ada@example.com"}
	owner := account.OfUser(u, []account.Membership{{UserID: "usr_1", Role: account.Owner}})
	one := account.OfUser(u, []account.Membership{
		{UserID: "usr_1", WorkspaceID: "ws_1", Role: account.Owner},
		{UserID: "usr_2", WorkspaceID: "ws_2", Role: account.Owner},
		{UserID: "usr_1", WorkspaceID: "ws_3", Role: "unheard of"},
	})
	none := account.OfUser(u, nil)
	gone := u
	gone.DisabledAt = noon
	out := account.OfUser(gone, []account.Membership{{UserID: "usr_1", Role: account.Owner}})

	for _, tc := range []struct {
		name      string
		p         account.Principal
		workspace string
		can, sees bool
	}{
		{"owner", owner, "ws_1", true, true}, {"owner", owner, "ws_2", true, true}, {"owner of all", owner, "", true, true},
		{"one", one, "ws_1", true, true}, {"one elsewhere", one, "ws_2", false, false}, {"unknown role", one, "ws_3", false, false},
		{"one on the installation", one, "", false, false},
		{"none", none, "ws_1", false, false}, {"disabled", out, "ws_1", false, false}, {"nobody", account.Principal{}, "ws_1", false, false},
		{"nobody", account.Principal{}, "", false, false},
	} {
		for _, s := range account.KnownScopes() {
			if tc.p.Can(s, tc.workspace) != tc.can {
				t.Errorf("%s: Can(%s, %q) is not %v", tc.name, s, tc.workspace, tc.can)
			}
		}
		if tc.p.Sees(tc.workspace) != tc.sees {
			t.Errorf("%s: Sees(%q) is not %v", tc.name, tc.workspace, tc.sees)
		}
	}
	if ids, all := one.Workspaces(); all || !slices.Equal(ids, []string{"ws_1"}) {
		t.Error(ids, all)
	}
	if ids, all := owner.Workspaces(); !all || ids != nil {
		t.Error(ids, all)
	}
	if !(account.Principal{}).Anonymous() || owner.Anonymous() || owner.Name != "ada@example.com" {
		t.Error("names")
	}
	service := account.OfUser(account.User{ID: "usr_9", Name: "service"}, nil)
	if service.Name != "service" {
		t.Error(service.Name)
	}
}

// all is somebody who may do everything everywhere.
var all = account.Principal{Everywhere: account.Scopes{account.All}}

func TestPrincipalOfAKey(t *testing.T) {
	key := account.APIKey{ID: "key_1", Name: "shop", WorkspaceID: "ws_1", Scopes: account.Scopes{account.ContactsRead}, ExpiresAt: noon.Add(time.Hour)}
	p := account.OfKey(key, all, noon)
	if !p.Can(account.ContactsRead, "ws_1") || p.Can(account.ContactsWrite, "ws_1") || p.Can(account.ContactsRead, "ws_2") || p.Can(account.ContactsRead, "") {
		t.Error("another scope or workspace")
	}
	if account.OfKey(key, all, noon.Add(time.Hour)).Sees("ws_1") {
		t.Error("an expired key")
	}
	revoked := key
	revoked.RevokedAt = noon.Add(-time.Hour)
	if account.OfKey(revoked, all, noon).Sees("ws_1") {
		t.Error("a revoked key")
	}
}

func TestNobodyGrantsMoreThanTheyHave(t *testing.T) {
	pick := rapid.Custom(func(t *rapid.T) account.Scopes {
		return rapid.SliceOfNDistinct(rapid.SampledFrom(append(account.KnownScopes(), account.All)), 0, 5, rapid.ID[account.Scope]).Draw(t, "scopes")
	})
	rapid.Check(t, func(t *rapid.T) {
		p := account.Principal{Everywhere: pick.Draw(t, "everywhere"), In: map[string]account.Scopes{"ws_1": pick.Draw(t, "in")}}
		want := pick.Draw(t, "want")
		for _, ws := range []string{"", "ws_1", "ws_2"} {
			before := p.Clone()
			made := account.OfKey(account.APIKey{ID: "key_1", WorkspaceID: ws, Scopes: want}, all, noon)
			if !p.MayGrant(want, ws) {
				continue
			}
			for _, s := range append(account.KnownScopes(), "something:new") {
				for _, at := range []string{"", "ws_1", "ws_2"} {
					if made.Can(s, at) && !p.Can(s, at) {
						t.Fatalf("%v gives %s in %q by a key for %q", before, s, at, ws)
					}
				}
			}
		}
		if p.MayGrant(nil, "ws_1") {
			t.Fatal("grants nothing")
		}
	})
}

// A key never does more than its scopes say, nor more than its maker may do now.
func TestAKeyStaysWithinItsMaker(t *testing.T) {
	ladder := account.Roles()
	rapid.Check(t, func(t *rapid.T) {
		role := rapid.SampledFrom(ladder).Draw(t, "role")
		at := rapid.SampledFrom([]string{"", "ws_1", "ws_2"}).Draw(t, "member of")
		maker := account.OfUser(account.User{ID: "usr_1"}, []account.Membership{{UserID: "usr_1", WorkspaceID: at, Role: role}})
		scopes := account.Scopes(rapid.SliceOfNDistinct(rapid.SampledFrom(append(account.KnownScopes(), account.All)), 1, 6, rapid.ID[account.Scope]).Draw(t, "scopes"))
		for _, where := range []string{"", "ws_1"} {
			made := account.OfKey(account.APIKey{ID: "key_1", WorkspaceID: where, Scopes: scopes}, maker, noon)
			for _, ws := range []string{"", "ws_1", "ws_2"} {
				sees := false
				for _, s := range append(account.KnownScopes(), account.PayloadsRead) {
					sees = sees || made.Can(s, ws)
					if made.Can(s, ws) && !maker.Can(s, ws) {
						t.Fatalf("a key of a %s does %s", role, s)
					}
					inside := where == "" || where == ws
					want := scopes.Has(s) && maker.Can(s, ws) && inside
					if s != account.PayloadsRead && made.Can(s, ws) != want {
						t.Fatalf("%s in %q: %v", s, ws, made.Can(s, ws))
					}
				}
				if made.Sees(ws) != sees || (sees && made.Can(account.PayloadsRead, ws) != maker.Can(account.PayloadsRead, ws)) {
					t.Fatalf("sees %q: %v", ws, made.Sees(ws))
				}
			}
		}
	})
}

func TestRoles(t *testing.T) {
	for _, unknown := range []account.Role{"", "Owner", "root", "*"} {
		if _, err := account.ParseRole(string(unknown)); len(unknown.Scopes()) > 0 || err == nil {
			t.Errorf("%q is a role", unknown)
		}
	}
	scopes := account.Owner.Scopes()
	scopes[0] = "changed"
	if !account.Owner.Scopes().Has(account.RunsRead) {
		t.Error("the matrix can be changed from outside")
	}
	for _, s := range account.KnownScopes() {
		if !account.Admin.Scopes().Has(s) {
			t.Errorf("an admin lacks %s", s)
		}
	}
	for _, role := range account.Roles() {
		if role.About() == "" {
			t.Errorf("nobody says what a %s does", role)
		}
		if role != account.ClientViewer && !role.Scopes().Has(account.PayloadsRead) {
			t.Errorf("a %s sees no values", role)
		}
	}
	if account.ClientViewer.Scopes().Has(account.PayloadsRead) || account.ClientViewer.Scopes().Has(account.ContactsRead) {
		t.Error("a client's viewer sees people's data")
	}
}

// Each role gives all that the ones after it give, and is given by those who have
// as much.
func TestRolesAreALadder(t *testing.T) {
	ladder := account.Roles()
	for i, high := range ladder {
		p := account.OfUser(account.User{ID: "usr_1"}, []account.Membership{{UserID: "usr_1", WorkspaceID: "ws_1", Role: high}})
		for j, low := range ladder {
			if got := high.Covers(low); got != (i <= j) {
				t.Errorf("%s covers %s: %v", high, low, got)
			}
			if p.MayGive(low, "ws_1") != (i <= j) || p.MayGive(low, "ws_2") || p.MayGive(low, "") {
				t.Errorf("what a %s gives as %s", high, low)
			}
		}
		if p.MayGive("root", "ws_1") {
			t.Error("an unknown role is given")
		}
	}
}

func TestWithin(t *testing.T) {
	for name, c := range map[string]struct{ scopes, limit, want account.Scopes }{
		"all of all":    {account.Scopes{account.All}, account.Scopes{account.All}, account.Scopes{account.All}},
		"all of some":   {account.Scopes{account.All}, account.Scopes{account.RunsRead}, account.Scopes{account.RunsRead}},
		"some of all":   {account.Scopes{account.RunsRead}, account.Scopes{account.All}, account.Scopes{account.RunsRead}},
		"write of read": {account.Scopes{account.RunsWrite}, account.Scopes{account.RunsRead}, account.Scopes{account.RunsRead}},
		"read of write": {account.Scopes{account.RunsRead}, account.Scopes{account.RunsWrite}, account.Scopes{account.RunsRead}},
		"none":          {account.Scopes{account.RunsRead}, account.Scopes{account.OffersRead}, nil},
		"of nobody":     {account.Scopes{account.All}, nil, nil},
	} {
		if got := c.scopes.Within(c.limit); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}
