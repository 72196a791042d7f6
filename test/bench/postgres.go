package main

import "context"

// postgres is the main workload on PostgreSQL and Redis: one server process that
// also works. The acknowledgements alone are those of a server without workers.
func (b *bench) postgres(ctx context.Context) error {
	admin, redis := b.postgresURL, b.redisURL
	if admin == "" || redis == "" {
		ownPostgres, ownRedis, stop, err := b.private(ctx)
		if err != nil {
			return err
		}
		defer stop()
		if admin == "" {
			admin = ownPostgres
		}
		if redis == "" {
			redis = ownRedis
		}
	}
	// The second one leaves its runs queued, so it comes last.
	if err := b.postgresWork(ctx, admin, redis); err != nil {
		return err
	}
	return b.postgresAcks(ctx, admin, redis)
}

// onPostgres makes an installation and a ceiling with a database each, and
// returns what ends all of it.
func (b *bench) onPostgres(ctx context.Context, name, admin, redis string) (_ *installation, _ *limit, end func(), err error) {
	var undo []func()
	end = func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
	}
	defer func() {
		if err != nil {
			end()
		}
	}()
	database, drop, err := newDatabase(ctx, admin)
	if err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, drop)
	server, err := b.install(name, "DATABASE_URL="+database, "REDIS_URL="+redis, "ENCRYPTION_KEY="+randomHex(32))
	if err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, server.discard)
	other, drop, err := newDatabase(ctx, admin)
	if err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, drop)
	top, err := b.limit(ctx, name+"-ceiling", other)
	if err != nil {
		return nil, nil, nil, err
	}
	undo = append(undo, top.discard)
	return server, top, end, nil
}

func (b *bench) postgresWork(ctx context.Context, admin, redis string) error {
	server, top, end, err := b.onPostgres(ctx, "postgres", admin, redis)
	if err != nil {
		return err
	}
	defer end()
	hook, err := server.ready(ctx)
	if err != nil {
		return err
	}
	const kind = "PostgreSQL and Redis"
	if err := b.besideCeiling(ctx, "postgres", kind, server, hook, top, 0); err != nil {
		return err
	}
	return b.openLoop(ctx, "postgres", kind, server, hook, 0, 0)
}

func (b *bench) postgresAcks(ctx context.Context, admin, redis string) error {
	server, top, end, err := b.onPostgres(ctx, "postgres-acks", admin, redis)
	if err != nil {
		return err
	}
	defer end()
	if err := server.start(ctx, "--workers=false"); err != nil {
		return err
	}
	_, hook, err := server.publish(ctx, "Sale", send(b.sink.url()))
	if err != nil {
		return err
	}
	_, err = b.acksBeside(ctx, "postgres", "PostgreSQL and Redis, no workers", server, hook, top, 0.6)
	return err
}
