package template

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/access"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
)

// pushCloneView is what became of one clone.
type pushCloneView struct {
	PushID     string               `json:"push_id"`
	CloneID    string               `json:"clone_id" example:"cln_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Home       string               `json:"home" doc:"Workspace of the template"`
	TemplateID string               `json:"template_id"`
	Workspace  access.MeWorkspace   `json:"workspace"`
	Canary     bool                 `json:"canary" doc:"One of the first clients"`
	State      string               `json:"state" enum:"waiting,updated,kept,conflict,needs_input,rolled_back,edited,failed" doc:"kept: nothing had to be changed; edited: it was to be rolled back and has been changed since"`
	Reason     string               `json:"reason" doc:"What is to be done, in a sentence; empty for nothing"`
	Open       int                  `json:"open" doc:"How many conflicts wait for a choice"`
	Removed    []pushRemovedTrigger `json:"removed" nullable:"false" doc:"Triggers that the version does not have any more: what their addresses receive is kept until somebody confirms"`
	UpdatedAt  time.Time            `json:"updated_at"`
	// What only one clone shows.
	Conflicts []pushConflictView `json:"conflicts,omitempty"`
	Missing   []pushMissingInput `json:"missing,omitempty" doc:"Inputs that the version asks for"`
}

type pushRemovedTrigger struct {
	WorkflowID string `json:"workflow_id"`
	ID         string `json:"id"`
	Name       string `json:"name"`
	Type       string `json:"type"`
	Confirmed  bool   `json:"confirmed"`
}

type pushMissingInput struct {
	Key    string `json:"key"`
	Label  string `json:"label"`
	Detail string `json:"detail" doc:"What is wrong, in a sentence"`
	Kind   string `json:"kind" doc:"What it is, as of the inputs of a template"`
	Auth   string `json:"auth,omitempty" doc:"Of a connection: its type"`
	Host   string `json:"host,omitempty" doc:"Of a connection: the host that it is for"`
}

func shownMissing(plan *rollout.Plan) []pushMissingInput {
	list := []pushMissingInput{}
	for _, w := range plan.Missing {
		in, _ := plan.Asked(w.Key)
		list = append(list, pushMissingInput{w.Key, w.Label, w.Detail, in.Kind, in.Auth, in.Host})
	}
	return list
}

// pushConflictView is a conflict in words.
type pushConflictView struct {
	WorkflowID string          `json:"workflow_id"`
	Workflow   string          `json:"workflow"`
	Draft      bool            `json:"draft" doc:"Only the draft has it"`
	Key        string          `json:"key"`
	Kind       string          `json:"kind" enum:"both_changed,both_moved,both_added,ours_removed,theirs_removed" doc:"ours is the client, theirs the template"`
	What       string          `json:"what" enum:"settings,trigger,step,branch"`
	Name       string          `json:"name" doc:"What people call the step"`
	Type       string          `json:"type"`
	Field      string          `json:"field" doc:"Pointer inside the step; empty for the whole of it"`
	Label      string          `json:"label" doc:"What people call the field"`
	Seen       string          `json:"seen" doc:"Stands for the two values: send it back with a choice, which then holds for them alone"`
	Base       json.RawMessage `json:"base" doc:"What both began with"`
	Ours       json.RawMessage `json:"ours" doc:"The client's; null for removed"`
	Theirs     json.RawMessage `json:"theirs" doc:"The template's; null for removed"`
}

func (a *API) shownPushClones(ctx context.Context, clones []engine.PushClone) ([]pushCloneView, error) {
	views := []pushCloneView{}
	names := map[string]access.MeWorkspace{}
	for _, c := range clones {
		if !rest.CallerOf(ctx).Can(account.WorkflowsRead, c.Workspace) {
			continue
		}
		ws, err := a.workspaceNamed(ctx, names, c.Workspace)
		if err != nil {
			return nil, err
		}
		v := pushCloneView{
			PushID: c.PushID, CloneID: c.CloneID, Home: c.Home, TemplateID: c.TemplateID, Workspace: ws, Canary: c.Canary,
			State: string(c.State), Reason: c.Reason, Open: c.Open, Removed: []pushRemovedTrigger{}, UpdatedAt: rest.Stamp(c.UpdatedAt),
		}
		for _, t := range c.Removed {
			name := cmp.Or(t.Name, a.typeName(t.Type))
			v.Removed = append(v.Removed, pushRemovedTrigger{t.WorkflowID, t.ID, name, t.Type, t.Confirmed})
		}
		views = append(views, v)
	}
	return views, nil
}

// workspaceNamed reads a workspace's name once.
func (a *API) workspaceNamed(ctx context.Context, known map[string]access.MeWorkspace, id string) (access.MeWorkspace, error) {
	if ws, ok := known[id]; ok {
		return ws, nil
	}
	ws, err := a.Store.Workspace(ctx, id)
	known[id] = access.MeWorkspace{ID: ws.ID, Slug: ws.Slug, Name: ws.Name}
	return known[id], err
}

// PushCloneByID is the input of a route of one clone of a push. Embed it.
type PushCloneByID struct {
	rest.ByID
	Clone string `path:"clone" maxLength:"60" doc:"Id of the clone"`
}

// pushCloneOf finds a clone of a push from the template's home or from the
// client's workspace, with the right in the client's.
func (a *API) pushCloneOf(ctx context.Context, in PushCloneByID, scope account.Scope) (engine.Push, engine.PushClone, error) {
	c, err := a.Store.FindPushClone(ctx, in.ID, in.Clone)
	if err != nil {
		return engine.Push{}, c, err
	}
	here := rest.WorkspaceOf(ctx).ID
	may := rest.CallerOf(ctx).Can(scope, c.Workspace) && rest.CallerOf(ctx).Can(account.PayloadsRead, c.Workspace)
	if here != c.Home && here != c.Workspace || !may {
		return engine.Push{}, c, engine.ErrNotFound
	}
	push, err := a.Store.Push(ctx, c.Home, c.PushID)
	return push, c, err
}

func (a *API) getPushClone(ctx context.Context, in *PushCloneByID) (*rest.One[pushCloneView], error) {
	push, c, err := a.pushCloneOf(ctx, *in, account.WorkflowsRead)
	if err != nil {
		return nil, err
	}
	return a.wholePushClone(ctx, push, c)
}

// wholePushClone shows a clone with what a person has to decide on.
func (a *API) wholePushClone(ctx context.Context, push engine.Push, c engine.PushClone) (*rest.One[pushCloneView], error) {
	views, err := a.shownPushClones(ctx, []engine.PushClone{c})
	if err != nil || len(views) == 0 {
		return nil, err
	}
	v := views[0]
	for _, conflict := range c.Conflicts {
		shown, err := a.shownConflict(conflict)
		if err != nil {
			return nil, err
		}
		v.Conflicts = append(v.Conflicts, shown)
	}
	if c.State != engine.PushNeedsInput {
		return &rest.One[pushCloneView]{Body: v}, nil
	}
	plan, err := a.Pusher.Preview(ctx, push.Version, c)
	if err != nil {
		return nil, err
	}
	v.Missing = shownMissing(plan)
	return &rest.One[pushCloneView]{Body: v}, nil
}

func (a *API) shownConflict(c engine.WorkflowConflict) (pushConflictView, error) {
	v := pushConflictView{
		WorkflowID: c.WorkflowID, Workflow: c.Workflow, Draft: c.Draft, Key: c.Key, Kind: string(c.Kind), What: c.What, Name: c.Name,
		Type: c.Type, Field: c.Field, Label: a.fieldLabel(c.Conflict), Seen: c.Between,
	}
	for i, one := range []any{c.Base, c.Ours, c.Theirs} {
		text, err := value.Encode(one)
		if err != nil {
			return v, err
		}
		*[]*json.RawMessage{&v.Base, &v.Ours, &v.Theirs}[i] = text
	}
	return v, nil
}

// fieldLabels are what people call what every step has.
var fieldLabels = map[string]string{
	"name": "Name", "note": "Note", "disabled": "Skip this step", "retry": "Try again", "on_error": "If it fails", "type": "Kind of step",
	"repeatable": "Send again when unsure", "when": "Condition", "contact": "Contact", "timezone": "Time zone", "reentry": "Who may come in again",
	"stop_on_reply": "Stop on reply", "window": "Hours",
}

// fieldLabel is the field of a conflict as its form calls it.
func (a *API) fieldLabel(c workflow.Conflict) string {
	tokens := strings.Split(strings.TrimPrefix(c.Field, "/"), "/")
	if c.Field == "" {
		if c.Kind == workflow.BothMoved {
			return "Place"
		}
		return ""
	}
	if tokens[0] != "params" || len(tokens) < 2 {
		if label, ok := fieldLabels[tokens[0]]; ok {
			return label
		}
		return tokens[0]
	}
	label := tokens[1]
	if known := a.Registry.Lookup(c.Type); known != nil {
		for i := range known.Fields {
			if known.Fields[i].Key == tokens[1] && known.Fields[i].Label != "" {
				label = known.Fields[i].Label
			}
		}
	}
	if more := strings.Join(tokens[2:], " / "); more != "" {
		label += " / " + strings.NewReplacer("~1", "/", "~0", "~").Replace(more)
	}
	return label
}

type pushAnswerInput struct {
	PushCloneByID
	Body struct {
		Choices []pushChoiceInput          `json:"choices,omitempty" maxItems:"2000"`
		Inputs  map[string]json.RawMessage `json:"inputs,omitempty" doc:"By the keys of the version's inputs: texts, or true and false"`
	}
}

type pushChoiceInput struct {
	WorkflowID string `json:"workflow_id"`
	Key        string `json:"key" maxLength:"500" doc:"Of the conflict"`
	Take       string `json:"take" enum:"ours,theirs" doc:"ours is the client's value, theirs the template's"`
	Seen       string `json:"seen,omitempty" maxLength:"100" doc:"Of the conflict as it was shown; the one that waits now when left out"`
}

// answerPushClone notes what a person decided, and tries the clone again. It also
// tries one again for which nothing is to be said.
func (a *API) answerPushClone(ctx context.Context, in *pushAnswerInput) (*rest.One[pushCloneView], error) {
	push, c, err := a.pushCloneOf(ctx, in.PushCloneByID, account.WorkflowsPublish)
	if err != nil {
		return nil, err
	}
	clone, err := a.Store.Clone(ctx, c.Workspace, c.CloneID)
	if err != nil {
		return nil, err
	}
	if err := a.mayBring(ctx, []engine.Clone{clone}, push.Version); err != nil {
		return nil, err
	}
	answer := rollout.Answer{Inputs: map[string]any{}}
	for _, choice := range in.Body.Choices {
		if waits, ok := c.Conflict(choice.WorkflowID, choice.Key); ok && choice.Seen == "" {
			choice.Seen = waits.Between
		}
		answer.Choices = withChoice(answer.Choices, choice)
	}
	for key, text := range in.Body.Inputs {
		if answer.Inputs[key], err = value.Decode(text); err != nil {
			return nil, problem.At("/inputs/"+key, "invalid", "The value cannot be read: "+err.Error()+".")
		}
	}
	if c, err = a.Pusher.Answer(ctx, push, c.Workspace, c.CloneID, answer); err != nil {
		return nil, err
	}
	a.auditPush(ctx, "push.answered", push, map[string]any{"clone": c.CloneID, "client": c.Workspace, "state": string(c.State)})
	return a.wholePushClone(ctx, push, c)
}

func withChoice(list []engine.WorkflowChoices, c pushChoiceInput) []engine.WorkflowChoices {
	at := slices.IndexFunc(list, func(have engine.WorkflowChoices) bool { return have.WorkflowID == c.WorkflowID })
	if at < 0 {
		list = append(list, engine.WorkflowChoices{WorkflowID: c.WorkflowID, Choices: workflow.Choices{}})
		at = len(list) - 1
	}
	list[at].Choices[c.Key] = workflow.Choice{Take: workflow.Side(c.Take), Seen: c.Seen}
	return list
}

type pushRollBackInput struct {
	PushCloneByID
	Body struct {
		Force bool `json:"force,omitempty" doc:"Also when somebody has changed the workflow since, which is lost"`
	}
}

func (a *API) rollBackPushClone(ctx context.Context, in *pushRollBackInput) (*rest.One[pushCloneView], error) {
	push, c, err := a.pushCloneOf(ctx, in.PushCloneByID, account.WorkflowsPublish)
	if err != nil {
		return nil, err
	}
	if err := a.Pusher.RollBack(ctx, push, c.Workspace, c.CloneID, in.Body.Force, rest.CallerOf(ctx).ID()); err != nil {
		return nil, err
	}
	a.auditPush(ctx, "push.clone_rolled_back", push, map[string]any{"clone": c.CloneID, "client": c.Workspace})
	if c, err = a.Store.PushClone(ctx, c.Workspace, c.PushID, c.CloneID); err != nil {
		return nil, err
	}
	return a.wholePushClone(ctx, push, c)
}

type pushConfirmInput struct {
	PushCloneByID
	Body struct {
		WorkflowID string `json:"workflow_id"`
		TriggerID  string `json:"trigger_id"`
	}
}

type pushConfirmedView struct {
	Dropped int `json:"dropped" doc:"How many kept requests were given up"`
}

// confirmTrigger ends the address of a trigger that a push removed.
func (a *API) confirmTrigger(ctx context.Context, in *pushConfirmInput) (*rest.One[pushConfirmedView], error) {
	push, c, err := a.pushCloneOf(ctx, in.PushCloneByID, account.WorkflowsPublish)
	if err != nil {
		return nil, err
	}
	n, err := a.Pusher.Confirm(ctx, push, c.Workspace, c.CloneID, in.Body.WorkflowID, in.Body.TriggerID)
	if err != nil {
		return nil, err
	}
	told := map[string]any{"clone": c.CloneID, "trigger": in.Body.TriggerID, "dropped": n}
	a.auditPush(ctx, "push.trigger_removed", push, told)
	if rest.WorkspaceOf(ctx).ID != c.Workspace {
		a.Audit(ctx, engine.AuditEntry{Workspace: c.Workspace, Action: "push.trigger_removed", ObjectKind: "push", ObjectID: push.ID, Detail: told})
	}
	return &rest.One[pushConfirmedView]{Body: pushConfirmedView{n}}, nil
}
