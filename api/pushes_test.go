package api_test

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/workflow"
)

// pushable is a template of workspace A with two versions, and a live clone of the
// first one in each of the clients' workspaces.
type pushable struct {
	*rig
	template string
	// clones are in A and B, as far as those are clients.
	clones [2]engine.Clone
	pusher *rollout.Pusher
}

const pushedFlow = `{"schema":1,"triggers":[{"id":"hook","type":"webhook.catch","v":1,"name":"Sale","params":{}}],
	"steps":[{"id":"buyer","type":"contact.upsert","v":1,"name":"Buyer","params":{"email":"{{ trigger.body.email }}"}}]}`

func newPushable(r *rig, clients ...string) *pushable {
	r.t.Helper()
	p := &pushable{rig: r, template: engine.NewID("tpl")}
	p.pusher = rollout.NewPusher(rollout.PusherDeps{Store: r.store, Engine: r.engine, Now: time.Now, Log: slog.New(slog.DiscardHandler), Alone: true})
	next := strings.Replace(pushedFlow, `"name":"Buyer"`, `"name":"Customer"`, 1)
	p.do(r.a.ID, func(tx engine.Tx) error {
		tpl := engine.Template{ID: p.template, Name: "Sale"}
		if err := tx.InsertTemplate(&tpl); err != nil {
			return err
		}
		for i, flow := range []string{pushedFlow, next} {
			file := `{"schema":1,"name":"Sale","summary":"","category":"","inputs":[],"workflows":[{"key":"sale","name":"Sale","definition":` + flow + `}]}`
			if err := tx.InsertTemplateVersion(&engine.TemplateVersion{TemplateID: tpl.ID, Number: i + 1, File: []byte(file), Hash: "h"}); err != nil {
				return err
			}
		}
		tpl.Latest = 2
		return tx.UpdateTemplate(&tpl)
	})
	for i, ws := range clients {
		p.clones[i] = p.clone(ws)
	}
	return p
}

func (p *pushable) do(ws string, fn func(engine.Tx) error) {
	p.t.Helper()
	if err := p.store.Do(p.t.Context(), ws, fn); err != nil {
		p.t.Fatal(err)
	}
}

func (p *pushable) clone(ws string) engine.Clone {
	p.t.Helper()
	name := "Sale"
	w, err := p.engine.CreateWorkflow(p.t.Context(), ws, engine.Edit{Name: &name, Document: []byte(pushedFlow)})
	if err == nil {
		w, err = p.engine.Publish(p.t.Context(), ws, w.ID, "usr_1", engine.HeldKeep)
	}
	if err != nil {
		p.t.Fatal(err)
	}
	c := engine.Clone{
		ID: engine.NewID("cln"), TemplateWorkspace: p.a.ID, TemplateID: p.template, Version: 1, Inputs: []byte("{}"), State: engine.CloneReady,
		Workflows: []engine.CloneWorkflow{{Key: "sale", WorkflowID: w.ID, BaseHash: w.LiveHash}},
	}
	p.do(ws, func(tx engine.Tx) error { return tx.InsertClone(&c) })
	return c
}

// work does what pushes have to do now.
func (p *pushable) work() {
	p.t.Helper()
	if err := p.pusher.Work(p.t.Context()); err != nil {
		p.t.Fatal(err)
	}
}

func TestAPushIsLookedAtStartedAndTakenBack(t *testing.T) {
	r := newRig(t)
	p := newPushable(r, r.a.ID, r.b.ID)
	tpl := "/templates/" + p.template
	// The client in B calls the buyer otherwise.
	own := strings.Replace(pushedFlow, `"name":"Buyer"`, `"name":"Patient"`, 1)
	p.call("PUT", "/workspaces/b/workflows/"+p.clones[1].Workflows[0].WorkflowID, `{"name":"Sale","definition":`+own+`}`, "If-Match", "*").is(http.StatusOK)

	seen := p.in("POST", tpl+"/push/preview", `{"all":true}`).is(http.StatusOK)
	if seen.text("clones.0.state") != "updated" || seen.text("clones.0.updates.0") != `Step "Customer": name changed from "Buyer" to "Customer"` {
		t.Errorf("%s", seen.body)
	}
	if seen.text("clones.1.state") != "conflict" || seen.text("clones.1.conflicts.0.label") != "Name" || seen.text("clones.1.conflicts.0.ours") != "Patient" {
		t.Errorf("%s", seen.body)
	}
	p.in("POST", tpl+"/push", `{"all":true,"canary":{"clones":2,"min_runs":1}}`).is(http.StatusUnprocessableEntity).points("/canary/clones")
	p.in("POST", tpl+"/push", `{"clones":["cln_none"]}`).is(http.StatusUnprocessableEntity).points("/clones/0")
	p.in("POST", tpl+"/push", `{"all":true,"version":9}`).is(http.StatusUnprocessableEntity).points("/version")

	id := p.in("POST", tpl+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
	p.in("POST", tpl+"/push", `{"all":true}`).is(http.StatusConflict)
	p.work()
	got := p.in("GET", "/pushes/"+id, nil).is(http.StatusOK)
	if got.text("state") != "done" || got.number("counts.updated") != 1 || got.number("counts.conflict") != 1 || got.number("total") != 2 {
		t.Fatalf("%s", got.body)
	}
	waits := p.in("GET", "/pushes", nil).is(http.StatusOK)
	if waits.text("items.0.workspace.slug") != "b" || waits.text("items.0.state") != "conflict" || !strings.Contains(waits.text("items.0.reason"), "choose") {
		t.Errorf("%s", waits.body)
	}
	drift := p.in("GET", tpl+"/drift", nil).is(http.StatusOK)
	if drift.number("items.0.behind") != 0 || drift.number("items.1.behind") != 1 || drift.text("items.1.edits.0") == "" || drift.text("items.1.push.state") != "conflict" {
		t.Errorf("%s", drift.body)
	}
	one := "/pushes/" + id + "/clones/" + p.clones[1].ID
	conflict := p.in("GET", one, nil).is(http.StatusOK)
	answer := `{"choices":[{"workflow_id":"` + conflict.text("conflicts.0.workflow_id") + `","key":"` + conflict.text("conflicts.0.key") + `","take":"ours"}]}`
	// The client's own people may choose too.
	if done := p.call("POST", "/workspaces/b"+one+"/answer", answer).is(http.StatusOK); done.text("state") != "updated" {
		t.Fatalf("%s", done.body)
	}
	p.in("POST", one+"/answer", answer).is(http.StatusConflict)
	p.in("POST", one+"/roll-back", `{}`).is(http.StatusOK)
	p.in("POST", "/pushes/"+id+"/decide", `{"decision":"roll_back"}`).is(http.StatusOK)
	p.work()
	got = p.in("GET", "/pushes/"+id, nil).is(http.StatusOK)
	if got.text("state") != "rolled_back" || got.number("counts.rolled_back") != 2 {
		t.Errorf("%s", got.body)
	}
	if list := p.in("GET", tpl+"/pushes", nil).is(http.StatusOK); list.text("items.0.id") != id {
		t.Errorf("%s", list.body)
	}
	info, err := p.store.WorkflowInfo(t.Context(), p.a.ID, p.clones[0].Workflows[0].WorkflowID)
	if err != nil || info.LiveHash != p.clones[0].Workflows[0].BaseHash || workflow.Hash(info.Draft) != info.LiveHash {
		t.Errorf("%+v %v", info, err)
	}
}

// Whoever may see one client sees nothing of the others.
func TestAPushShowsOnlyWhatOneMaySee(t *testing.T) {
	r := newRig(t)
	p := newPushable(r, r.a.ID, r.b.ID)
	key := p.in("POST", "/api-keys", `{"name":"a","scopes":["templates:write","workflows:read","workflows:publish"]}`).is(http.StatusCreated).text("key")
	only := []string{"Authorization", "Bearer " + key}
	tpl := "/templates/" + p.template
	seen := p.in("POST", tpl+"/push/preview", `{"all":true}`, only...).is(http.StatusOK)
	var preview struct{ Clones []json.RawMessage }
	if err := json.Unmarshal(seen.body, &preview); err != nil || len(preview.Clones) != 1 || strings.Contains(string(seen.body), p.clones[1].ID) {
		t.Errorf("%s", seen.body)
	}
	p.in("POST", tpl+"/push", `{"clones":["`+p.clones[1].ID+`"]}`, only...).is(http.StatusUnprocessableEntity)
	id := p.in("POST", tpl+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
	p.work()
	if got := p.in("GET", "/pushes/"+id, nil, only...).is(http.StatusOK); strings.Contains(string(got.body), p.clones[1].ID) {
		t.Errorf("%s", got.body)
	}
	p.in("POST", "/pushes/"+id+"/decide", `{"decision":"roll_back"}`, only...).is(http.StatusForbidden)
	p.in("GET", "/pushes/"+id+"/clones/"+p.clones[1].ID, nil, only...).is(http.StatusNotFound)
	p.in("POST", "/pushes/"+id+"/clones/"+p.clones[1].ID+"/roll-back", `{}`, only...).is(http.StatusNotFound)
	if drift := p.in("GET", tpl+"/drift", nil, only...).is(http.StatusOK); strings.Contains(string(drift.body), p.clones[1].ID) {
		t.Errorf("%s", drift.body)
	}
}

// pushed is a push of workspace A to its own clone, with the clone.
func (r *rig) pushed() (push, clone string) {
	r.t.Helper()
	p := newPushable(r, r.a.ID)
	id := r.in("POST", "/templates/"+p.template+"/push", `{"all":true}`).is(http.StatusAccepted).text("id")
	p.work()
	return id, p.clones[0].ID
}
