package storage

import (
	"bytes"
	"context"
	"slices"
	"strings"

	"github.com/hookloom/hookloom/engine"
)

const (
	// scanLimit is how many rows one part of a search looks at, newest first;
	// List.Next goes on behind them.
	scanLimit = 2000
	// scanPage is how many rows of a search are in memory at once.
	scanPage = 100
)

// AnyKind lists runs of every kind.
const AnyKind engine.RunKind = "any"

// indexedStatuses are those of the index runs_status. Of the others there are
// nearly all runs, or few that are new.
var indexedStatuses = []engine.Status{engine.Held, engine.Waiting, engine.Failed, engine.Canceled, engine.Parked}

// runsStatus are the words of the index runs_status: SQLite uses it only for a
// query that repeats them to the letter, because a parameter does not prove them.
const runsStatus = `status <> 'queued' AND status <> 'running' AND status <> 'succeeded'`

// standsAt finds runs by the step that waits or did not end well. A run that went
// on past it holds no such row of the step's last execution.
const standsAt = `EXISTS (SELECT 1 FROM run_steps s WHERE s.workspace_id = runs.workspace_id AND s.run_id = runs.id AND s.step_id = ?
	AND s.status IN ('waiting', 'running', 'failed', 'unknown') AND NOT EXISTS (SELECT 1 FROM run_steps later
		WHERE later.workspace_id = s.workspace_id AND later.run_id = s.run_id AND later.path = s.path AND later.execution > s.execution))`

// repeatedNever finds runs that no newer one of their chain repeats.
const repeatedNever = `NOT EXISTS (SELECT 1 FROM runs again WHERE again.workspace_id = runs.workspace_id AND again.root_run = runs.root_run
	AND again.replay_of <> '' AND again.id > runs.id)`

// shortRunColumns leave the input out, which lists don't show.
var shortRunColumns = strings.Replace(runColumns, "input, input_blob, body_at", "NULL, NULL, 0", 1)

// ListRuns lists runs from the newest. Input is nil. A search looks at 2,000
// runs a part.
func (s *Store) ListRuns(ctx context.Context, workspace string, by engine.RunFilter, p engine.Page) (engine.List[engine.Run], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[engine.Run]{}, err
	}
	narrow := func() *filter {
		f := where(workspace)
		f.andIf("workflow_id = ?", by.WorkflowID)
		f.andIf("status = ?", string(by.Status))
		if slices.Contains(indexedStatuses, by.Status) {
			f.and(runsStatus)
		}
		f.andIf("mode = ?", string(by.Mode))
		f.andIf("contact_id = ?", by.ContactID)
		if by.Kind == engine.KindDelivery {
			f.and("kind = 'delivery'")
			if by.HookID != "" {
				f.and("trigger_id = ? AND trigger_id <> ''", by.HookID)
			} else {
				f.and("id <> ''")
			}
			f.andIf("trigger_id IN (SELECT h.id FROM hooks h WHERE h.workspace_id = runs.workspace_id AND h.event = ?)", by.HookEvent)
		} else if by.Kind == "" {
			f.and("kind = ?", string(engine.KindWorkflow))
		} else if by.Kind != AnyKind {
			f.and("kind = ?", string(by.Kind))
		}
		if by.NotSentAgain {
			f.and(repeatedNever)
		}
		if by.StepID != "" {
			f.and(runsStatus)
			f.and(standsAt, by.StepID)
		}
		if !by.From.IsZero() {
			f.and("created_at >= ?", micros(by.From))
		}
		if !by.To.IsZero() {
			f.and("created_at < ?", micros(by.To))
		}
		return f
	}
	id := func(r runRow) string { return r.ID }
	var rows engine.List[runRow]
	switch {
	case by.Query == "" && by.Failure == "":
		rows, err = page(on, `SELECT `+shortRunColumns+` FROM runs`, narrow(), p, readRun, id)
	case by.Query == "":
		rows, err = search(p, func(part engine.Page) (engine.List[runRow], error) {
			return page(on, `SELECT `+shortRunColumns+` FROM runs`, narrow(), part, readRun, id)
		}, id, func(r runRow) (bool, error) { return r.Fingerprint() == by.Failure, nil })
	default:
		rows, err = search(p, func(part engine.Page) (engine.List[runRow], error) {
			return page(on, `SELECT `+runColumns+` FROM runs`, narrow(), part, readRun, id)
		}, id, func(r runRow) (bool, error) {
			if by.Failure != "" && r.Fingerprint() != by.Failure {
				return false, nil
			}
			return on.runHas(workspace, r, by.Query)
		})
	}
	list := engine.List[engine.Run]{Next: rows.Next}
	for _, r := range rows.Items {
		r.Workspace, r.Input = workspace, nil
		list.Items = append(list.Items, r.Run)
	}
	return list, err
}

func (s session) runHas(workspace string, r runRow, text string) (bool, error) {
	if has(text, r.ID, r.RequestID, r.EventID) || (r.Error != nil && has(text, r.Error.Message, r.Error.Detail)) {
		return true, nil
	}
	input, err := s.input(workspace, &r)
	return hasBytes(text, input), err
}

// search reads part after part until the page is full, the list ends or enough
// rows were looked at.
func search[T any](p engine.Page, read func(engine.Page) (engine.List[T], error), id func(T) string, match func(T) (bool, error)) (engine.List[T], error) {
	var found engine.List[T]
	part := engine.Page{Cursor: p.Cursor, Limit: scanPage}
	for looked := 0; looked < scanLimit; looked += scanPage {
		rows, err := read(part)
		if err != nil {
			return found, err
		}
		for _, row := range rows.Items {
			ok, err := match(row)
			if err != nil {
				return found, err
			}
			if !ok {
				continue
			}
			if len(found.Items) == p.Size() {
				found.Next = id(found.Items[p.Size()-1])
				return found, nil
			}
			found.Items = append(found.Items, row)
		}
		found.Next, part.Cursor = rows.Next, rows.Next
		if rows.Next == "" {
			break
		}
	}
	return found, nil
}

// has reports whether any of the texts contains text, ignoring case.
func has(text string, in ...string) bool {
	text = strings.ToLower(text)
	for _, t := range in {
		if strings.Contains(strings.ToLower(t), text) {
			return true
		}
	}
	return false
}

func hasBytes(text string, in []byte) bool {
	return bytes.Contains(bytes.ToLower(in), []byte(strings.ToLower(text)))
}
