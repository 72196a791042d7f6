package storage_test

import (
	"context"
	"encoding/json"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/secret"
	"github.com/hookloom/hookloom/storage"
	"github.com/hookloom/hookloom/storage/storagetest"
)

// payload is 500 bytes of JSON as a webhook sends them.
var payload = []byte(`{"email":"ada@example.com","note":"` + strings.Repeat("x", 464) + `"}`)

func benchmarkAcceptance(f *storagetest.Fixture) engine.Acceptance {
	a := f.Acceptance()
	a.Request.Body, a.Request.Size = payload, int64(len(payload))
	a.Run.Input = []byte(`{"body":` + string(payload) + `,"headers":{"content-type":"application/json"},"method":"POST"}`)
	return a
}

// callers is how many goroutines call at once, as many as a busy server has
// connections.
const callers = 32

func BenchmarkAccept(b *testing.B) {
	onBoth(b, func(b *testing.B, f *storagetest.Fixture) {
		together(b, "accepts/s", func() error {
			_, err := f.Store.Accept(context.Background(), benchmarkAcceptance(f))
			return err
		})
	})
}

// BenchmarkRun is the ceiling of the engine: one Accept with what a small
// workflow journals before its call, and one Save after it.
func BenchmarkRun(b *testing.B) {
	onBoth(b, func(b *testing.B, f *storagetest.Fixture) {
		together(b, "runs/s", func() error { return wholeRun(f) })
	})
}

// BenchmarkDo is a contact found and changed, as an Internal node does it.
func BenchmarkDo(b *testing.B) {
	onBoth(b, func(b *testing.B, f *storagetest.Fixture) {
		var next atomic.Int64
		together(b, "units/s", func() error {
			email := "c" + strconv.FormatInt(next.Add(1)%1000, 10) + "@example.com"
			return f.Store.Do(context.Background(), f.Workspace.ID, func(tx engine.Tx) error {
				found, err := tx.ContactsBy("email", email)
				if err != nil {
					return err
				}
				if len(found) == 0 {
					return tx.InsertContact(&crm.Contact{Email: email})
				}
				return tx.UpdateContact(&found[0])
			})
		})
	})
}

// BenchmarkRead is what a worker reads to begin a run.
func BenchmarkRead(b *testing.B) {
	onBoth(b, func(b *testing.B, f *storagetest.Fixture) {
		a := benchmarkAcceptance(f)
		f.Accept(a)
		hash := secret.HashToken(f.Token)
		b.Run("endpoint", func(b *testing.B) {
			together(b, "reads/s", func() error { _, err := f.Endpoint(context.Background(), hash); return err })
		})
		b.Run("run", func(b *testing.B) {
			together(b, "reads/s", func() error { _, err := f.Store.Run(context.Background(), f.Workspace.ID, a.Run.ID); return err })
		})
	})
}

// BenchmarkPull takes the next runs out of a backlog of 100,000 in ten
// workspaces.
func BenchmarkPull(b *testing.B) {
	onBoth(b, func(b *testing.B, f *storagetest.Fixture) {
		for i := range 10 {
			g := f
			if i > 0 {
				g = storagetest.NewFixture(b, f.Store, "w"+strconv.Itoa(i))
			}
			for range 100 {
				g.Do(func(tx engine.Tx) error {
					for range 100 {
						if err := tx.InsertRun(g.NewRun()); err != nil {
							return err
						}
					}
					return nil
				})
			}
		}
		for b.Loop() {
			if list, err := f.Pull(context.Background(), 64); err != nil || len(list) != 64 {
				b.Fatal(len(list), err)
			}
		}
	})
}

// together calls from as many goroutines as a busy server has connections.
func together(b *testing.B, unit string, call func() error) {
	b.ReportAllocs()
	b.SetParallelism(max(1, callers/runtime.GOMAXPROCS(0)))
	used, wrote := processorTime(b), writes(b)
	b.ResetTimer()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if err := call(); err != nil {
				b.Error(err)
				return
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), unit)
	b.ReportMetric(float64((processorTime(b)-used).Microseconds())/float64(b.N), "cpu-µs/op")
	b.ReportMetric(float64(writes(b)-wrote)/float64(b.N), "writes/op")
}

// writes is how often this process has called write or pwrite: SQLite does so
// twice for each page that a commit changes.
func writes(b *testing.B) int {
	text, err := os.ReadFile("/proc/self/io")
	if err != nil {
		b.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "syscw: ")
	number, _, _ := strings.Cut(rest, "\n")
	n, err := strconv.Atoi(number)
	if err != nil {
		b.Fatal(err)
	}
	return n
}

// processorTime is what this process has used, which tells the cost of a call
// also on a machine that is busy with other things.
func processorTime(b *testing.B) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		b.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

func wholeRun(f *storagetest.Fixture) error {
	ctx := context.Background()
	a := benchmarkAcceptance(f)
	now := time.Now()
	output := json.RawMessage(`{"email":"ada@example.com","first":"Ada","last":"Lovelace","plan":"pro","amount":4900}`)
	send := engine.StepResult{
		Path: "send", Execution: 1, Seq: 2, StepID: "send", Type: "webhook.send", Name: "Send", Status: engine.StepRunning,
		Params: []byte(`{"url":"https://example.com/in","body":` + string(output) + `}`), Effect: true,
		StartedAt: now, Attempts: []engine.Attempt{{Number: 1, StartedAt: now}},
	}
	claim := engine.Progress{
		Run: a.Run.ID, Epoch: a.Run.Epoch, Claim: "owner",
		Steps: []engine.StepResult{
			send,
		},
		To: engine.RunState{Status: engine.Running, StartedAt: now, Cursor: []engine.Frame{{List: "steps", Step: "send", Index: -1}}},
	}
	a.First = &claim
	if _, err := f.Store.Accept(ctx, a); err != nil {
		return err
	}
	send.Begun, send.Status, send.FinishedAt, send.Attempts[0].FinishedAt = true, engine.StepSucceeded, now, now
	send.Output = []byte(`{"status":200,"headers":{"content-type":"application/json"},"body":{"ok":true},"duration_ms":3}`)
	return f.Save(ctx, f.Workspace.ID, engine.Progress{
		Run: a.Run.ID, Epoch: a.Run.Epoch, Steps: []engine.StepResult{send},
		To: engine.RunState{Status: engine.Succeeded, EndReason: engine.EndReached, StartedAt: now, FinishedAt: now},
	})
}

func onBoth(b *testing.B, bench func(b *testing.B, f *storagetest.Fixture)) {
	b.Run("sqlite", func(b *testing.B) { bench(b, storagetest.NewFixture(b, storagetest.Open(b, nil), "bench")) })
	b.Run("postgres", func(b *testing.B) {
		s := storagetest.OpenConfig(b, storage.Config{DatabaseURL: storage.FilledPostgres(b)})
		bench(b, storagetest.NewFixture(b, s, "bench"))
	})
}
