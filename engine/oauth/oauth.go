// Package oauth speaks OAuth 2.0 with services over the guarded client: the
// address where a person lets us in (RFC 6749 with PKCE, RFC 7636), and the
// exchange of codes and refresh tokens. It keeps nothing.
package oauth

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
	"unicode"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/hookloom/hookloom/nodes"
)

// timeout bounds one request for tokens.
const timeout = 20 * time.Second

// Token is what a service gave. Its texts are secrets.
type Token struct {
	Access, Refresh string
	// Life is how long Access works; 0 when the service does not say.
	Life  time.Duration
	Scope string
}

// Refusal is a service's answer that trying again cannot change: the right was
// taken back, or the app is not known there any more.
type Refusal struct {
	// Code is one of RFC 6749, such as invalid_grant.
	Code string
	// Message is the service's own words, "" when it gave none.
	Message string
}

func (r *Refusal) Error() string {
	said := map[string]string{
		"invalid_grant":       "the service does not accept this sign-in any more",
		"invalid_client":      "the service refuses the client id or client secret",
		"unauthorized_client": "the service does not let this app sign in so",
		"invalid_scope":       "the service does not know one of the scopes",
		"access_denied":       "it was not allowed on the service's page",
	}[r.Code]
	if said == "" {
		said = "the service refuses it (" + r.Code + ")"
	}
	if r.Message != "" {
		said += ": " + r.Message
	}
	return said
}

// NewRefusal makes a refusal of what a service sent, which may be anything.
func NewRefusal(code, message string) *Refusal { return &Refusal{plain(code, 60), plain(message, 200)} }

// plain cuts a stranger's text and takes control characters away.
func plain(text string, most int) string {
	text = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " ")))
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most]) + "…"
	}
	return text
}

// NewVerifier makes the secret of one sign-in that RFC 7636 asks for.
func NewVerifier() string { return oauth2.GenerateVerifier() }

// AuthorizeURL is the page of the service on which a person lets us in.
func AuthorizeURL(o nodes.OAuth, redirect, state, verifier string) string {
	var options []oauth2.AuthCodeOption
	for name, value := range o.Params {
		switch strings.ToLower(strings.TrimSpace(name)) {
		case "", "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method":
		default:
			options = append(options, oauth2.SetAuthURLParam(strings.TrimSpace(name), value))
		}
	}
	return config(o, redirect).AuthCodeURL(state, append(options, oauth2.S256ChallengeOption(verifier))...)
}

// Exchange turns the code that the service sent the person back with into tokens.
func Exchange(ctx context.Context, client nodes.HTTPClient, o nodes.OAuth, redirect, code, verifier string) (Token, error) {
	token, err := config(o, redirect).Exchange(with(ctx, client, o, code, verifier), code, oauth2.VerifierOption(verifier))
	return tokenOf(token, err)
}

// Refresh gets new tokens. A service that rotates refresh tokens gives a new one,
// another one leaves Token.Refresh as it was.
func Refresh(ctx context.Context, client nodes.HTTPClient, o nodes.OAuth, refresh string) (Token, error) {
	old := &oauth2.Token{RefreshToken: refresh, Expiry: time.Unix(1, 0)}
	token, err := config(o, "").TokenSource(with(ctx, client, o, refresh), old).Token()
	return tokenOf(token, err)
}

// ClientCredentials gets a token for the app itself.
func ClientCredentials(ctx context.Context, client nodes.HTTPClient, o nodes.OAuth) (Token, error) {
	c := clientcredentials.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(), TokenURL: o.TokenURL, Scopes: scopes(o), AuthStyle: style(o),
	}
	token, err := c.Token(with(ctx, client, o))
	return tokenOf(token, err)
}

func config(o nodes.OAuth, redirect string) *oauth2.Config {
	return &oauth2.Config{
		ClientID: o.ClientID, ClientSecret: o.ClientSecret.Reveal(), RedirectURL: redirect, Scopes: scopes(o),
		Endpoint: oauth2.Endpoint{AuthURL: o.AuthorizeURL, TokenURL: o.TokenURL, AuthStyle: style(o)},
	}
}

// scopes joins with another separator than the library's where a service wants it.
func scopes(o nodes.OAuth) []string {
	if o.ScopeSeparator == "" || len(o.Scopes) == 0 {
		return o.Scopes
	}
	return []string{strings.Join(o.Scopes, o.ScopeSeparator)}
}

// style is never left to be found out by trying: a code works once. An app without
// a secret names itself in the form.
func style(o nodes.OAuth) oauth2.AuthStyle {
	if o.SecretInBody || o.ClientSecret.Reveal() == "" {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}

func tokenOf(t *oauth2.Token, err error) (Token, error) {
	if err != nil {
		return Token{}, failure(err)
	}
	scope, _ := t.Extra("scope").(string)
	return Token{Access: t.AccessToken, Refresh: t.RefreshToken, Life: time.Duration(max(0, t.ExpiresIn)) * time.Second, Scope: plain(scope, 500)}, nil
}

// failure never repeats the answer's body, which may hold anything.
func failure(err error) error {
	var send *nodes.SendError
	if errors.As(err, &send) {
		return send
	}
	var answer *oauth2.RetrieveError
	if !errors.As(err, &answer) {
		return errors.New("the service's answer holds no token")
	}
	if answer.ErrorCode != "" && final(answer.Response.StatusCode) && !passing[answer.ErrorCode] {
		return NewRefusal(answer.ErrorCode, answer.ErrorDescription)
	}
	return fmt.Errorf("the service answered the request for a token with status %d", answer.Response.StatusCode)
}

// final tells whether a status says that the same request is refused again: RFC
// 6749, 5.2, has 400 and 401; some services say 403, or 200 with an error in it.
func final(status int) bool { return status == 200 || status == 400 || status == 401 || status == 403 }

// passing are codes of what another try may mend, whatever the status.
var passing = map[string]bool{
	"temporarily_unavailable": true, "server_error": true, "slow_down": true, "internal_failure": true, "internal_error": true,
	"rate_limit": true, "rate_limited": true, "ratelimited": true, "rate_limit_exceeded": true, "too_many_requests": true,
}

// with has the library send over the guarded client, which shows none of secrets.
func with(ctx context.Context, client nodes.HTTPClient, o nodes.OAuth, secrets ...string) context.Context {
	if s := o.ClientSecret.Reveal(); s != "" {
		secrets = append(secrets, s)
	}
	return context.WithValue(ctx, oauth2.HTTPClient, &http.Client{Transport: transport{client, secrets}})
}

// transport is the guarded client as the library wants it. Redirects are answers:
// a secret is never sent on.
type transport struct {
	client  nodes.HTTPClient
	secrets []string
}

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	defer r.Body.Close()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	header := r.Header.Clone()
	header.Set("Accept", "application/json")
	answer, err := t.client.Send(r.Context(), nodes.HTTPRequest{
		Method: r.Method, URL: r.URL.String(), Header: header, Body: body, Secrets: t.secrets, Timeout: timeout,
	})
	if err != nil {
		return nil, err
	}
	if answer.Status >= 300 && answer.Status < 400 {
		return nil, &nodes.SendError{Kind: "redirect", Permanent: true, Message: "The token address leads elsewhere: enter the address itself."}
	}
	return &http.Response{
		StatusCode: answer.Status, Status: http.StatusText(answer.Status), Header: answer.Header, Request: r,
		Body: io.NopCloser(bytes.NewReader(answer.Body)), ContentLength: int64(len(answer.Body)), ProtoMajor: 1, ProtoMinor: 1,
	}, nil
}
