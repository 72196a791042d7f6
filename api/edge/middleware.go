package edge

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"github.com/hookloom/hookloom/api/problem"
)

// PagePolicy is the Content-Security-Policy of answers that are data.
const PagePolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

// Headers sets what every answer of the API carries.
func Headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", PagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// Trace gives the request its trace id and writes one line into the log when it
// is answered: never the query, which may hold secrets, and never text that a
// stranger could break a line with. who names the caller, "" for nobody.
func Trace(log *slog.Logger, proxies Proxies, who func(*gin.Context) string) gin.HandlerFunc {
	return func(c *gin.Context) {
		id := NewTraceID(c.Request)
		c.Request = c.Request.WithContext(problem.WithTrace(c.Request.Context(), id))
		c.Header(TraceHeader, id)
		begun := time.Now()
		c.Next()
		status := c.Writer.Status()
		level := levelOf(c.Request.URL.Path, status)
		if !log.Enabled(c.Request.Context(), level) {
			return
		}
		log.LogAttrs(c.Request.Context(), level, "request",
			slog.String("method", c.Request.Method), slog.String("path", ShownPath(c)), slog.Int("status", status),
			slog.Int("bytes", max(0, c.Writer.Size())), slog.Float64("ms", float64(time.Since(begun).Microseconds())/1000),
			slog.String("ip", proxies.ClientIP(c.Request).String()), slog.String("caller", who(c)), slog.String("trace_id", id))
	}
}

// levelOf keeps pages, probes and what strangers try out of the usual log.
func levelOf(path string, status int) slog.Level {
	switch {
	case status >= http.StatusInternalServerError:
		return slog.LevelWarn
	case strings.HasPrefix(path, "/api/"):
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// sharedTemplates is followed by a token that opens what it names.
const sharedTemplates = "/api/v1/shared-templates/"

// ShownPath is the path for the log, escaped as the caller sent it, so that it
// holds no control characters, and without a token that opens something.
func ShownPath(c *gin.Context) string {
	const most = 300
	path := c.Request.URL.EscapedPath()
	if strings.HasPrefix(path, sharedTemplates) {
		return sharedTemplates + "..."
	}
	if len(path) > most {
		path = path[:most] + "..."
	}
	return path
}

// Recover answers a panic with a problem and logs its stack. A panic with
// http.ErrAbortHandler goes on, as net/http wants it.
func Recover(log *slog.Logger) gin.HandlerFunc {
	return func(c *gin.Context) {
		defer func() {
			reason := recover()
			if reason == nil {
				return
			}
			if err, ok := reason.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(reason)
			}
			id := problem.TraceID(c.Request.Context())
			log.Error("a handler panicked", "panic", fmt.Sprint(reason), "stack", string(debug.Stack()), "trace_id", id)
			c.Abort()
			if !c.Writer.Written() {
				problem.Write(c.Writer, problem.New(problem.CodeInternal, "").Traced(id))
			}
		}()
		c.Next()
	}
}
