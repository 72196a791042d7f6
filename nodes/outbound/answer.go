// Package outbound holds what the node types that call other services share: how an
// answer is read, which one counts as failed, when to try again, and how a form is
// written.
package outbound

import (
	"errors"
	"fmt"
	"net/http"
	"unicode/utf8"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/nodes"
)

// AnswerHeaders has lower-case names; cookies, which are credentials, are hidden.
func AnswerHeaders(h http.Header) map[string]any {
	headers := payload.Header(h)
	for name := range headers {
		if nodes.SensitiveHeader(name) {
			headers[name] = nodes.Redacted
		}
	}
	return headers
}

// AnswerBody reads the body by its type. One that cannot be read so is text: the
// call is done, and its answer must not make it fail.
func AnswerBody(env *nodes.Env, a nodes.HTTPResponse) any {
	parsed, err := payload.Parse(a.Header.Get("Content-Type"), a.Body, payload.Limits{})
	var unreadable *payload.Error
	switch {
	case errors.As(err, &unreadable) && utf8.Valid(a.Body):
		env.Warn("The answer is kept as text: " + unreadable.Error() + ".")
		return string(a.Body)
	case err != nil || parsed.Kind == payload.KindRaw:
		env.Warn(fmt.Sprintf("The answer is no text (%d bytes) and was not kept.", len(a.Body)))
		return nil
	}
	return parsed.Value
}
