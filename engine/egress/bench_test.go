package egress

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/hookloom/hookloom/nodes"
)

func benchCall(url string) nodes.HTTPRequest {
	return nodes.HTTPRequest{
		Method: "POST", URL: url, Body: []byte(strings.Repeat("x", 500)),
		Header: http.Header{"Content-Type": {"application/json"}, "Idempotency-Key": {"k1"}, "Webhook-Id": {"m1"}},
	}
}

// BenchmarkSend posts 500 bytes to a sink that costs next to nothing, so that
// what is measured is the client.
func BenchmarkSend(b *testing.B) {
	url := rawSink(b, answerAll)
	client := loopback(b)
	call := benchCall(url)
	b.ReportAllocs()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := client.Send(context.Background(), call); err != nil {
				b.Error(err)
			}
		}
	})
}

// BenchmarkNetHTTP is the same over a bare http.Client, as a ceiling.
func BenchmarkNetHTTP(b *testing.B) {
	url := rawSink(b, answerAll)
	t := &http.Transport{MaxIdleConnsPerHost: 256}
	client := &http.Client{Transport: t}
	b.Cleanup(t.CloseIdleConnections)
	call := benchCall(url)
	b.ReportAllocs()
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			req, _ := http.NewRequest(call.Method, call.URL, strings.NewReader(string(call.Body)))
			req.Header = call.Header
			resp, err := client.Do(req)
			if err != nil {
				b.Error(err)
				continue
			}
			_, _ = io.ReadAll(resp.Body)
			resp.Body.Close()
		}
	})
}

// answerAll reads requests in one piece and answers each.
func answerAll(conn net.Conn) {
	buf := make([]byte, 4096)
	answer := []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
	seen := 0
	for {
		n, err := conn.Read(buf[seen:])
		if err != nil {
			return
		}
		seen += n
		if head := strings.Index(string(buf[:seen]), "\r\n\r\n"); head < 0 || seen < head+4+500 {
			continue
		}
		seen = 0
		if _, err := conn.Write(answer); err != nil {
			return
		}
	}
}
