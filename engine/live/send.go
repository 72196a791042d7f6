package live

import (
	"context"
	"encoding/json"
	"time"

	"github.com/hookloom/hookloom/engine"
)

const (
	// outBuffer is how many changes may wait to be sent to other processes;
	// beyond that they are told to resync.
	outBuffer = 1024
	// outBatch is how many changes go in one round trip.
	outBatch = 256
	// outTimeout is how long Redis may take for it.
	outTimeout = 2 * time.Second
	// resyncInterval is the least time between two messages to resync, each of
	// which makes every open page fetch again.
	resyncInterval = time.Second
)

// send carries changes to other processes until ctx ends.
func (r *Redis) send(ctx context.Context) {
	tick := time.NewTicker(resyncInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			for batch := r.gather(nil); len(batch) > 0 && r.deliver(batch, false); {
				batch = r.gather(nil) // what was published before Close
			}
			return
		case c := <-r.out:
			r.deliver(r.gather([]engine.Change{c}), false)
		case <-tick.C:
			if r.missed.Swap(false) {
				r.deliver(nil, true)
			}
		}
	}
}

// gather adds the changes that wait to batch, up to outBatch.
func (r *Redis) gather(batch []engine.Change) []engine.Change {
	for len(batch) < outBatch {
		select {
		case c := <-r.out:
			batch = append(batch, c)
		default:
			return batch
		}
	}
	return batch
}

// deliver publishes changes, those of one workspace in one message and in
// order, and with resync tells other processes that some were lost. It says
// whether Redis took it; if not, they count as lost.
func (r *Redis) deliver(batch []engine.Change, resync bool) bool {
	ctx, cancel := context.WithTimeout(context.Background(), outTimeout)
	defer cancel()
	pipe := r.client.Pipeline()
	if resync {
		pipe.Publish(ctx, r.every, r.encode(nil))
	}
	for _, group := range byWorkspace(batch) {
		pipe.Publish(ctx, r.prefix+group[0].Workspace, r.encode(group))
	}
	if _, err := pipe.Exec(ctx); err != nil {
		r.missed.Store(true)
		r.log.Debug("live changes did not reach other processes", "count", len(batch), "error", err)
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

func (r *Redis) encode(changes []engine.Change) []byte {
	raw, err := json.Marshal(message{From: r.self, Changes: changes})
	if err != nil { // strings only: cannot happen
		r.log.Error("live changes cannot be encoded", "error", err)
	}
	return raw
}
