package service

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

var sharedRedis struct {
	once   sync.Once
	server *RedisServer // referred to here, or what holds it alive would be collected
	err    error
}

// Redis returns the URL of a Redis server for tests that share it: the one in
// TEST_REDIS_URL, or else one private instance for the whole test binary. Tests
// keep out of each other's way by queue names and key prefixes; a test that
// flushes, stops or fills Redis starts its own with StartRedis. The test fails
// with one line when there is neither.
func Redis(t testing.TB) string {
	t.Helper()
	if url := os.Getenv("TEST_REDIS_URL"); url != "" {
		return url
	}
	sharedRedis.once.Do(func() {
		sharedRedis.server, sharedRedis.err = startRedis()
	})
	if sharedRedis.err != nil {
		t.Fatalf("no Redis for tests: %v", sharedRedis.err)
	}
	return sharedRedis.server.URL()
}

// RedisServer is a redis-server process of one test, which may flush it, stop
// it and start it again on the same address.
type RedisServer struct {
	// Addr is host:port. It stays the same over restarts.
	Addr string

	args   []string
	server *server // nil when it is not running
}

// StartRedis starts a private redis-server that ends with the test. Arguments
// are added to its command line, so "--maxmemory", "10mb" works; a first one
// without dashes is a configuration file. It does not heed TEST_REDIS_URL,
// because such tests need to own the server.
func StartRedis(t testing.TB, args ...string) *RedisServer {
	t.Helper()
	s, err := startRedis(args...)
	if err != nil {
		t.Fatalf("no Redis for tests: %v", err)
	}
	t.Cleanup(s.Kill)
	return s
}

// ReserveRedis names an address on which no server listens yet; Start starts
// one there. It is for tests in which Redis is away at first, or whose
// arguments name the port.
func ReserveRedis(t testing.TB, args ...string) *RedisServer {
	t.Helper()
	s, err := reserveRedis(args)
	if err != nil {
		t.Fatalf("no Redis for tests: %v", err)
	}
	t.Cleanup(s.Kill)
	return s
}

// URL is the server's address as REDIS_URL takes it.
func (s *RedisServer) URL() string { return "redis://" + s.Addr }

// Start starts the server, empty, and returns when it accepts connections.
// Arguments are added to those it was made with, for this and later starts.
func (s *RedisServer) Start(t testing.TB, args ...string) {
	t.Helper()
	s.args = append(s.args, args...)
	if err := s.start(); err != nil {
		t.Fatalf("redis-server does not start: %v", err)
	}
}

// Kill ends the server at once, as kill -9 does; its data is gone. It does
// nothing when the server is not running.
func (s *RedisServer) Kill() {
	if s.server != nil {
		s.server.stop()
		s.server = nil
	}
}

// Freeze stops the server's clock (SIGSTOP), so that connections stay open and
// nothing answers, and Thaw lets it go on.
func (s *RedisServer) Freeze(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGSTOP)
}

// Thaw ends a Freeze.
func (s *RedisServer) Thaw(t testing.TB) {
	t.Helper()
	s.signal(t, syscall.SIGCONT)
}

func (s *RedisServer) signal(t testing.TB, sig syscall.Signal) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.server.dir, "pid"))
	if err != nil {
		t.Fatalf("redis-server has no pid: %v", err)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(string(raw)))
	if err != nil {
		t.Fatalf("redis-server has no pid: %v", err)
	}
	if err := syscall.Kill(pid, sig); err != nil {
		t.Fatalf("redis-server takes no %v: %v", sig, err)
	}
}

// startRedis tries a few ports: between finding a free one and the server
// taking it, another process may have been quicker.
func startRedis(args ...string) (*RedisServer, error) {
	var last error
	for range 5 {
		s, err := reserveRedis(args)
		if err != nil {
			return nil, err
		}
		if last = s.start(); last == nil {
			return s, nil
		}
	}
	return nil, last
}

func reserveRedis(args []string) (*RedisServer, error) {
	port, err := freePort()
	if err != nil {
		return nil, fmt.Errorf("no free loopback port: %w", err)
	}
	return &RedisServer{Addr: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), args: args}, nil
}

func (s *RedisServer) start() error {
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		return errors.New("redis-server is not on the PATH: install Redis (apt-get install redis-server) or set TEST_REDIS_URL")
	}
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	var id identity // Redis runs as whoever tests
	dir, err := newDir(id, "redis-")
	if err != nil {
		return err
	}
	argv, own := []string{binary}, s.args
	if len(own) > 0 && !strings.HasPrefix(own[0], "--") {
		argv, own = append(argv, own[0]), own[1:]
	}
	argv = append(argv, "--bind", host, "--port", port, "--dir", dir, "--pidfile", filepath.Join(dir, "pid"),
		"--save", "", "--appendonly", "no", "--daemonize", "no")
	srv, err := launch(id, dir, "KILL", append(argv, own...)...)
	if err != nil {
		return errors.Join(err, os.RemoveAll(dir))
	}
	if err := srv.ready(srv.redisListens); err != nil {
		return err
	}
	s.server = srv
	return nil
}

// redisListens looks into the log, because a server may want TLS or a password
// from whoever connects.
func (s *server) redisListens() error {
	log := string(s.logTail())
	if strings.Contains(log, "Ready to accept connections") || strings.Contains(log, "Sentinel ID is") {
		return nil
	}
	return errors.New("it does not accept connections yet")
}
