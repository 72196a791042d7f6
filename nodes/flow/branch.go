package flow

import "github.com/hookloom/hookloom/nodes"

func init() {
	nodes.Register(nodes.Flow[BranchParams]{Meta: nodes.Meta{
		Type: "flow.branch", Version: 1, Name: "If / else", Group: group, Icon: "git-branch",
		Summary: "Take the first branch whose condition is met, then go on below.",
		Sample:  map[string]any{"branch": "vip", "name": "VIP"},
	}, Lists: []string{"branches"}, Run: branch})
}

// BranchParams is empty: branches and their conditions belong to the step.
type BranchParams struct{}

func branch(call *nodes.Call, _ BranchParams) (nodes.Directive, error) {
	var fallback *nodes.Branch
	for i := range call.Branches {
		b := &call.Branches[i]
		if b.Fallback {
			fallback = b
			continue
		}
		met, err := b.Met()
		if err != nil {
			return nil, err
		}
		if met {
			return enter(b), nil
		}
	}
	return enter(fallback), nil
}

func enter(b *nodes.Branch) nodes.Enter {
	if b == nil {
		return nodes.Enter{Output: map[string]any{"branch": "", "name": ""}}
	}
	return nodes.Enter{Branch: b.ID, Output: map[string]any{"branch": b.ID, "name": b.Name}}
}
