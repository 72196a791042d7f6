package storage

import (
	"context"
	"encoding/hex"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/value"
)

var (
	selectOfferAddress = q(`SELECT t.workspace_id, t.offer_id, t.expires_at, o.number, o.deleted_at FROM offer_tokens t
		JOIN offers o ON o.workspace_id = t.workspace_id AND o.id = t.offer_id WHERE t.hash = ?`)
	selectOfferTokens = q(`SELECT hash, sealed, created_at, expires_at FROM offer_tokens
		WHERE workspace_id = ? AND offer_id = ? ORDER BY created_at DESC, expires_at, hash`)
	selectCurrentOfferTokens = qIn(`SELECT offer_id, hash, sealed FROM offer_tokens WHERE workspace_id = ? AND expires_at = 0 AND offer_id IN`, ``)
	insertOfferToken         = q(`INSERT INTO offer_tokens (hash, workspace_id, offer_id, sealed, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)`)
	expireOfferTokens        = q(`UPDATE offer_tokens SET expires_at = ? WHERE workspace_id = ? AND offer_id = ? AND expires_at = 0`)

	insertOfferCall = q(`INSERT INTO offer_requests (workspace_id, ` + offerCallColumns + `) VALUES (` + marks(22) + `)`)
	forgetOfferKey  = q(`UPDATE offer_requests SET key = NULL WHERE workspace_id = ? AND offer_id = ? AND action = ? AND key = ? AND key IS NOT NULL AND received_at < ?`)
	selectByKey     = q(`SELECT ` + offerCallColumns + ` FROM offer_requests WHERE workspace_id = ? AND offer_id = ? AND action = ? AND key = ? AND key IS NOT NULL`)
	selectOfferCall = q(`SELECT ` + offerCallColumns + ` FROM offer_requests WHERE workspace_id = ? AND id = ?`)

	selectOldCallers = q(`SELECT ip, user_agent, COUNT(*), MAX(received_at) FROM offer_requests
		WHERE workspace_id = ? AND offer_id = ? AND offer_id <> '' AND old AND received_at > ?
		GROUP BY ip, user_agent ORDER BY MAX(received_at) DESC LIMIT 100`)
)

const offerCallColumns = `id, number, offer_id, action, verdict, status, params, errors, reason, method, content_type, size, ip,
	user_agent, old, key, answer, run_id, contact_id, duplicate_of, received_at`

// OfferAddress finds what a token of an offer leads to, see
// engine.OfferAddresses.
func (s *Store) OfferAddress(ctx context.Context, tokenHash []byte) (engine.OfferAddress, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return engine.OfferAddress{}, err
	}
	now := s.now()
	return first(on, selectOfferAddress, []any{tokenHash}, func(row scanner) (a engine.OfferAddress, err error) {
		var expires, deleted int64
		err = row.Scan(&a.Workspace, &a.OfferID, &expires, &a.Number, &deleted)
		a.Gone = deleted != 0 || expires != 0 && !now.Before(timeOf(expires))
		a.Old = expires != 0 && !a.Gone
		return a, err
	})
}

func offerTokenPlace(hash []byte) secret.Place {
	return secret.Place{Table: "offer_tokens", ID: hex.EncodeToString(hash), Column: "sealed"}
}

// OfferTokens returns the addresses of an offer, newest first.
func (t *tx) OfferTokens(offerID string) ([]engine.OfferToken, error) {
	return t.offerTokens(t.workspace, offerID)
}

// OfferTokens returns the addresses of an offer, newest first.
func (s *Store) OfferTokens(ctx context.Context, workspace, offerID string) ([]engine.OfferToken, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return on.offerTokens(workspace, offerID)
}

// CurrentOfferTokens returns the present token of each offer by the offer's id;
// offers without are absent.
func (s *Store) CurrentOfferTokens(ctx context.Context, workspace string, offerIDs []string) (map[string]string, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return nil, err
	}
	type sealed struct {
		offer       string
		hash, token []byte
	}
	var rows []sealed
	err = eachIn(on, selectCurrentOfferTokens, []any{workspace}, offerIDs, func(row scanner) error {
		var r sealed
		err := row.Scan(&r.offer, &r.hash, &r.token)
		rows = append(rows, r)
		return err
	})
	if err != nil || len(rows) == 0 {
		return nil, err
	}
	box, err := on.box(workspace)
	if err != nil {
		return nil, err
	}
	tokens := make(map[string]string, len(rows))
	for _, r := range rows {
		plain, err := box.Open(r.token, offerTokenPlace(r.hash))
		if err != nil {
			return nil, err
		}
		tokens[r.offer] = string(plain)
	}
	return tokens, nil
}

func (s session) offerTokens(workspace, offerID string) ([]engine.OfferToken, error) {
	var sealed [][]byte
	tokens, err := all(s, selectOfferTokens, []any{workspace, offerID}, func(row scanner) (engine.OfferToken, error) {
		k := engine.OfferToken{OfferID: offerID}
		var text []byte
		var created, expires int64
		err := row.Scan(&k.Hash, &text, &created, &expires)
		k.CreatedAt, k.ExpiresAt = timeOf(created), timeOf(expires)
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
		plain, err := box.Open(sealed[i], offerTokenPlace(tokens[i].Hash))
		if err != nil {
			return nil, err
		}
		tokens[i].Plain = string(plain)
	}
	return tokens, nil
}

// InsertOfferToken stores an address of an offer; the token itself is encrypted.
func (t *tx) InsertOfferToken(k engine.OfferToken) error {
	box, err := t.box(t.workspace)
	if err != nil {
		return err
	}
	sealed := box.Seal([]byte(k.Plain), offerTokenPlace(k.Hash))
	_, err = t.exec(insertOfferToken, k.Hash, t.workspace, k.OfferID, sealed, micros(t.at), micros(k.ExpiresAt))
	return err
}

// ExpireOfferTokens ends the current addresses of an offer at a time.
func (t *tx) ExpireOfferTokens(offerID string, at time.Time) error {
	_, err := t.exec(expireOfferTokens, micros(at), t.workspace, offerID)
	return err
}

// InsertOfferCall stores a call of an offer's address, see engine.OfferTx.
func (t *tx) InsertOfferCall(c *engine.OfferCall) (err error) {
	if c.Number, err = t.number("offer_requests"); err != nil {
		return err
	}
	var params []byte
	if c.Params != nil {
		if params, err = value.Encode(c.Params); err != nil {
			return err
		}
	}
	_, err = t.exec(insertOfferCall, t.workspace, c.ID, c.Number, c.OfferID, c.Action, c.Verdict, c.Status, bytesOrNull(params),
		encodeList(c.Errors), c.Reason, c.Method, c.ContentType, c.Size, c.IP, c.UserAgent, c.Old, orNull(c.Key), bytesOrNull(c.Answer),
		c.RunID, c.ContactID, c.DuplicateOf, micros(c.ReceivedAt))
	return err
}

func readOfferCall(row scanner) (c engine.OfferCall, err error) {
	var params, errs []byte
	var key *string
	var received int64
	err = row.Scan(&c.ID, &c.Number, &c.OfferID, &c.Action, &c.Verdict, &c.Status, &params, &errs, &c.Reason, &c.Method, &c.ContentType,
		&c.Size, &c.IP, &c.UserAgent, &c.Old, &key, &c.Answer, &c.RunID, &c.ContactID, &c.DuplicateOf, &received)
	if err != nil {
		return c, err
	}
	c.Key, c.ReceivedAt = orEmpty(key), timeOf(received)
	if err := decode(errs, &c.Errors); err != nil {
		return c, err
	}
	c.Params, err = decodeObject(params)
	return c, err
}

// OfferCallByKey finds the call that a key was first used for, see
// engine.OfferTx.
func (t *tx) OfferCallByKey(offerID, action, key string, since time.Time) (engine.OfferCall, error) {
	if _, err := t.exec(forgetOfferKey, t.workspace, offerID, action, key, micros(since)); err != nil {
		return engine.OfferCall{}, err
	}
	return first(t.session, selectByKey, []any{t.workspace, offerID, action, key}, readOfferCall)
}

// OfferCall returns one call of an offer's address.
func (s *Store) OfferCall(ctx context.Context, workspace, id string) (engine.OfferCall, error) {
	on, err := s.read(ctx, workspace)
	if err != nil {
		return engine.OfferCall{}, err
	}
	c, err := first(on, selectOfferCall, []any{workspace, id}, readOfferCall)
	c.Workspace = workspace
	return c, err
}

// ListOfferCalls lists the calls of an offer's addresses from the newest.
func (s *Store) ListOfferCalls(ctx context.Context, workspace, offerID string, by engine.OfferCallFilter, p engine.Page) (engine.List[engine.OfferCall], error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return engine.List[engine.OfferCall]{}, err
	}
	f := where(workspace)
	f.and("offer_id = ? AND offer_id <> ''", offerID)
	f.andIf("verdict = ?", by.Verdict)
	f.andIf("action = ?", by.Action)
	return page(on, `SELECT `+offerCallColumns+` FROM offer_requests`, f, p, readOfferCall, func(c engine.OfferCall) string { return c.ID })
}

// OldCallers returns who still called an offer's addresses that were rotated
// away, since a time, the latest first, at most 100.
func (s *Store) OldCallers(ctx context.Context, workspace, offerID string, since time.Time) ([]engine.OldCaller, error) {
	on, err := s.readLong(ctx, workspace)
	if err != nil {
		return nil, err
	}
	return all(on, selectOldCallers, []any{workspace, offerID, micros(since)}, func(row scanner) (c engine.OldCaller, err error) {
		var last int64
		err = row.Scan(&c.IP, &c.UserAgent, &c.Calls, &last)
		c.LastAt = timeOf(last)
		return c, err
	})
}

// giveAddress makes the address of an offer that has none: new ones, and those
// from before there were addresses.
func (t *tx) giveAddress(offerID string) error {
	tokens, err := t.OfferTokens(offerID)
	if err != nil || len(tokens) > 0 {
		return err
	}
	plain := secret.NewToken()
	return t.InsertOfferToken(engine.OfferToken{Hash: secret.HashToken(plain), OfferID: offerID, Plain: plain})
}

// EnsureOfferTokens makes the addresses of offers that have none.
func (s *Store) EnsureOfferTokens(ctx context.Context, workspace string, offers []crm.Offer) error {
	return s.within(ctx, workspace, func(t *tx) error {
		for _, o := range offers {
			if err := t.giveAddress(o.ID); err != nil {
				return err
			}
		}
		return nil
	})
}
