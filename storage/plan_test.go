package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/test/service"
)

// planned are the look-ups that must use the indexes that are made for them; of
// some one of two.
var planned = []struct {
	query   *query
	indexes string
}{
	{advanceRun, "runs_pkey"},
	{claimRun, "runs_pkey"},
	{selectRun, "runs_pkey"},
	{selectRunLock, "runs_pkey"},
	{setRun, "runs_pkey"},
	{insertRunOfRequest, "requests_pkey"},
	{insertRequest, "workflows_pkey"},
	{claimKey, "workflows_pkey"},
	{insertKeyedRequest, "workflows_pkey dedupe_keys_pkey"},
	{selectEndpoint, "tokens_pkey workflows_pkey"},
	{markRequest, "requests_pkey"},
	{selectRequest, "requests_pkey"},
	{selectAllSteps, "run_steps_pkey"},
	{selectStepsOf[3], "run_steps_pkey"},
	{selectLastSeq, "run_steps_pkey"},
	{selectEffect, "run_steps_pkey runs_root"},
	{selectLastOutput, "runs_workflow run_steps_pkey"},
	{selectSamples, "runs_workflow run_steps_pkey"},
	{selectHeldRuns, "runs_held"},
	{selectHeldRequests, "requests_held"},
	{selectContact, "contacts_pkey"},
	{selectOfferAddress, "offer_tokens_pkey offers_pkey"},
	{selectByKey, "offer_requests_once"},
	{selectOfferCall, "offer_requests_pkey"},
	{contactsBy["email"], "contacts_email"},
	{contactsBy["phone"], "contacts_phone"},
	{contactsBy["external_user_id"], "contacts_external"},
	{updateContact, "contacts_pkey"},
	{deleteContactKeys, "contact_keys_pkey"},
	{selectTagsOf[2], "contact_tags_pkey tags_pkey"},
	{selectActiveGrant, "grants_active"},
	{revokeGrant, "grants_pkey"},
	{consumeEvent, "events_pkey|events_pending"},
	{lockEvent, "events_pkey"},
	{selectPending, "events_pending"},
	{pullWorkspace, "runs_pull"},
	{nextPullWorkspace, "runs_pull"},
	{anyToRing, "runs_due runs_ring"},
	{requeueQueued, "runs_ring runs_pkey"},
	{requeueWaiting, "runs_due runs_pkey"},
	{takeStale, "runs_owner runs_pkey"},
	{takeOthers, "runs_owner runs_pkey"},
	{selectToSend, "events_deliver"},
	{selectHooksFor, "hooks_event"},
	{lockHook, "hooks_pkey"},
	{hookSucceeded, "hooks_pkey"},
	{hookFailed, "hooks_pkey"},
	{resumeDeliveries, "runs_hook runs_pkey"},
	{countKept, "runs_status|runs_hook"},
	{insertEventOfRun, "runs_pkey"},
	{dropBlob, "blobs_pkey runs_blob requests_blob run_steps_params run_steps_output"},
	{q(`SELECT id FROM runs WHERE workspace_id = ? AND workflow_id = ? ORDER BY id DESC LIMIT ?`), "runs_workflow"},
	{q(`SELECT id FROM requests WHERE workspace_id = ? AND workflow_id = ? AND workflow_id <> '' ORDER BY id DESC LIMIT ?`), "requests_workflow"},
	{q(`SELECT id FROM runs WHERE workspace_id = ? ORDER BY id DESC LIMIT ?`), "runs_pkey"},
}

// TestPostgreSQLPlansWellWhileTablesAreEmpty asks for the plans that PostgreSQL
// makes before it knows anything of the tables, and keeps: each look-up must use
// the index that is made for it.
func TestPostgreSQLPlansWellWhileTablesAreEmpty(t *testing.T) {
	c := config(t)
	c.DatabaseURL = service.Postgres(t)
	opened(t, c)
	settings, err := pgx.ParseConfig(c.DatabaseURL)
	if err != nil {
		t.Fatal(err)
	}
	settings.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol
	conn, err := pgx.ConnectConfig(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := conn.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	if _, err := conn.Exec(t.Context(), "SET plan_cache_mode = force_generic_plan"); err != nil {
		t.Fatal(err)
	}
	for i, c := range planned {
		plan := explain(t, conn, fmt.Sprintf("plan%d", i), c.query)
		for _, index := range strings.Fields(c.indexes) {
			if !uses(index, func(index string) bool {
				return strings.Contains(plan, "using "+index) || strings.Contains(plan, "on "+index)
			}) {
				t.Errorf("%s\nis not planned with %s:\n%s", c.query.post, index, plan)
			}
		}
		if strings.Contains(plan, "Seq Scan") {
			t.Errorf("%s\nreads a whole table:\n%s", c.query.post, plan)
		}
	}
}

// uses tells whether a plan has one of the indexes in "one|other".
func uses(indexes string, in func(index string) bool) bool {
	return slices.ContainsFunc(strings.Split(indexes, "|"), in)
}

func explain(t *testing.T, conn *pgx.Conn, name string, query *query) string {
	t.Helper()
	if _, err := conn.Exec(t.Context(), "PREPARE "+name+" AS "+query.post); err != nil {
		t.Fatalf("%s: %v", query.post, err)
	}
	call := "EXPLAIN EXECUTE " + name
	if n := strings.Count(query.lite, "?"); n > 0 {
		call += "(NULL" + strings.Repeat(", NULL", n-1) + ")"
	}
	rows, err := conn.Query(t.Context(), call)
	if err != nil {
		t.Fatalf("%s: %v", call, err)
	}
	lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// TestSQLitePlansWell also holds queries over the steps of the newest runs to take
// the runs first: the other way round they read all steps of a workspace, and a
// preview at every key stroke takes seconds.
func TestSQLitePlansWell(t *testing.T) {
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
	for _, c := range planned {
		plan := explainLite(t, db, c.query)
		for _, index := range strings.Fields(c.indexes) {
			if !uses(index, func(index string) bool {
				table, isKey := strings.CutSuffix(index, "_pkey")
				return strings.Contains(plan, "INDEX "+index) ||
					isKey && (strings.Contains(plan, "sqlite_autoindex_"+table+"_") || strings.Contains(plan, "USING PRIMARY KEY"))
			}) {
				t.Errorf("%s\nis not planned with %s:\n%s", c.query.lite, index, plan)
			}
		}
	}
	for _, query := range []*query{selectSamples, selectStats, selectLastOutput} {
		if plan := explainLite(t, db, query); !strings.Contains(plan, "SEARCH s USING INDEX sqlite_autoindex_run_steps_1 (workspace_id=? AND run_id=?)") {
			t.Errorf("%s\nreads the steps of all runs:\n%s", query.lite, plan)
		}
	}
}

func explainLite(t *testing.T, db *sql.DB, query *query) string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query.lite, make([]any, strings.Count(query.lite, "?"))...)
	if err != nil {
		t.Fatalf("%s: %v", query.lite, err)
	}
	var plan []string
	for rows.Next() {
		var id, parent, unused int
		var line string
		if err := rows.Scan(&id, &parent, &unused, &line); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, line)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		t.Fatal(err)
	}
	return strings.Join(plan, "\n")
}
