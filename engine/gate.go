package engine

import (
	"sync"
	"time"
)

// gates bounds how many deliveries a process has under way to one endpoint that
// is failing or slow. Healthy ones are not bounded.
type gates struct {
	mu    sync.Mutex
	under map[string]map[int]time.Time
	next  int
}

const (
	// failingLimit is how many deliveries try a failing endpoint at once.
	failingLimit = 2
	// slowLimit is how many may hang for longer than slowAfter before an endpoint
	// counts as slow.
	slowLimit = 4
	slowAfter = 2 * time.Second
)

func newGates() *gates { return &gates{under: map[string]map[int]time.Time{}} }

// enter lets a delivery to its endpoint, or not.
func (g *gates) enter(hook string, failing bool) (leave func(), ok bool) {
	g.mu.Lock()
	defer g.mu.Unlock()
	now, under, slow := time.Now(), g.under[hook], 0
	for _, since := range under {
		if now.Sub(since) > slowAfter {
			slow++
		}
	}
	if slow >= slowLimit || failing && len(under) >= failingLimit {
		return nil, false
	}
	if under == nil {
		under = map[int]time.Time{}
		g.under[hook] = under
	}
	g.next++
	id := g.next
	under[id] = now
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		delete(under, id)
		if len(under) == 0 {
			delete(g.under, hook)
		}
	}, true
}
