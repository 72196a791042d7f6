package flow

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.Flow[SplitParams]{Meta: nodes.Meta{
		Type: "flow.split", Version: 1, Name: "Random split", Group: group, Icon: "arrows-shuffle",
		Summary: "Send each run down one of several paths by chance, to compare them.",
		Sample:  map[string]any{"branch": "a", "name": "Path A"},
	}, Lists: []string{"branches"}, Run: split, Paths: &nodes.Paths{Start: []nodes.Path{
		{ID: "a", Name: "Path A"}, {ID: "b", Name: "Path B"},
	}}})
}

// SplitParams say how large each path's share is.
type SplitParams struct {
	Shares map[string]any `json:"shares" label:"Shares" help:"The name or id of a path, and its share: 70 and 30. Paths that are not named get none; leave all out for equal shares." no_map:"true"`
}

// maxShare bounds one share, so that no sum overflows.
const maxShare = 1_000_000

// Validate wants shares that are numbers.
func (p SplitParams) Validate() []nodes.FieldProblem {
	var list []nodes.FieldProblem
	for _, name := range slices.Sorted(maps.Keys(p.Shares)) {
		if _, ok := shareOf(p.Shares[name]); !ok {
			pointer := value.Under("/shares", name)
			list = append(list, nodes.FieldProblem{Pointer: pointer, Code: "invalid", Message: fmt.Sprintf("The share of %.80q must be a whole number from 0 to %d.", name, maxShare)})
		}
	}
	return list
}

// split draws by the run and the step, so that a retry takes the same path, and
// two splits of one run are drawn apart.
func split(call *nodes.Call, p SplitParams) (nodes.Directive, error) {
	shares := make([]uint64, len(call.Branches))
	var total uint64
	for i, b := range call.Branches {
		shares[i] = p.share(b)
		total += shares[i]
	}
	if total == 0 {
		return nil, nodes.Permanent(errors.New("no path of the split has a share: give one of them more than 0, by its name or id"))
	}
	sum := sha256.Sum256([]byte(call.RunID + "\x00" + call.Path))
	drawn := binary.BigEndian.Uint64(sum[:8]) % total
	for i := range call.Branches {
		if drawn < shares[i] {
			return enter(&call.Branches[i]), nil
		}
		drawn -= shares[i]
	}
	return enter(nil), nil
}

// share is what a branch was given by its id or its name. One that was given
// nothing has 1 when no branch was, and none beside others.
func (p SplitParams) share(b nodes.Branch) uint64 {
	for name, v := range p.Shares {
		if name == b.ID || strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(b.Name)) {
			n, _ := shareOf(v)
			return n
		}
	}
	if len(p.Shares) == 0 {
		return 1
	}
	return 0
}

func shareOf(v any) (uint64, bool) {
	var text string
	switch x := v.(type) {
	case nil:
		return 0, true
	case int:
		return uint64(max(x, 0)), x >= 0 && x <= maxShare
	case string:
		text = strings.TrimSuffix(strings.TrimSpace(x), "%")
	default:
		return 0, false
	}
	n := uint64(0)
	for _, c := range strings.TrimSpace(text) {
		if c < '0' || c > '9' || n > maxShare {
			return 0, false
		}
		n = 10*n + uint64(c-'0')
	}
	return n, n <= maxShare
}
