package editor

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/nodes"
)

// PasteBody is data that somebody pasted.
type PasteBody struct {
	Text    string            `json:"text" minLength:"1" maxLength:"1000000" doc:"JSON as people paste it: trailing commas, comments, single quotes and names without quotes are mended and noted"`
	Query   string            `json:"query,omitempty" maxLength:"4000" doc:"A query string to go with it" example:"campaign=spring"`
	Headers map[string]string `json:"headers,omitempty" doc:"Headers to go with it"`
}

// Paste keeps pasted data as a request of the trigger, marked as a test. It
// starts nothing and is not judged: no signature could fit.
func (e *Editor) Paste(ctx context.Context, ws, workflowID, triggerID string, body PasteBody) (Sent, error) {
	at, err := e.address(ctx, ws, workflowID, triggerID)
	if err != nil {
		return Sent{}, err
	}
	v, notes, err := payload.Pasted(body.Text)
	if bad, ok := errors.AsType[*payload.Error](err); ok {
		return Sent{}, problem.New(problem.CodeInvalid, bad.Error(), problem.Item{Pointer: "/text", Code: bad.Code, Detail: bad.Error(), Line: bad.Line, Column: bad.Column})
	}
	if err != nil {
		return Sent{}, err
	}
	if _, err := url.ParseQuery(body.Query); err != nil {
		return Sent{}, problem.At("/query", "invalid", "The query cannot be read: write it like name=value&other=value.")
	}
	text, err := value.Encode(v)
	if err != nil {
		return Sent{}, err
	}
	header := http.Header{"Content-Type": {"application/json"}}
	for name, v := range body.Headers {
		header.Set(name, v)
	}
	a := engine.Arrival{
		TokenHash: secret.HashToken(at.token), Sample: true, Size: int64(len(text)),
		Refused: &nodes.Receipt{Verdict: nodes.Accepted, Notes: append([]string{"Pasted by hand."}, notes...)},
		RawRequest: nodes.RawRequest{
			Method: http.MethodPost, URL: e.Base(ws) + "/hooks/" + at.token, Path: "/", RawQuery: body.Query,
			Header: header, Body: text, ReceivedAt: e.Now(),
		},
	}
	answer, err := e.Engine.Ingest(ctx, a)
	if errors.Is(err, engine.ErrGone) {
		err = engine.ErrNotFound
	}
	if err != nil {
		return Sent{}, err
	}
	if answer.Verdict == nodes.RateLimited {
		return Sent{}, problem.New(problem.CodeRateLimited, "").After(answer.RetryAfter)
	}
	return Sent{RequestID: answer.RequestID, Verdict: string(answer.Verdict), Status: answer.Status, Reason: answer.Reason, Notes: notes}, nil
}
