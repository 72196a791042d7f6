package ceiling

import (
	"context"
	"errors"
	"sync"
	"time"
)

// maxGroup is how many changes one commit carries at most, as in Hookloom.
const maxGroup = 256

// kind is what happened to a job.
type kind int

const (
	inserted kind = iota
	started
	finished
)

// change is one row to write.
type change struct {
	kind kind
	id   string
	body []byte
	at   int64 // microseconds
	done chan error
}

// journal commits groups of changes durably. One goroutine uses it.
type journal interface {
	commit(ctx context.Context, changes []change) error
	close() error
}

// group shares commits between callers: each journal has a goroutine that takes
// all changes that wait and commits them together.
type group struct {
	queue   chan change
	journal []journal
	writers sync.WaitGroup
}

func startGroup(journals []journal) *group {
	g := &group{queue: make(chan change, 2*maxGroup), journal: journals}
	for _, j := range journals {
		g.writers.Go(func() { g.write(j) })
	}
	return g
}

// do returns when the change is committed.
func (g *group) do(c change) error {
	c.at, c.done = time.Now().UnixMicro(), make(chan error, 1)
	g.queue <- c
	return <-c.done
}

func (g *group) write(j journal) {
	var changes []change
	for c := range g.queue {
		changes = append(changes[:0], c)
		changes = g.gather(changes)
		err := j.commit(context.Background(), changes)
		for _, c := range changes {
			c.done <- err
		}
	}
}

func (g *group) gather(changes []change) []change {
	for len(changes) < maxGroup {
		select {
		case c, open := <-g.queue:
			if !open {
				return changes
			}
			changes = append(changes, c)
		default:
			return changes
		}
	}
	return changes
}

// close closes the journals at the end of the process, in which nobody waits
// for a change any more.
func (g *group) close() error {
	var errs []error
	for _, j := range g.journal {
		errs = append(errs, j.close())
	}
	return errors.Join(errs...)
}
