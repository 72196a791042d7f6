package workflow

import (
	"context"

	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// sees is what the caller may read besides runs.
func sees(ctx context.Context) editor.Sees {
	may := func(s account.Scope) bool { return rest.May(ctx, s) }
	return editor.Sees{Contacts: may(account.ContactsRead), Values: may(account.ValuesRead)}
}

// listSenders is one part: there are few.
func (a *API) listSenders(context.Context, *struct{}) (*rest.Listed[editor.SenderView], error) {
	return &rest.Listed[editor.SenderView]{Body: rest.Page[editor.SenderView]{Items: editor.Senders()}}, nil
}

type previewInput struct {
	rest.ByID
	Body editor.PreviewBody
}

func (a *API) preview(ctx context.Context, in *previewInput) (*rest.One[editor.Preview], error) {
	v, err := a.Editor.Preview(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Body, sees(ctx))
	return &rest.One[editor.Preview]{Body: v}, err
}

// ScopeQuery is exported because huma does not see what is embedded otherwise.
type ScopeQuery struct {
	rest.ByID
	editor.ScopeInput
}

func (a *API) scope(ctx context.Context, in *ScopeQuery) (*rest.One[editor.ScopeView], error) {
	v, err := a.Editor.Scope(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.ScopeInput, sees(ctx))
	return &rest.One[editor.ScopeView]{Body: v}, err
}

type sendSampleInput struct {
	rest.ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    editor.SendBody
}

func (a *API) sendSample(ctx context.Context, in *sendSampleInput) (*rest.One[editor.Sent], error) {
	if in.Body.Start && !rest.May(ctx, account.RunsWrite) {
		return nil, problem.New(problem.CodeForbidden, "Real requests start runs, which this key may not: send a sample, or use a key with runs:write.")
	}
	v, err := a.Editor.Send(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Trigger, in.Body)
	return &rest.One[editor.Sent]{Body: v}, err
}

type pasteSampleInput struct {
	rest.ByID
	Trigger string `path:"trigger" maxLength:"40" doc:"Id of the trigger"`
	Body    editor.PasteBody
}

func (a *API) pasteSample(ctx context.Context, in *pasteSampleInput) (*rest.One[editor.Sent], error) {
	v, err := a.Editor.Paste(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Trigger, in.Body)
	return &rest.One[editor.Sent]{Body: v}, err
}

// SuggestQuery is exported because huma does not see what is embedded otherwise.
type SuggestQuery struct {
	rest.ByID
	editor.SuggestInput
}

func (a *API) suggest(ctx context.Context, in *SuggestQuery) (*rest.One[editor.Suggestions], error) {
	v, err := a.Editor.Suggest(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.SuggestInput)
	return &rest.One[editor.Suggestions]{Body: v}, err
}

type driftInput struct {
	rest.ByID
	Trigger string `query:"trigger" maxLength:"40" doc:"Id of a trigger; the first that is switched on when left out"`
}

func (a *API) drift(ctx context.Context, in *driftInput) (*rest.One[editor.Drift], error) {
	v, err := a.Editor.Drift(ctx, rest.WorkspaceOf(ctx).ID, in.ID, in.Trigger)
	return &rest.One[editor.Drift]{Body: v}, err
}
