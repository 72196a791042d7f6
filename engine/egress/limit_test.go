package egress

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

// untilGone keeps a handler busy until its caller has left.
func untilGone(r *http.Request) { <-r.Context().Done() }

func TestSlowReceiversAreEnded(t *testing.T) {
	client := loopback(t)
	for name, tc := range map[string]struct {
		answer func(http.ResponseWriter, *http.Request)
		status int
	}{
		"no answer": {func(_ http.ResponseWriter, r *http.Request) { untilGone(r) }, 0},
		"after the headers": {func(w http.ResponseWriter, r *http.Request) {
			w.WriteHeader(201)
			w.(http.Flusher).Flush()
			untilGone(r)
		}, 201},
		"drip": {func(w http.ResponseWriter, r *http.Request) {
			tick := time.NewTicker(10 * time.Millisecond)
			defer tick.Stop()
			for {
				select {
				case <-r.Context().Done():
					return
				case <-tick.C:
					_, _ = w.Write([]byte("."))
					w.(http.Flusher).Flush()
				}
			}
		}, 200},
	} {
		t.Run(name, func(t *testing.T) {
			s := sink(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				tc.answer(w, r)
			})
			start := time.Now()
			resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL, Body: []byte("x"), Timeout: 150 * time.Millisecond})
			failed(t, err, "timeout", true, false)
			if resp.Status != tc.status {
				t.Errorf("status %d, want %d", resp.Status, tc.status)
			}
			if took := time.Since(start); took > 30*time.Second || resp.Duration < 100*time.Millisecond {
				t.Errorf("took %s, duration %s", took, resp.Duration)
			}
		})
	}
}

func TestHeaderTimeout(t *testing.T) {
	s := sink(t, func(_ http.ResponseWriter, r *http.Request) { untilGone(r) })
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, HeaderTimeout: 50 * time.Millisecond})
	_, err := client.Send(context.Background(), nodes.HTTPRequest{URL: s.URL})
	failed(t, err, "timeout", true, false)
}

func TestHangAtConnect(t *testing.T) {
	// A socket with a backlog of one that nobody accepts from: once two
	// connections wait, the kernel drops further attempts.
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Close(fd) })
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Listen(fd, 0); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	at := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	for range 3 {
		if conn, err := net.DialTimeout("tcp4", at, 100*time.Millisecond); err == nil {
			t.Cleanup(func() { conn.Close() })
		}
	}
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, ConnectTimeout: 100 * time.Millisecond})
	_, err = client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: "http://" + at})
	failed(t, err, "timeout", false, false)

	patient := loopback(t)
	_, err = patient.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: "http://" + at, Timeout: 100 * time.Millisecond})
	failed(t, err, "timeout", false, false)
}

func TestHangInTheHandshake(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0") // accepts in the kernel and says nothing
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = loopback(t).Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: "https://" + l.Addr().String(), Timeout: 100 * time.Millisecond})
	failed(t, err, "timeout", false, false)
}

func TestTheCallerMayStopACall(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	s := sink(t, func(_ http.ResponseWriter, r *http.Request) { cancel(); untilGone(r) })
	_, err := loopback(t).Send(ctx, nodes.HTTPRequest{Method: "POST", URL: s.URL})
	failed(t, err, "canceled", true, false)
	_, err = loopback(t).Send(ctx, nodes.HTTPRequest{Method: "POST", URL: s.URL})
	failed(t, err, "canceled", false, false)
}

func TestConnectionFailures(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	gone := l.Addr().String()
	l.Close()
	dns := newNames(t)
	dns.set("down.test", "127.0.0.1", "127.0.0.2", "127.0.0.3")
	port := netip.MustParseAddrPort(gone).Port()
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, Resolver: dns.resolver()})
	for _, tc := range []struct{ url, kind string }{
		{"http://" + gone, "connect"},
		{fmt.Sprintf("http://down.test:%d", port), "connect"},
		{fmt.Sprintf("http://missing.test:%d", port), "dns"},
	} {
		_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: tc.url, Body: []byte("x")})
		failed(t, err, tc.kind, false, false)
	}
}

func TestBrokenNameService(t *testing.T) {
	dns := newNames(t)
	dns.conn.Close()
	client := newClient(t, Config{Resolver: dns.resolver(), ConnectTimeout: 200 * time.Millisecond})
	_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: "https://shop.test/"})
	se := failed(t, err, "dns", false, false)
	if !strings.Contains(se.Message, "looked up") {
		t.Error(se.Message)
	}
}

// rawSink answers every connection with f once the head of a request is in.
func rawSink(t testing.TB, f func(conn net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				f(conn)
			}()
		}
	}()
	return "http://" + l.Addr().String()
}

// readRequest reads one request with a Content-Length from a raw connection.
func readRequest(conn net.Conn) (string, bool) {
	var got []byte
	buf := make([]byte, 4096)
	for !bytes.Contains(got, []byte("\r\n\r\n")) {
		n, err := conn.Read(buf)
		if err != nil {
			return string(got), false
		}
		got = append(got, buf[:n]...)
	}
	return string(got), true
}

func TestBrokenAnswers(t *testing.T) {
	client := loopback(t)
	big := "HTTP/1.1 200 OK\r\nX: " + strings.Repeat("x", 2*maxResponseHeader) + "\r\n\r\n"
	for name, tc := range map[string]struct {
		answer, kind string
		permanent    bool
	}{
		"closed":        {"", "reset", false},
		"not http":      {"SSH-2.0-OpenSSH_9.6\r\n\r\n", "reset", false},
		"half a head":   {"HTTP/1.1 200 OK\r\nContent-", "reset", false},
		"half a body":   {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "reset", false},
		"bad chunk":     {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "reset", false},
		"damaged gzip":  {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nhalf", "reset", false},
		"huge head":     {big, "too_large", true},
		"honest length": {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n", "too_large", true},
	} {
		t.Run(name, func(t *testing.T) {
			url := rawSink(t, func(conn net.Conn) {
				readRequest(conn)
				_, _ = io.WriteString(conn, tc.answer)
			})
			_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: url, Timeout: 10 * time.Second})
			failed(t, err, tc.kind, true, tc.permanent)
		})
	}
}

func TestBodiesAreCut(t *testing.T) {
	client := loopback(t)
	bomb := gzipOf(t, 16<<20)
	empty := bytes.Repeat(gzipOf(t, 0), 20_000) // unpacks to nothing, for ever
	for name, answer := range map[string]http.HandlerFunc{
		"endless": func(w http.ResponseWriter, _ *http.Request) {
			for {
				if _, err := w.Write(make([]byte, 64<<10)); err != nil {
					return
				}
			}
		},
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = w.Write(bomb)
		},
		"empty gzip members": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			for {
				if _, err := w.Write(empty); err != nil {
					return
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sink(t, answer)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL, MaxResponse: 100 << 10})
			runtime.ReadMemStats(&after)
			failed(t, err, "too_large", true, true)
			if resp.Status != 200 || resp.Body != nil {
				t.Errorf("status %d, %d bytes of body", resp.Status, len(resp.Body))
			}
			if grown := after.TotalAlloc - before.TotalAlloc; grown > 8<<20 {
				t.Errorf("%d bytes were allocated", grown)
			}
		})
	}
}

func TestTheLimitIsExact(t *testing.T) {
	client := newClient(t, Config{AllowTargets: []string{"127.0.0.0/8"}, MaxResponse: 5000})
	for _, packed := range []bool{false, true} {
		for _, tc := range []struct {
			size  int
			limit int64
			ok    bool
		}{{0, 10, true}, {10, 10, true}, {11, 10, false}, {5000, 1 << 40, true}, {5001, 1 << 40, false}, {3000, 0, true}} {
			s := sink(t, func(w http.ResponseWriter, _ *http.Request) {
				if packed {
					w.Header().Set("Content-Encoding", "gzip")
					_, _ = w.Write(gzipOf(t, tc.size))
					return
				}
				_, _ = w.Write(make([]byte, tc.size))
			})
			resp, err := client.Send(context.Background(), nodes.HTTPRequest{URL: s.URL, MaxResponse: tc.limit})
			if tc.ok && (err != nil || len(resp.Body) != tc.size || resp.Header.Get("Content-Encoding") != "") {
				t.Errorf("packed %v, %d of %d: %d bytes, %v", packed, tc.size, tc.limit, len(resp.Body), err)
			}
			if !tc.ok {
				failed(t, err, "too_large", true, true)
			}
		}
	}
}

func TestEncodingsTheCallerChose(t *testing.T) {
	s := sink(t, func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "gzip" {
			t.Errorf("Accept-Encoding %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		if r.Method != http.MethodHead && r.URL.Path != "/empty" {
			_, _ = w.Write(gzipOf(t, 100))
		}
	})
	client := loopback(t)
	resp, err := client.Send(context.Background(), nodes.HTTPRequest{URL: s.URL, Header: http.Header{"accept-encoding": {"gzip"}}})
	if err != nil || resp.Header.Get("Content-Encoding") != "gzip" || len(resp.Body) == 100 {
		t.Errorf("a caller that asked itself gets it packed: %d bytes, %v", len(resp.Body), err)
	}
	resp, err = client.Send(context.Background(), nodes.HTTPRequest{URL: s.URL + "/empty"})
	if err != nil || len(resp.Body) != 0 {
		t.Errorf("an empty body labelled gzip: %d bytes, %v", len(resp.Body), err)
	}
}

func gzipOf(t testing.TB, n int) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	if _, err := w.Write(make([]byte, n)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}
