package nodes

import (
	"net/url"
	"strings"
)

// OAuth is what the tokens of a connection are got with (RFC 6749 and RFC 7636).
type OAuth struct {
	// AuthorizeURL is the page on which a person lets us in; unused with
	// ClientCredentials.
	AuthorizeURL string
	// TokenURL is where codes and refresh tokens are exchanged. The client's secret
	// goes nowhere else.
	TokenURL     string
	ClientID     string
	ClientSecret Secret
	Scopes       []string
	// ScopeSeparator stands between scopes; "" is the standard's space.
	ScopeSeparator string
	// Params are added to AuthorizeURL; they cannot replace what the protocol sets.
	Params map[string]string
	// SecretInBody sends the client's id and secret as fields of the form instead
	// of in the Authorization header.
	SecretInBody bool
	// ClientCredentials asks for a token as the app itself: nobody lets us in, and
	// there is no refresh token.
	ClientCredentials bool
}

// Same reports whether tokens that were got with o are good for other: the same
// client at the same service with the same rights. The client's secret may differ.
func (o OAuth) Same(other OAuth) bool {
	return o.AuthorizeURL == other.AuthorizeURL && o.TokenURL == other.TokenURL && o.ClientID == other.ClientID &&
		o.ClientCredentials == other.ClientCredentials && strings.Join(o.Scopes, " ") == strings.Join(other.Scopes, " ")
}

// TokenHost is the host that the client's secret is sent to, with its port when it
// names one; "" when TokenURL is no address.
func (o OAuth) TokenHost() string {
	u, err := url.Parse(o.TokenURL)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// AccessToken is the key of Credential.Fields that holds the access token of a
// connection whose type signs in with OAuth. It is valid for the moment; the
// engine renews it, and sends a call again once with a new one when the answer is
// 401 and the call carried it as a bearer token.
const AccessToken = "access_token"
