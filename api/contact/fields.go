package contact

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// FieldStore keeps the definitions of a workspace's own contact fields.
type FieldStore interface {
	Field(ctx context.Context, workspace, id string) (crm.Field, error)
	ListFields(ctx context.Context, workspace string, p engine.Page) (engine.List[crm.Field], error)
	// CreateField fills ID and CreatedAt in; a *crm.Conflict when the key is
	// taken.
	CreateField(ctx context.Context, workspace string, f *crm.Field) error
	// UpdateField stores label and options; key and kind stay.
	UpdateField(ctx context.Context, workspace string, f crm.Field) error
	// DeleteField deletes the definition; values that contacts have stay.
	DeleteField(ctx context.Context, workspace, id string) error
}

type fieldView struct {
	ID        string    `json:"id"`
	Key       string    `json:"key" doc:"contact.fields.KEY in mappings" example:"favourite_colour"`
	Label     string    `json:"label" example:"Favourite colour"`
	Kind      string    `json:"kind" enum:"text,number,date,choice,switch"`
	Options   []string  `json:"options" nullable:"false" doc:"Of a choice"`
	CreatedAt time.Time `json:"created_at"`
}

func shownField(f crm.Field) fieldView {
	return fieldView{f.ID, f.Key, f.Label, f.Kind, rest.OrNone(f.Options), rest.Stamp(f.CreatedAt)}
}

func (a *API) listFields(ctx context.Context, in *rest.ListInput) (*rest.Listed[fieldView], error) {
	p, err := in.Part()
	if err != nil {
		return nil, err
	}
	rows, err := a.Store.ListFields(ctx, rest.WorkspaceOf(ctx).ID, p)
	if err != nil {
		return nil, err
	}
	return rest.NewList(rows, shownField), nil
}

func (a *API) getField(ctx context.Context, in *rest.ByID) (*rest.One[fieldView], error) {
	f, err := a.Store.Field(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	return &rest.One[fieldView]{Body: shownField(f)}, nil
}

type createFieldInput struct {
	rest.InWorkspace
	Body struct {
		Key     string   `json:"key,omitempty" maxLength:"64" doc:"Made of the label when left out"`
		Label   string   `json:"label" minLength:"1" maxLength:"200"`
		Kind    string   `json:"kind,omitempty" enum:"text,number,date,choice,switch" doc:"text when left out"`
		Options []string `json:"options,omitempty" maxItems:"200" doc:"Of a choice"`
	}
}

func (a *API) createField(ctx context.Context, in *createFieldInput) (*rest.One[fieldView], error) {
	f := crm.Field{Key: crm.FieldKey(in.Body.Key), Label: strings.TrimSpace(in.Body.Label), Kind: in.Body.Kind, Options: in.Body.Options}
	if in.Body.Key == "" {
		f.Key = crm.FieldKey(f.Label)
	}
	if f.Kind == "" {
		f.Kind = "text"
	}
	switch {
	case f.Key == "" || len(f.Key) > crm.MaxFieldKey:
		return nil, problem.At("/key", "invalid", fmt.Sprintf("This cannot be the key of a field. Use letters, digits and underscores, at most %d.", crm.MaxFieldKey))
	case in.Body.Key != "" && f.Key != in.Body.Key:
		return nil, problem.At("/key", "invalid", fmt.Sprintf("A key has lower-case letters, digits and underscores. Try %q.", f.Key))
	}
	if err := checkField(f); err != nil {
		return nil, err
	}
	if err := a.Store.CreateField(ctx, rest.WorkspaceOf(ctx).ID, &f); err != nil {
		return nil, err
	}
	return &rest.One[fieldView]{Body: shownField(f)}, nil
}

func checkField(f crm.Field) error {
	switch {
	case f.Label == "":
		return problem.At("/label", "required", "A field needs a label.")
	case f.Kind == "choice" && len(f.Options) == 0:
		return problem.At("/options", "required", "A choice needs its options.")
	case f.Kind != "choice" && len(f.Options) > 0:
		return problem.At("/options", "invalid", "Only a choice has options.")
	case slices.Contains(f.Options, ""):
		return problem.At("/options", "invalid", "An option cannot be empty.")
	}
	return nil
}

type patchFieldInput struct {
	rest.ByID
	Body struct {
		Label   *string  `json:"label,omitempty" minLength:"1" maxLength:"200"`
		Options []string `json:"options,omitempty" maxItems:"200"`
	}
}

// patchField changes what people see; key and kind stay, because stored values
// and mappings depend on them.
func (a *API) patchField(ctx context.Context, in *patchFieldInput) (*rest.One[fieldView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	f, err := a.Store.Field(ctx, ws, in.ID)
	if err != nil {
		return nil, err
	}
	if in.Body.Label != nil {
		f.Label = strings.TrimSpace(*in.Body.Label)
	}
	if in.Body.Options != nil {
		f.Options = in.Body.Options
	}
	if err := checkField(f); err != nil {
		return nil, err
	}
	if err := a.Store.UpdateField(ctx, ws, f); err != nil {
		return nil, err
	}
	return &rest.One[fieldView]{Body: shownField(f)}, nil
}

func (a *API) deleteField(ctx context.Context, in *rest.ByID) (*rest.Nothing, error) {
	return nil, a.Store.DeleteField(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
}
