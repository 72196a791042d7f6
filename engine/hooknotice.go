package engine

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"
)

// Notices is how the engine tells people what they must see to.
type Notices interface {
	Alerts(ctx context.Context, workspace string) (Alerts, error)
	// OwnerEmails are who is told when nobody else is named.
	OwnerEmails(ctx context.Context, workspace string) ([]string, error)
	// QueueMessage puts a message into the outbox; one with the same Once is
	// there already and changes nothing.
	QueueMessage(ctx context.Context, m Message) error
}

// tellHook tells people that a hook was switched off or paused by what its
// endpoint answered. A notice that cannot be written stops no delivery: the
// hook's page says the same.
func (e *Engine) tellHook(workspace, id string) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := e.noticeHook(ctx, workspace, id); err != nil {
		e.log.Warn("nobody was told that a hook is not active any more", "hook", id, "error", err)
	}
}

func (e *Engine) noticeHook(ctx context.Context, workspace, id string) error {
	h, err := e.store.Hook(ctx, workspace, id)
	if err != nil || h.Status == HookActive {
		return err
	}
	alerts, err := e.store.Alerts(ctx, workspace)
	if err != nil || !alerts.Enabled {
		return err
	}
	emails := alerts.Emails
	if alerts.ToOwners() {
		if emails, err = e.store.OwnerEmails(ctx, workspace); err != nil {
			return err
		}
	}
	ws, _, err := e.workspaces.get(ctx, workspace)
	if err != nil {
		return err
	}
	host := "an address"
	if u, err := url.Parse(h.URL); err == nil && u.Host != "" {
		host = u.Host // the rest may be a secret
	}
	m := Message{
		Workspace: workspace, Kind: "hook", Channel: ChannelEmail, Subject: fmt.Sprintf("The webhook to %s is %s", host, h.Status),
		Body: fmt.Sprintf("Workspace: %s\nEvent: %s\nReceiver: %s\n\n%s\n", ws.Name, h.Event, host, h.Reason),
	}
	// Each time that a hook stops is told once, however many deliveries see it.
	m.Once = fmt.Sprintf("hook/%s/%s/%d", h.ID, h.Status, h.UpdatedAt.UnixMicro())
	for _, email := range emails {
		one := m
		one.ID, one.Target, one.Once = NewID("msg"), email, m.Once+"/"+email
		if err := e.store.QueueMessage(ctx, one); err != nil {
			return err
		}
	}
	if alerts.WebhookURL == "" {
		return nil
	}
	body, err := json.Marshal(map[string]string{
		"type": "hook." + string(h.Status), "workspace_slug": ws.Slug, "hook_id": h.ID, "event": h.Event, "host": host, "reason": h.Reason,
	})
	if err != nil {
		return err
	}
	m.ID, m.Channel, m.Target, m.Body = NewID("msg"), ChannelWebhook, alerts.WebhookURL, string(body)
	return e.store.QueueMessage(ctx, m)
}
