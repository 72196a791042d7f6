package kajabi

import (
	"crypto/subtle"
	"errors"
	"mime"
	"net/http"
	"net/url"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// How long tokens are good. They end with their API key at the latest.
const (
	accessFor  = 2 * time.Hour
	refreshFor = 30 * 24 * time.Hour
)

// token gives out tokens (RFC 6749, sections 4.4 and 6). The client's id is that
// of an API key, and its secret the key.
func (a *API) token(w http.ResponseWriter, r *http.Request) {
	if wait, ok := a.within("token "+a.ClientIP(r).String(), tokensPerSecond, tokensBurst); !ok {
		refuse(w, tooMany(wait))
		return
	}
	form, ok := formOf(r)
	if !ok {
		oauth(w, http.StatusBadRequest, "invalid_request", "Send the parameters as application/x-www-form-urlencoded.")
		return
	}
	switch form.Get("grant_type") {
	case "client_credentials":
		a.byCredentials(w, r, form)
	case "refresh_token":
		a.byRefresh(w, r, form)
	default:
		oauth(w, http.StatusBadRequest, "unsupported_grant_type", "Use client_credentials or refresh_token.")
	}
}

func formOf(r *http.Request) (url.Values, bool) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || media != "application/x-www-form-urlencoded" || r.ParseForm() != nil {
		return nil, false
	}
	return r.PostForm, true
}

func (a *API) byCredentials(w http.ResponseWriter, r *http.Request, form url.Values) {
	id, text := form.Get("client_id"), form.Get("client_secret")
	if user, password, basic := r.BasicAuth(); basic {
		id, text = user, password
	}
	caller, err := a.Desk.ByKey(r.Context(), secret.Redacted(text))
	if err == nil && (caller.Key == nil || subtle.ConstantTimeCompare([]byte(caller.Key.ID), []byte(id)) != 1) {
		err = identity.ErrUnknown
	}
	if err != nil {
		a.oauthFailed(w, r, err, "invalid_client", "The client_id is the id of an API key and the client_secret the key; one of them is wrong, or the key has ended.")
		return
	}
	a.give(w, r, caller.Key.ID)
}

// byRefresh gives a new pair for a refresh token, which is good once.
func (a *API) byRefresh(w http.ResponseWriter, r *http.Request, form url.Values) {
	caller, t, err := a.byToken(r.Context(), form.Get("refresh_token"), account.TokenRefresh)
	if err == nil {
		err = a.Store.DropKeyTokens(r.Context(), t.Pair)
	}
	if err != nil {
		a.oauthFailed(w, r, err, "invalid_grant", "The refresh token is unknown, used or expired.")
		return
	}
	a.give(w, r, caller.Key.ID)
}

func (a *API) give(w http.ResponseWriter, r *http.Request, keyID string) {
	now, pair := a.Now(), engine.NewID("tok")
	access, refresh := account.AccessPrefix+secret.NewToken(), account.RefreshPrefix+secret.NewToken()
	err := a.Store.PutKeyTokens(r.Context(), []account.KeyToken{
		{Hash: secret.HashToken(access), KeyID: keyID, Kind: account.TokenAccess, Pair: pair, CreatedAt: now, ExpiresAt: now.Add(accessFor)},
		{Hash: secret.HashToken(refresh), KeyID: keyID, Kind: account.TokenRefresh, Pair: pair, CreatedAt: now, ExpiresAt: now.Add(refreshFor)},
	})
	if err != nil {
		a.oauthFailed(w, r, err, "", "")
		return
	}
	sendPlain(w, http.StatusOK, map[string]any{
		"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "expires_in": int(accessFor.Seconds()), "created_at": now.Unix(),
	})
}

// revoke ends a token and its pair (RFC 7009). It never says whether there was
// one.
func (a *API) revoke(w http.ResponseWriter, r *http.Request) {
	if wait, ok := a.within("token "+a.ClientIP(r).String(), tokensPerSecond, tokensBurst); !ok {
		refuse(w, tooMany(wait))
		return
	}
	form, ok := formOf(r)
	if !ok {
		oauth(w, http.StatusBadRequest, "invalid_request", "Send the token as application/x-www-form-urlencoded.")
		return
	}
	t, _, err := a.Store.KeyToken(r.Context(), secret.HashToken(form.Get("token")), a.Now())
	if err == nil {
		err = a.Store.DropKeyTokens(r.Context(), t.Pair)
	}
	if err != nil && !errors.Is(err, engine.ErrNotFound) {
		a.oauthFailed(w, r, err, "", "")
		return
	}
	sendPlain(w, http.StatusOK, map[string]any{})
}

// oauthFailed answers what is the caller's fault by a code of RFC 6749.
func (a *API) oauthFailed(w http.ResponseWriter, r *http.Request, err error, code, detail string) {
	if errors.Is(err, identity.ErrUnknown) {
		status := http.StatusUnauthorized
		if code == "invalid_grant" {
			status = http.StatusBadRequest
		}
		oauth(w, status, code, detail)
		return
	}
	a.Log.ErrorContext(r.Context(), "no token", "error", err)
	refuse(w, failureOf(err))
}

func oauth(w http.ResponseWriter, status int, code, detail string) {
	sendPlain(w, status, map[string]any{"error": code, "error_description": detail})
}

// sendPlain is send with the media type that OAuth has.
func sendPlain(w http.ResponseWriter, status int, body map[string]any) {
	send(plainWriter{w}, status, body)
}

// plainWriter has answers say that they are JSON and no JSON:API.
type plainWriter struct{ http.ResponseWriter }

func (p plainWriter) WriteHeader(status int) {
	p.Header().Set("Content-Type", "application/json")
	p.ResponseWriter.WriteHeader(status)
}
