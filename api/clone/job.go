package clone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

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
	// Workspace is the client's id; "" makes a workspace of the name.
	Workspace string         `json:"workspace,omitempty"`
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
	// Workflows are for jobs that act on clones.
	Workflows []WorkflowDone `json:"workflows,omitempty"`
}

// WorkflowDone is what became of one workflow.
type WorkflowDone struct {
	ID     string `json:"id"`
	State  string `json:"state"`
	Reason string `json:"reason,omitempty"`
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

// Workspaces makes workspaces for clients that have none.
type Workspaces interface {
	// CreateClient makes a workspace of a name, with the settings of the home.
	CreateClient(ctx context.Context, home crm.Workspace, name string) (crm.Workspace, error)
	DeleteWorkspace(ctx context.Context, id string) error
}

// Worker does the jobs of Kind.
type Worker struct {
	Store      Store
	Cloner     *rollout.Cloner
	Workspaces Workspaces
	Now        func() time.Time
	Log        *slog.Logger
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
	err = Each(ctx, j, len(task.Clients), w.Now, keep, func(ctx context.Context, at int) (Done, error) {
		c := task.Clients[at]
		return w.client(ctx, home, c, rollout.Order{
			Home: home.ID, Template: task.Template, Version: task.Version, File: file, Workspace: c.Workspace, CloneID: c.CloneID,
			Again: task.Again, Publish: task.Publish, By: j.CreatedBy,
		})
	})
	if err != nil || j.FinishedAt.IsZero() {
		return err
	}
	return w.Store.Do(context.WithoutCancel(ctx), home.ID, func(tx engine.Tx) error { return tx.DropSecrets(j.ID) })
}

// Each does one thing after another and notes the progress about each second, and
// at the end. An error breaks the job off, to go on later.
func Each(ctx context.Context, j *engine.Job, total int, now func() time.Time, keep func() error, do func(context.Context, int) (Done, error)) error {
	result := Result{Clients: []Done{}, Errors: []Refusal{}}
	if len(j.Result) > 0 {
		if err := json.Unmarshal(j.Result, &result); err != nil {
			return fmt.Errorf("job %s: %w", j.ID, err)
		}
	}
	save := func() (err error) {
		if j.Result, err = json.Marshal(result); err != nil {
			return err
		}
		return keep()
	}
	j.Status = "running"
	noted := time.Time{}
	for at := len(result.Clients); at < total; at++ {
		if ctx.Err() != nil {
			return save()
		}
		// What was begun for one client is ended.
		done, err := do(context.WithoutCancel(ctx), at)
		if err != nil {
			return errors.Join(err, save())
		}
		result.Clients = append(result.Clients, done)
		if done.State == Failed {
			j.Failed++
			if len(result.Errors) < 100 {
				result.Errors = append(result.Errors, Refusal{done.Client, done.Reason})
			}
		} else {
			j.Done++
		}
		// A workspace that was made is noted at once, so that none is made twice.
		if done.New || now().Sub(noted) > time.Second {
			noted = now()
			if err := save(); err != nil {
				return err
			}
		}
	}
	j.Status, j.FinishedAt = "succeeded", now()
	return save()
}

// client clones for one client. Only a database that is away is an error.
func (w *Worker) client(ctx context.Context, home crm.Workspace, c Client, o rollout.Order) (Done, error) {
	done := Done{Workspace: c.Workspace, Client: c.Name, State: Failed}
	given, err := w.opened(ctx, home.ID, o.File, c.Inputs)
	if err != nil {
		return done, err
	}
	o.Inputs = given
	if o.Workspace == "" {
		made, err := w.Workspaces.CreateClient(ctx, home, c.Name)
		if err != nil {
			return w.failed(done, "The workspace could not be made: ", err)
		}
		done.New, done.Workspace, o.Workspace = true, made.ID, made.ID
	}
	result, err := w.Cloner.Clone(ctx, o)
	if err != nil {
		if done.New {
			if undo := w.Workspaces.DeleteWorkspace(ctx, o.Workspace); undo != nil {
				return done, errors.Join(err, undo)
			}
			done.New, done.Workspace = false, ""
		}
		return w.failed(done, "", err)
	}
	done.CloneID, done.State, done.Reason = result.Clone.ID, Created, result.Clone.Reason
	if result.Existed && result.Clone.ID != c.CloneID {
		done.State, done.Reason = Skipped, "This client has the template already."
	}
	return done, nil
}

// failed says in a sentence why nothing was made; a database that is away is an
// error, because it is tried again.
func (w *Worker) failed(done Done, before string, err error) (Done, error) {
	if errors.Is(err, engine.ErrUnavailable) {
		return done, err
	}
	var said interface{ Error() string }
	var document *engine.DocumentError
	var state *engine.StateError
	var problem workflow.Problem
	switch {
	case errors.As(err, &document):
		said = document
	case errors.As(err, &state):
		said = state
	case errors.As(err, &problem):
		said = problem
	case errors.Is(err, engine.ErrNotFound):
		done.Reason = "This workspace is not there any more."
		return done, nil
	default:
		w.Log.Error("a template could not be cloned", "workspace", done.Workspace, "error", err)
		done.Reason = before + "the server's log says why."
		return done, nil
	}
	done.Reason = before + said.Error()
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
