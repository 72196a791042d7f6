package api_test

import (
	"net/http"
	"time"

	"github.com/hookloom/hookloom/engine/account"
)

// belongings are the ids of one thing of each resource of workspace A, by the
// first word of its path.
func (r *rig) belongings() map[string]string {
	r.t.Helper()
	id, hook := r.publish()
	r.broken()
	accepted := r.call("POST", hook+"?from="+canary, secretOrder, "X-From", canary).is(http.StatusAccepted)
	run := r.settled(accepted.text("run_ids.0"))
	grants := r.in("GET", "/grants", nil).is(http.StatusOK)
	who := `"contact_id":"` + run.text("contact_id") + `"`
	bought := r.in("POST", "/orders", `{`+who+`,"items":[{"offer":"Course A","amount":100}]}`).is(http.StatusCreated)
	pushes, pushedClone := r.pushed()
	return map[string]string{
		"pushes": pushes, "{clone}": pushedClone,
		"workflows": id, "requests": accepted.text("request_id"), "runs": run.text("id"), "contacts": run.text("contact_id"),
		"grants": grants.text("items.0.id"), "offers": grants.text("items.0.offer_id"),
		"jobs":           r.finished(r.in("POST", "/runs/bulk", `{"action":"cancel","ids":["run_none"]}`).is(http.StatusAccepted).text("job_id")).text("id"),
		"tags":           r.in("POST", "/tags", `{"name":"vip `+canary+`"}`).is(http.StatusCreated).text("id"),
		"contact-fields": r.in("POST", "/contact-fields", `{"label":"Plan `+canary+`"}`).is(http.StatusCreated).text("id"),
		"custom-values":  r.in("POST", "/custom-values", `{"name":"Plan","value":"`+canary+`"}`).is(http.StatusCreated).text("id"),
		"connections": r.in("POST", "/connections", `{"type":"auth.bearer","name":"CRM `+canary+`","params":{"token":"`+canary+`","hosts":["api.example.com"]}}`).
			is(http.StatusCreated).text("id"),
		"orders": bought.text("id"), "payments": bought.text("payments.0.id"), "purchases": bought.text("purchases.0.id"),
		"subscriptions": r.in("POST", "/subscriptions", `{`+who+`,"offer":"Course A","amount":9}`).is(http.StatusCreated).text("id"),
		"course-events": r.in("POST", "/course-events", `{`+who+`,"kind":"enrolled","course":"Go"}`).is(http.StatusCreated).text("id"),
		"forms":         r.in("POST", "/forms", webinar).is(http.StatusCreated).text("id"),
		"hooks":         r.in("POST", "/hooks", `{"event":"course.certificate","url":"$SINK/hook"}`).is(http.StatusCreated).text("id"),
		"deliveries":    r.delivery(),
		"outbox":        r.letter(run.text("contact_id")),
		"imports":       r.in("POST", "/imports", "email\nada@example.com\n", "Content-Type", "text/csv").is(http.StatusCreated).text("id"),
		"api-keys":      r.in("POST", "/api-keys", `{"name":"k `+canary+`","scopes":["*"]}`).is(http.StatusCreated).text("id"),
		"templates":     r.in("POST", "/templates", `{"name":"T `+canary+`","workflow_ids":["`+id+`"]}`).is(http.StatusCreated).text("id"),
		"invitations":   r.in("POST", "/invitations", `{"email":"`+canary+`.invited@example.com","role":"viewer"}`).is(http.StatusCreated).text("id"),
		"members":       r.person(canary+".member@example.com", r.a.ID, account.Builder).id,
	}
}

// letter has a contact get the e-mail about a grant, and returns its id.
func (r *rig) letter(contact string) string {
	r.t.Helper()
	r.in("POST", "/offers", `{"title":"Mailed"}`).is(http.StatusCreated)
	r.in("POST", "/grants", `{"contact_id":"`+contact+`","offer":"Mailed","send_email":"always"}`).is(http.StatusCreated)
	return r.in("GET", "/outbox?status=queued", nil).is(http.StatusOK).text("items.0.id")
}

// delivery makes one and returns its id.
func (r *rig) delivery() string {
	r.t.Helper()
	r.in("POST", "/hooks", `{"event":"contact.created","url":"$SINK/hook"}`).is(http.StatusCreated)
	r.in("POST", "/contacts", `{"email":"delivered@example.com"}`).is(http.StatusCreated)
	late := time.Now().Add(30 * time.Second)
	for {
		if got := r.in("GET", "/deliveries", nil).is(http.StatusOK); len(got.at("items").([]any)) > 0 && got.text("items.0.status") == "succeeded" {
			return got.text("items.0.id")
		}
		if time.Now().After(late) {
			r.t.Fatal("nothing was delivered")
		}
	}
}

// bodies are valid ones, so that nothing but the id can be wrong.
var bodies = map[string]string{
	"PATCH /templates/{template}":                           `{"name":"x"}`,
	"POST /templates/{template}/versions":                   `{}`,
	"POST /templates/{template}/clone":                      `{}`,
	"POST /templates/{template}/clones":                     `{"rows":[{"client":"b"}]}`,
	"POST /templates/{template}/clones/check":               `{"rows":[{"client":"b"}]}`,
	"POST /templates/{template}/push":                       `{"all":true}`,
	"POST /templates/{template}/push/preview":               `{"all":true}`,
	"POST /templates/{template}/links":                      `{}`,
	"PUT /workflows/{id}":                                   `{"name":"x","definition":` + sale + `}`,
	"PATCH /workflows/{id}":                                 `{"name":"x"}`,
	"POST /workflows/{id}/triggers/{trigger}/send-sample":   `{"sender":"stripe"}`,
	"POST /workflows/{id}/triggers/{trigger}/rotate-secret": `{"secret":"x"}`,
	"POST /workflows/{id}/triggers/{trigger}/samples":       `{"text":"{}"}`,
	"POST /pushes/{id}/decide":                              `{"decision":"stop"}`,
	"POST /pushes/{id}/clones/{clone}/answer":               `{}`,
	"POST /pushes/{id}/clones/{clone}/roll-back":            `{}`,
	"POST /pushes/{id}/clones/{clone}/confirm-trigger":      `{"workflow_id":"wf_1","trigger_id":"hook"}`,
	"POST /imports/{id}/start":                              `{"columns":["email"]}`,
	"POST /workflows/{id}/preview":                          `{"values":{"x":"{{ trigger.body.email }}"}}`,
	"POST /workflows/{id}/email-preview":                    `{}`,
	"POST /workflows/{id}/email-test":                       `{}`,
	"PATCH /contacts/{id}":                                  `{"company":"x"}`,
	"POST /contacts/{id}/replies":                           `{"text":"x"}`,
	"PATCH /tags/{id}":                                      `{"name":"x"}`,
	"PATCH /contact-fields/{id}":                            `{"label":"x"}`,
	"PATCH /offers/{id}":                                    `{"title":"x"}`,
	"PATCH /custom-values/{id}":                             `{"name":"x"}`,
	"PATCH /forms/{id}":                                     `{"title":"x"}`,
	"POST /forms/{id}/submissions":                          `{"answers":{"email":"b@example.com"}}`,
	"POST /subscriptions/{id}/changes":                      `{"change":"canceled"}`,
	"PATCH /hooks/{id}":                                     `{"name":"x"}`,
	"PATCH /connections/{id}":                               `{"name":"x"}`,
	"POST /connections/{id}/connect":                        `{}`,
	"POST /connections/{id}/choices":                        `{"type":"slack.post_message","field":"channel"}`,
	"PATCH /members/{id}":                                   `{"role":"viewer"}`,
}

// bodiesOfAnotherWorkspace tries ids in bodies, filters and keys.
func (r *rig) bodiesOfAnotherWorkspace(ids map[string]string) {
	r.t.Helper()
	own := r.call("POST", "/workspaces/b/contacts", `{"email":"b@example.com"}`).is(http.StatusCreated).text("id")
	r.call("POST", "/workspaces/b/grants", `{"contact_id":"`+ids["contacts"]+`","offer":"x"}`).is(http.StatusUnprocessableEntity).points("/contact_id")
	r.call("POST", "/workspaces/b/grants", `{"contact_id":"`+own+`","offer":"`+ids["offers"]+`"}`).is(http.StatusUnprocessableEntity).points("/offer")
	r.call("POST", "/workspaces/b/offers", `{"title":"x","products":[{"id":"`+r.in("GET", "/offers/"+ids["offers"], nil).text("products.0.id")+`"}]}`).
		is(http.StatusUnprocessableEntity)
	refused := r.call("POST", "/workspaces/b/runs/bulk", `{"action":"cancel","ids":["`+ids["runs"]+`"]}`).is(http.StatusAccepted).text("job_id")
	r.call("GET", "/workspaces/a/jobs/"+refused, nil).is(http.StatusNotFound)
	for _, list := range []string{"workflows", "requests", "runs", "grants", "offers", "tags", "contact-fields", "custom-values", "connections", "api-keys",
		"purchases", "payments", "orders", "subscriptions", "course-events", "forms", "hooks", "deliveries", "payments?contact_id=" + ids["contacts"],
		"runs?workflow_id=" + ids["workflows"], "requests?q=ada", "contacts?q=ada", "grants?contact_id=" + ids["contacts"]} {
		got := r.call("GET", "/workspaces/b/"+list, nil).is(http.StatusOK)
		if list != "connections" && len(got.at("items").([]any)) != 0 {
			r.t.Errorf("%s shows %s", list, got.body)
		}
	}
	key := r.call("POST", "/workspaces/b/api-keys", `{"name":"b","scopes":["*"]}`).is(http.StatusCreated).text("key")
	for resource := range ids {
		if resource == "imports" || resource == "{clone}" {
			continue // they have no list
		}
		r.call("GET", "/workspaces/a/"+resource, nil, "Authorization", "Bearer "+key).is(http.StatusNotFound)
	}
	narrow := r.in("POST", "/api-keys", `{"name":"n","scopes":["tags:read"]}`)
	if narrow.status == http.StatusCreated {
		r.t.Errorf("an unknown scope was taken: %s", narrow.body)
	}
	reader := r.in("POST", "/api-keys", `{"name":"n","scopes":["contacts:read"]}`).is(http.StatusCreated).text("key")
	r.in("GET", "/contacts", nil, "Authorization", "Bearer "+reader).is(http.StatusOK)
	r.in("POST", "/contacts", `{"email":"c@example.com"}`, "Authorization", "Bearer "+reader).is(http.StatusForbidden)
	r.in("GET", "/runs", nil, "Authorization", "Bearer "+reader).is(http.StatusForbidden)
}
