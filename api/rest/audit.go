package rest

import (
	"context"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
)

// noteChange makes an entry of the audit log for a change whose handler made
// none, so that a new route cannot forget it.
func (sh *Shell) noteChange(ctx context.Context, r Route, out any) {
	s := seatOf(ctx)
	if r.method == http.MethodGet || r.unaudited != "" || s.audited {
		return
	}
	kind, action := actionOf(r)
	id := s.object
	if id == "" {
		id = idOf(out)
	}
	if r.method == http.MethodPut && kind == "workflow" && !sh.drafts.first(s.caller.ID()+" "+id, sh.now()) {
		return
	}
	sh.Audit(ctx, engine.AuditEntry{Workspace: s.workspace.ID, Action: action, ObjectKind: kind, ObjectID: id})
}

// actionOf names what a route does: "tag" and "tag.updated" for PATCH
// /tags/{id}, "purchase" and "purchase.deactivate" for POST
// /purchases/{id}/deactivate.
func actionOf(r Route) (kind, action string) {
	path := strings.TrimPrefix(r.path, "/workspaces/{ws}/")
	if path == WS {
		path = "workspaces"
	}
	var words []string
	for word := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		if !strings.HasPrefix(word, "{") {
			words = append(words, strings.ReplaceAll(word, "-", "_"))
		}
	}
	kind = singular(words[0])
	verb := strings.Join(words[1:], "_")
	if verb == "" {
		verb = map[string]string{
			http.MethodPost: "created", http.MethodPut: "updated", http.MethodPatch: "updated", http.MethodDelete: "deleted",
		}[r.method]
	}
	return kind, kind + "." + verb
}

func singular(word string) string {
	if stem, ok := strings.CutSuffix(word, "ies"); ok {
		return stem + "y"
	}
	return strings.TrimSuffix(word, "s")
}

// idOf is the id of what an answer shows, "" when it has none.
func idOf(out any) string {
	v := reflect.Indirect(reflect.ValueOf(out))
	if v.Kind() != reflect.Struct {
		return ""
	}
	body := reflect.Indirect(v.FieldByName("Body"))
	if body.Kind() != reflect.Struct {
		return ""
	}
	if id := body.FieldByName("ID"); id.Kind() == reflect.String {
		return id.String()
	}
	return ""
}

// draftPause is how long further saves of a draft by one person are the same
// entry: the editor saves a moment after each change.
const draftPause = 10 * time.Minute

// sittings remembers who edits which draft. The zero value is ready.
type sittings struct {
	mu    sync.Mutex
	since map[string]time.Time
}

// first tells whether this is the first time in a while.
func (s *sittings) first(key string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at, known := s.since[key]; known && now.Sub(at) < draftPause {
		return false
	}
	for other, at := range s.since {
		if now.Sub(at) >= draftPause {
			delete(s.since, other)
		}
	}
	if s.since == nil {
		s.since = map[string]time.Time{}
	}
	s.since[key] = now
	return true
}

// Audit notes what the caller did. A log that cannot be written stops nobody:
// what was done is done.
func (sh *Shell) Audit(ctx context.Context, e engine.AuditEntry) {
	c := CallerOf(ctx)
	seatOf(ctx).audited = true
	e.ActorID, e.ActorName, e.At = c.ID(), c.Name, sh.now()
	if ip := FromOf(ctx).IP; ip.IsValid() {
		e.IP = ip.String()
	}
	if err := sh.store.Audit(context.WithoutCancel(ctx), e); err != nil {
		sh.log.Error("cannot write the audit log", "action", e.Action, "object", e.ObjectID, "error", err)
	}
}
