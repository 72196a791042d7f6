package run

import (
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/nodes"
)

// RunView is a run as lists show it.
type RunView struct {
	ID         string          `json:"id" example:"run_01987c2e-7d1a-7c3e-9f00-3f1f0c5d9a10"`
	Kind       string          `json:"kind" enum:"workflow,delivery,activation,step_test"`
	Mode       string          `json:"mode" enum:"live,test,dry,backtest"`
	WorkflowID *string         `json:"workflow_id"`
	Version    *int            `json:"version" doc:"Number of the pinned version; null for a draft"`
	Status     string          `json:"status" enum:"held,queued,running,waiting,succeeded,failed,canceled,parked"`
	EndReason  string          `json:"end_reason" doc:"end, filter, stop, goal or reentry once it succeeded, reply when the contact's reply ended it"`
	TriggerID  string          `json:"trigger_id"`
	RequestID  *string         `json:"request_id"`
	EventID    *string         `json:"event_id"`
	ContactID  *string         `json:"contact_id"`
	ReplayOf   *string         `json:"replay_of"`
	CauseRun   *string         `json:"cause_run" doc:"The run that raised the event that started this one"`
	UntilStep  string          `json:"until_step,omitempty"`
	Error      *engine.Failure `json:"error"`
	DueAt      *time.Time      `json:"due_at" doc:"When a waiting run goes on; null otherwise"`
	CreatedAt  time.Time       `json:"created_at"`
	StartedAt  *time.Time      `json:"started_at"`
	FinishedAt *time.Time      `json:"finished_at"`
	Redacted   bool            `json:"redacted,omitempty" doc:"Whether values were left out, because the caller may not see them"`
}

// runDetail is a run with what happened in it.
type runDetail struct {
	RunView
	Input json.RawMessage `json:"input" doc:"What the trigger gave: the scope trigger of mappings"`
	Steps []stepView      `json:"steps" nullable:"false" doc:"The first 500, as they began"`
	// NextSteps is nil when Steps holds all.
	NextSteps *string `json:"steps_next_cursor" doc:"Cursor of the list of steps that goes on behind these; null when these are all"`
}

// stepView is one row of a run's journal.
type stepView struct {
	StepID     string           `json:"step_id"`
	Type       string           `json:"type"`
	Name       string           `json:"name"`
	Path       string           `json:"path" doc:"Place in the run, such as items[3]/grant"`
	Status     string           `json:"status" enum:"pending,running,waiting,succeeded,skipped,failed,canceled,unknown"`
	Execution  int              `json:"execution" doc:"Grows when a person has the step done again with new values"`
	Attempts   []engine.Attempt `json:"attempts" nullable:"false"`
	Port       string           `json:"port" doc:"The branch that was taken"`
	Input      json.RawMessage  `json:"input" doc:"The settings with every mapping filled in; secrets by reference"`
	Output     json.RawMessage  `json:"output"`
	Missing    []string         `json:"missing" nullable:"false" doc:"Mapped values that were not there"`
	Notes      []string         `json:"notes" nullable:"false"`
	Error      *engine.Failure  `json:"error"`
	Simulated  bool             `json:"simulated" doc:"Whether a dry run only showed what it would do"`
	DueAt      *time.Time       `json:"due_at"`
	StartedAt  *time.Time       `json:"started_at"`
	FinishedAt *time.Time       `json:"finished_at"`
	Redacted   bool             `json:"redacted,omitempty" doc:"Whether values were left out, because the caller may not see them"`
}

func shownRun(r engine.Run) RunView {
	v := RunView{
		ID: r.ID, Kind: string(r.Kind), Mode: string(r.Mode), WorkflowID: rest.Text(r.WorkflowID), Status: string(r.Status),
		EndReason: r.EndReason, TriggerID: r.Trigger, RequestID: rest.Text(r.RequestID), EventID: rest.Text(r.EventID),
		ContactID: rest.Text(r.ContactID), ReplayOf: rest.Text(r.ReplayOf), CauseRun: rest.Text(r.CauseRun), UntilStep: r.UntilStep,
		Error: r.Error, CreatedAt: rest.Stamp(r.CreatedAt), StartedAt: rest.Moment(r.StartedAt), FinishedAt: rest.Moment(r.FinishedAt),
	}
	if r.Version > 0 {
		v.Version = &r.Version
	}
	if r.Status == engine.Waiting {
		v.DueAt = rest.Moment(r.DueAt)
	}
	return v
}

func shownStep(s engine.StepResult) stepView {
	v := stepView{
		StepID: s.StepID, Type: s.Type, Name: s.Name, Path: s.Path, Status: string(s.Status), Execution: max(s.Execution, 1),
		Attempts: rest.OrNone(s.Attempts), Port: s.Port, Input: shownParams(s.Params), Output: rest.PlainJSON(s.Output), Missing: rest.OrNone(s.Missing),
		Notes: rest.OrNone(s.Notes), Error: s.Error, Simulated: s.Simulated, StartedAt: rest.Moment(s.StartedAt), FinishedAt: rest.Moment(s.FinishedAt),
	}
	if s.Status == engine.StepWaiting {
		v.DueAt = rest.Moment(s.DueAt)
	}
	return v
}

// shownParams hides the credentials that somebody wrote as plain headers: the
// step's attempts need them as they are, people who look at the run do not.
func shownParams(raw []byte) json.RawMessage {
	var params map[string]json.RawMessage
	var headers map[string]json.RawMessage
	if json.Unmarshal(raw, &params) != nil || json.Unmarshal(params["headers"], &headers) != nil {
		return rest.PlainJSON(raw)
	}
	hidden := false
	for name := range headers {
		if nodes.SensitiveHeader(name) {
			headers[name], hidden = json.RawMessage(`"`+nodes.Redacted+`"`), true
		}
	}
	if !hidden {
		return rest.PlainJSON(raw)
	}
	shown, err := json.Marshal(headers)
	if err == nil {
		params["headers"] = shown
		shown, err = json.Marshal(params)
	}
	if err != nil {
		return rest.PlainJSON(nil)
	}
	return shown
}
