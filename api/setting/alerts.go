package setting

import (
	"context"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/hosted"
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// AlertStore keeps who hears of failures, and the outbox.
type AlertStore interface {
	hosted.UnsubscribeStore
	Alerts(ctx context.Context, workspace string) (engine.Alerts, error)
	PutAlerts(ctx context.Context, workspace string, a engine.Alerts) error
	// QueueMessage puts a message into the outbox, unless there is one with the
	// same Once.
	QueueMessage(ctx context.Context, m engine.Message) error
	ListMessages(ctx context.Context, workspace string, by engine.MessageFilter, p engine.Page) (engine.List[engine.Message], error)
	Message(ctx context.Context, workspace, id string) (engine.Message, error)
	// SendAgain queues a kept or failed message anew; engine.ErrLost for any other.
	SendAgain(ctx context.Context, workspace, id string) error
	OwnerEmails(ctx context.Context, workspace string) ([]string, error)
}

// alertsView is who hears of failed runs, and how often.
type alertsView struct {
	Enabled    bool     `json:"enabled"`
	Minutes    int      `json:"every_minutes" doc:"The least time between two digests"`
	Emails     []string `json:"emails" nullable:"false" doc:"Who gets them; empty means the owners, or nobody when there is a webhook"`
	WebhookURL string   `json:"webhook_url" doc:"Gets the digest as JSON; empty for none"`
	// Recipients are who gets the next one.
	Recipients []string   `json:"recipients" nullable:"false" doc:"The addresses that the next digest goes to"`
	Delivery   string     `json:"email_delivery" enum:"smtp,outbox" doc:"outbox: no SMTP_URL is set, so e-mails are kept and shown in GET /outbox, and nobody gets them"`
	ToldAt     *time.Time `json:"told_at" doc:"Up to when failures were told; null for never"`
}

type putAlertsInput struct {
	rest.InWorkspace
	Body struct {
		Enabled    bool     `json:"enabled"`
		Minutes    int      `json:"every_minutes,omitempty" minimum:"15" maximum:"10080" doc:"15 when left out"`
		Emails     []string `json:"emails,omitempty" maxItems:"20"`
		WebhookURL string   `json:"webhook_url,omitempty" maxLength:"2000"`
	}
}

func (a *API) getAlerts(ctx context.Context, _ *rest.InWorkspace) (*rest.One[alertsView], error) {
	ws := rest.WorkspaceOf(ctx).ID
	alerts, err := a.Store.Alerts(ctx, ws)
	if err != nil {
		return nil, err
	}
	v := alertsView{
		Enabled: alerts.Enabled, Minutes: int(alerts.Every / time.Minute), Emails: rest.OrNone(alerts.Emails), WebhookURL: alerts.WebhookURL,
		Recipients: rest.OrNone(alerts.Emails), ToldAt: rest.Moment(alerts.ToldAt), Delivery: "outbox",
	}
	if a.SendsMail {
		v.Delivery = "smtp"
	}
	if alerts.ToOwners() {
		if v.Recipients, err = a.Store.OwnerEmails(ctx, ws); err != nil {
			return nil, err
		}
		v.Recipients = rest.OrNone(v.Recipients)
	}
	return &rest.One[alertsView]{Body: v}, nil
}

func (a *API) putAlerts(ctx context.Context, in *putAlertsInput) (*rest.One[alertsView], error) {
	alerts := engine.Alerts{Enabled: in.Body.Enabled, Every: engine.DefaultAlerts.Every, WebhookURL: strings.TrimSpace(in.Body.WebhookURL)}
	if in.Body.Minutes > 0 {
		alerts.Every = time.Duration(in.Body.Minutes) * time.Minute
	}
	var err error
	if alerts.Emails, err = addresses(in.Body.Emails); err != nil {
		return nil, err
	}
	if alerts.WebhookURL != "" {
		if err := a.Hook.CheckTarget(alerts.WebhookURL); err != nil {
			return nil, problem.At("/webhook_url", "invalid", err.Error())
		}
	}
	ws := rest.WorkspaceOf(ctx).ID
	if err := a.Store.PutAlerts(ctx, ws, alerts); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Workspace: ws, Action: "alerts.updated", ObjectKind: "workspace", ObjectID: ws, Detail: map[string]any{"enabled": alerts.Enabled, "emails": len(alerts.Emails), "webhook": alerts.WebhookURL != ""}})
	return a.getAlerts(ctx, &in.InWorkspace)
}

type testAlertsView struct {
	Queued int `json:"queued" doc:"How many messages were put into the outbox; GET /outbox says what became of them"`
}

// testAlerts shows whether messages arrive.
func (a *API) testAlerts(ctx context.Context, in *rest.InWorkspace) (*rest.One[testAlertsView], error) {
	now, err := a.getAlerts(ctx, in)
	if err != nil {
		return nil, err
	}
	ws := rest.WorkspaceOf(ctx)
	queue := func(channel, target, body string) error {
		return a.Store.QueueMessage(ctx, engine.Message{
			ID: engine.NewID("msg"), Workspace: ws.ID, Kind: "test", Channel: channel, Target: target,
			Subject: "Test message of " + strings.Join(strings.Fields(ws.Name), " "), Body: body,
		})
	}
	out := testAlertsView{}
	for _, email := range now.Body.Recipients {
		if err := queue(engine.ChannelEmail, email, "This is a test. Messages about failed runs of this workspace come to this address.\n"); err != nil {
			return nil, err
		}
		out.Queued++
	}
	if now.Body.WebhookURL != "" {
		if err := queue(engine.ChannelWebhook, now.Body.WebhookURL, `{"type":"test","workspace_slug":"`+ws.Slug+`"}`); err != nil {
			return nil, err
		}
		out.Queued++
	}
	return &rest.One[testAlertsView]{Body: out}, nil
}
