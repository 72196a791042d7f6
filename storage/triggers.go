package storage

import (
	"encoding/hex"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/secret"
)

var (
	disableTriggers = q(`UPDATE triggers SET enabled = ? WHERE workspace_id = ? AND workflow_id = ?`)
	putTrigger      = q(`INSERT INTO triggers (workspace_id, workflow_id, id, type, event, watch, enabled) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (workspace_id, workflow_id, id) DO UPDATE SET type = excluded.type, event = excluded.event, enabled = excluded.enabled,
			watch = CASE WHEN excluded.watch = '' THEN triggers.watch ELSE excluded.watch END`)

	selectTokens = q(`SELECT hash, trigger_id, sealed, created_at, expires_at, last_used_at FROM tokens
		WHERE workspace_id = ? AND workflow_id = ? ORDER BY created_at DESC, expires_at, hash`)
	insertToken = q(`INSERT INTO tokens (hash, workspace_id, workflow_id, trigger_id, sealed, created_at, expires_at)
		VALUES (?, ?, ?, ?, ?, ?, ?)`)
	expireTokens = q(`UPDATE tokens SET expires_at = ? WHERE workspace_id = ? AND workflow_id = ? AND trigger_id = ? AND expires_at = 0`)
)

// SetTriggers replaces the workflow's trigger rows by id, see engine.WorkflowTx.
func (t *tx) SetTriggers(workflowID string, rows []engine.TriggerRow) error {
	if _, err := t.exec(disableTriggers, false, t.workspace, workflowID); err != nil {
		return err
	}
	for _, r := range rows {
		if _, err := t.exec(putTrigger, t.workspace, workflowID, r.ID, r.Type, r.Event, r.Watch, r.Enabled); err != nil {
			return err
		}
	}
	return nil
}

// Tokens returns the addresses of a workflow's triggers, newest first.
func (t *tx) Tokens(workflowID string) ([]engine.Token, error) {
	return t.tokens(t.workspace, workflowID)
}

func (s session) tokens(workspace, workflowID string) ([]engine.Token, error) {
	var sealed [][]byte
	tokens, err := all(s, selectTokens, []any{workspace, workflowID}, func(row scanner) (engine.Token, error) {
		k := engine.Token{WorkflowID: workflowID}
		var text []byte
		var created, expires, used int64
		err := row.Scan(&k.Hash, &k.TriggerID, &text, &created, &expires, &used)
		k.CreatedAt, k.ExpiresAt, k.LastUsedAt = timeOf(created), timeOf(expires), timeOf(used)
		sealed = append(sealed, text)
		return k, err
	})
	if err != nil || len(tokens) == 0 {
		return nil, err
	}
	box, err := s.box(workspace)
	if err != nil {
		return nil, err
	}
	for i := range tokens {
		plain, err := box.Open(sealed[i], tokenPlace(tokens[i].Hash))
		if err != nil {
			return nil, err
		}
		tokens[i].Plain = string(plain)
	}
	return tokens, nil
}

func tokenPlace(hash []byte) secret.Place {
	return secret.Place{Table: "tokens", ID: hex.EncodeToString(hash), Column: "sealed"}
}

// InsertToken stores an address; the token itself is encrypted.
func (t *tx) InsertToken(k engine.Token) error {
	box, err := t.box(t.workspace)
	if err != nil {
		return err
	}
	if k.CreatedAt.IsZero() {
		k.CreatedAt = t.at
	}
	sealed := box.Seal([]byte(k.Plain), tokenPlace(k.Hash))
	_, err = t.exec(insertToken, k.Hash, t.workspace, k.WorkflowID, k.TriggerID, sealed, micros(k.CreatedAt), micros(k.ExpiresAt))
	return err
}

// ExpireTokens ends the current tokens of a trigger at a time.
func (t *tx) ExpireTokens(workflowID, triggerID string, at time.Time) error {
	_, err := t.exec(expireTokens, micros(at), t.workspace, workflowID, triggerID)
	return err
}
