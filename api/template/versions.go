package template

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/transfer"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
)

// maxTemplateFile bounds the files that are imported.
const maxTemplateFile = 20 << 20

type makeTemplateInput struct {
	rest.InWorkspace
	Body struct {
		RecipeBody
		TemplateAbout
		Notes string `json:"notes,omitempty" maxLength:"2000"`
	}
}

// TemplateAbout is what the gallery shows of a template; exported as RecipeBody is.
type TemplateAbout struct {
	Name     string `json:"name,omitempty" maxLength:"160"`
	Summary  string `json:"summary,omitempty" maxLength:"1000"`
	Category string `json:"category,omitempty" maxLength:"40"`
	About    string `json:"about,omitempty" maxLength:"10000" doc:"What is to do elsewhere"`
}

// makeTemplate makes a template of workflows of the workspace.
func (a *API) makeTemplate(ctx context.Context, in *makeTemplateInput) (*rest.One[templateView], error) {
	recipe, err := a.recipeOf(ctx, in.Body.RecipeBody, template.Recipe{})
	if err != nil {
		return nil, err
	}
	file := template.File{Schema: template.Schema, Name: in.Body.Name, Summary: in.Body.Summary, Category: in.Body.Category, About: in.Body.About, Icon: "template"}
	stored, err := a.cook(ctx, &recipe, &file)
	if err != nil {
		return nil, err
	}
	t := engine.Template{ID: engine.NewID("tpl"), Name: file.Name, Summary: file.Summary, CreatedBy: rest.CallerOf(ctx).ID()}
	if t.Recipe, err = json.Marshal(recipe); err != nil {
		return nil, err
	}
	return a.addTemplate(ctx, t, stored, in.Body.Notes, "template.created")
}

// cook fills a file's inputs and workflows in by its recipe, notes the inputs in
// the recipe, and returns the file's text once it is well formed.
func (a *API) cook(ctx context.Context, recipe *template.Recipe, file *template.File) ([]byte, error) {
	got, _, err := a.extract(ctx, *recipe)
	if err != nil {
		return nil, err
	}
	file.Workflows, file.Inputs, recipe.Inputs = got.Workflows, []template.Input{}, nil
	for _, f := range got.Inputs {
		if f.Kind == template.Secret || f.Kind == template.Connection {
			f.Default = nil
		}
		file.Inputs = append(file.Inputs, f.Input)
		recipe.Inputs = append(recipe.Inputs, f.RecipeInput)
	}
	text, err := transfer.StoredTemplate(*file)
	if err != nil {
		return nil, err
	}
	_, problems := template.Read(text)
	return text, unfitFile("", problems)
}

// unfitFile is the answer for a file that cannot be stored; nil for one that can.
func unfitFile(at string, problems []workflow.Problem) error {
	if len(problems) == 0 {
		return nil
	}
	items := make([]problem.Item, len(problems))
	for i, p := range problems {
		items[i] = problem.Item{Pointer: at + p.Pointer, Step: p.Step, Code: p.Code, Detail: p.Message}
	}
	return problem.New(problem.CodeInvalid, items[0].Detail, items...)
}

// addTemplate stores a new template with its first version.
func (a *API) addTemplate(ctx context.Context, t engine.Template, file []byte, notes, action string) (*rest.One[templateView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	v := transfer.TemplateVersion(t.ID, 1, file, notes, rest.CallerOf(ctx).ID())
	t.Latest = 1
	err := a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		if err := tx.InsertTemplate(&t); err != nil {
			return err
		}
		return tx.InsertTemplateVersion(&v)
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: action, ObjectKind: "template", ObjectID: t.ID})
	return a.answerTemplate(ctx, t.ID)
}

func (a *API) answerTemplate(ctx context.Context, id string) (*rest.One[templateView], error) {
	t, file, err := a.ownTemplate(ctx, id, 0)
	if err != nil {
		return nil, err
	}
	v, err := shownOwn(t, file)
	return &rest.One[templateView]{Body: v}, err
}

type importTemplateInput struct {
	rest.InWorkspace
	Body json.RawMessage
}

// importTemplate stores a template file that came from elsewhere.
func (a *API) importTemplate(ctx context.Context, in *importTemplateInput) (*rest.One[templateView], error) {
	file, problems := template.Read(in.Body)
	if len(problems) == 0 {
		problems = template.Known(file, a.Registry)
	}
	if err := unfitFile("", problems); err != nil {
		return nil, err
	}
	if wrong := bundle.Defines(file); len(wrong) > 0 {
		return nil, unfitFiles(wrong)
	}
	text, err := transfer.StoredTemplate(file)
	if err != nil {
		return nil, err
	}
	t := engine.Template{ID: engine.NewID("tpl"), Name: file.Name, Summary: file.Summary, CreatedBy: rest.CallerOf(ctx).ID()}
	return a.addTemplate(ctx, t, text, "", "template.imported")
}

type updateTemplateInput struct {
	TemplateByID
	Body struct {
		Name    *string `json:"name,omitempty" minLength:"1" maxLength:"160"`
		Summary *string `json:"summary,omitempty" maxLength:"1000"`
	}
}

// updateTemplate changes how the gallery calls a template; versions stay as they
// are.
func (a *API) updateTemplate(ctx context.Context, in *updateTemplateInput) (*rest.One[templateView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	err := a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		t, err := tx.Template(in.ID)
		if err != nil {
			return err
		}
		if in.Body.Name != nil {
			t.Name = *in.Body.Name
		}
		if in.Body.Summary != nil {
			t.Summary = *in.Body.Summary
		}
		return tx.UpdateTemplate(&t)
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "template.updated", ObjectKind: "template", ObjectID: in.ID})
	return a.answerTemplate(ctx, in.ID)
}

func (a *API) deleteTemplate(ctx context.Context, in *TemplateByID) (*rest.Nothing, error) {
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Store.Do(ctx, ws, func(tx engine.Tx) error { return tx.DeleteTemplate(in.ID) }); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "template.deleted", ObjectKind: "template", ObjectID: in.ID})
	return nil, nil
}

// templateRecipe tells what a new version would ask for, by the workflows as they
// are now.
func (a *API) templateRecipe(ctx context.Context, in *TemplateByID) (*rest.One[recipeView], error) {
	recipe, _, err := a.storedRecipe(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	got, sources, err := a.extract(ctx, recipe)
	if err != nil {
		return nil, err
	}
	return &rest.One[recipeView]{Body: shownFound(recipe, got, sources)}, nil
}

func (a *API) storedRecipe(ctx context.Context, id string) (template.Recipe, template.File, error) {
	var recipe template.Recipe
	t, file, err := a.ownTemplate(ctx, id, 0)
	if err != nil {
		return recipe, file, err
	}
	if len(t.Recipe) == 0 {
		return recipe, file, &engine.StateError{Message: "This template came as a file, so there are no workflows here to make a new version of: import the newer file."}
	}
	return recipe, file, json.Unmarshal(t.Recipe, &recipe)
}

type newVersionInput struct {
	TemplateByID
	Body struct {
		RecipeBody
		Notes string `json:"notes,omitempty" maxLength:"2000" doc:"What is new, for those who get it"`
	}
}

// publishTemplate makes a new version of the workflows as they are now.
func (a *API) publishTemplate(ctx context.Context, in *newVersionInput) (*rest.One[templateView], error) {
	before, file, err := a.storedRecipe(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	recipe, err := a.recipeOf(ctx, in.Body.RecipeBody, before)
	if err != nil {
		return nil, err
	}
	text, err := a.cook(ctx, &recipe, &file)
	if err != nil {
		return nil, err
	}
	encoded, err := json.Marshal(recipe)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx).ID
	var number int
	err = a.Store.Do(ctx, ws, func(tx engine.Tx) error {
		t, err := tx.Template(in.ID)
		if err != nil {
			return err
		}
		t.Latest++
		t.Recipe, number = encoded, t.Latest
		v := transfer.TemplateVersion(t.ID, t.Latest, text, in.Body.Notes, rest.CallerOf(ctx).ID())
		if err := tx.InsertTemplateVersion(&v); err != nil {
			return err
		}
		return tx.UpdateTemplate(&t)
	})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "template.version", ObjectKind: "template", ObjectID: in.ID, Detail: map[string]any{"version": number}})
	return a.answerTemplate(ctx, in.ID)
}

type templateVersionView struct {
	Number    int       `json:"number"`
	Notes     string    `json:"notes"`
	Hash      string    `json:"hash" doc:"SHA-256 of the file"`
	CreatedBy string    `json:"created_by"`
	CreatedAt time.Time `json:"created_at"`
}

func (a *API) listTemplateVersions(ctx context.Context, in *TemplateByID) (*rest.Listed[templateVersionView], error) {
	t, err := a.Store.Template(ctx, rest.WorkspaceOf(ctx).ID, in.ID)
	if err != nil {
		return nil, err
	}
	versions, err := a.Store.TemplateVersions(ctx, rest.WorkspaceOf(ctx).ID, t.ID)
	return rest.NewList(engine.List[engine.TemplateVersion]{Items: versions}, func(v engine.TemplateVersion) templateVersionView {
		return templateVersionView{v.Number, v.Notes, v.Hash, v.CreatedBy, rest.Stamp(v.CreatedAt)}
	}), err
}

type templateFileInput struct {
	TemplateByID
	Version int `query:"version" minimum:"0" doc:"0 for the newest"`
}

type fileAnswer struct {
	Type        string `header:"Content-Type"`
	Disposition string `header:"Content-Disposition"`
	Body        []byte
}

// exportTemplate sends a template as its file; starters too.
func (a *API) exportTemplate(ctx context.Context, in *templateFileInput) (*fileAnswer, error) {
	file, err := a.templateFile(ctx, in.ID, in.Version)
	if err != nil {
		return nil, err
	}
	file.Describes = template.TemplateSchema
	text, err := file.JSON()
	return &fileAnswer{"application/json", `attachment; filename="` + access.SlugOf(file.Name) + `.template.json"`, text}, err
}
