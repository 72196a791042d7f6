package storagetest

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/storage"
)

// person makes a user who is something in a workspace, "" for all.
func person(t *testing.T, f *Fixture, email, workspace string, role account.Role) account.User {
	t.Helper()
	u, m := user(email)
	m.WorkspaceID, m.Role = workspace, role
	noError(t, f.CreateUser(ctx, u, m))
	return u
}

func becomes(role account.Role) func(account.Role) (account.Role, error) {
	return func(account.Role) (account.Role, error) { return role, nil }
}

func testMembers(t *testing.T, open func(t testing.TB) *storage.Store) {
	play(t, open,
		scenario{"the last owner of the agency stays", func(t *testing.T, f *Fixture) {
			a := person(t, f, "a@example.com", "", account.Owner)
			wantIs(t, f.ChangeMember(ctx, "", a.ID, becomes(account.Admin)), account.ErrLastOwner)
			wantIs(t, f.ChangeMember(ctx, "", a.ID, becomes("")), account.ErrLastOwner)
			noError(t, f.ChangeMember(ctx, "", a.ID, becomes(account.Owner)))
			// Who cannot sign in does not count.
			gone := person(t, f, "gone@example.com", "", account.Owner)
			gone.DisabledAt = now()
			noError(t, f.UpdateUser(ctx, gone))
			person(t, f, "", "", account.Owner)
			wantIs(t, f.ChangeMember(ctx, "", a.ID, becomes("")), account.ErrLastOwner)
			// Of owners who remove each other one is left.
			others := []account.User{a}
			for _, name := range []string{"b", "c", "d"} {
				others = append(others, person(t, f, name+"@example.com", "", account.Owner))
			}
			var wait sync.WaitGroup
			for _, u := range others {
				wait.Go(func() {
					if err := f.ChangeMember(ctx, "", u.ID, becomes("")); err != nil && !errors.Is(err, account.ErrLastOwner) {
						t.Error(err)
					}
				})
			}
			wait.Wait()
			left, err := f.Members(ctx, "")
			noError(t, err)
			if len(left) != 1 || left[0].Role != account.Owner {
				t.Errorf("%+v", left)
			}
		}},
		scenario{"members are listed, changed and removed", func(t *testing.T, f *Fixture) {
			ws := f.Workspace.ID
			u := person(t, f, "member@example.com", ws, account.Builder)
			session, _ := account.NewSession(engine.NewID("ses"), u.ID, now())
			noError(t, f.CreateSession(ctx, session))
			list, err := f.Members(ctx, ws)
			noError(t, err)
			// The agency's own people come after.
			want := account.Member{Membership: account.Membership{UserID: u.ID, WorkspaceID: ws, Role: account.Builder, CreatedAt: list[0].CreatedAt},
				Email: "member@example.com", Name: "Ada", LastSeenAt: session.LastSeenAt}
			if diff := cmp.Diff(want, list[0]); diff != "" || len(list) != 2 || list[1].WorkspaceID != "" {
				t.Fatalf("%s %+v", diff, list)
			}
			refused := errors.New("refused")
			wantIs(t, f.ChangeMember(ctx, ws, u.ID, func(role account.Role) (account.Role, error) {
				if role != account.Builder {
					t.Errorf("now %s", role)
				}
				return "", refused
			}), refused)
			noError(t, f.ChangeMember(ctx, ws, u.ID, becomes(account.Viewer)))
			wantIs(t, f.ChangeMember(ctx, "ws_other", u.ID, becomes(account.Owner)), engine.ErrNotFound)
			wantIs(t, f.ChangeMember(ctx, "", u.ID, becomes(account.Owner)), engine.ErrNotFound)
			members, err := f.Memberships(ctx, u.ID)
			noError(t, err)
			if len(members) != 1 || members[0].Role != account.Viewer {
				t.Errorf("%+v", members)
			}
			var state *engine.StateError
			if err := f.AddMember(ctx, members[0]); !errors.As(err, &state) {
				t.Errorf("twice a member: %v", err)
			}
			noError(t, f.ChangeMember(ctx, ws, u.ID, becomes("")))
			wantIs(t, f.ChangeMember(ctx, ws, u.ID, becomes("")), engine.ErrNotFound)
			noError(t, f.AddMember(ctx, members[0]))
		}},
		scenario{"an invitation is accepted once", func(t *testing.T, f *Fixture) {
			ws := f.Workspace.ID
			made, token, err := account.NewInvitation(account.Invitation{ID: engine.NewID("inv"), WorkspaceID: ws, Email: "new@example.com", Role: account.Builder, InvitedBy: "usr_1", InvitedName: "Ada"}, now())
			noError(t, err)
			letter := engine.Message{ID: engine.NewID("msg"), Workspace: ws, Kind: "invitation", Channel: engine.ChannelEmail, Target: "new@example.com", Body: engine.LinkPlace, Link: token, Once: "1"}
			noError(t, f.CreateInvitation(ctx, made, letter))
			got, err := f.InvitationByHash(ctx, made.Hash)
			noError(t, err)
			if diff := cmp.Diff(made, got); diff != "" {
				t.Fatal(diff)
			}
			// Who reads the outbox does not read the link; who sends it does.
			shown, err := f.Message(ctx, ws, letter.ID)
			noError(t, err)
			if shown.Link != "" {
				t.Error("the outbox has the link")
			}
			due, err := f.ClaimMessages(ctx, time.Now().Add(time.Hour), time.Now().Add(2*time.Hour), 10)
			noError(t, err)
			if len(due) != 1 || due[0].Link != token {
				t.Fatalf("%+v", due)
			}
			due[0].Status, due[0].SentAt = engine.MessageSent, now()
			noError(t, f.EndMessage(ctx, due[0]))

			// Asked again, the earlier link ends.
			again, _, err := account.NewInvitation(account.Invitation{ID: engine.NewID("inv"), WorkspaceID: ws, Email: "new@example.com", Role: account.Viewer}, now())
			noError(t, err)
			noError(t, f.CreateInvitation(ctx, again, engine.Message{}))
			u, _ := user("new@example.com")
			wantIs(t, f.AcceptInvitation(ctx, made, u, true, now()), account.ErrInvitationUsed)
			list, err := f.Invitations(ctx, ws)
			noError(t, err)
			if len(list) != 1 || list[0].ID != again.ID {
				t.Fatalf("%+v", list)
			}
			before := again
			noError(t, f.RenewInvitation(ctx, ws, again.ID, func(i account.Invitation) (account.Invitation, engine.Message, error) {
				again, _ = i.Renew(now())
				return again, engine.Message{}, nil
			}))
			wantIs(t, f.RenewInvitation(ctx, "ws_other", again.ID, nil), engine.ErrNotFound)
			wantIs(t, f.AcceptInvitation(ctx, before, u, true, now()), account.ErrInvitationUsed)

			var wait sync.WaitGroup
			taken := make(chan string, 8)
			for range 8 {
				wait.Go(func() {
					one, _ := user("new@example.com")
					if f.AcceptInvitation(ctx, again, one, true, now()) == nil {
						taken <- one.ID
					}
				})
			}
			wait.Wait()
			if len(taken) != 1 {
				t.Fatalf("accepted %d times", len(taken))
			}
			members, err := f.Memberships(ctx, <-taken)
			noError(t, err)
			if len(members) != 1 || members[0].Role != account.Viewer || members[0].WorkspaceID != ws {
				t.Errorf("%+v", members)
			}
			var state *engine.StateError
			third, _, _ := account.NewInvitation(account.Invitation{ID: engine.NewID("inv"), WorkspaceID: ws, Email: "new@example.com", Role: account.Admin}, now())
			if err := f.CreateInvitation(ctx, third, engine.Message{}); !errors.As(err, &state) {
				t.Errorf("a member is invited: %v", err)
			}
			wantIs(t, f.RevokeInvitation(ctx, ws, again.ID, now()), engine.ErrNotFound)
		}},
		scenario{"an invitation never takes rights", func(t *testing.T, f *Fixture) {
			made, _, err := account.NewInvitation(account.Invitation{ID: engine.NewID("inv"), Email: "high@example.com", Role: account.Viewer}, now())
			noError(t, err)
			noError(t, f.CreateInvitation(ctx, made, engine.Message{}))
			u := person(t, f, "high@example.com", "", account.Admin)
			noError(t, f.AcceptInvitation(ctx, made, u, false, now()))
			members, err := f.Memberships(ctx, u.ID)
			noError(t, err)
			if len(members) != 1 || members[0].Role != account.Admin {
				t.Errorf("%+v", members)
			}
		}},
		scenario{"a withdrawn invitation is over", func(t *testing.T, f *Fixture) {
			ws := f.Workspace.ID
			made, _, err := account.NewInvitation(account.Invitation{ID: engine.NewID("inv"), WorkspaceID: ws, Email: "w@example.com", Role: account.Viewer}, now())
			noError(t, err)
			noError(t, f.CreateInvitation(ctx, made, engine.Message{}))
			wantIs(t, f.RevokeInvitation(ctx, "", made.ID, now()), engine.ErrNotFound)
			noError(t, f.RevokeInvitation(ctx, ws, made.ID, now()))
			u, _ := user("w@example.com")
			wantIs(t, f.AcceptInvitation(ctx, made, u, true, now()), account.ErrInvitationUsed)
			_, err = f.UserByEmail(ctx, "w@example.com")
			wantIs(t, err, engine.ErrNotFound)
		}},
	)
}
