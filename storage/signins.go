package storage

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

const signInColumns = `connection_id, status, reason, scope, generation, expires_at, renewed_at, connected_at, lost_at`

var (
	selectSignIn  = q(`SELECT ` + signInColumns + `, sealed FROM sign_ins WHERE workspace_id = ? AND connection_id = ?`)
	selectSignIns = q(`SELECT ` + signInColumns + ` FROM sign_ins WHERE workspace_id = ? ORDER BY connection_id`)
	beginSignIn   = q(`INSERT INTO sign_ins (workspace_id, connection_id, status, generation) VALUES (?, ?, ?, 0)
		ON CONFLICT (workspace_id, connection_id) DO NOTHING`)
	holdSignIn = q(`UPDATE sign_ins SET holder = ?, held_until = $now + ? WHERE workspace_id = ? AND connection_id = ? AND generation = ?
		AND (holder = '' OR held_until < $now)`)
	freeSignIn  = q(`UPDATE sign_ins SET holder = '', held_until = 0 WHERE workspace_id = ? AND connection_id = ? AND holder = ?`)
	renewSignIn = q(`UPDATE sign_ins SET status = ?, reason = ?, sealed = ?, scope = ?, generation = ?, expires_at = ?, renewed_at = ?, lost_at = ?,
		holder = '', held_until = 0 WHERE workspace_id = ? AND connection_id = ? AND holder = ? AND generation = ?`)
	lastSignIn    = q(`SELECT generation FROM sign_ins WHERE workspace_id = ? AND connection_id = ? $update`)
	connectSignIn = q(`INSERT INTO sign_ins (workspace_id, connection_id, status, sealed, scope, generation, expires_at, renewed_at, connected_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, connection_id) DO UPDATE SET status = excluded.status, reason = '', sealed = excluded.sealed, scope = excluded.scope,
			generation = excluded.generation, expires_at = excluded.expires_at, renewed_at = excluded.renewed_at,
			connected_at = excluded.connected_at, lost_at = 0, holder = '', held_until = 0`)
	// What is kept of a dropped one is its generation: what was sealed before opens
	// nowhere again.
	dropSignIn = q(`UPDATE sign_ins SET status = ?, reason = '', sealed = NULL, scope = '', generation = generation + 1, expires_at = 0, renewed_at = 0,
		connected_at = 0, lost_at = 0, holder = '', held_until = 0 WHERE workspace_id = ? AND connection_id = ?`)

	insertConsent = q(`INSERT INTO consents (hash, workspace_id, connection_id, browser, user_id, link_id, sealed, redirect_url, back, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
	selectConsent   = q(`SELECT workspace_id, connection_id, browser, user_id, link_id, sealed, redirect_url, back, expires_at FROM consents WHERE hash = ? AND expires_at > ?`)
	dropConsent     = q(`DELETE FROM consents WHERE hash = ?`)
	dropConsents    = q(`DELETE FROM consents WHERE workspace_id = ? AND connection_id = ?`)
	expiredConsents = q(`DELETE FROM consents WHERE expires_at <= ?`)
)

// tokens are what is sealed of a sign-in.
type tokens struct {
	Access  string `json:"access"`
	Refresh string `json:"refresh,omitempty"`
}

func signInPlace(connection string, generation int64) secret.Place {
	return secret.Place{Table: "sign_ins", ID: fmt.Sprintf("%s/%d", connection, generation), Column: "sealed"}
}

func readSignIn(row scanner, more ...any) (s engine.SignIn, err error) {
	var status string
	var expires, renewed, connected, lost int64
	err = row.Scan(append([]any{&s.Connection, &status, &s.Reason, &s.Scope, &s.Generation, &expires, &renewed, &connected, &lost}, more...)...)
	s.Status = engine.SignInStatus(status)
	s.ExpiresAt, s.RenewedAt, s.ConnectedAt, s.LostAt = timeOf(expires), timeOf(renewed), timeOf(connected), timeOf(lost)
	return s, err
}

// SignIn returns the tokens of a connection, see engine.SignIns.
func (s *Store) SignIn(ctx context.Context, workspace, connection string) (engine.SignIn, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.SignIn{}, err
	}
	var sealed []byte
	got, err := first(on, selectSignIn, []any{workspace, connection}, func(row scanner) (engine.SignIn, error) { return readSignIn(row, &sealed) })
	if err != nil || sealed == nil {
		return got, err
	}
	box, err := on.box(workspace)
	if err != nil {
		return got, err
	}
	plain, err := box.Open(sealed, signInPlace(connection, got.Generation))
	if err != nil {
		return got, fmt.Errorf("tokens of %s: %w", connection, err)
	}
	var t tokens
	err = json.Unmarshal(plain, &t)
	got.Access, got.Refresh = secret.Redacted(t.Access), secret.Redacted(t.Refresh)
	return got, err
}

// ListSignIns returns how connections stand, see engine.SignIns.
func (s *Store) ListSignIns(ctx context.Context, workspace string) ([]engine.SignIn, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectSignIns, []any{workspace}, func(row scanner) (engine.SignIn, error) { return readSignIn(row) })
}

// HoldSignIn lets one renew tokens at a time, see engine.SignIns.
func (s *Store) HoldSignIn(ctx context.Context, workspace, connection string, generation int64, holder string, hold time.Duration) (held bool, err error) {
	err = s.within(ctx, workspace, func(t *tx) error {
		if generation == 0 {
			if _, err := t.exec(beginSignIn, workspace, connection, string(engine.SignInNone)); err != nil {
				return err
			}
		}
		n, err := t.exec(holdSignIn, holder, hold.Microseconds(), workspace, connection, generation)
		held = n > 0
		return err
	})
	return held, err
}

// FreeSignIn ends the right to renew, see engine.SignIns.
func (s *Store) FreeSignIn(ctx context.Context, workspace, connection, holder string) error {
	return s.within(ctx, workspace, func(t *tx) error {
		_, err := t.exec(freeSignIn, workspace, connection, holder)
		return err
	})
}

// seal closes the tokens of a sign-in, nil for one that has none.
func (t *tx) seal(s engine.SignIn) ([]byte, error) {
	if s.Access == "" && s.Refresh == "" {
		return nil, nil
	}
	plain, err := json.Marshal(tokens{s.Access.Reveal(), s.Refresh.Reveal()})
	if err != nil {
		return nil, err
	}
	box, err := t.box(t.workspace)
	if err != nil {
		return nil, err
	}
	return box.Seal(plain, signInPlace(s.Connection, s.Generation)), nil
}

// RenewSignIn stores what the holder got, see engine.SignIns.
func (s *Store) RenewSignIn(ctx context.Context, workspace, holder string, got engine.SignIn) error {
	was := got.Generation
	got.Generation++
	return s.within(ctx, workspace, func(t *tx) error {
		sealed, err := t.seal(got)
		if err != nil {
			return err
		}
		n, err := t.exec(renewSignIn, string(got.Status), got.Reason, bytesOrNull(sealed), got.Scope, got.Generation, micros(got.ExpiresAt), micros(got.RenewedAt),
			micros(got.LostAt), workspace, got.Connection, holder, was)
		if err == nil && n == 0 {
			return engine.ErrLost
		}
		return err
	})
}

// ConnectSignIn stores the tokens of a new sign-in, see engine.SignInTx.
func (t *tx) ConnectSignIn(s engine.SignIn) error {
	err := t.one(lastSignIn, []any{t.workspace, s.Connection}, func(row scanner) error { return row.Scan(&s.Generation) })
	if err != nil && translate(err) != errNotFound { //nolint:errorlint // one returns it as it is
		return err
	}
	s.Generation++
	sealed, err := t.seal(s)
	if err != nil {
		return err
	}
	_, err = t.exec(connectSignIn, t.workspace, s.Connection, string(engine.SignInReady), bytesOrNull(sealed), s.Scope, s.Generation,
		micros(s.ExpiresAt), micros(t.at), micros(t.at))
	return err
}

// DropSignIn forgets the tokens of a connection, see engine.SignInTx.
func (t *tx) DropSignIn(connection string) error {
	if _, err := t.exec(dropConsents, t.workspace, connection); err != nil {
		return err
	}
	_, err := t.exec(dropSignIn, string(engine.SignInNone), t.workspace, connection)
	return err
}

func consentPlace(hash []byte) secret.Place {
	return secret.Place{Table: "consents", ID: fmt.Sprintf("%x", hash), Column: "sealed"}
}

// PutConsent stores a sign-in that begins, and forgets those that were never
// finished.
func (s *Store) PutConsent(ctx context.Context, c engine.Consent) error {
	return s.within(ctx, c.Workspace, func(t *tx) error {
		if _, err := t.exec(expiredConsents, micros(t.at)); err != nil {
			return err
		}
		box, err := t.box(c.Workspace)
		if err != nil {
			return err
		}
		_, err = t.exec(insertConsent, c.Hash, c.Workspace, c.Connection, c.Browser, c.UserID, c.Link, box.Seal([]byte(c.Verifier.Reveal()), consentPlace(c.Hash)),
			c.RedirectURL, c.Back, micros(t.at), micros(c.ExpiresAt))
		return err
	})
}

// TakeConsent uses a sign-in up, see engine.SignIns.
func (s *Store) TakeConsent(ctx context.Context, hash []byte) (c engine.Consent, err error) {
	err = s.within(ctx, crossing, func(t *tx) error {
		var sealed []byte
		var expires int64
		c = engine.Consent{Hash: hash}
		err := t.one(selectConsent, []any{hash, micros(t.at)}, func(row scanner) error {
			return row.Scan(&c.Workspace, &c.Connection, &c.Browser, &c.UserID, &c.Link, &sealed, &c.RedirectURL, &c.Back, &expires)
		})
		if err != nil {
			return err
		}
		c.ExpiresAt = timeOf(expires)
		if n, err := t.exec(dropConsent, hash); err != nil || n == 0 {
			return firstError(err, errNotFound)
		}
		box, err := t.box(c.Workspace)
		if err != nil {
			return err
		}
		plain, err := box.Open(sealed, consentPlace(hash))
		c.Verifier = secret.Redacted(plain)
		return err
	})
	return c, err
}

var (
	waitingSteps = q(`SELECT r.id, s.error FROM runs r JOIN run_steps s ON s.workspace_id = r.workspace_id AND s.run_id = r.id
		WHERE r.workspace_id = ? AND r.status = 'waiting' AND r.id > ? AND s.status = 'waiting' AND s.error IS NOT NULL ORDER BY r.id LIMIT ?`)
	failedRuns = q(`SELECT id, error FROM runs WHERE workspace_id = ? AND status = 'failed' AND id > ? AND error IS NOT NULL ORDER BY id LIMIT ?`)
)

// RunsWithoutSignIn finds runs that a signed-out connection stopped, see
// engine.SignIns. max bounds what is looked at.
func (s *Store) RunsWithoutSignIn(ctx context.Context, workspace, connection string, status engine.Status, after string, max int) (ids []string, next string, err error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, "", err
	}
	query := failedRuns
	if status == engine.Waiting {
		query = waitingSteps
	}
	seen := 0
	err = on.each(query, []any{workspace, after, max}, func(row scanner) error {
		var id string
		var text []byte
		if err := row.Scan(&id, &text); err != nil {
			return err
		}
		seen++
		next = id
		var why *engine.Failure
		if err := decode(text, &why); err != nil {
			return err
		}
		if why != nil && why.Code == engine.CodeSignedOut && why.Detail == connection && (len(ids) == 0 || ids[len(ids)-1] != id) {
			ids = append(ids, id)
		}
		return nil
	})
	if seen < max {
		next = ""
	}
	return ids, next, err
}
