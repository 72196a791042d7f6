package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/hookloom/hookloom/api/bulk"
	"github.com/hookloom/hookloom/api/ingress"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/brand"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/engine/egress"
	"github.com/hookloom/hookloom/engine/live"
	"github.com/hookloom/hookloom/engine/mail"
	"github.com/hookloom/hookloom/engine/rollout"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/engine/trace"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/storage"
)

// system is everything that a server or worker runs on, in the order of its
// start; close ends it in the opposite one.
type system struct {
	log    *slog.Logger
	store  *storage.Store
	live   liveBus
	bell   engine.Bell
	client *egress.Client
	engine *engine.Engine
	// brands is nil until speakAs.
	brands  *brand.Directory
	bulk    *bulk.Runner
	pusher  *rollout.Pusher
	closers []func() error
}

// liveBus is a Live that ends.
type liveBus interface {
	engine.Live
	Close()
}

func (s *system) onClose(fn func() error) { s.closers = append(s.closers, fn) }

func (s *system) close() error {
	var errs []error
	for _, v := range slices.Backward(s.closers) {
		errs = append(errs, v())
	}
	s.closers = nil
	return errors.Join(errs...)
}

// openStore opens the database with its key. On SQLite a key is made at the
// first start.
func (p *program) openStore(ctx context.Context, log *slog.Logger) (*storage.Store, error) {
	keyring, err := p.keyring()
	if err != nil {
		return nil, err
	}
	return storage.Open(ctx, storage.Config{
		DataDir: p.config.DataDir, DatabaseURL: p.config.DatabaseURL, Keyring: keyring, Log: log,
	})
}

func (p *program) keyring() (*secret.Keyring, error) {
	key, err := p.currentKey()
	if err != nil {
		return nil, err
	}
	return secret.NewKeyring(key)
}

// currentKey is ENCRYPTION_KEY, or the one in DATA_DIR, which is made when there
// is none.
func (p *program) currentKey() (secret.Key, error) {
	if p.config.EncryptionKey != "" {
		key, err := secret.ParseKey(p.config.EncryptionKey)
		if err != nil {
			return key, usageError{fmt.Errorf("ENCRYPTION_KEY: %w", err)}
		}
		return key, nil
	}
	path := p.keyFile()
	if err := os.MkdirAll(p.config.DataDir, 0o700); err != nil {
		return secret.Key{}, err
	}
	if _, err := os.Stat(filepath.Join(p.config.DataDir, storage.FileName)); err == nil {
		// A new key would open nothing of what is stored.
		key, err := secret.LoadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return key, fmt.Errorf("%s is missing, and the database in %s is sealed with it: put it back from your copy, or set ENCRYPTION_KEY", path, p.config.DataDir)
		}
		return key, err
	}
	key, created, err := secret.LoadOrCreateFile(path)
	if err == nil && created {
		_, _ = fmt.Fprintf(p.Stderr, "\n  A new encryption key was made: %s\n  Keep a copy of it: without it, stored secrets and addresses cannot be read again.\n\n", path)
	}
	return key, err
}

func (p *program) keyFile() string { return filepath.Join(p.config.DataDir, "encryption.key") }

// open wires the parts up to the engine, which is not started yet.
func (p *program) open(ctx context.Context, log *slog.Logger) (_ *system, err error) {
	s := &system{log: log}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if s.store, err = p.openStore(ctx, log); err != nil {
		return nil, err
	}
	s.onClose(s.store.Close)
	if err = p.openQueue(s); err != nil {
		return nil, err
	}
	if s.client, err = egress.New(egress.Config{AllowTargets: p.config.AllowTargets, UserAgent: "Hookloom/" + Version}); err != nil {
		return nil, usageError{fmt.Errorf("ALLOW_TARGETS: %w", err)}
	}
	s.onClose(func() error { s.client.Close(); return nil })
	tracer, client, err := p.tracing(s)
	if err != nil {
		return nil, err
	}
	s.watchNodes(p.nodeFiles(log))
	s.engine = engine.New(engine.Deps{
		Store: s.store, Bell: s.bell, HTTP: client, Registry: p.Registry, Live: s.live, Log: log, Tracer: tracer,
		Exclusive: p.config.DatabaseURL == "", RateLimit: p.config.RateLimit, Retention: time.Duration(p.config.RetentionDays) * 24 * time.Hour, Fault: crashAt(p.config.CrashAt),
	})
	s.bulk = bulk.New(s.store, s.engine, time.Now, log)
	s.pusher = rollout.NewPusher(rollout.PusherDeps{Store: s.store, Engine: s.engine, Now: time.Now, Log: log, Live: s.live, Alone: p.config.DatabaseURL == ""})
	return s, nil
}

// speakAs has addresses, calls and e-mails of each workspace go by its brand, where
// base is the address of the installation itself.
func (s *system) speakAs(base string) {
	s.brands = brand.NewDirectory(brand.Config{Store: s.store, BaseURL: base, Log: s.log})
	s.engine.AddressedBy(func(workspace, token string) string { return s.brands.Base(workspace) + ingress.Prefix + token })
	s.engine.SpeaksAs(func(workspace string) string { return brand.Agent(s.brands.Of(workspace).Name) })
}

// mailer tells people of failures; it is not started yet.
func (p *program) mailer(s *system, base string) (*mail.Mailer, error) {
	c := mail.Config{Store: s.store, HTTP: s.client, BaseURL: base, Brands: s.brands, Log: s.log}
	if p.config.SMTPURL != "" {
		smtp, err := mail.ParseSMTP(p.config.SMTPURL)
		if err != nil {
			return nil, usageError{fmt.Errorf("SMTP_URL %w", err)}
		}
		c.Transport = smtp
	}
	return mail.New(c), nil
}

// tracing starts telling a collector, when one is named, and wraps the client of
// outbound calls for it. A nil tracer is no tracer.
func (p *program) tracing(s *system) (engine.Tracer, nodes.HTTPClient, error) {
	if p.config.OTLPEndpoint == "" {
		return nil, s.client, nil
	}
	headers, err := headersOf(p.config.OTLPHeaders)
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("OTEL_EXPORTER_OTLP_HEADERS %w", err)}
	}
	tracer, err := trace.New(trace.Config{
		Endpoint: p.config.OTLPEndpoint, Headers: headers, Service: p.config.OTLPService, Version: Version,
		Ratio: p.config.TraceRatio, Log: s.log,
	})
	if err != nil {
		return nil, nil, usageError{fmt.Errorf("OTEL_EXPORTER_OTLP_ENDPOINT %w", err)}
	}
	s.onClose(tracer.Close)
	return tracer, tracer.Client(s.client), nil
}

// openQueue chooses the bell and the bus: Redis when it is named. Else the bell
// is this process's own, and the bus PostgreSQL's where other processes may share
// it.
func (p *program) openQueue(s *system) (err error) {
	if p.config.RedisURL == "" {
		s.bell = dispatch.NewLocal(dispatch.LocalConfig{Concurrency: p.config.Concurrency(), Log: s.log})
		s.live = live.NewLocal()
		if p.config.DatabaseURL != "" {
			if s.live, err = live.NewPostgres(live.PostgresConfig{URL: p.config.DatabaseURL, Log: s.log}); err != nil {
				return usageError{fmt.Errorf("DATABASE_URL: %w", err)}
			}
		}
		s.onClose(func() error { s.live.Close(); return nil })
		return nil
	}
	bell, err := dispatch.NewAsynq(dispatch.AsynqConfig{RedisURL: p.config.RedisURL, Concurrency: p.config.Concurrency(), Log: s.log})
	if err != nil {
		return usageError{fmt.Errorf("REDIS_URL: %w", err)}
	}
	client, err := dispatch.OpenRedis(p.config.RedisURL)
	if err != nil {
		return usageError{fmt.Errorf("REDIS_URL: %w", err)}
	}
	s.bell = bell
	s.live = live.NewRedis(live.RedisConfig{Client: client, Log: s.log})
	s.onClose(func() error { s.live.Close(); return nil })
	return nil
}
