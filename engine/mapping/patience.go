package mapping

import (
	"runtime"
	"time"
)

// patience says when an evaluation has taken too long. It looks at the wall
// clock, which is cheap. On a busy machine that may pass while the goroutine does
// not run at all, so what is late by the wall clock gets the same time once more,
// now counted as processor time of its own: a bomb uses that up at once, and a
// harmless expression never fails because others had the processor. Where the system
// does not tell that time, it is twice the time by the clock.
type patience struct {
	begun time.Time     // the first look; zero before
	late  bool          // the wall time is over
	from  time.Duration // the thread's processor time when that was seen
}

// over reports whether the time is used up. It has to be asked again and again;
// the time begins with the first question.
func (p *patience) over(now time.Time, limit time.Duration, t *thread) bool {
	if p.begun.IsZero() {
		p.begun = now
	}
	if now.Sub(p.begun) <= limit {
		return false
	}
	spent, ok := t.spent()
	if !ok {
		return now.Sub(p.begun) > 2*limit
	}
	if !p.late {
		p.late, p.from = true, spent
		return false
	}
	return spent-p.from > limit
}

// thread counts processor time. From the first question to the release the
// goroutine stays on its thread, whose time would be another's otherwise. That
// makes it slower to schedule, so only what is late asks.
type thread struct{ held bool }

// spent is the processor time of the goroutine's thread; ok is false on systems
// that do not tell.
func (t *thread) spent() (d time.Duration, ok bool) {
	if !t.held {
		runtime.LockOSThread()
		t.held = true
	}
	return threadTime()
}

func (t *thread) release() {
	if t.held {
		runtime.UnlockOSThread()
		t.held = false
	}
}
