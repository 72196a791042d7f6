package ingress

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/semaphore"
)

// errBusy means that the bodies of other requests take all the room.
var errBusy = errors.New("too many bodies are held at once")

// budgetWait is how long a request waits for room before it is sent away.
const budgetWait = 2 * time.Second

// budget bounds the bytes of all bodies that are in memory at once.
type budget struct {
	room *semaphore.Weighted
	all  int64
}

func newBudget(all int64) *budget { return &budget{room: semaphore.NewWeighted(all), all: all} }

func (b *budget) hold() *hold { return &hold{budget: b} }

// hold is what one request has of the budget.
type hold struct {
	budget *budget
	n      int64
}

// more takes n bytes more, waiting a little for others to leave.
func (h *hold) more(ctx context.Context, n int64) error {
	if h.budget.room.TryAcquire(n) {
		h.n += n
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, budgetWait)
	defer cancel()
	if err := h.budget.room.Acquire(ctx, n); err != nil {
		return errBusy
	}
	h.n += n
	return nil
}

func (h *hold) release() {
	if h.n > 0 {
		h.budget.room.Release(h.n)
		h.n = 0
	}
}
