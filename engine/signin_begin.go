package engine

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/hookloom/hookloom/engine/oauth"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
)

// ConsentLife is how long somebody may take on a service's page.
const ConsentLife = 15 * time.Minute

// BeginSignIn says who signs a connection in and where they go on.
type BeginSignIn struct {
	Workspace, Connection string
	// UserID is who begins it; "" for somebody without an account, by Link.
	UserID string
	// Link is the id of the client's link that the sign-in uses up, "" for none.
	Link string
	// Browser is a secret that only the browser knows which begins it, as a cookie.
	Browser secret.Redacted
	// RedirectURL is our address that the service sends the person back to.
	RedirectURL string
	// Back is the path of ours that the person goes on to after that.
	Back string
}

// BeginSignIn returns the page of the service that the browser must open now. It
// works for ConsentLife, once. ErrNotFound when there is no such connection; a
// *StateError when its type needs nobody to sign in.
func (e *Engine) BeginSignIn(ctx context.Context, b BeginSignIn) (string, error) {
	c, o, err := e.signInOf(ctx, b.Workspace, b.Connection)
	if err != nil {
		return "", err
	}
	if o.ClientCredentials {
		return "", stateError("The app signs in by itself for this connection: there is no page to open. Use Test instead.")
	}
	u, err := url.Parse(o.AuthorizeURL)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return "", stateError("The authorization address of the connection %q is none.", c.Name)
	}
	state, verifier := secret.NewToken(), oauth.NewVerifier()
	err = e.store.PutConsent(ctx, Consent{
		Hash: secret.HashToken(state), Browser: secret.HashToken(b.Browser.Reveal()), Workspace: b.Workspace, Connection: c.ID, UserID: b.UserID, Link: b.Link,
		Verifier: secret.Redacted(verifier), RedirectURL: b.RedirectURL, Back: b.Back, ExpiresAt: e.now().Add(ConsentLife),
	})
	if err != nil {
		return "", err
	}
	return oauth.AuthorizeURL(o, b.RedirectURL, state, verifier), nil
}

// SignInAnswer is what a service sent somebody back with. All of it may be made up.
type SignInAnswer struct {
	State, Code string
	// Error and Description are there instead of Code when it was not allowed.
	Error, Description string
	// Browser is the secret of BeginSignIn as the browser has it now, "" for none.
	Browser secret.Redacted
}

// ErrStrangeSignIn says that an answer belongs to no sign-in of this browser: it
// took too long, was used before, or began elsewhere.
var ErrStrangeSignIn = errors.New("this sign-in was not begun in this browser, has been finished before, or took longer than 15 minutes; begin it again")

// SignedIn is how a sign-in ended.
type SignedIn struct {
	Workspace  string
	Connection Connection
	UserID     string
	Link       string
	Back       string
	// Refused is why we were not let in, nil when we were.
	Refused error
}

// FinishSignIn exchanges what the service sent for tokens, stores them and lets the
// runs go on that the connection stopped. The error is ErrStrangeSignIn, with
// nothing done, or the database's; what the service refuses is in SignedIn.
func (e *Engine) FinishSignIn(ctx context.Context, a SignInAnswer) (SignedIn, error) {
	if len(a.State) != secret.TokenLength || a.Browser == "" {
		return SignedIn{}, ErrStrangeSignIn
	}
	consent, err := e.store.TakeConsent(ctx, secret.HashToken(a.State))
	if errors.Is(err, ErrNotFound) {
		return SignedIn{}, ErrStrangeSignIn
	}
	if err != nil {
		return SignedIn{}, err
	}
	if !secret.MatchToken(a.Browser.Reveal(), consent.Browser) {
		return SignedIn{}, ErrStrangeSignIn
	}
	c, o, err := e.signInOf(ctx, consent.Workspace, consent.Connection)
	if errors.Is(err, ErrNotFound) {
		return SignedIn{}, ErrStrangeSignIn
	}
	if err != nil {
		return SignedIn{}, err
	}
	done := SignedIn{Workspace: consent.Workspace, Connection: c, UserID: consent.UserID, Link: consent.Link, Back: consent.Back}
	if a.Error != "" || a.Code == "" {
		done.Refused = oauth.NewRefusal(a.Error, a.Description)
		return done, nil
	}
	got, err := oauth.Exchange(ctx, e.tokenOutlet(consent.Workspace), o, consent.RedirectURL, a.Code, consent.Verifier.Reveal())
	if err != nil {
		done.Refused = err
		return done, nil
	}
	s := signIn{e, consent.Workspace, c, o}
	next := SignIn{Connection: c.ID}
	s.take(&next, got)
	// The code is used up, so what it brought is written even if the browser is gone.
	kept, cancel := context.WithTimeout(context.WithoutCancel(ctx), signInHold/2)
	defer cancel()
	err = e.store.Do(kept, consent.Workspace, func(tx Tx) error { return connectBy(tx, consent, next) })
	if errors.Is(err, errLinkOver) {
		done.Refused = err
		return done, nil
	}
	if err != nil {
		return SignedIn{}, err
	}
	e.noteSignIn(consent.Workspace, c.ID, "")
	e.publish(Change{Workspace: consent.Workspace, Kind: ChangeConnection, ID: c.ID, Status: string(SignInReady)})
	e.loop(func() { e.goOnSignedIn(consent.Workspace, c.ID) })
	return done, nil
}

// errLinkOver says that a client's link ended while its client was at the service.
var errLinkOver = errors.New("the link was used, withdrawn or too old meanwhile; ask who sent it to you for a new one")

// connectBy stores the tokens of a sign-in. It uses up the link that led to it; where
// a user signed in, the client need not any more.
func connectBy(tx Tx, consent Consent, s SignIn) error {
	if consent.Link == "" {
		if _, err := tx.EndClientLinks(consent.Connection, ""); err != nil {
			return err
		}
		return tx.ConnectSignIn(s)
	}
	used, err := tx.UseClientLink(ClientLink{ID: consent.Link, ConnectionID: consent.Connection})
	if err == nil && !used {
		err = errLinkOver
	}
	if err != nil {
		return err
	}
	return tx.ConnectSignIn(s)
}

// signInOf reads a connection with what its tokens are got with.
func (e *Engine) signInOf(ctx context.Context, workspace, id string) (Connection, nodes.OAuth, error) {
	c, err := e.store.Connection(ctx, workspace, id)
	if err != nil {
		return c, nodes.OAuth{}, err
	}
	t := e.registry.Lookup(c.Type)
	if t == nil || t.OAuth == nil {
		return c, nodes.OAuth{}, stateError("Nobody has to sign in for connections of type %s.", c.Type)
	}
	opened, err := e.openSecrets(ctx, workspace, t, c.Params, inMemory)
	if err != nil {
		return c, nodes.OAuth{}, err
	}
	o, err := t.OAuth(opened)
	if err != nil {
		return c, o, stateError("The connection %q is not complete: %s", c.Name, err)
	}
	return c, o, nil
}

// goOnPage is how many rows are looked at at once for runs to go on.
const goOnPage = 500

// goOnSignedIn lets runs go on that a signed-out connection stopped: those that wait
// for their next attempt, and those that gave up.
func (e *Engine) goOnSignedIn(workspace, connection string) {
	ctx := context.Background()
	moved := 0
	for _, status := range []Status{Waiting, Failed} {
		for after := ""; ; {
			ids, next, err := e.store.RunsWithoutSignIn(ctx, workspace, connection, status, after, goOnPage)
			if err != nil {
				e.log.Error("runs not let go on after a sign-in", "workspace", workspace, "connection", connection, "error", err)
				return
			}
			for _, id := range ids {
				if e.stopping.Load() {
					return
				}
				if err := e.goOnWith(ctx, workspace, id, connection, status); err != nil {
					e.log.Warn("a run not let go on after a sign-in", "run", id, "error", err)
					continue
				}
				moved++
			}
			if after = next; next == "" {
				break
			}
		}
	}
	if moved > 0 {
		e.log.Info("runs go on after a sign-in", "workspace", workspace, "connection", connection, "runs", moved)
	}
}

func (e *Engine) goOnWith(ctx context.Context, workspace, id, connection string, status Status) error {
	if status == Failed {
		return e.Retry(ctx, workspace, id, RetryOptions{})
	}
	var run Run
	err := e.store.Do(ctx, workspace, func(tx Tx) (err error) {
		if run, err = tx.Run(id); err != nil {
			return err
		}
		if run.Status != Waiting {
			return fmt.Errorf("the run is %s meanwhile", run.Status)
		}
		open, err := tx.OpenSteps(id)
		if err != nil {
			return err
		}
		now := e.now()
		for i := range open {
			if f := open[i].Error; open[i].Status == StepWaiting && f != nil && f.Code == CodeSignedOut && f.Detail == connection {
				open[i].DueAt = now
			}
		}
		if err := tx.SaveSteps(id, open); err != nil {
			return err
		}
		if err := run.move(Queued); err != nil {
			return err
		}
		run.DueAt = now
		run.Epoch++
		return tx.SetRun(run)
	})
	if err != nil {
		return err
	}
	e.bell.Ring(run.Handle())
	e.publish(Change{Workspace: workspace, Kind: ChangeRun, ID: id, Parent: run.WorkflowID, Status: string(Queued)})
	return nil
}
