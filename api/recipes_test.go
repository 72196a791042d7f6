package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// A recipe becomes a workflow that can be tried at once: its words, its example
// and its mappings fit each other.
func TestAWorkflowIsMadeFromARecipe(t *testing.T) {
	r := newRig(t)
	offer := r.in("POST", "/offers", `{"title":"Course A"}`).is(http.StatusCreated).text("id")
	recipes := r.call("GET", "/recipes", nil).is(http.StatusOK)
	if recipes.text("items.0.id") != "stripe-sale" || recipes.text("items.0.steps.0.type") != "webhook.catch" {
		t.Errorf("recipes: %s", recipes.body)
	}
	made := r.in("POST", "/workflows/from-recipe", `{"recipe":"stripe-sale","name":"Sales","inputs":{"offer":"`+offer+`","secret":"whsec_abc"}}`).is(http.StatusCreated)
	id := made.text("workflows.0.id")
	w := r.in("GET", "/workflows/"+id, nil).is(http.StatusOK)
	if w.text("name") != "Sales" || strings.Contains(string(w.body), "whsec_abc") || len(w.at("problems").([]any)) != 0 {
		t.Errorf("workflow: %s", w.body)
	}
	preview := r.in("POST", "/workflows/"+id+"/preview", `{"step":"buyer","params":{"email":"{{ first(trigger.body.data.object.customer_details.email, trigger.body.data.object.customer_email) }}"}}`).is(http.StatusOK)
	if preview.text("sample.kind") != "example" || preview.text("params./email.value") != "Ada@Example.com" {
		t.Errorf("preview: %s", preview.body)
	}
	r.in("POST", "/workflows/"+id+"/triggers/sale/send-sample", `{"sender":"stripe"}`).is(http.StatusCreated)
	suggested := r.in("GET", "/workflows/"+id+"/suggestions", nil).is(http.StatusOK)
	if suggested.text("items.0.field") != "email" || suggested.text("items.0.label") != "Customer e-mail" || suggested.text("items.0.by") != "sender" {
		t.Errorf("suggestions: %s", suggested.body)
	}
	r.in("POST", "/workflows/"+id+"/publish", nil).is(http.StatusOK)
}

func TestRecipesAskForWhatTheyNeed(t *testing.T) {
	r := newRig(t)
	bad := r.in("POST", "/workflows/from-recipe", `{"recipe":"stripe-sale","inputs":{"other":"x"}}`).is(http.StatusUnprocessableEntity)
	bad.points("/inputs/offer")
	bad.points("/inputs/other")
	r.in("POST", "/workflows/from-recipe", `{"recipe":"none"}`).is(http.StatusUnprocessableEntity).points("/recipe")
	r.in("POST", "/workflows/from-recipe", `{"recipe":"catch-and-forward","inputs":{"url":{"a":1}}}`).is(http.StatusUnprocessableEntity).points("/inputs/url")
	if rows := r.in("GET", "/workflows", nil).at("items").([]any); len(rows) != 0 {
		t.Error("a refused recipe left a workflow")
	}
}
