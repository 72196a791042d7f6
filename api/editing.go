package api

import (
	"context"

	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
)

func (a *API) newEditor() *editor.Editor {
	return editor.New(editor.Deps{
		Store: a.Store, Engine: a.Engine, Registry: a.Registry, Hooks: a.hooks, Base: a.Brands.Base, Now: a.Now,
	})
}

// sees is what the caller may read besides runs.
func sees(ctx context.Context) editor.Sees {
	may := func(s account.Scope) bool { return callerOf(ctx).Can(s, workspaceOf(ctx).ID) }
	return editor.Sees{Contacts: may(account.ContactsRead), Values: may(account.ValuesRead)}
}

// listSenders is one part: there are few.
func (a *API) listSenders(context.Context, *struct{}) (*listed[editor.SenderView], error) {
	return &listed[editor.SenderView]{Page[editor.SenderView]{Items: editor.Senders()}}, nil
}

type previewInput struct {
	ByID
	Body editor.PreviewBody
}

func (a *API) preview(ctx context.Context, in *previewInput) (*one[editor.Preview], error) {
	v, err := a.editor.Preview(ctx, workspaceOf(ctx).ID, in.ID, in.Body, sees(ctx))
	return &one[editor.Preview]{v}, err
}

// ScopeQuery is exported because huma does not see what is embedded otherwise.
type ScopeQuery struct {
	ByID
	editor.ScopeInput
}

func (a *API) scope(ctx context.Context, in *ScopeQuery) (*one[editor.ScopeView], error) {
	v, err := a.editor.Scope(ctx, workspaceOf(ctx).ID, in.ID, in.ScopeInput, sees(ctx))
	return &one[editor.ScopeView]{v}, err
}

type sendSampleInput struct {
	ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    editor.SendBody
}

func (a *API) sendSample(ctx context.Context, in *sendSampleInput) (*one[editor.Sent], error) {
	if in.Body.Start && !callerOf(ctx).Can(account.RunsWrite, workspaceOf(ctx).ID) {
		return nil, problem.New(problem.CodeForbidden, "Real requests start runs, which this key may not: send a sample, or use a key with runs:write.")
	}
	v, err := a.editor.Send(ctx, workspaceOf(ctx).ID, in.ID, in.Trigger, in.Body)
	return &one[editor.Sent]{v}, err
}

type pasteSampleInput struct {
	ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    editor.PasteBody
}

func (a *API) pasteSample(ctx context.Context, in *pasteSampleInput) (*one[editor.Sent], error) {
	v, err := a.editor.Paste(ctx, workspaceOf(ctx).ID, in.ID, in.Trigger, in.Body)
	return &one[editor.Sent]{v}, err
}

// SuggestQuery is exported because huma does not see what is embedded otherwise.
type SuggestQuery struct {
	ByID
	editor.SuggestInput
}

func (a *API) suggest(ctx context.Context, in *SuggestQuery) (*one[editor.Suggestions], error) {
	v, err := a.editor.Suggest(ctx, workspaceOf(ctx).ID, in.ID, in.SuggestInput)
	return &one[editor.Suggestions]{v}, err
}

type driftInput struct {
	ByID
	Trigger string `query:"trigger" maxLength:"40" doc:"Id of a trigger; the first that is switched on when left out"`
}

func (a *API) drift(ctx context.Context, in *driftInput) (*one[editor.Drift], error) {
	v, err := a.editor.Drift(ctx, workspaceOf(ctx).ID, in.ID, in.Trigger)
	return &one[editor.Drift]{v}, err
}
