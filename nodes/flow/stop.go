package flow

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Flow[StopParams]{Meta: nodes.Meta{
		Type: "flow.stop", Version: 1, Name: "End the run", Group: group, Icon: "player-stop",
		Summary: "End the run here, as done or as failed.",
		Card:    "{outcome} {message}",
		Sample:  map[string]any{"outcome": "succeeded", "message": "Already a customer"},
	}, Ends: true, Run: stop})
}

// StopParams say how the run ends.
type StopParams struct {
	Outcome string `json:"outcome" label:"The run" options:"succeeded=Is done,failed=Has failed" default:"succeeded" no_map:"true"`
	Message string `json:"message" label:"Why" max:"1000" example:"Already a customer" help:"Shown with the run."`
}

func stop(_ *nodes.Call, p StopParams) (nodes.Directive, error) {
	return nodes.Stop{
		Failed: p.Outcome == "failed", Message: p.Message, Reason: nodes.EndStop,
		Output: map[string]any{"outcome": p.Outcome, "message": p.Message},
	}, nil
}
