package template

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

// templateView is a template as the gallery shows it.
type templateView struct {
	ID        string             `json:"id" example:"stripe-sale"`
	Own       bool               `json:"own" doc:"Whether it was made in this workspace; the others come with the product"`
	Version   int                `json:"version" doc:"The newest version of an own one, else 0"`
	Editable  bool               `json:"editable" doc:"Whether new versions are made of workflows here; one that came as a file has none"`
	UpdatedAt *time.Time         `json:"updated_at" doc:"Of an own one"`
	Name      string             `json:"name" example:"A Stripe sale grants a course"`
	Summary   string             `json:"summary"`
	Category  string             `json:"category" example:"Sales"`
	Icon      string             `json:"icon" doc:"Name of a Tabler icon"`
	Apps      []string           `json:"apps" nullable:"false" doc:"The services that it works with"`
	About     string             `json:"about" doc:"What is to do elsewhere; empty for nothing"`
	Sources   []string           `json:"sources" nullable:"false" doc:"Public pages that describe the calls to other services"`
	Inputs    []templateInput    `json:"inputs" nullable:"false" doc:"What to ask before creating"`
	Workflows []templateWorkflow `json:"workflows" nullable:"false"`
	Sample    *template.Sample   `json:"sample" doc:"The sender's sample to try it with, or an event of hookloom; null for none"`
}

type templateInput struct {
	Key      string          `json:"key"`
	Label    string          `json:"label"`
	Help     string          `json:"help,omitempty"`
	Kind     string          `json:"kind" enum:"text,url,secret,offer,product,tag,switch,form,connection,custom_value,contact_field" doc:"offer and form take an id or an exact title. A custom value and a contact field are made when the workspace lacks them; contact_field asks nothing."`
	Mode     string          `json:"mode" enum:"ask,find_or_create,fixed" doc:"Who fills it in: whoever uses the template, nobody because it is found or made by its name, or nobody because it is the same everywhere"`
	Required bool            `json:"required"`
	Default  json.RawMessage `json:"default" doc:"null for none"`
	Example  string          `json:"example,omitempty"`
	Auth     string          `json:"auth,omitempty" doc:"Type of the connection that fits" example:"auth.bearer"`
	Host     string          `json:"host,omitempty" doc:"Host that the connection is for" example:"slack.com"`
}

type templateWorkflow struct {
	Name  string         `json:"name"`
	Steps []templateStep `json:"steps" nullable:"false" doc:"What it is made of, triggers first, in the order of the document"`
}

type templateStep struct {
	Type  string `json:"type"`
	Name  string `json:"name"`
	Depth int    `json:"depth" doc:"How many steps it stands in"`
}

type templatesInput struct {
	rest.InWorkspace
}

// maxOwnTemplates is how many templates of a workspace the gallery shows.
const maxOwnTemplates = 500

// listTemplates is one part: there are few. Those of the workspace come first.
func (a *API) listTemplates(ctx context.Context, _ *templatesInput) (*rest.Listed[templateView], error) {
	out := &rest.Listed[templateView]{}
	p := engine.Page{Limit: engine.MaxPage}
	for len(out.Body.Items) < maxOwnTemplates {
		own, err := a.Store.ListTemplates(ctx, rest.WorkspaceOf(ctx).ID, p)
		if err != nil {
			return nil, err
		}
		for _, t := range own.Items {
			shown, err := a.answerTemplate(ctx, t.ID)
			if errors.Is(err, engine.ErrUnavailable) || ctx.Err() != nil {
				return nil, err
			}
			if err != nil {
				// One that cannot be read any more hides no other.
				a.Log.Error("a template cannot be shown", "template", t.ID, "error", err)
				continue
			}
			out.Body.Items = append(out.Body.Items, shown.Body)
		}
		if p.Cursor = own.Next; p.Cursor == "" {
			break
		}
	}
	for _, s := range template.Starters() {
		v, err := shownTemplate(s)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}

// TemplateByID is exported because huma does not see what is embedded otherwise.
type TemplateByID struct {
	rest.InWorkspace
	ID string `path:"template" maxLength:"60" doc:"Id of a template; see GET /templates" example:"stripe-sale"`
}

func (a *API) getTemplate(ctx context.Context, in *TemplateByID) (*rest.One[templateView], error) {
	if ownID(in.ID) {
		return a.answerTemplate(ctx, in.ID)
	}
	s, err := templateNamed(in.ID)
	if err != nil {
		return nil, err
	}
	v, err := shownTemplate(s)
	return &rest.One[templateView]{Body: v}, err
}

// ownID tells the id of a template that people made from that of a starter.
func ownID(id string) bool { return strings.HasPrefix(id, "tpl_") }

// ownTemplate reads a template of the workspace with one of its versions, 0 for the
// newest.
func (a *API) ownTemplate(ctx context.Context, id string, version int) (engine.Template, template.File, error) {
	t, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, id)
	if err != nil {
		return t, template.File{}, err
	}
	if version == 0 {
		version = t.Latest
	}
	v, err := a.Store.TemplateVersion(ctx, rest.WorkspaceOf(ctx).ID, id, version)
	if err != nil {
		return t, template.File{}, err
	}
	file, err := template.Parse(v.File)
	return t, file, err
}

// templateFile is the file of any template, with version 0 the newest.
func (a *API) templateFile(ctx context.Context, id string, version int) (template.File, error) {
	if ownID(id) {
		_, file, err := a.ownTemplate(ctx, id, version)
		return file, err
	}
	s, err := templateNamed(id)
	return s.File, err
}

// shownOwn is a template of the workspace under the name that it has now.
func shownOwn(t engine.Template, file template.File) (templateView, error) {
	file.Name, file.Summary = t.Name, t.Summary
	v, err := shownTemplate(template.Starter{ID: t.ID, File: file})
	v.Own, v.Version, v.Editable, v.UpdatedAt = true, t.Latest, len(t.Recipe) > 0, rest.Moment(t.UpdatedAt)
	return v, err
}

func templateNamed(id string) (template.Starter, error) {
	s, ok := template.StarterNamed(id)
	if !ok {
		return s, problem.New(problem.CodeNotFound, fmt.Sprintf("There is no template %.60q: choose one of the list.", id))
	}
	return s, nil
}

func shownTemplate(s template.Starter) (templateView, error) {
	v := templateView{
		ID: s.ID, Name: s.Name, Summary: s.Summary, Category: s.Category, Icon: s.Icon, Apps: rest.OrNone(s.Apps), About: s.About, Sources: rest.OrNone(s.Sources),
		Inputs: []templateInput{}, Workflows: []templateWorkflow{}, Sample: s.Sample,
	}
	for _, in := range s.Inputs {
		standard, err := value.Encode(in.Default)
		if err != nil {
			return v, err
		}
		v.Inputs = append(v.Inputs, templateInput{in.Key, in.Label, in.Help, in.Kind, shownMode(in), in.Required, standard, in.Example, in.Auth, in.Host})
	}
	for _, w := range s.Workflows {
		var doc outline
		if err := json.Unmarshal(w.Definition, &doc); err != nil {
			return v, err
		}
		steps := append(doc.list(doc.Triggers, 0), doc.list(doc.Steps, 0)...)
		v.Workflows = append(v.Workflows, templateWorkflow{w.Name, steps})
	}
	return v, nil
}

// shownMode names the mode also where a file leaves it out.
func shownMode(in template.Input) string {
	switch {
	case in.Mode != "":
		return in.Mode
	case in.Kind == template.ContactField:
		return template.FindOrCreate
	}
	return template.Ask
}

// outline is what the gallery shows of a definition.
type outline struct {
	Triggers []outlineStep `json:"triggers"`
	Steps    []outlineStep `json:"steps"`
}

type outlineStep struct {
	Type     string          `json:"type"`
	Name     string          `json:"name"`
	Branches []outlineBranch `json:"branches"`
	Steps    []outlineStep   `json:"steps"`
}

type outlineBranch struct {
	Steps []outlineStep `json:"steps"`
}

func (o outline) list(steps []outlineStep, depth int) []templateStep {
	list := []templateStep{}
	for _, s := range steps {
		name := strings.TrimSpace(s.Name)
		list = append(list, templateStep{s.Type, name, depth})
		for _, b := range s.Branches {
			list = append(list, o.list(b.Steps, depth+1)...)
		}
		list = append(list, o.list(s.Steps, depth+1)...)
	}
	return list
}
