package workflow

import (
	"context"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// nodeTypeView is a descriptor with what only the server can do with it.
type nodeTypeView struct {
	nodes.Descriptor
	// Testable says that a connection of this type can be tried out.
	Testable bool `json:"testable,omitempty" doc:"Whether a connection of this type can be tested"`
}

// NodeTypes is the list of node types with what is wrong with files that declare
// some.
type NodeTypes struct {
	rest.Page[nodeTypeView]
	// Problems is empty when all files of DATA_DIR/nodes are in use.
	Problems []nodes.Notice `json:"problems,omitempty" nullable:"false" doc:"What is wrong with files that declare node types"`
}

type nodeTypesAnswer struct{ Body NodeTypes }

// listNodeTypes describes every node type of this build and of its files. There are
// at most some hundred, so they come in one part.
func (a *API) listNodeTypes(context.Context, *struct{}) (*nodeTypesAnswer, error) {
	out := &nodeTypesAnswer{}
	for _, t := range a.Registry.All() {
		out.Body.Items = append(out.Body.Items, nodeTypeView{t.Descriptor, t.Test != nil || t.Account != nil})
	}
	out.Body.Items, out.Body.Problems = rest.OrNone(out.Body.Items), a.Registry.Notices()
	return out, nil
}

// mappingView is what an editor needs to help people write mappings.
type mappingView struct {
	Roots     []string           `json:"roots" doc:"What a mapping can name first"`
	Functions []mapping.Function `json:"functions"`
	Operators []mapping.Operator `json:"operators" doc:"The comparisons of a condition's rows"`
}

type mappingAnswer struct{ Body mappingView }

// describeMapping lists the language of mappings, from the table that evaluates
// it.
func (a *API) describeMapping(context.Context, *struct{}) (*mappingAnswer, error) {
	return &mappingAnswer{mappingView{Roots: mapping.Roots(), Functions: mapping.Functions(), Operators: mapping.Operators()}}, nil
}
