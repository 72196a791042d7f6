// Package egress is the one way out to the network. Every outbound call of
// every step, hook delivery and connection test goes through Client, which
// refuses private targets, bounds time and size, puts a request with effects on
// the wire at most once, and says honestly what became of it.
package egress

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

const (
	// DefaultTimeout bounds a call that names no timeout.
	DefaultTimeout = 30 * time.Second
	// MaxTimeout bounds every call.
	MaxTimeout = 120 * time.Second
	// DefaultMaxResponse is how much of an answer's body is kept when the call
	// names no limit, in bytes.
	DefaultMaxResponse = 1 << 20
	// MaxRedirects is how many redirects one call follows when it asks for it.
	MaxRedirects = 5

	defaultCeiling     = 32 << 20
	defaultConcurrency = 256
	maxResponseHeader  = 64 << 10
	tlsTimeout         = 10 * time.Second
	sessionCacheSize   = 1024
)

// Config holds what an operator decides about outbound calls. The zero value
// is safe: https to public addresses only.
type Config struct {
	// AllowTargets lists what may be reached although it is private or plain
	// http. An entry is a CIDR (10.0.0.0/8), an address (10.0.0.5), or
	// host:port (127.0.0.1:9000, sink.local:8080). nil allows nothing.
	AllowTargets []string
	// MaxResponse is the most that a single call may ask to keep of a body, in
	// bytes; 0 means 32 MiB.
	MaxResponse int64
	// Concurrency is how many calls are expected to be under way at once. It
	// sizes the pool of kept connections and is not a limit; 0 means 256.
	Concurrency int
	// ConnectTimeout bounds the look-up of a name and the connecting together;
	// 0 means 10 s.
	ConnectTimeout time.Duration
	// HeaderTimeout bounds the wait for the head of an answer once a request is
	// written; 0 means the call's own timeout alone.
	HeaderTimeout time.Duration
	// IdleTimeout is how long an unused connection is kept; 0 means 4 s. It is
	// meant to be shorter than what servers keep (Node.js: 5 s), because a
	// server that closes just as a request leaves makes its outcome unknown.
	IdleTimeout time.Duration
	// UserAgent is sent when a call sets none; "" means "Hookloom".
	UserAgent string
	// RootCAs are the authorities that certificates are checked against; nil
	// means the system's. Checking itself cannot be switched off.
	RootCAs *x509.CertPool
	// Resolver looks names up; nil means the system's.
	Resolver *net.Resolver
}

// Client makes guarded calls. It is safe for concurrent use; make one for the
// process, because it holds the kept connections.
type Client struct {
	cfg   Config
	guard guard
	// Two transports, so that the dialer knows whether it dials for plain http:
	// a public address that may be reached by https may not be by http.
	plain, secure *http.Transport
}

var _ nodes.HTTPClient = (*Client)(nil)

// New makes a Client. The error names every entry of AllowTargets that cannot
// be read.
func New(cfg Config) (*Client, error) {
	allowed, err := parseTargets(cfg.AllowTargets)
	if err != nil {
		return nil, err
	}
	if cfg.MaxResponse <= 0 {
		cfg.MaxResponse = defaultCeiling
	}
	if cfg.Concurrency <= 0 {
		cfg.Concurrency = defaultConcurrency
	}
	if cfg.ConnectTimeout <= 0 {
		cfg.ConnectTimeout = 10 * time.Second
	}
	if cfg.IdleTimeout <= 0 {
		cfg.IdleTimeout = 4 * time.Second
	}
	if cfg.UserAgent == "" {
		cfg.UserAgent = "Hookloom"
	}
	if cfg.Resolver == nil {
		cfg.Resolver = net.DefaultResolver
	}
	c := &Client{cfg: cfg, guard: newGuard(allowed)}
	c.plain, c.secure = c.transport(true), c.transport(false)
	return c, nil
}

// transport has no Proxy function, so HTTP_PROXY and its kin are ignored: a
// proxy would connect in our place, past the guard.
func (c *Client) transport(plain bool) *http.Transport {
	d := dialer{guard: c.guard, plain: plain, resolver: c.cfg.Resolver, timeout: c.cfg.ConnectTimeout}
	return &http.Transport{
		DialContext: d.dial,
		TLSClientConfig: &tls.Config{
			MinVersion:         tls.VersionTLS12,
			RootCAs:            c.cfg.RootCAs,
			ClientSessionCache: tls.NewLRUClientSessionCache(sessionCacheSize),
		},
		TLSHandshakeTimeout:    tlsTimeout,
		ResponseHeaderTimeout:  c.cfg.HeaderTimeout,
		MaxResponseHeaderBytes: maxResponseHeader,
		MaxIdleConns:           4 * c.cfg.Concurrency,
		MaxIdleConnsPerHost:    c.cfg.Concurrency,
		IdleConnTimeout:        c.cfg.IdleTimeout,
		// Bodies are decompressed in body.go, where the compressed bytes are
		// counted as well.
		DisableCompression: true,
		ForceAttemptHTTP2:  true,
		HTTP2:              &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 5 * time.Second},
	}
}

// Close drops the kept connections that are not in use.
func (c *Client) Close() {
	c.plain.CloseIdleConnections()
	c.secure.CloseIdleConnections()
}

// Send makes one call, and follows redirects when asked to. Whatever the
// receiver answers is a response, also 404 and 500. The error is always a
// *nodes.SendError; the response beside it holds what is known nevertheless:
// Status is 0 when no answer began, Body is nil.
//
// A request with effects (any method but GET, HEAD and OPTIONS) is written at
// most once. Those three may be repeated once when a kept connection turns out
// to be dead, which RFC 9110 section 9.2.2 permits.
func (c *Client) Send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	start := time.Now()
	resp, err := c.send(ctx, r)
	resp.Duration = time.Since(start)
	if err != nil {
		return resp, err
	}
	return resp, nil
}

func (c *Client) send(ctx context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, *nodes.SendError) {
	first, refusal := c.newCall(r)
	if refusal != nil {
		return nodes.HTTPResponse{}, refusal
	}
	limited, cancel := context.WithTimeout(ctx, timeoutOf(r.Timeout))
	defer cancel()
	limit := c.limitOf(r.MaxResponse)

	cl := first
	for hop := 0; ; hop++ {
		resp, fail := c.roundTrip(ctx, limited, cl)
		if fail != nil {
			return nodes.HTTPResponse{}, sentBefore(fail, hop)
		}
		next, fail := c.follow(cl, resp, r.FollowRedirects, hop)
		if fail != nil {
			resp.Body.Close()
			return answerHead(resp), fail
		}
		if next == nil {
			return c.read(ctx, limited, cl, resp, limit)
		}
		discard(resp.Body)
		cl = next
	}
}

// sentBefore marks a failure after a redirect: the first receiver has had the
// request, whatever became of the later one.
func sentBefore(fail *nodes.SendError, hop int) *nodes.SendError {
	if hop > 0 {
		fail.Sent = true
	}
	return fail
}

func timeoutOf(d time.Duration) time.Duration {
	if d <= 0 {
		return DefaultTimeout
	}
	return min(d, MaxTimeout)
}

func (c *Client) limitOf(n int64) int64 {
	if n <= 0 {
		n = DefaultMaxResponse
	}
	return min(n, c.cfg.MaxResponse)
}
