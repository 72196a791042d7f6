package dispatch

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
)

const (
	// pulseInterval is how often a process shows that it lives and learns about
	// the others. It bounds how long it takes to notice that Redis came back or
	// forgot everything.
	pulseInterval = 500 * time.Millisecond
	// memberTTL is how long a process counts without showing itself.
	memberTTL = 5 * time.Second
	// beatTimeout is how long a beat, and so Start, waits for Redis.
	beatTimeout = time.Second
	// sweepEvery is after how many pulses archived tasks are deleted. Asynq
	// archives the tasks of dead workers; nobody needs them.
	sweepEvery = int(time.Minute / pulseInterval)
)

var errNotConnected = errors.New("not connected yet")

// beatScript notes this process among the queue's processes. It answers whether
// the process was known, the worker slots and worker processes there are, the
// length of the queue and the count of dropped rings. As it writes, it fails
// when Redis is full or a read-only replica.
var beatScript = redis.NewScript(`
local now = tonumber(redis.call('TIME')[1])
local known = redis.call('ZSCORE', KEYS[1], ARGV[1])
redis.call('ZADD', KEYS[1], now, ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. (now - tonumber(ARGV[2])))
if tonumber(ARGV[3]) > 0 then
	redis.call('INCRBY', KEYS[2], ARGV[3])
end
local slots, workers = 0, 0
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
	local n = tonumber(string.match(member, '/(%d+)$')) or 0
	slots = slots + n
	if n > 0 then
		workers = workers + 1
	end
end
local dropped = tonumber(redis.call('GET', KEYS[2]) or '0')
return {known and 1 or 0, slots, workers, redis.call('LLEN', KEYS[3]), dropped}`)

// health is whether Redis can be used.
type health struct {
	mu      sync.Mutex
	trouble error // nil: it can
	policy  string
	beaten  bool // this process has shown itself since Redis was last away
}

func (h *health) err() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.trouble
}

// lose notes that Redis cannot be used and why.
func (b *Asynq) lose(err error) {
	b.health.mu.Lock()
	before := b.health.trouble
	b.health.trouble, b.health.beaten = err, false
	b.health.mu.Unlock()
	if b.halting() {
		return
	}
	if before == nil || errors.Is(before, errNotConnected) {
		b.log.Warn("Redis cannot be used; runs go on from the database", "redis", b.where, "error", err)
	}
	if b.fallback != nil {
		b.fallback.recall()
	}
}

// pulse beats until ctx ends.
func (b *Asynq) pulse(ctx context.Context) {
	ticker := time.NewTicker(pulseInterval)
	defer ticker.Stop()
	for n := 1; ; n++ {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		b.beat(ctx)
		if n%sweepEvery == 0 && b.crew != nil && b.health.err() == nil {
			b.sweep()
		}
	}
}

// beat shows this process to the others and notices that Redis went, came back
// or forgot.
func (b *Asynq) beat(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	untold := b.debt.untold.Swap(0)
	v, err := beatScript.Run(ctx, b.client,
		[]string{b.keys.members, b.keys.dropped, b.keys.pending},
		b.memberName(), int(memberTTL.Seconds()), untold).Int64Slice()
	if err == nil && len(v) != 5 {
		err = errors.New("unexpected answer from Redis")
	}
	if err != nil {
		b.debt.untold.Add(untold)
		b.lose(err)
		return
	}
	known := v[0] == 1
	b.gauge.slots.Store(v[1])
	b.gauge.workers.Store(v[2])
	b.gauge.pending.Store(v[3])
	b.debt.shared.Store(v[4])
	b.regain(ctx, known)
	b.nudge()
}

// regain notes that Redis answers.
func (b *Asynq) regain(ctx context.Context, known bool) {
	b.health.mu.Lock()
	returned, forgot := b.health.trouble != nil, b.health.beaten && !known
	b.health.trouble, b.health.beaten = nil, true
	b.health.mu.Unlock()
	if !returned && !forgot {
		return
	}
	if forgot {
		b.log.Warn("Redis lost what it held; waiting runs are pulled from the database", "redis", b.where)
	} else {
		b.log.Info("Redis can be used", "redis", b.where)
		b.checkEviction(ctx)
	}
	// Asynq notes its queue once in a lifetime; its tools find it by this set.
	if err := b.client.SAdd(ctx, "asynq:queues", b.queue).Err(); err != nil {
		b.log.Debug("queue name cannot be noted in Redis", "error", err)
	}
	b.debt.recall()
	b.rouse()
}

// checkEviction warns of a Redis that may throw handles away.
func (b *Asynq) checkEviction(ctx context.Context) {
	answer, err := b.client.ConfigGet(ctx, "maxmemory-policy").Result()
	policy := answer["maxmemory-policy"]
	if err != nil || policy == "" {
		policy = "unknown"
	}
	b.health.mu.Lock()
	news := policy != b.health.policy
	b.health.policy = policy
	b.health.mu.Unlock()
	switch {
	case !news:
	case policy == "unknown":
		b.log.Info("Redis does not tell its eviction policy; it should be noeviction", "redis", b.where, "maxmemory-policy", policy)
	case strings.HasPrefix(policy, "allkeys-"):
		b.log.Warn("Redis may evict handles when its memory is full; runs then start late, when the reconciler finds them. Set maxmemory-policy to noeviction",
			"redis", b.where, "maxmemory-policy", policy)
	}
}

// sweep deletes archived tasks.
func (b *Asynq) sweep() {
	n, err := asynq.NewInspectorFromRedisClient(b.client).DeleteAllArchivedTasks(b.queue)
	if err != nil && !errors.Is(err, asynq.ErrQueueNotFound) {
		b.log.Debug("archived tasks cannot be deleted", "error", err)
	}
	if n > 0 {
		b.log.Debug("archived tasks of dead workers deleted", "count", n)
	}
}

// memberName is this process among the queue's processes; the number behind
// the slash is its worker slots.
func (b *Asynq) memberName() string {
	slots := 0
	if b.crew != nil {
		slots = b.concurrency
	}
	return b.member + "/" + strconv.Itoa(slots)
}

// leave takes this process off the list, if Redis can be used.
func (b *Asynq) leave() {
	if b.health.err() != nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), partingTime)
	defer cancel()
	if err := b.client.ZRem(ctx, b.keys.members, b.memberName()).Err(); err != nil {
		b.log.Debug("process cannot be taken off the list in Redis", "error", err)
	}
}
