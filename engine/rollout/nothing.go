package rollout

import (
	"encoding/json"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// Nothing is a workspace that is not there yet: it finds nothing, and all that is
// made is forgotten. Supply tells by it what a new client would lack.
type Nothing struct{}

var _ Workspace = Nothing{}

// SupplyTag makes a tag.
func (Nothing) SupplyTag(name string) (crm.Tag, bool, error) { return crm.Tag{Name: name}, true, nil }

// SupplyField makes a field.
func (Nothing) SupplyField(f crm.Field) (crm.Field, bool, error) { return f, true, nil }

// SupplyCustomValue makes a custom value.
func (Nothing) SupplyCustomValue(v crm.CustomValue) (crm.CustomValue, bool, error) {
	return v, true, nil
}

// FindCustomValue finds none.
func (Nothing) FindCustomValue(string) (crm.CustomValue, bool, error) {
	return crm.CustomValue{}, false, nil
}

// SupplyOffer makes an offer; its id is its title.
func (Nothing) SupplyOffer(o crm.Offer) (crm.Offer, bool, error) {
	o.ID = o.Title
	return o, true, nil
}

// SupplyProduct makes a product; its id is its title.
func (Nothing) SupplyProduct(title string) (crm.Product, bool, error) {
	return crm.Product{ID: title, Title: title}, true, nil
}

// SupplyForm makes a form; its id is its title.
func (Nothing) SupplyForm(f crm.Form) (crm.Form, bool, error) {
	f.ID = f.Title
	return f, true, nil
}

// FindForm finds none.
func (Nothing) FindForm(string) (crm.Form, error) { return crm.Form{}, engine.ErrNotFound }

// FindProduct finds none.
func (Nothing) FindProduct(string) (crm.Product, error) { return crm.Product{}, engine.ErrNotFound }

// HasConnection finds none.
func (Nothing) HasConnection(string) error { return engine.ErrNotFound }

// Connections lists none.
func (Nothing) Connections() ([]engine.Connection, error) { return nil, nil }

// Offer finds none.
func (Nothing) Offer(string) (crm.Offer, error) { return crm.Offer{}, engine.ErrNotFound }

// SetCustomValue forgets the value.
func (Nothing) SetCustomValue(string, json.RawMessage) error { return nil }
