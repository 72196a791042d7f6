package editor

import (
	"encoding/json"
	"time"
)

// Choice says which sample to look at. Everything may be left out: then it is
// the newest there is of the first trigger that is switched on.
type Choice struct {
	Trigger   string `query:"trigger" json:"trigger,omitempty" maxLength:"40" doc:"Id of a trigger of the draft; that of the request or run, or else the first that is switched on, when left out"`
	RequestID string `query:"request_id" json:"request_id,omitempty" maxLength:"60" doc:"A stored request to look at"`
	RunID     string `query:"run_id" json:"run_id,omitempty" maxLength:"60" doc:"A run of this workflow to look at; its steps' outputs count first"`
	ContactID string `query:"contact_id" json:"contact_id,omitempty" maxLength:"60" doc:"The contact to look at; that of the run, or else the newest one, when left out"`
}

// SampleView tells where values come from.
type SampleView struct {
	Kind string `json:"kind" enum:"request,run,payload,example,none" doc:"example is made up by the node type; none means that there is nothing yet"`
	ID   string `json:"id,omitempty" doc:"Of the request or run"`
	// At is nil for what has no time.
	At        *time.Time `json:"at,omitempty"`
	Simulated bool       `json:"simulated,omitempty" doc:"A preview made it: nothing was really done"`
}

// PreviewContact tells whose values stand for the run's contact.
type PreviewContact struct {
	Kind  string `json:"kind" enum:"chosen,run,newest,none"`
	ID    string `json:"id,omitempty"`
	Name  string `json:"name,omitempty"`
	Email string `json:"email,omitempty"`
}

// PayloadChoice is a Choice that may bring its own data.
type PayloadChoice struct {
	Choice
	Payload json.RawMessage `json:"payload,omitempty" doc:"Becomes trigger.body, in the place of request_id and run_id"`
}
