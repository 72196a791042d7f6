package storage_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/engine"
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
	for name, f := range fixtures(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(callers / 2)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if _, err := f.Store.Accept(context.Background(), benchmarkAcceptance(f)); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "accepts/s")
		})
	}
}

// BenchmarkRun is the ceiling of the engine: one Accept and two Saves with what
// a small workflow journals.
func BenchmarkRun(b *testing.B) {
	for name, f := range fixtures(b) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(callers / 2)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := wholeRun(f); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "runs/s")
		})
	}
}

func wholeRun(f *storagetest.Fixture) error {
	ctx := context.Background()
	a := benchmarkAcceptance(f)
	if _, err := f.Store.Accept(ctx, a); err != nil {
		return err
	}
	now := time.Now()
	output := json.RawMessage(`{"email":"ada@example.com","first":"Ada","last":"Lovelace","plan":"pro","amount":4900}`)
	send := engine.StepResult{
		Path: "send", Execution: 1, Seq: 2, StepID: "send", Type: "webhook.send", Name: "Send", Status: engine.StepRunning,
		Params: []byte(`{"url":"https://example.com/in","body":` + string(output) + `}`), Effect: a.Run.ID + "/send",
		StartedAt: now, Attempts: []engine.Attempt{{Number: 1, StartedAt: now}},
	}
	claim := engine.Progress{
		Run: a.Run.ID, Epoch: a.Run.Epoch, Claim: "owner",
		Steps: []engine.StepResult{
			{Path: "map", Execution: 1, Seq: 1, StepID: "map", Type: "data.map", Status: engine.StepSucceeded, Output: output, StartedAt: now, FinishedAt: now},
			send,
		},
		To: engine.RunState{Status: engine.Running, StartedAt: now, Cursor: []engine.Frame{{List: "steps", Step: "send", Index: -1}}},
	}
	if err := f.Save(ctx, f.Workspace.ID, claim); err != nil {
		return err
	}
	send.Status, send.FinishedAt, send.Attempts[0].FinishedAt = engine.StepSucceeded, now, now
	send.Output = []byte(`{"status":200,"headers":{"content-type":"application/json"},"body":{"ok":true},"duration_ms":3}`)
	return f.Save(ctx, f.Workspace.ID, engine.Progress{
		Run: a.Run.ID, Epoch: a.Run.Epoch, Steps: []engine.StepResult{send},
		To: engine.RunState{Status: engine.Succeeded, EndReason: engine.EndReached, StartedAt: now, FinishedAt: now},
	})
}

func fixtures(b *testing.B) map[string]*storagetest.Fixture {
	return map[string]*storagetest.Fixture{
		"sqlite": storagetest.NewFixture(b, storagetest.Open(b, nil), "bench"),
	}
}
