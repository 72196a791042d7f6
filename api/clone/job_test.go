package clone_test

import (
	"encoding/json"
	"errors"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/clone"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	"github.com/hookloom/hookloom/storage"
)

const file = `{"schema":1,"name":"Sale","summary":"","category":"","inputs":[],"workflows":[{"key":"sale","name":"Sale","definition":{"schema":1,
	"triggers":[{"id":"hook","type":"webhook.catch","v":1,"params":{}}],"steps":[{"id":"buyer","type":"contact.upsert","v":1,"params":{"email":"{{ trigger.body.email }}"}}]}}]}`

// agency is a home with a template on a real database.
type agency struct {
	t      *testing.T
	store  *storage.Store
	home   crm.Workspace
	tpl    engine.Template
	worker *clone.Worker
}

func newAgency(t *testing.T) *agency {
	t.Helper()
	a := &agency{t: t, home: crm.Workspace{Name: "Agency", Slug: "agency", Timezone: "UTC", Locale: "en"}, tpl: engine.Template{ID: engine.NewID("tpl"), Name: "Sale", Latest: 1}}
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	a.no(err)
	a.store, err = storage.Open(t.Context(), storage.Config{DataDir: filepath.Join(t.TempDir(), "data"), Keyring: keyring})
	a.no(err)
	t.Cleanup(func() { a.no(a.store.Close()) })
	client, err := egress.New(egress.Config{})
	a.no(err)
	e := engine.New(engine.Deps{Store: a.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 1}), HTTP: client, Registry: nodes.Default(), Exclusive: true})
	a.no(a.store.CreateWorkspace(t.Context(), &a.home))
	a.no(a.store.Do(t.Context(), a.home.ID, func(tx engine.Tx) error {
		if err := tx.InsertTemplate(&a.tpl); err != nil {
			return err
		}
		if err := tx.InsertTemplateVersion(&engine.TemplateVersion{TemplateID: a.tpl.ID, Number: 1, File: []byte(file), Hash: "h"}); err != nil {
			return err
		}
		return tx.UpdateTemplate(&a.tpl)
	}))
	a.worker = &clone.Worker{
		Store: a.store, Cloner: &rollout.Cloner{Store: a.store, Workflows: e}, Now: time.Now, Log: slog.New(slog.DiscardHandler),
		NewClient: func(_ crm.Workspace, name string) (crm.Workspace, error) {
			return crm.Workspace{Name: name, Slug: "client", Timezone: "UTC", Locale: "en"}, nil
		},
	}
	return a
}

func (a *agency) no(err error) {
	a.t.Helper()
	if err != nil {
		a.t.Fatal(err)
	}
}

// A server that dies between making a client's workspace and noting it makes nothing
// twice: the ids were chosen with the task.
func TestAClientThatWasMadeAndNotNotedIsMadeOnce(t *testing.T) {
	a := newAgency(t)
	input, err := json.Marshal(clone.Task{Template: a.tpl.ID, Version: 1, Publish: true, Clients: []clone.Client{
		{CloneID: engine.NewID("cln"), Workspace: engine.NewID("ws"), New: true, Name: "North"},
		{CloneID: engine.NewID("cln"), Workspace: engine.NewID("ws"), New: true, Name: "South"},
	}})
	a.no(err)
	stored := engine.Job{ID: engine.NewID("job"), Workspace: a.home.ID, Kind: clone.Kind, Input: input, CreatedBy: "usr_1"}
	died := errors.New("the server died")
	for range 3 {
		j := stored // nothing of what was done has been noted
		if err := a.worker.Work(t.Context(), &j, func() error { return died }); !errors.Is(err, died) {
			t.Fatal(err)
		}
	}
	j := stored
	a.no(a.worker.Work(t.Context(), &j, func() error { return nil }))
	var result clone.Result
	a.no(json.Unmarshal(j.Result, &result))
	if j.Done != 2 || j.Failed != 0 || len(result.Clients) != 2 || result.Clients[0].State != clone.Created {
		t.Fatalf("%+v %s", j, j.Result)
	}
	all, err := a.store.ListWorkspaces(t.Context(), nil, engine.Page{})
	a.no(err)
	if len(all.Items) != 3 {
		t.Errorf("%d workspaces", len(all.Items))
	}
	for _, done := range result.Clients {
		flows, err := a.store.ListWorkflows(t.Context(), done.Workspace, engine.WorkflowFilter{}, engine.Page{})
		a.no(err)
		if len(flows.Items) != 1 || flows.Items[0].LiveVersion != 1 {
			t.Errorf("%s has %+v", done.Client, flows.Items)
		}
		told, err := a.store.ListAudit(t.Context(), done.Workspace, engine.AuditFilter{}, engine.Page{})
		a.no(err)
		actions := ""
		for _, e := range told.Items {
			actions += e.Action + " "
		}
		if actions != "workflow.published template.cloned workspace.created " {
			t.Errorf("%s's log: %s", done.Client, actions)
		}
	}
	// Names that make one short name get numbers.
	first, err := a.store.Workspace(t.Context(), result.Clients[0].Workspace)
	a.no(err)
	second, err := a.store.Workspace(t.Context(), result.Clients[1].Workspace)
	a.no(err)
	if first.Slug != "client" || second.Slug != "client-2" {
		t.Errorf("%s and %s", first.Slug, second.Slug)
	}
}
