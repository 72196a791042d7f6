package problem

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
)

// awayFor is the wait that callers are asked for while the database is away.
const awayFor = 5 * time.Second

// From turns any error into a problem: this is the one table of domain errors
// and their answers. What it does not know is an internal error whose text
// stays in the log.
func From(err error) *Problem {
	if known, ok := errors.AsType[*Problem](err); ok {
		return known
	}
	for _, translate := range []func(error) *Problem{fromSentinel, fromDocument, fromValues, fromBody} {
		if p := translate(err); p != nil {
			return p.Because(err)
		}
	}
	return New(CodeInternal, "").Because(err)
}

// sentinels are errors that are answered the same wherever they come from, the
// more special ones first: ErrRevision is a StateError too.
var sentinels = []struct {
	is     error
	code   string
	detail bool // the error's own words are for the caller
	after  time.Duration
}{
	{engine.ErrNotFound, CodeNotFound, false, 0},
	{engine.ErrGone, CodeGone, false, 0},
	{engine.ErrRevision, CodeStale, true, 0},
	{engine.ErrUnavailable, CodeUnavailable, false, awayFor},
	{account.ErrBusy, CodeBusy, true, 2 * time.Second},
	{account.ErrSetUp, CodeAlreadySetUp, true, 0},
	{identity.ErrUnknown, CodeUnauthenticated, false, 0},
	{identity.ErrCredentials, CodeWrongCredentials, false, 0},
	{account.ErrLinkUnknown, CodeLinkUnknown, true, 0},
	{account.ErrLinkUsed, CodeLinkUsed, true, 0},
	{account.ErrLinkExpired, CodeLinkExpired, true, 0},
	{account.ErrInvitationUsed, CodeLinkUsed, true, 0},
	{account.ErrInvitationExpired, CodeLinkExpired, true, 0},
	{account.ErrInvitationWithdrawn, CodeLinkExpired, true, 0},
	{account.ErrLastOwner, CodeWrongState, true, 0},
	{identity.ErrMayNotGive, CodeForbidden, true, 0},
	{identity.ErrOtherPerson, CodeWrongState, true, 0},
	// Limits of ours that ran out, a database's for one: nothing that the caller
	// did. A body that came too slowly is told by whoever reads it.
	{context.DeadlineExceeded, CodeUnavailable, false, awayFor},
	{context.Canceled, CodeUnavailable, false, awayFor},
}

func fromSentinel(err error) *Problem {
	for _, s := range sentinels {
		if !errors.Is(err, s.is) {
			continue
		}
		detail := ""
		if s.detail {
			detail = s.is.Error()
		}
		p := New(s.code, sentence(detail))
		if s.after > 0 {
			p.After(s.after)
		}
		return p
	}
	if state, ok := errors.AsType[*engine.StateError](err); ok {
		return New(CodeWrongState, state.Message)
	}
	if wait, ok := errors.AsType[*identity.Wait](err); ok {
		return New(CodeTooManyRequests, "").After(wait.After)
	}
	return nil
}

func fromDocument(err error) *Problem {
	var document *engine.DocumentError
	if !errors.As(err, &document) {
		return nil
	}
	code := CodeDocumentProblems
	if document.Malformed {
		code = CodeDocumentMalformed
	}
	return New(code, sentence(document.Error()), Documented("/definition", document.Problems)...)
}

// Documented turns problems of a workflow document into items. at is the
// pointer to the document in the body, "" when it is the body.
func Documented(at string, problems []workflow.Problem) []Item {
	items := make([]Item, len(problems))
	for i, p := range problems {
		items[i] = Item{Pointer: at + p.Pointer, Step: p.Step, Code: p.Code, Detail: p.Message}
		if p.Severity == workflow.SeverityWarning {
			items[i].Severity = string(p.Severity)
		}
	}
	return items
}

// fromValues knows errors that name a field, also several joined.
func fromValues(err error) *Problem {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return fromValue(err)
	}
	var items []Item
	for _, part := range joined.Unwrap() {
		p := fromValues(part)
		if p == nil {
			return fromValue(err)
		}
		items = append(items, p.Errors...)
	}
	return New(CodeInvalid, items[0].Detail, items...)
}

func fromValue(err error) *Problem {
	var (
		conflict *crm.Conflict
		rejected *crm.Rejected
		params   *nodes.ParamError
		password *account.PasswordError
	)
	switch {
	case errors.As(err, &conflict):
		return At(PointerTo(conflict.Field), "taken", sentence(conflict.Message))
	case errors.As(err, &rejected):
		return At(PointerTo(rejected.Field), rejected.Code, sentence(rejected.Message))
	case errors.As(err, &params):
		return New(CodeInvalid, sentence(params.Error()), Fields("/params", params.Problems)...)
	case errors.As(err, &password):
		return At("/password", "weak", password.Message)
	}
	for _, v := range []struct {
		is      error
		pointer string
	}{
		{account.ErrEmail, "/email"}, {account.ErrName, "/name"}, {account.ErrTimezone, "/timezone"}, {account.ErrKeyName, "/name"},
		{account.ErrKeyExpiry, "/expires_at"}, {account.ErrKeyText, "/key"},
	} {
		if errors.Is(err, v.is) {
			return At(v.pointer, "invalid", sentence(v.is.Error()))
		}
	}
	return nil
}

// Fields turns problems of a form's fields into items. at is the pointer to
// the params in the body.
func Fields(at string, problems []nodes.FieldProblem) []Item {
	items := make([]Item, len(problems))
	for i, p := range problems {
		items[i] = Item{Pointer: at + p.Pointer, Code: p.Code, Detail: sentence(p.Message)}
	}
	return items
}

// fromBody knows bodies that could not be read.
func fromBody(err error) *Problem {
	if body, ok := errors.AsType[*payload.Error](err); ok {
		code := map[int]string{http.StatusRequestEntityTooLarge: CodeTooLarge, http.StatusUnsupportedMediaType: CodeUnsupported}[body.Status]
		if code == "" {
			code = CodeMalformed
		}
		return New(code, sentence(body.Error()))
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return New(CodeTooLarge, "")
	}
	return nil
}

// PointerTo turns a dotted name ("fields.plan") into a pointer; "" stays "".
func PointerTo(field string) string {
	if field == "" || strings.HasPrefix(field, "/") {
		return field
	}
	field = value.EscapeKey(field)
	return "/" + strings.ReplaceAll(field, ".", "/")
}

// sentence gives an error's words a capital and a full stop.
func sentence(text string) string {
	if text == "" {
		return ""
	}
	if c := text[0]; c >= 'a' && c <= 'z' {
		text = string(c-'a'+'A') + text[1:]
	}
	if !strings.ContainsAny(text[len(text)-1:], ".!?:") {
		text += "."
	}
	return text
}
