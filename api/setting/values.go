package setting

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// ValueStore keeps custom values.
type ValueStore interface {
	CustomValue(ctx context.Context, workspace, id string) (crm.CustomValue, error)
	ListCustomValues(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.CustomValue], error)
	// CustomValues holds all values by their keys.
	CustomValues(ctx context.Context, workspace string) (map[string]any, error)
	// CreateCustomValue fills ID and UpdatedAt in; a *crm.Conflict when the key
	// is taken.
	CreateCustomValue(ctx context.Context, workspace string, v *crm.CustomValue) error
	// UpdateCustomValue stores name and value; the key stays.
	UpdateCustomValue(ctx context.Context, workspace string, v *crm.CustomValue) error
	DeleteCustomValue(ctx context.Context, workspace, id string) error
}

// maxValue bounds one custom value: every run that uses it carries it.
const maxValue = 64 << 10

type valueView struct {
	ID        string          `json:"id"`
	Key       string          `json:"key" doc:"custom_values.KEY in mappings" example:"support_email"`
	Name      string          `json:"name" example:"Support e-mail"`
	Value     json.RawMessage `json:"value" doc:"Any JSON value"`
	UpdatedAt time.Time       `json:"updated_at"`
}

func shownValue(v crm.CustomValue) (valueView, error) {
	raw, err := value.Encode(v.Value)
	return valueView{v.ID, v.Key, v.Name, raw, rest.Stamp(v.UpdatedAt)}, err
}

func answerValue(v crm.CustomValue) (*rest.One[valueView], error) {
	shown, err := shownValue(v)
	return &rest.One[valueView]{Body: shown}, err
}

func (a *API) listValues(ctx context.Context, in *rest.ListInput) (*rest.Listed[valueView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListCustomValues(ctx, rest.WorkspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	var broken error
	out := rest.NewList(rows, func(v crm.CustomValue) valueView {
		shown, err := shownValue(v)
		if err != nil {
			broken = err
		}
		return shown
	})
	return out, broken
}

func (a *API) getValue(ctx context.Context, in *rest.ByID) (*rest.One[valueView], error) {
	v, err := a.Store.CustomValue(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return answerValue(v)
}

type createValueInput struct {
	rest.InWorkspace
	Body struct {
		Key   string          `json:"key,omitempty" maxLength:"64" doc:"Made of the name when left out"`
		Name  string          `json:"name" minLength:"1" maxLength:"200"`
		Value json.RawMessage `json:"value"`
	}
}

func (a *API) createValue(ctx context.Context, in *createValueInput) (*rest.One[valueView], error) {
	v := crm.CustomValue{Key: crm.FieldKey(in.Body.Key), Name: strings.TrimSpace(in.Body.Name)}
	if in.Body.Key == "" {
		v.Key = crm.FieldKey(v.Name)
	}
	switch {
	case v.Key == "" || len(v.Key) > crm.MaxFieldKey:
		return nil, problem.At("/key", "invalid", fmt.Sprintf("This cannot be a key. Use letters, digits and underscores, at most %d.", crm.MaxFieldKey))
	case in.Body.Key != "" && v.Key != in.Body.Key:
		return nil, problem.At("/key", "invalid", fmt.Sprintf("A key has lower-case letters, digits and underscores. Try %q.", v.Key))
	}
	var err error
	if v.Value, err = anyValue(in.Body.Value); err != nil {
		return nil, err
	}
	if err := a.Store.CreateCustomValue(ctx, rest.WorkspaceOf(ctx).ID, &v); err != nil {
		return nil, err
	}
	return answerValue(v)
}

func anyValue(raw json.RawMessage) (any, error) {
	if len(raw) > maxValue {
		return nil, problem.At("/value", "too_large", fmt.Sprintf("A custom value takes at most %d KB.", maxValue>>10))
	}
	v, err := value.Decode(raw)
	if err != nil {
		return nil, problem.At("/value", "invalid", "This cannot be read: "+err.Error()+".").Because(err)
	}
	return v, nil
}

type patchValueInput struct {
	rest.ByID
	Body struct {
		Name  *string         `json:"name,omitempty" minLength:"1" maxLength:"200"`
		Value json.RawMessage `json:"value,omitempty"`
	}
}

// patchValue changes name and value; the key stays, because mappings depend on
// it.
func (a *API) patchValue(ctx context.Context, in *patchValueInput) (*rest.One[valueView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	v, err := a.Store.CustomValue(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Name != nil {
		v.Name = strings.TrimSpace(*in.Body.Name)
	}
	if in.Body.Value != nil {
		if v.Value, err = anyValue(in.Body.Value); err != nil {
			return nil, err
		}
	}
	if err := a.Store.UpdateCustomValue(ctx, ws, &v); err != nil {
		return nil, err
	}
	return answerValue(v)
}

func (a *API) deleteValue(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	return nil, a.Store.DeleteCustomValue(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
}
