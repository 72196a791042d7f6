package brand

import (
	"cmp"
	"context"
	"log/slog"
	"net/url"
	"sync"
	"time"
)

// Store is what a Directory reads.
type Store interface {
	// Brands returns every brand of the installation but those of deleted workspaces.
	Brands(ctx context.Context) ([]Brand, error)
}

const (
	// fresh is how long what is known is used, so how late a change of another
	// process counts.
	fresh = 2 * time.Second
	// readTime bounds one look at the database.
	readTime = 5 * time.Second
)

// Config is what a Directory works with. Store is required.
type Config struct {
	Store Store
	// BaseURL is the address of the installation itself, without a trailing slash.
	BaseURL string
	// Now is the clock; nil means time.Now.
	Now func() time.Time
	// Log gets what goes wrong; nil drops it.
	Log *slog.Logger
}

// Directory tells which brand counts for a workspace and behind a host. It keeps what
// it read for two seconds and goes on with that while the database is away. It is
// safe for concurrent use.
type Directory struct {
	Config
	base *url.URL
	// reading is held by who reads anew; the others use what is there.
	reading sync.Mutex
	mu      sync.RWMutex
	known   *book
}

// book is one reading of all brands.
type book struct {
	readAt time.Time
	agency Brand
	of     map[string]Brand
	hosts  map[string]Brand
}

// NewDirectory makes a directory. It panics without a Store.
func NewDirectory(c Config) *Directory {
	if c.Store == nil {
		panic("brand: Store is required")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	base, err := url.Parse(c.BaseURL)
	if err != nil {
		base = &url.URL{}
	}
	return &Directory{Config: c, base: base}
}

// Forget has the next question read anew; for whoever changed a brand.
func (d *Directory) Forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known != nil {
		old := *d.known
		old.readAt = time.Time{}
		d.known = &old
	}
}

// book returns what is known, at most two seconds old unless the database is away or
// somebody else is reading; nil when nothing ever was.
func (d *Directory) book() *book {
	d.mu.RLock()
	known := d.known
	d.mu.RUnlock()
	if known != nil && d.Now().Sub(known.readAt) < fresh && !known.readAt.IsZero() {
		return known
	}
	if known == nil || known.readAt.IsZero() {
		d.reading.Lock() // nothing is known, or what is known was changed: wait
	} else if !d.reading.TryLock() {
		return known
	}
	defer d.reading.Unlock()
	d.mu.RLock()
	if again := d.known; again != nil && again != known && !again.readAt.IsZero() {
		d.mu.RUnlock()
		return again // somebody has read it while we waited
	}
	d.mu.RUnlock()
	return d.read(known)
}

func (d *Directory) read(known *book) *book {
	ctx, cancel := context.WithTimeout(context.Background(), readTime)
	defer cancel()
	list, err := d.Store.Brands(ctx)
	if err != nil {
		d.Log.Warn("brands cannot be read", "error", err)
		return known
	}
	next := &book{readAt: d.Now(), of: map[string]Brand{}, hosts: map[string]Brand{}}
	for _, b := range list {
		if b.Workspace == "" {
			next.agency = b
		} else {
			next.of[b.Workspace] = b
		}
		if b.Domain != "" {
			next.hosts[b.Domain] = b
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.known == known {
		d.known = next
	}
	return next
}

// Of is what counts in a workspace: its own over the agency's. With "" it is the
// agency's. Domain is the workspace's own.
func (d *Directory) Of(workspace string) Brand {
	b := d.book()
	if b == nil {
		return Brand{Workspace: workspace}
	}
	own := b.of[workspace]
	if workspace == "" {
		own = b.agency
	}
	own.Workspace = workspace
	return b.shown(own)
}

// shown is what counts where a brand is somebody's own. Where a domain is in use
// everything has a name that is not the product's.
func (b *book) shown(own Brand) Brand {
	shown := own.Over(b.agency)
	switch {
	case own.Active():
		shown.Name = cmp.Or(shown.Name, own.Place, own.Domain)
	case b.agency.Active():
		shown.Name = cmp.Or(shown.Name, b.agency.Domain)
	}
	return shown
}

// Base begins every address of a workspace that people and senders see, without a
// trailing slash: its own domain, else the agency's, else the installation's address.
// With "" it is the agency's. Scheme and port are those of the installation's address.
func (d *Directory) Base(workspace string) string {
	b := d.book()
	switch {
	case b == nil:
		return d.BaseURL
	case b.of[workspace].Active():
		return d.at(b.of[workspace].Domain)
	case b.agency.Active():
		return d.at(b.agency.Domain)
	}
	return d.BaseURL
}

// at is the address of a domain.
func (d *Directory) at(domain string) string {
	host := domain
	if port := d.base.Port(); port != "" {
		host += ":" + port
	}
	scheme := d.base.Scheme
	if scheme == "" {
		scheme = "https"
	}
	return scheme + "://" + host
}

// AddressOf is the address that a domain would have, in use or not.
func (d *Directory) AddressOf(domain string) string { return d.at(domain) }

// OwnHost reports whether a host name is that of the installation's own address.
func (d *Directory) OwnHost(host string) bool { return Host(d.base.Host) == host }

// Claimed is the brand that names a domain, in use or not; false for nobody's.
func (d *Directory) Claimed(domain string) (Brand, bool) {
	b := d.book()
	if b == nil {
		return Brand{}, false
	}
	found, ok := b.hosts[domain]
	return found, ok
}

// At is the place behind a Host header, which strangers write: one that is no
// workspace's domain in use is the installation's own place, whatever it says.
func (d *Directory) At(header string) Place {
	b := d.book()
	if b == nil {
		return Place{Base: d.BaseURL}
	}
	found, ok := b.hosts[Host(header)]
	if !ok || !found.Active() {
		return Place{Brand: b.agency, Base: d.BaseURL}
	}
	return Place{Workspace: found.Workspace, Brand: b.shown(found), Base: d.at(found.Domain), Domain: true}
}
