package edge

import (
	"log/slog"
	"net/http"
	"time"
)

// The limits of the server. What a webhook or a call of the API may take is
// narrower and set by its handler; these are for what never becomes one.
const (
	// headerTimeout closes connections that send their headers drop by drop.
	headerTimeout = 10 * time.Second
	// readTimeout bounds reading a request whose handler set no time of its own.
	readTimeout = 5 * time.Minute
	// writeTimeout bounds answering; streams and downloads set their own.
	writeTimeout = 5 * time.Minute
	idleTimeout  = 2 * time.Minute
	// maxHeaderBytes and maxHeaders bound what strangers make us keep. Real
	// senders stay far below both. net/http adds 4 KiB to the first.
	maxHeaderBytes = 32 << 10
	maxHeaders     = 200
)

// Stopper is a handler whose answers may go on for ever, such as streams; Stop
// ends those.
type Stopper interface{ Stop() }

// Server makes the HTTP server of a handler, which is stopped at the server's
// Shutdown when it is a Stopper. Addr and Listener are up to the caller; log
// gets the server's own complaints, nil drops them.
func Server(handler http.Handler, log *slog.Logger) *http.Server {
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTimeout, ReadTimeout: readTimeout, WriteTimeout: writeTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeaderBytes,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	if s, ok := handler.(Stopper); ok {
		server.RegisterOnShutdown(s.Stop)
	}
	return server
}

// TooManyHeaders reports a request with more header lines than any sender needs.
func TooManyHeaders(h http.Header) bool {
	if len(h) > maxHeaders {
		return true
	}
	n := 0
	for _, values := range h {
		n += len(values)
	}
	return n > maxHeaders
}
