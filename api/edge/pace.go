package edge

import (
	"net/netip"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Pace bounds how often one address may ask. Addresses of IPv6 count by their /64
// network, which one person has. The zero value is not ready; use NewPace.
type Pace struct {
	every time.Duration
	burst int
	now   func() time.Time
	mu    sync.Mutex
	known *lru.Cache[netip.Addr, *rate.Limiter]
}

// NewPace lets an address ask burst times at once, and then once each period.
func NewPace(every time.Duration, burst int, now func() time.Time) *Pace {
	known, err := lru.New[netip.Addr, *rate.Limiter](10_000)
	if err != nil {
		panic(err) // only for a size below 1
	}
	return &Pace{every: every, burst: burst, now: now, known: known}
}

// Take reports whether the address may ask now, and else after how long.
func (p *Pace) Take(ip netip.Addr) (time.Duration, bool) {
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if network, err := ip.Prefix(64); err == nil {
			ip = network.Addr()
		}
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	bucket, known := p.known.Get(ip)
	if !known {
		bucket = rate.NewLimiter(rate.Every(p.every), p.burst)
		p.known.Add(ip, bucket)
	}
	if bucket.AllowN(p.now(), 1) {
		return 0, true
	}
	return p.every, false
}
