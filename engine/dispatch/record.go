package dispatch

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"

	"github.com/hookloom/hookloom/engine"
)

// recordKey is the context key under which a record travels to the hook.
type recordKey struct{}

// record notes what Asynq's client would send, command by command, and lets it
// believe that each succeeded. Asynq can send only one task a round trip; with
// a record, its encoding and its scripts are used, and one pipeline carries a
// hundred tasks.
type record struct {
	cmds []*redis.Cmd
	// source wants scripts in full, not by their digest, for a Redis that does
	// not know them yet.
	source bool
}

// note takes a command down.
func (r *record) note(cmd redis.Cmder) error {
	if r.source && cmd.Name() == "evalsha" {
		return redis.ErrNoScript // Asynq repeats it with the source
	}
	// A fresh command, because Asynq reads the one it made.
	r.cmds = append(r.cmds, redis.NewCmd(context.Background(), cmd.Args()...))
	switch cmd := cmd.(type) {
	case *redis.Cmd:
		cmd.SetVal(int64(1))
	case *redis.IntCmd:
		cmd.SetVal(1)
	}
	return nil
}

// push adds handles to the queue in one pipeline. It returns how many were not
// there yet and the length of the queue before, which it also notes.
func (b *Asynq) push(ctx context.Context, hs []engine.Handle) (added int, before int64, err error) {
	added, before, err = b.pipe(ctx, hs, false)
	if isNoScript(err) {
		var again int
		again, before, err = b.pipe(ctx, hs, true)
		added += again
	}
	if err == nil {
		b.gauge.pending.Store(before + int64(added))
	}
	return added, before, err
}

func (b *Asynq) pipe(ctx context.Context, hs []engine.Handle, source bool) (added int, before int64, err error) {
	r := &record{cmds: make([]*redis.Cmd, 0, len(hs)+1), source: source}
	recording := context.WithValue(ctx, recordKey{}, r)
	for _, h := range hs {
		if err := b.encode(recording, h); err != nil {
			b.log.Error("handle cannot be encoded", "workspace", h.Workspace, "run", h.Run, "error", err)
		}
	}
	pipe := b.client.Pipeline()
	length := pipe.LLen(ctx, b.keys.pending)
	for _, cmd := range r.cmds {
		_ = pipe.Process(ctx, cmd)
	}
	if _, err := pipe.Exec(ctx); err != nil {
		return 0, 0, firstError(r.cmds, err)
	}
	for _, cmd := range r.cmds {
		if n, err := cmd.Int64(); err == nil && n == 1 && cmd.Name() != "sadd" {
			added++
		}
	}
	return added, length.Val(), nil
}

// firstError prefers any error to a missing script, which is mended by sending
// it.
func firstError(cmds []*redis.Cmd, err error) error {
	if !isNoScript(err) {
		return err
	}
	for _, cmd := range cmds {
		if cmd.Err() != nil && !isNoScript(cmd.Err()) {
			return cmd.Err()
		}
	}
	return err
}

// encode lets Asynq's client enqueue one handle. Asynq itself never repeats a
// task and keeps nothing of it: retries and results live in SQL.
func (b *Asynq) encode(ctx context.Context, h engine.Handle) error {
	payload, err := json.Marshal(h)
	if err != nil {
		return err
	}
	_, err = b.tasks.EnqueueContext(ctx, asynq.NewTask(taskType, payload),
		asynq.TaskID(h.Run+":"+strconv.FormatInt(h.Epoch, 10)),
		asynq.Queue(b.queue), asynq.MaxRetry(0), asynq.Timeout(taskTimeout))
	return err
}

func isNoScript(err error) bool {
	return errors.Is(err, redis.ErrNoScript) || redis.HasErrorPrefix(err, "NOSCRIPT")
}
