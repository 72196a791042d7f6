package nodes

import (
	"context"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// Action may talk to the world. Run is called outside any transaction and may
// be called again after a failure, with the same params and keys.
type Action[P any] struct {
	Meta
	// Repeatable says that doing it twice with the same idempotency key does no
	// harm, so that an unknown outcome is tried again instead of parked.
	Repeatable bool
	Run        func(ctx context.Context, env *Env, p P) (any, error)
}

// Internal changes Hookloom's own data. Run is called inside the transaction
// that records its result; it does no I/O and may be called twice.
type Internal[P any] struct {
	Meta
	// Reaches says that somebody outside gets something of it, as with an e-mail:
	// it keeps to the hours that a workflow may do so in, as actions do.
	Reaches bool
	Run     func(tx Tx, call *Call, p P) (any, error)
}

// Flow decides how the run goes on. Run has no side effects.
type Flow[P any] struct {
	Meta
	// Lists names the step-level lists it owns: "branches" or "steps".
	Lists []string
	// Ends says that it always ends the run, so that what a path through it has
	// not done need not be done: a branch that stops needs no contact.
	Ends bool
	// Responds says that it may answer the caller, see Respond.
	Responds bool
	// Paths are the branches of a type that chooses among them by itself, so that
	// they carry no conditions; the editor begins a step with them. nil is for a
	// type whose branches have conditions, or that has none.
	Paths *Paths
	Run   func(call *Call, p P) (Directive, error)
}

// HTTPTrigger starts a run from an inbound request. Open is called once for
// each published version; its error is a problem of the params.
type HTTPTrigger[P any] struct {
	Meta
	Open func(p P) (Receiver, error)
	// OpenWith is Open for triggers with Remote that need what Enable returned, such
	// as the secret that the service signs with; nil data means that the address is
	// not registered yet. One of the two is set.
	OpenWith func(p P, data map[string]string) (Receiver, error)
	// Remote registers the address with the service; nil leaves that to people.
	Remote *Remote[P]
}

// EventTrigger starts a run from an event of the workspace. Match nil takes
// every event of the type.
type EventTrigger[P any] struct {
	Meta
	Event string
	Match func(p P, e crm.Event) bool
}

// ManualTrigger starts when a person or the API says so.
type ManualTrigger[P any] struct{ Meta }

// Connection declares a stored credential. Secret fields are encrypted.
type Connection[P any] struct {
	Meta
	// Hosts returns the hosts that the credential may be sent to, with "*." for
	// any subdomain; see Credential.Allows. It is required, and a credential
	// without any is sent nowhere.
	Hosts func(p P) []string
	// Test makes a harmless call; nil when the service has none.
	Test func(ctx context.Context, http HTTPClient, p P) error
	// OAuth tells how the tokens are got that the service is called with; nil for
	// types whose fields are the whole credential. See AccessToken.
	OAuth func(p P) OAuth
}

// NodeType is a registered node type with its types erased. Params arrive as
// plain values with mappings resolved, conditions decided and secrets opened
// (see Secret); a *ParamError says which one does not fit.
type NodeType struct {
	Descriptor
	// Check reports what is wrong with params as they stand in a draft.
	Check   func(params map[string]any) []FieldProblem
	Upgrade func(from int, params map[string]any) (map[string]any, error)
	// Expand is Meta.Expand; nil when there is nothing to write out.
	Expand func(params map[string]any) map[string]any
	// Provides reports whether a run has a contact after a step with these
	// params.
	Provides func(params map[string]any) bool
	// First names the type of the step that must come first behind a trigger with
	// these params, see FirstStepper; "" for none.
	First func(params map[string]any) string
	// Gate is Meta.Gate, Responds is Flow.Responds, Reaches is true for actions and
	// as Internal.Reaches says.
	Gate, Responds, Reaches bool
	// Goal tells which event moves a run forward to a step with these params, see
	// GoalSetter; false for every other type.
	Goal func(params map[string]any) (Awaited, bool)

	// Choices lists what can be chosen for a field, see Chooser; nil for a type none of
	// whose fields has choices. params hold what the field's Choices need.
	Choices func(ctx context.Context, env *Env, params map[string]any, field string) ([]Option, error)

	Action   func(ctx context.Context, env *Env, params map[string]any) (any, error)
	Internal func(tx Tx, call *Call, params map[string]any) (any, error)
	Flow     func(call *Call, params map[string]any) (Directive, error)
	Open     func(params map[string]any) (Receiver, error)
	Match    func(params map[string]any, e crm.Event) (bool, error)
	Hosts    func(params map[string]any) ([]string, error)
	Test     func(ctx context.Context, http HTTPClient, params map[string]any) error
	// Account is Test for a service that tells whose credential it is, "" when it
	// does not say; nil for others.
	Account func(ctx context.Context, http HTTPClient, params map[string]any) (string, error)
	// OAuth is Connection.OAuth; nil for types that need no tokens.
	OAuth func(params map[string]any) (OAuth, error)

	// OpenWith is Open with the data of the trigger's registration.
	OpenWith func(params map[string]any, data map[string]string) (Receiver, error)
	// Next is of schedules; Poll, Every and Watching are of polling triggers; Enable
	// and Disable of those that register their address.
	Next     func(params map[string]any, after time.Time) (time.Time, bool, error)
	Poll     func(ctx context.Context, env *Env, params map[string]any, cursor string) (Polled, error)
	Every    func(params map[string]any) time.Duration
	Watching func(params map[string]any) any
	Enable   func(ctx context.Context, env *RemoteEnv, params map[string]any) (Registration, error)
	Disable  func(ctx context.Context, env *RemoteEnv, params map[string]any) error
}

// Definition is one of Action, Internal, Flow, HTTPTrigger, EventTrigger,
// ManualTrigger, ScheduleTrigger, PollTrigger and Connection.
type Definition interface{ nodeType() (*NodeType, error) }

func (a Action[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindAction, a.Meta)
	if err != nil {
		return nil, err
	}
	if a.Run == nil {
		return nil, fmt.Errorf("%s has no Run", a.Type)
	}
	n.Repeatable, n.Reaches = a.Repeatable, true
	n.Action = func(ctx context.Context, env *Env, params map[string]any) (any, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return nil, err
		}
		return a.Run(ctx, env, p)
	}
	return n, nil
}

func (i Internal[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindInternal, i.Meta)
	if err != nil {
		return nil, err
	}
	if i.Run == nil {
		return nil, fmt.Errorf("%s has no Run", i.Type)
	}
	n.Reaches = i.Reaches
	n.Internal = func(tx Tx, call *Call, params map[string]any) (any, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return nil, err
		}
		return i.Run(tx, call, p)
	}
	return n, nil
}

func (f Flow[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindFlow, f.Meta)
	if err != nil {
		return nil, err
	}
	if f.Run == nil {
		return nil, fmt.Errorf("%s has no Run", f.Type)
	}
	n.Lists, n.Ends, n.Responds, n.Paths = f.Lists, f.Ends, f.Responds, f.Paths
	n.Flow = func(call *Call, params map[string]any) (Directive, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return nil, err
		}
		return f.Run(call, p)
	}
	return n, nil
}

func (t HTTPTrigger[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindTrigger, t.Meta)
	if err != nil {
		return nil, err
	}
	if (t.Open == nil) == (t.OpenWith == nil) {
		return nil, fmt.Errorf("%s needs one of Open and OpenWith", t.Type)
	}
	n.Source = SourceHTTP
	n.OpenWith = func(params map[string]any, data map[string]string) (Receiver, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return nil, err
		}
		if t.OpenWith != nil {
			return t.OpenWith(p, data)
		}
		return t.Open(p)
	}
	n.Open = func(params map[string]any) (Receiver, error) { return n.OpenWith(params, nil) }
	if t.Remote != nil {
		return n, t.Remote.into(n, form)
	}
	return n, nil
}

func (t EventTrigger[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindTrigger, t.Meta)
	if err != nil {
		return nil, err
	}
	if t.Event == "" {
		return nil, fmt.Errorf("%s names no event", t.Type)
	}
	n.Source, n.Event = SourceEvent, t.Event
	n.Match = func(params map[string]any, e crm.Event) (bool, error) {
		if t.Match == nil {
			return true, nil
		}
		p, err := bind[P](form, params)
		if err != nil {
			return false, err
		}
		return t.Match(p, e), nil
	}
	return n, nil
}

func (t ManualTrigger[P]) nodeType() (*NodeType, error) {
	n, _, err := describe[P](KindTrigger, t.Meta)
	if err != nil {
		return nil, err
	}
	n.Source = SourceManual
	return n, nil
}

func (c Connection[P]) nodeType() (*NodeType, error) {
	n, form, err := describe[P](KindConnection, c.Meta)
	if err != nil {
		return nil, err
	}
	if c.Hosts == nil {
		return nil, fmt.Errorf("%s names no hosts: its secrets could be sent anywhere", c.Type)
	}
	n.Hosts = func(params map[string]any) ([]string, error) {
		p, err := bind[P](form, params)
		if err != nil {
			return nil, err
		}
		return c.Hosts(p), nil
	}
	if c.Test != nil {
		n.Test = func(ctx context.Context, http HTTPClient, params map[string]any) error {
			p, err := bind[P](form, params)
			if err != nil {
				return err
			}
			return c.Test(ctx, http, p)
		}
	}
	if c.OAuth != nil {
		n.SignsIn = true
		if n.Test == nil {
			// That there is a token that works is the test, see Engine.TestConnection.
			n.Test = func(context.Context, HTTPClient, map[string]any) error { return nil }
		}
		n.OAuth = func(params map[string]any) (OAuth, error) {
			p, err := bind[P](form, params)
			if err != nil {
				return OAuth{}, err
			}
			return c.OAuth(p), nil
		}
	}
	return n, nil
}
