package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/api"
	"github.com/hookloom/hookloom/api/branding"
	"github.com/hookloom/hookloom/api/edge"
	"github.com/hookloom/hookloom/api/identity"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/ui"
)

// graceful is how long a stop waits for requests and runs under way; what is
// left then goes on in another process or at the next start.
const graceful = 10 * time.Second

func (p *program) serveCommand() *cobra.Command {
	workers := true
	cmd := &cobra.Command{
		Use: "serve", Short: "Serve the API and the pages, and work (the default command)", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.serve(cmd.Context(), workers) },
	}
	cmd.Flags().BoolVar(&workers, "workers", true, "also work on runs; with false only `hookloom worker` processes do")
	return cmd
}

// serve runs the server until ctx ends.
func (p *program) serve(ctx context.Context, workers bool) (err error) {
	log := newLog(p.config, p.Stderr)
	if !workers && (p.config.DatabaseURL == "" || p.config.RedisURL == "") {
		return usageError{errors.New("--workers=false needs DATABASE_URL and REDIS_URL: nobody else could do the work")}
	}
	leanStart()
	s, err := p.open(ctx, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()

	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", net.JoinHostPort(p.config.Host, strconv.Itoa(p.config.Port)))
	if err != nil {
		return fmt.Errorf("cannot listen: %w (PORT chooses another port)", err)
	}
	defer listener.Close()
	base := p.config.BaseURL(listener.Addr().String())
	s.speakAs(base)
	localKey, err := p.writeLocal(listener.Addr().String())
	if err != nil {
		return err
	}
	defer os.Remove(p.config.LocalFile())
	if err := p.keepAddress(base); err != nil {
		return err
	}

	if err := firstWorkspace(ctx, s.store); err != nil {
		return err
	}
	desk, err := p.desk(ctx, s, base, localKey)
	if err != nil {
		return err
	}
	start := s.engine.StartRinging
	if workers {
		start = s.engine.Start
	}
	if err := start(ctx); err != nil {
		return err
	}
	// The handler tells the jobs who does them, so it comes first.
	handler := p.handler(s, desk, base)
	s.bulk.Start()
	s.pusher.Start()
	defer s.pusher.Stop()
	mailer, err := p.mailer(s, base)
	if err != nil {
		return err
	}
	mailer.Start()
	defer mailer.Stop()
	server := edge.Server(handler, log)
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	p.greet(ctx, desk, base)
	started()

	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	return errors.Join(err, p.stop(s, server, log))
}

// stop ends the intake first and the work after it.
func (p *program) stop(s *system, server *http.Server, log *slog.Logger) error {
	log.Info("stopping")
	ctx, cancel := context.WithTimeout(context.Background(), graceful)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		// Streams stay open for ever: end them.
		_ = server.Close()
	}
	return errors.Join(s.bulk.Stop(ctx), s.engine.Stop(ctx))
}

func (p *program) desk(ctx context.Context, s *system, base, localKey string) (*identity.Desk, error) {
	hasher, err := account.NewHasher(account.PasswordParams())
	if err != nil {
		return nil, err
	}
	desk := identity.New(identity.Deps{
		Store: s.store, Hasher: hasher, LocalKeyHash: secret.HashToken(localKey), BaseURL: base, Brands: s.brands, Log: s.log,
	})
	return desk, desk.Bootstrap(ctx, identity.Bootstrap{
		Email: p.config.BootstrapEmail, Password: secret.Redacted(p.config.BootstrapPassword), Key: secret.Redacted(p.config.BootstrapAPIKey),
	})
}

func (p *program) handler(s *system, desk *identity.Desk, base string) http.Handler {
	metrics := prometheus.NewRegistry()
	metrics.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return api.New(api.Deps{
		Engine: s.engine, Store: s.store, Registry: p.Registry, Live: s.live, Desk: desk, Bulk: s.bulk, Pusher: s.pusher,
		Brands: s.brands, HTTP: s.client,
		UI: ui.Handler(p.pages(), look), Metrics: metrics, Log: s.log,
		Checks: []api.Check{{Name: "database", Check: s.store.Ready}, {Name: "dispatcher", Check: s.engine.Ready}},
		Config: api.Config{
			BaseURL: base, MaxBodyBytes: p.config.MaxBodyBytes, TrustedProxies: p.config.TrustedProxies,
			MetricsToken: p.config.MetricsToken, SendsMail: p.config.SMTPURL != "", HistoryDays: p.config.RetentionDays, Version: Version,
		},
	})
}

// pages are the browser app's files: those of the options, of UI_DIR, or the
// ones inside.
func (p *program) pages() fs.FS {
	switch {
	case p.UI != nil:
		return p.UI
	case p.config.UIDir != "":
		return os.DirFS(p.config.UIDir)
	}
	return ui.FS()
}

// greet prints the address and, while nobody can sign in, the set-up link.
func (p *program) greet(ctx context.Context, desk *identity.Desk, base string) {
	_, _ = fmt.Fprintf(p.Stderr, "Hookloom %s is ready: %s\n", Version, base)
	link, err := desk.SetupLink(ctx)
	switch {
	case err != nil:
		_, _ = fmt.Fprintf(p.Stderr, "The set-up link could not be made: %v\n", err)
	case link != "":
		_, _ = fmt.Fprintf(p.Stderr, "Set it up within 24 hours with this link, which works once:\n\n  %s\n\n", link.Reveal())
	}
}

// look is what the pages wear in the place of the product's own.
func look(r *http.Request) ui.Look {
	p := brand.From(r.Context())
	if !p.Domain && !p.Brand.Own() {
		return ui.Look{}
	}
	l := ui.Look{Name: p.Brand.Called(), Icon: branding.IconPath, Domain: p.Domain}
	if p.Brand.Logo != "" {
		l.Icon = branding.LogoPath + p.Brand.Logo
	}
	if palette, ok := brand.NewPalette(p.Brand.Accent); ok {
		l.Colour, l.Style = palette.Filled, palette.Theme()
	}
	return l
}
