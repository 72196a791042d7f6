package mapping

import (
	"context"
	"time"
	_ "time/tzdata" // zones must work on images without a time zone database

	lru "github.com/hashicorp/golang-lru/v2"
)

// Options are the surroundings of an evaluation that are no data. Every zero
// field falls back: to `workspace` in the scope (timezone, locale,
// default_country, currency), then to what is named at the field.
type Options struct {
	// Now is the clock of now() and today(); nil is time.Now.
	Now func() time.Time
	// Zone is where dates without a zone are and how dates are written; UTC.
	Zone *time.Location
	// Locale is a BCP 47 tag for numbers and names of months; "en".
	Locale string
	// Country is the ISO 3166 code for phone numbers without one; none.
	Country string
	// Currency is the ISO 4217 code for money without one; none.
	Currency string

	// wall is the clock that bounds evaluations, for tests; nil is time.Now.
	wall func() time.Time
}

type optionsKey struct{}

// WithOptions makes Resolve and Evaluate under ctx use o.
func WithOptions(ctx context.Context, o Options) context.Context {
	return context.WithValue(ctx, optionsKey{}, o)
}

func optionsOf(ctx context.Context) Options {
	o, _ := ctx.Value(optionsKey{}).(Options)
	return o
}

func (r *run) now() time.Time {
	if r.options.Now != nil {
		return r.options.Now()
	}
	return time.Now()
}

func (r *run) wall() time.Time {
	if r.options.wall != nil {
		return r.options.wall()
	}
	return time.Now()
}

func (r *run) zone() *time.Location {
	if r.options.Zone == nil {
		r.options.Zone = time.UTC
		if name := r.workspace("timezone"); name != "" {
			if zone, err := loadZone(name); err == nil {
				r.options.Zone = zone
			}
		}
	}
	return r.options.Zone
}

func (r *run) locale() string {
	if r.options.Locale == "" {
		r.options.Locale = r.workspace("locale")
	}
	if r.options.Locale == "" {
		r.options.Locale = "en"
	}
	return r.options.Locale
}

func (r *run) country() string {
	if r.options.Country == "" {
		r.options.Country = r.workspace("default_country")
	}
	return r.options.Country
}

func (r *run) currency() string {
	if r.options.Currency == "" {
		r.options.Currency = r.workspace("currency")
	}
	return r.options.Currency
}

func (r *run) workspace(name string) string {
	workspace, _ := r.scope["workspace"].(map[string]any)
	text, _ := workspace[name].(string)
	return text
}

// zones spares a read of the database for every date; names come from mappings
// and so from outside, hence the bound.
var zones = mustCache[string, *time.Location](128)

func loadZone(name string) (*time.Location, error) {
	if zone, ok := zones.Get(name); ok {
		return zone, nil
	}
	if len(name) > 64 || name == "" || name == "Local" {
		return nil, failf(CodeBadValue, "%q is not a time zone; write one like Europe/Berlin", shorten(name, 40))
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, failf(CodeBadValue, "%q is not a time zone; write one like Europe/Berlin", name)
	}
	zones.Add(name, zone)
	return zone, nil
}

// mustCache makes a bounded cache; it only fails for a size below one.
func mustCache[K comparable, V any](size int) *lru.Cache[K, V] {
	cache, err := lru.New[K, V](size)
	if err != nil {
		panic(err)
	}
	return cache
}
