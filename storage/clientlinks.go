package storage

import (
	"context"

	"github.com/hookloom/hookloom/engine"
)

const linkColumns = `workspace_id, id, connection_id, hash, created_by, created_at, expires_at, used_at, revoked_at`

var (
	insertClientLink = q(`INSERT INTO client_links (` + linkColumns + `) VALUES (` + marks(9) + `)`)
	selectClientLink = q(`SELECT ` + linkColumns + ` FROM client_links WHERE hash = ?`)
	listClientLinks  = q(`SELECT ` + linkColumns + ` FROM client_links WHERE workspace_id = ? AND connection_id = ? ORDER BY id DESC LIMIT 20`)
	// useClientLink takes a link once, whoever comes at the same time.
	useClientLink  = q(`UPDATE client_links SET used_at = ? WHERE workspace_id = ? AND id = ? AND used_at = 0 AND revoked_at = 0 AND expires_at > ?`)
	endClientLinks = q(`UPDATE client_links SET revoked_at = ? WHERE workspace_id = ? AND connection_id = ? AND used_at = 0 AND revoked_at = 0`)

	awaitClient = q(`UPDATE connections SET waiting_since = ?, problem = ?, problem_at = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
	noteProblem = q(`UPDATE connections SET problem = ?, problem_at = ? WHERE workspace_id = ? AND id = ? AND deleted_at = 0 AND problem <> ?`)
)

func readClientLink(row scanner) (l engine.ClientLink, err error) {
	var created, expires, used, revoked int64
	err = row.Scan(&l.Workspace, &l.ID, &l.ConnectionID, &l.Hash, &l.CreatedBy, &created, &expires, &used, &revoked)
	l.CreatedAt, l.ExpiresAt, l.UsedAt, l.RevokedAt = timeOf(created), timeOf(expires), timeOf(used), timeOf(revoked)
	return l, err
}

// ClientLinkByHash finds a link by the SHA-256 of its token, which crosses
// workspaces: the token is the credential. engine.ErrNotFound for an unknown one.
func (s *Store) ClientLinkByHash(ctx context.Context, hash []byte) (engine.ClientLink, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return engine.ClientLink{}, err
	}
	return first(on, selectClientLink, []any{hash}, readClientLink)
}

// ClientLinks lists the last 20 links of a connection, from the newest.
func (s *Store) ClientLinks(ctx context.Context, workspace, connectionID string) ([]engine.ClientLink, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, listClientLinks, []any{workspace, connectionID}, readClientLink)
}

// NoteConnection stores why a connection did not work, "" when it did.
func (s *Store) NoteConnection(ctx context.Context, workspace, id, problem string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		_, err := t.exec(noteProblem, problem, micros(t.at), workspace, id, problem)
		return err
	})
}

// AwaitClient stores a new link of a connection, which waits for the client from
// now on, and ends earlier ones. engine.ErrNotFound when there is no such connection.
func (t *tx) AwaitClient(l engine.ClientLink) error {
	at := micros(t.at)
	n, err := t.exec(awaitClient, at, "", 0, t.workspace, l.ConnectionID)
	if err != nil {
		return err
	}
	if n == 0 {
		return errNotFound
	}
	if _, err := t.exec(endClientLinks, at, t.workspace, l.ConnectionID); err != nil {
		return err
	}
	_, err = t.exec(insertClientLink, t.workspace, l.ID, l.ConnectionID, l.Hash, l.CreatedBy, micros(l.CreatedAt), micros(l.ExpiresAt), 0, 0)
	return err
}

// EndClientLinks revokes the links of a connection that were not used, and reports
// how many. The connection waits for nobody any more; problem says what is wrong
// with it now, "" for nothing.
func (t *tx) EndClientLinks(connectionID, problem string) (int, error) {
	at := micros(t.at)
	n, err := t.exec(endClientLinks, at, t.workspace, connectionID)
	if err != nil || n == 0 {
		return 0, err
	}
	_, err = t.exec(awaitClient, 0, problem, at, t.workspace, connectionID)
	return int(n), err
}

// UseClientLink takes a link, and has its connection wait no more. false when
// somebody was faster, or it ended meanwhile.
func (t *tx) UseClientLink(l engine.ClientLink) (bool, error) {
	at := micros(t.at)
	n, err := t.exec(useClientLink, at, t.workspace, l.ID, at)
	if err != nil || n == 0 {
		return false, err
	}
	_, err = t.exec(awaitClient, 0, "", 0, t.workspace, l.ConnectionID)
	return err == nil, err
}
