package engine

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/nodes"
)

// standIn is the token of what is only shown: a dry run and a sandbox ask no service
// for another one.
const standIn = "not-sent"

// signedIn opens a connection that signs in with OAuth. The client's secret is for
// the token address alone, so the node does not get it.
func (e *Engine) signedIn(ctx context.Context, workspace string, c Connection, t *nodes.NodeType, out *outlet, idle bool) (*nodes.Credential, error) {
	opened, err := e.openSecrets(ctx, workspace, t, c.Params, inMemory)
	if err != nil {
		return nil, err
	}
	hosts, err := t.Hosts(opened)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	o, err := t.OAuth(opened)
	if err != nil {
		return nil, nodes.Permanent(err)
	}
	credential := &nodes.Credential{ID: c.ID, Type: c.Type, Fields: map[string]string{nodes.AccessToken: standIn}, Hosts: hosts}
	if ws, _, err := e.workspaces.get(ctx, workspace); err != nil {
		return nil, err
	} else if idle || ws.Sandbox {
		return credential, nil
	}
	s := signIn{e, workspace, c, o}
	token, err := s.token(ctx, "")
	if err != nil {
		return nil, err
	}
	credential.Fields[nodes.AccessToken] = token
	out.bearer, out.renew = token, func(ctx context.Context) (string, error) { return s.token(ctx, token) }
	return credential, nil
}

// renewed is a call that was answered 401 with a new token instead of the one that
// it carried; false when it carried none, or there is no other. A 401 did nothing,
// so sending again repeats nothing.
func (o *outlet) renewed(ctx context.Context, r nodes.HTTPRequest, answer nodes.HTTPResponse) (nodes.HTTPRequest, bool) {
	if answer.Status != http.StatusUnauthorized || o.renew == nil || r.Header.Get("Authorization") != "Bearer "+o.bearer {
		return r, false
	}
	renew, was := o.renew, o.bearer
	o.renew = nil
	token, err := renew(ctx)
	if err != nil {
		o.lost = err
		return r, false
	}
	if token == was {
		return r, false
	}
	o.bearer = token
	r.Header = r.Header.Clone()
	r.Header.Set("Authorization", "Bearer "+token)
	r.Secrets = append(slices.DeleteFunc(slices.Clone(r.Secrets), func(s string) bool { return strings.EqualFold(s, was) }), token)
	return r, true
}

// testSignIn reports why a connection has no token that works, or nil.
func (e *Engine) testSignIn(ctx context.Context, workspace string, c Connection) error {
	_, o, err := e.signInOf(ctx, workspace, c.ID)
	if err != nil {
		return err
	}
	_, err = signIn{e, workspace, c, o}.token(ctx, "")
	return err
}
