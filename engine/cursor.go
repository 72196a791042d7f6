package engine

import (
	"strconv"

	"github.com/hookloom/hookloom/engine/workflow"
)

// The names of a step's own lists; a branch's list has the branch's id.
const (
	listSteps = "steps"
	listError = "error"
)

func rootFrame(root *workflow.List) Frame { return frameOf("", listSteps, root, -1) }

// frameOf stands at the first step of a list.
func frameOf(owner, id string, list *workflow.List, index int) Frame {
	f := Frame{Owner: owner, List: id, Index: index}
	if list != nil && len(list.Nodes) > 0 {
		f.Step = list.Nodes[0].Step.ID
	}
	return f
}

func (j *journey) top() *Frame { return &j.run.Cursor[len(j.run.Cursor)-1] }

func (j *journey) push(f Frame) { j.run.Cursor = append(j.run.Cursor, f) }

func (j *journey) pop() { j.run.Cursor = j.run.Cursor[:len(j.run.Cursor)-1] }

// prefix is what the paths of a frame's steps begin with.
func (f Frame) prefix() string {
	switch {
	case f.Owner == "":
		return ""
	case f.List == listError:
		return f.Owner + "!error/"
	case f.Index >= 0:
		return f.Owner + "[" + strconv.Itoa(f.Index) + "]/"
	}
	return f.Owner + "/" + f.List + "/"
}

// path is the place of a step of the top frame's list; "" for no step.
func (j *journey) path(stepID string) string {
	if stepID == "" {
		return ""
	}
	return j.top().prefix() + stepID
}

// list finds the list that a frame walks, nil when this definition has none.
func (j *journey) list(f Frame) *workflow.List {
	if f.Owner == "" {
		return j.prog.Root
	}
	owner := j.prog.Node(stepOf(f.Owner))
	if owner == nil {
		return nil
	}
	return listOf(owner, f.List)
}

func listOf(owner *workflow.Node, id string) *workflow.List {
	switch id {
	case listError:
		return owner.OnError
	case listSteps:
		return owner.Steps
	}
	for _, b := range owner.Branches {
		if b.ID == id {
			return b.List
		}
	}
	return nil
}

// next moves the top frame past a step.
func (j *journey) next(n *workflow.Node) { j.top().Step = after(n) }

// after is the id of the step that follows in the same list, "" at its end.
func after(n *workflow.Node) string {
	if i := n.List.Index(n.Step.ID) + 1; i > 0 && i < len(n.List.Nodes) {
		return n.List.Nodes[i].Step.ID
	}
	return ""
}

// visiblePath is where a step's result stands as seen from the cursor: in a
// list that is open, or in a container that was passed. What happened inside a
// loop that is over cannot be seen, and gives "".
func (j *journey) visiblePath(n *workflow.Node) string {
	owner := ""
	if n.List.Owner != nil {
		owner = n.List.Owner.Step.ID
	}
	for _, f := range j.run.Cursor {
		if f.List == n.List.ID && stepOf(f.Owner) == owner {
			return f.prefix() + n.Step.ID
		}
	}
	if n.List.Owner == nil || n.List.ID == listSteps {
		return ""
	}
	above := j.visiblePath(n.List.Owner)
	if above == "" {
		return ""
	}
	return Frame{Owner: above, List: n.List.ID, Index: -1}.prefix() + n.Step.ID
}
