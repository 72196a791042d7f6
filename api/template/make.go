package template

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// TemplateStore keeps the templates that people made.
type TemplateStore interface {
	Template(ctx context.Context, workspace, id string) (engine.Template, error)
	ListTemplates(ctx context.Context, workspace string, p engine.Page) (engine.List[engine.Template], error)
	TemplateVersion(ctx context.Context, workspace, template string, number int) (engine.TemplateVersion, error)
	TemplateVersions(ctx context.Context, workspace, template string) ([]engine.TemplateVersion, error)
	TemplateLinkStore
	CloneStore
}

// RecipeBody is what a template is made of, as people send it. It is exported
// because huma does not see what is embedded otherwise.
type RecipeBody struct {
	WorkflowIDs []string        `json:"workflow_ids,omitempty" maxItems:"50" doc:"The workflows that it is made of. Left out for a new version: those of the version before"`
	Inputs      []editedInput   `json:"inputs,omitempty" maxItems:"300" doc:"What was changed by hand of the inputs that were found, in the order to ask them; each names what it stands_for"`
	Texts       []template.Mark `json:"texts,omitempty" maxItems:"200" doc:"The texts that are asked for"`
}

// editedInput is an input as a person changed it.
type editedInput struct {
	Key       string          `json:"key" maxLength:"80"`
	StandsFor string          `json:"stands_for" maxLength:"2000" doc:"As found"`
	Kind      string          `json:"kind"`
	Label     string          `json:"label" maxLength:"160"`
	Help      string          `json:"help,omitempty" maxLength:"1000"`
	Mode      string          `json:"mode,omitempty" enum:"ask,find_or_create,fixed"`
	Required  bool            `json:"required,omitempty"`
	Default   json.RawMessage `json:"default,omitempty"`
	Example   string          `json:"example,omitempty" maxLength:"500"`
}

// recipeView is what a template of some workflows would ask for.
type recipeView struct {
	Workflows []recipeWorkflow `json:"workflows" nullable:"false"`
	Inputs    []recipeInput    `json:"inputs" nullable:"false"`
	Texts     []recipeText     `json:"texts" nullable:"false" doc:"Texts that can be asked for, or are"`
}

type recipeWorkflow struct {
	Key  string `json:"key"`
	ID   string `json:"id"`
	Name string `json:"name"`
}

type recipeInput struct {
	Key       string           `json:"key"`
	StandsFor string           `json:"stands_for"`
	Kind      string           `json:"kind"`
	Label     string           `json:"label"`
	Help      string           `json:"help"`
	Mode      string           `json:"mode" enum:"ask,find_or_create,fixed"`
	Modes     []string         `json:"modes" nullable:"false" doc:"The modes that this kind can have"`
	Required  bool             `json:"required"`
	Default   json.RawMessage  `json:"default" doc:"null for none"`
	Example   string           `json:"example"`
	Shown     string           `json:"shown" doc:"What stands there in this workspace; empty for secrets"`
	Places    []template.Place `json:"places" nullable:"false"`
}

type recipeText struct {
	Workflow string `json:"workflow"`
	Step     string `json:"step"`
	Pointer  string `json:"pointer"`
	Name     string `json:"name" doc:"What the step is called"`
	Label    string `json:"label" doc:"What the field is called"`
	Text     string `json:"text"`
	Marked   bool   `json:"marked"`
}

type inspectInput struct {
	rest.InWorkspace
	Body RecipeBody
}

// inspectWorkflows tells what a template of some workflows would ask for.
func (a *API) inspectWorkflows(ctx context.Context, in *inspectInput) (*rest.One[recipeView], error) {
	recipe, err := a.recipeOf(ctx, in.Body, template.Recipe{})
	if err != nil {
		return nil, err
	}
	got, sources, err := a.extract(ctx, recipe)
	if err != nil {
		return nil, err
	}
	return &rest.One[recipeView]{Body: shownFound(recipe, got, sources)}, nil
}

func shownFound(recipe template.Recipe, got template.Extracted, sources []template.Source) recipeView {
	v := recipeView{Workflows: []recipeWorkflow{}, Inputs: []recipeInput{}, Texts: []recipeText{}}
	for i, w := range recipe.Workflows {
		v.Workflows = append(v.Workflows, recipeWorkflow{w.Key, w.ID, sources[i].Name})
	}
	for _, f := range got.Inputs {
		standard, err := value.Encode(f.Default)
		if err != nil {
			standard = []byte("null")
		}
		v.Inputs = append(v.Inputs, recipeInput{
			f.Key, f.Stands, f.Kind, f.Label, f.Help, f.Mode, template.Modes(f.Kind), f.Required, standard, f.Example, f.Shown, rest.OrNone(f.Places),
		})
	}
	for _, t := range got.Texts {
		v.Texts = append(v.Texts, recipeText{t.Workflow, t.Step, t.Pointer, t.Name, t.Label, t.Text, t.Marked})
	}
	return v
}

// recipeOf applies what a person sent to the recipe of the version before.
func (a *API) recipeOf(ctx context.Context, body RecipeBody, before template.Recipe) (template.Recipe, error) {
	r := before
	if len(body.WorkflowIDs) > 0 {
		r.Workflows = nil
		taken := map[string]bool{}
		for _, w := range before.Workflows {
			taken[w.Key] = true
		}
		for i, id := range rest.Distinct(body.WorkflowIDs) {
			if at := slices.IndexFunc(before.Workflows, func(w template.RecipeWorkflow) bool { return w.ID == id }); at >= 0 {
				r.Workflows = append(r.Workflows, before.Workflows[at])
				continue
			}
			w, err := a.Store.WorkflowInfo(ctx, rest.WorkspaceOf(ctx).ID, id)
			if errors.Is(err, engine.ErrNotFound) {
				return r, problem.At(fmt.Sprintf("/workflow_ids/%d", i), "unknown", "There is no such workflow in this workspace.")
			}
			if err != nil {
				return r, err
			}
			key := template.WorkflowKey(w.Name, taken)
			taken[key] = true
			r.Workflows = append(r.Workflows, template.RecipeWorkflow{Key: key, ID: id})
		}
	}
	if len(r.Workflows) == 0 {
		return r, problem.At("/workflow_ids", "required", "Choose at least one workflow.")
	}
	if body.Texts != nil {
		r.Texts = body.Texts
	}
	if body.Inputs == nil {
		return r, nil
	}
	r.Inputs = nil
	for i, in := range body.Inputs {
		edited, err := readEdited(in)
		if err != nil {
			return r, problem.At(fmt.Sprintf("/inputs/%d/default", i), "invalid", err.Error())
		}
		r.Inputs = append(r.Inputs, edited)
	}
	return r, nil
}

func readEdited(in editedInput) (template.RecipeInput, error) {
	out := template.RecipeInput{Stands: in.StandsFor, Input: template.Input{
		Key: in.Key, Kind: in.Kind, Label: strings.TrimSpace(in.Label), Help: in.Help, Mode: in.Mode, Required: in.Required, Example: in.Example,
	}}
	if (in.Kind == template.CustomValue || in.Kind == template.ContactField) && in.Key != in.StandsFor {
		out.Target = in.StandsFor
	}
	if len(in.Default) > 0 {
		v, err := value.Decode(in.Default)
		if err != nil {
			return out, errors.New("The default cannot be read: " + err.Error() + ".") //nolint:staticcheck // a sentence for a person
		}
		if !value.Empty(v) {
			out.Default = v
		}
	}
	return out, nil
}

// extract reads the workflows of a recipe and makes a template's parts of them.
func (a *API) extract(ctx context.Context, r template.Recipe) (template.Extracted, []template.Source, error) {
	ws := rest.WorkspaceOf(ctx).ID
	sources := make([]template.Source, 0, len(r.Workflows))
	for i, from := range r.Workflows {
		w, err := a.Store.WorkflowInfo(ctx, ws, from.ID)
		if errors.Is(err, engine.ErrNotFound) || err == nil && w.Status == engine.WorkflowDeleted {
			return template.Extracted{}, nil, problem.At(fmt.Sprintf("/workflow_ids/%d", i), "unknown",
				"One of the workflows that the template is made of was deleted: restore it, or choose the workflows anew.")
		}
		if err != nil {
			return template.Extracted{}, nil, err
		}
		sources = append(sources, template.Source{Key: from.Key, Name: w.Name, Definition: w.Draft})
	}
	home, err := a.templateHome(ctx, ws)
	if err != nil {
		return template.Extracted{}, nil, err
	}
	got, err := template.Extract(sources, r, home, a.Registry)
	var unfit workflow.Problem
	if errors.As(err, &unfit) {
		return got, nil, problem.At("/workflow_ids", unfit.Code, err.Error())
	}
	return got, sources, err
}

// templateHome is what the workspace has that its workflows may name.
func (a *API) templateHome(ctx context.Context, ws string) (template.Home, error) {
	var home template.Home
	offers, err := every(ctx, ws, a.Store.ListOffers)
	if err != nil {
		return home, err
	}
	titles := map[string]string{}
	for _, o := range offers {
		products := []string{}
		for _, p := range o.Products {
			products = append(products, p.Title)
			home.Products = append(home.Products, template.Thing{ID: p.ID, Name: p.Title})
		}
		titles[o.ID] = o.Title
		home.Offers = append(home.Offers, template.Thing{ID: o.ID, Name: o.Title, Define: &template.Define{Products: products}})
	}
	slices.Reverse(home.Offers) // the oldest counts, as for steps
	tags, err := every(ctx, ws, a.Store.ListTags)
	if err != nil {
		return home, err
	}
	names := map[string]string{}
	for _, t := range tags {
		names[t.ID] = t.Name
		home.Tags = append(home.Tags, template.Thing{ID: t.ID, Name: t.Name})
	}
	forms, err := every(ctx, ws, a.Store.ListForms)
	if err != nil {
		return home, err
	}
	for _, f := range forms {
		home.Forms = append(home.Forms, template.Thing{ID: f.ID, Name: f.Title, Define: &template.Define{Form: formDefine(f, names, titles)}})
	}
	slices.Reverse(home.Forms)
	return home, a.templateHomeRest(ctx, ws, &home)
}

func (a *API) templateHomeRest(ctx context.Context, ws string, home *template.Home) error {
	connections, err := every(ctx, ws, a.Store.ListConnections)
	if err != nil {
		return err
	}
	for _, c := range connections {
		t := template.Thing{ID: c.ID, Name: c.Name, Auth: c.Type}
		if hosts, ok := c.Params["hosts"].([]any); ok && len(hosts) > 0 {
			t.Host, _ = hosts[0].(string)
		}
		home.Connections = append(home.Connections, t)
	}
	fields, err := every(ctx, ws, a.Store.ListFields)
	if err != nil {
		return err
	}
	for _, f := range fields {
		home.Fields = append(home.Fields, template.Thing{ID: f.Key, Name: f.Label, Define: &template.Define{Type: f.Kind, Options: f.Options}})
	}
	values, err := every(ctx, ws, a.Store.ListCustomValues)
	for _, v := range values {
		home.Values = append(home.Values, template.Thing{ID: v.Key, Name: v.Name})
	}
	return err
}

// formDefine is a form without ids: tags by name, offers by title.
func formDefine(f crm.Form, tags, offers map[string]string) *template.FormDefine {
	d := &template.FormDefine{Intro: f.Intro, Button: f.Button, ThankYou: f.ThankYou, RedirectURL: f.RedirectURL, Closed: !f.Open, Fields: []template.FormField{}}
	for _, q := range f.Fields {
		d.Fields = append(d.Fields, template.FormField{Key: q.Key, Kind: q.Kind, Label: q.Label, Help: q.Help, Required: q.Required, Options: q.Options, To: q.To})
	}
	for _, id := range f.Tags {
		if name := tags[id]; name != "" {
			d.Tags = append(d.Tags, name)
		}
	}
	for _, id := range f.Offers {
		if title := offers[id]; title != "" {
			d.Offers = append(d.Offers, title)
		}
	}
	return d
}

// maxHome bounds how much of a list of the workspace a template looks at.
const maxHome = 5000

// every reads a list whole, up to maxHome.
func every[T any](ctx context.Context, ws string, list func(context.Context, string, engine.Page) (engine.List[T], error)) ([]T, error) {
	var items []T
	p := engine.Page{Limit: engine.MaxPage}
	for {
		part, err := list(ctx, ws, p)
		if err != nil {
			return nil, err
		}
		if items = append(items, part.Items...); part.Next == "" || len(items) >= maxHome {
			return items, nil
		}
		p.Cursor = part.Next
	}
}
