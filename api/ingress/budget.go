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

// budgetLook is how often it looks meanwhile. Room and seats cannot be waited for
// at once, and whoever waits is late by hundreds of times as much.
const budgetLook = 5 * time.Millisecond

// budget bounds the bytes of all bodies that are in memory at once.
//
// Bodies grow while they are read, so many that have a part and wait for more
// could wait for each other. Half of the budget is therefore kept for seats:
// who has one has room for all that a request can ever need and never waits
// again, so somebody always gets to the end.
type budget struct {
	room  *semaphore.Weighted // bytes, taken piece by piece
	seats *semaphore.Weighted // requests with room for everything
}

// newBudget shares out all bytes, of which one request needs at most most.
func newBudget(all, most int64) *budget {
	seats := max(1, all/2/most)
	return &budget{room: semaphore.NewWeighted(max(0, all-seats*most)), seats: semaphore.NewWeighted(seats)}
}

func (b *budget) hold() *hold { return &hold{budget: b} }

// hold is what one request has of the budget.
type hold struct {
	budget *budget
	n      int64
	seated bool
}

// more takes n bytes more. When there are none it waits a little: for room, or for
// a seat, which stands for all that the request holds already too.
func (h *hold) more(ctx context.Context, n int64) error {
	if h.seated {
		return nil
	}
	if h.budget.room.TryAcquire(n) {
		h.n += n
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, budgetWait)
	defer cancel()
	look := time.NewTicker(budgetLook)
	defer look.Stop()
	for {
		switch {
		case h.budget.seats.TryAcquire(1):
			h.release()
			h.seated = true
			return nil
		case h.budget.room.TryAcquire(n):
			h.n += n
			return nil
		}
		select {
		case <-ctx.Done():
			return errBusy
		case <-look.C:
		}
	}
}

func (h *hold) release() {
	if h.seated {
		h.budget.seats.Release(1)
		h.seated = false
	}
	if h.n > 0 {
		h.budget.room.Release(h.n)
		h.n = 0
	}
}
