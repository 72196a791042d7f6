package setting

import (
	"context"
	"fmt"
	"net/mail"
	"strings"
	"time"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

// AgencyAlertStore keeps who hears of failures in any workspace.
type AgencyAlertStore interface {
	AgencyAlerts(ctx context.Context) (engine.AgencyAlerts, error)
	PutAgencyAlerts(ctx context.Context, a engine.AgencyAlerts) error
}

// agencyAlertsView is who hears of failures in any workspace, and how often.
type agencyAlertsView struct {
	Enabled  bool       `json:"enabled"`
	Minutes  int        `json:"every_minutes" doc:"The least time between two digests"`
	Emails   []string   `json:"emails" nullable:"false" doc:"Who gets them; empty for nobody"`
	Delivery string     `json:"email_delivery" enum:"smtp,outbox" doc:"outbox: no SMTP_URL is set, so nobody gets these digests"`
	ToldAt   *time.Time `json:"told_at" doc:"Up to when failures were told; null for never"`
	Error    string     `json:"error" doc:"Why the last digest could not be sent; empty when it was"`
}

func (a *API) getAgencyAlerts(ctx context.Context, _ *struct{}) (*rest.One[agencyAlertsView], error) {
	alerts, err := a.Store.AgencyAlerts(ctx)
	if err != nil {
		return nil, err
	}
	v := agencyAlertsView{
		Enabled: alerts.Enabled, Minutes: int(alerts.Every / time.Minute), Emails: rest.OrNone(alerts.Emails), Delivery: "outbox",
		ToldAt: rest.Moment(alerts.ToldAt), Error: alerts.Error,
	}
	if a.SendsMail {
		v.Delivery = "smtp"
	}
	return &rest.One[agencyAlertsView]{Body: v}, nil
}

type putAgencyAlertsInput struct {
	Body struct {
		Enabled bool     `json:"enabled"`
		Minutes int      `json:"every_minutes,omitempty" minimum:"15" maximum:"10080" doc:"15 when left out"`
		Emails  []string `json:"emails,omitempty" maxItems:"20"`
	}
}

func (a *API) putAgencyAlerts(ctx context.Context, in *putAgencyAlertsInput) (*rest.One[agencyAlertsView], error) {
	alerts := engine.AgencyAlerts{Enabled: in.Body.Enabled, Every: engine.DefaultAlerts.Every}
	if in.Body.Minutes > 0 {
		alerts.Every = time.Duration(in.Body.Minutes) * time.Minute
	}
	var err error
	if alerts.Emails, err = addresses(in.Body.Emails); err != nil {
		return nil, err
	}
	if alerts.Enabled && len(alerts.Emails) == 0 {
		return nil, problem.At("/emails", "required", "Name at least one address that the digests go to.")
	}
	if err := a.Store.PutAgencyAlerts(ctx, alerts); err != nil {
		return nil, err
	}
	a.Audit(ctx, engine.AuditEntry{Action: "agency_alerts.updated", ObjectKind: "installation", Detail: map[string]any{"enabled": alerts.Enabled, "emails": len(alerts.Emails)}})
	return a.getAgencyAlerts(ctx, nil)
}

// addresses checks a list of e-mail addresses.
func addresses(texts []string) ([]string, error) {
	var list []string
	for i, text := range texts {
		text = strings.TrimSpace(text)
		if address, err := mail.ParseAddress(text); err != nil || address.Address != text || strings.ContainsAny(text, " \t") {
			return nil, problem.At(fmt.Sprintf("/emails/%d", i), "invalid", fmt.Sprintf("%.100q is no e-mail address.", text))
		}
		list = append(list, text)
	}
	return list, nil
}
