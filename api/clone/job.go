package clone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/workflow"
)

// Kind is the kind of the jobs that clone.
const Kind = "templates.clone"

// Task is what such a job does. It holds no secrets: inputs of that kind name
// secrets of the home that belong to the job and end with it.
type Task struct {
	Template string   `json:"template"`
	Version  int      `json:"version"`
	Again    bool     `json:"again,omitempty"`
	Publish  bool     `json:"publish,omitempty"`
	Clients  []Client `json:"clients"`
}

// Client is one row of a task that was checked.
type Client struct {
	// CloneID is the clone's to be, so that doing a row again makes nothing twice.
	CloneID string `json:"clone_id"`
	// Workspace is the client's id. New makes it, of the name: the id is chosen with
	// the task, so that a workspace is not made twice either.
	Workspace string         `json:"workspace"`
	New       bool           `json:"new,omitempty"`
	Name      string         `json:"name"`
	Inputs    map[string]any `json:"inputs"`
}

// Result is what became of a job so far.
type Result struct {
	Clients []Done `json:"clients"`
	// Errors are the first clients that nothing was made for.
	Errors []Refusal `json:"errors"`
}

// Refusal is one client with the reason in a sentence.
type Refusal struct {
	Client string `json:"client"`
	Detail string `json:"detail"`
}

// Done is what became of one client.
type Done struct {
	Workspace string `json:"workspace_id"`
	Client    string `json:"client"`
	CloneID   string `json:"clone_id,omitempty"`
	// State is created, skipped (there was a clone already) or failed.
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
	// New says that the workspace was made for it.
	New bool `json:"new,omitempty"`
}

// The states of Done.
const (
	Created = "created"
	Skipped = "skipped"
	Failed  = "failed"
	Changed = "changed"
)

// Store is what jobs need of the database.
type Store interface {
	rollout.Store
	TemplateVersion(ctx context.Context, workspace, template string, number int) (engine.TemplateVersion, error)
	Secrets(ctx context.Context, workspace string, ids []string) (map[string][]engine.SecretVersion, error)
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	Clone(ctx context.Context, workspace, id string) (engine.Clone, error)
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
	Tokens(ctx context.Context, workspace, workflowID string) ([]engine.Token, error)
	Received(ctx context.Context, workspace string) (map[string]bool, error)
}

// Worker does the jobs of Kind.
type Worker struct {
	Store  Store
	Cloner *rollout.Cloner
	// NewClient describes a workspace for a client without one, with the settings of
	// the home; the error is a sentence for a person.
	NewClient func(home crm.Workspace, name string) (crm.Workspace, error)
	Now       func() time.Time
	Log       *slog.Logger
}

// Work goes on behind the clients that are done already.
func (w *Worker) Work(ctx context.Context, j *engine.Job, keep func() error) error {
	var task Task
	if err := json.Unmarshal(j.Input, &task); err != nil {
		return fmt.Errorf("job %s: %w", j.ID, err)
	}
	v, err := w.Store.TemplateVersion(ctx, j.Workspace, task.Template, task.Version)
	if err != nil {
		return err
	}
	file, err := template.Parse(v.File)
	if err != nil {
		return err
	}
	home, err := w.Store.Workspace(ctx, j.Workspace)
	if err != nil {
		return err
	}
	j.Total = len(task.Clients)
	result := newResult()
	pace := bulk.Pace{Now: w.Now, Keep: keep, End: func(ctx context.Context) error {
		return w.Store.Do(ctx, home.ID, func(tx engine.Tx) error { return tx.DropSecrets(j.ID) })
	}}
	return bulk.Each(ctx, j, &result, pace, func(ctx context.Context, at int) (bool, error) {
		c := task.Clients[at]
		done, err := w.client(ctx, home, c, rollout.Order{
			Home: home.ID, Template: task.Template, Version: task.Version, File: file, Workspace: c.Workspace, CloneID: c.CloneID,
			Again: task.Again, Publish: task.Publish, By: j.CreatedBy,
		})
		return result.note(done), err
	})
}

func newResult() Result { return Result{Clients: []Done{}, Errors: []Refusal{}} }

// note adds what became of a client, and reports whether it failed.
func (r *Result) note(done Done) bool {
	r.Clients = append(r.Clients, done)
	if done.State == Failed && len(r.Errors) < maxErrors {
		r.Errors = append(r.Errors, Refusal{done.Client, done.Reason})
	}
	return done.State == Failed
}

// maxErrors bounds Result.Errors.
const maxErrors = 100

// client clones for one client. Only a database that is away is an error.
func (w *Worker) client(ctx context.Context, home crm.Workspace, c Client, o rollout.Order) (Done, error) {
	done := Done{Workspace: c.Workspace, Client: c.Name, State: Failed}
	given, err := w.opened(ctx, home.ID, o.File, c.Inputs)
	if err != nil {
		return done, err
	}
	o.Inputs = given
	if c.New {
		made, err := w.NewClient(home, c.Name)
		if err != nil {
			done.Workspace, done.Reason = "", "The workspace could not be made: "+err.Error()
			return done, nil
		}
		done.New, o.New = true, &made
	}
	result, err := w.Cloner.Clone(ctx, o)
	if err != nil {
		if done.New {
			done.New, done.Workspace = false, "" // it went with the clone
		}
		return failed(done, err, w.Log)
	}
	done.CloneID, done.State, done.Reason = result.Clone.ID, Created, result.Clone.Reason
	if result.Existed && result.Clone.ID != c.CloneID {
		done.State, done.Reason = Skipped, "This client has the template already."
	}
	return done, nil
}

// failed says in a sentence why nothing was done; a database that is away is an
// error, because it is tried again.
func failed(done Done, err error, log *slog.Logger) (Done, error) {
	if errors.Is(err, engine.ErrUnavailable) {
		return done, err
	}
	done.State = Failed
	if said, ok := rollout.Said(err); ok {
		done.Reason = said
		return done, nil
	}
	log.Error("a job could not be done for a client", "client", done.Client, "workspace", done.Workspace, "clone", done.CloneID, "error", err)
	done.Reason = "It could not be done; the server's log says why."
	return done, nil
}

// opened puts the job's secrets in the place of their references. Only inputs that
// are secrets have any: a reference elsewhere is somebody's try to read one.
func (w *Worker) opened(ctx context.Context, home string, file template.File, inputs map[string]any) (map[string]any, error) {
	secret := map[string]bool{}
	for _, in := range file.Inputs {
		secret[in.Key] = in.Kind == template.Secret
	}
	given := make(map[string]any, len(inputs))
	for key, v := range inputs {
		id, ok := workflow.SecretRef(v)
		if !ok {
			given[key] = v
			continue
		}
		if !secret[key] {
			continue
		}
		versions, err := w.Store.Secrets(ctx, home, []string{id})
		if err != nil {
			return nil, err
		}
		if list := versions[id]; len(list) > 0 {
			given[key] = list[0].Value
		}
	}
	return given, nil
}
