package engine

import (
	"context"
	"errors"
	"sync"

	"github.com/hookloom/hookloom/nodes"
)

// ConnectionNotes keeps what is known against connections.
type ConnectionNotes interface {
	// NoteConnection stores why a connection did not work, "" when it did. One that
	// is not there is no error.
	NoteConnection(ctx context.Context, workspace, id, problem string) error
}

// troubles are the connections that this process knows not to work, so that one
// that works costs no statement until it is known to have been mended.
type troubles struct{ known sync.Map }

type troubled struct{ workspace, connection string }

// recall takes note of what the database knows against a connection.
func (t *troubles) recall(workspace string, c Connection) {
	if c.Problem != "" {
		t.known.Store(troubled{workspace, c.ID}, true)
	}
}

// connectionHeard notes for the people who keep the connections in order when a
// service refuses a step's credential, and when it takes it again. Nothing of the
// run depends on it.
func (j *journey) connectionHeard(ctx context.Context, t *nodes.NodeType, params map[string]any, err error) {
	id := connectionIn(t, params)
	if id == "" || !j.live() {
		return
	}
	key := troubled{j.run.Workspace, id}
	problem := ""
	switch _, known := j.e.troubles.known.Load(key); {
	case err == nil && !known:
		return
	case err == nil:
		j.e.troubles.known.Delete(key)
	case !refusesCredential(err):
		return
	default:
		j.e.troubles.known.Store(key, true)
		problem = WithoutValues(failureOf(err).Message)
	}
	if err := j.e.store.NoteConnection(ctx, j.run.Workspace, id, problem); err != nil {
		j.e.log.Warn("the state of a connection was not noted", "connection", id, "error", err)
	}
}

// connectionIn is the connection that params name, "" for none.
func connectionIn(t *nodes.NodeType, params map[string]any) string {
	for _, f := range t.Fields {
		if id, _ := params[f.Key].(string); id != "" && f.Kind == nodes.FieldRef && f.Ref == "connection" {
			return id
		}
	}
	return ""
}

// refusesCredential knows the answers that say that a credential is wrong or too
// weak.
func refusesCredential(err error) bool {
	var coded interface {
		error
		Code() string
	}
	return errors.As(err, &coded) && (coded.Code() == "http_401" || coded.Code() == "http_403")
}
