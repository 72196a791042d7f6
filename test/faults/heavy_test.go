package faults

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"
)

// memoryGrowth is what fifty senders of huge bodies may cost, in bytes.
const memoryGrowth = 80 << 20

// TestHeavyRequestsCostLittle sends what is too large in every way to the real
// server: each is refused by its rule, and the process stays small.
func TestHeavyRequestsCostLittle(t *testing.T) {
	t.Parallel()
	s := NewStand(t, Layout{Bin: binary(t), Seed: *seed})
	awaitRun(t, s, sendOne(t, s, "warm"), 20*time.Second)
	before := residentSize(t, s.procs[server].PID())
	var bomb bytes.Buffer
	packer := gzip.NewWriter(&bomb)
	for range 256 {
		_, _ = packer.Write(make([]byte, 1<<20))
	}
	_ = packer.Close()
	headers := http.Header{}
	for i := range 2000 {
		headers.Set(fmt.Sprintf("X-%d", i), "v")
	}
	const limit = 1 << 20
	for _, c := range []struct {
		name   string
		header http.Header
		body   func() io.Reader
		status int
		times  int
	}{
		{"2,000 headers", headers, func() io.Reader { return strings.NewReader("{}") }, http.StatusRequestHeaderFieldsTooLarge, 1},
		{"64 KiB of headers", http.Header{"X-Long": {strings.Repeat("a", 64<<10)}}, func() io.Reader { return strings.NewReader("{}") }, http.StatusRequestHeaderFieldsTooLarge, 1},
		{"as large as may be", nil, func() io.Reader { return strings.NewReader(`"` + strings.Repeat("a", limit-2) + `"`) }, http.StatusAccepted, 5},
		{"one byte more", nil, func() io.Reader { return strings.NewReader(strings.Repeat("a", limit+1)) }, http.StatusRequestEntityTooLarge, 5},
		{"10 MB in chunks", nil, func() io.Reader { return io.LimitReader(endless{}, 10<<20) }, http.StatusRequestEntityTooLarge, 50},
		{"a million brackets", nil, func() io.Reader { return strings.NewReader(strings.Repeat("[", 1_000_000)) }, http.StatusBadRequest, 50},
		{"a bomb of 256 MB", http.Header{"Content-Encoding": {"gzip"}}, func() io.Reader { return bytes.NewReader(bomb.Bytes()) }, http.StatusRequestEntityTooLarge, 50},
		{"an unknown packing", http.Header{"Content-Encoding": {"br"}}, func() io.Reader { return strings.NewReader("{}") }, http.StatusUnsupportedMediaType, 1},
	} {
		var senders sync.WaitGroup
		for range c.times {
			senders.Go(func() {
				if status := heavy(t, s.Installed.Hooks[Waited], c.header, c.body()); status != c.status {
					t.Errorf("%s: answered %d, not %d", c.name, status, c.status)
				}
			})
		}
		senders.Wait()
	}
	grown := residentSize(t, s.procs[server].PID()) - before
	if grown > memoryGrowth {
		t.Errorf("the process grew by %d MB", grown>>20)
	}
	awaitRun(t, s, sendOne(t, s, "after"), 20*time.Second)
	t.Log(table([][2]string{{"grown by", fmt.Sprintf("%d MB", grown>>20)}}))
}

// heavy sends one request and returns the status, 0 when there was no answer.
func heavy(t *testing.T, hook string, header http.Header, body io.Reader) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, hook, body)
	if err != nil {
		t.Error(err)
		return 0
	}
	r.Header = header.Clone()
	if r.Header == nil {
		r.Header = http.Header{}
	}
	r.Header.Set("Content-Type", "application/json")
	client := &http.Client{Timeout: 20 * time.Second, Transport: &http.Transport{DisableKeepAlives: true}}
	answer, err := client.Do(r)
	if err != nil {
		t.Error(err)
		return 0
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// endless is a body of the letter a.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// residentSize is how much memory a process holds now, in bytes.
func residentSize(t *testing.T, pid int) int64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/statm", pid))
	if err != nil {
		t.Fatal(err)
	}
	var size, resident int64
	if _, err := fmt.Sscan(string(text), &size, &resident); err != nil {
		t.Fatal(err)
	}
	return resident * int64(os.Getpagesize())
}
