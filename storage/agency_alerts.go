package storage

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
)

var (
	selectAgencyAlerts = q(`SELECT enabled, every_minutes, emails, told_at, error FROM agency_alerts WHERE id = 1`)
	putAgencyAlerts    = q(`INSERT INTO agency_alerts (id, enabled, every_minutes, emails, told_at, updated_at) VALUES (1, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET enabled = excluded.enabled, every_minutes = excluded.every_minutes, emails = excluded.emails,
			updated_at = excluded.updated_at, try_at = 0, error = ''`)
	claimAgencyAlerts = q(`UPDATE agency_alerts SET try_at = ? WHERE id = 1 AND enabled AND emails <> '' AND try_at <= ? AND told_at = ?`)
	endAgencyAlerts   = q(`UPDATE agency_alerts SET told_at = ?, error = ? WHERE id = 1 AND told_at = ?`)
)

// AgencyAlerts returns who hears of failures in any workspace; nobody does until
// somebody is named.
func (s *Store) AgencyAlerts(ctx context.Context) (engine.AgencyAlerts, error) {
	on, err := s.read(ctx, crossing)
	if err != nil {
		return engine.AgencyAlerts{}, err
	}
	a, err := first(on, selectAgencyAlerts, nil, func(row scanner) (a engine.AgencyAlerts, err error) {
		var minutes, told int64
		var emails string
		err = row.Scan(&a.Enabled, &minutes, &emails, &told, &a.Error)
		a.Every, a.ToldAt, a.Emails = time.Duration(minutes)*time.Minute, timeOf(told), strings.Fields(emails)
		return a, err
	})
	if errors.Is(err, errNotFound) {
		return engine.AgencyAlerts{Every: engine.DefaultAlerts.Every}, nil
	}
	return a, err
}

// PutAgencyAlerts stores who hears of failures; ToldAt stays, and is now when
// nobody was told before.
func (s *Store) PutAgencyAlerts(ctx context.Context, a engine.AgencyAlerts) error {
	return s.within(ctx, crossing, func(t *tx) error {
		at := micros(t.at)
		_, err := t.exec(putAgencyAlerts, a.Enabled, int64(a.Every/time.Minute), strings.Join(a.Emails, " "), at, at)
		return err
	})
}

// ClaimAgencyAlerts takes the next digest for this process until a time; false when
// another one has it, or it is not due.
func (s *Store) ClaimAgencyAlerts(ctx context.Context, a engine.AgencyAlerts, now, until time.Time) (mine bool, err error) {
	err = s.within(ctx, crossing, func(t *tx) error {
		n, err := t.exec(claimAgencyAlerts, micros(until), micros(now), micros(a.ToldAt))
		mine = n > 0
		return err
	})
	return mine, err
}

// EndAgencyAlerts notes up to when failures were told, or why they could not be.
func (s *Store) EndAgencyAlerts(ctx context.Context, a engine.AgencyAlerts, told time.Time, problem string) error {
	return s.within(ctx, crossing, func(t *tx) error {
		_, err := t.exec(endAgencyAlerts, micros(told), problem, micros(a.ToldAt))
		return err
	})
}
