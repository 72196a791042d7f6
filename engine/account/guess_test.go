package account_test

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/secret"
)

// cheap keeps tests of behaviour fast.
var cheap = argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func hasher(t testing.TB, p argon2id.Params) *account.Hasher {
	t.Helper()
	h, err := account.NewHasher(p)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func hash(t testing.TB, h *account.Hasher, password string) secret.Redacted {
	t.Helper()
	out, err := h.Hash(context.Background(), password)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestPasswordsVerify(t *testing.T) {
	h := hasher(t, cheap)
	stored := hash(t, h, "correct-zebra-é")
	if again := hash(t, h, "correct-zebra-é"); again == stored || !strings.HasPrefix(stored.Reveal(), "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Error("no salt, or another form:", stored.Reveal())
	}
	old := hash(t, hasher(t, argon2id.Params{Memory: 32, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}), "correct-zebra-41")
	for _, tc := range []struct {
		name, password string
		hash           secret.Redacted
		ok, outdated   bool
	}{
		{"right", "correct-zebra-é", stored, true, false},
		{"right, typed on another keyboard", "correct-zebra-e\u0301", stored, true, false},
		{"wrong", "correct-zebra-e", stored, false, false},
		{"empty", "", stored, false, false},
		{"too long", strings.Repeat("x", 1<<20), stored, false, false},
		{"unknown user", "correct-zebra-é", "", false, false},
		{"unknown user, empty", "", "", false, false},
		{"older costs", "correct-zebra-41", old, true, true},
		{"older costs, wrong", "correct-zebra-42", old, false, false},
	} {
		ok, outdated, err := h.Verify(context.Background(), tc.password, tc.hash)
		if err != nil || ok != tc.ok || outdated != tc.outdated {
			t.Errorf("%s: %v %v %v", tc.name, ok, outdated, err)
		}
	}
	for _, bad := range []secret.Redacted{
		"x", "$2a$10$abc", "$argon2id$v=19$m=4194304,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5",
		"$argon2id$v=19$m=64,t=1000000,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5",
		"$argon2id$v=19$m=64,t=0,p=1$c2FsdHNhbHRzYWx0c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5",
		"$argon2id$v=19$m=64,t=1,p=0$c2FsdHNhbHRzYWx0c2FsdA$a2V5a2V5a2V5a2V5a2V5a2V5",
		"$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$",
	} {
		ok, _, err := h.Verify(context.Background(), "anything", bad)
		if ok || err == nil || strings.Contains(err.Error(), bad.Reveal()) {
			t.Errorf("%s: %v %v", bad.Reveal(), ok, err)
		}
	}
}

// The work for an unknown user has to be that for a known one. Time varies with
// the machine's load; the memory that argon2 fills does not, and is nearly all
// of the work. BenchmarkVerify shows the times.
func TestAnUnknownUserCostsTheSame(t *testing.T) {
	h := hasher(t, account.PasswordParams())
	stored := hash(t, h, "correct-zebra-41")
	cost := func(password string, hash secret.Redacted) float64 {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		if ok, _, err := h.Verify(context.Background(), password, hash); ok || err != nil {
			t.Fatal(ok, err)
		}
		runtime.ReadMemStats(&after)
		return float64(after.TotalAlloc - before.TotalAlloc)
	}
	known := cost("wrong-zebra-42", stored)
	if known < 19<<20 {
		t.Fatalf("a check fills only %.0f bytes", known)
	}
	for name, other := range map[string]float64{
		"unknown user":  cost("wrong-zebra-42", ""),
		"long password": cost(strings.Repeat("x", 100_000), stored),
		"both":          cost(strings.Repeat("x", 100_000), ""),
	} {
		if ratio := other / known; ratio < 0.95 || ratio > 1.05 {
			t.Errorf("%s: %.3f of the work for a wrong password", name, ratio)
		}
	}
}

func TestAWaveOfSignInsStaysSmall(t *testing.T) {
	params := account.PasswordParams()
	params.Iterations = 1 // passes cost time, not memory
	h := hasher(t, params)
	stored := hash(t, h, "correct-zebra-41")
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	var wg sync.WaitGroup
	var right atomic.Int64
	for i := range wave {
		wg.Go(func() {
			password := "correct-zebra-41"
			if i%2 == 1 {
				password = "wrong-zebra-42"
			}
			ok, _, err := h.Verify(context.Background(), password, stored)
			if err != nil {
				t.Error(err)
			}
			if ok {
				right.Add(1)
			}
		})
	}
	wg.Wait()
	runtime.ReadMemStats(&after)
	if right.Load() != wave/2 {
		t.Errorf("%d of %d right passwords were taken", right.Load(), wave/2)
	}
	// Sys never shrinks, so it is the peak.
	if after.Sys > 200<<20 {
		t.Errorf("the process took %d MiB (%d before)", after.Sys>>20, before.Sys>>20)
	}
}

func TestAQueueOfSignInsIsBounded(t *testing.T) {
	h := hasher(t, argon2id.Params{Memory: 128, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32})
	var wg sync.WaitGroup
	var busy, done atomic.Int64
	start := make(chan struct{})
	for range 1500 {
		wg.Go(func() {
			<-start
			switch _, _, err := h.Verify(context.Background(), "x", ""); {
			case errors.Is(err, account.ErrBusy):
				busy.Add(1)
			case err == nil:
				done.Add(1)
			default:
				t.Error(err)
			}
		})
	}
	close(start)
	wg.Wait()
	if busy.Load() == 0 || done.Load() < 200 || busy.Load()+done.Load() != 1500 {
		t.Errorf("%d busy, %d done", busy.Load(), done.Load())
	}

	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for range 600 { // whoever leaves the queue frees a place
		if _, _, err := h.Verify(ctx, "x", ""); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
	}
	if _, err := h.Hash(context.Background(), "x"); err != nil {
		t.Error(err)
	}
}

// clock is set by hand.
type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

var home = netip.MustParseAddr("198.51.100.7")

func TestWrongPasswordsAreSlowedDown(t *testing.T) {
	c := &clock{noon}
	th := account.NewThrottle(c.Now)
	passed := 0
	for range 200 {
		if th.Take("ada@example.com", home) == 0 {
			passed++
		}
	}
	if passed != 5 {
		t.Fatalf("%d of 200 guesses passed", passed)
	}
	wait := th.Take("ada@example.com", home)
	if wait <= 0 || wait > time.Minute {
		t.Fatal(wait)
	}
	c.now = c.now.Add(wait - 1)
	if th.Take("ada@example.com", home) == 0 {
		t.Error("a moment too early")
	}
	c.now = c.now.Add(1)
	if wait := th.Take("ada@example.com", home); wait != 0 {
		t.Error("refusals count as guesses:", wait)
	}
	if th.Take("ada@example.com", home) == 0 {
		t.Error("one minute gives more than one guess")
	}
	// Her own place is free, and other people at the attacker's are.
	if th.Take("ada@example.com", netip.MustParseAddr("203.0.113.9")) != 0 || th.Take("grace@example.com", home) != 0 {
		t.Error("others are shut out")
	}
	c.now = c.now.Add(24 * time.Hour)
	if th.Take("ada@example.com", home) != 0 {
		t.Error("still shut out a day later")
	}
}

func TestSpraysAreSlowedDown(t *testing.T) {
	c := &clock{noon}
	th := account.NewThrottle(c.Now)
	passed := 0
	for i := range 200 {
		if th.Take(fmt.Sprintf("user%d@example.com", i), home) == 0 {
			passed++
		}
	}
	if passed > 40 {
		t.Errorf("one address tried %d accounts", passed)
	}
	passed = 0
	for i := range 200 {
		from := netip.AddrFrom4([4]byte{10, 1, byte(i / 200), byte(i)})
		if th.Take("ada@example.com", from) == 0 {
			passed++
		}
	}
	if passed > 30 {
		t.Errorf("%d addresses tried one account", passed)
	}
	passed = 0
	for i := range 200 {
		from := netip.MustParseAddr(fmt.Sprintf("2001:db8:1:2::%x", i+1))
		if th.Take("grace@example.com", from) == 0 {
			passed++
		}
	}
	if passed != 5 {
		t.Errorf("one IPv6 customer passed %d times", passed)
	}
	if th.Take("x", netip.MustParseAddr("::ffff:198.51.100.7")) == 0 {
		t.Error("an IPv4 address in IPv6 clothes counts anew")
	}
}

func TestSuccessForgives(t *testing.T) {
	c := &clock{noon}
	th := account.NewThrottle(c.Now)
	for range 1000 { // signing in again and again is no attack
		if wait := th.Take("ada@example.com", home); wait != 0 {
			t.Fatal(wait)
		}
		th.Forgive("ada@example.com", home)
	}
	// An attacker elsewhere gets no new tries when she signs in.
	for i := range 100 {
		th.Take("ada@example.com", netip.AddrFrom4([4]byte{10, 2, 0, byte(i)}))
	}
	th.Forgive("ada@example.com", home)
	if th.Take("ada@example.com", netip.MustParseAddr("10.3.0.1")) == 0 && th.Take("ada@example.com", netip.MustParseAddr("10.3.0.2")) == 0 {
		t.Error("one success forgives the guesses of others")
	}
}

func TestThrottleMemoryIsBounded(t *testing.T) {
	c := &clock{noon}
	th := account.NewThrottle(c.Now)
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	long := strings.Repeat("x", 100)
	for i := range 40_000 {
		th.Take(fmt.Sprintf("%d%s", i, long), netip.AddrFrom4([4]byte{byte(i >> 24), byte(i >> 16), byte(i >> 8), byte(i)}))
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if grown := int64(after.HeapAlloc) - int64(before.HeapAlloc); grown > 12<<20 {
		t.Errorf("%d bytes are kept", grown)
	}
	runtime.KeepAlive(th)
}

func TestThrottleCountsParallelGuesses(t *testing.T) {
	th := account.NewThrottle((&clock{noon}).Now)
	var passed atomic.Int64
	var wg sync.WaitGroup
	for range 200 {
		wg.Go(func() {
			if th.Take("ada@example.com", home) == 0 {
				passed.Add(1)
			}
		})
	}
	wg.Wait()
	if passed.Load() != 5 {
		t.Errorf("%d passed", passed.Load())
	}
}

func BenchmarkVerify(b *testing.B) {
	h := hasher(b, account.PasswordParams())
	stored := hash(b, h, "correct-zebra-41")
	for name, s := range map[string]secret.Redacted{"known user": stored, "unknown user": ""} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, _, err := h.Verify(context.Background(), "wrong-zebra-42", s); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkThrottle(b *testing.B) {
	th := account.NewThrottle(time.Now)
	for b.Loop() {
		th.Take("ada@example.com", home)
	}
}
