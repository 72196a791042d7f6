package api_test

import (
	"testing"

	"github.com/hookloom/hookloom/api/problem"
)

// A filter answers with how many contacts it finds: a key that may start runs and
// not read contacts must not learn from it who is there.
func TestAFilterOfContactsNeedsTheRightToReadThem(t *testing.T) {
	w := newWorld(t)
	made := w.owner().post("/workspaces/main/api-keys", map[string]any{"name": "Starter", "scopes": []string{"runs:write"}}).is(201)
	c := w.anonymous()
	c.key = made.text("key")
	c.post("/workspaces/main/contacts/start", map[string]any{"workflow_id": "wf_none", "filter": map[string]any{"q": "ada@example.com"}}).is(403, problem.CodeForbidden)
	c.post("/workspaces/main/contacts/start", map[string]any{"workflow_id": "wf_none", "ids": []string{"con_none"}}).is(422, problem.CodeInvalid)
}
