package faults

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"
)

// Act is one kind of harm.
type Act string

// What the nemesis can do.
const (
	Kill            Act = "SIGKILL"
	Abort           Act = "SIGABRT" // a fatal error, as when memory runs out
	Freeze          Act = "SIGSTOP"
	FlushRedis      Act = "FLUSHALL"
	RestartRedis    Act = "restart Redis"
	RestartPostgres Act = "restart PostgreSQL"
	CutConnections  Act = "terminate backends"
)

// Nemesis does harm on a seeded plan and logs it.
type Nemesis struct {
	stand  *Stand
	random *rand.Rand
	log    *os.File
	// freeze is how long a frozen process stands still: longer than its lease.
	freeze time.Duration

	Outages []Outage
	Done    map[Act]int
}

// NewNemesis makes one for the stand. Its log is nemesis.log.
func NewNemesis(s *Stand, freeze time.Duration) *Nemesis {
	s.t.Helper()
	log, err := os.Create(filepath.Join(s.dir, "nemesis.log"))
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = log.Close() })
	n := &Nemesis{stand: s, random: rand.New(rand.NewPCG(s.layout.Seed, 3)), log: log, freeze: freeze, Done: map[Act]int{}}
	n.notef("seed %d", s.layout.Seed)
	return n
}

func (n *Nemesis) notef(format string, args ...any) {
	_, _ = fmt.Fprintf(n.log, "%s %s\n", time.Now().UTC().Format(time.RFC3339Nano), fmt.Sprintf(format, args...))
}

// Rage does the acts in a random order with pauses of up to twice the mean
// between them, until all are done or ctx ends.
func (n *Nemesis) Rage(ctx context.Context, acts map[Act]int, mean time.Duration) {
	n.stand.t.Helper()
	var plan []Act
	for _, act := range slices.Sorted(maps.Keys(acts)) {
		plan = append(plan, slices.Repeat([]Act{act}, acts[act])...)
	}
	n.random.Shuffle(len(plan), func(i, j int) { plan[i], plan[j] = plan[j], plan[i] })
	for _, act := range plan {
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Duration(n.random.Int64N(int64(2 * mean)))):
		}
		n.do(ctx, act)
		n.Done[act]++
	}
}

func (n *Nemesis) do(ctx context.Context, act Act) {
	n.stand.t.Helper()
	var err error
	switch act {
	case Kill, Abort:
		n.kill(act)
	case Freeze:
		err = n.still()
	case FlushRedis:
		err = n.flush(ctx)
	case RestartRedis:
		err = n.restartRedis()
	case RestartPostgres:
		n.restartPostgres()
	case CutConnections:
		err = n.cut(ctx)
	}
	if err != nil {
		n.stand.t.Fatalf("nemesis: %s: %v", act, err)
	}
}

// victim chooses one of the processes.
func (n *Nemesis) victim() string {
	names := slices.Sorted(maps.Keys(n.stand.procs))
	return names[n.random.IntN(len(names))]
}

func (n *Nemesis) kill(act Act) {
	n.stand.t.Helper()
	name := n.victim()
	at := time.Now()
	if act == Abort {
		n.stand.procs[name].Abort()
	} else {
		n.stand.procs[name].Kill()
	}
	n.notef("%s %s", act, name)
	time.Sleep(time.Duration(n.random.IntN(300)) * time.Millisecond)
	n.stand.Start(name)
	n.notef("%s is back", name)
	n.outage(act, at)
}

// outage notes an interruption that is over now. Where other processes lived
// on, there was a live one all the time.
func (n *Nemesis) outage(act Act, at time.Time) {
	o := Outage{What: string(act), At: at, Back: time.Now()}
	if len(n.stand.procs) > 1 {
		o.Back = at
	}
	n.Outages = append(n.Outages, o)
}

func (n *Nemesis) still() error {
	name := n.victim()
	at := time.Now()
	n.notef("%s %s for %v", Freeze, name, n.freeze)
	if err := n.stand.procs[name].Freeze(); err != nil {
		return err
	}
	time.Sleep(n.freeze)
	if err := n.stand.procs[name].Thaw(); err != nil {
		return err
	}
	n.notef("%s goes on", name)
	n.outage(Freeze, at)
	return nil
}

func (n *Nemesis) flush(ctx context.Context) error {
	n.notef("%s", FlushRedis)
	client := redis.NewClient(&redis.Options{Addr: n.stand.layout.Redis.Addr})
	defer client.Close()
	return client.FlushAll(ctx).Err()
}

func (n *Nemesis) restartRedis() error {
	away := time.Duration(n.random.IntN(2000)) * time.Millisecond
	n.notef("%s, away for %v", RestartRedis, away)
	n.stand.layout.Redis.Kill()
	time.Sleep(away)
	n.stand.layout.Redis.Start(n.stand.t)
	return nil
}

func (n *Nemesis) restartPostgres() {
	n.stand.t.Helper()
	n.notef("%s", RestartPostgres)
	n.stand.layout.Postgres.Restart(n.stand.t)
}

// cut ends every connection to the database but its own.
func (n *Nemesis) cut(ctx context.Context) error {
	n.notef("%s", CutConnections)
	conn, err := pgx.Connect(ctx, n.stand.layout.Postgres.URL())
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
	return err
}

// Summary is what was done, as text.
func (n *Nemesis) Summary() string {
	var parts []string
	for _, act := range slices.Sorted(maps.Keys(n.Done)) {
		parts = append(parts, fmt.Sprintf("%d × %s", n.Done[act], act))
	}
	return strings.Join(parts, ", ")
}
