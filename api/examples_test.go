package api_test

import (
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/api/example"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

// shown is an operation of the document that takes a body.
type shown struct {
	endpoint
	id, mediaType string
	body          json.RawMessage
}

// exampled are the operations of /openapi.json that take a body, by their id, each
// with its example; one without fails the test.
func exampled(t *testing.T, document []byte) map[string]shown {
	t.Helper()
	var spec struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err := json.Unmarshal(document, &spec); err != nil {
		t.Fatal(err)
	}
	list := map[string]shown{}
	for path, methods := range spec.Paths {
		for method, raw := range methods {
			var op struct {
				OperationID string
				RequestBody struct {
					Content map[string]struct{ Example json.RawMessage }
				}
			}
			if json.Unmarshal(raw, &op) != nil || op.RequestBody.Content == nil {
				continue
			}
			s := shown{endpoint: endpoint{method: strings.ToUpper(method), template: path}, id: op.OperationID}
			for mediaType, content := range op.RequestBody.Content {
				s.mediaType, s.body = mediaType, content.Example
			}
			if s.body == nil {
				t.Errorf("%s has no example: add one to api/example", s.id)
			}
			list[s.id] = s
		}
	}
	bodies, err := example.Bodies()
	if err != nil {
		t.Fatal(err)
	}
	for id := range bodies {
		if _, known := list[id]; !known {
			t.Errorf("api/example has a body for %s, which takes none", id)
		}
	}
	return list
}

// played is what an example is posted with: who posts it, the things whose ids stand
// in its path, and what its well-known words stand for here.
type played struct {
	// workspace is the slug, "" for A's.
	workspace string
	headers   []string
	ids       map[string]string
	words     []string
}

// examples play the examples against one server.
type examples struct {
	*rig
	ids map[string]string
}

// Every example of the document is posted as it stands there, with ids of this server
// in the place of the well-known ones, and succeeds.
func TestExamplesRun(t *testing.T) {
	service := &desk{answer: `{"ok":true,"channels":[]}`}
	r := newRig(t, func(d *engine.Deps) { d.HTTP = service })
	e := &examples{r, r.belongings()}
	document := documentOf(t, r.server.URL)
	list := exampled(t, document)
	prepared := e.prepared()
	for id := range prepared {
		if _, known := list[id]; !known {
			t.Errorf("%s is prepared, and no operation that takes a body", id)
		}
	}
	names := slices.Sorted(maps.Keys(list))
	// On a domain of its own the installation's addresses are others: that comes last.
	moves := func(id string) bool { return strings.Contains(id, "-domain-of-the-agency") }
	slices.SortStableFunc(names, func(x, y string) int {
		switch {
		case moves(x) == moves(y):
			return 0
		case moves(x):
			return 1
		}
		return -1
	})
	for _, id := range names {
		if newcomers[id] {
			continue
		}
		p := played{}
		if prepare := prepared[id]; prepare != nil {
			p = prepare()
		}
		e.play(list[id], p)
	}
	playNewcomers(t, list)
}

func documentOf(t *testing.T, server string) []byte {
	t.Helper()
	res, err := http.Get(server + "/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// written is the body of an example with the words of this server.
func (s shown) written(words ...string) string {
	body := string(s.body)
	var plain string
	if json.Unmarshal(s.body, &plain) == nil {
		body = plain
	}
	return strings.NewReplacer(words...).Replace(body)
}

func (e *examples) play(s shown, p played) {
	e.t.Helper()
	ids := maps.Clone(e.ids)
	maps.Copy(ids, p.ids)
	path, ok := e.fill(s.endpoint, cmp.Or(p.workspace, "a"), ids)
	if !ok {
		return
	}
	words := append(p.words, "con_"+example.ID, ids["contacts"], "wf_"+example.ID, ids["workflows"], "run_"+example.ID, ids["runs"],
		"tpl_"+example.ID, ids["templates"], "cln_"+example.ID, ids["{clone}"], "off_"+example.ID, ids["offers"], `"`+example.Client+`"`, `"b"`)
	headers := append([]string{"Content-Type", s.mediaType, "If-Match", "*"}, p.headers...)
	if got := e.call(s.method, path, s.written(words...), headers...); got.status < 200 || got.status > 299 {
		e.t.Errorf("%s: %s: %d %s", s.id, got.call, got.status, got.body)
	}
}

func (e *examples) made(path, body string) string {
	e.t.Helper()
	return e.in("POST", path, body).is(http.StatusCreated).text("id")
}

// order makes one with its payment and purchase.
func (e *examples) order() map[string]string {
	got := e.in("POST", "/orders", `{"contact_id":"`+e.ids["contacts"]+`","items":[{"offer":"Course A","amount":100}]}`).is(http.StatusCreated)
	return map[string]string{"orders": got.text("id"), "payments": got.text("payments.0.id"), "purchases": got.text("purchases.0.id")}
}

// linked asks a client for a connection, and gives the link's token.
func (e *examples) linked(body string) played {
	asked := e.in("POST", "/connection-requests", body).is(http.StatusCreated)
	_, token, _ := strings.Cut(asked.text("link.url"), "#")
	return played{words: []string{example.Token, token}, headers: []string{"Authorization", ""}}
}

func (e *examples) cookie(email string) []string {
	return []string{"Authorization", "", "Cookie", "hookloom_session=" + e.person(email, e.a.ID, account.Owner).session}
}

// workflow makes one of a definition and does something to it.
func (e *examples) workflow(definition string, then ...string) map[string]string {
	id := e.made("/workflows", `{"name":"Played","definition":`+definition+`}`)
	for _, what := range then {
		e.in("POST", "/workflows/"+id+"/"+what, nil).is(http.StatusOK)
	}
	return map[string]string{"workflows": id}
}

const byHand = `{"schema":1,"triggers":[{"id":"go","type":"manual.start","v":1,"params":{}}],"steps":[{"id":"end","type":"flow.stop","v":1,"params":{}}]}`

// pushable makes a template with two versions and a clone in A, and pushes to it when
// told so.
func (e *examples) pushable(push bool) (*pushable, played) {
	p := newPushable(e.rig, e.a.ID)
	got := played{ids: map[string]string{"templates": p.template, "{clone}": p.clones[0].ID}}
	if push {
		got.ids["pushes"] = e.in("POST", "/templates/"+p.template+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
		p.work()
	}
	return p, got
}

// without a trigger: the template's next version has another one instead.
func (e *examples) confirmable() played {
	p, got := e.pushable(false)
	next := strings.Replace(pushedFlow, `"id":"hook"`, `"id":"other"`, 1)
	p.do(e.a.ID, func(tx engine.Tx) error {
		file := `{"schema":1,"name":"Sale","summary":"","category":"","inputs":[],"workflows":[{"key":"sale","name":"Sale","definition":` + next + `}]}`
		if err := tx.InsertTemplateVersion(&engine.TemplateVersion{TemplateID: p.template, Number: 3, File: []byte(file), Hash: "h"}); err != nil {
			return err
		}
		return tx.UpdateTemplate(&engine.Template{ID: p.template, Name: "Sale", Latest: 3})
	})
	got.ids["pushes"] = e.in("POST", "/templates/"+p.template+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
	p.work()
	got.ids["workflows"] = p.clones[0].Workflows[0].WorkflowID
	return got
}

// conflicting is a clone whose client called the buyer otherwise.
func (e *examples) conflicting() played {
	p, got := e.pushable(false)
	own := strings.Replace(pushedFlow, `"name":"Buyer"`, `"name":"Patient"`, 1)
	e.in("PUT", "/workflows/"+p.clones[0].Workflows[0].WorkflowID, `{"name":"Sale","definition":`+own+`}`, "If-Match", "*").is(http.StatusOK)
	id := e.in("POST", "/templates/"+p.template+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
	p.work()
	conflict := e.in("GET", "/pushes/"+id+"/clones/"+p.clones[0].ID, nil).is(http.StatusOK)
	got.ids["pushes"], got.ids["workflows"] = id, conflict.text("conflicts.0.workflow_id")
	got.words = []string{"steps/buyer/name", conflict.text("conflicts.0.key")}
	return got
}

// prepared is what operations need that belongings do not have, by their id.
func (e *examples) prepared() map[string]func() played {
	with := func(ids func() map[string]string) func() played { return func() played { return played{ids: ids()} } }
	one := func(resource, path, body string) func() played {
		return func() played { return played{ids: map[string]string{resource: e.made(path, body)}} }
	}
	person := func(email string) func() played {
		return func() played { e.person(email, e.b.ID, account.Viewer); return played{} }
	}
	signedIn := func(ids func() map[string]string) func() played {
		return func() played {
			return played{ids: ids(), headers: e.cookie("me." + engine.NewID("x") + "@example.com")}
		}
	}
	const (
		google = `{"type":"google_sheets.account","name":"Sheets","params":{"client_id":"id","client_secret":"secret"}}`
		bearer = `{"type":"auth.bearer","name":"CRM","params":{"hosts":["api.example.com"]}}`
	)
	mail := func() map[string]string { return e.workflow(welcome) }
	hand := with(func() map[string]string { return e.workflow(byHand, "publish") })
	reused := func(push bool) func() played { return func() played { _, p := e.pushable(push); return p } }
	return map[string]func() played{
		"check-whether-the-domain-of-the-agency-leads-here": func() played {
			e.call("PUT", "/agency/brand/domain", `{"name":"automation.northlight.example.com"}`).is(http.StatusOK)
			return played{}
		},
		// On a domain of its own A's addresses would be others.
		"set-the-domain-of-a-workspace": func() played { return played{workspace: "b"} },
		"check-whether-the-domain-of-a-workspace-leads-here": func() played {
			e.call("PUT", "/workspaces/b/brand/domain", `{"name":"flows.acme.example.com"}`).is(http.StatusOK)
			return played{workspace: "b"}
		},
		"add-one-of-the-agency-s-people-who-has-an-account": person("linus@agency.example.com"),
		"add-a-member-who-has-an-account":                   person("linus@acme.example.com"),
		"change-the-role-of-one-of-the-agency-s-people": func() played {
			p := e.person("role@agency.example.com", e.b.ID, account.Viewer)
			e.call("POST", "/members", `{"email":"role@agency.example.com","role":"builder"}`)
			return played{ids: map[string]string{"members": p.id}}
		},
		"change-what-you-decide-for-yourself": signedIn(func() map[string]string { return nil }),
		"see-what-a-client-link-asks-for":     func() played { return e.linked(bearer) },
		"fill-in-what-a-client-link-asks-for": func() played { return e.linked(bearer) },
		"sign-in-at-the-service-that-a-client-link-asks-for": func() played {
			id := e.made("/connections", google)
			_, token, _ := strings.Cut(e.in("POST", "/connections/"+id+"/client-link", nil).is(http.StatusCreated).text("url"), "#")
			return played{words: []string{example.Token, token}, headers: []string{"Authorization", ""}}
		},
		"begin-a-sign-in-at-a-connection-s-service": signedIn(func() map[string]string {
			return map[string]string{"connections": e.made("/connections", google)}
		}),
		"list-what-can-be-chosen-for-a-field": one("connections", "/connections", `{"type":"slack.account","name":"Slack","params":{"token":"xoxb-a-token"}}`),
		"submit-a-form":                       one("forms", "/forms", `{"title":"News","fields":[{"kind":"email","label":"E-mail","key":"email","required":true}]}`),
		"change-an-offer":                     one("offers", "/offers", `{"title":"Course B, first edition"}`),
		"record-the-refund-of-an-order":       with(e.order),
		"record-the-chargeback-of-an-order":   with(e.order),
		"record-the-refund-of-a-payment":      with(e.order),
		"record-the-chargeback-of-a-payment":  with(e.order),
		"take-a-purchase-and-its-access-away": with(e.order),
		"give-a-purchase-and-its-access-back": with(func() map[string]string {
			ids := e.order()
			e.in("POST", "/purchases/"+ids["purchases"]+"/deactivate", nil).is(http.StatusOK)
			return ids
		}),
		"push-a-version-to-clones":                    reused(false),
		"look-ahead-at-a-push":                        reused(false),
		"publish-pause-or-set-a-value-in-many-clones": reused(false),
		"decide-about-a-push":                         reused(true),
		"roll-a-clone-back":                           reused(true),
		"choose-for-a-clone-that-waits":               e.conflicting,
		"confirm-that-a-trigger-goes":                 e.confirmable,
		"publish-a-workflow":                          with(func() map[string]string { return e.workflow(pushedFlow) }),
		"resume-a-workflow":                           with(func() map[string]string { return e.workflow(pushedFlow, "publish", "pause") }),
		"start-a-workflow":                            hand,
		"start-a-workflow-for-many-contacts":          hand,
		"preview-an-e-mail-as-a-contact":              with(mail),
		"send-a-test-e-mail-to-me":                    signedIn(mail),
		"give-a-trigger-a-new-signing-secret": with(func() map[string]string {
			return e.workflow(strings.Replace(pushedFlow, `"params":{}`, `"params":{"signature":{"scheme":"stripe","secret":"whsec_old"}}`, 1))
		}),
		"let-a-failed-run-go-on": with(func() map[string]string {
			e.broken()
			return map[string]string{"runs": e.in("GET", "/runs?status=failed", nil).is(http.StatusOK).text("items.0.id")}
		}),
	}
}

// newcomers are the operations of people who have no account yet, or no password:
// they are played in a row on a server that nobody has set up.
var newcomers = map[string]bool{
	"set-the-installation-up": true, "sign-in": true, "see-what-an-invitation-is-for": true, "accept-an-invitation": true,
	"set-a-new-password-by-a-reset-link": true,
}

func playNewcomers(t *testing.T, list map[string]shown) {
	w := newWorld(t)
	post := func(id, token string) got {
		t.Helper()
		s := list[id]
		g := w.browser().call(s.method, s.template, s.written(example.Token, token))
		if g.status < 200 || g.status > 299 {
			t.Errorf("%s: %d %s", id, g.status, g.body)
		}
		return g
	}
	post("set-the-installation-up", w.setupToken())
	post("sign-in", "")
	invited := w.owner().post("/workspaces/main/invitations", map[string]any{"email": "grace@acme.example.com", "role": "builder"}).is(201)
	token := tokenOf(t, invited.text("url"))
	post("see-what-an-invitation-is-for", token)
	post("accept-an-invitation", token)
	link, err := w.desk.ResetLink(t.Context(), "ada@agency.example.com")
	if err != nil {
		t.Fatal(err)
	}
	_, reset, _ := strings.Cut(link.Reveal(), "token=")
	post("set-a-new-password-by-a-reset-link", reset)
}
