package main

import (
	"io"
	"net"
	"net/http"
	"net/url"
	"sync"
	"time"
)

// received is one request as the receiver got it.
type received struct {
	method string
	url    *url.URL
	header http.Header
	body   []byte
}

// receiver is the other service that the workflow calls.
type receiver struct {
	address string
	server  *http.Server

	mu  sync.Mutex
	got []received
}

func listen() (*receiver, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &receiver{address: l.Addr().String()}
	r.server = &http.Server{Handler: r, ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = r.server.Serve(l) }()
	return r, nil
}

// ServeHTTP keeps the request and thanks for it.
func (r *receiver) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, request.Body, 1<<20))
	if err != nil {
		return
	}
	r.mu.Lock()
	r.got = append(r.got, received{request.Method, request.URL, request.Header, body})
	r.mu.Unlock()
	w.Header().Set("Content-Type", "application/json")
	_, _ = io.WriteString(w, `{"booked":true}`)
}

// requests are all requests so far.
func (r *receiver) requests() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]received(nil), r.got...)
}
