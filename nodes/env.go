package nodes

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// Call is what every node is told of its surroundings.
type Call struct {
	Workspace crm.Workspace
	RunID     string
	StepID    string
	// Path is the step's place in the run: "tier/vip/access", "items[3]/grant".
	Path string
	// Now is the time of the attempt.
	Now time.Time
	// Zone is the workflow's time zone, else the workspace's.
	Zone *time.Location
	// Contact is the run's contact, nil when it has none. Set it through
	// SetContact.
	Contact *crm.Contact
	// Trigger is the trigger scope as mappings see it, nil when there is none;
	// read only.
	Trigger map[string]any
	// Branches are the step's own branches, for flow nodes.
	Branches []Branch
	// Test is true in test and dry runs.
	Test bool
	// Effect names this execution of the step for ever: it is the same over all
	// attempts, and over a replay that repeats it.
	Effect string

	warnings []string
}

// Branch is one branch of a step. Met decides its condition when asked, so that
// a broken condition after the branch that is taken does no harm; a branch
// without a condition is always met.
type Branch struct {
	ID   string
	Name string
	// Fallback says that the branch has no condition: it is taken when no other
	// one is, wherever it stands.
	Fallback bool
	Met      func() (bool, error)
}

// SetContact makes c the run's contact for the steps that follow.
func (c *Call) SetContact(contact crm.Contact) { c.Contact = &contact }

// NeedContact returns a copy of the run's contact, or a permanent error that says
// why a step which needs one can't do anything.
func (c *Call) NeedContact() (crm.Contact, error) {
	if c.Contact == nil {
		return crm.Contact{}, Permanent(errNoContact)
	}
	return *c.Contact, nil
}

var errNoContact = errors.New("this run has no contact: it was erased, or no step before this one found or created it")

// Warn adds a sentence to the step's notes.
func (c *Call) Warn(note string) { c.warnings = append(c.warnings, note) }

// Warnings returns what Warn collected.
func (c *Call) Warnings() []string { return c.warnings }

// Tx is one transaction over the workspace's data, for Internal nodes.
type Tx = crm.Tx

// Env is what an Action works with. It is a struct so that a new facility
// breaks no node.
type Env struct {
	Call
	HTTP HTTPClient
	Log  *slog.Logger
	// IdempotencyKey stays the same over all attempts of one execution of a
	// step, and over a replay that repeats it.
	IdempotencyKey string
	// MessageID is the webhook-id of the Standard Webhooks specification; it
	// stays the same over all attempts of one execution.
	MessageID string
	// Attempt counts from 1.
	Attempt int
	// Connection is the step's stored credential, nil when it names none.
	Connection *Credential
	// Request reads the request that started the run, with the exact bytes of its
	// body. The error is ErrNoRequest when something else started it, and when the
	// request was deleted meanwhile.
	Request func(ctx context.Context) (RawRequest, error)
	// Once reports whether this run is the first of its workflow to name a key, and
	// remembers that for 30 days. The same run may ask again, and so may whoever
	// replays it. nil, or true, where nothing is remembered, as in a test.
	Once func(ctx context.Context, key string) (bool, error)
}

// End is what an Action returns to end the run as a filter does: the step
// succeeded, and there is nothing more to do.
type End struct {
	Output any
	// Note says why.
	Note string
}

// ErrNoRequest says that no stored request started a run.
var ErrNoRequest = errors.New("no stored request started this run")

// Credential is an opened connection.
type Credential struct {
	ID   string
	Type string
	// Fields holds the declared fields as texts. Secrets are plain text here:
	// send them only to a host that Allows accepts, and never return them.
	Fields map[string]string
	// Hosts are the hosts that the credential may be sent to, as the
	// connection type declares them; nil allows none.
	Hosts []string
}

// Allows reports whether the credential may be sent to a host, given as in a
// URL, with or without a port. "*.example.com" stands for every subdomain but
// not for example.com itself; an entry with a port wants that port.
func (c *Credential) Allows(host string) bool {
	return slices.ContainsFunc(c.Hosts, func(pattern string) bool { return hostMatches(pattern, host) })
}

func hostMatches(pattern, host string) bool {
	pattern, host = strings.ToLower(strings.TrimSpace(pattern)), strings.ToLower(host)
	wantName, wantPort := splitPort(pattern)
	name, port := splitPort(host)
	name = strings.TrimSuffix(name, ".")
	if wantPort != "" && wantPort != port || wantName == "" || name == "" {
		return false
	}
	if suffix, any := strings.CutPrefix(wantName, "*"); any {
		return strings.HasPrefix(suffix, ".") && strings.HasSuffix(name, suffix) && len(name) > len(suffix)
	}
	return name == wantName
}

// splitPort splits "host", "host:port", "[::1]:port"; the port may be missing.
func splitPort(hostport string) (name, port string) {
	if name, port, err := net.SplitHostPort(hostport); err == nil {
		return name, port
	}
	return strings.Trim(hostport, "[]"), ""
}

// Format shows which connection it is and hides its fields under every verb.
func (c Credential) Format(f fmt.State, _ rune) {
	_, _ = fmt.Fprintf(f, "nodes.Credential(%s %s ***)", c.Type, c.ID)
}

// LogValue hides the fields from structured logs.
func (c Credential) LogValue() slog.Value { return slog.StringValue(c.Type + " " + c.ID) }

// MarshalJSON leaves the fields out.
func (c Credential) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{"id": c.ID, "type": c.Type})
}
