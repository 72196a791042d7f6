package mail

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// AgencyStore is what digests over all workspaces need of the database.
type AgencyStore interface {
	AgencyAlerts(ctx context.Context) (engine.AgencyAlerts, error)
	// ClaimAgencyAlerts takes the next digest until a time; false when somebody else
	// has it now.
	ClaimAgencyAlerts(ctx context.Context, a engine.AgencyAlerts, now, until time.Time) (bool, error)
	// EndAgencyAlerts notes up to when failures were told, or why they could not be.
	EndAgencyAlerts(ctx context.Context, a engine.AgencyAlerts, told time.Time, problem string) error
}

const (
	// maxClients is how many workspaces one digest names, maxCauses how many causes
	// of each.
	maxClients = 50
	maxCauses  = 3
	// agencyLease is how long one process may take to send a digest, and after how
	// long one is tried again that could not be sent.
	agencyLease = 5 * time.Minute
)

// noMail is shown where digests are set up.
const noMail = "No mail server is set up (SMTP_URL), so nobody gets these digests."

// GatherAgency sends the agency one digest of the new failures in all workspaces.
// It goes out at once and is in no workspace's outbox, whose readers may not see
// other workspaces. Told is what was sent: one that could not be is made anew, with
// what failed since.
func (m *Mailer) GatherAgency(ctx context.Context) error {
	alerts, err := m.Store.AgencyAlerts(ctx)
	now := m.Now()
	if err != nil || !alerts.Enabled || len(alerts.Emails) == 0 || now.Sub(alerts.ToldAt) < alerts.Every {
		return err
	}
	from, until := alerts.ToldAt, now.Add(-settle)
	if from.Before(now.Add(-oldest)) {
		from = now.Add(-oldest)
	}
	digests, err := m.agencyDigests(ctx, from, until)
	if err != nil || len(digests) == 0 {
		return err
	}
	if m.Transport == nil {
		if alerts.Error == noMail {
			return nil
		}
		return m.Store.EndAgencyAlerts(ctx, alerts, alerts.ToldAt, noMail)
	}
	mine, err := m.Store.ClaimAgencyAlerts(ctx, alerts, now, now.Add(agencyLease))
	if err != nil || !mine {
		return err
	}
	sendErr := m.sendAgency(ctx, alerts, digests, until)
	if sendErr != nil {
		return errors.Join(sendErr, m.Store.EndAgencyAlerts(ctx, alerts, alerts.ToldAt, sendErr.Error()))
	}
	return m.Store.EndAgencyAlerts(ctx, alerts, until, "")
}

// agencyDigests are those of each workspace with new failures, worst first.
func (m *Mailer) agencyDigests(ctx context.Context, from, until time.Time) ([]digest, error) {
	var digests []digest
	for p := (engine.Page{Limit: engine.MaxPage}); ; {
		list, err := m.Store.ListWorkspaces(ctx, nil, p)
		if err != nil {
			return nil, err
		}
		for _, ws := range list.Items {
			failed, err := m.Store.FailedRuns(ctx, ws.ID, from, maxTold)
			if err != nil {
				return nil, err
			}
			d := m.digest(m.base(""), ws, from, until, failed)
			if d.Total == 0 {
				continue
			}
			if len(d.Groups) > maxCauses {
				d.More, d.Groups = d.More+len(d.Groups)-maxCauses, d.Groups[:maxCauses]
			}
			if err := m.name(ctx, ws.ID, &d); err != nil {
				return nil, err
			}
			digests = append(digests, d)
		}
		if p.Cursor = list.Next; p.Cursor == "" {
			break
		}
	}
	slices.SortFunc(digests, func(a, b digest) int { return cmp.Or(b.Total-a.Total, strings.Compare(a.Workspace, b.Workspace)) })
	return digests, nil
}

// sendAgency sends each address its own copy. When one of several fails, all get
// the next one with the same failures: told twice is better than not at all.
func (m *Mailer) sendAgency(ctx context.Context, alerts engine.AgencyAlerts, digests []digest, until time.Time) error {
	subject, body := m.agencyText(digests)
	for i, to := range alerts.Emails {
		e := Email{ID: fmt.Sprintf("msg_agency-%d-%d", until.UnixMicro(), i), To: to, Subject: subject, Body: body}
		if err := m.Transport.Send(ctx, m.signed(e, "", crm.Sender{})); err != nil {
			return fmt.Errorf("the digest to %s: %w", to, err)
		}
	}
	return nil
}

// agencyText is the digest of all workspaces. Like those of one it holds nothing of
// a payload.
func (m *Mailer) agencyText(digests []digest) (subject, body string) {
	total := 0
	for _, d := range digests {
		total += d.Total
	}
	clients := "1 client"
	if len(digests) != 1 {
		clients = fmt.Sprintf("%d clients", len(digests))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s failed at %s between %s and %s.\n", runs(total), clients, shownTime(digests[0].From, time.UTC), shownTime(digests[0].To, time.UTC))
	for i, d := range digests {
		if i == maxClients {
			fmt.Fprintf(&b, "\nand %d more clients.\n", len(digests)-maxClients)
			break
		}
		fmt.Fprintf(&b, "\n%s: %s\n", oneLine(d.Workspace), runs(d.Total))
		for _, g := range d.Groups {
			fmt.Fprintf(&b, "  %s of %q: %s\n", runs(g.Count), oneLine(g.Workflow), oneLine(g.Message))
		}
		if d.More > 0 {
			fmt.Fprintf(&b, "  and %d more causes\n", d.More)
		}
		fmt.Fprintf(&b, "  %s\n", d.URL)
	}
	fmt.Fprintf(&b, "\nAll clients at a glance: %s/clients\nValues of your clients' data are left out of this message on purpose.\n", m.base(""))
	return oneLine(fmt.Sprintf("%s failed at %s", runs(total), clients)), b.String()
}
