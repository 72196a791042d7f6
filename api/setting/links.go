package setting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// ClientLinkStore keeps the links by which clients fill in connections.
type ClientLinkStore interface {
	// ClientLinkByHash crosses workspaces: the token is the credential.
	ClientLinkByHash(ctx context.Context, hash []byte) (engine.ClientLink, error)
	ClientLinks(ctx context.Context, workspace, connectionID string) ([]engine.ClientLink, error)
	// NoteConnection stores why a connection did not work, "" when it did.
	NoteConnection(ctx context.Context, workspace, id, problem string) error
}

// ClientLinkTx is what a transaction of the Store does with them.
type ClientLinkTx interface {
	// AwaitClient stores a link, ends earlier ones of its connection and has that
	// wait for the client.
	AwaitClient(l engine.ClientLink) error
}

// clientLinkTx panics for a Store that keeps no links, which is a programmer's
// error.
func clientLinkTx(tx engine.Tx) ClientLinkTx {
	c, ok := tx.(ClientLinkTx)
	if !ok {
		panic(fmt.Sprintf("api: %T keeps no client links", tx))
	}
	return c
}

// ClientLink is a client's link as the agency sees it. URL is shown once.
type ClientLink struct {
	ID           string     `json:"id" example:"lnk_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	ConnectionID string     `json:"connection_id"`
	State        string     `json:"state" enum:"open,used,revoked,expired"`
	URL          string     `json:"url,omitempty" doc:"Only in the answer that made it; whoever has it may fill the connection in, once"`
	CreatedAt    time.Time  `json:"created_at"`
	ExpiresAt    time.Time  `json:"expires_at"`
	UsedAt       *time.Time `json:"used_at"`
}

func (a *API) shownLink(l engine.ClientLink) ClientLink {
	return ClientLink{
		ID: l.ID, ConnectionID: l.ConnectionID, State: l.State(a.Now()), CreatedAt: l.CreatedAt.UTC(), ExpiresAt: l.ExpiresAt.UTC(), UsedAt: rest.Moment(l.UsedAt),
	}
}

// ClientPath is where the page of a client's link is. The token stands behind the
// #, so that it reaches neither logs nor other sites.
const ClientPath = "/connect"

// newLink makes a link of a connection with its token.
func (a *API) newLink(ctx context.Context, connectionID string) (engine.ClientLink, ClientLink) {
	token := secret.NewToken()
	l := engine.ClientLink{
		Workspace: rest.WorkspaceOf(ctx).ID, ID: engine.NewID("lnk"), ConnectionID: connectionID, Hash: secret.HashToken(token), CreatedBy: rest.CallerOf(ctx).ID(),
		CreatedAt: a.Now(), ExpiresAt: a.Now().Add(engine.ClientLinkLife),
	}
	shown := a.shownLink(l)
	shown.URL = a.Base(l.Workspace) + ClientPath + "#" + token
	return l, shown
}

// createClientLink asks a client to fill in a connection that is there.
func (a *API) createClientLink(ctx context.Context, in *rest.ByID) (*rest.One[ClientLink], error) {
	c, _, err := a.knownConnection(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	l, shown := a.newLink(ctx, c.ID)
	err = a.Store.Do(ctx, l.Workspace, func(tx engine.Tx) error { return clientLinkTx(tx).AwaitClient(l) })
	if err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.client_asked", c)
	return &rest.One[ClientLink]{Body: shown}, nil
}

type requestConnectionInput struct {
	rest.InWorkspace
	Body struct {
		Type   string          `json:"type" maxLength:"100" doc:"A node type of kind connection"`
		Name   string          `json:"name" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params,omitempty" doc:"What the client shall not have to fill in, such as hosts; no secrets"`
	}
}

// requestedConnection is a connection that waits for a client, and its link.
type requestedConnection struct {
	ID           string     `json:"id" doc:"Of the connection"`
	Type         string     `json:"type"`
	Name         string     `json:"name"`
	WaitingSince *time.Time `json:"waiting_since"`
	Link         ClientLink `json:"link"`
}

// requestConnection makes a connection that waits for its client: workflows may
// name it already.
func (a *API) requestConnection(ctx context.Context, in *requestConnectionInput) (*rest.One[requestedConnection], error) {
	t := a.connectionType(in.Body.Type)
	if t == nil {
		return nil, problem.At("/type", "unknown_type", fmt.Sprintf("There is no connection type %.60q. The list of node types has those of kind connection.", in.Body.Type))
	}
	c := engine.Connection{ID: engine.NewID("cxn"), Type: t.Type, Name: strings.TrimSpace(in.Body.Name), Params: map[string]any{}}
	if c.Name == "" {
		return nil, problem.At("/name", "required", "A connection needs a name.")
	}
	if in.Body.Params != nil {
		var err error
		if c.Params, err = a.chosen(t, in.Body.Params); err != nil {
			return nil, err
		}
	}
	if signsIn(t, c.Params) {
		return nil, problem.At("/type", "invalid", "The client only signs in for such a connection: make it yourself with the client ID and secret of the app, then ask the client there.")
	}
	l, shown := a.newLink(ctx, c.ID)
	err := a.Store.Do(ctx, l.Workspace, func(tx engine.Tx) error {
		if err := connectionTx(tx).PutConnection(c); err != nil {
			return err
		}
		return clientLinkTx(tx).AwaitClient(l)
	})
	if err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.client_asked", c)
	return &rest.One[requestedConnection]{Body: requestedConnection{c.ID, c.Type, c.Name, rest.Moment(l.CreatedAt), shown}}, nil
}

// chosen are the params that the agency fills in itself: secrets are not among
// them, and what is there must be possible. What is missing is asked for.
func (a *API) chosen(t *nodes.NodeType, raw json.RawMessage) (map[string]any, error) {
	params, err := rest.ObjectOf(raw, "/params")
	if err != nil {
		return nil, err
	}
	params, err = workflow.MapSecrets(t.Fields, params, func(pointer string, _ any) (any, error) {
		return nil, problem.At("/params"+pointer, "invalid", "The client fills in what is secret: leave it out.")
	})
	if err != nil {
		return nil, err
	}
	var wrong []nodes.FieldProblem
	for _, p := range t.Check(params) {
		if p.Code != "required" {
			wrong = append(wrong, p)
		}
	}
	if len(wrong) > 0 {
		return nil, problem.New(problem.CodeInvalid, "Some settings of the connection are not possible; errors names each.", problem.Fields("/params", wrong)...)
	}
	return params, nil
}

func (a *API) listClientLinks(ctx context.Context, in *rest.ByID) (*rest.Listed[ClientLink], error) {
	ws := rest.WorkspaceOf(ctx).ID
	if _, err := a.Store.Connection(ctx, ws, in.ID); err != nil {
		return nil, err
	}
	links, err := a.Store.ClientLinks(ctx, ws, in.ID)
	out := &rest.Listed[ClientLink]{Body: rest.Page[ClientLink]{Items: []ClientLink{}}}
	for _, l := range links {
		out.Body.Items = append(out.Body.Items, a.shownLink(l))
	}
	return out, err
}

// revokeClientLink ends a connection's open link; without one there is nothing to
// do.
func (a *API) revokeClientLink(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	c, t, err := a.knownConnection(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	trouble := ""
	if len(t.Check(c.Params)) > 0 {
		trouble = "It is not filled in, and the link for it was revoked: fill it in, or ask the client again."
	}
	ended := 0
	err = a.Store.Do(ctx, rest.WorkspaceOf(ctx).ID, func(tx engine.Tx) (err error) {
		ended, err = tx.EndClientLinks(c.ID, trouble)
		return err
	})
	if err == nil && ended > 0 {
		a.auditConnection(ctx, "connection.client_link_revoked", c)
	}
	return nil, err
}

// Sentences for who opens a link that is over.
var overLinks = map[string]string{
	"used":    "This link was used already: what it asked for is filled in. If something has to be changed, ask for a new link.",
	"revoked": "This link was withdrawn. Ask who sent it to you for a new one.",
	"expired": "This link is older than 7 days and has ended. Ask who sent it to you for a new one.",
}

// openedLink finds what a client's token opens.
func (a *API) openedLink(ctx context.Context, token secret.Redacted) (l engine.ClientLink, c engine.Connection, t *nodes.NodeType, err error) {
	unknown := problem.New(problem.CodeNotFound, "This link is not complete: copy it whole, from https:// to its end.")
	if wait, ok := a.linkPace.Take(rest.FromOf(ctx).IP); !ok {
		return l, c, nil, problem.New(problem.CodeTooManyRequests, "").After(wait)
	}
	if len(token) != secret.TokenLength {
		return l, c, nil, unknown
	}
	l, err = a.Store.ClientLinkByHash(ctx, secret.HashToken(token.Reveal()))
	if errors.Is(err, engine.ErrNotFound) || err == nil && !secret.MatchToken(token.Reveal(), l.Hash) {
		return l, c, nil, unknown
	}
	if err != nil {
		return l, c, nil, err
	}
	if !brand.From(ctx).Shows(l.Workspace) {
		return l, c, nil, unknown // on another client's domain there is no such link
	}
	if state := l.State(a.Now()); state != engine.LinkOpen {
		return l, c, nil, problem.New(problem.CodeGone, overLinks[state])
	}
	c, err = a.Store.Connection(ctx, l.Workspace, l.ConnectionID)
	if errors.Is(err, engine.ErrNotFound) {
		return l, c, nil, problem.New(problem.CodeGone, overLinks["revoked"])
	}
	if t = a.connectionType(c.Type); err == nil && t == nil {
		err = &engine.StateError{Message: "Connections of this kind are not in this build any more."}
	}
	return l, c, t, err
}

type openLinkInput struct {
	Body struct {
		Token secret.Redacted `json:"token" minLength:"1" maxLength:"200" doc:"From the link, behind the #"`
	}
}

// askedView is all that somebody with a link sees.
type askedView struct {
	Workspace string        `json:"workspace" doc:"Who asks"`
	Name      string        `json:"name" doc:"What the connection is called"`
	Type      string        `json:"type"`
	TypeName  string        `json:"type_name"`
	Summary   string        `json:"summary"`
	Fields    []nodes.Field `json:"fields" nullable:"false" doc:"What to fill in; nothing that is stored is shown"`
	Testable  bool          `json:"testable" doc:"It is tried before it is stored"`
	SignIn    bool          `json:"sign_in" doc:"Nothing is to be filled in: the client signs in at the service, see /client-links/sign-in"`
	ExpiresAt time.Time     `json:"expires_at"`
}

// openClientLink shows what a client is asked for. Looking uses nothing up.
func (a *API) openClientLink(ctx context.Context, in *openLinkInput) (*rest.One[askedView], error) {
	l, c, t, err := a.openedLink(ctx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	ws, err := a.Store.Workspace(ctx, l.Workspace)
	if errors.Is(err, engine.ErrNotFound) {
		return nil, problem.New(problem.CodeGone, overLinks["revoked"])
	}
	if err != nil {
		return nil, err
	}
	v := askedView{
		Workspace: ws.Name, Name: c.Name, Type: t.Type, TypeName: t.Name, Summary: t.Summary, Fields: agency.Asked(t, c.Params),
		Testable: t.Test != nil, ExpiresAt: l.ExpiresAt.UTC(),
	}
	if signsIn(t, c.Params) {
		v.Fields, v.Testable, v.SignIn = []nodes.Field{}, false, true
	}
	return &rest.One[askedView]{Body: v}, nil
}

// signsIn reports whether a connection works once a person has signed in for it.
func signsIn(t *nodes.NodeType, params map[string]any) bool {
	if t.OAuth == nil {
		return false
	}
	o, err := t.OAuth(params)
	return err == nil && !o.ClientCredentials
}

// signInByLink sends a client to the service that a link asks for. The link is used
// up when they come back signed in; until then it can be opened again.
func (a *API) signInByLink(ctx context.Context, in *openLinkInput) (*connectAnswer, error) {
	l, c, t, err := a.openedLink(ctx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	if !signsIn(t, c.Params) {
		return nil, &engine.StateError{Message: "Nobody has to sign in for this connection: fill it in instead."}
	}
	address, cookie, err := a.beginSignIn(ctx, rest.BrowserOf(ctx), engine.BeginSignIn{Workspace: l.Workspace, Connection: c.ID, Link: l.ID})
	if err != nil {
		return nil, err
	}
	return &connectAnswer{SetCookie: cookie, Body: connectView{URL: address, ExpiresAt: rest.Stamp(a.Now().Add(engine.ConsentLife))}}, nil
}

type fillLinkInput struct {
	Body struct {
		Token  secret.Redacted `json:"token" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params"`
		Anyway bool            `json:"anyway,omitempty" doc:"Store it also when the test says that it does not work"`
	}
}

// filledView says whether the connection was stored.
type filledView struct {
	Stored  bool   `json:"stored" doc:"The link is used up then"`
	Message string `json:"message" doc:"What the service said when the test did not work; empty when it did, or there is none"`
}

// fillClientLink tries and stores what a client filled in, and ends the link.
func (a *API) fillClientLink(ctx context.Context, in *fillLinkInput) (*rest.One[filledView], error) {
	l, c, t, err := a.openedLink(ctx, in.Body.Token)
	if err != nil {
		return nil, err
	}
	if signsIn(t, c.Params) {
		return nil, &engine.StateError{Message: "There is nothing to fill in: this link asks you to sign in at the service."}
	}
	sent, err := rest.ObjectOf(in.Body.Params, "/params")
	if err != nil {
		return nil, err
	}
	params, refused, err := agency.Filled(t, c.Params, sent)
	if err != nil {
		return nil, err
	}
	if len(refused) > 0 {
		return nil, problem.At("/params/"+refused[0], "unknown", fmt.Sprintf("Nobody asked for %.60q.", refused[0]))
	}
	if problems := t.Check(params); len(problems) > 0 {
		return nil, problem.New(problem.CodeInvalid, "Something is missing or not possible; each field says what.", problem.Fields("/params", problems)...)
	}
	said := a.tryFilled(ctx, l.Workspace, t, params)
	if said != "" && !in.Body.Anyway {
		return &rest.One[filledView]{Body: filledView{Message: said}}, nil
	}
	used := false
	err = a.Store.Do(ctx, l.Workspace, func(tx engine.Tx) error {
		// A change by somebody else has ended the link, so c is still what is stored.
		if used, err = tx.UseClientLink(l); err != nil || !used {
			return err
		}
		if err := tx.DropSignIn(c.ID); err != nil {
			return err
		}
		if c.Params, err = engine.HideSecrets(tx, t, c.ID, params); err != nil {
			return err
		}
		return connectionTx(tx).PutConnection(c)
	})
	if err != nil {
		return nil, err
	}
	if !used {
		return nil, problem.New(problem.CodeGone, overLinks["used"])
	}
	if said != "" {
		if err := a.Store.NoteConnection(ctx, l.Workspace, c.ID, said); err != nil {
			return nil, err
		}
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: l.Workspace, Action: "connection.filled_by_client", ObjectKind: "connection", ObjectID: c.ID, Detail: map[string]any{"link": l.ID, "name": c.Name}})
	return &rest.One[filledView]{Body: filledView{Stored: true, Message: said}}, nil
}

// tryFilled is what the service says to new params, "" when they work or nothing
// can be tried.
func (a *API) tryFilled(ctx context.Context, workspace string, t *nodes.NodeType, params map[string]any) string {
	if t.Test == nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, testTime)
	defer cancel()
	if err := a.Engine.TryParams(ctx, workspace, t, params); err != nil {
		return err.Error()
	}
	return ""
}
