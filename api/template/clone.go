package template

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	flow "github.com/hookloom/hookloom/api/workflow"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

type cloneInput struct {
	TemplateByID
	Body struct {
		Name   string                     `json:"name,omitempty" maxLength:"200" doc:"Name of the workflow; the template's own when left out, or when it has several workflows"`
		Inputs map[string]json.RawMessage `json:"inputs,omitempty" doc:"Values by the keys of the template's inputs"`
		Again  bool                       `json:"again,omitempty" doc:"Of an own template: make another set of workflows although the workspace has one"`
	}
}

// cloned names what was created.
type cloned struct {
	Workflows []clonedWorkflow `json:"workflows" nullable:"false"`
	Sample    *template.Sample `json:"sample" doc:"The sender's sample to try it with, or an event of hookloom; null for none"`
	CloneID   string           `json:"clone_id,omitempty" doc:"Of an own template"`
	Existed   bool             `json:"existed,omitempty" doc:"Whether the workspace had them already, and nothing was made"`
	Wrong     []rollout.Wrong  `json:"wrong,omitempty" doc:"Inputs that are empty or cannot be used; their places are left empty"`
}

type clonedWorkflow struct {
	ID       string             `json:"id"`
	Name     string             `json:"name"`
	Triggers []flow.TriggerView `json:"triggers" nullable:"false"`
}

// cloneTemplate fills a template's blanks in and creates its workflows as
// drafts, with the custom values and contact fields that they name and the
// workspace lacks.
func (a *API) cloneTemplate(ctx context.Context, in *cloneInput) (*rest.One[cloned], error) {
	if ownID(in.ID) {
		return a.cloneOwn(ctx, in)
	}
	s, err := templateNamed(in.ID)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	have, err := a.Store.CustomValues(ctx, ws)
	if err != nil {
		return nil, err
	}
	given, err := templateInputs(s.File, in.Body.Inputs, have)
	if err != nil {
		return nil, err
	}
	// All is filled in before anything is made.
	documents := make([][]byte, len(s.Workflows))
	for i := range s.Workflows {
		if documents[i], err = s.Fill(i, given); err != nil {
			return nil, err
		}
	}
	if err := a.mayMake(ctx, s.File, given, have); err != nil {
		return nil, err
	}
	if err := a.makeInputs(ctx, ws, s.File, given, have); err != nil {
		return nil, err
	}
	out := cloned{Sample: s.Sample}
	for i, w := range s.Workflows {
		name := w.Name
		if in.Body.Name != "" && len(s.Workflows) == 1 {
			name = in.Body.Name
		}
		made, err := a.Engine.CreateWorkflow(ctx, ws, engine.Edit{Name: &name, Document: documents[i]})
		if err != nil {
			return nil, err
		}
		shown, err := a.Workflow.AnswerWorkflow(ctx, made.ID, "")
		if err != nil {
			return nil, err
		}
		out.Workflows = append(out.Workflows, clonedWorkflow{made.ID, made.Name, shown.Body.Triggers})
		a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "workflow.created", ObjectKind: "workflow", ObjectID: made.ID, Detail: map[string]any{"template": s.ID}})
	}
	return &rest.One[cloned]{Body: out}, nil
}

// mayMake reports whether the caller may make what makeInputs makes.
func (a *API) mayMake(ctx context.Context, f template.File, given, have map[string]any) error {
	fields, err := every(ctx, rest.WorkspaceOf(ctx).ID, a.Store.ListFields)
	if err != nil {
		return err
	}
	lacks := func(key string) bool {
		return !slices.ContainsFunc(fields, func(f crm.Field) bool { return f.Key == key })
	}
	may := func(s account.Scope) bool { return rest.May(ctx, s) }
	for _, in := range f.Inputs {
		_, there := have[in.Key]
		switch {
		case in.Kind == template.CustomValue && !there && !value.Empty(f.Value(in, given)) && !may(account.ValuesWrite):
			return problem.New(problem.CodeForbidden, rest.Lacking(account.ValuesWrite, true))
		case in.Kind == template.ContactField && lacks(in.Key) && !may(account.ContactsWrite):
			return problem.New(problem.CodeForbidden, rest.Lacking(account.ContactsWrite, true))
		}
	}
	return nil
}

// makeInputs makes the custom values and contact fields that are not there yet.
func (a *API) makeInputs(ctx context.Context, ws string, f template.File, given, have map[string]any) error {
	for _, in := range f.Inputs {
		var err error
		switch in.Kind {
		case template.CustomValue:
			v := f.Value(in, given)
			if _, there := have[in.Key]; there || value.Empty(v) {
				continue
			}
			err = a.Store.CreateCustomValue(ctx, ws, &crm.CustomValue{Key: in.Key, Name: in.Label, Value: v})
		case template.ContactField:
			err = a.Store.CreateField(ctx, ws, &crm.Field{Key: in.Key, Label: in.Label, Kind: "text"})
		}
		// Somebody made it before, or meanwhile: that one is used.
		if conflict := (*crm.Conflict)(nil); err != nil && !errors.As(err, &conflict) {
			return err
		}
	}
	return nil
}

// templateInputs checks what was given for a template's blanks, all at once. A
// custom value that the workspace has stays as it is, because other workflows
// use it.
func templateInputs(f template.File, raw map[string]json.RawMessage, have map[string]any) (map[string]any, error) {
	given := map[string]any{}
	var items []problem.Item
	add := func(key, code, detail string) {
		items = append(items, problem.Item{Pointer: "/inputs/" + key, Code: code, Detail: detail})
	}
	for key, text := range raw {
		v, err := value.Decode(text)
		if err != nil {
			return nil, problem.At("/inputs/"+key, "invalid", "The value cannot be read: "+err.Error()+".")
		}
		switch v.(type) {
		case nil, string, bool:
			given[key] = v
		default:
			add(key, "wrong_type", "This must be a text, or true or false.")
		}
	}
	for _, key := range f.Unknown(given) {
		add(key, "unknown", "The template does not ask for this.")
	}
	for _, in := range f.Inputs {
		kept, there := have[in.Key]
		if in.Kind != template.CustomValue || !there || value.Empty(kept) {
			continue
		}
		if v := given[in.Key]; !value.Empty(v) && v != kept {
			add(in.Key, "exists", fmt.Sprintf("The custom value %s has another value already, and other workflows may use it. Leave this out to use it too, or change it under Custom values.", in.Key))
		}
		given[in.Key] = kept
	}
	for _, in := range f.Missing(given) {
		add(in.Key, "required", "Fill this in: "+in.Label)
	}
	if len(items) > 0 {
		return nil, problem.New(problem.CodeInvalid, items[0].Detail, items...)
	}
	return given, nil
}
