package live

import (
	"context"
	"encoding/json"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/hookloom/hookloom/engine"
)

const (
	// outBuffer is how many changes may wait to be sent to other processes;
	// beyond that they are told to resync.
	outBuffer = 1024
	// outBatch is how many changes go in one round trip.
	outBatch = 256
	// outTimeout is how long the server may take for it.
	outTimeout = 2 * time.Second
	// resyncInterval is the least time between two messages to resync, each of
	// which makes every open page fetch again.
	resyncInterval = time.Second
)

// message is what processes send each other.
type message struct {
	From string `json:"from"`
	// Workspace owns the changes where the channel does not say.
	Workspace string `json:"ws,omitempty"`
	// Changes are those of one workspace; none says that changes were lost.
	Changes []engine.Change `json:"changes,omitempty"`
}

// outbox carries changes to other processes.
type outbox struct {
	changes chan engine.Change
	missed  atomic.Bool // other processes missed changes of ours
	log     *slog.Logger
	// send sends changes, those of one workspace in order, and with resync tells
	// other processes first that some were lost.
	send func(ctx context.Context, batch []engine.Change, resync bool) error
}

func newOutbox(log *slog.Logger, send func(context.Context, []engine.Change, bool) error) *outbox {
	return &outbox{changes: make(chan engine.Change, outBuffer), log: log, send: send}
}

// put leaves a change to be sent; it never blocks.
func (o *outbox) put(c engine.Change) {
	select {
	case o.changes <- c:
	default:
		o.missed.Store(true)
	}
}

// carry sends changes until ctx ends, and then what was published before.
func (o *outbox) carry(ctx context.Context) {
	tick := time.NewTicker(resyncInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			for batch := o.gather(nil); len(batch) > 0 && o.deliver(batch, false); {
				batch = o.gather(nil)
			}
			return
		case c := <-o.changes:
			o.deliver(o.gather([]engine.Change{c}), false)
		case <-tick.C:
			if o.missed.Swap(false) {
				o.deliver(nil, true)
			}
		}
	}
}

// gather adds the changes that wait to batch, up to outBatch.
func (o *outbox) gather(batch []engine.Change) []engine.Change {
	for len(batch) < outBatch {
		select {
		case c := <-o.changes:
			batch = append(batch, c)
		default:
			return batch
		}
	}
	return batch
}

// deliver sends changes and says whether the server took them; if not, they
// count as lost.
func (o *outbox) deliver(batch []engine.Change, resync bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), outTimeout)
	defer cancel()
	if err := o.send(ctx, batch, resync); err != nil {
		o.missed.Store(true)
		o.log.Debug("live changes did not reach other processes", "count", len(batch), "error", err)
		return false
	}
	return true
}

// byWorkspace groups changes, keeping their order within a workspace.
func byWorkspace(batch []engine.Change) [][]engine.Change {
	at := make(map[string]int)
	var groups [][]engine.Change
	for _, c := range batch {
		i, ok := at[c.Workspace]
		if !ok {
			i = len(groups)
			at[c.Workspace] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], c)
	}
	return groups
}

// encode writes a message; it holds strings only, so that cannot fail.
func (m message) encode() []byte {
	raw, err := json.Marshal(m)
	if err != nil {
		panic("live: " + err.Error())
	}
	return raw
}
