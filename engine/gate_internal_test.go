package engine

import (
	"testing"
	"testing/synctest"
	"time"
)

func TestGatesBoundOnlyEndpointsThatFailOrHang(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := newGates()
		enter := func(failing bool) (func(), bool) { return g.enter("hk_1", failing) }
		var leaves []func()
		for range 50 {
			leave, ok := enter(false)
			if !ok {
				t.Fatal("a healthy endpoint was bounded")
			}
			leaves = append(leaves, leave)
		}
		if _, ok := enter(true); ok {
			t.Error("a failing endpoint got one more")
		}
		time.Sleep(slowAfter + time.Millisecond)
		if _, ok := enter(false); ok {
			t.Error("an endpoint that hangs got one more")
		}
		if _, ok := g.enter("hk_2", false); !ok {
			t.Error("another endpoint was bounded too")
		}
		for _, leave := range leaves {
			leave()
		}
		for range failingLimit {
			if _, ok := enter(true); !ok {
				t.Error("a failing endpoint is not tried any more")
			}
		}
		if _, ok := enter(true); ok {
			t.Error("a failing endpoint is tried too much")
		}
	})
}

func TestFeederRingsAFewAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFeeder()
		for range feedMax + 10 {
			f.add(Run{ID: NewID("run")}, nil)
		}
		first := f.take()
		if len(first) != feedAtOnce || len(f.take()) != 0 {
			t.Fatalf("%d at once", len(first))
		}
		if !f.done(first[0].handle.Run) || f.done("run_other") || len(f.take()) != 1 {
			t.Error("one that is done does not let the next follow")
		}
		time.Sleep(feedAge + time.Millisecond)
		if n := len(f.take()); n != feedAtOnce {
			t.Errorf("%d follow rings that were lost", n)
		}
		rest := func() (n int) {
			for {
				time.Sleep(feedAge + time.Millisecond)
				next := f.take()
				if len(next) == 0 {
					return n
				}
				n += len(next)
			}
		}
		if total := 2*feedAtOnce + 1 + rest(); total != feedMax {
			t.Errorf("%d were fed", total)
		}
		if !f.wants() {
			t.Fatal("what there was no room for is forgotten")
		}
		left := []Handle{{Run: "run_1"}, {Run: "run_2"}}
		f.found(left, false)
		f.found(left, true)
		if n := rest(); n != len(left) || f.wants() {
			t.Errorf("%d of those in SQL were fed, wants more: %v", n, f.wants())
		}
	})
}
