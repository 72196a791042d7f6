package access

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// mayChange refuses features and limits to those who have rights in the workspace
// alone: what a client pays for is not the client's to change. Values that stay as
// they are may be sent back.
func mayChange(ctx context.Context, was, is crm.Workspace) error {
	if rest.RunsAgency(ctx) {
		return nil
	}
	for name, same := range map[string]bool{"features": maps.Equal(was.Features, is.Features), "limits": maps.Equal(was.Limits, is.Limits)} {
		if !same {
			return problem.New(problem.CodeForbidden, "Only the people who run this installation change the "+name+" of a workspace.")
		}
	}
	return nil
}

// checkLimits refuses limits that nothing would keep to.
func checkLimits(w *crm.Workspace) (items []problem.Item) {
	for _, name := range slices.Sorted(maps.Keys(w.Limits)) {
		switch {
		case w.Limits[name] < 0:
			items = append(items, problem.Item{Pointer: problem.PointerTo("limits." + name), Code: "too_small", Detail: "A limit is 1 or more; 0 takes it away."})
		case !slices.Contains(engine.Limits, name):
			items = append(items, problem.Item{Pointer: problem.PointerTo("limits." + name), Code: "unknown", Detail: "There is no such limit. There are " + strings.Join(engine.Limits, ", ") + "."})
		}
	}
	return items
}
