package engine

import (
	"sync"
	"time"
)

// handoff passes accepted runs from the ingress to a worker of the same process
// without a read. It is a cache: what it does not hold is read from the
// database.
type handoff struct {
	mu   sync.Mutex
	runs map[string]handed
	size int
	// swept is when old entries were last looked for.
	swept time.Time
}

type handed struct {
	run Run
	// trigger is the run's input as plain values.
	trigger map[string]any
	// first is the run's first commit while that is not made.
	first *firstCommit
}

const (
	// handoffSize bounds, in bytes, what waits for a worker in memory. The heap
	// may grow to twice of it before it is collected.
	handoffSize = 8 << 20
	// plainFactor is how much larger an input is with its plain values beside
	// it; a 500-byte webhook was measured.
	plainFactor = 6
	// handoffAge is after what time a run counts as taken by another process.
	handoffAge = 30 * time.Second
	// sweepEvery is how often a full handoff looks for such runs.
	sweepEvery = time.Second
)

func newHandoff() *handoff { return &handoff{runs: map[string]handed{}} }

func (h handed) size() int { return plainFactor * len(h.run.Input) }

// put keeps a run, with its first commit if that is not made yet. A full handoff
// keeps what it has, because older runs are worked on first, and returns false.
func (h *handoff) put(run Run, trigger map[string]any, first *firstCommit) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	given := handed{run, trigger, first}
	if h.size+given.size() > handoffSize {
		h.sweep(run.CreatedAt)
	}
	if h.size+given.size() > handoffSize {
		return false
	}
	h.runs[run.ID] = given
	h.size += given.size()
	return true
}

// sweep forgets runs that nobody here will take any more.
func (h *handoff) sweep(now time.Time) {
	if now.Sub(h.swept) < sweepEvery {
		return
	}
	h.swept = now
	for id, given := range h.runs {
		if now.Sub(given.run.CreatedAt) > handoffAge {
			h.drop(id, given)
		}
	}
}

func (h *handoff) drop(id string, given handed) {
	delete(h.runs, id)
	h.size -= given.size()
}

func (h *handoff) take(id string) (handed, bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	given, ok := h.runs[id]
	if ok {
		h.drop(id, given)
	}
	return given, ok
}
