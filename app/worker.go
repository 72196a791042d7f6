package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"

	"github.com/spf13/cobra"

	"github.com/hookloom/hookloom/api/edge"
)

func (p *program) workerCommand() *cobra.Command {
	health := ""
	cmd := &cobra.Command{
		Use: "worker", Short: "Only work on runs; needs PostgreSQL and Redis", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.worker(cmd.Context(), health) },
	}
	cmd.Flags().StringVar(&health, "health", "", "host:port on which to answer /readyz; empty for none")
	return cmd
}

func (p *program) worker(ctx context.Context, health string) (err error) {
	if p.config.DatabaseURL == "" || p.config.RedisURL == "" {
		return usageError{errors.New("a worker needs DATABASE_URL (PostgreSQL) and REDIS_URL; with SQLite the server does the work itself")}
	}
	leanStart()
	s, err := p.open(ctx, newLog(p.config, p.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if p.config.PublicURL != "" {
		s.speakAs(p.config.BaseURL(""))
	}
	if err := s.engine.Start(ctx); err != nil {
		return err
	}
	started()
	if p.config.PublicURL == "" {
		s.log.Info("e-mails are left to the servers: set PUBLIC_URL to let this worker send them too; it begins their links")
	} else {
		mailer, err := p.mailer(s, p.config.BaseURL(""))
		if err != nil {
			return err
		}
		mailer.DeliverOnly = true
		mailer.Start()
		defer mailer.Stop()
	}
	if health != "" {
		stop, err := answerHealth(ctx, health, s)
		if err != nil {
			return err
		}
		defer stop()
	}
	_, _ = fmt.Fprintf(p.Stderr, "Hookloom %s works on %d runs at once\n", Version, p.config.Concurrency())
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.Background(), graceful)
	defer cancel()
	return s.engine.Stop(ctx)
}

// answerHealth serves /readyz for whoever watches the worker.
func answerHealth(ctx context.Context, address string, s *system) (stop func(), err error) {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("--health: %w", err)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		if err := errors.Join(s.store.Ready(r.Context()), s.engine.Ready(r.Context())); err != nil {
			s.log.Warn("not ready", "error", err)
			http.Error(w, "not ready", http.StatusServiceUnavailable)
			return
		}
		_, _ = w.Write([]byte("ready\n"))
	})
	server := edge.Server(mux, s.log)
	go func() { _ = server.Serve(listener) }()
	return func() { _ = server.Close() }, nil
}
