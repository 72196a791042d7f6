package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

var (
	selectRunsOfContact = q(`SELECT id, request_id FROM runs WHERE workspace_id = ? AND contact_id = ? AND contact_id IS NOT NULL`)
	cancelRunsOfContact = q(`UPDATE runs SET status = 'canceled', epoch = epoch + 1, finished_at = ?, error = ? WHERE workspace_id = ?
		AND contact_id = ? AND contact_id IS NOT NULL AND status IN ('held', 'queued', 'running', 'waiting')`)
	eraseContact = q(`UPDATE contacts SET email = '', phone = '', external_user_id = '', name = '', first_name = '', last_name = '',
		company = '', address = NULL, timezone = '', source = '', date_of_birth = '', fields = NULL, search = '',
		subscribed = ?, updated_at = ?, erased_at = ? WHERE workspace_id = ? AND id = ? AND erased_at = 0`)
	// dropFiles takes away the files of contacts that are imported, or wait to be:
	// whom they name is not known without reading them.
	dropFiles = q(`DELETE FROM uploads WHERE workspace_id = ? AND (job_id = '' OR job_id IN (
		SELECT id FROM jobs WHERE workspace_id = ? AND finished_at > 0))`)
	untagContact = q(`DELETE FROM contact_tags WHERE workspace_id = ? AND contact_id = ?`)
	revokeGrants = q(`UPDATE grants SET revoked_at = ? WHERE workspace_id = ? AND contact_id = ? AND contact_id <> '' AND revoked_at = 0`)
	eraseEvents  = q(`UPDATE events SET data = ?, contact_id = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	// Calls of offers' addresses and submissions stay as empty rows, sales without
	// what was said beside them: how much was sold stays right.
	eraseCalls       = q(`UPDATE offer_requests SET params = NULL, answer = NULL, reason = '', ip = '', user_agent = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	eraseSubmissions = q(`UPDATE form_submissions SET answers = NULL, reason = '', source = '', ip = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	eraseReferrers   = q(`UPDATE purchases SET source = '', referrer = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	eraseReasons     = q(`UPDATE payments SET reason = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	eraseFarewells   = q(`UPDATE subscriptions SET reason = '' WHERE workspace_id = ? AND contact_id = ? AND contact_id <> ''`)
	selectResults    = q(`SELECT id, result FROM jobs WHERE workspace_id = ? AND finished_at > 0 AND result IS NOT NULL`)
	setResult        = q(`UPDATE jobs SET result = ? WHERE workspace_id = ? AND id = ?`)
	// Errors and notes quote the values that were not as expected.
	eraseInputs = qIn(`UPDATE runs SET input = NULL, input_blob = NULL, body_at = 0, error = CASE WHEN error IS NULL THEN error ELSE ? END
		WHERE workspace_id = ? AND id IN`, ``)
	eraseSteps = qIn(`UPDATE run_steps SET params = NULL, params_blob = NULL, output = NULL, output_blob = NULL, notes = NULL, attempts = NULL,
		error = CASE WHEN error IS NULL THEN error ELSE ? END WHERE workspace_id = ? AND run_id IN`, ``)
	eraseRequests = qIn(`UPDATE requests SET body = NULL, body_blob = NULL, query = '', header = NULL, ip = '', reason = '', fields = NULL,
		notes = NULL WHERE workspace_id = ? AND id IN`, ``)
)

// erased stands in the place of errors.
var erased = engine.Failure{Code: "erased", Message: "The contact was erased, and with it what this said."}

// EraseContact deletes a person's data: the contact itself, which stays as an
// empty row, and its copies in the history of its runs. Runs that are under way
// are canceled and active grants revoked, without events. engine.ErrNotFound
// when there is no such contact.
func (s *Store) EraseContact(ctx context.Context, workspace, id string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		at := micros(t.at)
		n, err := t.exec(eraseContact, false, at, at, workspace, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return errNotFound
		}
		for _, st := range []statement{
			{query: deleteContactKeys, args: []any{workspace, id}},
			{query: dropFiles, args: []any{workspace, workspace}},
			{query: untagContact, args: []any{workspace, id}},
			{query: revokeGrants, args: []any{at, workspace, id}},
			{query: cancelRunsOfContact, args: []any{at, mustEncode(erased), workspace, id}},
			{query: eraseEntry, args: []any{workspace, id}},
			{query: eraseWaits, args: []any{workspace, id}},
			{query: eraseEvents, args: []any{[]byte("{}"), workspace, id}},
			{query: eraseCalls, args: []any{workspace, id}},
			{query: eraseSubmissions, args: []any{workspace, id}},
			{query: eraseReferrers, args: []any{workspace, id}},
			{query: eraseReasons, args: []any{workspace, id}},
			{query: eraseFarewells, args: []any{workspace, id}},
			{query: eraseMessages, args: []any{workspace, id}},
		} {
			if _, err := t.exec(st.query, st.args...); err != nil {
				return err
			}
		}
		if err := t.eraseResults(); err != nil {
			return err
		}
		return t.eraseHistory(id)
	})
}

// eraseResults takes the details out of what finished jobs say of refused lines
// and contacts: as with files, whom they quote is not known.
func (t *tx) eraseResults() error {
	results := map[string]any{}
	err := t.each(selectResults, []any{t.workspace}, func(row scanner) error {
		var id string
		var text []byte
		if err := row.Scan(&id, &text); err != nil {
			return err
		}
		result, err := decodeObject(text)
		if withoutDetails(result) {
			results[id] = result
		}
		return err
	})
	for id, result := range results {
		if err == nil {
			_, err = t.exec(setResult, mustEncode(result), t.workspace, id)
		}
	}
	return err
}

// withoutDetails empties the details of a job's errors and warnings, and reports
// whether there were any.
func withoutDetails(result map[string]any) (changed bool) {
	for _, name := range []string{"errors", "warnings"} {
		list, _ := result[name].([]any)
		for _, entry := range list {
			if m, ok := entry.(map[string]any); ok && m["detail"] != nil && m["detail"] != erased.Message {
				m["detail"], changed = erased.Message, true
			}
		}
	}
	return changed
}

// eraseHistory empties the runs of a contact, their steps and their requests.
func (t *tx) eraseHistory(contactID string) error {
	var runs, requests []string
	err := t.each(selectRunsOfContact, []any{t.workspace, contactID}, func(row scanner) error {
		var run, request string
		err := row.Scan(&run, &request)
		runs = append(runs, run)
		if request != "" {
			requests = append(requests, request)
		}
		return err
	})
	if err != nil {
		return err
	}
	ofRuns, err := t.blobsOf(runHistory, runs)
	if err != nil {
		return err
	}
	ofRequests, err := t.blobsOf(requestHistory, requests)
	if err != nil {
		return err
	}
	reason := mustEncode(erased)
	for _, erase := range []struct {
		rows inQuery
		args []any
		ids  []string
	}{
		{eraseInputs, []any{reason, t.workspace}, runs}, {eraseSteps, []any{reason, t.workspace}, runs},
		{eraseRequests, []any{t.workspace}, requests},
	} {
		if err := t.execIn(erase.rows, erase.args, erase.ids); err != nil {
			return err
		}
	}
	return t.dropBlobs(append(ofRuns, ofRequests...))
}
