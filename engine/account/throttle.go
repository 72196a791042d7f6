package account

import (
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// limit lets burst attempts through at once and one more each interval.
type limit struct {
	burst    int
	interval time.Duration
}

// The brake on guessing. The pair stops a person's tries on an account without
// shutting out its owner elsewhere, the account stops many addresses on one
// account, and the address stops one on many accounts.
var (
	pairLimit    = limit{5, time.Minute}
	accountLimit = limit{30, 30 * time.Second}
	addressLimit = limit{40, 10 * time.Second}
)

// remembered is how many pairs, accounts and addresses are kept each, at about
// 250 bytes; the ones longest unused are forgotten first.
const remembered = 10_000

type bucketKey [sha256.Size]byte

// Throttle limits sign-in attempts by account and by address, in memory. It is
// safe for concurrent use. Make one for the process; several processes limit
// each on their own.
type Throttle struct {
	now func() time.Time

	mu      sync.Mutex
	buckets [3]bucket
}

// bucket holds, by key, when the bucket would be full again (GCRA's
// theoretical arrival time).
type bucket struct {
	limit
	full *simplelru.LRU[bucketKey, time.Time]
}

// NewThrottle makes a throttle on a clock; time.Now outside of tests.
func NewThrottle(now func() time.Time) *Throttle {
	t := &Throttle{now: now}
	for i, l := range []limit{pairLimit, accountLimit, addressLimit} {
		full, err := simplelru.NewLRU[bucketKey, time.Time](remembered, nil)
		if err != nil {
			panic("account: " + err.Error()) // only a size below one
		}
		t.buckets[i] = bucket{l, full}
	}
	return t
}

// Take counts an attempt on an account (its normalised e-mail address, also of
// a user that does not exist) from an address. 0 means go ahead; otherwise the
// attempt must be refused without looking at the password, and the result says
// after how long to try again. Count before checking, so that parallel guesses
// do not all pass.
func (t *Throttle) Take(account string, from netip.Addr) time.Duration {
	keys := keysOf(account, from)
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.now()
	var wait time.Duration
	for i, b := range t.buckets {
		wait = max(wait, b.wait(keys[i], now))
	}
	if wait > 0 {
		return wait
	}
	for i, b := range t.buckets {
		b.take(keys[i], now)
	}
	return 0
}

// Forgive takes back what a successful sign-in has counted, and forgets the
// mistakes before it from the same address. Mistakes from elsewhere stay
// counted: an attacker does not get new tries whenever the owner signs in.
func (t *Throttle) Forgive(account string, from netip.Addr) {
	keys := keysOf(account, from)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buckets[0].full.Remove(keys[0])
	t.buckets[1].giveBack(keys[1])
	t.buckets[2].giveBack(keys[2])
}

// wait says how long until the bucket has room.
func (b bucket) wait(k bucketKey, now time.Time) time.Duration {
	full, ok := b.full.Get(k)
	if !ok {
		return 0
	}
	room := full.Add(-time.Duration(b.burst-1) * b.interval)
	return max(0, room.Sub(now))
}

func (b bucket) take(k bucketKey, now time.Time) {
	full, _ := b.full.Get(k)
	if full.Before(now) {
		full = now
	}
	b.full.Add(k, full.Add(b.interval))
}

func (b bucket) giveBack(k bucketKey) {
	if full, ok := b.full.Peek(k); ok {
		b.full.Add(k, full.Add(-b.interval))
	}
}

// keysOf hashes what strangers choose the length of. IPv6 counts by /64, which
// is what one customer gets.
func keysOf(account string, from netip.Addr) [3]bucketKey {
	from = from.Unmap().WithZone("")
	if from.Is6() {
		if net, err := from.Prefix(64); err == nil {
			from = net.Addr()
		}
	}
	address := from.String()
	return [3]bucketKey{
		sha256.Sum256([]byte("pair\x00" + address + "\x00" + account)),
		sha256.Sum256([]byte("account\x00" + account)),
		sha256.Sum256([]byte("address\x00" + address)),
	}
}
