package service

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"syscall"
	"testing"
)

// PostgresServer is a server of one test, which may stop it the hard way.
type PostgresServer struct {
	url string
	srv *server
}

// again runs a server that comes back by itself whenever it ends, until TERM.
// (QUIT cannot be trapped: a shell ignores it in what it starts with "&".)
const again = `trap 'kill -s QUIT "$pid"; wait "$pid"; exit 0' TERM
while :; do "$@" & pid=$!; wait "$pid"; done`

// StartPostgres starts a private PostgreSQL that ends with the test. It does not
// heed TEST_DATABASE_URL, because such tests need to own the server. fsync is
// off, which is safe for Restart too: the operating system lives on, so what was
// committed is in its cache.
func StartPostgres(t testing.TB) *PostgresServer {
	t.Helper()
	bin, err := postgresPrograms()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	id, err := unprivileged("postgres")
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	admin, srv, err := startCluster(bin, id, "TERM", "/bin/sh", "-c", again, "again")
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	t.Cleanup(srv.stop)
	return &PostgresServer{url: admin, srv: srv}
}

// URL is the address of a database of the server, as DATABASE_URL takes it.
func (s *PostgresServer) URL() string { return s.url }

// Restart stops the server as "pg_ctl -m immediate" does, without a checkpoint
// and with every connection cut, and returns when it has recovered and answers.
func (s *PostgresServer) Restart(t testing.TB) {
	t.Helper()
	pid, err := s.pid()
	if err != nil {
		t.Fatalf("restart PostgreSQL: %v", err)
	}
	if err := syscall.Kill(pid, syscall.SIGQUIT); err != nil {
		t.Fatalf("restart PostgreSQL: %v", err)
	}
	err = s.srv.ready(func() error {
		if now, err := s.pid(); err != nil || now == pid {
			return errors.Join(err, errors.New("the old server still stands"))
		}
		return execute(s.url, "SELECT 1")
	})
	if err != nil {
		t.Fatalf("restart PostgreSQL: %v", err)
	}
}

// pid reads the number of the server's first process.
func (s *PostgresServer) pid() (int, error) {
	text, err := os.ReadFile(filepath.Join(s.srv.dir, "data", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	line, _, _ := bytes.Cut(text, []byte("\n"))
	pid, err := strconv.Atoi(string(bytes.TrimSpace(line)))
	if err != nil {
		return 0, fmt.Errorf("postmaster.pid: %w", err)
	}
	return pid, nil
}
