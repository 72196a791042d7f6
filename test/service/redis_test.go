package service

import (
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// dial says PING to addr and returns what came back.
func dial(addr string) (string, error) {
	c, err := net.DialTimeout("tcp", addr, time.Second)
	if err != nil {
		return "", err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(time.Second))
	if _, err := c.Write([]byte("PING\r\n")); err != nil {
		return "", err
	}
	buf := make([]byte, 16)
	n, err := c.Read(buf)
	return string(buf[:n]), err
}

func TestRedisLivesAndDiesOnOneAddress(t *testing.T) {
	s := ReserveRedis(t)
	if _, err := dial(s.Addr); err == nil {
		t.Fatal("a reserved address already answers")
	}
	for range 2 {
		s.Start(t)
		if got, err := dial(s.Addr); err != nil || !strings.HasPrefix(got, "+PONG") {
			t.Fatalf("after Start: %q, %v", got, err)
		}
		s.Freeze(t)
		if got, err := dial(s.Addr); err == nil {
			t.Fatalf("a frozen server answered %q", got)
		}
		s.Thaw(t)
		if _, err := dial(s.Addr); err != nil {
			t.Fatalf("after Thaw: %v", err)
		}
		dir := s.server.dir
		s.Kill()
		if _, err := dial(s.Addr); err == nil {
			t.Fatal("a killed server answers")
		}
		if _, err := os.Stat(filepath.Join(dir, "pid")); !os.IsNotExist(err) {
			t.Fatalf("a killed server left files: %v", err)
		}
	}
}

func TestSharedRedisIsOneInstance(t *testing.T) {
	first := Redis(t)
	runtime.GC() // must not collect what keeps the server alive
	runtime.GC()
	if second := Redis(t); first != second {
		t.Fatalf("two instances: %s and %s", first, second)
	}
	if os.Getenv("TEST_REDIS_URL") == "" {
		if _, err := dial(strings.TrimPrefix(first, "redis://")); err != nil {
			t.Fatalf("the shared server is gone: %v", err)
		}
	}
}
