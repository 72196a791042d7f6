package faults

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
	"github.com/hookloom/hookloom/test/service"
)

// server is the name of the one process that listens.
const server = "server"

// Layout says what stands.
type Layout struct {
	// Bin is the binary.
	Bin string
	// Postgres and Redis are servers of this test's own; nil means SQLite and
	// the bell in the process.
	Postgres *service.PostgresServer
	Redis    *service.RedisServer
	// DatabaseURL and RedisURL are other ways to those servers; "" is straight.
	DatabaseURL, RedisURL string
	// Workers is how many worker processes run beside the server.
	Workers int
	// Apart leaves all work to the workers: the server takes requests only.
	Apart   bool
	Seed    uint64
	Manners Manners
}

// Stand is an installation with its sink, ready for webhooks.
type Stand struct {
	t      testing.TB
	dir    string // logs, the sink's file
	layout Layout
	specs  map[string]instance.Spec
	procs  map[string]*instance.Process

	Client    *instance.Client
	Sink      *Sink
	Ledger    *Ledger
	Installed Installed
}

// NewStand starts everything and installs the workflows. It ends with the test.
func NewStand(t *testing.T, l Layout) *Stand {
	t.Helper()
	s := &Stand{t: t, dir: t.ArtifactDir(), layout: l, specs: map[string]instance.Spec{}, procs: map[string]*instance.Process{}, Ledger: NewLedger()}
	var err error
	if s.Sink, err = OpenSink(l.Seed, l.Manners, filepath.Join(s.dir, "effects.jsonl")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Sink.Close() })
	t.Cleanup(s.killAll)
	key := "hlk_" + randomHex()
	port, err := instance.FreePort()
	if err != nil {
		t.Fatal(err)
	}
	s.Client = &instance.Client{Base: instance.Address(port), Key: key, Workspace: "main"}
	s.describe(port, key)
	s.Start(server)
	for i := range l.Workers {
		s.Start(worker(i))
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if s.Installed, err = Install(ctx, s.Client, s.Sink.URL()); err != nil {
		t.Fatalf("install the workflows: %v", err)
	}
	return s
}

// worker names the i-th worker.
func worker(i int) string { return "worker-" + strconv.Itoa(i+1) }

// describe writes down how to start each process.
func (s *Stand) describe(port int, key string) {
	env := []string{
		"HOST=127.0.0.1", "LOG_FORMAT=json", "ALLOW_TARGETS=" + s.Sink.Address(),
		"GOTRACEBACK=none", "BOOTSTRAP_API_KEY=" + key, "ENCRYPTION_KEY=" + randomHex()[:64],
	}
	l := &s.layout
	if l.Postgres != nil {
		env = append(env, "DATABASE_URL="+cmp.Or(l.DatabaseURL, l.Postgres.URL()))
	}
	if l.Redis != nil {
		env = append(env, "REDIS_URL="+cmp.Or(l.RedisURL, l.Redis.URL()))
	}
	add := func(name, health string, args []string, more ...string) {
		s.specs[name] = instance.Spec{
			Bin: s.layout.Bin, Args: args, Health: health, Log: filepath.Join(s.dir, name+".log"),
			Env: append(append(more, "DATA_DIR="+filepath.Join(s.dir, "data-"+name)), env...),
		}
	}
	serve := []string{"serve"}
	if s.layout.Apart {
		serve = append(serve, "--workers=false")
	}
	add(server, s.Client.Base+"/healthz", serve, "PORT="+strconv.Itoa(port))
	for i := range s.layout.Workers {
		add(worker(i), "", []string{"worker"})
	}
}

// Start starts a process, with further variables, and waits until it is ready.
func (s *Stand) Start(name string, env ...string) {
	s.t.Helper()
	if err := s.begin(name, s.specs[name], env); err != nil {
		s.t.Fatalf("start %s: %v", name, err)
	}
}

// launch starts a process and does not wait for it.
func (s *Stand) launch(name string, env ...string) error {
	spec := s.specs[name]
	spec.Health = ""
	return s.begin(name, spec, env)
}

func (s *Stand) begin(name string, spec instance.Spec, env []string) error {
	spec.Env = append(append([]string{}, spec.Env...), env...)
	p, err := instance.Start(context.Background(), spec)
	if err != nil {
		return err
	}
	s.procs[name] = p
	return nil
}

func (s *Stand) killAll() {
	for _, p := range s.procs {
		_ = p.Thaw() // a frozen one dies as well, but not in every container
		p.Kill()
	}
}

// Settle waits until it is quiet, collects the evidence and checks it. Some
// things, such as the runs of the last events, may come a little after the
// first quiet moment, so it looks again until it is clean or the time is up.
func (s *Stand) Settle(limit time.Duration) (Evidence, []Violation) {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(s.t.Context(), limit)
	defer cancel()
	for {
		quiet := Quiet(ctx, s.Client)
		reading, done := context.WithTimeout(s.t.Context(), readLimit)
		e, err := Collect(reading, s.Client, s.Installed, s.Ledger, s.Sink)
		done()
		if err != nil {
			s.t.Fatalf("collect the evidence: %v", err)
		}
		violations := Check(e)
		if len(violations) == 0 && quiet == nil {
			return e, nil
		}
		select {
		case <-ctx.Done():
			if quiet != nil {
				violations = append(violations, Violation{Unending, quiet.Error()})
			}
			return e, violations
		case <-time.After(time.Second):
		}
	}
}

// readLimit bounds reading the evidence: in the long tier some 60,000 runs with
// their steps.
const readLimit = 15 * time.Minute

// randomHex returns 256 random bits as text.
func randomHex() string {
	var b [32]byte
	_, _ = rand.Read(b[:]) // documented never to fail
	return hex.EncodeToString(b[:])
}

// table writes rows of a name and a value, for the test's log.
func table(rows [][2]string) string {
	text := "\n"
	for _, row := range rows {
		text += fmt.Sprintf("  %-34s %s\n", row[0], row[1])
	}
	return text
}
