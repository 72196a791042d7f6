package dispatch

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// hook changes two things in how Asynq talks to Redis. A dequeue that finds
// nothing waits for a signal instead of polling, which turns a second's delay
// into a millisecond's, and one that finds much brings several tasks. An
// enqueue in a recording context is noted instead of sent, so that many can go
// in one pipeline.
type hook struct{ b *Asynq }

// DialHook changes nothing.
func (hook) DialHook(next redis.DialHook) redis.DialHook { return next }

// ProcessPipelineHook changes nothing.
func (hook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return next
}

// ProcessHook sees every single command.
func (k hook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		if r, ok := ctx.Value(recordKey{}).(*record); ok {
			return r.note(cmd)
		}
		if k.b.isDequeue(cmd) {
			return k.b.dequeue(ctx, cmd, next)
		}
		return next(ctx, cmd)
	}
}

// isDequeue recognises Asynq's dequeue script by its first two keys.
func (b *Asynq) isDequeue(cmd redis.Cmder) bool {
	if name := cmd.Name(); name != "evalsha" && name != "eval" {
		return false
	}
	args := cmd.Args()
	return len(args) > 4 && args[3] == b.keys.pending && args[4] == b.keys.paused
}
