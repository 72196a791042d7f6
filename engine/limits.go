package engine

import (
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// limits holds one token bucket for each trigger address and counts what it
// refused, so that a flood leaves one row a minute instead of one a request.
type limits struct {
	rate    float64
	now     func() time.Time
	buckets *lru.Cache[string, *rate.Limiter]
	// flooded holds the last minute in which an address without a count was told
	// of.
	flooded *lru.Cache[string, int64]

	mu      sync.Mutex
	refused map[refusedKey]refusedCount
}

type refusedKey struct {
	token  string
	minute int64
}

type refusedCount struct {
	endpoint Endpoint
	n        int
}

func newLimits(perSecond float64, now func() time.Time) *limits {
	buckets, err := lru.New[string, *rate.Limiter](10_000)
	if err != nil {
		panic(err)
	}
	flooded, err := lru.New[string, int64](10_000)
	if err != nil {
		panic(err)
	}
	return &limits{rate: perSecond, now: now, buckets: buckets, flooded: flooded, refused: map[refusedKey]refusedCount{}}
}

// within reports whether the address may take one more request, and else after
// how long it may.
func (l *limits) within(token string) (time.Duration, bool) {
	if l.rate <= 0 {
		return 0, true
	}
	bucket, ok := l.buckets.Get(token)
	if !ok {
		bucket = rate.NewLimiter(rate.Limit(l.rate), max(1, int(2*l.rate)))
		// Of two first requests at once, both count in the same bucket.
		if earlier, there, _ := l.buckets.PeekOrAdd(token, bucket); there {
			bucket = earlier
		}
	}
	if bucket.AllowN(l.now(), 1) {
		return 0, true
	}
	return time.Duration(float64(time.Second) / l.rate), false
}

// tell reports whether a refusal is the first of its minute: a flood leaves one
// row a minute instead of one a call.
func (l *limits) tell(token string) bool {
	minute := l.now().Unix() / 60
	last, _ := l.flooded.Get(token)
	l.flooded.Add(token, minute)
	return last != minute
}

// allow is within for a trigger's address, and counts what it refuses.
func (l *limits) allow(token string, e Endpoint) (time.Duration, bool) {
	wait, ok := l.within(token)
	if ok {
		return 0, true
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	key := refusedKey{token, l.now().Unix() / 60}
	count := l.refused[key]
	count.endpoint = e
	count.n++
	l.refused[key] = count
	return wait, false
}

// restore takes back what could not be stored, for the next drain.
func (l *limits) restore(key refusedKey, count refusedCount) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.refused[key]
	now.endpoint = count.endpoint
	now.n += count.n
	l.refused[key] = now
}

// drain returns what was counted since the last call.
func (l *limits) drain() map[refusedKey]refusedCount {
	l.mu.Lock()
	defer l.mu.Unlock()
	counted := l.refused
	l.refused = map[refusedKey]refusedCount{}
	return counted
}
