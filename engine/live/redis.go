package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"sync"

	"github.com/google/uuid"
	"github.com/redis/go-redis/v9"

	"github.com/hookloom/hookloom/engine"
)

// DefaultPrefix begins the names of the channels in Redis when the
// configuration does not say.
const DefaultPrefix = "hookloom"

// RedisConfig configures NewRedis.
type RedisConfig struct {
	// Client is the connection to Redis, which the caller closes after Close. It
	// is required.
	Client redis.UniversalClient
	// Prefix begins the names of the channels; empty means DefaultPrefix.
	// Installations that share a Redis need different ones.
	Prefix string
	// Log gets what goes wrong, at debug level, because the bell of package
	// dispatch says it aloud; nil means slog.Default().
	Log *slog.Logger
}

// Redis is the bus between processes, over Redis pub/sub. Subscribers in the
// publishing process are served directly, with or without Redis; those in
// other processes get a resync when Redis was away in between. The first
// subscriber of a workspace in a process gets one too, as soon as changes of
// other processes arrive, because earlier ones may have been missed.
type Redis struct {
	hub    hub
	client redis.UniversalClient
	log    *slog.Logger
	self   string // tells our own messages from those of other processes
	every  string // the channel that every process listens to
	prefix string // begins the channel of a workspace

	out    *outbox
	moved  chan struct{} // workspaces got or lost subscribers
	sub    *redis.PubSub
	end    context.CancelFunc
	loops  sync.WaitGroup
	closer func()
}

var _ engine.Live = (*Redis)(nil)

// NewRedis makes a bus and starts it. Redis need not be there.
func NewRedis(cfg RedisConfig) *Redis {
	if cfg.Prefix == "" {
		cfg.Prefix = DefaultPrefix
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	ctx, end := context.WithCancel(context.Background())
	r := &Redis{
		client: cfg.Client,
		log:    cfg.Log,
		self:   uuid.NewString(),
		every:  cfg.Prefix + ":live",
		prefix: cfg.Prefix + ":live:",
		moved:  make(chan struct{}, 1),
		sub:    cfg.Client.Subscribe(ctx),
		end:    end,
	}
	r.hub.moved = func() {
		select {
		case r.moved <- struct{}{}:
		default:
		}
	}
	r.closer = sync.OnceFunc(r.close)
	r.out = newOutbox(cfg.Log, r.send)
	r.loops.Go(func() { r.out.carry(ctx) })
	r.loops.Go(func() { r.follow(ctx) })
	return r
}

// Publish hands a change to the subscribers here and leaves it to be sent to
// other processes; it never blocks.
func (r *Redis) Publish(c engine.Change) {
	r.hub.publish(c)
	r.out.put(c)
}

// send publishes changes, those of one workspace in one message.
func (r *Redis) send(ctx context.Context, batch []engine.Change, resync bool) error {
	pipe := r.client.Pipeline()
	if resync {
		pipe.Publish(ctx, r.every, message{From: r.self}.encode())
	}
	for _, group := range byWorkspace(batch) {
		pipe.Publish(ctx, r.prefix+group[0].Workspace, message{From: r.self, Changes: group}.encode())
	}
	_, err := pipe.Exec(ctx)
	return err
}

// Subscribe returns the changes of a workspace from now on. After Close the
// channel is closed from the start.
func (r *Redis) Subscribe(ws string) (<-chan engine.Change, func()) { return r.hub.subscribe(ws) }

// Close sends what was published, as far as Redis takes it at once, and ends
// every subscription. Publishing afterwards does nothing. Calling it again does
// nothing.
func (r *Redis) Close() { r.closer() }

func (r *Redis) close() {
	r.end()
	r.hub.close()
	r.loops.Wait()
}

// follow listens to the channels of the workspaces that have subscribers.
func (r *Redis) follow(ctx context.Context) {
	defer r.sub.Close()
	// The first channel opens the connection, on which go-redis then keeps
	// itself connected.
	if err := r.sub.Subscribe(ctx, r.every); err != nil {
		r.log.Debug("live changes of other processes do not arrive yet", "error", err)
	}
	messages := r.sub.ChannelWithSubscriptions()
	listening := make(map[string]bool)
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.moved:
			r.adjust(ctx, listening)
		case m, ok := <-messages:
			if !ok {
				return
			}
			r.receive(m)
		}
	}
}

// adjust subscribes to the channels of workspaces that have subscribers and
// leaves the others. go-redis remembers what could not be sent.
func (r *Redis) adjust(ctx context.Context, listening map[string]bool) {
	want := make(map[string]bool)
	for _, ws := range r.hub.workspaces() {
		want[ws] = true
		if !listening[ws] {
			listening[ws] = true
			r.note(r.sub.Subscribe(ctx, r.prefix+ws))
		}
	}
	for ws := range listening {
		if !want[ws] {
			delete(listening, ws)
			r.note(r.sub.Unsubscribe(ctx, r.prefix+ws))
		}
	}
}

func (r *Redis) note(err error) {
	if err != nil {
		r.log.Debug("live channel cannot be changed now", "error", err)
	}
}

// receive handles what came from Redis.
func (r *Redis) receive(m any) {
	switch m := m.(type) {
	case *redis.Subscription:
		// New, or anew after a lost connection: changes may have been missed.
		if ws, ok := strings.CutPrefix(m.Channel, r.prefix); ok && m.Kind == "subscribe" {
			r.hub.resync(ws)
		}
	case *redis.Message:
		var msg message
		if err := json.Unmarshal([]byte(m.Payload), &msg); err != nil || msg.From == r.self {
			return
		}
		if m.Channel == r.every {
			r.hub.resyncAll()
			return
		}
		ws := strings.TrimPrefix(m.Channel, r.prefix)
		for _, c := range msg.Changes {
			c.Workspace = ws
			r.hub.publish(c)
		}
	}
}
