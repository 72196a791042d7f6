package engine

import "context"

// Handle names a run that can go on and the epoch it was rung in. A claim
// succeeds only in that epoch, so a handle that arrives twice or late does
// nothing.
type Handle struct {
	Workspace string `json:"ws"`
	Run       string `json:"run"`
	Epoch     int64  `json:"epoch"`
}

// Bell tells workers that runs can go on. The database is the truth; a bell may
// lose everything and no run is lost, because the reconciler rings again.
type Bell interface {
	// Ring announces a run. It never blocks and never fails: when the window
	// is full or the queue is away the ring is dropped, and the run waits in
	// SQL until Worker.Pull or the reconciler finds it.
	Ring(handle Handle)
	// Take gives a run to the slots of this process, behind those that wait for
	// one. It is false, and the run is not taken, when the line is long or another
	// process may be sooner. It never blocks.
	Take(handle Handle) bool
	// Start begins to call the worker until Stop, at most Concurrency at once; runs
	// that take longer than others go on beside them, see the package dispatch.
	Start(ctx context.Context, w Worker) error
	// Stop takes no new handle and waits for those under way until ctx ends.
	Stop(ctx context.Context) error
	// Ready reports why the bell cannot reach its queue, or nil.
	Ready(ctx context.Context) error
}

// Worker is the engine as a bell sees it.
type Worker interface {
	// Work takes one run as far as it can go. It owns all its errors.
	Work(ctx context.Context, h Handle)
	// Pull returns up to max runs that wait in SQL, in an order fair between
	// workspaces. A bell calls it when rings were dropped and its window has
	// room again.
	Pull(ctx context.Context, max int) []Handle
}
