package setting

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
)

// CallbackPath is where services send people back to. It is registered with them,
// so it never changes.
const CallbackPath = "/oauth/callback"

// signInView is how a connection stands that somebody signs in for.
type signInView struct {
	Status      engine.SignInStatus `json:"status" enum:"not_connected,connected,lost" doc:"lost: the service does not accept it any more, so somebody must connect it again"`
	Reason      string              `json:"reason,omitempty" doc:"Why it was lost"`
	Scope       string              `json:"scope,omitempty" doc:"The rights that the service gave, when it says"`
	ConnectedAt *time.Time          `json:"connected_at,omitempty"`
	LostAt      *time.Time          `json:"lost_at,omitempty"`
	RedirectURL string              `json:"redirect_url" doc:"The address to register with the app at the service"`
}

// redirectURL is where services send people back to: the place where they began, whose
// cookie they must come back with.
func (a *API) redirectURL(ctx context.Context) string {
	return strings.TrimSuffix(cmp.Or(brand.From(ctx).Base, a.BaseURL), "/") + CallbackPath
}

func (a *API) shownSignIn(ctx context.Context, s engine.SignIn) *signInView {
	v := &signInView{Status: s.Status, Reason: s.Reason, Scope: s.Scope, RedirectURL: a.redirectURL(ctx)}
	if s.Status == "" {
		v.Status = engine.SignInNone
	}
	if !s.ConnectedAt.IsZero() {
		at := rest.Stamp(s.ConnectedAt)
		v.ConnectedAt = &at
	}
	if !s.LostAt.IsZero() {
		at := rest.Stamp(s.LostAt)
		v.LostAt = &at
	}
	return v
}

type connectInput struct {
	rest.ByID
	Body struct {
		Back string `json:"back,omitempty" maxLength:"500" doc:"Path of the app to go on to afterwards, such as /w/main/connections"`
	} `required:"false"`
}

type connectView struct {
	URL       string    `json:"url" doc:"The service's page, to be opened in this browser"`
	ExpiresAt time.Time `json:"expires_at"`
}

type connectAnswer struct {
	SetCookie http.Cookie `header:"Set-Cookie"`
	Body      connectView
}

// connect begins a sign-in at the service of a connection, for the person whose
// session it is.
func (a *API) connect(ctx context.Context, in *connectInput) (*connectAnswer, error) {
	c := rest.CallerOf(ctx)
	if _, _, err := a.knownConnection(ctx, in.ID); err != nil {
		return nil, err
	}
	if c.User == nil {
		return nil, &engine.StateError{Message: "Signing in happens in a browser: open Connections in the app and choose Connect there."}
	}
	address, cookie, err := a.beginSignIn(ctx, rest.BrowserOf(ctx), engine.BeginSignIn{
		Workspace: rest.WorkspaceOf(ctx).ID, Connection: in.ID, UserID: c.UserID, Back: in.Body.Back,
	})
	if err != nil {
		return nil, err
	}
	return &connectAnswer{SetCookie: cookie, Body: connectView{URL: address, ExpiresAt: rest.Stamp(a.Now().Add(engine.ConsentLife))}}, nil
}

// beginSignIn returns the service's page and the cookie that the browser must get
// with it. Whoever calls it has checked that the browser may sign this connection in.
func (a *API) beginSignIn(ctx context.Context, from rest.Browser, b engine.BeginSignIn) (string, http.Cookie, error) {
	b.Browser = from.SignIn
	if len(b.Browser) != secret.TokenLength {
		b.Browser = secret.Redacted(secret.NewToken())
	}
	b.RedirectURL = a.redirectURL(ctx)
	if !ourPath(b.Back) {
		b.Back = ""
	}
	address, err := a.Engine.BeginSignIn(ctx, b)
	return address, a.SignInCookie(from.Secure, b.Browser), err
}

// ourPath reports a path of this site, and nothing that leads to another one.
func ourPath(path string) bool {
	return strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t")
}

// FinishSignIn is where the service sends people back to. It answers with a page that
// says how it went: the page that began it sees for itself.
func (a *API) FinishSignIn(c *gin.Context) {
	q := c.Request.URL.Query()
	done, err := a.Engine.FinishSignIn(c.Request.Context(), engine.SignInAnswer{
		State: q.Get("state"), Code: q.Get("code"), Error: q.Get("error"), Description: q.Get("error_description"), Browser: a.SignInToken(c.Request),
	})
	var state *engine.StateError
	switch {
	case errors.Is(err, engine.ErrStrangeSignIn):
		notice(c, hosted.Notice{Title: "This sign-in cannot be finished", Note: sentence(err.Error())}, http.StatusBadRequest)
		return
	case errors.As(err, &state):
		notice(c, hosted.Notice{Title: "This sign-in cannot be finished", Note: state.Message}, http.StatusConflict)
		return
	case err != nil:
		a.Log.Error("a sign-in is not finished", "error", err)
		notice(c, hosted.Notice{Title: "Not available now", Note: "Please begin the sign-in again in a moment."}, http.StatusServiceUnavailable)
		return
	}
	n := hosted.Notice{Title: "Connected", Note: "“" + done.Connection.Name + "” is signed in. You can close this window.", Link: done.Back, LinkText: "Go on"}
	status, action := http.StatusOK, "connection.connected"
	if done.Refused != nil {
		n.Title, n.Note = "Not connected", "“"+done.Connection.Name+"” was not signed in: "+done.Refused.Error()+". Close this window and try again."
		status, action = http.StatusBadGateway, "connection.refused"
	}
	entry := engine.AuditEntry{
		Workspace: done.Workspace, Action: action, ObjectKind: "connection", ObjectID: done.Connection.ID, ActorID: done.UserID, At: a.Now(),
		Detail: map[string]any{"type": done.Connection.Type, "name": done.Connection.Name},
	}
	if done.Link != "" {
		entry.Detail["link"] = done.Link
	}
	if err := a.Store.Audit(context.WithoutCancel(c.Request.Context()), entry); err != nil {
		a.Log.Error("cannot write the audit log", "action", action, "error", err)
	}
	notice(c, n, status)
}

// notice answers with a page in the look of the place.
func notice(c *gin.Context, n hosted.Notice, status int) {
	n.Brand = brand.From(c.Request.Context()).Brand
	n.Write(c.Writer, status)
}

// sentence makes one of an error's text.
func sentence(text string) string { return strings.ToUpper(text[:1]) + text[1:] + "." }
