package api

import (
	"context"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/nodes"
)

// nodeTypeView is a descriptor with what only the server can do with it.
type nodeTypeView struct {
	nodes.Descriptor
	// Testable says that a connection of this type can be tried out.
	Testable bool `json:"testable,omitempty" doc:"Whether a connection of this type can be tested"`
}

// listNodeTypes describes every node type of this build. There are at most some
// hundred, so they come in one part.
func (a *API) listNodeTypes(context.Context, *struct{}) (*listed[nodeTypeView], error) {
	out := &listed[nodeTypeView]{}
	for _, t := range a.Registry.All() {
		out.Body.Items = append(out.Body.Items, nodeTypeView{t.Descriptor, t.Test != nil})
	}
	out.Body.Items = orNone(out.Body.Items)
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
