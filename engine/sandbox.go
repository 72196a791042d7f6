package engine

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// KeptInSandbox is what stands at everything that a sandbox did not send.
const KeptInSandbox = "kept: sandbox"

var errKept = &nodes.SendError{
	Kind: "refused", Permanent: true,
	Message: KeptInSandbox + ". This workspace is a sandbox, so nothing was sent.",
}

// outlet is the way out of one workspace, and the only one that steps, hooks and
// connection tests get: while the workspace is a sandbox it keeps what it is given
// and sends nothing. It looks at every call, so that attempts of earlier runs and
// calls behind a wait are kept too.
type outlet struct {
	e         *Engine
	workspace string
	// step is the path of the step whose way out it is, "" for none.
	step string
	mu   sync.Mutex
	kept recorder
	// bearer is the access token of the step's connection; renew gets another one,
	// once, and is nil where there is none.
	bearer string
	renew  func(ctx context.Context) (string, error)
	// lost is why a token that was refused could not be exchanged for another one.
	lost error
	// whole leaves answers as they are: the tokens in them are what is wanted.
	whole bool
}

func (e *Engine) outlet(workspace string) *outlet { return &outlet{e: e, workspace: workspace} }

// tokenOutlet is the way to addresses that give out tokens.
func (e *Engine) tokenOutlet(workspace string) *outlet {
	return &outlet{e: e, workspace: workspace, whole: true}
}

// Send implements nodes.HTTPClient. When it cannot be known whether the workspace
// is a sandbox, nothing is sent either, and the step is tried again.
func (o *outlet) Send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	ws, _, err := o.e.workspaces.get(ctx, o.workspace)
	if err != nil {
		return nodes.HTTPResponse{}, &nodes.SendError{Kind: "refused", Message: "The workspace could not be read just now, so nothing was sent."}
	}
	r.Step = o.step
	if !ws.Sandbox {
		return o.send(ctx, r)
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	_, _ = o.kept.Send(ctx, r) // it refuses, in the words of a dry run
	return nodes.HTTPResponse{}, errKept
}

// send makes the call, and once more with a new token where that was missing. What
// comes back is without the credentials that were sent, whoever repeats them.
func (o *outlet) send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	o.e.introduce(o.workspace, &r)
	answer, err := o.e.http.Send(ctx, r)
	if err != nil {
		return answer, err
	}
	if again, ok := o.renewed(ctx, r, answer); ok {
		r = again
		answer, err = o.e.http.Send(ctx, r)
	}
	if o.whole {
		return answer, err
	}
	return r.Conceal(answer), err
}

// SpeaksAs tells how calls of a workspace introduce themselves where the step says
// nothing; "" leaves it to the client. It is called before Start.
func (e *Engine) SpeaksAs(agent func(workspace string) string) { e.agent = agent }

// introduce sets the User-Agent of a call that has none.
func (e *Engine) introduce(workspace string, r *nodes.HTTPRequest) {
	if e.agent == nil {
		return
	}
	for name := range r.Header {
		if strings.EqualFold(name, "User-Agent") {
			return
		}
	}
	if agent := e.agent(workspace); agent != "" {
		if r.Header = r.Header.Clone(); r.Header == nil {
			r.Header = http.Header{}
		}
		r.Header.Set("User-Agent", agent)
	}
}

// request is the first call that was kept, nil when none was.
func (o *outlet) request() map[string]any {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.kept.request
}

// kept ends a step whose call a sandbox kept: the run goes on with the step's
// sample. What the step last gave was about somebody else, and the steps after it
// are real.
func (j *journey) kept(ctx context.Context, n *workflow.Node, row *StepResult, request map[string]any) error {
	row.Notes = append(row.Notes, errKept.Message)
	row.Attempts[len(row.Attempts)-1].FinishedAt = j.e.now()
	if err := j.imagined(ctx, n, row, sampleOf(n), request); err != nil {
		return err
	}
	if j.hook != nil {
		return j.finish(ctx, Succeeded, KeptInSandbox, nil)
	}
	return nil
}

// ForgetWorkspace has the next run read the workspace anew: a sandbox must not
// wait until what is known of it is old. Other processes notice after two seconds.
func (e *Engine) ForgetWorkspace(id string) { e.workspaces.forget(id) }
