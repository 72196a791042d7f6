package egress

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"go.uber.org/goleak"

	"github.com/hookloom/hookloom/nodes"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestSendCarriesEverything(t *testing.T) {
	s := sink(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method != "PUT" || r.URL.RequestURI() != "/p%20q?a=1&a=2" || string(body) != "hello" || r.ContentLength != 5 ||
			r.Header.Get("X-One") != "1" || len(r.Header.Values("X-Two")) != 2 || r.Header.Get("Idempotency-Key") != "k1" ||
			r.Header.Get("User-Agent") != "Hookloom" {
			t.Errorf("%s %s %q %v", r.Method, r.URL.RequestURI(), body, r.Header)
		}
		w.Header().Set("X-Answer", "yes")
		w.WriteHeader(http.StatusTeapot)
		_, _ = io.WriteString(w, "short and stout")
	})
	resp, err := loopback(t).Send(context.Background(), nodes.HTTPRequest{
		Method: "put", URL: " " + s.URL + "/p%20q?a=1&a=2#part ", Body: []byte("hello"),
		Header: http.Header{"x-one": {"1"}, "X-Two": {"a", "b"}, "Idempotency-Key": {"k1"}},
	})
	if err != nil || resp.Status != http.StatusTeapot || string(resp.Body) != "short and stout" ||
		resp.Header.Get("X-Answer") != "yes" || resp.Duration <= 0 {
		t.Fatalf("%+v %v", resp, err)
	}
}

func TestMethods(t *testing.T) {
	s := sink(t, func(w http.ResponseWriter, r *http.Request) { w.Header().Set("X-Method", r.Method) })
	client := loopback(t)
	for method, want := range map[string]string{"": "GET", "get": "GET", "HEAD": "HEAD", "POST": "POST", "DELETE": "DELETE", "PATCH": "PATCH", "OPTIONS": "OPTIONS"} {
		resp, err := client.Send(context.Background(), nodes.HTTPRequest{Method: method, URL: s.URL})
		if err != nil || resp.Header.Get("X-Method") != want {
			t.Errorf("%q: %q %v", method, resp.Header.Get("X-Method"), err)
		}
	}
	for _, method := range []string{"CONNECT", "trace", "PO ST", "GET / HTTP/1.1\r\nX: y", "ÄÖ"} {
		_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: method, URL: s.URL})
		failed(t, err, "invalid", false, true)
	}
}

func TestHeadersThatCouldSmuggleARequest(t *testing.T) {
	var got atomic.Int64
	s := sink(t, func(http.ResponseWriter, *http.Request) { got.Add(1) })
	client := loopback(t)
	many := http.Header{}
	for i := range 1000 {
		many.Set(fmt.Sprintf("X-%d", i), "v")
	}
	repeated := http.Header{"X-Same": make([]string, MaxHeaders+1)}
	for name, h := range map[string]http.Header{
		"line break in a value": {"X-A": {"v\r\nX-Smuggled: 1"}}, "newline": {"X-A": {"v\n"}}, "return": {"X-A": {"\rv"}},
		"zero byte": {"X-A": {"v\x00"}}, "name with break": {"X-A\r\nX-B": {"v"}}, "name with colon": {"X-A: b": {"v"}},
		"empty name": {"": {"v"}}, "name with space": {"X A": {"v"}}, "name with umlaut": {"X-Ä": {"v"}},
		"host": {"Host": {"evil"}}, "lower-case host": {"host": {"evil"}}, "length": {"content-length": {"0"}},
		"chunked": {"Transfer-Encoding": {"chunked"}}, "connection": {"CONNECTION": {"X-Api-Key"}}, "te": {"TE": {"trailers"}},
		"trailer": {"Trailer": {"X"}}, "upgrade": {"Upgrade": {"h2c"}}, "keep-alive": {"Keep-Alive": {"1"}},
		"proxy": {"Proxy-Authorization": {"x"}}, "proxy connection": {"Proxy-Connection": {"x"}}, "expect": {"Expect": {"100-continue"}},
		"1000 headers": many, "repeated": repeated, "long": {"X-Long": {strings.Repeat("x", MaxHeaderBytes)}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL, Header: h, Body: []byte("x")})
			failed(t, err, "invalid", false, true)
		})
	}
	if n := got.Load(); n != 0 {
		t.Fatalf("%d calls arrived", n)
	}
}

// A kept connection that dies after a request was read is where net/http sends
// a request with an Idempotency-Key a second time on its own.
func TestAPostIsNeverRepeatedByTheTransport(t *testing.T) {
	for _, header := range []string{"Idempotency-Key", "X-Idempotency-Key", "idempotency-key"} {
		for _, body := range [][]byte{[]byte("effect"), nil} {
			var arrived atomic.Int64
			url := rawSink(t, func(conn net.Conn) {
				for nth := 0; ; nth++ {
					head, ok := readRequest(conn)
					if !ok {
						return
					}
					arrived.Add(1)
					if !strings.Contains(strings.ToLower(head), strings.ToLower(header)+": k1\r\n") {
						t.Errorf("no %s in %q", header, head)
					}
					if nth == 1 { // the first on a kept connection
						_ = conn.(*net.TCPConn).SetLinger(0)
						return
					}
					_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
				}
			})
			client := loopback(t)
			call := nodes.HTTPRequest{Method: "POST", URL: url, Body: body, Header: http.Header{header: {"k1"}}}
			if _, err := client.Send(context.Background(), call); err != nil {
				t.Fatal(err)
			}
			_, err := client.Send(context.Background(), call)
			failed(t, err, "reset", true, false)
			if n := arrived.Load(); n != 2 {
				t.Fatalf("%s: %d requests arrived for 2 sends", header, n)
			}
		}
	}
}

// Should the repetition of a GET not connect, the first one may have arrived
// nevertheless.
func TestSentStaysTrueWhenARepeatedGetFails(t *testing.T) {
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		readRequest(conn)
		_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
		readRequest(conn)
		l.Close()
		conn.Close()
	}()
	client := loopback(t)
	call := nodes.HTTPRequest{Method: "GET", URL: "http://" + l.Addr().String()}
	if _, err := client.Send(context.Background(), call); err != nil {
		t.Fatal(err)
	}
	_, err = client.Send(context.Background(), call)
	failed(t, err, "connect", true, false)
}

func TestConnectionsAreKept(t *testing.T) {
	seen := map[string]bool{}
	s := sink(t, func(w http.ResponseWriter, r *http.Request) {
		seen[r.RemoteAddr] = true
		_, _ = io.WriteString(w, "ok")
	})
	client := loopback(t)
	for range 50 {
		if _, err := client.Send(context.Background(), nodes.HTTPRequest{Method: "POST", URL: s.URL, Body: []byte("x")}); err != nil {
			t.Fatal(err)
		}
	}
	if len(seen) != 1 {
		t.Errorf("%d connections for 50 calls in a row", len(seen))
	}
}
