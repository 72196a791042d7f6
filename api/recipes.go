package api

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
)

// recipeView is a recipe as Home shows it.
type recipeView struct {
	ID       string           `json:"id" example:"stripe-sale"`
	Name     string           `json:"name" example:"A Stripe sale grants a course"`
	Summary  string           `json:"summary"`
	Category string           `json:"category"`
	Icon     string           `json:"icon" doc:"Name of a Tabler icon"`
	Inputs   []recipeInput    `json:"inputs" nullable:"false" doc:"What to ask before creating"`
	Steps    []recipeStep     `json:"steps" nullable:"false" doc:"What the first workflow is made of, triggers first, in the order of the document"`
	Sample   *template.Sample `json:"sample" doc:"The sender's sample to try it with; null for none"`
}

type recipeInput struct {
	Key      string          `json:"key"`
	Label    string          `json:"label"`
	Help     string          `json:"help,omitempty"`
	Kind     string          `json:"kind" enum:"text,url,secret,offer,tag,switch" doc:"offer takes the id of an offer, or its exact title"`
	Required bool            `json:"required"`
	Default  json.RawMessage `json:"default" doc:"null for none"`
	Example  string          `json:"example,omitempty"`
}

type recipeStep struct {
	Type string `json:"type"`
	Name string `json:"name"`
}

// listRecipes is one part: there are few, and they are the same for everybody.
func (a *API) listRecipes(context.Context, *struct{}) (*listed[recipeView], error) {
	out := &listed[recipeView]{}
	for _, r := range template.Recipes() {
		v, err := shownRecipe(r)
		if err != nil {
			return nil, err
		}
		out.Body.Items = append(out.Body.Items, v)
	}
	return out, nil
}

func shownRecipe(r template.Recipe) (recipeView, error) {
	v := recipeView{ID: r.ID, Name: r.Name, Summary: r.Summary, Category: r.Category, Icon: r.Icon, Inputs: []recipeInput{}, Steps: []recipeStep{}, Sample: r.Sample}
	for _, in := range r.Inputs {
		standard, err := value.Encode(in.Default)
		if err != nil {
			return v, err
		}
		v.Inputs = append(v.Inputs, recipeInput{in.Key, in.Label, in.Help, in.Kind, in.Required, standard, in.Example})
	}
	var doc struct {
		Triggers []recipeStep `json:"triggers"`
		Steps    []recipeStep `json:"steps"`
	}
	if err := json.Unmarshal(r.Workflows[0].Definition, &doc); err != nil {
		return v, err
	}
	v.Steps = append(append(v.Steps, doc.Triggers...), doc.Steps...)
	return v, nil
}

type fromRecipeInput struct {
	InWorkspace
	Body struct {
		Recipe string                     `json:"recipe" minLength:"1" maxLength:"60" doc:"Id of a recipe; see GET /recipes"`
		Name   string                     `json:"name,omitempty" maxLength:"200" doc:"Name of the workflow; the recipe's own when left out"`
		Inputs map[string]json.RawMessage `json:"inputs,omitempty" doc:"Values by the keys of the recipe's inputs"`
	}
}

// madeFromRecipe names what was created.
type madeFromRecipe struct {
	Workflows []madeWorkflow   `json:"workflows" nullable:"false"`
	Sample    *template.Sample `json:"sample" doc:"The sender's sample to try it with; null for none"`
}

type madeWorkflow struct {
	ID       string        `json:"id"`
	Name     string        `json:"name"`
	Triggers []triggerView `json:"triggers" nullable:"false"`
}

// createFromRecipe fills a recipe's blanks in and creates its workflows as
// drafts.
func (a *API) createFromRecipe(ctx context.Context, in *fromRecipeInput) (*one[madeFromRecipe], error) {
	r, ok := template.RecipeNamed(in.Body.Recipe)
	if !ok {
		return nil, problem.At("/recipe", "not_found", fmt.Sprintf("There is no recipe %.40q: choose one of the list.", in.Body.Recipe))
	}
	given, err := recipeInputs(r, in.Body.Inputs)
	if err != nil {
		return nil, err
	}
	ws := workspaceOf(ctx).ID
	out := madeFromRecipe{Sample: r.Sample}
	for i, w := range r.Workflows {
		document, err := r.Fill(i, given)
		if err != nil {
			return nil, err
		}
		name := w.Name
		if in.Body.Name != "" && len(r.Workflows) == 1 {
			name = in.Body.Name
		}
		made, err := a.Engine.CreateWorkflow(ctx, ws, engine.Edit{Name: &name, Document: document})
		if err != nil {
			return nil, err
		}
		shown, err := a.answerWorkflow(ctx, made.ID, "")
		if err != nil {
			return nil, err
		}
		out.Workflows = append(out.Workflows, madeWorkflow{made.ID, made.Name, shown.Body.Triggers})
		a.audit(ctx, engine.AuditEntry{Workspace: ws, Action: "workflow.created", ObjectKind: "workflow", ObjectID: made.ID, Detail: map[string]any{"recipe": r.ID}})
	}
	return &one[madeFromRecipe]{out}, nil
}

// recipeInputs checks what was given for a recipe's blanks, all at once.
func recipeInputs(r template.Recipe, raw map[string]json.RawMessage) (map[string]any, error) {
	given := map[string]any{}
	var items []problem.Item
	for key, text := range raw {
		v, err := value.Decode(text)
		if err != nil {
			return nil, problem.At("/inputs/"+key, "invalid", "The value cannot be read: "+err.Error()+".")
		}
		switch v.(type) {
		case nil, string, bool:
			given[key] = v
		default:
			items = append(items, problem.Item{Pointer: "/inputs/" + key, Code: "wrong_type", Detail: "This must be a text, or true or false."})
		}
	}
	for _, key := range r.Unknown(given) {
		items = append(items, problem.Item{Pointer: "/inputs/" + key, Code: "unknown", Detail: "The recipe does not ask for this."})
	}
	for _, in := range r.Missing(given) {
		items = append(items, problem.Item{Pointer: "/inputs/" + in.Key, Code: "required", Detail: "Fill this in: " + in.Label})
	}
	if len(items) > 0 {
		return nil, problem.New(problem.CodeInvalid, items[0].Detail, items...)
	}
	return given, nil
}
