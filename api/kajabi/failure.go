package kajabi

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// mediaType is that of JSON:API.
const mediaType = "application/vnd.api+json"

// failure is one answer to a call that was not done.
type failure struct {
	status        int
	title, detail string
	// pointer is into the body, "" for none; more are further failures.
	pointer string
	more    []*failure
	after   time.Duration
}

func (f *failure) Error() string { return f.detail }

var (
	unauthorized = &failure{status: http.StatusUnauthorized, title: "Unauthorized", detail: "The Authorization header is missing or invalid."}
	notFound     = &failure{status: http.StatusNotFound, title: "Not found", detail: "There is no such thing, or it belongs to another site."}
)

func tooMany(wait time.Duration) *failure {
	return &failure{status: http.StatusTooManyRequests, title: "Too many requests", detail: "This is too fast. Wait as Retry-After says.", after: wait}
}

// invalid is a value that cannot be taken.
func invalid(pointer, format string, args ...any) *failure {
	return &failure{status: http.StatusUnprocessableEntity, title: "Invalid", detail: fmt.Sprintf(format, args...), pointer: pointer}
}

// all joins failures into one answer, nil for none.
func all(list []*failure) error {
	if len(list) == 0 {
		return nil
	}
	first := *list[0]
	first.more = list[1:]
	return &first
}

// failureOf turns the errors of the domain into answers. What it does not know
// stays in the log.
func failureOf(err error) *failure {
	var (
		known    *failure
		rejected *crm.Rejected
		refused  crm.Refusals
		conflict *crm.Conflict
		state    *engine.StateError
	)
	switch {
	case errors.As(err, &known):
		return known
	case errors.As(err, &refused):
		list := make([]*failure, len(refused))
		for i, r := range refused {
			list[i] = invalid("/data/attributes/"+r.Field, "%s", r.Message)
		}
		errors.As(all(list), &known)
		return known
	case errors.As(err, &rejected):
		return invalid("/data/attributes/"+rejected.Field, "%s", rejected.Message)
	case errors.As(err, &conflict):
		return invalid("/data", "Somebody else has this already: %s.", conflict.Error())
	case errors.As(err, &state):
		return invalid("/data", "%s", state.Message)
	case errors.Is(err, identity.ErrUnknown):
		return unauthorized
	case errors.Is(err, engine.ErrNotFound):
		return notFound
	case errors.Is(err, engine.ErrUnavailable):
		return &failure{status: http.StatusServiceUnavailable, title: "Unavailable", detail: "The database is away. Try again.", after: 5 * time.Second}
	}
	return &failure{status: http.StatusInternalServerError, title: "Internal error", detail: "Something went wrong here. It is in the log."}
}

// refuse sends a failure in the form of JSON:API.
func refuse(w http.ResponseWriter, f *failure) {
	if f.after > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(max(1, int(math.Ceil(f.after.Seconds())))))
	}
	if f.status == http.StatusUnauthorized {
		w.Header().Set("WWW-Authenticate", `Bearer realm="api"`)
	}
	var list []any
	for _, one := range append([]*failure{f}, f.more...) {
		var source any
		if one.pointer != "" {
			source = map[string]any{"pointer": one.pointer}
		}
		list = append(list, map[string]any{"status": strconv.Itoa(one.status), "source": source, "title": one.title, "detail": one.detail})
	}
	send(w, f.status, map[string]any{"errors": list})
}

// send answers with JSON; what is plain can always be written.
func send(w http.ResponseWriter, status int, body any) {
	text, err := json.Marshal(body)
	if err != nil {
		status, text = http.StatusInternalServerError, []byte(`{"errors":[{"status":"500","source":null,"title":"Internal error","detail":"The answer cannot be written."}]}`)
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(text) // the caller hung up; nobody is left to tell
}
