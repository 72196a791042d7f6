// Package mail sends what is in the outbox by SMTP or to a webhook: letters of
// workflows, and what people should know, which it gathers into digests of
// failures. Without SMTP
// the outbox keeps e-mails, where the pages show them.
package mail

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// Store is what the mailer needs of the database.
type Store interface {
	// ClaimMessages takes due messages of all workspaces for sending until a time.
	ClaimMessages(ctx context.Context, now, until time.Time, max int) ([]engine.Message, error)
	// EndMessage stores what became of an attempt.
	EndMessage(ctx context.Context, m engine.Message) error
	// Contact returns engine.ErrNotFound for one that was erased.
	Contact(ctx context.Context, workspace, id string) (crm.Contact, error)
	// ListWorkspaces lists all workspaces when ids is nil.
	ListWorkspaces(ctx context.Context, ids []string, p engine.Page) (engine.List[crm.Workspace], error)
	// Workspace says whether its messages may go out at all.
	Workspace(ctx context.Context, id string) (crm.Workspace, error)
	Alerts(ctx context.Context, workspace string) (engine.Alerts, error)
	// FailedRuns returns live runs that failed or were parked from a time on.
	FailedRuns(ctx context.Context, workspace string, from time.Time, max int) ([]engine.Run, error)
	// TellFailures notes a digest and puts it into the outbox as one;
	// engine.ErrLost when somebody else did.
	TellFailures(ctx context.Context, workspace string, before, until time.Time, messages []engine.Message) error
	OwnerEmails(ctx context.Context, workspace string) ([]string, error)
	WorkflowInfo(ctx context.Context, workspace, id string) (engine.WorkflowInfo, error)
	AgencyStore
}

// Transport sends one e-mail. An error with Permanent true is not worth another
// try.
type Transport interface {
	Send(ctx context.Context, e Email) error
}

// Email is one message as it goes out.
type Email struct {
	// ID is stable over attempts: mail programs show a second one once.
	ID string
	To string
	// FromName is shown with the sender's address FromEmail; "" are the transport's
	// own. Answers go to ReplyTo, "" for the sender.
	FromName, FromEmail, ReplyTo string
	Subject                      string
	// Body is plain text; HTML says the same, "" for text alone.
	Body, HTML string
	// Unsubscribe is the address that takes the POST of RFC 8058; "" for none.
	Unsubscribe string
}

// Config is what a Mailer works with. Store and Log are required.
type Config struct {
	Store Store
	// Transport is nil when there is no SMTP: e-mails are kept then.
	Transport Transport
	// DeliverOnly leaves the digests to other processes.
	DeliverOnly bool
	// HTTP sends to webhooks, through the guard; nil keeps those messages.
	HTTP nodes.HTTPClient
	// BaseURL begins links, without a trailing slash.
	BaseURL string
	// Brands tells names and addresses by workspace; nil means BaseURL for all.
	Brands *brand.Directory
	Now    func() time.Time
	Log    *slog.Logger
}

// Mailer gathers and sends. Make it with New; Start makes it work until Stop.
type Mailer struct {
	Config
	stop context.CancelFunc
	work sync.WaitGroup
}

// New makes a mailer.
func New(c Config) *Mailer {
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Mailer{Config: c}
}

// base begins the links of a workspace, "" for the agency's.
func (m *Mailer) base(workspace string) string {
	if m.Brands == nil {
		return m.BaseURL
	}
	return m.Brands.Base(workspace)
}

// brand is what counts in a workspace, "" for the agency's.
func (m *Mailer) brand(workspace string) brand.Brand {
	if m.Brands == nil {
		return brand.Brand{}
	}
	return m.Brands.Of(workspace)
}

// signed fills in who an e-mail is from that names nobody: the workspace's own
// sender, the agency's, and at least the name by which people know all this.
func (m *Mailer) signed(e Email, workspace string, own crm.Sender) Email {
	b := m.brand(workspace)
	if e.FromName == "" && e.FromEmail == "" && e.ReplyTo == "" {
		s := own
		if s == (crm.Sender{}) {
			s = crm.Sender(b.Sender)
		}
		e.FromName, e.FromEmail, e.ReplyTo = s.Name, s.Email, s.ReplyTo
	}
	if e.FromName == "" {
		e.FromName = b.Name
	}
	return e
}

const (
	// sendEvery is how often the outbox is looked at, gatherEvery the failures.
	sendEvery   = 2 * time.Second
	gatherEvery = 30 * time.Second
	// lease is how long one attempt may take until another process tries.
	lease = 2 * time.Minute
)

// Start begins to gather and send.
func (m *Mailer) Start() {
	var ctx context.Context
	ctx, m.stop = context.WithCancel(context.Background())
	m.every(ctx, sendEvery, m.Deliver)
	if !m.DeliverOnly {
		m.every(ctx, gatherEvery, m.Gather)
		m.every(ctx, gatherEvery, m.GatherAgency)
	}
}

// Stop ends the work after the attempt under way.
func (m *Mailer) Stop() {
	if m.stop != nil {
		m.stop()
	}
	m.work.Wait()
}

func (m *Mailer) every(ctx context.Context, d time.Duration, fn func(context.Context) error) {
	m.work.Go(func() {
		ticker := time.NewTicker(d)
		defer ticker.Stop()
		for {
			select {
			case <-ctx.Done():
				return
			case <-ticker.C:
			}
			if err := fn(ctx); err != nil && ctx.Err() == nil {
				m.Log.Warn("the outbox", "error", err)
			}
		}
	})
}
