package contact

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
)

type startForContactsInput struct {
	rest.InWorkspace
	Body struct {
		WorkflowID string         `json:"workflow_id" minLength:"1" maxLength:"60"`
		Trigger    string         `json:"trigger,omitempty" maxLength:"40" doc:"Id of the trigger to start at; the manual one, or else the first, when left out"`
		IDs        []string       `json:"ids,omitempty" maxItems:"10000" doc:"The contacts; or else filter"`
		Filter     *ContactFilter `json:"filter,omitempty" doc:"The contacts that a list with the same filter shows, at most the 10,000 newest"`
	}
}

// ContactFilter narrows contacts as the list does.
type ContactFilter struct {
	Q   string `json:"q,omitempty" maxLength:"200"`
	Tag string `json:"tag,omitempty" maxLength:"200"`
}

// startForContacts starts the live version once for each contact, in the
// background.
func (a *API) startForContacts(ctx context.Context, in *startForContactsInput) (*rest.One[rest.JobStarted], error) {
	ws := rest.WorkspaceOf(ctx).ID
	if (in.Body.Filter == nil) == (len(in.Body.IDs) == 0) {
		return nil, problem.At("/ids", "invalid", "Say which contacts: either by ids or by filter.")
	}
	// How many a filter finds tells who is there.
	if in.Body.Filter != nil && !rest.May(ctx, account.ContactsRead) {
		return nil, problem.New(problem.CodeForbidden, rest.Lacking(account.ContactsRead, true))
	}
	w, err := a.Store.WorkflowInfo(ctx, ws, in.Body.WorkflowID)
	if err != nil {
		return nil, rest.Missing(err, "/workflow_id", "workflow", in.Body.WorkflowID)
	}
	if w.Status != engine.WorkflowLive {
		return nil, problem.New(problem.CodeWrongState, fmt.Sprintf("The workflow is %s: publish or resume it first.", w.Status))
	}
	ids := in.Body.IDs
	if in.Body.Filter != nil {
		if ids, err = a.contactsOf(ctx, *in.Body.Filter); err != nil {
			return nil, err
		}
	}
	ids = rest.Distinct(ids)
	job, err := a.Bulk.AddJob(ctx, engine.Job{Workspace: ws, Kind: bulk.StartKind, Total: len(ids), CreatedBy: rest.CallerOf(ctx).ID()},
		bulk.Start{Workflow: in.Body.WorkflowID, Trigger: in.Body.Trigger, IDs: ids})
	if err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "workflow.started", ObjectKind: "workflow", ObjectID: in.Body.WorkflowID, Detail: map[string]any{"contacts": job.Total}})
	return &rest.One[rest.JobStarted]{Body: rest.JobStarted{JobID: job.ID, Total: job.Total}}, nil
}

// contactsOf collects the contacts of a filter, newest first.
func (a *API) contactsOf(ctx context.Context, f ContactFilter) ([]string, error) {
	ids := []string{}
	p := engine.Page{Limit: engine.MaxPage}
	for {
		rows, err := a.Store.ListContacts(ctx, rest.WorkspaceOf(ctx).ID, engine.ContactFilter{Query: f.Q, Tag: f.Tag}, p)
		if err != nil {
			return nil, err
		}
		for _, c := range rows.Items {
			if ids = append(ids, c.ID); len(ids) == bulk.MaxRuns {
				return ids, nil
			}
		}
		if p.Cursor = rows.Next; p.Cursor == "" {
			return ids, nil
		}
	}
}
