package storage

import (
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
)

// The board and the search go through the workspaces and look each up in an index;
// the other way round they read what all of them ever had.
func TestSQLiteLooksEachWorkspaceUp(t *testing.T) {
	c := config(t)
	opened(t, c)
	db, err := sql.Open("sqlite", sqliteDSN(filepath.Join(c.DataDir, FileName), toRead))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	for index, q := range map[string]sighted{
		"runs_failures (workspace_id=? AND finished_at>?)":        boardFailures,
		"contacts_email (workspace_id=? AND email>? AND email<?)": findContacts,
		"workflows_name (workspace_id=?)":                         findWorkflows,
	} {
		for _, query := range []*query{q.all, q.some[2]} {
			if plan := explainLite(t, db, query); !strings.Contains(plan, index) {
				t.Errorf("%s\nis not planned with %s:\n%s", query.lite, index, plan)
			}
		}
	}
}
