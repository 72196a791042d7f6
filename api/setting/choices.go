package setting

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// choicesTime bounds how long a service may take to list what can be chosen.
const choicesTime = 25 * time.Second

type choicesInput struct {
	rest.ByID
	Body struct {
		Type   string          `json:"type" maxLength:"100" doc:"The node type whose form asks"`
		Field  string          `json:"field" maxLength:"100" doc:"Key of a field of it that has choices"`
		Params json.RawMessage `json:"params,omitempty" doc:"What is filled in so far; only the fields that the choices need are looked at"`
		Fresh  bool            `json:"fresh,omitempty" doc:"Ask the service although its answer of the last minute is known"`
	}
}

// ChoicesView is what can be chosen for a field.
type ChoicesView struct {
	Items   []nodes.Option `json:"items" nullable:"false" doc:"In the order of the service; empty when it has none or could not be asked"`
	More    bool           `json:"more" doc:"Whether the service has more than are listed"`
	Message string         `json:"message" doc:"Why the service could not be asked and what to do, with the name of the connection; empty when it answered"`
}

// listChoices asks the service of a connection what can be chosen for a field. As
// with a test, what the service says is the answer, not an error of ours.
func (a *API) listChoices(ctx context.Context, in *choicesInput) (*rest.One[ChoicesView], error) {
	c, _, err := a.knownConnection(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	q := engine.ChoicesQuery{Connection: c, Type: a.Registry.Lookup(in.Body.Type), Fresh: in.Body.Fresh}
	if q.Type == nil {
		return nil, problem.At("/type", "unknown_type", fmt.Sprintf("There is no node type %.60q.", in.Body.Type))
	}
	at := slices.IndexFunc(q.Type.Fields, func(f nodes.Field) bool { return f.Key == in.Body.Field && f.Choices != nil })
	if at < 0 {
		return nil, problem.At("/field", "invalid", fmt.Sprintf("%s has no field %.60q with choices.", q.Type.Name, in.Body.Field))
	}
	q.Field = q.Type.Fields[at]
	if in.Body.Params != nil {
		if q.Params, err = rest.ObjectOf(in.Body.Params, "/params"); err != nil {
			return nil, err
		}
	}
	if q.Params, err = filledIn(q, in.ID); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, choicesTime)
	defer cancel()
	found, err := a.Engine.Choices(ctx, rest.WorkspaceOf(ctx).ID, q)
	switch {
	case errors.Is(err, engine.ErrUnavailable) || errors.Is(err, engine.ErrNotFound):
		return nil, err
	case err != nil:
		said := fmt.Sprintf("The connection “%s” could not be asked what there is to choose: %s", c.Name, err)
		return &rest.One[ChoicesView]{Body: ChoicesView{Items: []nodes.Option{}, Message: said}}, nil
	}
	return &rest.One[ChoicesView]{Body: ChoicesView{Items: found.Options, More: found.More}}, nil
}

// filledIn holds the params to what the field's choices need: fixed values, and the
// connection that is asked.
func filledIn(q engine.ChoicesQuery, connection string) (map[string]any, error) {
	out := map[string]any{}
	for _, f := range q.Type.Fields {
		if !slices.Contains(q.Field.Choices.Needs, f.Key) {
			continue
		}
		if f.Kind == nodes.FieldRef && f.Ref == "connection" {
			if f.Of != "" && f.Of != q.Connection.Type {
				return nil, problem.At("/type", "invalid", fmt.Sprintf("%s works with connections of another kind than %.100q is.", q.Type.Name, q.Connection.Name))
			}
			out[f.Key] = connection
			continue
		}
		v := q.Params[f.Key]
		if value.Empty(v) {
			v = f.Default
		}
		text, err := value.Encode(value.Normalize(value.Clone(v)))
		switch {
		case err != nil:
			return nil, err
		case value.Empty(v):
			return nil, problem.At("/params/"+f.Key, "required", fmt.Sprintf("Fill in %s first: what can be chosen hangs on it.", f.Label))
		case nodes.Mapped(string(text)):
			return nil, problem.At("/params/"+f.Key, "invalid", fmt.Sprintf("%s is mapped, so it is not known yet what can be chosen. Type an ID, or map this field too.", f.Label))
		}
		out[f.Key] = v
	}
	return out, nil
}
