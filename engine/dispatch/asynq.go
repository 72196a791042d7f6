package dispatch

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/hookloom/hookloom/engine"
)

// DefaultQueue is the name of the queue in Redis when the configuration does
// not say.
const DefaultQueue = "hookloom"

// ringBuffer is how many rings of one process may wait to be sent to Redis.
// It bounds what a stalled Redis can cost in memory.
const ringBuffer = 1024

// AsynqConfig configures NewAsynq.
type AsynqConfig struct {
	// RedisURL is the address of Redis in a form that OpenRedis takes. It is
	// required.
	RedisURL string
	// Concurrency is how many handles this process works at once; zero or less
	// means DefaultConcurrency.
	Concurrency int
	// Slow is after what time a handle under way gives its slot to others, and
	// Tick the clock of tests; both as LocalConfig says.
	Slow time.Duration
	Tick <-chan time.Time
	// Queue names the queue; empty means DefaultQueue. Installations that share
	// a Redis need different names, or they would take each other's handles.
	Queue string
	// Log gets what goes wrong; nil means slog.Default(). Asynq's own messages
	// arrive there at debug level.
	Log *slog.Logger
}

// Asynq is the bell between processes: one Asynq queue in Redis that every
// process rings and every worker process takes from.
//
// The queue holds a window of up to 4 handles per worker slot of all live
// worker processes together. Each process learns that number from Redis twice
// a second, and the length of the queue whenever it sends or finds it empty.
// Rings beyond the window are dropped and counted in Redis, and whichever worker
// process first sees the queue below half the window pulls from SQL.
//
// While Redis is away, refuses writes or forgets, nothing blocks: worker
// processes work what Pull gives them and what is rung within them, and return
// to the queue when Redis does.
type Asynq struct {
	client      redis.UniversalClient
	tasks       *asynq.Client
	log         *slog.Logger
	where       string // the servers, for logs
	queue       string
	keys        keys
	member      string // this process among the queue's processes
	concurrency int
	slow        time.Duration
	tick        <-chan time.Time

	rings *window       // rings on their way to Redis
	wake  chan struct{} // the queue may have handles
	topUp chan struct{} // the queue may be low and runs may wait in SQL

	stock  stock
	gauge  gauge
	debt   debt
	health health

	mu       sync.Mutex
	state    state
	crew     *crew  // nil when this process only rings
	fallback *Local // works handles while Redis is away; nil as crew is
	server   *asynq.Server
	halt     chan struct{}      // closed when nothing new may be taken
	end      context.CancelFunc // ends the loops
	loops    sync.WaitGroup
	sender   sync.WaitGroup
	done     chan struct{} // closed when nothing runs any more
}

// keys are the names in Redis. Those in braces share a slot of a cluster with
// the queue's own.
type keys struct {
	members, dropped, wake string // ours
	pending, paused        string // Asynq's
}

// gauge is what this process last knew about the queue.
type gauge struct {
	pending   atomic.Int64 // length of the queue
	sampledAt atomic.Int64 // when it was last read, in Unix nanoseconds; 0: read again
	slots     atomic.Int64 // concurrency of all worker processes together
	workers   atomic.Int64 // how many worker processes there are
	listening atomic.Bool  // wake signals of other processes arrive
}

var _ engine.Bell = (*Asynq)(nil)

// NewAsynq makes a bell on Redis. It does not connect yet; the only errors are
// those of the configuration.
func NewAsynq(cfg AsynqConfig) (*Asynq, error) {
	opts, err := parseRedisURL(cfg.RedisURL)
	if err != nil {
		return nil, fmt.Errorf("dispatch: %w", err)
	}
	if cfg.Concurrency <= 0 {
		cfg.Concurrency = DefaultConcurrency
	}
	if cfg.Queue == "" {
		cfg.Queue = DefaultQueue
	}
	if strings.ContainsAny(cfg.Queue, "{} \t\r\n") {
		return nil, errors.New("dispatch: the queue name must not contain braces or white space")
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	quietRedis()
	// Finishing workers, the sender and the housekeeping may all talk at once.
	opts.PoolSize = min(cfg.Concurrency, 8*runtime.GOMAXPROCS(0)) + 8
	own := "hookloom:{" + cfg.Queue + "}:"
	theirs := "asynq:{" + cfg.Queue + "}:"
	b := &Asynq{
		client:      redis.NewUniversalClient(opts),
		log:         cfg.Log,
		where:       describeRedis(opts),
		queue:       cfg.Queue,
		member:      uuid.NewString(),
		concurrency: cfg.Concurrency,
		slow:        cfg.Slow,
		tick:        cfg.Tick,
		keys: keys{
			members: own + "members", dropped: own + "dropped", wake: own + "wake",
			pending: theirs + "pending", paused: theirs + "paused",
		},
		rings: newWindow(ringBuffer),
		wake:  make(chan struct{}, 1),
		topUp: make(chan struct{}, 1),
		halt:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	b.stock.emptied = make(chan struct{}, 1)
	b.health.trouble = errNotConnected
	b.client.AddHook(hook{b})
	b.tasks = asynq.NewClientFromRedisClient(b.client)
	return b, nil
}

// Ring hands a handle to the sender. When rings come faster than Redis takes
// them it is dropped, and pulled later.
func (b *Asynq) Ring(h engine.Handle) {
	if b.rings.push(h) == full {
		b.debt.drop(1)
	}
}

// Take gives a handle to this process without Redis while a slot is free. When
// none is, it may wait for one only where no other process could have one.
func (b *Asynq) Take(h engine.Handle) bool {
	b.mu.Lock()
	local := b.fallback
	b.mu.Unlock()
	return local != nil && !b.debt.open() && (b.crew.free() > 0 || b.alone()) && local.Take(h)
}

// Ready says why Redis cannot be used, or nil. It knows from what the bell
// does, at least twice a second, and asks nothing of Redis itself.
func (b *Asynq) Ready(context.Context) error {
	b.mu.Lock()
	state := b.state
	b.mu.Unlock()
	switch state {
	case fresh:
		return errNotStarted
	case stopped:
		return errStopped
	}
	if err := b.health.err(); err != nil {
		return fmt.Errorf("dispatch: Redis at %s cannot be used: %w", b.where, err)
	}
	return nil
}

// limit is how many handles the queue may hold.
func (b *Asynq) limit() int {
	slots := int(b.gauge.slots.Load())
	switch {
	case b.crew != nil:
		slots = max(slots, b.concurrency)
	case slots == 0: // no worker process lives yet
		slots = DefaultConcurrency
	}
	return windowFactor * slots
}

// low is the length below which the queue is topped up.
func (b *Asynq) low() int { return b.limit() / 2 }
