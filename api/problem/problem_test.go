package problem_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

func TestFrom(t *testing.T) {
	for _, c := range []struct {
		err     error
		status  int
		code    string
		pointer string // of the first item
	}{
		{fmt.Errorf("read: %w", engine.ErrNotFound), 404, problem.CodeNotFound, ""},
		{engine.ErrRevision, 412, problem.CodeStale, ""},
		{&engine.StateError{Message: "The run has ended."}, 409, problem.CodeWrongState, ""},
		{fmt.Errorf("%w: %w", engine.ErrUnavailable, errors.New("dial tcp 10.0.0.5: refused")), 503, problem.CodeUnavailable, ""},
		{&engine.DocumentError{Malformed: true, Problems: []workflow.Problem{{Pointer: "/steps/0", Code: "unknown_key", Message: "x"}}}, 400, problem.CodeDocumentMalformed, "/definition/steps/0"},
		{&engine.DocumentError{Problems: []workflow.Problem{{Pointer: "/steps/0/params/offer", Step: "access", Code: "required", Message: "x"}}}, 422, problem.CodeDocumentProblems, "/definition/steps/0/params/offer"},
		{&crm.Conflict{Field: "email", Message: "a contact with this email exists already"}, 422, problem.CodeInvalid, "/email"},
		{&crm.Rejected{Field: "fields.plan", Code: "invalid", Message: "no such choice"}, 422, problem.CodeInvalid, "/fields/plan"},
		{&nodes.ParamError{Problems: []nodes.FieldProblem{{Pointer: "/token", Code: "required", Message: "enter it"}}}, 422, problem.CodeInvalid, "/params/token"},
		{errors.Join(account.ErrEmail, nil, &account.PasswordError{Message: "Too short."}), 422, problem.CodeInvalid, "/email"},
		{account.ErrBusy, 503, problem.CodeBusy, ""},
		{account.ErrSetUp, 409, problem.CodeAlreadySetUp, ""},
		{account.ErrLinkExpired, 410, problem.CodeLinkExpired, ""},
		{identity.ErrCredentials, 401, problem.CodeWrongCredentials, ""},
		{identity.ErrUnknown, 401, problem.CodeUnauthenticated, ""},
		{&identity.Wait{After: 1500 * time.Millisecond}, 429, problem.CodeTooManyRequests, ""},
		{errors.New("pq: password of postgres://u:secret@host"), 500, problem.CodeInternal, ""},
	} {
		p := problem.From(c.err)
		if p.Status != c.status || p.Code != c.code {
			t.Errorf("%v: got %d %s, want %d %s", c.err, p.Status, p.Code, c.status, c.code)
		}
		if c.pointer != "" && (len(p.Errors) == 0 || p.Errors[0].Pointer != c.pointer) {
			t.Errorf("%v: items %+v", c.err, p.Errors)
		}
		if p.Status >= 500 {
			if strings.Contains(p.Detail, "secret") || strings.Contains(p.Detail, "10.0.0.5") {
				t.Errorf("%v: the cause is told to callers: %s", c.err, p.Detail)
			}
			if !errors.Is(p, c.err) {
				t.Errorf("%v: the cause is lost for the log", c.err)
			}
		}
	}
	joined := problem.From(errors.Join(account.ErrEmail, account.ErrName, &account.PasswordError{Message: "Too short."}))
	if len(joined.Errors) != 3 {
		t.Errorf("not all at once: %+v", joined.Errors)
	}
}

func TestWrite(t *testing.T) {
	w := httptest.NewRecorder()
	problem.Write(w, problem.New(problem.CodeUnavailable, "").After(300*time.Millisecond).Traced("abc"))
	if w.Code != 503 || w.Header().Get("Retry-After") != "1" || w.Header().Get("Content-Type") != problem.ContentType {
		t.Errorf("got %d %v", w.Code, w.Header())
	}
	var body map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || body["trace_id"] != "abc" || body["code"] != "unavailable" {
		t.Errorf("%v %s", err, w.Body)
	}
}

func TestRetryAfterRoundsUp(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "1", time.Millisecond: "1", 1500 * time.Millisecond: "2", time.Minute: "60"} {
		if got := problem.RetryAfter(d); got != want {
			t.Errorf("%v: %s", d, got)
		}
	}
}

// What huma finds wrong has a pointer, words for people, and none of the values
// that were sent.
func TestFromHuma(t *testing.T) {
	const secret = "hunter2-hunter2"
	detail := func(location, message string) error {
		return &huma.ErrorDetail{Location: location, Message: message, Value: secret}
	}
	p := problem.FromHuma(422, "validation failed",
		detail("body", "expected required property name to be present"),
		detail("body.items[2].email", "expected string"),
		detail("body.sender.extra/x", "unexpected property"),
		detail("query.limit", "expected number <= 200"),
		detail("body.status", `expected value to be one of "a, b"`),
	)
	want := []problem.Item{
		{Pointer: "/name", Code: "required", Detail: "This is required."},
		{Pointer: "/items/2/email", Code: "wrong_type", Detail: "This must be a text."},
		{Pointer: "/sender/extra~1x", Code: "unknown", Detail: "There is no such field. Check its spelling."},
		{Parameter: "limit", Code: "too_large", Detail: "The parameter limit: this must be at most 200."},
		{Pointer: "/status", Code: "invalid", Detail: "This must be one of a, b."},
	}
	if p.Code != problem.CodeInvalid || len(p.Errors) != len(want) {
		t.Fatalf("%+v", p)
	}
	for i, w := range want {
		if p.Errors[i] != w {
			t.Errorf("item %d: got %+v, want %+v", i, p.Errors[i], w)
		}
	}
	malformed := problem.FromHuma(400, "validation failed", detail("body", "invalid character 'x' after object key"))
	if malformed.Code != problem.CodeMalformed || !strings.Contains(malformed.Detail, "invalid character") {
		t.Errorf("%+v", malformed)
	}
	for _, p := range []*problem.Problem{p, malformed} {
		if text, _ := json.Marshal(p); strings.Contains(string(text), secret) {
			t.Errorf("the value that was sent is in the answer: %s", text)
		}
	}
	if p := problem.FromHuma(500, "unexpected error occurred", engine.ErrNotFound); p.Status != 404 {
		t.Errorf("a domain error that huma wrapped: %+v", p)
	}
}

func TestCodesAreExplained(t *testing.T) {
	for _, e := range problem.Codes() {
		if e.Code == "" || e.Title == "" || !strings.HasSuffix(e.Meaning, ".") && !strings.HasSuffix(e.Meaning, "why.") {
			t.Errorf("%+v", e)
		}
		if http.StatusText(e.Status) == "" || e.Status < 400 {
			t.Errorf("%s has status %d", e.Code, e.Status)
		}
	}
}
