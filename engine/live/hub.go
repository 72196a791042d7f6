package live

import (
	"sync"

	"github.com/hookloom/hookloom/engine"
)

// buffer is how many changes a subscriber may be behind before they are
// replaced by a resync.
const buffer = 64

// hub hands changes to the subscribers within this process.
type hub struct {
	mu     sync.RWMutex
	subs   map[string]map[*subscriber]struct{} // by workspace; no empty sets
	closed bool
	// moved, if set, is called without locks after a workspace got its first
	// subscriber or lost its last.
	moved func()
}

// subscriber is one subscription. Only the hub sends, and only under mu, so
// that a full channel can be emptied and refilled without a race.
type subscriber struct {
	mu     sync.Mutex
	ch     chan engine.Change
	closed bool
}

// publish hands a change to the subscribers of its workspace.
func (h *hub) publish(c engine.Change) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for s := range h.subs[c.Workspace] {
		s.send(c)
	}
}

// resync tells the subscribers of a workspace that they missed changes.
func (h *hub) resync(ws string) {
	h.publish(engine.Change{Workspace: ws, Kind: engine.ChangeResync})
}

// resyncAll tells every subscriber.
func (h *hub) resyncAll() {
	for _, ws := range h.workspaces() {
		h.resync(ws)
	}
}

// workspaces lists those that have subscribers.
func (h *hub) workspaces() []string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	list := make([]string, 0, len(h.subs))
	for ws := range h.subs {
		list = append(list, ws)
	}
	return list
}

// send delivers a change, or replaces all that the subscriber has not read by
// one resync: whoever fetches after that sees this change too.
func (s *subscriber) send(c engine.Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	if c.Kind != engine.ChangeResync {
		select {
		case s.ch <- c:
			return
		default:
		}
	}
	for {
		select {
		case <-s.ch:
			continue
		default:
		}
		s.ch <- engine.Change{Workspace: c.Workspace, Kind: engine.ChangeResync}
		return
	}
}

func (s *subscriber) close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.ch)
	}
}

// subscribe adds a subscriber. On a closed hub its channel is closed.
func (h *hub) subscribe(ws string) (<-chan engine.Change, func()) {
	s := &subscriber{ch: make(chan engine.Change, buffer)}
	h.mu.Lock()
	if h.closed {
		h.mu.Unlock()
		s.close()
		return s.ch, func() {}
	}
	set, first := h.subs[ws], false
	if set == nil {
		set, first = make(map[*subscriber]struct{}), true
		if h.subs == nil {
			h.subs = make(map[string]map[*subscriber]struct{})
		}
		h.subs[ws] = set
	}
	set[s] = struct{}{}
	h.mu.Unlock()
	if first && h.moved != nil {
		h.moved()
	}
	return s.ch, sync.OnceFunc(func() { h.remove(ws, s) })
}

func (h *hub) remove(ws string, s *subscriber) {
	h.mu.Lock()
	delete(h.subs[ws], s)
	last := h.subs[ws] != nil && len(h.subs[ws]) == 0
	if last {
		delete(h.subs, ws)
	}
	h.mu.Unlock()
	s.close()
	if last && h.moved != nil {
		h.moved()
	}
}

// close ends every subscription.
func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, set := range h.subs {
		for s := range set {
			s.close()
		}
	}
	h.subs = nil
}
