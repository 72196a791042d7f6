package service

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// adminLimit bounds one statement of Postgres itself: creating or dropping a
// database takes about 50 ms, more while the other core compiles.
const adminLimit = 60 * time.Second

// postgresOnce is the one server of this test binary.
var postgresOnce = sync.OnceValues(startPostgres)

// Postgres returns the URL of a new, empty database (UTF-8, superuser) that is
// dropped when the test ends, with whoever is still connected to it. Calls may
// run in parallel; each gets a database of its own.
//
// The server is TEST_DATABASE_URL when that is set (its account must be allowed
// to create databases), else one started for this test binary. The own one runs
// with fsync off: tests kill our processes, never this machine, and a committed
// transaction survives the former without it.
func Postgres(t testing.TB) string {
	t.Helper()
	return newDatabase(t, "template0")
}

// PostgresFilled is Postgres for a database that fill has made tables in. On the
// server of this test binary fill is called once, whoever asks first, and the
// others get copies, which are many times faster to make than tables; so all
// callers must want the same. TEST_DATABASE_URL is left as clean as it was: there
// fill is called each time.
func PostgresFilled(t testing.TB, fill func(databaseURL string) error) string {
	t.Helper()
	if os.Getenv("TEST_DATABASE_URL") != "" {
		u := Postgres(t)
		if err := fill(u); err != nil {
			t.Fatalf("PostgreSQL for tests: fill a database: %v", err)
		}
		return u
	}
	filled.Do(func() { filled.err = makeFilled(fill) })
	if filled.err != nil {
		t.Fatalf("PostgreSQL for tests: fill a database: %v", filled.err)
	}
	return newDatabase(t, filledName)
}

const filledName = "hookloom_test_filled"

var filled struct {
	sync.Once
	err error
}

func makeFilled(fill func(databaseURL string) error) error {
	admin, err := postgresOnce()
	if err != nil {
		return err
	}
	if err := execute(admin, "CREATE DATABASE "+filledName+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		return err
	}
	u, err := url.Parse(admin)
	if err != nil {
		return err
	}
	u.Path = "/" + filledName
	return fill(u.String())
}

func newDatabase(t testing.TB, template string) string {
	t.Helper()
	admin, err := postgresOnce()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	name := "hookloom_test_" + randomHex()
	if err := execute(admin, "CREATE DATABASE "+name+" TEMPLATE "+template+" ENCODING 'UTF8'"); err != nil {
		t.Fatalf("PostgreSQL for tests: create database: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("PostgreSQL for tests: drop database: %v", err)
		}
	})
	u, err := url.Parse(admin)
	if err != nil {
		t.Fatal("PostgreSQL for tests: TEST_DATABASE_URL must be a URL like postgres://user:password@host:5432/postgres")
	}
	u.Path = "/" + name
	return u.String()
}

// startPostgres returns the URL of a database from which others are created.
func startPostgres() (string, error) {
	if given := os.Getenv("TEST_DATABASE_URL"); given != "" {
		if err := execute(given, "SELECT 1"); err != nil {
			return "", fmt.Errorf("TEST_DATABASE_URL does not answer: %w", err)
		}
		return given, nil
	}
	bin, err := postgresPrograms()
	if err != nil {
		return "", err
	}
	id, err := unprivileged("postgres")
	if err != nil {
		return "", err
	}
	// A port that was free a moment ago may be taken by now.
	for attempt := 1; ; attempt++ {
		admin, _, err := startCluster(bin, id, "QUIT")
		if err == nil || attempt == 3 {
			return admin, err
		}
	}
}

// startCluster lays down a new cluster, starts it and waits until it answers.
// The signal stops it; the command line is given to under, when there is one.
func startCluster(bin string, id identity, stopSignal string, under ...string) (_ string, _ *server, err error) {
	dir, err := newDir(id, "hookloom-postgres-")
	if err != nil {
		return "", nil, err
	}
	launched := false
	defer func() {
		if err != nil && !launched {
			err = errors.Join(err, os.RemoveAll(dir))
		}
	}()
	// A password, not "trust": any local account could otherwise run programs
	// as this one through a superuser's COPY.
	password := randomHex()
	if err := initCluster(bin, id, dir, password); err != nil {
		return "", nil, err
	}
	port, err := freePort()
	if err != nil {
		return "", nil, err
	}
	argv := append(slices.Clone(under), filepath.Join(bin, "postgres"),
		"-D", filepath.Join(dir, "data"), "-h", "127.0.0.1", "-p", strconv.Itoa(port),
		"-c", "unix_socket_directories=", "-c", "max_connections=200",
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "wal_level=minimal", "-c", "max_wal_senders=0")
	srv, err := launch(id, dir, stopSignal, argv...)
	if err != nil {
		return "", nil, err
	}
	launched = true
	admin := fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port)
	return admin, srv, srv.ready(func() error { return execute(admin, "SELECT 1") })
}

// initCluster runs initdb. Passwords travel over loopback only, so they are
// checked in plain: SCRAM costs several milliseconds for each connection.
func initCluster(bin string, id identity, dir, password string) error {
	secret := filepath.Join(dir, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	if id.change {
		if err := os.Chown(secret, int(id.uid), int(id.gid)); err != nil {
			return err
		}
	}
	err := output(id, dir, filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres",
		"--pwfile", secret, "--auth=password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions")
	return errors.Join(err, os.Remove(secret))
}

// postgresPrograms returns the directory of initdb and postgres: the newest
// that Debian has installed, else what the PATH finds.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return major(a) - major(b) })), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("no initdb found: install it (Debian: apt-get install postgresql), or set TEST_DATABASE_URL")
	}
	return filepath.Dir(initdb), nil
}

// major reads the version from a path like /usr/lib/postgresql/15/bin/initdb;
// zero when there is none.
func major(path string) int {
	n, err := strconv.Atoi(strings.Split(path, "/")[4])
	if err != nil {
		return 0
	}
	return n
}

// execute opens a connection for one statement: tests that count connections
// must not find ours.
func execute(databaseURL, statement string) (err error) {
	ctx, cancel := context.WithTimeout(context.Background(), adminLimit)
	defer cancel()
	conn, err := pgx.Connect(ctx, databaseURL)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}

// randomHex returns 96 random bits as text.
func randomHex() string {
	var b [12]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	return hex.EncodeToString(b[:])
}
