package live

import "github.com/hookloom/hookloom/engine"

// Local is the bus within one process.
type Local struct{ hub hub }

var _ engine.Live = (*Local)(nil)

// NewLocal makes a bus without subscribers.
func NewLocal() *Local { return &Local{} }

// Publish hands a change to the subscribers of its workspace; it never blocks.
// A subscriber who is 64 changes behind gets a resync instead.
func (l *Local) Publish(c engine.Change) { l.hub.publish(c) }

// Subscribe returns the changes of a workspace from now on. After Close the
// channel is closed from the start.
func (l *Local) Subscribe(ws string) (<-chan engine.Change, func()) { return l.hub.subscribe(ws) }

// Close ends every subscription and closes the channels. Publishing afterwards
// does nothing.
func (l *Local) Close() { l.hub.close() }
