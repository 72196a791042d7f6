package account_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

func TestInvitation(t *testing.T) {
	made, token, err := account.NewInvitation(account.Invitation{ID: "inv_1", WorkspaceID: "ws_1", Email: " Ada@Example.com", Role: account.Builder}, noon)
	if err != nil || made.Email != "ada@example.com" {
		t.Fatal(made, err)
	}
	accepted, revoked := made, made
	accepted.AcceptedAt, revoked.RevokedAt = noon, noon
	again, second := made.Renew(noon.Add(time.Hour))
	for name, c := range map[string]struct {
		i    account.Invitation
		text string
		at   time.Duration
		want error
	}{
		"right":               {made, token.Reveal(), 0, nil},
		"in its last minute":  {made, token.Reveal(), account.InvitationLife - time.Minute, nil},
		"too late":            {made, token.Reveal(), account.InvitationLife, account.ErrInvitationExpired},
		"accepted":            {accepted, token.Reveal(), 0, account.ErrInvitationUsed},
		"withdrawn":           {revoked, token.Reveal(), 0, account.ErrInvitationWithdrawn},
		"wrong":               {made, strings.Repeat("x", len(token.Reveal())), 0, account.ErrLinkUnknown},
		"wrong, and accepted": {accepted, "", 0, account.ErrLinkUnknown},
		"the link before":     {again, token.Reveal(), 0, account.ErrLinkUnknown},
		"the newest link":     {again, second.Reveal(), account.InvitationLife, nil},
	} {
		opened := c.i.Open(secret.Redacted(c.text), noon.Add(c.at))
		if !errors.Is(opened, c.want) {
			t.Errorf("%s: %v", name, opened)
		}
	}
	if m := made.Membership("usr_1", noon); m != (account.Membership{UserID: "usr_1", WorkspaceID: "ws_1", Role: account.Builder, CreatedAt: noon}) {
		t.Errorf("%+v", m)
	}
	for _, bad := range []account.Invitation{{Email: "ada", Role: account.Builder}, {Email: "ada@example.com", Role: "root"}, {Email: "ada@example.com"}} {
		if _, _, err := account.NewInvitation(bad, noon); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}
