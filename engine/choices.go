package engine

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// The memory of choices: how long they are kept, and of how many questions.
const (
	choicesKept = time.Minute
	choicesMost = 64
)

// ChoicesQuery asks what can be chosen for a field of a node type.
type ChoicesQuery struct {
	Connection Connection
	// Type has Choices, and Field is one of its fields with them.
	Type  *nodes.NodeType
	Field nodes.Field
	// Params are those of the step; no others than the field's Choices need are used,
	// so none of its secrets.
	Params map[string]any
	// Fresh asks the service although what it said within the last minute is known.
	Fresh bool
}

// Choices is what a service has to choose from.
type Choices struct {
	Options []nodes.Option
	// More says that there are others: nodes.MaxChoices are kept.
	More bool
}

// choicesKnown keeps answers for a minute: a form asks for the same list each time
// that it is opened.
type choicesKnown struct {
	cache *lru.Cache[[sha256.Size]byte, keptChoices]
	now   func() time.Time
}

type keptChoices struct {
	Choices
	until time.Time
}

func newChoicesKnown(now func() time.Time) *choicesKnown {
	cache, err := lru.New[[sha256.Size]byte, keptChoices](choicesMost)
	if err != nil {
		panic(err)
	}
	return &choicesKnown{cache, now}
}

// Choices asks the service of a connection what can be chosen. The error is what the
// service or the type's code said, without the credential, or ErrUnavailable.
func (e *Engine) Choices(ctx context.Context, workspace string, q ChoicesQuery) (Choices, error) {
	needed := map[string]any{}
	for _, key := range q.Field.Choices.Needs {
		if v, ok := q.Params[key]; ok {
			needed[key] = v
		}
	}
	key, err := choicesKey(workspace, q, needed, e.registry.Generation())
	if err != nil {
		return Choices{}, err
	}
	if known, ok := e.choices.cache.Get(key); ok && !q.Fresh && e.choices.now().Before(known.until) {
		return known.Choices, nil
	}
	ws, zone, err := e.workspaces.get(ctx, workspace)
	if err != nil {
		return Choices{}, err
	}
	out := e.outlet(workspace)
	env := &nodes.Env{
		Call: nodes.Call{Workspace: ws, Now: e.now(), Zone: zone}, HTTP: out,
		Log: e.log.With("connection", q.Connection.ID, "type", q.Type.Type), Attempt: 1,
	}
	if env.Connection, err = e.openConnection(ctx, workspace, q.Connection, out, false); err != nil {
		return Choices{}, err
	}
	options, err := choose(ctx, q.Type, env, needed, q.Field.Key)
	if err != nil {
		return Choices{}, err
	}
	found := Choices{Options: distinct(options), More: slices.Contains(options, nodes.MoreChoices)}
	if len(found.Options) > nodes.MaxChoices {
		found.Options, found.More = slices.Clone(found.Options[:nodes.MaxChoices]), true
	}
	e.choices.cache.Add(key, keptChoices{found, e.choices.now().Add(choicesKept)})
	return found, nil
}

// choicesKey tells questions apart. The connection counts with its params; a sign-in
// with another account behind the same ones shows after choicesKept, or when asked for
// afresh.
func choicesKey(workspace string, q ChoicesQuery, needed map[string]any, generation int) ([sha256.Size]byte, error) {
	given, err := value.Encode(value.Normalize(value.Clone(needed)))
	if err != nil {
		return [sha256.Size]byte{}, err
	}
	account, err := json.Marshal(q.Connection.Params)
	if err != nil {
		return [sha256.Size]byte{}, err
	}
	return sha256.Sum256(fmt.Appendf(nil, "%q %q %q %q %d %q %q", workspace, q.Connection.ID, q.Type.Type, q.Field.Key, generation, given, account)), nil
}

// choose turns a panic of the type's code into an error.
func choose(ctx context.Context, t *nodes.NodeType, env *nodes.Env, params map[string]any, field string) (options []nodes.Option, err error) {
	defer recovered(&err)
	return t.Choices(ctx, env, params, field)
}

// distinct leaves out what has no value, and what has the value of an earlier one.
func distinct(options []nodes.Option) []nodes.Option {
	seen := make(map[string]bool, len(options))
	out := make([]nodes.Option, 0, len(options))
	for _, o := range options {
		if o.Value == "" || seen[o.Value] {
			continue
		}
		seen[o.Value] = true
		if o.Label == "" {
			o.Label = o.Value
		}
		out = append(out, o)
	}
	return out
}
