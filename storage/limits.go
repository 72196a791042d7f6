package storage

import (
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var (
	countContacts  = q(`SELECT COUNT(*) FROM (SELECT 1 FROM contacts WHERE workspace_id = ? AND erased_at = 0 LIMIT ?) c`)
	countWorkflows = q(`SELECT COUNT(*) FROM (SELECT 1 FROM workflows WHERE workspace_id = ? AND deleted_at = 0 AND purged_at = 0 LIMIT ?) w`)
)

// limitsFor is how long a process goes by what it read of a workspace's limit and
// of how many contacts there are, beside those that it stored itself.
const limitsFor = 5 * time.Second

// crowds keeps how many contacts limited workspaces hold, so that a new contact
// costs no statement: neither where there is no limit nor where there is one.
type crowds struct {
	mu    sync.Mutex
	known map[string]crowd
}

type crowd struct {
	limit, contacts int
	until           time.Time
}

// mayAddContact refuses a contact that is one too many. With several processes a
// workspace may get as many more as the others store in five seconds.
func (t *tx) mayAddContact() error {
	c := &t.store.crowds
	c.mu.Lock()
	now, known := c.known[t.workspace]
	c.mu.Unlock()
	if !known || !t.at.Before(now.until) {
		ws, err := t.Workspace()
		if err != nil {
			return err
		}
		now = crowd{limit: ws.Limits[engine.LimitContacts], until: t.at.Add(limitsFor)}
		if now.limit > 0 {
			if now.contacts, err = t.counted(countContacts, now.limit); err != nil {
				return err
			}
		}
	}
	if now.limit > 0 && now.contacts >= now.limit {
		return engine.RefusedByLimit(now.limit, "contact")
	}
	now.contacts++
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.known == nil || len(c.known) > 10_000 {
		c.known = map[string]crowd{}
	}
	c.known[t.workspace] = now
	return nil
}

// forget has the next contact look at the limit anew.
func (c *crowds) forget(workspace string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.known, workspace)
}

// MayAddWorkflow refuses a workflow that is one too many, see engine.UsageTx; those
// in the trash do not count.
func (t *tx) MayAddWorkflow() error {
	ws, err := t.Workspace()
	if err != nil {
		return err
	}
	limit := ws.Limits[engine.LimitWorkflows]
	if limit <= 0 {
		return nil
	}
	have, err := t.counted(countWorkflows, limit)
	if err == nil && have >= limit {
		err = engine.RefusedByLimit(limit, "workflow")
	}
	return err
}

func (t *tx) counted(query *query, most int) (int, error) {
	return first(t.session, query, []any{t.workspace, most}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
}
