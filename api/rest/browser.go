package rest

import (
	"net/http"
	"strings"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
)

// The names of the session's cookie. Over https the browser itself sees to it
// that no other host can set it.
const (
	// SessionCookie is the name where the product is named.
	SessionCookie = "hookloom_session"
	// domainCookie is the name on clients' domains, where nothing names the product.
	domainCookie = "session"
	hostPrefix   = "__Host-"
)

// sessionName is the name of the cookie. A cookie has no domain of its own, so it is
// sent to the host that set it and to no other.
func sessionName(secure, domain bool) string {
	name := SessionCookie
	if domain {
		name = domainCookie
	}
	if secure {
		name = hostPrefix + name
	}
	return name
}

// secure tells whether the browser reached us over https.
func (sh *Shell) secure(r *http.Request) bool {
	return sh.proxies.Secure(r) || (sh.baseHost != "" && strings.EqualFold(sh.baseHost, r.Host)) ||
		OnClientDomain(r) && strings.HasPrefix(brand.From(r.Context()).Base, "https:")
}

// sessionToken is the token in the browser's cookie, "" for none.
func (sh *Shell) sessionToken(r *http.Request) secret.Redacted {
	c, err := r.Cookie(sessionName(sh.secure(r), OnClientDomain(r)))
	if err != nil {
		return ""
	}
	return secret.Redacted(c.Value)
}

// Cookie makes the session's cookie; "" takes it away.
func (sh *Shell) Cookie(from Browser, token secret.Redacted) *http.Cookie {
	c := &http.Cookie{
		Name: sessionName(from.Secure, from.domain), Value: token.Reveal(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: from.Secure, MaxAge: int(account.SessionAbsolute.Seconds()),
	}
	if token == "" {
		c.MaxAge = -1
	}
	return c
}

// Browser is what a handler needs of the browser that signs in or out.
type Browser struct {
	// Secure tells that it reached us over https.
	Secure bool
	// domain is set on a domain of a client or of the agency.
	domain bool
	// Token is that of its session, "" for none.
	Token secret.Redacted
	// SignIn binds sign-ins at services to the browser, "" for none yet.
	SignIn secret.Redacted
}

const (
	// The names of the cookie that binds a sign-in at a service to the browser that
	// began it.
	signInCookie       = "oauth_browser"
	secureSignInCookie = "__Host-" + signInCookie
)

// SignInCookie comes back with the service's redirect, which is a navigation from
// another site.
func (sh *Shell) SignInCookie(secure bool, token secret.Redacted) http.Cookie {
	c := http.Cookie{
		Name: signInCookie, Value: token.Reveal(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: secure,
		MaxAge: int(engine.ConsentLife.Seconds()),
	}
	if secure {
		c.Name = secureSignInCookie
	}
	return c
}

// SignInToken is what that cookie holds, "" for none.
func (sh *Shell) SignInToken(r *http.Request) secret.Redacted {
	name := signInCookie
	if sh.secure(r) {
		name = secureSignInCookie
	}
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return secret.Redacted(c.Value)
}

// OnClientDomain reports whether a request came in by a domain where nothing shows
// the product's name.
func OnClientDomain(r *http.Request) bool { return brand.From(r.Context()).Domain }
