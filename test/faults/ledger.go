package faults

import (
	"maps"
	"slices"
	"sync"
	"time"
)

// Entry is what came of all sendings of one id.
type Entry struct {
	Order Order
	// Sent counts requests begun, Unanswered those that ended without a status.
	Sent, Unanswered int
	// Accepted says that one was answered 2xx: from then on it must not be lost.
	Accepted bool
	// At is when the first 2xx came.
	At time.Time
	// Runs are the different run ids that were answered.
	Runs []string
	// Statuses counts the answers.
	Statuses map[int]int
}

// Ledger is what was sent and promised. It is safe for concurrent use.
type Ledger struct {
	mu      sync.Mutex
	entries map[string]*Entry
}

// NewLedger makes an empty one.
func NewLedger() *Ledger { return &Ledger{entries: map[string]*Entry{}} }

func (l *Ledger) entry(o Order) *Entry {
	e := l.entries[o.ID]
	if e == nil {
		e = &Entry{Order: o, Statuses: map[int]int{}}
		l.entries[o.ID] = e
	}
	return e
}

// Sent notes that a request is about to go out.
func (l *Ledger) Sent(o Order) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entry(o).Sent++
}

// Unanswered notes that a request ended without an answer; whether it was
// accepted is unknown.
func (l *Ledger) Unanswered(o Order) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entry(o).Unanswered++
}

// Answered notes an answer with the runs that it names.
func (l *Ledger) Answered(o Order, status int, runs []string, at time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e := l.entry(o)
	e.Statuses[status]++
	if status/100 != 2 {
		return
	}
	if !e.Accepted {
		e.Accepted, e.At = true, at
	}
	for _, run := range runs {
		if !slices.Contains(e.Runs, run) {
			e.Runs = append(e.Runs, run)
		}
	}
}

// Accepted counts the ids that were promised.
func (l *Ledger) Accepted() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, e := range l.entries {
		if e.Accepted {
			n++
		}
	}
	return n
}

// Entries returns a copy of all entries, in the order of their ids.
func (l *Ledger) Entries() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	var list []Entry
	for _, id := range slices.Sorted(maps.Keys(l.entries)) {
		e := *l.entries[id]
		e.Runs, e.Statuses = slices.Clone(e.Runs), maps.Clone(e.Statuses)
		list = append(list, e)
	}
	return list
}
