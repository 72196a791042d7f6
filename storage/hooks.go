package storage

import (
	"context"
	"time"

	"gorm.io/gorm"

	"github.com/hookloom/hookloom/engine"
)

type hookRow struct {
	WorkspaceID    string
	ID             string
	Number         int64
	Name           string
	Event          string
	URL            string `gorm:"column:url"`
	Resource       string
	ResourceNumber int64
	Cart           int
	Format         string
	Place          string
	SecretID       string
	Status         string
	Reason         string
	LastSuccessAt  int64
	LastFailureAt  int64
	FailingSince   int64
	NextTryAt      int64
	LastStatus     int
	LastError      string
	Failures       int
	CreatedAt      int64 `gorm:"autoCreateTime:false"`
	UpdatedAt      int64 `gorm:"autoUpdateTime:false"`
	DeletedAt      int64
}

func (hookRow) TableName() string { return "hooks" }

func (r hookRow) hook() (engine.Hook, error) {
	return engine.Hook{
		ID: r.ID, Workspace: r.WorkspaceID, Number: r.Number, Name: r.Name, Event: r.Event, URL: r.URL, Resource: r.Resource,
		ResourceNumber: r.ResourceNumber, Cart: engine.CartFilter(r.Cart), Format: engine.HookFormat(r.Format), Place: r.Place,
		SecretID: r.SecretID, Status: engine.HookStatus(r.Status), Reason: r.Reason, LastSuccessAt: timeOf(r.LastSuccessAt),
		LastFailureAt: timeOf(r.LastFailureAt), FailingSince: timeOf(r.FailingSince), NextTryAt: timeOf(r.NextTryAt),
		LastStatus: r.LastStatus, LastError: r.LastError, Failures: r.Failures, CreatedAt: timeOf(r.CreatedAt), UpdatedAt: timeOf(r.UpdatedAt),
	}, nil
}

func oneHook(db *gorm.DB, workspace, condition string, args ...any) (engine.Hook, error) {
	var rows []hookRow
	err := db.Where("workspace_id = ? AND deleted_at = 0", workspace).Where(condition, args...).Limit(1).Find(&rows).Error
	if err != nil {
		return engine.Hook{}, translate(err)
	}
	if len(rows) == 0 {
		return engine.Hook{}, errNotFound
	}
	return rows[0].hook()
}

// Hook returns a hook, see engine.Hooks.
func (s *Store) Hook(ctx context.Context, workspace, id string) (h engine.Hook, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		h, err = oneHook(db, workspace, "id = ?", id)
		return err
	})
	return h, err
}

// HookByNumber returns a hook by its number; engine.ErrNotFound when there is
// none.
func (s *Store) HookByNumber(ctx context.Context, workspace string, number int64) (h engine.Hook, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		h, err = oneHook(db, workspace, "number = ?", number)
		return err
	})
	return h, err
}

// HooksFor returns the hooks that an event may be sent to, see engine.Hooks.
func (s *Store) HooksFor(ctx context.Context, workspace, event string) ([]engine.Hook, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectHooksFor, []any{workspace, event}, func(row scanner) (h engine.Hook, err error) {
		var format, status string
		var cart int
		err = row.Scan(&h.ID, &h.Resource, &cart, &format, &status)
		h.Workspace, h.Event, h.Cart, h.Format, h.Status = workspace, event, engine.CartFilter(cart), engine.HookFormat(format), engine.HookStatus(status)
		return h, err
	})
}

// HasRunHooks reports whether any hook listens to runs, see engine.Hooks.
func (s *Store) HasRunHooks(ctx context.Context, workspace string) (bool, error) {
	for _, event := range []string{engine.RunSucceeded, engine.RunFailed} {
		hooks, err := s.HooksFor(ctx, workspace, event)
		if err != nil || len(hooks) > 0 {
			return len(hooks) > 0, err
		}
	}
	return false, nil
}

// ListHooks lists hooks from the newest.
func (s *Store) ListHooks(ctx context.Context, workspace string, by engine.HookFilter, p engine.Page) (list engine.List[engine.Hook], err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		list, err = listOf(hooksBy(narrowed(db, workspace, p), by), p, func(r hookRow) string { return r.ID }, hookRow.hook)
		return err
	})
	return list, err
}

func hooksBy(db *gorm.DB, by engine.HookFilter) *gorm.DB {
	db = db.Where("deleted_at = 0")
	if by.Event != "" {
		db = db.Where("event = ? AND event <> ''", by.Event)
	}
	if by.Status != "" {
		db = db.Where("status = ?", string(by.Status))
	}
	if by.Resource != "" {
		db = db.Where("resource = ?", by.Resource)
	}
	if by.Format != "" {
		db = db.Where("format = ?", string(by.Format))
	}
	return db
}

// PageHooks lists hooks from the oldest by the number of a page, which counts
// from 1, and tells how many there are in all.
func (s *Store) PageHooks(ctx context.Context, workspace string, by engine.HookFilter, page, size int) (hooks []engine.Hook, total int64, err error) {
	err = s.look(ctx, workspace, func(db *gorm.DB) error {
		db = hooksBy(db.Model(&hookRow{}).Where("workspace_id = ?", workspace), by).Session(&gorm.Session{})
		if err := db.Count(&total).Error; err != nil {
			return err
		}
		var rows []hookRow
		if err := db.Order("number").Offset((page - 1) * size).Limit(size).Find(&rows).Error; err != nil {
			return err
		}
		for _, r := range rows {
			h, err := r.hook()
			if err != nil {
				return err
			}
			hooks = append(hooks, h)
		}
		return nil
	})
	return hooks, total, err
}

// HookPlaces returns the hooks that stand in places which begin with a prefix,
// by their place.
func (s *Store) HookPlaces(ctx context.Context, workspace, prefix string) (map[string]engine.Hook, error) {
	at := map[string]engine.Hook{}
	err := s.look(ctx, workspace, func(db *gorm.DB) error {
		var rows []hookRow
		err := db.Where(`workspace_id = ? AND deleted_at = 0 AND place <> '' AND place LIKE ? ESCAPE '\'`, workspace, likeText(prefix)+"%").Find(&rows).Error
		for _, r := range rows {
			if at[r.Place], err = r.hook(); err != nil {
				return err
			}
		}
		return err
	})
	return at, err
}

// Hook reads a hook and locks it until the commit, see engine.HookTx.
func (t *tx) Hook(id string) (engine.Hook, error) {
	if _, err := first(t.session, lockHook, []any{t.workspace, id}, func(row scanner) (status string, err error) {
		return status, row.Scan(&status)
	}); err != nil {
		return engine.Hook{}, err
	}
	return oneHook(t.orm(), t.workspace, "id = ?", id)
}

// HookAt returns the hook of a place, see engine.HookTx.
func (t *tx) HookAt(place string) (engine.Hook, error) {
	return oneHook(t.orm(), t.workspace, "place = ? AND place <> ''", place)
}

// CountHooks counts the hooks in use.
func (t *tx) CountHooks() (int, error) {
	var n int64
	err := t.orm().Model(&hookRow{}).Where("workspace_id = ? AND deleted_at = 0", t.workspace).Count(&n).Error
	return int(n), translate(err)
}

// InsertHook stores a new hook, see engine.HookTx.
func (t *tx) InsertHook(h *engine.Hook) (err error) {
	if h.Number, err = t.number("hooks"); err != nil {
		return err
	}
	h.CreatedAt, h.UpdatedAt = t.at, t.at
	return create(t, &hookRow{
		WorkspaceID: t.workspace, ID: h.ID, Number: h.Number, Name: h.Name, Event: h.Event, URL: h.URL, Resource: h.Resource,
		ResourceNumber: h.ResourceNumber, Cart: int(h.Cart), Format: string(h.Format), Place: h.Place, SecretID: h.SecretID,
		Status: string(h.Status), Reason: h.Reason, CreatedAt: micros(t.at), UpdatedAt: micros(t.at),
	})
}

// UpdateHook stores what may be changed of a hook, see engine.HookTx.
func (t *tx) UpdateHook(h *engine.Hook) error {
	h.UpdatedAt = t.at
	set := map[string]any{
		"name": h.Name, "event": h.Event, "url": h.URL, "resource": h.Resource, "resource_number": h.ResourceNumber, "cart": int(h.Cart),
		"format": string(h.Format), "status": string(h.Status), "reason": h.Reason, "updated_at": micros(t.at),
	}
	if h.Status == engine.HookActive && h.Reason == "" {
		set["failing_since"], set["next_try_at"], set["failures"] = 0, 0, 0
		h.FailingSince, h.NextTryAt, h.Failures = time.Time{}, time.Time{}, 0
	}
	return translate(changed(t.orm().Model(&hookRow{}).Where("workspace_id = ? AND id = ? AND deleted_at = 0", t.workspace, h.ID).Updates(set)))
}

// DeleteHook ends a hook with its secret.
func (t *tx) DeleteHook(id string) error {
	n, err := t.exec(deleteHook, micros(t.at), t.workspace, id)
	if err == nil && n == 0 {
		err = errNotFound
	}
	if err != nil {
		return err
	}
	if _, err := t.exec(deleteSecretVersions, t.workspace, t.workspace, id); err != nil {
		return err
	}
	_, err = t.exec(deleteSecrets, t.workspace, id)
	return err
}

var (
	selectHooksFor = q(`SELECT id, resource, cart, format, status FROM hooks
		WHERE workspace_id = ? AND event = ? AND deleted_at = 0 AND event <> '' AND status <> 'disabled' ORDER BY id`)
	lockHook   = q(`SELECT status FROM hooks WHERE workspace_id = ? AND id = ? AND deleted_at = 0 $update`)
	deleteHook = q(`UPDATE hooks SET deleted_at = ?, place = '' WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
	// lockHooks is in the order of ids, so that two pages don't wait for each other.
	lockHooks = qIn(`SELECT id, status FROM hooks WHERE workspace_id = ? AND deleted_at = 0 AND id IN`, ` ORDER BY id $update`)

	resumeDeliveries = q(`UPDATE runs SET status = 'queued', epoch = epoch + 1, due_at = ?, ring_at = ? WHERE workspace_id = ? AND id IN (
			SELECT id FROM runs WHERE workspace_id = ? AND trigger_id = ? AND kind = 'delivery' AND trigger_id <> '' AND status IN ('held', 'waiting')
			ORDER BY id LIMIT ?)
		RETURNING workspace_id, id, epoch`)

	fromKept   = ` FROM runs WHERE workspace_id = ? AND trigger_id = ? AND kind = 'delivery' AND trigger_id <> '' AND status IN ('held', 'waiting') AND ` + runsStatus
	countKept  = q(`SELECT COUNT(*) FROM (SELECT 1` + fromKept + ` LIMIT ?) kept`)
	selectKept = q(`SELECT ` + runColumns + fromKept + ` ORDER BY id LIMIT ? $update`)

	hookSucceeded = q(`UPDATE hooks SET last_success_at = ?, failing_since = 0, failures = 0, next_try_at = 0, last_status = ?, last_error = ''
		WHERE workspace_id = ? AND id = ?`)
	hookFailed = q(`UPDATE hooks SET last_failure_at = ?, failures = failures + 1, last_status = ?, last_error = ?, next_try_at = ?,
		reason = CASE WHEN status = 'active' AND failing_since <> 0 AND failing_since <= ? THEN ? ELSE reason END,
		status = CASE WHEN status = 'active' AND failing_since <> 0 AND failing_since <= ? THEN 'paused' ELSE status END,
		failing_since = CASE WHEN failing_since = 0 THEN ? ELSE failing_since END
		WHERE workspace_id = ? AND id = ?`)
	hookGone = q(`UPDATE hooks SET status = 'disabled', reason = ?, next_try_at = 0 WHERE workspace_id = ? AND id = ? AND status <> 'disabled'`)

	// insertEventOfRun stores an event only with the run that it tells of.
	insertEventOfRun = q(`INSERT INTO events (workspace_id, id, type, contact_id, data, cause_run, depth, occurred_at, consumed_at)
		SELECT ` + marks(9) + ` FROM runs WHERE workspace_id = ? AND id = ?`)
)
