package bulk_test

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// refusing answers each start with the error of its contact.
type refusing map[string]error

func (r refusing) StartWorkflow(_ context.Context, _, _ string, o engine.StartOptions) (engine.Run, error) {
	return engine.Run{}, r[o.ContactID]
}

// A start that can never be made must not break the job off: it would be taken up
// and break off again for good, and nobody would be told why.
func TestStartsThatAreRefusedAreToldAndTheJobEnds(t *testing.T) {
	starter := bulk.Starter{Workflows: refusing{
		"con_trigger": &crm.Rejected{Field: "trigger", Code: "not_found", Message: `There is no trigger "nope" in this workflow.`},
		"con_state":   &engine.StateError{Message: "The workflow is paused."},
		"con_gone":    engine.ErrNotFound,
	}, Now: time.Now}
	input, err := json.Marshal(bulk.Start{Workflow: "wf_a", Trigger: "nope", IDs: []string{"con_trigger", "con_state", "con_gone", "con_fine"}})
	if err != nil {
		t.Fatal(err)
	}
	j := engine.Job{ID: "job_a", Workspace: "ws_a", Kind: bulk.StartKind, Input: input}
	if err := starter.Work(t.Context(), &j, func() error { return nil }); err != nil {
		t.Fatal(err)
	}
	var result bulk.StartResult
	if err := json.Unmarshal(j.Result, &result); err != nil {
		t.Fatal(err)
	}
	if j.Status != bulk.Succeeded || j.Done != 1 || j.Failed != 3 || len(result.Errors) != 3 ||
		result.Errors[0] != (bulk.ContactRefusal{ContactID: "con_trigger", Detail: `There is no trigger "nope" in this workflow.`}) {
		t.Errorf("job %+v, result %+v", j, result)
	}
}
