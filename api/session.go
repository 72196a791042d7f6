package api

import (
	"cmp"
	"context"
	"net/http"
	"strings"

	"golang.org/x/text/currency"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
)

// The names of the session's cookie. Over https the browser itself sees to it
// that no other host can set it.
const (
	sessionCookie = "hookloom_session"
	// domainCookie is the name on clients' domains, where nothing names the product.
	domainCookie = "session"
	hostPrefix   = "__Host-"
)

// sessionName is the name of the cookie. A cookie has no domain of its own, so it is
// sent to the host that set it and to no other.
func sessionName(secure, domain bool) string {
	name := sessionCookie
	if domain {
		name = domainCookie
	}
	if secure {
		name = hostPrefix + name
	}
	return name
}

// secure tells whether the browser reached us over https.
func (a *API) secure(r *http.Request) bool {
	return a.proxies.Secure(r) || (a.baseHost != "" && strings.EqualFold(a.baseHost, r.Host)) ||
		onClientDomain(r) && strings.HasPrefix(brand.From(r.Context()).Base, "https:")
}

// sessionToken is the token in the browser's cookie, "" for none.
func (a *API) sessionToken(r *http.Request) secret.Redacted {
	c, err := r.Cookie(sessionName(a.secure(r), onClientDomain(r)))
	if err != nil {
		return ""
	}
	return secret.Redacted(c.Value)
}

// cookie makes the session's cookie; "" takes it away.
func (a *API) cookie(from browser, token secret.Redacted) *http.Cookie {
	c := &http.Cookie{
		Name: sessionName(from.secure, from.domain), Value: token.Reveal(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: from.secure, MaxAge: int(account.SessionAbsolute.Seconds()),
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// browser is what a handler needs of the browser that signs in or out.
type browser struct {
	secure bool
	// domain is set on a domain of a client or of the agency.
	domain bool
	token  secret.Redacted
	// signIn binds sign-ins at services to the browser, see beginSignIn.
	signIn secret.Redacted
}

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
	return &signedIn{SetCookie: *a.cookie(seatOf(ctx).browser, token), Body: seen}, nil
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
	c, token, err := a.Desk.SignIn(ctx, in.Body.Email, in.Body.Password, seatOf(ctx).browser.token, fromOf(ctx))
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
	if err := a.Desk.SignOut(ctx, callerOf(ctx), fromOf(ctx)); err != nil {
		return nil, err
	}
	return &signedOut{SetCookie: *a.cookie(seatOf(ctx).browser, "")}, nil
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
	}, fromOf(ctx))
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
func (a *API) resetPassword(ctx context.Context, in *resetInput) (*nothing, error) {
	return nil, a.Desk.ResetPassword(ctx, in.Body.Token, in.Body.Password, fromOf(ctx))
}
