package engine

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/oauth"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

const (
	// renewAhead is how long before its end an access token is renewed; of a shorter
	// life it is a quarter.
	renewAhead = 2 * time.Minute
	// signInHold is how long one may take for renewing tokens before others try. It is
	// longer than a request for tokens and the writing of its answer may take.
	signInHold = 60 * time.Second
	// askAgain is how often those look who wait for one that renews.
	askAgain = 50 * time.Millisecond
	// freshFor is how long new tokens are not renewed because of a 401: the service
	// then means something else.
	freshFor = time.Minute
)

// CodeSignedOut is the code of a Failure whose connection somebody must sign in
// again; Detail is the connection's id.
const CodeSignedOut = "signed_out"

// SignedOutError says that a connection has no tokens that work. Steps try again
// by their policy, and go on at once when somebody has signed in.
type SignedOutError struct {
	// Connection is the id, Name what people call it.
	Connection, Name string
	// Reason is why; "" when nobody has signed in yet.
	Reason string
}

func (e *SignedOutError) Error() string {
	if e.Reason == "" {
		return fmt.Sprintf("Nobody has signed in for the connection %q yet. Open Connections and choose Connect; this step then goes on by itself.", e.Name)
	}
	return fmt.Sprintf("The connection %q is signed out: %s. Open Connections and choose Reconnect; this step then goes on by itself.", e.Name, e.Reason)
}

// signIn is one connection whose access token is asked for.
type signIn struct {
	e         *Engine
	workspace string
	c         Connection
	oauth     nodes.OAuth
}

// token returns an access token that works for the moment, and is not refused, which
// is "" when none was. Of all processes one renews it; the others wait for that.
func (s signIn) token(ctx context.Context, refused string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, signInHold)
	defer cancel()
	for {
		known, err := s.e.store.SignIn(ctx, s.workspace, s.c.ID)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return "", err
		}
		known.Connection = s.c.ID
		usable, err := s.judge(known, refused)
		if err != nil || usable {
			return known.Access.Reveal(), err
		}
		holder := NewID("hld")
		held, err := s.e.store.HoldSignIn(ctx, s.workspace, s.c.ID, known.Generation, holder, signInHold)
		if err != nil {
			return "", err
		}
		if held {
			token, err := s.renew(ctx, known, holder, refused)
			if !errors.Is(err, ErrLost) {
				return token, err
			}
			continue // somebody has connected it anew meanwhile
		}
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return "", fmt.Errorf("the sign-in of the connection %q is being renewed and takes long", s.c.Name)
		}
	}
}

// judge reports whether the access token that is known will do. The error says that
// nothing but a person can help.
func (s signIn) judge(known SignIn, refused string) (usable bool, err error) {
	now := s.e.now()
	switch {
	case known.Status == SignInLost && s.oauth.ClientCredentials:
		return false, nil // an app signs in by itself: what was wrong may be mended
	case known.Status == SignInLost:
		return false, s.signedOut(known.Reason)
	case known.Access == "" && !s.oauth.ClientCredentials:
		return false, s.signedOut("")
	case known.Access == "":
		return false, nil
	case refused == known.Access.Reveal():
		// Without a way to renew, or just after it, the 401 is the step's own affair.
		return !s.renewable(known) || now.Sub(known.RenewedAt) < freshFor, nil
	case known.ExpiresAt.IsZero():
		return true, nil
	}
	ahead := min(renewAhead, known.ExpiresAt.Sub(known.RenewedAt)/4)
	if !s.renewable(known) {
		ahead = 0
	}
	return now.Before(known.ExpiresAt.Add(-ahead)), nil
}

func (s signIn) renewable(known SignIn) bool { return known.Refresh != "" || s.oauth.ClientCredentials }

func (s signIn) signedOut(reason string) error {
	return &SignedOutError{Connection: s.c.ID, Name: s.c.Name, Reason: reason}
}

// renew asks the service and stores what it says before anybody uses it: a rotated
// refresh token that is not written down is lost.
func (s signIn) renew(ctx context.Context, known SignIn, holder, refused string) (string, error) {
	got, err := s.ask(ctx, known)
	next, kept := known, context.WithoutCancel(ctx)
	switch refusal := (*oauth.Refusal)(nil); {
	case errors.As(err, &refusal):
		next.Status, next.Reason, next.LostAt, next.Access, next.Refresh = SignInLost, refusal.Error(), s.e.now(), "", ""
		if err := s.write(kept, holder, next); err != nil {
			return "", err
		}
		s.lost(next)
		return "", s.signedOut(next.Reason)
	case err != nil:
		if err := s.e.store.FreeSignIn(kept, s.workspace, s.c.ID, holder); err != nil {
			return "", err
		}
		if known.Access != "" && known.Access.Reveal() != refused && s.e.now().Before(known.ExpiresAt) {
			return known.Access.Reveal(), nil
		}
		return "", fmt.Errorf("the sign-in of the connection %q could not be renewed: %w", s.c.Name, err)
	}
	s.take(&next, got)
	err = s.write(kept, holder, next)
	if err == nil && known.Status == SignInLost {
		s.e.noteSignIn(s.workspace, s.c.ID, "")
	}
	return got.Access, err
}

// ask makes the one request for tokens.
func (s signIn) ask(ctx context.Context, known SignIn) (oauth.Token, error) {
	client := s.e.tokenOutlet(s.workspace)
	switch {
	case s.oauth.ClientCredentials:
		return oauth.ClientCredentials(ctx, client, s.oauth)
	case known.Refresh == "":
		return oauth.Token{}, oauth.NewRefusal("expired", "the sign-in has ended, and the service gave nothing to renew it with")
	}
	return oauth.Refresh(ctx, client, s.oauth, known.Refresh.Reveal())
}

func (s signIn) take(into *SignIn, got oauth.Token) {
	now := s.e.now()
	into.Status, into.Access, into.RenewedAt, into.ExpiresAt = SignInReady, secret.Redacted(got.Access), now, noTime
	into.Reason, into.LostAt = "", noTime
	if got.Refresh != "" {
		into.Refresh = secret.Redacted(got.Refresh)
	}
	if got.Scope != "" {
		into.Scope = got.Scope
	}
	if got.Life > 0 {
		into.ExpiresAt = now.Add(got.Life)
	}
}

// write stores what the service said, and tries again for as long as it is ours to
// say.
func (s signIn) write(ctx context.Context, holder string, next SignIn) error {
	ctx, cancel := context.WithTimeout(ctx, signInHold/2)
	defer cancel()
	for {
		err := s.e.store.RenewSignIn(ctx, s.workspace, holder, next)
		if !errors.Is(err, ErrUnavailable) {
			return err
		}
		select {
		case <-time.After(askAgain):
		case <-ctx.Done():
			return err
		}
	}
}

// noteSignIn has those who look after all clients see a connection that was signed
// out, or not any more with problem "". Nothing depends on it.
func (e *Engine) noteSignIn(workspace, connection, problem string) {
	if problem == "" {
		e.troubles.known.Delete(troubled{workspace, connection})
	}
	ctx, cancel := context.WithTimeout(context.Background(), signInHold/2)
	defer cancel()
	if err := e.store.NoteConnection(ctx, workspace, connection, problem); err != nil {
		e.log.Warn("the state of a connection was not noted", "connection", connection, "error", err)
	}
}

// lost tells of a connection that was signed out, once: only who holds it comes here.
func (s signIn) lost(now SignIn) {
	s.e.log.Warn("a connection is signed out", "workspace", s.workspace, "connection", s.c.ID, "reason", now.Reason)
	s.e.noteSignIn(s.workspace, s.c.ID, now.Reason)
	s.e.publish(Change{Workspace: s.workspace, Kind: ChangeConnection, ID: s.c.ID, Status: string(SignInLost)})
}
