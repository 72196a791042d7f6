package webhook

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/http/httpguts"

	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// RespondParams are the answer to an accepted request in the trigger's own
// words. It is given after the request is safely stored and before the run.
type RespondParams struct {
	Mode    string         `json:"mode" label:"Answer" options:"async=At once,step=By a step of the workflow" default:"async" no_map:"true" help:"The step Answer the sender gives the words; the sender waits for it."`
	Timeout nodes.Duration `json:"timeout" label:"Wait at most" default:"10s" min:"1" max:"25" show_if:"mode=step" no_map:"true" help:"After this time, or when the run ends without an answer, the sender is told what stands below. Ask how long the sender waits: Twilio 15 seconds, Slack 3."`
	Status  int            `json:"status" label:"Status" min:"200" max:"399" example:"200" help:"202 unless given." advanced:"true" no_map:"true"`
	Headers map[string]any `json:"headers" label:"Headers" advanced:"true"`
	Body    any            `json:"body" label:"Text or data" help:"May use {{ trigger.body... }}. Leave empty for the usual answer, or the sender's usual one." advanced:"true"`
}

// await is how long a sender waits for a step's answer; 0 is not at all.
func (p RespondParams) await() time.Duration {
	if p.Mode != "step" {
		return 0
	}
	return time.Duration(p.Timeout)
}

// maxReply bounds an answer's body, in bytes.
const maxReply = 256 << 10

// respond is the prepared answer; nil gives the standard one.
type respond struct {
	status  int
	headers *mapping.Template
	body    *mapping.Template
}

func openRespond(p RespondParams) (*respond, error) {
	if p.Status == 0 && len(p.Headers) == 0 && (p.Body == nil || p.Body == "") {
		return nil, nil
	}
	if problems := p.headerProblems(); len(problems) > 0 {
		return nil, errors.New(problems[0].Message)
	}
	r := &respond{status: p.Status}
	if r.status == 0 {
		r.status = http.StatusOK
	}
	var problems []mapping.Problem
	headers := p.Headers
	if headers == nil {
		headers = map[string]any{}
	}
	if r.headers, problems = mapping.Compile(headers); len(problems) > 0 {
		return nil, fmt.Errorf("answer: %s", problems[0].Message)
	}
	if r.body, problems = mapping.Compile(p.Body); len(problems) > 0 {
		return nil, fmt.Errorf("answer: %s", problems[0].Message)
	}
	return r, nil
}

func (r *respond) references() []mapping.Reference {
	if r == nil {
		return nil
	}
	return slices.Concat(r.headers.References(), r.body.References())
}

// reply puts the answer into the receipt. One that cannot be made gives way to
// the standard answer: the request is accepted all the same.
func (r *respond) reply(ctx context.Context, scope mapping.Scope, receipt *nodes.Receipt) {
	if r == nil {
		return
	}
	reply, err := r.make(ctx, scope)
	if err != nil {
		receipt.Notes = append(receipt.Notes, "The answer could not be made, the standard one was given: "+err.Error())
		return
	}
	receipt.Reply = reply
}

func (r *respond) make(ctx context.Context, scope mapping.Scope) (*nodes.Reply, error) {
	body, err := r.body.Resolve(ctx, scope)
	if err != nil {
		return nil, err
	}
	headers, err := r.headers.Resolve(ctx, scope)
	if err != nil {
		return nil, err
	}
	rows, _ := headers.Value.(map[string]any)
	return replyFrom(r.status, rows, body.Value)
}

// replyFrom makes an answer of resolved values.
func replyFrom(status int, rows map[string]any, body any) (*nodes.Reply, error) {
	reply := &nodes.Reply{Status: status, Header: map[string]string{}, Body: []byte(mapping.Text(body))}
	if len(reply.Body) > maxReply {
		return nil, fmt.Errorf("it is larger than %d KB", maxReply>>10)
	}
	for name, v := range rows {
		text := mapping.Text(v)
		if !httpguts.ValidHeaderFieldValue(text) {
			return nil, fmt.Errorf("the header %s would have a line break or another control character", name)
		}
		reply.Header[http.CanonicalHeaderKey(strings.TrimSpace(name))] = text
	}
	if reply.Header["Content-Type"] == "" && len(reply.Body) > 0 {
		reply.Header["Content-Type"] = typeOf(body, reply.Body)
	}
	return reply, nil
}

// typeOf is never HTML by itself: the body may repeat what a stranger sent.
func typeOf(v any, body []byte) string {
	text := strings.TrimSpace(string(body))
	if strings.HasPrefix(text, "<?xml") || strings.HasPrefix(text, "<Response") {
		return "text/xml; charset=utf-8" // TwiML, which Twilio takes under no other type
	}
	if _, text := v.(string); text && !strings.HasPrefix(string(body), "{") && !strings.HasPrefix(string(body), "[") {
		return "text/plain; charset=utf-8"
	}
	return "application/json"
}

// unanswered headers are not the trigger's to set.
var unanswered = map[string]bool{
	"set-cookie": true, "content-length": true, "transfer-encoding": true, "connection": true, "trailer": true, "upgrade": true,
	"keep-alive": true, "te": true, "content-encoding": true, "date": true, "content-security-policy": true,
	"x-content-type-options": true, "strict-transport-security": true,
}

func (p RespondParams) headerProblems() []nodes.FieldProblem {
	return replyHeaderProblems("/respond/headers", p.Headers)
}

// replyHeaderProblems reports headers that an answer cannot have.
func replyHeaderProblems(at string, rows map[string]any) []nodes.FieldProblem {
	var list []nodes.FieldProblem
	for _, row := range slices.Sorted(maps.Keys(rows)) {
		name := strings.TrimSpace(row)
		pointer := value.Under(at, row)
		if unanswered[strings.ToLower(name)] || !httpguts.ValidHeaderFieldName(name) {
			list = append(list, nodes.FieldProblem{Pointer: pointer, Code: "invalid", Message: fmt.Sprintf("The answer cannot have the header %.80q: remove it.", name)})
		}
	}
	return list
}
