package access

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"golang.org/x/text/currency"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// signedIn is the answer to a sign-in: the cookie and who it is for.
type signedIn struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      me
}

func (a *API) signedIn(ctx context.Context, c identity.Caller, token secret.Redacted) (*signedIn, error) {
	seen, err := a.meOf(ctx, c)
	if err != nil {
		return nil, err
	}
	return &signedIn{SetCookie: *a.Cookie(rest.BrowserOf(ctx), token), Body: seen}, nil
}

type signInInput struct {
	Body struct {
		Email    string          `json:"email" minLength:"1" maxLength:"1000"`
		Password secret.Redacted `json:"password" minLength:"1" maxLength:"2000"`
	}
}

// signIn makes a new session and ends the browser's earlier one, so that a
// token planted before is worth nothing after.
func (a *API) signIn(ctx context.Context, in *signInInput) (*signedIn, error) {
	c, token, err := a.Desk.SignIn(ctx, in.Body.Email, in.Body.Password, rest.BrowserOf(ctx).Token, rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	return a.signedIn(ctx, c, token)
}

type signedOut struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
}

// signOut ends the session on the server; a stolen cookie is worth nothing
// after it. Signing out twice is fine.
func (a *API) signOut(ctx context.Context, _ *struct{}) (*signedOut, error) {
	if err := a.Desk.SignOut(ctx, rest.CallerOf(ctx), rest.FromOf(ctx)); err != nil {
		return nil, err
	}
	return &signedOut{SetCookie: *a.Cookie(rest.BrowserOf(ctx), "")}, nil
}

type setUpInput struct {
	Body struct {
		Token    secret.Redacted `json:"token" minLength:"1" maxLength:"200" doc:"From the link that the server printed"`
		Email    string          `json:"email" minLength:"1" maxLength:"1000"`
		Name     string          `json:"name,omitempty" maxLength:"200"`
		Password secret.Redacted `json:"password" minLength:"1" maxLength:"2000"`
		Timezone string          `json:"timezone,omitempty" maxLength:"64" doc:"Of the owner, an IANA name such as Europe/Berlin; left out for that of the browser"`
		// WorkspaceTimezone is asked for at once: every date that a workflow
		// writes depends on it.
		WorkspaceTimezone string `json:"workspace_timezone,omitempty" maxLength:"64" doc:"Of the first workspace; UTC when left out"`
		WorkspaceCurrency string `json:"workspace_currency,omitempty" maxLength:"3" doc:"Of the first workspace, an ISO 4217 code such as EUR: that of every sale which names none"`
	}
}

// setUp makes the first owner and signs them in.
func (a *API) setUp(ctx context.Context, in *setUpInput) (*signedIn, error) {
	if account.CheckTimezone(in.Body.WorkspaceTimezone) != nil {
		return nil, problem.At("/workspace_timezone", "invalid", "This is no time zone; one looks like Europe/Berlin.")
	}
	money := strings.ToUpper(in.Body.WorkspaceCurrency)
	if money != "" {
		if _, err := currency.ParseISO(money); err != nil {
			return nil, problem.At("/workspace_currency", "invalid", "This is no ISO 4217 currency; one looks like EUR.")
		}
	}
	c, token, err := a.Desk.Setup(ctx, in.Body.Token, identity.Person{
		Email: in.Body.Email, Name: in.Body.Name, Password: in.Body.Password, Timezone: in.Body.Timezone,
	}, rest.FromOf(ctx))
	if err != nil {
		return nil, err
	}
	if err := a.placeFirstWorkspace(ctx, in.Body.WorkspaceTimezone, money); err != nil {
		return nil, err
	}
	return a.signedIn(ctx, c, token)
}

// placeFirstWorkspace sets the zone and the currency of the workspace that the
// server made at its first start; "" leaves them.
func (a *API) placeFirstWorkspace(ctx context.Context, timezone, money string) error {
	if timezone == "" && money == "" {
		return nil
	}
	first, err := a.Store.ListWorkspaces(ctx, nil, engine.Page{Limit: 1})
	if err != nil || len(first.Items) == 0 {
		return err
	}
	w := first.Items[0]
	w.Timezone, w.Currency = cmp.Or(timezone, w.Timezone), cmp.Or(money, w.Currency)
	if err := a.Store.UpdateWorkspace(ctx, w); err != nil {
		return err
	}
	a.Engine.ForgetWorkspace(w.ID)
	return nil
}

type resetInput struct {
	Body struct {
		Token    secret.Redacted `json:"token" minLength:"1" maxLength:"200" doc:"From the link that the command admin reset-link prints"`
		Password secret.Redacted `json:"password" minLength:"1" maxLength:"2000"`
	}
}

// resetPassword sets a new password by a reset link and ends all sessions of
// its user.
func (a *API) resetPassword(ctx context.Context, in *resetInput) (*rest.Nothing, error) {
	return nil, a.Desk.ResetPassword(ctx, in.Body.Token, in.Body.Password, rest.FromOf(ctx))
}
