package dispatch

import (
	"context"
	"fmt"
	"log/slog"
	"sync"

	"github.com/hibiken/asynq"
	"github.com/redis/go-redis/v9"
)

// asynqLog passes Asynq's messages on at debug level: what matters of them the
// bell says itself, once, and Asynq repeats each failure for every task.
type asynqLog struct{ log *slog.Logger }

func (l asynqLog) say(level string, args []any) {
	l.log.Debug("asynq: "+fmt.Sprint(args...), "asynq_level", level)
}

// Debug and its siblings satisfy asynq.Logger.
func (l asynqLog) Debug(args ...any) { l.say("debug", args) }

// Info passes a message on.
func (l asynqLog) Info(args ...any) { l.say("info", args) }

// Warn passes a message on.
func (l asynqLog) Warn(args ...any) { l.say("warn", args) }

// Error passes a message on.
func (l asynqLog) Error(args ...any) { l.say("error", args) }

// Fatal passes a message on and lets the process live; only app ends it.
func (l asynqLog) Fatal(args ...any) { l.say("fatal", args) }

// asynqLogLevel keeps Asynq from formatting what nobody reads. Its own debug
// messages come with every poll and say nothing.
func asynqLogLevel(ctx context.Context, log *slog.Logger) asynq.LogLevel {
	if log.Enabled(ctx, slog.LevelDebug) {
		return asynq.InfoLevel
	}
	return asynq.FatalLevel
}

// redisLog passes go-redis's messages on at debug level. go-redis has one
// logger a process and by default writes each failed connection to standard
// error.
type redisLog struct{}

// Printf satisfies the logger of go-redis.
func (redisLog) Printf(ctx context.Context, format string, args ...any) {
	if slog.Default().Enabled(ctx, slog.LevelDebug) {
		slog.DebugContext(ctx, "go-redis: "+fmt.Sprintf(format, args...))
	}
}

var quietRedis = sync.OnceFunc(func() { redis.SetLogger(redisLog{}) })
