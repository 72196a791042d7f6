package rollout_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
	_ "github.com/hookloom/hookloom/nodes/all"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// world is an agency on a real SQLite database: a template's home and clients
// with clones of it.
type world struct {
	t      testing.TB
	mu     sync.Mutex
	now    time.Time
	store  *storage.Store
	engine *engine.Engine
	pusher *rollout.Pusher
	home   string
	tpl    engine.Template
}

func newWorld(t testing.TB) *world {
	t.Helper()
	keyring, err := secret.NewKeyring(secret.GenerateKey())
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, now: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	dir := t.TempDir()
	storagetest.Tables(t, dir)
	if w.store, err = storage.Open(context.Background(), storage.Config{DataDir: dir, Keyring: keyring, Clock: w.clock}); err != nil {
		t.Fatal(err)
	}
	client, err := egress.New(egress.Config{})
	if err != nil {
		t.Fatal(err)
	}
	w.engine = engine.New(engine.Deps{
		Store: w.store, Bell: dispatch.NewLocal(dispatch.LocalConfig{Concurrency: 2}), HTTP: client, Registry: nodes.Default(), Now: w.clock, Exclusive: true,
	})
	if err := w.engine.Start(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.pusher = w.anotherPusher()
	w.home = w.client("agency")
	w.tpl = engine.Template{ID: engine.NewID("tpl"), Name: "Sale"}
	w.do(w.home, func(tx engine.Tx) error { return tx.InsertTemplate(&w.tpl) })
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := w.engine.Stop(ctx); err != nil {
			t.Error(err)
		}
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// anotherPusher is that of another process.
func (w *world) anotherPusher() *rollout.Pusher {
	return rollout.NewPusher(rollout.PusherDeps{Store: w.store, Engine: w.engine, Now: w.clock, Log: slog.New(slog.DiscardHandler)})
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

func (w *world) no(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) do(workspace string, fn func(engine.Tx) error) {
	w.t.Helper()
	w.no(w.store.Do(context.Background(), workspace, fn))
}

func (w *world) client(name string) string {
	w.t.Helper()
	ws := crm.Workspace{ID: engine.NewID("ws"), Name: name, Slug: name, Timezone: "UTC", Locale: "en", Currency: "USD", DefaultCountry: "US"}
	w.no(w.store.CreateWorkspace(context.Background(), &ws))
	return ws.ID
}

// version stores the next version of the template.
func (w *world) version(definition string, inputs ...template.Input) int {
	return w.files(inputs, template.Workflow{Key: "sale", Name: "Sale", Definition: json.RawMessage(definition)})
}

func (w *world) files(inputs []template.Input, workflows ...template.Workflow) int {
	w.t.Helper()
	f := template.File{Schema: template.Schema, Name: "Sale", Inputs: inputs, Workflows: workflows}
	if inputs == nil {
		f.Inputs = []template.Input{}
	}
	text, err := json.Marshal(f)
	w.no(err)
	w.tpl.Latest++
	v := engine.TemplateVersion{TemplateID: w.tpl.ID, Number: w.tpl.Latest, File: text, Hash: fmt.Sprint(w.tpl.Latest)}
	w.do(w.home, func(tx engine.Tx) error {
		if err := tx.InsertTemplateVersion(&v); err != nil {
			return err
		}
		return tx.UpdateTemplate(&w.tpl)
	})
	return v.Number
}

// clone makes a client with a clone of the newest version, live when it can be.
func (w *world) clone(name string, live bool) engine.Clone {
	w.t.Helper()
	ctx := context.Background()
	ws := w.client(name)
	v, err := w.store.TemplateVersion(ctx, w.home, w.tpl.ID, w.tpl.Latest)
	w.no(err)
	f, err := template.Parse(v.File)
	w.no(err)
	filled, err := f.Fill(0, nil)
	w.no(err)
	made, err := w.engine.CreateWorkflow(ctx, ws, engine.Edit{Name: &f.Workflows[0].Name, Document: filled})
	w.no(err)
	c := engine.Clone{
		ID: engine.NewID("cln"), TemplateWorkspace: w.home, TemplateID: w.tpl.ID, Version: v.Number, Inputs: []byte("{}"), State: engine.CloneReady,
		Workflows: []engine.CloneWorkflow{{Key: "sale", WorkflowID: made.ID, BaseHash: made.DraftHash}},
	}
	w.do(ws, func(tx engine.Tx) error {
		if err := tx.PutDefinition(made.DraftHash, made.Draft); err != nil {
			return err
		}
		return tx.InsertClone(&c)
	})
	if live {
		_, err := w.engine.Publish(ctx, ws, made.ID, "usr_1", engine.HeldKeep)
		w.no(err)
	}
	return c
}

// workflow is the clone's only one as it is now.
func (w *world) workflow(c engine.Clone) engine.Workflow {
	w.t.Helper()
	info, err := w.store.WorkflowInfo(context.Background(), c.Workspace, c.Workflows[0].WorkflowID)
	w.no(err)
	return info.Workflow
}

// live is the text of the live version.
func (w *world) live(c engine.Clone) string {
	w.t.Helper()
	text, err := w.store.Definition(context.Background(), c.Workspace, w.workflow(c).LiveHash)
	w.no(err)
	return string(text)
}

// edit changes the clone's draft; publish makes it live.
func (w *world) edit(c engine.Clone, publish bool, change func(d *workflow.Document)) {
	w.t.Helper()
	ctx := context.Background()
	at := w.workflow(c)
	doc, _ := workflow.Parse(at.Draft)
	change(doc)
	text, err := doc.JSON()
	w.no(err)
	_, err = w.engine.SaveDraft(ctx, c.Workspace, at.ID, engine.AnyRevision, engine.Edit{Document: text})
	w.no(err)
	if publish {
		_, err = w.engine.Publish(ctx, c.Workspace, at.ID, "usr_1", engine.HeldKeep)
		w.no(err)
	}
}

// begin starts a push of the newest version and does what it can do now.
func (w *world) begin(canary engine.Canary, clones ...engine.Clone) engine.Push {
	w.t.Helper()
	push, err := w.pusher.Begin(context.Background(), engine.Push{Workspace: w.home, TemplateID: w.tpl.ID, Version: w.tpl.Latest, Canary: canary, CreatedBy: "usr_1"}, clones)
	w.no(err)
	return w.work(push)
}

func (w *world) work(push engine.Push) engine.Push {
	w.t.Helper()
	w.no(w.pusher.Work(context.Background()))
	got, err := w.store.Push(context.Background(), w.home, push.ID)
	w.no(err)
	return got
}

// became is the clone's part in a push.
func (w *world) became(push engine.Push, c engine.Clone) engine.PushClone {
	w.t.Helper()
	got, err := w.store.PushClone(context.Background(), c.Workspace, push.ID, c.ID)
	w.no(err)
	return got
}

// call sends a webhook to the clone's trigger.
func (w *world) call(c engine.Clone, trigger string) engine.Answer {
	w.t.Helper()
	var hash []byte
	w.do(c.Workspace, func(tx engine.Tx) error {
		tokens, err := tx.Tokens(c.Workflows[0].WorkflowID)
		for _, t := range tokens {
			if t.TriggerID == trigger {
				hash = t.Hash
			}
		}
		return err
	})
	answer, err := w.engine.Ingest(context.Background(), engine.Arrival{
		TokenHash:  hash,
		RawRequest: nodes.RawRequest{Method: http.MethodPost, Path: "/hooks/x", Header: http.Header{"Content-Type": {"application/json"}}, Body: []byte(`{"email":"a@b.test"}`), ReceivedAt: w.clock()},
	})
	w.no(err)
	return answer
}

// runs stores finished runs of the clone's live version.
func (w *world) runs(c engine.Clone, succeeded, failed int) {
	w.t.Helper()
	at := w.workflow(c)
	w.do(c.Workspace, func(tx engine.Tx) error {
		for i := range succeeded + failed {
			id := engine.NewID("run")
			status := engine.Succeeded
			if i >= succeeded {
				status = engine.Failed
			}
			err := tx.InsertRun(engine.Run{
				ID: id, Workspace: c.Workspace, Kind: engine.KindWorkflow, Mode: engine.ModeLive, WorkflowID: at.ID, Version: at.LiveVersion, Definition: at.LiveHash,
				Status: status, Trigger: "hook", RootRun: id, DueAt: w.clock(), CreatedAt: w.clock(), FinishedAt: w.clock(),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
