package storage

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

// maxHeldCount is where counting what a workflow holds ends.
const maxHeldCount = 10_000

var countHeld = q(`SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM requests WHERE workspace_id = ? AND workflow_id = ? AND verdict = 'held' AND run_ids = '' LIMIT ?) a)
	+ (SELECT COUNT(*) FROM (SELECT 1 FROM runs WHERE workspace_id = ? AND workflow_id = ? AND status = 'held' LIMIT ?) b)`)

func (s session) info(w engine.Workflow) (engine.WorkflowInfo, error) {
	args := []any{w.Workspace, w.ID, maxHeldCount, w.Workspace, w.ID, maxHeldCount}
	held, err := first(s, countHeld, args, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
	return engine.WorkflowInfo{Workflow: w, Held: min(held, maxHeldCount)}, err
}

// WorkflowInfo returns a workflow with its draft and what it holds.
func (s *Store) WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.WorkflowInfo{}, err
	}
	w, err := on.workflow(workspace, id)
	if err != nil {
		return engine.WorkflowInfo{}, err
	}
	return on.info(w)
}

// ListWorkflows lists workflows, from the newest.
func (s *Store) ListWorkflows(ctx context.Context, workspace string, by engine.WorkflowFilter, p engine.Page) (engine.List[engine.WorkflowInfo], error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.List[engine.WorkflowInfo]{}, err
	}
	narrow := func(p engine.Page) (engine.List[engine.Workflow], error) {
		f := where(workspace)
		f.and("purged_at = 0")
		if by.Deleted {
			f.and("deleted_at <> 0")
		} else {
			f.and("deleted_at = 0")
		}
		f.andIf("folder = ?", by.Folder)
		return page(on, `SELECT `+workflowColumns+` FROM workflows`, f, p, readWorkflow, workflowID)
	}
	var rows engine.List[engine.Workflow]
	if by.Query == "" {
		rows, err = narrow(p)
	} else {
		// SQLite's own LOWER knows ASCII only.
		rows, err = search(p, narrow, workflowID, func(w engine.Workflow) (bool, error) { return has(strings.TrimSpace(by.Query), w.Name), nil })
	}
	list := engine.List[engine.WorkflowInfo]{Next: rows.Next}
	for _, w := range rows.Items {
		if err != nil {
			break
		}
		w.Workspace = workspace
		var info engine.WorkflowInfo
		info, err = on.info(w)
		list.Items = append(list.Items, info)
	}
	return list, err
}

var selectFolders = q(`SELECT DISTINCT folder FROM workflows
	WHERE workspace_id = ? AND purged_at = 0 AND deleted_at = 0 AND folder <> '' LIMIT ?`)

// maxFolders is how many folders a workspace shows.
const maxFolders = 500

// WorkflowFolders returns the names of the folders with a workflow in use, in
// the order of their names, ignoring case.
func (s *Store) WorkflowFolders(ctx context.Context, workspace string) ([]string, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	names, err := all(on, selectFolders, []any{workspace, maxFolders}, func(row scanner) (name string, err error) { return name, row.Scan(&name) })
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Or(strings.Compare(strings.ToLower(a), strings.ToLower(b)), strings.Compare(a, b))
	})
	return names, err
}

func workflowID(w engine.Workflow) string { return w.ID }

// Tokens returns the addresses of a workflow's triggers, newest first.
func (s *Store) Tokens(ctx context.Context, workspace, workflowID string) ([]engine.Token, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return on.tokens(workspace, workflowID)
}

type versionRow struct {
	WorkspaceID string
	WorkflowID  string
	Number      int
	Definition  string
	PublishedBy string
	CreatedAt   int64 `gorm:"autoCreateTime:false"`
}

func (versionRow) TableName() string { return "versions" }

func (r versionRow) version() (engine.Version, error) {
	return engine.Version{WorkflowID: r.WorkflowID, Number: r.Number, Definition: r.Definition, PublishedBy: r.PublishedBy, CreatedAt: timeOf(r.CreatedAt)}, nil
}

// ListVersions lists the published versions of a workflow, from the newest.
func (s *Store) ListVersions(ctx context.Context, workspace, workflowID string, p engine.Page) (list engine.List[engine.Version], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = db.Where("workspace_id = ? AND workflow_id = ?", workspace, workflowID).Order("number DESC")
		if before, err := strconv.Atoi(p.Cursor); err == nil {
			db = db.Where("number < ?", before)
		}
		list, err = listOf(db, p, func(r versionRow) string { return strconv.Itoa(r.Number) }, versionRow.version)
		return err
	})
	return list, err
}

// Version returns a published version by its number.
func (s *Store) Version(ctx context.Context, workspace, workflowID string, number int) (engine.Version, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.Version{}, err
	}
	return first(on, selectVersion, []any{workspace, workflowID, number}, readVersion)
}

var purgeWorkflow = q(`UPDATE workflows SET purged_at = ?, draft = ?, stamp = stamp + 1 WHERE workspace_id = ? AND id = ? AND deleted_at <> 0 AND purged_at = 0`)

// PurgeWorkflow deletes a workflow in the trash for good; its addresses answer
// 410 from then on and its history stays. engine.ErrNotFound when it is not in
// the trash.
func (s *Store) PurgeWorkflow(ctx context.Context, workspace, id string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		if err := t.lockWorkflow(takeWorkflow, id); err != nil {
			return err
		}
		n, err := t.exec(purgeWorkflow, micros(t.at), []byte("{}"), workspace, id)
		if err == nil && n == 0 {
			return errNotFound
		}
		return err
	})
}
