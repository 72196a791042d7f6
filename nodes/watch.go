package nodes

import (
	"context"
	"fmt"
	"time"
)

// The sources of triggers: what starts them.
const (
	SourceHTTP     = "http"
	SourceEvent    = "event"
	SourceManual   = "manual"
	SourceSchedule = "schedule"
	SourcePoll     = "poll"
)

// ScheduleTrigger starts a run at times that its params tell.
type ScheduleTrigger[P any] struct {
	Meta
	// Next returns the first time after the given one, and false when there is none
	// any more. The time given is in the zone of the workflow, else of the
	// workspace. It is called once for each run, must be quick and do no I/O.
	Next func(p P, after time.Time) (time.Time, bool)
}

// PollTrigger asks another service again and again for what is new there, and
// starts one run for each thing that it has not seen before. The first time it
// only remembers what is there, so that publishing starts no flood. A thing and
// its run are stored in one transaction with the cursor: it starts one run,
// whatever dies in between.
type PollTrigger[P any] struct {
	Meta
	// Every is the pause between two looks; nil means DefaultPoll, and less than
	// MinPoll counts as MinPoll. A tenth of it is left to chance, so that
	// workflows do not all ask at once.
	Every func(p P) time.Duration
	// Watching returns what decides which things there are, as a plain value; nil
	// means all params. When it changes, the trigger begins anew: it remembers what
	// is there and starts nothing from it.
	Watching func(p P) any
	// Poll asks once. It is called outside of any transaction and may be called
	// again with the same cursor. A plain error is tried again after a growing
	// pause, RetryAfter says how long, and Permanent is tried again once an hour,
	// because somebody may mend the connection.
	Poll func(ctx context.Context, env *Env, p P, cursor string) (Polled, error)
}

// The pauses of polling.
const (
	DefaultPoll = 5 * time.Minute
	MinPoll     = 30 * time.Second
)

// What one look may bring: more is an error that asks the author to read in
// pages, with More.
const (
	MaxItems  = 1_000
	MaxCursor = 64 << 10
)

// Polled is what a look found.
type Polled struct {
	// Items are in the order in which their runs shall start, oldest first. Those
	// that were seen before may be among them.
	Items []Item
	// Cursor is handed to the next look; "" for a service that needs none.
	Cursor string
	// More asks for the next look at once.
	More bool
}

// Item is one thing of another service.
type Item struct {
	// ID tells it from the others for ever. "" takes a fingerprint of Data, so that
	// a changed thing counts as a new one.
	ID string
	// Data holds the objects that mappings find under trigger, as in {"order": {...}}.
	Data map[string]any
	// At is when it happened; zero means now.
	At time.Time
}

// Remote keeps the address of an HTTP trigger registered with the service that
// calls it: from publishing on until the workflow is paused, deleted, or has the
// trigger no more. Both functions are tried again after a growing pause.
type Remote[P any] struct {
	// Enable registers env.Address, or renews what env.Registered says. It may be
	// called again when its answer was lost: look for the own address first where
	// the service can list them.
	Enable func(ctx context.Context, env *RemoteEnv, p P) (Registration, error)
	// Disable takes back env.Registered, with the params that it was made with.
	// That it is gone already is no error.
	Disable func(ctx context.Context, env *RemoteEnv, p P) error
}

// RemoteEnv is what Enable and Disable work with.
type RemoteEnv struct {
	Env
	// Address is what the service shall call; "" when it ended before its
	// registration is taken back.
	Address string
	// Registered is what Enable returned last, nil when there is nothing yet.
	Registered *Registration
}

// Registration is what the service says of a registered address.
type Registration struct {
	// Data is kept encrypted: the service's id of it, and a secret that it signs
	// with. See HTTPTrigger.OpenWith.
	Data map[string]string `json:"data,omitempty"`
	// Expires is when the service forgets it; Enable is called again before. Zero
	// for never.
	Expires time.Time `json:"expires,omitzero"`
}

func (t ScheduleTrigger[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindTrigger, t.Meta)
	if err != nil {
		return nil, err
	}
	if t.Next == nil {
		return nil, fmt.Errorf("%s has no Next", t.Type)
	}
	n.Source = SourceSchedule
	n.Next = func(params map[string]any, after time.Time) (time.Time, bool, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return time.Time{}, false, err
		}
		next, ok := t.Next(p, after)
		if ok && !next.After(after) {
			return time.Time{}, false, fmt.Errorf("%s: Next gave %s, which is not after %s", t.Type, next, after)
		}
		return next, ok, nil
	}
	return n, nil
}

func (t PollTrigger[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindTrigger, t.Meta)
	if err != nil {
		return nil, err
	}
	if t.Poll == nil {
		return nil, fmt.Errorf("%s has no Poll", t.Type)
	}
	n.Source = SourcePoll
	n.Poll = func(ctx context.Context, env *Env, params map[string]any, cursor string) (Polled, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return Polled{}, err
		}
		return t.Poll(ctx, env, p, cursor)
	}
	n.Every = func(params map[string]any) time.Duration {
		p, err := bind[P](form, params)
		if err != nil || t.Every == nil {
			return DefaultPoll
		}
		return max(t.Every(p), MinPoll)
	}
	n.Watching = func(params map[string]any) any {
		p, err := bind[P](form, params)
		if err != nil || t.Watching == nil {
			return params
		}
		return t.Watching(p)
	}
	return n, nil
}

func (r Remote[P]) into(n *NodeType, form *form) error {
	if r.Enable == nil || r.Disable == nil {
		return fmt.Errorf("%s: Remote needs Enable and Disable", n.Type)
	}
	n.Remote = true
	n.Enable = func(ctx context.Context, env *RemoteEnv, params map[string]any) (Registration, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return Registration{}, err
		}
		return r.Enable(ctx, env, p)
	}
	n.Disable = func(ctx context.Context, env *RemoteEnv, params map[string]any) error {
		p, err := bind[P](form, params)
		if err != nil {
			return err
		}
		return r.Disable(ctx, env, p)
	}
	return nil
}
