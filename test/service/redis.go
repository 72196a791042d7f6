// Package service starts the real servers that tests run against: private,
// on free loopback ports, ended with the test process however it ends.
package service

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// startTimeout is how long a server may take until it accepts connections. It
// is generous because test binaries compile and run side by side.
const startTimeout = 30 * time.Second

var sharedRedis struct {
	once   sync.Once
	server *RedisServer // referred to here, or its leash would be collected
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

	args  []string
	dir   string
	guard *exec.Cmd
	leash io.Closer
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
	addr, err := freeAddr()
	if err != nil {
		t.Fatalf("no Redis for tests: %v", err)
	}
	s := &RedisServer{Addr: addr, args: args}
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
	if s.guard == nil {
		return
	}
	s.leash.Close()
	_ = s.guard.Wait()
	s.guard = nil
}

// Freeze stops the server's clock (SIGSTOP), so that connections stay open and
// nothing answers, and Thaw lets it go on.
func (s *RedisServer) Freeze(t testing.TB) { s.signal(t, syscall.SIGSTOP) }

// Thaw ends a Freeze.
func (s *RedisServer) Thaw(t testing.TB) { s.signal(t, syscall.SIGCONT) }

func (s *RedisServer) signal(t testing.TB, sig syscall.Signal) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(s.dir, "pid"))
	if err != nil {
		t.Fatalf("redis-server has no pid: %v", err)
	}
	var pid int
	if _, err := fmt.Sscan(string(raw), &pid); err != nil {
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
		addr, err := freeAddr()
		if err != nil {
			return nil, err
		}
		s := &RedisServer{Addr: addr, args: args}
		if last = s.start(); last == nil {
			return s, nil
		}
	}
	return nil, last
}

// leashScript runs the server until standard input ends. The kernel closes the
// other end of that pipe when the test process ends, even by kill -9, so no
// server is ever left behind.
const leashScript = `"$@" & pid=$!; echo $pid > "$LEASH_DIR/pid"; cat > /dev/null; kill -9 $pid; wait $pid 2> /dev/null; rm -rf "$LEASH_DIR"`

func (s *RedisServer) start() error {
	binary, err := exec.LookPath("redis-server")
	if err != nil {
		return fmt.Errorf("redis-server is not on the PATH: install Redis (apt-get install redis-server) or set TEST_REDIS_URL")
	}
	host, port, err := net.SplitHostPort(s.Addr)
	if err != nil {
		return err
	}
	if s.dir, err = os.MkdirTemp("", "redis-"); err != nil {
		return err
	}
	args := []string{"-c", leashScript, "leash", binary}
	own := s.args
	if len(own) > 0 && !strings.HasPrefix(own[0], "--") {
		args, own = append(args, own[0]), own[1:]
	}
	args = append(args, "--bind", host, "--port", port, "--dir", s.dir,
		"--save", "", "--appendonly", "no", "--daemonize", "no")
	cmd := exec.Command("/bin/sh", append(args, own...)...)
	cmd.Env = append(os.Environ(), "LEASH_DIR="+s.dir)
	leash, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	s.guard, s.leash = cmd, leash
	if err := awaitLine(out, "Ready to accept connections", "Sentinel ID is"); err != nil {
		s.Kill()
		return err
	}
	return nil
}

// awaitLine returns when a line of out contains one of texts. It goes on reading
// in the background, so that the server never blocks on a full pipe.
func awaitLine(out io.Reader, texts ...string) error {
	found := make(chan error, 1)
	go func() {
		var tail string
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			tail = lines.Text()
			if slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(tail, text) }) {
				found <- nil
				_, _ = io.Copy(io.Discard, out)
				return
			}
		}
		found <- fmt.Errorf("redis-server ended before it was ready; its last line: %q", tail)
	}()
	select {
	case err := <-found:
		return err
	case <-time.After(startTimeout):
		return fmt.Errorf("redis-server was not ready after %v", startTimeout)
	}
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("no free loopback port: %w", err)
	}
	defer l.Close()
	return l.Addr().String(), nil
}
