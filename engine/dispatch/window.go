package dispatch

import (
	"sync"

	"github.com/hookloom/hookloom/engine"
)

// verdict is what became of a handle that was pushed into a window.
type verdict int

const (
	taken  verdict = iota
	known          // it already waits in the window
	full           // there was no room for it
	closed         // the window takes nothing any more
)

// window is a bounded queue of handles, first in first out, in which each
// handle waits once. All methods are safe for concurrent use.
type window struct {
	mu     sync.Mutex
	ready  sync.Cond
	items  []engine.Handle // a ring buffer
	first  int             // index of the oldest item
	n      int             // how many items wait
	held   map[engine.Handle]struct{}
	closed bool
}

// newWindow makes a window with room for size handles, at least one.
func newWindow(size int) *window {
	w := &window{items: make([]engine.Handle, max(size, 1)), held: make(map[engine.Handle]struct{}, size)}
	w.ready.L = &w.mu
	return w
}

// push adds a handle at the end. It never blocks for longer than the lock.
func (w *window) push(h engine.Handle) verdict {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.add(h)
}

// pushShort adds a handle while fewer than limit wait.
func (w *window) pushShort(h engine.Handle, limit int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n < limit && w.add(h) == taken
}

// add is push by a caller that holds the lock.
func (w *window) add(h engine.Handle) verdict {
	if w.closed {
		return closed
	}
	if _, ok := w.held[h]; ok {
		return known
	}
	if w.n == len(w.items) {
		return full
	}
	w.items[(w.first+w.n)%len(w.items)] = h
	w.n++
	w.held[h] = struct{}{}
	w.ready.Signal()
	return taken
}

// pop waits for a handle and returns the oldest one and how many are left. ok
// is false once the window is closed and empty.
func (w *window) pop() (h engine.Handle, left int, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.n == 0 && !w.closed {
		w.ready.Wait()
	}
	if w.n == 0 {
		return engine.Handle{}, 0, false
	}
	return w.shift(), w.n, true
}

// popSome waits for a handle and appends to buf those that wait, oldest first,
// until buf has no capacity left. An empty result means closed and empty.
func (w *window) popSome(buf []engine.Handle) []engine.Handle {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.n == 0 && !w.closed {
		w.ready.Wait()
	}
	for w.n > 0 && len(buf) < cap(buf) {
		buf = append(buf, w.shift())
	}
	return buf
}

// shift removes the oldest item; the caller holds the lock and n > 0.
func (w *window) shift() engine.Handle {
	h := w.items[w.first]
	w.items[w.first] = engine.Handle{}
	w.first = (w.first + 1) % len(w.items)
	w.n--
	delete(w.held, h)
	return h
}

// len says how many handles wait.
func (w *window) len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.n
}

// close lets the window take nothing more. What waits can still be popped.
func (w *window) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	w.ready.Broadcast()
}

// discard closes the window and forgets what waits.
func (w *window) discard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.closed = true
	clear(w.held)
	clear(w.items)
	w.first, w.n = 0, 0
	w.ready.Broadcast()
}
