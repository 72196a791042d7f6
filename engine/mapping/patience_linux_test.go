package mapping

import (
	"context"
	"testing"
	"time"
)

// starved is a clock by which an hour passes between two looks, as for a
// goroutine that others keep from the processor.
func starved() func() time.Time {
	now := time.Unix(0, 0)
	return func() time.Time {
		now = now.Add(time.Hour)
		return now
	}
}

func TestHarmlessExpressionsEndOnABusyMachine(t *testing.T) {
	ctx := WithOptions(context.Background(), Options{wall: starved()})
	template := compiled(t, map[string]any{
		"sum":   "{{ reduce(1..5000, #acc + #, 0) }}",
		"again": "{{ reduce(1..5000, #acc + #, 1) }}",
	})
	got, err := template.Resolve(ctx, Scope{})
	if err != nil {
		t.Fatal(err)
	}
	if sums := got.Value.(map[string]any); sums["sum"] != 12502500 || sums["again"] != 12502501 {
		t.Errorf("got %v", sums)
	}
}

func TestPatienceEndsByTheProcessorsTime(t *testing.T) {
	const limit = 5 * time.Millisecond
	var held thread
	defer held.release()
	before, ok := held.spent()
	if !ok {
		t.Fatal("the system does not tell a thread's processor time")
	}
	var p patience
	clock := starved()
	for !p.over(clock(), limit, &held) { // busy until then: only what runs is counted
	}
	if after, _ := held.spent(); after-before < limit {
		t.Errorf("it ended after %v of processor time, before %v", after-before, limit)
	}
}

func TestPatienceBeginsWithTheFirstLook(t *testing.T) {
	var held thread
	defer held.release()
	var p patience
	now := time.Unix(1e9, 0)
	if p.over(now, time.Second, &held) || p.over(now.Add(time.Second), time.Second, &held) {
		t.Error("it ended within its time")
	}
	if held.held {
		t.Error("it holds the thread before it is late")
	}
}
