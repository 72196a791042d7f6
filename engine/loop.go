package engine

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// maxItems bounds one loop.
const maxItems = 10_000

// loopState is an open loop: its items, and what its items brought so far.
type loopState struct {
	row    *StepResult
	items  []any
	onward bool // a failed item is listed and the next one runs
	// results[i] is the output of item i's last step; failed lists
	// {index, error}.
	results []any
	failed  []any
	// last is the output of the last step done in the current item.
	last any
}

const portContinue = "continue"

// iterate opens a loop. Its items are journaled now and never evaluated again.
func (j *journey) iterate(ctx context.Context, n *workflow.Node, row *StepResult, params map[string]any, d nodes.Iterate) error {
	if len(d.Items) > maxItems {
		return j.failed(ctx, n, row, nodes.Permanent(fmt.Errorf("the list has %d items, a loop takes at most %d", len(d.Items), maxItems)))
	}
	params = maps.Clone(params)
	params["items"] = d.Items
	encoded, err := value.Encode(params)
	if err != nil {
		return j.failed(ctx, n, row, nodes.Permanent(err))
	}
	row.Params, row.Status = encoded, StepRunning
	if d.ContinueOnError {
		row.Port = portContinue
	}
	j.keep(row)
	loop := &loopState{row: row, items: d.Items, onward: d.ContinueOnError, results: []any{}, failed: []any{}}
	j.loops[row.Path] = loop
	if len(d.Items) == 0 || n.Steps == nil || len(n.Steps.Nodes) == 0 {
		return j.closeLoop(ctx, n, loop)
	}
	j.openItem(n, row.Path, 0)
	return nil
}

func (j *journey) openItem(n *workflow.Node, path string, index int) {
	j.forget(n.Steps)
	j.loops[path].last = nil
	j.push(frameOf(path, listSteps, n.Steps, index))
}

// forget removes what an earlier item left in the scope.
func (j *journey) forget(list *workflow.List) {
	if list == nil {
		return
	}
	for _, n := range list.Nodes {
		delete(j.outputs, n.Step.ID)
		j.forget(n.Steps)
		j.forget(n.OnError)
		for _, b := range n.Branches {
			j.forget(b.List)
		}
	}
}

// nextItem ends the current item of the loop on top and opens the next one, or
// closes the loop.
func (j *journey) nextItem(ctx context.Context) error {
	frame := *j.top()
	loop := j.loops[frame.Owner]
	j.pop()
	n := j.node(*j.top())
	if n == nil || loop == nil {
		return j.finish(ctx, Failed, "", &Failure{Code: "step_missing", Step: frame.Owner, Message: "The loop that this run stands in is not in this version of the workflow any more."})
	}
	loop.results = append(loop.results, loop.last)
	if index := frame.Index + 1; index < len(loop.items) {
		j.openItem(n, frame.Owner, index)
		return nil
	}
	return j.closeLoop(ctx, n, loop)
}

func (j *journey) closeLoop(ctx context.Context, n *workflow.Node, loop *loopState) error {
	delete(j.loops, loop.row.Path)
	return j.flowDone(ctx, n, loop.row, map[string]any{"results": loop.results, "failed": loop.failed})
}

// itemOutput notes the output of a step for the innermost open loop.
func (j *journey) itemOutput(out any) {
	if i := j.loopFrame(); i >= 0 {
		if loop := j.loops[j.run.Cursor[i].Owner]; loop != nil {
			loop.last = out
		}
	}
}

// loopFrame is the index of the innermost loop's frame in the cursor, -1
// outside loops.
func (j *journey) loopFrame() int {
	for i, v := range slices.Backward(j.run.Cursor) {
		if v.Index >= 0 {
			return i
		}
	}
	return -1
}

// leaveItem moves the cursor to the end of the innermost loop's current item.
// It reports false outside loops.
func (j *journey) leaveItem() bool {
	i := j.loopFrame()
	if i < 0 {
		return false
	}
	j.run.Cursor = j.run.Cursor[:i+1]
	j.top().Step = ""
	return true
}

// itemFailed lists the current item as failed and goes on with the next one, if
// a loop around says so.
func (j *journey) itemFailed(f *Failure) bool {
	for i, frame := range slices.Backward(j.run.Cursor) {
		if frame.Index < 0 {
			continue
		}
		loop := j.loops[frame.Owner]
		if loop == nil || !loop.onward {
			continue
		}
		j.run.Cursor = j.run.Cursor[:i+1]
		j.top().Step = ""
		loop.last = nil
		loop.failed = append(loop.failed, map[string]any{
			"index": frame.Index, "error": map[string]any{"code": f.Code, "message": f.Message},
		})
		// Kept with the loop's row so that a restart knows it.
		if text, err := value.Encode(map[string]any{"failed": loop.failed}); err == nil {
			loop.row.Output = text
		}
		j.keep(loop.row)
		return true
	}
	return false
}

// loopScope is what mappings see under loop, innermost first.
func (j *journey) loopScope() any {
	var seen any
	for _, f := range j.run.Cursor {
		loop := j.loops[f.Owner]
		if f.Index < 0 || loop == nil || f.Index >= len(loop.items) {
			continue
		}
		seen = map[string]any{
			"item": loop.items[f.Index], "index": f.Index, "first": f.Index == 0,
			"last": f.Index == len(loop.items)-1, "parent": seen,
		}
	}
	return seen
}

// resumeLoop rebuilds an open loop from the journal.
func (j *journey) resumeLoop(ctx context.Context, f Frame, rows []StepResult) error {
	var row *StepResult
	for i := range rows {
		if rows[i].Path == f.Owner {
			row = &rows[i]
		}
	}
	if row == nil {
		return fmt.Errorf("the loop %s is not in the journal", f.Owner)
	}
	plain, err := value.Restore(row.Params)
	if err != nil {
		return err
	}
	params, _ := plain.(map[string]any)
	loop := &loopState{row: row, onward: row.Port == portContinue, results: []any{}, failed: []any{}}
	loop.items, _ = params["items"].([]any)
	if row.Output != nil {
		if out, err := value.Restore(row.Output); err == nil {
			kept, _ := out.(map[string]any)
			if failed, ok := kept["failed"].([]any); ok {
				loop.failed = failed
			}
		}
	}
	inside, err := j.e.store.StepsUnder(ctx, j.run.Workspace, j.run.ID, f.Owner+"[")
	if err != nil {
		return err
	}
	loop.results, loop.last = itemResults(inside, f.Owner, f.Index)
	for _, entry := range loop.failed {
		if i, ok := failedIndex(entry); ok && i < len(loop.results) {
			loop.results[i] = nil
		}
	}
	j.loops[f.Owner] = loop
	return nil
}

func failedIndex(entry any) (int, bool) {
	m, _ := entry.(map[string]any)
	i, ok := m["index"].(int)
	return i, ok
}

// portItemEnd marks the step that ended its item; the item's result is nothing.
const portItemEnd = "item_end"

// itemResults gathers the last outputs of the items before current, and of
// current so far, as done gathered them: the step that was done last counts,
// and a container is done before or after what is inside it as it was then.
func itemResults(rows []StepResult, owner string, current int) ([]any, any) {
	results := make([]any, current)
	var last any
	slices.SortStableFunc(rows, func(a, b StepResult) int { return a.FinishedAt.Compare(b.FinishedAt) })
	for _, row := range rows {
		if row.Status != StepSucceeded {
			continue
		}
		index, err := strconv.Atoi(strings.SplitN(row.Path[len(owner)+1:], "]", 2)[0])
		if err != nil || index > current {
			continue
		}
		var out any
		if row.Output != nil && row.Port != portItemEnd {
			out, _ = value.Restore(row.Output)
		}
		if index == current {
			last = out
		} else {
			results[index] = out
		}
	}
	return results, last
}
