package brand

import "context"

// Place is where a request came in. The zero value is the installation without a
// brand.
type Place struct {
	// Workspace is the only one that can be seen from here: this is its domain. "" on
	// the installation's address and the agency's domain, where nothing is narrowed.
	Workspace string
	// Brand is what counts here.
	Brand Brand
	// Base is the address of this place, without a trailing slash.
	Base string
	// Domain says that this is a client's or the agency's domain, where nothing shows
	// the product's name.
	Domain bool
}

// Shows reports whether something of a workspace may be shown here.
func (p Place) Shows(workspace string) bool { return p.Workspace == "" || p.Workspace == workspace }

type placeKey struct{}

// With returns a context of a request that came in at a place.
func With(ctx context.Context, p Place) context.Context {
	return context.WithValue(ctx, placeKey{}, p)
}

// From is the place of a request, the zero one when it is not known.
func From(ctx context.Context) Place {
	p, _ := ctx.Value(placeKey{}).(Place)
	return p
}
