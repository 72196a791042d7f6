package engine

import (
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/value"
)

// runEvent tells hooks that a run has ended. Only live runs of workflows do.
func runEvent(run Run, to RunState) (crm.Event, bool) {
	name := ""
	switch {
	case run.Kind != KindWorkflow || run.Mode != ModeLive:
	case to.Status == Succeeded:
		name = RunSucceeded
	case to.Status == Failed:
		name = RunFailed
	}
	if name == "" {
		return crm.Event{}, false
	}
	text := func(s string) any {
		if s == "" {
			return nil
		}
		return s
	}
	var failure any
	if to.Error != nil {
		failure = map[string]any{"code": to.Error.Code, "message": to.Error.Message, "step": text(to.Error.Step)}
	}
	data := map[string]any{"run": map[string]any{
		"id": run.ID, "workflow_id": text(run.WorkflowID), "version": run.Version, "status": string(to.Status), "end_reason": text(to.EndReason),
		"contact_id": text(run.ContactID), "request_id": text(run.RequestID), "error": failure,
		"started_at": to.StartedAt.UTC().Format(time.RFC3339Nano), "finished_at": to.FinishedAt.UTC().Format(time.RFC3339Nano),
	}}
	return crm.Event{
		Type: name, ContactID: run.ContactID, Data: value.Normalize(data).(map[string]any), CauseRun: run.ID, Depth: run.Depth + 1, OccurredAt: to.FinishedAt,
	}, true
}
