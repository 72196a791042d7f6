package workflow

import (
	"context"
	"time"

	"github.com/hookloom/hookloom/api/rest"
)

// watchView is what a trigger does by itself, as far as people care.
type watchView struct {
	Kind   string     `json:"kind" enum:"schedule,poll,remote" doc:"schedule starts at times, poll asks another service what is new, remote keeps the address registered at a service"`
	Active bool       `json:"active" doc:"Whether the workflow is live and the trigger on"`
	NextAt *time.Time `json:"next_at" doc:"When it acts next; null while there is nothing to do"`
	DoneAt *time.Time `json:"done_at" doc:"When it last started on time, was answered, or was registered; null for never"`
	// Failures counts since DoneAt.
	Failures int    `json:"failures" doc:"Tries that failed since then"`
	Error    string `json:"error" doc:"The last failure in a sentence; empty for none"`
}

// showWatches adds what triggers do by themselves to a shown workflow.
func (a *API) showWatches(ctx context.Context, workspace string, v *workflowView) error {
	watches, err := a.Store.Watches(ctx, workspace, v.ID)
	if err != nil {
		return err
	}
	for _, w := range watches {
		for i := range v.Triggers {
			if t := &v.Triggers[i]; t.ID == w.TriggerID {
				t.Watch = &watchView{w.Kind, w.Active, rest.Moment(w.DueAt), rest.Moment(w.DoneAt), w.Failures, w.Error}
			}
		}
	}
	return nil
}
