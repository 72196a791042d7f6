package setting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// ConnectionStore keeps stored credentials. Their secrets are stored apart:
// params hold references only.
type ConnectionStore interface {
	Connection(ctx context.Context, workspace, id string) (engine.Connection, error)
	ListConnections(ctx context.Context, workspace string, p engine.Page) (engine.List[engine.Connection], error)
	// SignIn and ListSignIns tell how connections stand that somebody signs in for,
	// see engine.SignIns.
	SignIn(ctx context.Context, workspace, connection string) (engine.SignIn, error)
	ListSignIns(ctx context.Context, workspace string) ([]engine.SignIn, error)
}

// ConnectionTx is what a transaction of the Store also has.
type ConnectionTx interface {
	// PutConnection stores a connection, new or changed.
	PutConnection(c engine.Connection) error
	// DeleteConnection deletes it with its secrets; engine.ErrNotFound when there
	// is none.
	DeleteConnection(id string) error
}

// connectionTx panics for a Store that keeps no connections, which is a
// programmer's error.
func connectionTx(tx engine.Tx) ConnectionTx {
	c, ok := tx.(ConnectionTx)
	if !ok {
		panic(fmt.Sprintf("api: %T keeps no connections", tx))
	}
	return c
}

// mask stands where a stored secret is. Sent back, it keeps the secret.
const mask = "********"

// connectionView is a connection without its secrets.
type connectionView struct {
	WaitingSince *time.Time `json:"waiting_since" doc:"Since when a client is asked to fill it in; null when nobody is"`
	Problem      string     `json:"problem" doc:"Why it did not work the last time; empty when it did, or was not tried since it was changed"`

	ID     string          `json:"id" example:"cxn_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Type   string          `json:"type" example:"auth.bearer"`
	Name   string          `json:"name" example:"Course platform"`
	Params json.RawMessage `json:"params" doc:"The fields of the type; stored secrets show as ********"`
	SignIn *signInView     `json:"sign_in,omitempty" doc:"How it stands when somebody signs in for it at the service"`
}

// shownConnection shows s with types that sign in, and nothing of it with others.
func (a *API) shownConnection(ctx context.Context, c engine.Connection, s engine.SignIn) (connectionView, error) {
	params := c.Params
	if t := a.connectionType(c.Type); t != nil {
		var err error
		if params, err = workflow.MapSecrets(t.Fields, params, func(string, any) (any, error) { return mask, nil }); err != nil {
			return connectionView{}, err
		}
	}
	if params == nil {
		params = map[string]any{}
	}
	raw, err := value.Encode(params)
	v := connectionView{ID: c.ID, Type: c.Type, Name: c.Name, Params: raw, WaitingSince: rest.Moment(c.WaitingSince), Problem: c.Problem}
	if t := a.connectionType(c.Type); t != nil && t.OAuth != nil {
		v.SignIn = a.shownSignIn(ctx, s)
	}
	return v, err
}

func (a *API) answerConnection(ctx context.Context, c engine.Connection) (*rest.One[connectionView], error) {
	s, err := a.Store.SignIn(ctx, rest.WorkspaceOf(ctx).ID, c.ID)
	if err != nil && !errors.Is(err, engine.ErrNotFound) {
		return nil, err
	}
	v, err := a.shownConnection(ctx, c, s)
	return &rest.One[connectionView]{Body: v}, err
}

// connectionType is nil for a type that is none of a connection.
func (a *API) connectionType(id string) *nodes.NodeType {
	if t := a.Registry.Lookup(id); t != nil && t.Kind == nodes.KindConnection {
		return t
	}
	return nil
}

type listConnectionsInput struct {
	rest.InWorkspace
	rest.Paging
	SignIn string `query:"sign_in" enum:"lost" doc:"lost lists only those that somebody must connect again; they come in one part"`
}

func (a *API) listConnections(ctx context.Context, in *listConnectionsInput) (*rest.Listed[connectionView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	known, err := a.Store.ListSignIns(ctx, rest.WorkspaceOf(ctx).ID)
	if err != nil {
		return nil, err
	}
	var rows engine.List[engine.Connection]
	if in.SignIn == "" {
		rows, err = a.Store.ListConnections(ctx, rest.WorkspaceOf(ctx).ID, p)
	} else {
		rows.Items, err = a.lostConnections(ctx, known)
	}
	if err != nil {
		return nil, err
	}
	standing := map[string]engine.SignIn{}
	for _, s := range known {
		standing[s.Connection] = s
	}
	var broken error
	out := rest.NewList(rows, func(c engine.Connection) connectionView {
		v, err := a.shownConnection(ctx, c, standing[c.ID])
		if err != nil {
			broken = err
		}
		return v
	})
	return out, broken
}

func (a *API) getConnection(ctx context.Context, in *rest.ByID) (*rest.One[connectionView], error) {
	c, err := a.Store.Connection(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerConnection(ctx, c)
}

// lostConnections reads those that somebody must connect again.
func (a *API) lostConnections(ctx context.Context, known []engine.SignIn) ([]engine.Connection, error) {
	var lost []engine.Connection
	for _, s := range known {
		if s.Status != engine.SignInLost {
			continue
		}
		c, err := a.Store.Connection(ctx, rest.WorkspaceOf(ctx).ID, s.Connection)
		if errors.Is(err, engine.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lost = append(lost, c)
	}
	return lost, nil
}

type createConnectionInput struct {
	rest.InWorkspace
	Body struct {
		Type   string          `json:"type" maxLength:"100" doc:"A node type of kind connection"`
		Name   string          `json:"name" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params"`
	}
}

func (a *API) createConnection(ctx context.Context, in *createConnectionInput) (*rest.One[connectionView], error) {
	t := a.connectionType(in.Body.Type)
	if t == nil {
		return nil, problem.At("/type", "unknown_type", fmt.Sprintf("There is no connection type %.60q. The list of node types has those of kind connection.", in.Body.Type))
	}
	params, err := rest.ObjectOf(in.Body.Params, "/params")
	if err != nil {
		return nil, err
	}
	c := engine.Connection{ID: engine.NewID("cxn"), Type: t.Type, Name: strings.TrimSpace(in.Body.Name)}
	if c, err = a.putConnection(ctx, t, c, params, nil, false); err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.created", c)
	return a.answerConnection(ctx, c)
}

// putConnection checks and stores a connection. known are the references by
// pointer that masked values stand for. With signOut its tokens are forgotten.
func (a *API) putConnection(ctx context.Context, t *nodes.NodeType, c engine.Connection, params map[string]any, known map[string]any, signOut bool) (engine.Connection, error) {
	if c.Name == "" {
		return c, problem.At("/name", "required", "A connection needs a name.")
	}
	params, err := workflow.MapSecrets(t.Fields, params, func(pointer string, v any) (any, error) {
		switch plain, isText := v.(string); {
		case isText && plain != mask:
			return v, nil
		case isText && known[pointer] != nil:
			return known[pointer], nil
		case isText:
			return nil, problem.At("/params"+pointer, "invalid", "There is no stored secret here to keep: send the secret itself.")
		default:
			// A reference from outside could name another connection's secret and
			// send it to a host of the caller's choice.
			return nil, problem.At("/params"+pointer, "wrong_type", "A secret is a text.")
		}
	})
	if err != nil {
		return c, err
	}
	if problems := t.Check(params); len(problems) > 0 {
		return c, problem.New(problem.CodeInvalid, "Some settings of the connection are not possible; errors names each.", problem.Fields("/params", problems)...)
	}
	err = a.Store.Do(ctx, rest.WorkspaceOf(ctx).ID, func(tx engine.Tx) error {
		hidden, err := engine.HideSecrets(tx, t, c.ID, params)
		if err != nil {
			return err
		}
		c.Params = hidden
		if signOut {
			if err := tx.DropSignIn(c.ID); err != nil {
				return err
			}
		}
		return connectionTx(tx).PutConnection(c)
	})
	return c, err
}

func (a *API) auditConnection(ctx context.Context, action string, c engine.Connection) {
	a.Audit(ctx, engine.AuditEntry{
		Workspace: rest.WorkspaceOf(ctx).ID, Action: action, ObjectKind: "connection", ObjectID: c.ID, Detail: map[string]any{"type": c.Type, "name": c.Name},
	})
}

type patchConnectionInput struct {
	rest.ByID
	Body struct {
		Name   *string         `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params,omitempty" doc:"Fields that are left out stay, and so do secrets that are sent back as ********; null empties a field"`
	}
}

func (a *API) patchConnection(ctx context.Context, in *patchConnectionInput) (*rest.One[connectionView], error) {
	c, t, err := a.knownConnection(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Name != nil {
		c.Name = strings.TrimSpace(*in.Body.Name)
	}
	known := map[string]any{}
	masked, err := workflow.MapSecrets(t.Fields, c.Params, func(pointer string, v any) (any, error) {
		known[pointer] = v
		return mask, nil
	})
	if err != nil {
		return nil, err
	}
	params := masked
	if in.Body.Params != nil {
		changes, err := rest.ObjectOf(in.Body.Params, "/params")
		if err != nil {
			return nil, err
		}
		params = maps.Clone(masked)
		if params == nil {
			params = map[string]any{}
		}
		maps.Copy(params, changes)
		if err := newHostsNewSecrets(t, masked, params); err != nil {
			return nil, err
		}
	}
	if c, err = a.putConnection(ctx, t, c, params, known, signedInElsewhere(t, masked, params)); err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.updated", c)
	return a.answerConnection(ctx, c)
}

// newHostsNewSecrets refuses to give a stored secret to other hosts: who may
// change a connection may not by that read its secret at a host of their own.
func newHostsNewSecrets(t *nodes.NodeType, was, is map[string]any) error {
	keeps := false
	_, err := workflow.MapSecrets(t.Fields, is, func(_ string, v any) (any, error) {
		keeps = keeps || v == mask
		return v, nil
	})
	if err != nil || !keeps {
		return err
	}
	if host := newHost(t, was, is); host != "" {
		return problem.At("/params", "secret_required", fmt.Sprintf("Send the secrets again together with the new host %.100q: a stored secret is never given to another host.", host))
	}
	return nil
}

// newHost is a host that a connection may be sent to only after a change, also the
// one that gets the secret of an app for tokens; "" for none.
func newHost(t *nodes.NodeType, was, is map[string]any) string {
	before, err := t.Hosts(was)
	if err != nil {
		return "" // it could be sent nowhere, so nothing is known of it
	}
	after, err := t.Hosts(is)
	if err != nil {
		return "" // the check of the params says what is wrong
	}
	if t.OAuth != nil {
		old, oldErr := t.OAuth(was)
		changed, err := t.OAuth(is)
		if oldErr == nil && err == nil {
			before, after = append(before, old.TokenHost()), append(after, changed.TokenHost())
		}
	}
	for _, host := range after {
		if !slices.Contains(before, host) {
			return host
		}
	}
	return ""
}

// signedInElsewhere reports whether the tokens of a connection are none of what it
// is after a change: those of another app or service, or to be sent to a host that
// nobody allowed when signing in.
func signedInElsewhere(t *nodes.NodeType, was, is map[string]any) bool {
	if t.OAuth == nil {
		return false
	}
	before, err := t.OAuth(was)
	if err != nil {
		return true
	}
	after, err := t.OAuth(is)
	return err != nil || !before.Same(after) || newHost(t, was, is) != ""
}

func (a *API) knownConnection(ctx context.Context, id string) (engine.Connection, *nodes.NodeType, error) {
	c, err := a.Store.Connection(ctx, rest.WorkspaceOf(ctx).ID, id)
	if err != nil {
		return c, nil, err
	}
	t := a.connectionType(c.Type)
	if t == nil {
		return c, nil, &engine.StateError{Message: fmt.Sprintf("Connections of type %s are not in this build.", c.Type)}
	}
	return c, t, nil
}

func (a *API) deleteConnection(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	c, err := a.Store.Connection(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	err = a.Store.Do(ctx, ws, func(tx engine.Tx) error { return connectionTx(tx).DeleteConnection(in.ID) })
	if err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.deleted", c)
	return nil, nil
}
