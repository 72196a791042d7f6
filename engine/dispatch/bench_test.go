package dispatch_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/dispatch"
	"github.com/hookloom/hookloom/test/service"
)

// benchConcurrency is the concurrency that the numbers in reports are for.
const benchConcurrency = 32

// bells are the implementations under the same benchmarks.
var bells = []struct {
	name string
	make func(b *testing.B) engine.Bell
}{
	{"local", func(*testing.B) engine.Bell {
		return dispatch.NewLocal(dispatch.LocalConfig{Concurrency: benchConcurrency, Log: silent()})
	}},
	{"asynq", func(b *testing.B) engine.Bell {
		return newAsynq(b, service.Redis(b), "bench-"+uuid.NewString(), benchConcurrency, silent())
	}},
}

// tally is a worker that does nothing but count; what it pulls from is a list
// of handles that were not worked yet.
type tally struct {
	worked func(h engine.Handle)

	mu   sync.Mutex
	open []bool // by number; nil when there is nothing to pull
	head int    // no number below is open
}

func (w *tally) Work(_ context.Context, h engine.Handle) {
	if w.claim(h) {
		w.worked(h)
	}
}

func (w *tally) claim(h engine.Handle) bool {
	if w.open == nil {
		return true
	}
	n, _ := strconv.Atoi(h.Run[len(runPrefix):])
	w.mu.Lock()
	defer w.mu.Unlock()
	was := w.open[n]
	w.open[n] = false
	return was
}

func (w *tally) Pull(_ context.Context, max int) []engine.Handle {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.head < len(w.open) && !w.open[w.head] {
		w.head++
	}
	hs := make([]engine.Handle, 0, max)
	for n := w.head; n < len(w.open) && len(hs) < max; n++ {
		if w.open[n] {
			hs = append(hs, handle(n))
		}
	}
	return hs
}

const runPrefix = "0195b6f2-8f3b-7c1e-9a53-"

func handle(n int) engine.Handle {
	return engine.Handle{
		Workspace: "0195b6f2-8f3b-7c1e-9a53-0d6b3f8e2a11",
		Run:       runPrefix + strconv.Itoa(n),
		Epoch:     1,
	}
}

// BenchmarkRung is the way from Ring to Work with as many handles outstanding
// as the window holds.
func BenchmarkRung(b *testing.B) {
	for _, kind := range bells {
		b.Run(kind.name, func(b *testing.B) {
			room := make(chan struct{}, 2*benchConcurrency)
			bell := kind.make(b)
			run(b, bell, &tally{worked: func(engine.Handle) { <-room }})
			measure(b, func() {
				for i := range b.N {
					room <- struct{}{}
					bell.Ring(handle(i))
				}
				for range cap(room) {
					room <- struct{}{}
				}
			})
		})
	}
}

// BenchmarkPulled drains a backlog that nobody rings.
func BenchmarkPulled(b *testing.B) {
	for _, kind := range bells {
		b.Run(kind.name, func(b *testing.B) {
			var all sync.WaitGroup
			all.Add(b.N)
			bell := kind.make(b)
			measure(b, func() {
				run(b, bell, &tally{open: slices.Repeat([]bool{true}, b.N), worked: func(engine.Handle) { all.Done() }})
				all.Wait()
			})
		})
	}
}

// BenchmarkRing is the cost of Ring itself for who calls it, mostly with a full
// window.
func BenchmarkRing(b *testing.B) {
	for _, kind := range bells {
		b.Run(kind.name, func(b *testing.B) {
			bell := kind.make(b)
			run(b, bell, &tally{worked: func(engine.Handle) {}})
			b.ReportAllocs()
			b.ResetTimer()
			h := handle(0)
			for i := range b.N {
				h.Epoch = int64(i)
				bell.Ring(h)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "rings/s")
		})
	}
}

// BenchmarkIdle is the time from Ring to the start of Work when nothing else
// happens.
func BenchmarkIdle(b *testing.B) {
	for _, kind := range bells {
		b.Run(kind.name, func(b *testing.B) {
			began := make(chan time.Time)
			bell := kind.make(b)
			run(b, bell, &tally{worked: func(engine.Handle) { began <- time.Now() }})
			took := make([]time.Duration, b.N)
			b.ResetTimer()
			for i := range took {
				rang := time.Now()
				bell.Ring(handle(i))
				took[i] = (<-began).Sub(rang)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[b.N/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[b.N*99/100].Microseconds()), "p99-µs")
		})
	}
}

// measure reports handles per second, and the processor time that each cost
// here and in Redis: unlike the former, it does not depend on who else uses the
// machine.
func measure(b *testing.B, during func()) {
	b.Helper()
	redisBefore, before := redisTime(b), cpuTime(b)
	b.ResetTimer()
	during()
	b.StopTimer()
	n := float64(b.N)
	b.ReportMetric(n/b.Elapsed().Seconds(), "handles/s")
	b.ReportMetric(float64((cpuTime(b)-before).Microseconds())/n, "cpu-µs/op")
	b.ReportMetric(float64((redisTime(b)-redisBefore).Microseconds())/n, "redis-µs/op")
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// redisTime is the processor time of the shared Redis.
func redisTime(b *testing.B) time.Duration {
	b.Helper()
	client, err := dispatch.OpenRedis(service.Redis(b))
	if err != nil {
		b.Fatal(err)
	}
	defer client.Close()
	info, err := client.Info(context.Background(), "cpu").Result()
	if err != nil {
		b.Fatal(err)
	}
	var total float64
	for line := range strings.Lines(info) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		if name == "used_cpu_sys" || name == "used_cpu_user" {
			seconds, _ := strconv.ParseFloat(value, 64)
			total += seconds
		}
	}
	return time.Duration(total * float64(time.Second))
}

func run(b *testing.B, bell engine.Bell, w engine.Worker) {
	b.Helper()
	if err := bell.Start(context.Background(), w); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := bell.Stop(context.Background()); err != nil {
			b.Error(err)
		}
	})
}
