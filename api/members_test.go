package api_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// joined invites an address and accepts as somebody new.
func (w *world) joined(by *client, where, email, role string) *client {
	w.t.Helper()
	made := by.post(where+"/invitations", map[string]any{"email": email, "role": role}).is(201)
	b := w.browser()
	b.post("/invitations/accept", map[string]any{"token": tokenOf(w.t, made.text("url")), "name": "New", "password": goodPassword}).is(201)
	return b
}

func tokenOf(t *testing.T, address string) string {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil || u.Path != "/invitation" || u.RawQuery != "" {
		t.Fatal(address, err)
	}
	return u.Fragment
}

func TestAnInvitation(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	made := owner.post("/workspaces/main/invitations", map[string]any{"email": "New@Example.com", "role": "builder"}).is(201)
	token := tokenOf(t, made.text("url"))
	seen := w.anonymous().post("/invitations/look", map[string]any{"token": token}).is(200)
	if seen.text("email") != "new@example.com" || seen.text("role") != "builder" || seen.json()["has_account"] != false || seen.text("about") == "" {
		t.Errorf("%s", seen.body)
	}
	// The link is in the letter, and not in what shows letters.
	box := owner.get("/workspaces/main/outbox").is(200)
	if items := box.items(); len(items) != 1 || items[0]["kind"] != "invitation" {
		t.Fatalf("%s", box.body)
	}
	letter := owner.get("/workspaces/main/outbox/" + box.items()[0]["id"].(string)).is(200)
	if strings.Contains(letter.body+box.body, token) || !strings.Contains(letter.body, engine.LinkPlace) {
		t.Errorf("the outbox shows the link: %s", letter.body)
	}
	if strings.Contains(owner.get("/workspaces/main/invitations").body+owner.get("/workspaces/main/audit").body+w.log.String(), token) {
		t.Error("the token is shown again")
	}
	// A moment later it may be sent again; the earlier link ends.
	id := made.text("id")
	owner.post("/workspaces/main/invitations/"+id+"/resend", nil).is(429)
	w.clock.advance(account.InvitationPause)
	again := tokenOf(t, owner.post("/workspaces/main/invitations/"+id+"/resend", nil).is(200).text("url"))
	w.anonymous().post("/invitations/look", map[string]any{"token": token}).is(403, problem.CodeLinkUnknown)
	// A weak password, and then a good one.
	b := w.browser()
	b.post("/invitations/accept", map[string]any{"token": again, "password": "short"}).is(422)
	in := b.post("/invitations/accept", map[string]any{"token": again, "name": "Nell", "password": goodPassword}).is(201)
	if me := in.json()["user"].(map[string]any); me["email"] != "new@example.com" || me["name"] != "Nell" {
		t.Errorf("%s", in.body)
	}
	b.post("/invitations/accept", map[string]any{"token": again}).is(410, problem.CodeLinkUsed)
	mine := b.get("/me").is(200).json()["workspaces"].([]any)[0].(map[string]any)
	if scopes := mine["scopes"].([]any); len(scopes) < 15 || mine["slug"] != "main" {
		t.Errorf("%v", scopes)
	}
	b.get("/workspaces/main/workflows").is(200)
	b.get("/workspaces/main/members").is(403)
	owner.post("/workspaces/main/invitations", map[string]any{"email": "new@example.com", "role": "viewer"}).is(409)
}

func TestAnInvitationEnds(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	admin := w.joined(owner, "/workspaces/main", "admin@example.com", "admin")
	link := func(by *client, email, role string) (id, token string) {
		made := by.post("/workspaces/main/invitations", map[string]any{"email": email, "role": role}).is(201)
		return made.text("id"), tokenOf(t, made.text("url"))
	}
	look := func(token string) got { return w.anonymous().post("/invitations/look", map[string]any{"token": token}) }
	id, token := link(owner, "x@example.com", "viewer")
	owner.del("/workspaces/main/invitations/" + id).is(204)
	look(token).is(410, problem.CodeLinkExpired)
	owner.del("/workspaces/main/invitations/" + id).is(404)
	// Who was removed does not come back, nor bring others, by an older invitation.
	_, token = link(admin, "friend@example.com", "admin")
	list := owner.get("/workspaces/main/members").is(200).items()
	for _, m := range list {
		if m["email"] == "admin@example.com" {
			owner.patch("/workspaces/main/members/"+m["id"].(string), map[string]any{"role": "viewer"}).is(204)
		}
	}
	look(token).is(410, problem.CodeLinkExpired)
	w.browser().post("/invitations/accept", map[string]any{"token": token, "name": "F", "password": goodPassword}).is(410)
	_, token = link(owner, "late@example.com", "viewer")
	w.clock.advance(account.InvitationLife)
	look(token).is(410, problem.CodeLinkExpired)
	look("x").is(403, problem.CodeLinkUnknown)
}

// Without a mail server the link is handed over. With one, a client's admin does not
// see it: who accepts proves the address by having its letter.
func TestAnInvitationIsMailedOrHandedOver(t *testing.T) {
	for _, c := range []struct {
		name                  string
		sendsMail, sandbox    bool
		mailed, seen, toOwner bool
	}{
		{name: "without mail", seen: true, toOwner: true},
		{name: "with mail", sendsMail: true, mailed: true, toOwner: true},
		{name: "in a sandbox, where letters stay", sendsMail: true, sandbox: true, seen: true, toOwner: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t, func(s *settings) { s.config.SendsMail = c.sendsMail })
			owner := w.setUp()
			admin := w.joined(owner, "/workspaces/main", "admin@example.com", "admin")
			owner.patch("/workspaces/main", map[string]any{"sandbox": c.sandbox}).is(200)
			for _, by := range []struct {
				*client
				email string
				seen  bool
			}{{admin, "of-admin@example.com", c.seen}, {owner, "of-owner@example.com", c.toOwner}} {
				made := by.post("/workspaces/main/invitations", map[string]any{"email": by.email, "role": "viewer"}).is(201)
				if made.json()["mailed"] != c.mailed || (made.text("url") != "") != by.seen {
					t.Errorf("%s: %s", by.email, made.body)
				}
			}
		})
	}
}

// Who has an account accepts with its password or signed in; somebody else does
// not accept for them.
func TestAnAccountAccepts(t *testing.T) {
	w := newWorld(t)
	w.workspace("other")
	owner := w.setUp()
	b := w.joined(owner, "/workspaces/main", "two@example.com", "viewer")
	token := tokenOf(t, owner.post("/workspaces/other/invitations", map[string]any{"email": "two@example.com", "role": "operator"}).is(201).text("url"))
	if seen := w.anonymous().post("/invitations/look", map[string]any{"token": token}).is(200); seen.json()["has_account"] != true {
		t.Errorf("%s", seen.body)
	}
	owner.post("/invitations/accept", map[string]any{"token": token}).is(409)
	w.browser().post("/invitations/accept", map[string]any{"token": token, "name": "Eve", "password": "not the password at all"}).is(401)
	b.get("/workspaces/other").is(404)
	b.post("/invitations/accept", map[string]any{"token": token}).is(201)
	b.get("/workspaces/other/workflows").is(200)
	third := tokenOf(t, owner.post("/invitations", map[string]any{"email": "two@example.com", "role": "admin"}).is(201).text("url"))
	fresh := w.browser()
	fresh.post("/invitations/accept", map[string]any{"token": third, "password": goodPassword}).is(201)
	fresh.get("/members").is(200)
	b.get("/members").is(200) // the session from before has the new rights too
}

// Nobody gives or takes what they do not have.
func TestMembersAreChangedFromAbove(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	chief := w.joined(owner, "/workspaces/main", "chief@example.com", "owner")
	admin := w.joined(owner, "/workspaces/main", "admin@example.com", "admin")
	ids := map[string]string{}
	for _, m := range owner.get("/workspaces/main/members").is(200).items() {
		ids[m["email"].(string)] = m["id"].(string)
		if m["agency"] != (m["email"] == goodEmail) || m["you"] != (m["email"] == goodEmail) {
			t.Errorf("%v", m)
		}
	}
	member := func(email string) string { return "/workspaces/main/members/" + ids[email] }
	admin.patch(member("chief@example.com"), map[string]any{"role": "viewer"}).is(403, problem.CodeForbidden)
	admin.del(member("chief@example.com")).is(403)
	admin.patch(member("admin@example.com"), map[string]any{"role": "owner"}).is(403)
	admin.post("/workspaces/main/invitations", map[string]any{"email": "o@example.com", "role": "owner"}).is(403)
	admin.post("/workspaces/main/members", map[string]any{"email": "chief@example.com", "role": "viewer"}).is(403)
	admin.get("/members").is(403)
	admin.post("/api-keys", map[string]any{"name": "k", "scopes": []string{"*"}}).is(403)
	chief.del(member(goodEmail)).is(404) // the agency's people are not the workspace's
	chief.patch(member("admin@example.com"), map[string]any{"role": "nobody"}).is(422)
	chief.patch(member("admin@example.com"), map[string]any{"role": "builder"}).is(204)
	admin.get("/workspaces/main/members").is(403)
	chief.del(member("admin@example.com")).is(204)
	admin.get("/workspaces/main").is(404)
	chief.del(member("chief@example.com")).is(204) // the agency still owns it
	chief.get("/workspaces/main").is(404)
	// The agency's last owner stays.
	owner.del("/members/"+ids[goodEmail]).is(409, problem.CodeWrongState)
	owner.patch("/members/"+ids[goodEmail], map[string]any{"role": "admin"}).is(409)
	owner.post("/members", map[string]any{"email": "chief@example.com", "role": "owner"}).is(201)
	owner.patch("/members/"+ids[goodEmail], map[string]any{"role": "admin"}).is(204)
	owner.patch("/members/"+ids[goodEmail], map[string]any{"role": "owner"}).is(403)
	if roles := owner.get("/workspaces/main/roles").is(200).items(); len(roles) != 6 || roles[0]["may_give"] != false || roles[1]["may_give"] != true {
		t.Errorf("%v", roles)
	}
}

// F62: who is removed or lowered is refused at the next request, their keys and
// open streams included.
func TestARemovedMemberIsOut(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	m := w.joined(owner, "/workspaces/main", "m@example.com", "admin")
	id := m.get("/me").is(200).json()["user"].(map[string]any)["id"].(string)
	k := w.anonymous()
	k.key = m.post("/workspaces/main/api-keys", map[string]any{"name": "mine", "scopes": []string{"runs:read", "contacts:write"}}).is(201).text("key")
	k.post("/workspaces/main/contacts", map[string]any{"email": "a@example.com"}).is(201)
	byCookie, byKey := m.follow("main"), k.follow("main")

	owner.patch("/workspaces/main/members/"+id, map[string]any{"role": "viewer"}).is(204)
	m.post("/workspaces/main/contacts", map[string]any{"email": "b@example.com"}).is(403)
	k.post("/workspaces/main/contacts", map[string]any{"email": "b@example.com"}).is(403)
	w.live.Publish(engine.Change{Workspace: w.main.ID, Kind: engine.ChangeRun, ID: "run_1"})
	if one, two := byCookie(), byKey(); !strings.Contains(one, "run_1") || !strings.Contains(two, "run_1") {
		t.Errorf("a viewer sees changes: %q %q", one, two)
	}
	owner.del("/workspaces/main/members/" + id).is(204)
	m.get("/workspaces/main").is(404)
	k.get("/workspaces/main/contacts").is(404)
	if one, two := byCookie(), byKey(); one != "" || two != "" {
		t.Errorf("the streams go on: %q %q", one, two)
	}
}

// F62: the same when another process removed them.
func TestARemovalElsewhereEndsStreams(t *testing.T) {
	w := newWorld(t)
	owner := w.setUp()
	m := w.joined(owner, "/workspaces/main", "m@example.com", "viewer")
	id := m.get("/me").is(200).json()["user"].(map[string]any)["id"].(string)
	next := m.follow("main")
	err := w.store.ChangeMember(t.Context(), w.main.ID, id, func(account.Role) (account.Role, error) { return "", nil })
	if err != nil {
		t.Fatal(err)
	}
	m.get("/workspaces/main").is(404)
	begun := time.Now()
	if got := next(); got != "" {
		t.Errorf("%q", got)
	}
	if took := time.Since(begun); took > 30*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestKeysOfAllWorkspaces(t *testing.T) {
	w := newWorld(t)
	w.workspace("other")
	owner := w.setUp()
	made := owner.post("/api-keys", map[string]any{"name": "All", "scopes": []string{"contacts:read"}}).is(201)
	k := w.anonymous()
	k.key = made.text("key")
	k.get("/workspaces/main/contacts").is(200)
	k.get("/workspaces/other/contacts").is(200)
	k.get("/workspaces/other/runs").is(403)
	k.get("/api-keys").is(403)
	if list := owner.get("/api-keys").is(200).items(); len(list) != 1 || list[0]["id"] != made.text("id") {
		t.Errorf("%v", list)
	}
	owner.del("/workspaces/main/api-keys/" + made.text("id")).is(404)
	owner.del("/api-keys/" + made.text("id")).is(204)
	k.get("/workspaces/main/contacts").is(401)
	// The installation's own log has it, and no workspace's.
	if log := owner.get("/audit?action=api_key").is(200); len(log.items()) != 2 {
		t.Errorf("%s", log.body)
	}
	if whole := owner.get("/audit/verify").is(200); whole.json()["whole"] != true {
		t.Errorf("%s", whole.body)
	}
}
