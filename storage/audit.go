package storage

import (
	"context"
	"crypto/sha256"
	"errors"
	"strings"

	"github.com/hookloom/hookloom/engine"
)

// Each workspace has a chain of its own, and the installation one more: writers
// of different clients do not wait for each other, and a client's export can be
// checked by itself. A chain's row in audit_heads is locked while an entry is
// added, so that processes that write at once cannot fork it.
const auditColumns = `id, workspace_id, actor_id, actor_name, action, object_kind, object_id, detail, ip, at, seq, prev, hash`

var (
	insertAudit = q(`INSERT INTO audit (` + auditColumns + `) VALUES (` + marks(13) + `)`)
	openChain   = q(`INSERT INTO audit_heads (workspace_id, seq, hash) VALUES (?, 0, ?) ON CONFLICT DO NOTHING`)
	lockChain   = q(`SELECT seq, hash FROM audit_heads WHERE workspace_id = ? $update`)
	selectChain = q(`SELECT seq, hash FROM audit_heads WHERE workspace_id = ?`)
	nameOfActor = q(`SELECT name FROM users WHERE id = ? UNION ALL SELECT name FROM api_keys WHERE id = ?`)
	moveChain   = q(`UPDATE audit_heads SET seq = ?, hash = ? WHERE workspace_id = ?`)
	// chainPart and the two before it read in the chain's order.
	chainPart = q(`SELECT ` + auditColumns + ` FROM audit WHERE COALESCE(workspace_id, '') = ? AND seq > 0 AND seq > ? ORDER BY seq LIMIT ?`)
	olderPart = q(`SELECT ` + auditColumns + ` FROM audit WHERE workspace_id = ? AND seq = 0 AND id > ? ORDER BY id LIMIT ?`)
	olderOwn  = q(`SELECT ` + auditColumns + ` FROM audit WHERE workspace_id IS NULL AND seq = 0 AND id > ? ORDER BY id LIMIT ?`)
)

// chainPage is how many entries are read at once.
const chainPage = 500

func readAudit(row scanner) (r engine.AuditRecord, err error) {
	var workspace *string
	var detail []byte
	var at int64
	err = row.Scan(&r.ID, &workspace, &r.ActorID, &r.ActorName, &r.Action, &r.ObjectKind, &r.ObjectID, &detail, &r.IP, &at, &r.Seq, &r.Prev, &r.Hash)
	if err != nil {
		return r, err
	}
	r.Workspace, r.At = orEmpty(workspace), timeOf(at)
	r.Text = engine.AuditText(r.AuditEntry, detail)
	if r.Detail, err = decodeObject(detail); err != nil {
		// It was written as JSON, so somebody changed it, which the chain shows.
		r.Detail = nil
	}
	return r, nil
}

func readHead(row scanner) (h engine.AuditHead, err error) { return h, row.Scan(&h.Seq, &h.Hash) }

// Audit adds who did what to the end of its workspace's chain; ID and At are
// filled in where they are empty.
func (s *Store) Audit(ctx context.Context, e engine.AuditEntry) error {
	return s.within(ctx, crossing, func(t *tx) error { return t.audit(e) })
}

// Audit adds to the workspace's chain inside this transaction, see engine.AuditTx.
func (t *tx) Audit(e engine.AuditEntry) error {
	e.Workspace = t.workspace
	if e.ActorID != "" && e.ActorName == "" {
		name, err := first(t.session, nameOfActor, []any{e.ActorID, e.ActorID}, func(row scanner) (name string, err error) { return name, row.Scan(&name) })
		if err != nil && !errors.Is(err, errNotFound) {
			return err
		}
		e.ActorName = name
	}
	return t.audit(e)
}

func (t *tx) audit(e engine.AuditEntry) error {
	if e.ID == "" {
		e.ID = engine.NewID("aud")
	}
	if e.At.IsZero() {
		e.At = t.at
	}
	var detail []byte
	if len(e.Detail) > 0 {
		detail = mustEncode(e.Detail)
	}
	head, err := t.chain(e.Workspace)
	if err != nil {
		return err
	}
	// What is hashed must be what the database gives back.
	for _, text := range []*string{&e.ActorID, &e.ActorName, &e.Action, &e.ObjectKind, &e.ObjectID, &e.IP} {
		*text = cleanText(*text, *text).(string)
	}
	e.At, e.Seq, e.Prev = timeOf(micros(e.At)), head.Seq+1, head.Hash
	e.Hash = engine.AuditHash(e.Prev, engine.AuditText(e, detail))
	if _, err := t.exec(insertAudit, e.ID, orNull(e.Workspace), e.ActorID, e.ActorName, e.Action, e.ObjectKind, e.ObjectID, bytesOrNull(detail), e.IP,
		micros(e.At), e.Seq, e.Prev, e.Hash); err != nil {
		return err
	}
	_, err = t.exec(moveChain, e.Seq, e.Hash, e.Workspace)
	return err
}

// chain locks the end of a chain. A chain's first entry follows from the hash of
// all that is older than it.
func (t *tx) chain(workspace string) (engine.AuditHead, error) {
	head, err := first(t.session, lockChain, []any{workspace}, readHead)
	if !errors.Is(err, errNotFound) {
		return head, err
	}
	older := sha256.New()
	err = eachOlder(t.session, workspace, func(r engine.AuditRecord) { older.Write(r.Text) })
	if err != nil {
		return head, err
	}
	if _, err := t.exec(openChain, workspace, older.Sum(nil)); err != nil {
		return head, err
	}
	return first(t.session, lockChain, []any{workspace}, readHead)
}

// eachOlder calls fn for the entries from before there were chains.
func eachOlder(on session, workspace string, fn func(engine.AuditRecord)) error {
	for last := ""; ; {
		list, err := olderAudit(on, workspace, last, chainPage)
		if err != nil {
			return err
		}
		for _, r := range list {
			fn(r)
			last = r.ID
		}
		if len(list) < chainPage {
			return nil
		}
	}
}

func olderAudit(on session, workspace, after string, limit int) ([]engine.AuditRecord, error) {
	if workspace == "" {
		return all(on, olderOwn, []any{after, limit}, readAudit)
	}
	return all(on, olderPart, []any{workspace, after, limit}, readAudit)
}

// AuditHead returns the end of a chain, "" for the installation's own; the zero
// one for a chain that has no entry yet.
func (s *Store) AuditHead(ctx context.Context, workspace string) (engine.AuditHead, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return engine.AuditHead{}, err
	}
	head, err := first(on, selectChain, []any{workspace}, readHead)
	if errors.Is(err, errNotFound) {
		return engine.AuditHead{}, nil
	}
	return head, err
}

// AuditPart returns the next entries of a chain behind the one given, the zero
// record for the chain's begin; none at its end. Entries from before there were
// chains come first.
func (s *Store) AuditPart(ctx context.Context, workspace string, after engine.AuditRecord) ([]engine.AuditRecord, error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return nil, err
	}
	if after.Seq == 0 {
		list, err := olderAudit(on, workspace, after.ID, chainPage)
		if err != nil || len(list) > 0 {
			return list, err
		}
	}
	return all(on, chainPart, []any{workspace, after.Seq, chainPage}, readAudit)
}

// VerifyAudit looks through a whole chain. noted is an end of it that somebody
// kept elsewhere, the zero one for none.
func (s *Store) VerifyAudit(ctx context.Context, workspace string, noted engine.AuditHead) (engine.AuditCheck, error) {
	head, err := s.AuditHead(ctx, workspace)
	if err != nil {
		return engine.AuditCheck{}, err
	}
	checker := engine.NewAuditChecker(head, noted)
	for last := (engine.AuditRecord{}); ; {
		part, err := s.AuditPart(ctx, workspace, last)
		if err != nil {
			return engine.AuditCheck{}, err
		}
		if len(part) == 0 {
			return checker.End(), nil
		}
		for _, r := range part {
			checker.Add(r)
		}
		last = part[len(part)-1]
	}
}

// ListAudit lists what was done in a workspace, from the newest; "" is what
// concerns the installation.
func (s *Store) ListAudit(ctx context.Context, workspace string, by engine.AuditFilter, p engine.Page) (engine.List[engine.AuditEntry], error) {
	on, err := s.readLong(ctx, crossing)
	if err != nil {
		return engine.List[engine.AuditEntry]{}, err
	}
	f := where(workspace)
	if workspace == "" {
		f = &filter{}
		f.text.WriteString(" WHERE workspace_id IS NULL")
	}
	if by.Actor != "" {
		f.and(`(actor_id = ? OR LOWER(actor_name) LIKE ? ESCAPE '\')`, by.Actor, "%"+likeText(strings.ToLower(by.Actor))+"%")
	}
	if by.Action != "" {
		f.and(`(action = ? OR action LIKE ? ESCAPE '\')`, by.Action, likeText(by.Action)+".%")
	}
	f.andIf("object_id = ?", by.Object)
	if !by.From.IsZero() {
		f.and("at >= ?", micros(by.From))
	}
	if !by.To.IsZero() {
		f.and("at < ?", micros(by.To))
	}
	list, err := page(on, `SELECT `+auditColumns+` FROM audit`, f, p, readAudit, func(r engine.AuditRecord) string { return r.ID })
	out := engine.List[engine.AuditEntry]{Next: list.Next}
	for _, r := range list.Items {
		out.Items = append(out.Items, r.AuditEntry)
	}
	return out, err
}
