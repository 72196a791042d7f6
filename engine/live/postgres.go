package live

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/hookloom/hookloom/engine"
)

const (
	// postgresChannel is the one channel of an installation; PostgreSQL keeps
	// those of different databases apart.
	postgresChannel = "hookloom_live"
	// payloadLimit is how long a notification may be: PostgreSQL takes less than
	// 8000 bytes.
	payloadLimit = 7900
	// askEvery is how often a silent connection is tried: one whose other end is
	// gone says nothing either.
	askEvery = 20 * time.Second
	// againAfter is how long to wait before connecting anew, at first and at most.
	againAfter, againMost = 100 * time.Millisecond, 5 * time.Second
)

// PostgresConfig configures NewPostgres.
type PostgresConfig struct {
	// URL is the database's address. It is required. A pooler before the database
	// must pool sessions: with one that pools transactions, changes of other
	// processes do not arrive.
	URL string
	// Log gets what goes wrong, at debug level, because storage says it aloud;
	// nil means slog.Default().
	Log *slog.Logger
}

// Postgres is the bus between processes that share a database but no Redis, over
// LISTEN and NOTIFY. It takes two connections. Subscribers in the publishing
// process are served directly, with or without PostgreSQL; the first subscriber
// of a workspace in a process, and every one when the database was away in
// between, gets a resync as soon as changes of other processes arrive.
type Postgres struct {
	hub       hub
	config    *pgx.ConnConfig
	sender    *pgxpool.Pool
	log       *slog.Logger
	self      string // tells our own messages from those of other processes
	out       *outbox
	moved     chan struct{} // a workspace got its first subscriber, or lost its last
	listening chan bool     // changes of other processes arrive from now on, or no more

	end    context.CancelFunc
	loops  sync.WaitGroup
	closer func()
}

var _ engine.Live = (*Postgres)(nil)

// NewPostgres makes a bus and starts it. PostgreSQL need not be there; the only
// errors are those of the address.
func NewPostgres(cfg PostgresConfig) (*Postgres, error) {
	config, err := pgxpool.ParseConfig(cfg.URL)
	if err != nil {
		return nil, err // pgx leaves the password out of its message
	}
	config.MaxConns = 1
	config.ConnConfig.RuntimeParams["application_name"] = "hookloom live"
	if config.ConnConfig.ConnectTimeout == 0 {
		config.ConnConfig.ConnectTimeout = outTimeout
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	ctx, end := context.WithCancel(context.Background())
	sender, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		end()
		return nil, err
	}
	p := &Postgres{
		config: config.ConnConfig.Copy(), sender: sender, log: cfg.Log, self: uuid.NewString(),
		moved: make(chan struct{}, 1), listening: make(chan bool), end: end,
	}
	p.hub.moved = func() {
		select {
		case p.moved <- struct{}{}:
		default:
		}
	}
	p.closer = sync.OnceFunc(p.close)
	p.out = newOutbox(cfg.Log, p.send)
	p.loops.Go(func() { p.out.carry(ctx) })
	p.loops.Go(func() { p.follow(ctx) })
	p.loops.Go(func() { p.greet(ctx) })
	return p, nil
}

// Publish hands a change to the subscribers here and leaves it to be sent to
// other processes; it never blocks.
func (p *Postgres) Publish(c engine.Change) {
	p.hub.publish(c)
	p.out.put(c)
}

// Subscribe returns the changes of a workspace from now on. After Close the
// channel is closed from the start.
func (p *Postgres) Subscribe(ws string) (<-chan engine.Change, func()) { return p.hub.subscribe(ws) }

// Close sends what was published, as far as PostgreSQL takes it at once, and
// ends every subscription. Publishing afterwards does nothing. Calling it again
// does nothing.
func (p *Postgres) Close() { p.closer() }

func (p *Postgres) close() {
	p.end()
	p.hub.close()
	p.loops.Wait()
	p.sender.Close()
}

// send notifies the other processes, with as many changes of a workspace in one
// message as fit. Of equal messages in one transaction PostgreSQL delivers one,
// which is as good.
func (p *Postgres) send(ctx context.Context, batch []engine.Change, resync bool) error {
	const notify = "SELECT pg_notify('" + postgresChannel + "', $1)"
	var pipe pgx.Batch
	if resync {
		pipe.Queue(notify, string(message{From: p.self}.encode()))
	}
	for _, group := range byWorkspace(batch) {
		for _, text := range p.fit(group) {
			pipe.Queue(notify, text)
		}
	}
	return p.sender.SendBatch(ctx, &pipe).Close()
}

// fit makes messages of changes of one workspace. A change that is too long
// for any becomes a message that changes were lost.
func (p *Postgres) fit(group []engine.Change) []string {
	text := message{From: p.self, Workspace: group[0].Workspace, Changes: group}.encode()
	switch {
	case len(text) <= payloadLimit:
		return []string{string(text)}
	case len(group) == 1:
		return []string{string(message{From: p.self}.encode())}
	}
	half := len(group) / 2
	return append(p.fit(group[:half]), p.fit(group[half:])...)
}

// greet tells subscribers that they may have missed changes: all of them when
// changes of other processes begin to arrive, and the first of a workspace later.
func (p *Postgres) greet(ctx context.Context) {
	var greeted map[string]bool // nil while nothing arrives
	for {
		select {
		case <-ctx.Done():
			return
		case up := <-p.listening:
			if greeted = nil; up {
				greeted = map[string]bool{}
			}
		case <-p.moved:
		}
		if greeted == nil {
			continue
		}
		now := map[string]bool{}
		for _, ws := range p.hub.workspaces() {
			if now[ws] = true; !greeted[ws] {
				p.hub.resync(ws)
			}
		}
		greeted = now
	}
}

// arrive says whether changes of other processes arrive.
func (p *Postgres) arrive(ctx context.Context, up bool) {
	select {
	case p.listening <- up:
	case <-ctx.Done():
	}
}

// follow receives what other processes send, and connects again whenever the
// connection is lost, until ctx ends.
func (p *Postgres) follow(ctx context.Context) {
	wait := againAfter
	for ctx.Err() == nil {
		begin := time.Now()
		err := p.listen(ctx)
		p.arrive(ctx, false)
		if ctx.Err() != nil {
			return
		}
		p.log.Debug("live changes of other processes do not arrive", "error", err)
		if time.Since(begin) > againMost {
			wait = againAfter
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
		case <-timer.C:
		}
		timer.Stop()
		wait = min(2*wait, againMost)
	}
}

// listen receives over one connection until it breaks or ctx ends.
func (p *Postgres) listen(ctx context.Context) error {
	conn, err := pgx.ConnectConfig(ctx, p.config)
	if err != nil {
		return err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.Background(), outTimeout)
		defer cancel()
		_ = conn.Close(closing) // it may be broken already
	}()
	if _, err := conn.Exec(ctx, "LISTEN "+postgresChannel); err != nil {
		return err
	}
	p.arrive(ctx, true)
	for {
		silent, cancel := context.WithTimeout(ctx, askEvery)
		n, err := conn.WaitForNotification(silent)
		cancel()
		switch {
		case err == nil:
			p.receive(n.Payload)
		case ctx.Err() != nil || !errors.Is(err, context.DeadlineExceeded):
			return err
		default:
			if err := p.ask(ctx, conn); err != nil {
				return fmt.Errorf("it fell silent: %w", err)
			}
		}
	}
}

// ask tries whether the connection still stands.
func (p *Postgres) ask(ctx context.Context, conn *pgx.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, outTimeout)
	defer cancel()
	return conn.Ping(ctx)
}

// receive handles a message, which anybody with access to the database may have
// sent.
func (p *Postgres) receive(payload string) {
	var msg message
	if err := json.Unmarshal([]byte(payload), &msg); err != nil || msg.From == p.self {
		return
	}
	if msg.Workspace == "" {
		p.hub.resyncAll()
		return
	}
	for _, c := range msg.Changes {
		c.Workspace = msg.Workspace
		p.hub.publish(c)
	}
}
