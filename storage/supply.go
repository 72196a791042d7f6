package storage

import (
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
)

// SupplyTag finds or makes a tag, see engine.SupplyTx.
func (t *tx) SupplyTag(name string) (crm.Tag, bool, error) {
	if tagKey(name) == "" {
		return crm.Tag{}, false, errBlankTag
	}
	tag, err := t.tagByName(name)
	if there, err := found(err); there || err != nil {
		return tag, false, err
	}
	tag, err = t.ensureTag(name)
	return tag, err == nil, err
}

// SupplyField finds or makes a contact field, see engine.SupplyTx.
func (t *tx) SupplyField(f crm.Field) (crm.Field, bool, error) {
	find := func() (crm.Field, error) {
		var row fieldRow
		if err := t.orm().Where("workspace_id = ? AND key = ?", t.workspace, f.Key).Take(&row).Error; err != nil {
			return crm.Field{}, translate(err)
		}
		return row.field()
	}
	known, err := find()
	if there, err := found(err); there || err != nil {
		return known, false, err
	}
	row := fieldRow{t.workspace, engine.NewID("fld"), f.Key, f.Label, f.Kind, nil, micros(t.at)}
	if len(f.Options) > 0 {
		row.Options = mustEncode(f.Options)
	}
	if err := t.orm().Clauses(unlessThere).Create(&row).Error; err != nil {
		return f, false, translate(err)
	}
	// Another transaction may have made it first.
	known, err = find()
	return known, known.ID == row.ID, err
}

// FindCustomValue finds a custom value by its key, see engine.SupplyTx.
func (t *tx) FindCustomValue(key string) (crm.CustomValue, bool, error) {
	var row valueRow
	err := t.orm().Where("workspace_id = ? AND key = ?", t.workspace, key).Take(&row).Error
	if there, err := found(err); !there || err != nil {
		return crm.CustomValue{}, false, err
	}
	v, err := row.value()
	return v, true, err
}

// SupplyCustomValue finds or makes a custom value, see engine.SupplyTx.
func (t *tx) SupplyCustomValue(v crm.CustomValue) (crm.CustomValue, bool, error) {
	known, there, err := t.FindCustomValue(v.Key)
	if there || err != nil {
		return known, false, err
	}
	text, err := encodeValue(&v)
	if err != nil {
		return v, false, err
	}
	row := valueRow{t.workspace, engine.NewID("cv"), v.Key, v.Name, text, micros(t.at), micros(t.at)}
	if err := t.orm().Clauses(unlessThere).Create(&row).Error; err != nil {
		return v, false, translate(err)
	}
	// Another transaction may have made it first.
	known, _, err = t.FindCustomValue(v.Key)
	return known, known.ID == row.ID, err
}

// SupplyOffer finds or makes an offer, see engine.SupplyTx.
func (t *tx) SupplyOffer(o crm.Offer) (crm.Offer, bool, error) {
	known, err := first(t.session, selectOfferByTitle, []any{t.workspace, o.Title}, readOffer)
	if there, err := found(err); there || err != nil {
		return known, false, err
	}
	if err := t.insertOffer(&o); err != nil {
		return o, false, err
	}
	// Products of a template have no ids here.
	for i := range o.Products {
		o.Products[i].ID = ""
	}
	if err := t.setProducts(o.ID, o.Products); err != nil {
		return o, false, err
	}
	known, err = t.Offer(o.ID)
	return known, true, err
}

// SupplyForm finds or makes a form, see engine.SupplyTx.
func (t *tx) SupplyForm(f crm.Form) (crm.Form, bool, error) {
	known, err := t.FindForm(f.Title)
	if there, err := found(err); there || err != nil {
		return known, false, err
	}
	err = t.insertForm(&f)
	return f, err == nil, err
}

// Connections lists the stored credentials, see engine.SupplyTx.
func (t *tx) Connections() ([]engine.Connection, error) {
	var rows []connectionRow
	err := t.orm().Where("workspace_id = ? AND deleted_at = 0", t.workspace).Select("id", "type", "name").Order("id").Find(&rows).Error
	list := make([]engine.Connection, len(rows))
	for i, r := range rows {
		list[i] = engine.Connection{ID: r.ID, Type: r.Type, Name: r.Name}
	}
	return list, translate(err)
}

// SupplyProduct finds or makes a product, see engine.SupplyTx.
func (t *tx) SupplyProduct(title string) (crm.Product, bool, error) {
	known, err := first(t.session, selectProductByTitle, []any{t.workspace, title}, readProduct)
	if there, err := found(err); there || err != nil {
		return known, false, err
	}
	known, err = t.product(crm.Product{Title: title})
	return known, err == nil, err
}

func readProduct(row scanner) (p crm.Product, err error) { return p, row.Scan(&p.ID, &p.Title) }

// FindProduct finds a product, see engine.SupplyTx.
func (t *tx) FindProduct(ref string) (crm.Product, error) {
	p, err := first(t.session, selectProduct, []any{t.workspace, ref}, readProduct)
	if there, err := found(err); there || err != nil {
		return p, err
	}
	return first(t.session, selectProductByTitle, []any{t.workspace, ref}, readProduct)
}

// FindForm finds a form, see engine.SupplyTx.
func (t *tx) FindForm(ref string) (crm.Form, error) {
	f, err := t.Form(ref)
	if there, err := found(err); there || err != nil {
		return f, err
	}
	var rows []formRow
	err = t.orm().Where("workspace_id = ? AND title = ? AND deleted_at = 0", t.workspace, ref).Order("id").Limit(1).Find(&rows).Error
	if err == nil && len(rows) == 0 {
		err = errNotFound
	}
	if err != nil {
		return f, translate(err)
	}
	return rows[0].form()
}

// HasConnection reports whether there is a connection, see engine.SupplyTx.
func (t *tx) HasConnection(id string) error {
	_, err := first(t.session, hasConnection, []any{t.workspace, id}, func(row scanner) (n int, err error) { return n, row.Scan(&n) })
	return err
}

var hasConnection = q(`SELECT 1 FROM connections WHERE workspace_id = ? AND id = ? AND deleted_at = 0`)
