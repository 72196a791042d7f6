package app

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// The heap may grow by heapGrowth percent between two collections while little is
// in use, which is nearly always: under load that costs about 20 MiB and saves
// processor time. It may not grow by more than heapRoom bytes, so that a burst of
// large requests, which is over soon, does not treble what it needs; but by
// leastGrowth percent in any case, so that collecting never takes over.
const (
	heapGrowth  = 200
	leastGrowth = 50
	heapRoom    = 28 << 20
)

// startGrowth keeps what a start needs for a moment from lying between what stays:
// 2 MiB less are resident afterwards.
const startGrowth = 40

// leanStart sets the collector for starting a server, unless GOGC does.
func leanStart() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(startGrowth)
	}
}

// started gives back what only starting needed, and sets the collector for
// serving.
func started() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
		(&collector{percent: heapGrowth}).watch()
	}
	// Hashing a password takes 19 MiB once at the start; they would count as
	// resident for ever and double what the heap may grow to.
	debug.FreeOSMemory()
	forgetStart()
}

// collector is how far the heap may grow now.
type collector struct{ percent int }

// cycle is an object that nothing refers to: it is finalised after each collection.
type cycle struct{ of *collector }

// watch adjusts the growth after every collection.
func (c *collector) watch() {
	runtime.SetFinalizer(&cycle{c}, func(*cycle) {
		c.adjust()
		c.watch()
	})
}

func (c *collector) adjust() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	if percent := growthAt(sample[0].Value.Uint64()); percent != c.percent {
		c.percent = percent
		debug.SetGCPercent(percent)
	}
}

// growthAt is the growth for a heap of which live bytes are in use, in steps of
// ten percent, because each change stops the program for a moment.
func growthAt(live uint64) int {
	percent := 100 * heapRoom / max(live, 1)
	return int(min(max(percent/10*10, leastGrowth), heapGrowth))
}
