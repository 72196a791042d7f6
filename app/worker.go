package app

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"
)

func (p *program) workerCommand() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "Only work on runs; needs PostgreSQL and Redis", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return p.worker(cmd.Context()) },
	}
}

func (p *program) worker(ctx context.Context) (err error) {
	if p.config.DatabaseURL == "" || p.config.RedisURL == "" {
		return usageError{errors.New("a worker needs DATABASE_URL (PostgreSQL) and REDIS_URL; with SQLite the server does the work itself")}
	}
	s, err := p.open(ctx, newLog(p.config, p.Stderr))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.engine.Start(ctx); err != nil {
		return err
	}
	_, _ = fmt.Fprintf(p.Stderr, "Hookloom %s works on %d runs at once\n", Version, p.config.Concurrency())
	<-ctx.Done()
	ctx, cancel := context.WithTimeout(context.Background(), graceful)
	defer cancel()
	return s.engine.Stop(ctx)
}
