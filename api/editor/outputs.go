package editor

import (
	"context"
	"fmt"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/value"
)

// outputs are what the steps before this place last gave: in the run that was
// chosen, else in any run, else as their types' examples show.
func (e *Editor) outputs(ctx context.Context, s *setting, runID string) (map[string]any, error) {
	found := gathered{setting: s, values: map[string]any{}}
	if runID != "" {
		rows, err := e.Store.Steps(ctx, s.workspace, runID)
		if err != nil {
			return nil, err
		}
		if err := found.ofRun(runID, rows); err != nil {
			return nil, err
		}
	}
	last, err := e.Store.SampleOutputs(ctx, s.workspace, s.workflow.ID, found.open())
	if err != nil {
		return nil, err
	}
	for id, o := range last {
		if err := found.keep(id, o.Output, SampleView{Kind: "run", ID: o.Run, At: past(o.At), Simulated: o.Simulated}); err != nil {
			return nil, err
		}
	}
	found.examples()
	return found.values, nil
}

// gathered are the outputs of steps, by id; the first one that is found stays.
type gathered struct {
	*setting
	values map[string]any
}

func (g gathered) keep(id string, text []byte, from SampleView) error {
	if text == nil || g.setting.outputs[id].Kind != "" {
		return nil
	}
	v, err := value.Restore(text)
	if err != nil {
		return fmt.Errorf("the output of step %s: %w", id, err)
	}
	g.values[id], g.setting.outputs[id] = v, from
	return nil
}

func (g gathered) ofRun(id string, rows []engine.StepResult) error {
	for _, r := range rows {
		if r.Status != engine.StepSucceeded {
			continue
		}
		if err := g.keep(r.StepID, r.Output, SampleView{Kind: "run", ID: id, At: past(r.FinishedAt), Simulated: r.Simulated}); err != nil {
			return err
		}
	}
	return nil
}

// open lists the earlier steps of which nothing is known.
func (g gathered) open() []string {
	var open []string
	for _, b := range g.around.Earlier {
		if g.setting.outputs[b.Step.ID].Kind == "" {
			open = append(open, b.Step.ID)
		}
	}
	return open
}

// examples fills what is open from the step types.
func (g gathered) examples() {
	for _, b := range g.around.Earlier {
		id := b.Step.ID
		if g.setting.outputs[id].Kind != "" {
			continue
		}
		g.setting.outputs[id] = SampleView{Kind: "none"}
		if b.Type != nil && len(b.Type.Sample) > 0 {
			g.values[id], g.setting.outputs[id] = value.Clone(value.Normalize(b.Type.Sample)), SampleView{Kind: "example"}
		}
	}
}
