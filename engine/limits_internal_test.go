package engine

import (
	"sync"
	"testing"
	"time"
)

func TestFirstRequestsAtOnceShareTheirBucket(t *testing.T) {
	noon := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	l := newLimits(1, func() time.Time { return noon })
	var (
		all   sync.WaitGroup
		mu    sync.Mutex
		taken int
	)
	for range 50 {
		all.Go(func() {
			if _, ok := l.within("token"); ok {
				mu.Lock()
				defer mu.Unlock()
				taken++
			}
		})
	}
	all.Wait()
	if taken != 2 { // the burst of one request a second
		t.Errorf("%d of 50 requests were taken", taken)
	}
}

func BenchmarkRateLimit(b *testing.B) {
	l := newLimits(1e12, time.Now)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, ok := l.within("token"); !ok {
				b.Fatal("refused")
			}
		}
	})
}
