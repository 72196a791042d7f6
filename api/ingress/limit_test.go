package ingress_test

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"fmt"
	"io"
	"net"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"
)

// F10: a body up to the limit is kept, one byte more is not, however its length
// is announced.
func TestBodyLimit(t *testing.T) {
	const limit = 100_000
	w := newWorld(t, options{maxBody: limit})
	token := w.live(plain)
	body := func(n int) string { return `"` + strings.Repeat("x", n-2) + `"` }
	for _, chunked := range []bool{false, true} {
		send := func(n int) got {
			var r *http.Request
			if chunked {
				r, _ = http.NewRequest("POST", w.url+"/hooks/"+token, io.MultiReader(strings.NewReader(body(n))))
			} else {
				r, _ = http.NewRequest("POST", w.url+"/hooks/"+token, strings.NewReader(body(n)))
			}
			r.Header.Set("Content-Type", "application/json")
			return w.do(r)
		}
		for _, n := range []int{2, 16<<10 - 1, 16 << 10, 16<<10 + 1, 64 << 10, limit - 1, limit} {
			if a := send(n); a.status != 202 {
				t.Errorf("%d bytes, chunked %v: %d %s", n, chunked, a.status, a.body)
				continue
			}
			full, err := w.store.Request(t.Context(), w.ws.ID, w.requests()[0].ID)
			if err != nil || string(full.Body) != body(n) || full.Size != int64(n) {
				t.Errorf("%d bytes, chunked %v: stored %d (%d), %v", n, chunked, len(full.Body), full.Size, err)
			}
		}
		a := send(limit + 1)
		if a.status != 413 || a.json(t)["verdict"] != "too_large" {
			t.Errorf("one too many, chunked %v: %d %s", chunked, a.status, a.body)
		}
		if r := w.requests()[0]; r.Verdict != "too_large" || len(r.Body) != 0 {
			t.Errorf("stored %s with %d bytes", r.Verdict, len(r.Body))
		}
	}
}

// A sender that reads only after it has sent everything, and asks for the end of
// the connection, reads its refusal too.
func TestRefusedSenderReadsItsAnswer(t *testing.T) {
	w := newWorld(t, options{maxBody: 1000})
	token := w.live(plain)
	for _, head := range []string{"Content-Length: 8388608\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\n800000\r\n"} {
		conn, err := net.Dial("tcp", w.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_, err = fmt.Fprintf(conn, "POST /hooks/%s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n%s%s\r\n0\r\n\r\n", token, head, strings.Repeat("a", 8<<20))
		if err != nil {
			t.Fatalf("%.20s: %v", head, err)
		}
		answer, _ := io.ReadAll(conn)
		if !strings.Contains(firstLine(string(answer)), " 413 ") {
			t.Errorf("%.20s: %.200s", head, answer)
		}
	}
}

// Announcing a length and sending another is refused or cut, and never mixes
// two requests up.
func TestLyingLengths(t *testing.T) {
	w := newWorld(t, options{maxBody: 1000})
	token := w.live(plain)
	head := "POST /hooks/" + token + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
	for _, c := range []struct{ name, text, want string }{
		{"more announced than limit", head + "Content-Length: 999999999\r\n\r\n{}", " 413 "},
		{"negative", head + "Content-Length: -1\r\n\r\n{}", " 400 "},
		{"two that differ", head + "Content-Length: 2\r\nContent-Length: 3\r\nConnection: close\r\n\r\n{}", " 400 "},
		{"not a number", head + "Content-Length: 2x\r\n\r\n{}", " 400 "},
		{"NUL in a header", head + "X-A: a\x00b\r\nContent-Length: 2\r\n\r\n{}", " 400 "},
		{"unknown transfer encoding", head + "Transfer-Encoding: xchunked\r\n\r\n{}", " 501 "},
		{"broken chunk", head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n", " 400 "},
		{"large headers", head + "X-A: " + strings.Repeat("a", 64<<10) + "\r\nContent-Length: 2\r\n\r\n{}", " 431 "},
	} {
		if answer := w.raw(c.text); !strings.Contains(firstLine(answer), c.want) {
			t.Errorf("%s: %.200s", c.name, answer)
		}
	}
	before := len(w.requests())
	// Chunks count before a length (RFC 9112, 6.3); what a smuggler puts behind
	// is no second webhook of the same connection's next user.
	answer := w.raw(head + "Content-Length: 30\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n2\r\n{}\r\n0\r\n\r\n" + head + "Content-Length: 2\r\n\r\n{}")
	if n := len(w.requests()) - before; n > 1 || strings.Count(answer, "HTTP/1.1 ") != 1 {
		t.Errorf("%d rows of one request: %s", n, answer)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\r\n")
	return line
}

// A body that ends early is not a webhook.
func TestCutBody(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	conn, err := net.Dial("tcp", w.addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = fmt.Fprintf(conn, "POST /hooks/%s HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"a\":1}", token)
	_ = conn.(*net.TCPConn).CloseWrite()
	answer, _ := io.ReadAll(conn)
	if !strings.Contains(firstLine(string(answer)), " 400 ") {
		t.Errorf("%s", answer)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// F13: a bomb costs its limit and no more; unknown encodings are refused.
func TestCompressedBodies(t *testing.T) {
	const limit = 1 << 20
	w := newWorld(t, options{maxBody: limit})
	token := w.live(plain)
	var packed bytes.Buffer
	z, _ := flate.NewWriter(&packed, flate.BestSpeed)
	_, _ = z.Write([]byte(`{"deflated":true}`))
	_ = z.Close()
	for _, c := range []struct {
		encoding string
		body     []byte
		status   int
	}{
		{"gzip", gzipped([]byte(`{"a":1}`)), 202},
		{"x-gzip", gzipped([]byte(`{"a":1}`)), 202},
		{"deflate", packed.Bytes(), 202},
		{"identity", []byte(`{"a":1}`), 202},
		{"gzip", []byte(`{"a":1}`), 400},
		{"br", []byte(`{"a":1}`), 415},
		{"gzip, gzip", gzipped(gzipped([]byte(`{}`))), 415},
		{"gzip", bomb(t, 16<<20), 413},
	} {
		a := w.send("POST", "/hooks/"+token, string(c.body), "Content-Encoding", c.encoding)
		if a.status != c.status {
			t.Errorf("%s: %d %s, want %d", c.encoding, a.status, a.body, c.status)
		}
		if len(w.requests()) == 0 {
			t.Errorf("%s left no row", c.encoding)
		}
	}
}

// bomb packs n zeros.
func bomb(t *testing.T, n int) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := gzip.NewWriter(&buf)
	zeros := make([]byte, 1<<20)
	for range n >> 20 {
		if _, err := z.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	_ = z.Close()
	return buf.Bytes()
}

// F10 and F13 at once: many large bodies and bombs stay within the budget.
func TestManyLargeBodiesStayWithinTheBudget(t *testing.T) {
	w := newWorld(t, options{maxBody: 1 << 20, budget: 8 << 20})
	token := w.live(plain)
	packed := bomb(t, 16<<20)
	runtime.GC()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	var peak uint64
	stop, watched := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(watched)
		for {
			select {
			case <-stop:
				return
			case <-time.After(5 * time.Millisecond):
				runtime.ReadMemStats(&now)
				peak = max(peak, now.HeapInuse)
			}
		}
	}()
	var all sync.WaitGroup
	for i := range 50 {
		all.Go(func() {
			r, _ := http.NewRequest("POST", w.url+"/hooks/"+token, io.LimitReader(zeros{}, 4<<20))
			if i%2 == 0 {
				r, _ = http.NewRequest("POST", w.url+"/hooks/"+token, bytes.NewReader(packed))
				r.Header.Set("Content-Encoding", "gzip")
			}
			answer, err := http.DefaultClient.Do(r)
			if err != nil {
				return // the server hangs up on a body that it does not read
			}
			defer answer.Body.Close()
			if answer.StatusCode != 413 && answer.StatusCode != 503 {
				t.Errorf("%d", answer.StatusCode)
			}
		})
	}
	all.Wait()
	close(stop)
	<-watched
	if grown := int64(peak) - int64(before.HeapInuse); grown > 80<<20 {
		t.Errorf("the heap grew by %d MiB", grown>>20)
	}
	if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
		t.Errorf("afterwards: %d %s", a.status, a.body)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// When other bodies take all the room, a request is sent away with a wait and
// nothing is kept of it; when they are gone there is room again.
func TestBudgetExhausted(t *testing.T) {
	const limit = 64 << 10
	w := newWorld(t, options{maxBody: limit, budget: 4 * limit})
	token := w.live(plain)
	large := strings.Repeat(" ", 20_000) + "{}"
	var slow []net.Conn
	for range 16 { // each has sent a part and waits, with 16 KiB held for it
		conn, err := net.Dial("tcp", w.addr)
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, conn)
		_, _ = fmt.Fprintf(conn, "POST /hooks/%s HTTP/1.1\r\nHost: x\r\nContent-Length: 40000\r\n\r\n%s", token, strings.Repeat(" ", 10000))
	}
	defer func() {
		for _, conn := range slow {
			_ = conn.Close()
		}
	}()
	a := eventually(t, func() (got, bool) {
		a := w.send("POST", "/hooks/"+token, large)
		return a, a.status == 503
	})
	if a.header.Get("Retry-After") == "" || a.json(t)["code"] != "busy" {
		t.Errorf("%v %s", a.header, a.body)
	}
	for _, conn := range slow {
		_ = conn.Close()
	}
	eventually(t, func() (got, bool) {
		a := w.send("POST", "/hooks/"+token, large)
		return a, a.status == 202
	})
}

// eventually asks again until it is as it should be.
func eventually(t *testing.T, ask func() (got, bool)) got {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); ; {
		a, ok := ask()
		if ok {
			return a
		}
		if time.Now().After(end) {
			t.Fatalf("still %d %s", a.status, a.body)
		}
	}
}

// F14: senders that drip do not keep the good ones waiting.
func TestSlowSenders(t *testing.T) {
	w := newWorld(t, options{})
	token := w.live(plain)
	for i := range 300 {
		conn, err := net.Dial("tcp", w.addr)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if i%2 == 0 {
			_, _ = io.WriteString(conn, "POST /hooks/"+token+" HTTP/1.1\r\nHost: x\r\nX-A:")
		} else {
			_, _ = io.WriteString(conn, "POST /hooks/"+token+" HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n{")
		}
	}
	begun := time.Now()
	for range 50 {
		if a := w.send("POST", "/hooks/"+token, `{}`); a.status != 202 {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if took := time.Since(begun); took > 50*500*time.Millisecond {
		t.Errorf("50 good requests took %v", took)
	}
}

// F14: who does not send its body in time is told so and hung up on.
func TestSlowBodyEnds(t *testing.T) {
	w := newWorld(t, options{bodyTime: 50 * time.Millisecond})
	token := w.live(plain)
	answer := w.raw("POST /hooks/" + token + " HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
	if !strings.Contains(firstLine(answer), " 408 ") || !strings.Contains(answer, "Connection: close") {
		t.Errorf("%s", answer)
	}
	if n := len(w.requests()); n != 0 {
		t.Errorf("%d rows", n)
	}
}
