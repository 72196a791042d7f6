package api

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
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
}

func (a *API) shownConnection(c engine.Connection) (connectionView, error) {
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
	return connectionView{ID: c.ID, Type: c.Type, Name: c.Name, Params: raw, WaitingSince: moment(c.WaitingSince), Problem: c.Problem}, err
}

func (a *API) answerConnection(c engine.Connection) (*one[connectionView], error) {
	v, err := a.shownConnection(c)
	return &one[connectionView]{v}, err
}

// connectionType is nil for a type that is none of a connection.
func (a *API) connectionType(id string) *nodes.NodeType {
	if t := a.Registry.Lookup(id); t != nil && t.Kind == nodes.KindConnection {
		return t
	}
	return nil
}

func (a *API) listConnections(ctx context.Context, in *listInput) (*listed[connectionView], error) {
	p, err := in.part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListConnections(ctx, workspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	var broken error
	out := newList(rows, func(c engine.Connection) connectionView {
		v, err := a.shownConnection(c)
		if err != nil {
			broken = err
		}
		return v
	})
	return out, broken
}

func (a *API) getConnection(ctx context.Context, in *ByID) (*one[connectionView], error) {
	c, err := a.Store.Connection(ctx, workspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return a.answerConnection(c)
}

type createConnectionInput struct {
	InWorkspace
	Body struct {
		Type   string          `json:"type" maxLength:"100" doc:"A node type of kind connection"`
		Name   string          `json:"name" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params"`
	}
}

func (a *API) createConnection(ctx context.Context, in *createConnectionInput) (*one[connectionView], error) {
	t := a.connectionType(in.Body.Type)
	if t == nil {
		return nil, problem.At("/type", "unknown_type", fmt.Sprintf("There is no connection type %.60q. The list of node types has those of kind connection.", in.Body.Type))
	}
	params, err := objectOf(in.Body.Params, "/params")
	if err != nil {
		return nil, err
	}
	c := engine.Connection{ID: engine.NewID("cxn"), Type: t.Type, Name: strings.TrimSpace(in.Body.Name)}
	if c, err = a.putConnection(ctx, t, c, params, nil); err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.created", c)
	return a.answerConnection(c)
}

// putConnection checks and stores a connection. known are the references by
// pointer that masked values stand for.
func (a *API) putConnection(ctx context.Context, t *nodes.NodeType, c engine.Connection, params map[string]any, known map[string]any) (engine.Connection, error) {
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
	err = a.Store.Do(ctx, workspaceOf(ctx).ID, func(tx engine.Tx) error {
		hidden, err := engine.HideSecrets(tx, t, c.ID, params)
		if err != nil {
			return err
		}
		c.Params = hidden
		return connectionTx(tx).PutConnection(c)
	})
	return c, err
}

func (a *API) auditConnection(ctx context.Context, action string, c engine.Connection) {
	a.audit(ctx, engine.AuditEntry{
		Workspace: workspaceOf(ctx).ID, Action: action, ObjectKind: "connection", ObjectID: c.ID, Detail: map[string]any{"type": c.Type, "name": c.Name},
	})
}

type patchConnectionInput struct {
	ByID
	Body struct {
		Name   *string         `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Params json.RawMessage `json:"params,omitempty" doc:"Fields that are left out stay, and so do secrets that are sent back as ********; null empties a field"`
	}
}

func (a *API) patchConnection(ctx context.Context, in *patchConnectionInput) (*one[connectionView], error) {
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
		changes, err := objectOf(in.Body.Params, "/params")
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
	if c, err = a.putConnection(ctx, t, c, params, known); err != nil {
		return nil, err
	}
	a.auditConnection(ctx, "connection.updated", c)
	return a.answerConnection(c)
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
	before, err := t.Hosts(was)
	if err != nil {
		return nil //nolint:nilerr // it could be sent nowhere, so nothing is known of it
	}
	after, err := t.Hosts(is)
	if err != nil {
		return nil //nolint:nilerr // the check of the params says what is wrong
	}
	for _, host := range after {
		if !slices.Contains(before, host) {
			return problem.At("/params", "secret_required", fmt.Sprintf("Send the secrets again together with the new host %.100q: a stored secret is never given to another host.", host))
		}
	}
	return nil
}

func (a *API) knownConnection(ctx context.Context, id string) (engine.Connection, *nodes.NodeType, error) {
	c, err := a.Store.Connection(ctx, workspaceOf(ctx).ID, id)
	if err != nil {
		return c, nil, err
	}
	t := a.connectionType(c.Type)
	if t == nil {
		return c, nil, &engine.StateError{Message: fmt.Sprintf("Connections of type %s are not in this build.", c.Type)}
	}
	return c, t, nil
}

func (a *API) deleteConnection(ctx context.Context, in *ByID) (*nothing, error) {
	ws := workspaceOf(ctx).ID
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
