package main

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/hookloom/hookloom/test/instance"
)

// serverStart is how long a private server may take until it answers.
const serverStart = 60 * time.Second

// private starts a PostgreSQL and a Redis of our own, with their default
// settings: unlike those of the tests, this PostgreSQL syncs each commit.
func (b *bench) private(ctx context.Context) (postgres, redis string, stop func(), err error) {
	redis, stopRedis, err := b.startRedis(ctx)
	if err != nil {
		return "", "", nil, err
	}
	postgres, stopPostgres, err := b.startPostgres(ctx)
	if err != nil {
		stopRedis()
		return "", "", nil, err
	}
	return postgres, redis, func() { stopPostgres(); stopRedis() }, nil
}

func (b *bench) startRedis(ctx context.Context) (address string, stop func(), err error) {
	program, err := exec.LookPath("redis-server")
	if err != nil {
		return "", nil, errors.New("no redis-server found: install it (Debian: apt-get install redis-server), or name one with -redis")
	}
	port, err := instance.FreePort()
	if err != nil {
		return "", nil, err
	}
	process, err := instance.Start(ctx, instance.Spec{
		Bin: program, Log: filepath.Join(b.temp, "redis.log"),
		Args: []string{"--bind", "127.0.0.1", "--port", strconv.Itoa(port), "--save", "", "--appendonly", "no", "--dir", b.temp},
	})
	if err != nil {
		return "", nil, err
	}
	return "redis://127.0.0.1:" + strconv.Itoa(port), process.Kill, nil
}

func (b *bench) startPostgres(ctx context.Context) (admin string, stop func(), err error) {
	bin, err := postgresPrograms()
	if err != nil {
		return "", nil, err
	}
	dir, as, err := postgresDir()
	if err != nil {
		return "", nil, err
	}
	remove := func() { _ = os.RemoveAll(dir) }
	password, port, err := initPostgres(ctx, bin, dir, as)
	if err != nil {
		remove()
		return "", nil, err
	}
	argv := append(slices.Clone(as), filepath.Join(bin, "postgres"), "-D", filepath.Join(dir, "data"),
		"-h", "127.0.0.1", "-p", strconv.Itoa(port), "-c", "unix_socket_directories=")
	process, err := instance.Start(ctx, instance.Spec{Bin: argv[0], Args: argv[1:], Log: filepath.Join(b.temp, "postgres.log")})
	if err != nil {
		remove()
		return "", nil, err
	}
	stop = func() {
		// A clean stop frees its shared memory; what it says does not matter.
		_ = process.Stop(10 * time.Second)
		remove()
	}
	admin = fmt.Sprintf("postgres://postgres:%s@127.0.0.1:%d/postgres?sslmode=disable", password, port)
	if err := answers(ctx, admin); err != nil {
		stop()
		return "", nil, err
	}
	return admin, stop, nil
}

// postgresDir makes a directory for a cluster. PostgreSQL refuses to run as
// root, so that root needs another account, and as is the command that takes it.
func postgresDir() (dir string, as []string, err error) {
	if os.Geteuid() != 0 {
		dir, err = os.MkdirTemp("", "hookloom-bench-")
		return dir, nil, err
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		return "", nil, fmt.Errorf("running as root needs the system account postgres: %w", err)
	}
	uid, _ := strconv.Atoi(account.Uid)
	gid, _ := strconv.Atoi(account.Gid)
	// A root shell's TMPDIR may be closed to other accounts.
	if dir, err = os.MkdirTemp("/tmp", "hookloom-bench-"); err != nil {
		return "", nil, err
	}
	return dir, []string{"setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"}, os.Chown(dir, uid, gid)
}

func initPostgres(ctx context.Context, bin, dir string, as []string) (password string, port int, err error) {
	password = randomHex(12)
	file := filepath.Join(dir, "password")
	if err := os.WriteFile(file, []byte(password), 0o600); err != nil {
		return "", 0, err
	}
	defer func() { err = errors.Join(err, os.Remove(file)) }()
	if len(as) > 0 {
		if err := giveTo(file, dir); err != nil {
			return "", 0, err
		}
	}
	argv := append(slices.Clone(as), filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"), "-U", "postgres",
		"--pwfile", file, "--auth=password", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions")
	cmd := exec.CommandContext(ctx, argv[0], argv[1:]...)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", 0, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	port, err = instance.FreePort()
	return password, port, err
}

// giveTo makes a file belong to whom the folder belongs to.
func giveTo(file, dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return err
	}
	owner, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return fmt.Errorf("cannot tell who owns %s", dir)
	}
	return os.Chown(file, int(owner.Uid), int(owner.Gid))
}

// postgresPrograms returns the directory of initdb and postgres.
func postgresPrograms() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err != nil {
		return "", err
	}
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	initdb, err := exec.LookPath("initdb")
	if err != nil {
		return "", errors.New("no initdb found: install it (Debian: apt-get install postgresql), or name a server with -postgres")
	}
	return filepath.Dir(initdb), nil
}

func answers(ctx context.Context, address string) error {
	ctx, cancel := context.WithTimeout(ctx, serverStart)
	defer cancel()
	for {
		err := execute(ctx, address, "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// newDatabase creates an empty database and returns its URL and what drops it.
func newDatabase(ctx context.Context, admin string) (address string, drop func(), err error) {
	name := "hookloom_bench_" + randomHex(6)
	if err := execute(ctx, admin, "CREATE DATABASE "+name+" TEMPLATE template0 ENCODING 'UTF8'"); err != nil {
		return "", nil, err
	}
	u, err := url.Parse(admin)
	if err != nil {
		return "", nil, errors.New("-postgres must be a URL like postgres://user:password@host:5432/postgres")
	}
	u.Path = "/" + name
	return u.String(), func() {
		if err := execute(context.WithoutCancel(ctx), admin, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
	}, nil
}

// execute opens a connection for one statement.
func execute(ctx context.Context, address, statement string) (err error) {
	conn, err := pgx.Connect(ctx, address)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(ctx)) }()
	_, err = conn.Exec(ctx, statement)
	return err
}
