package mail

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

const (
	// settle is how old a failure is before it is told: runs that end at once
	// are told together, and none is overtaken by one that was committed later.
	settle = 10 * time.Second
	// oldest bounds what a first digest looks back.
	oldest = 24 * time.Hour
	// maxTold is how many failures one digest counts, maxGroups how many causes it
	// names.
	maxTold   = 5000
	maxGroups = 20
)

// Gather puts a digest into the outbox of every workspace with new failures whose
// last one is long enough ago.
func (m *Mailer) Gather(ctx context.Context) error {
	var errs []error
	for p := (engine.Page{Limit: engine.MaxPage}); ; {
		list, err := m.Store.ListWorkspaces(ctx, nil, p)
		if err != nil {
			return errors.Join(append(errs, err)...)
		}
		for _, ws := range list.Items {
			if err := m.gather(ctx, ws); err != nil && !errors.Is(err, engine.ErrLost) {
				errs = append(errs, fmt.Errorf("workspace %s: %w", ws.Slug, err))
			}
		}
		if p.Cursor = list.Next; p.Cursor == "" {
			return errors.Join(errs...)
		}
	}
}

func (m *Mailer) gather(ctx context.Context, ws crm.Workspace) error {
	alerts, err := m.Store.Alerts(ctx, ws.ID)
	now := m.Now()
	if err != nil || !alerts.Enabled || now.Sub(alerts.ToldAt) < alerts.Every {
		return err
	}
	from, until := alerts.ToldAt, now.Add(-settle)
	if from.Before(now.Add(-oldest)) {
		from = now.Add(-oldest)
	}
	failed, err := m.Store.FailedRuns(ctx, ws.ID, from, maxTold)
	if err != nil {
		return err
	}
	d := m.digest(m.base(ws.ID), ws, from, until, failed)
	if d.Total == 0 {
		return nil
	}
	if err := m.name(ctx, ws.ID, &d); err != nil {
		return err
	}
	messages, err := m.messages(ctx, ws, alerts, d)
	if err != nil {
		return err
	}
	return m.Store.TellFailures(ctx, ws.ID, alerts.ToldAt, until, messages)
}

// digest is what a workspace hears; webhooks get it as JSON.
type digest struct {
	Type      string    `json:"type"`
	Workspace string    `json:"workspace"`
	Slug      string    `json:"workspace_slug"`
	From      time.Time `json:"from"`
	To        time.Time `json:"to"`
	Total     int       `json:"total"`
	URL       string    `json:"url"`
	Groups    []group   `json:"groups"`
	More      int       `json:"more_groups"`
}

// group is one cause. Message holds nothing of a payload.
type group struct {
	Workflow   string    `json:"workflow"`
	WorkflowID string    `json:"workflow_id"`
	Step       string    `json:"step"`
	Message    string    `json:"message"`
	Unknown    bool      `json:"needs_decision"`
	Count      int       `json:"count"`
	LastAt     time.Time `json:"last_at"`
	RunID      string    `json:"run_id"`
	URL        string    `json:"url"`
}

func (m *Mailer) digest(base string, ws crm.Workspace, from, until time.Time, failed []engine.Run) digest {
	d := digest{Type: "failures.digest", Workspace: ws.Name, Slug: ws.Slug, From: from.UTC(), To: until.UTC(), URL: base + "/w/" + ws.Slug + "/attention"}
	groups := map[string]*group{}
	for _, r := range failed {
		if r.Error == nil || !r.FinishedAt.After(from) || r.FinishedAt.After(until) {
			continue
		}
		d.Total++
		key := string(r.Status) + r.Fingerprint()
		g := groups[key]
		if g == nil {
			g = &group{WorkflowID: r.WorkflowID, Step: engine.StepOfPath(r.Error.Step), Message: engine.WithoutValues(r.Error.Message), Unknown: r.Status == engine.Parked}
			groups[key] = g
		}
		if g.Count++; r.FinishedAt.After(g.LastAt) {
			g.LastAt, g.RunID, g.URL = r.FinishedAt.UTC(), r.ID, base+"/w/"+ws.Slug+"/runs/"+r.ID
		}
	}
	for _, g := range groups {
		d.Groups = append(d.Groups, *g)
	}
	slices.SortFunc(d.Groups, func(a, b group) int {
		return cmp.Or(b.Count-a.Count, b.LastAt.Compare(a.LastAt), cmp.Compare(a.RunID, b.RunID))
	})
	if len(d.Groups) > maxGroups {
		d.More, d.Groups = len(d.Groups)-maxGroups, d.Groups[:maxGroups]
	}
	return d
}

// name fills in what workflows are called.
func (m *Mailer) name(ctx context.Context, ws string, d *digest) error {
	names := map[string]string{}
	for i := range d.Groups {
		g := &d.Groups[i]
		if _, known := names[g.WorkflowID]; !known {
			w, err := m.Store.WorkflowInfo(ctx, ws, g.WorkflowID)
			if err != nil && !errors.Is(err, engine.ErrNotFound) {
				return err
			}
			names[g.WorkflowID] = cmp.Or(w.Name, "A deleted workflow")
		}
		g.Workflow = names[g.WorkflowID]
	}
	return nil
}

// messages are one for each address and one for the webhook.
func (m *Mailer) messages(ctx context.Context, ws crm.Workspace, alerts engine.Alerts, d digest) ([]engine.Message, error) {
	to := alerts.Emails
	if alerts.ToOwners() {
		var err error
		if to, err = m.Store.OwnerEmails(ctx, ws.ID); err != nil {
			return nil, err
		}
	}
	once := fmt.Sprintf("digest:%d:", d.To.UnixMicro())
	var list []engine.Message
	for _, email := range to {
		list = append(list, engine.Message{
			ID: engine.NewID("msg"), Workspace: ws.ID, Kind: "digest", Channel: engine.ChannelEmail, Target: email,
			Subject: d.subject(), Body: d.text(ws.Location()), Once: once + email,
		})
	}
	if alerts.WebhookURL != "" {
		body, err := json.Marshal(d)
		if err != nil {
			return nil, err
		}
		list = append(list, engine.Message{
			ID: engine.NewID("msg"), Workspace: ws.ID, Kind: "digest", Channel: engine.ChannelWebhook, Target: alerts.WebhookURL,
			Subject: d.subject(), Body: string(body), Once: once + "webhook",
		})
	}
	return list, nil
}

func (d digest) subject() string {
	return oneLine(fmt.Sprintf("%s failed in %s", runs(d.Total), d.Workspace))
}

func runs(n int) string {
	if n == 1 {
		return "1 run"
	}
	return fmt.Sprintf("%d runs", n)
}

// oneLine keeps a name from breaking a header.
func oneLine(text string) string { return strings.Join(strings.Fields(text), " ") }

// text is the digest as an e-mail.
func (d digest) text(zone *time.Location) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s failed in the workspace %q between %s and %s.\n", runs(d.Total), d.Workspace, shownTime(d.From, zone), shownTime(d.To, zone))
	for _, g := range d.Groups {
		fmt.Fprintf(&b, "\n%s of %q", runs(g.Count), oneLine(g.Workflow))
		if g.Step != "" {
			fmt.Fprintf(&b, " at the step %s", g.Step)
		}
		fmt.Fprintf(&b, ", last %s:\n  %s\n", shownTime(g.LastAt, zone), oneLine(g.Message))
		if g.Unknown {
			b.WriteString("  We could not confirm that this was sent: a person has to decide.\n")
		}
		fmt.Fprintf(&b, "  %s\n", g.URL)
	}
	if d.More > 0 {
		fmt.Fprintf(&b, "\nand %d more causes.\n", d.More)
	}
	fmt.Fprintf(&b, "\nMend them and let the runs go on: %s\nValues of your data are left out of this message on purpose.\n", d.URL)
	return b.String()
}

func shownTime(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("2 Jan 2006 15:04 MST")
}
