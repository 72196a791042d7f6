package engine

import (
	"context"
	"maps"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/value"
)

// mappingContext carries what functions need to know: the clock, the zone, the
// country of phone numbers.
func (j *journey) mappingContext(ctx context.Context) context.Context {
	return mapping.WithOptions(ctx, mapping.Options{
		Now: j.e.now, Zone: j.local(), Country: j.ws.DefaultCountry, Locale: j.ws.Locale,
	})
}

// mappingScope is what mappings see now. Only roots that the definition names
// are filled in.
func (j *journey) mappingScope(ctx context.Context) (mapping.Scope, error) {
	if j.scope == nil {
		j.scope = map[string]any{
			"trigger": j.trigger,
			"steps":   j.outputs,
			"run": map[string]any{
				"id": j.run.ID, "mode": string(j.run.Mode), "workflow_id": j.run.WorkflowID, "version": j.run.Version,
			},
			"workspace": workspaceScope(j.ws),
		}
		j.scope["location"] = j.scope["workspace"]
		if j.prog.roots["inboundWebhookRequest"] {
			j.scope["inboundWebhookRequest"] = bodyOverQuery(j.trigger)
		}
	}
	if j.prog.roots["custom_values"] {
		values, err := j.e.store.CustomValues(ctx, j.run.Workspace)
		if err != nil {
			return nil, err
		}
		j.scope["custom_values"] = values
	}
	if j.prog.roots["contact"] {
		seen, err := j.contactScope(ctx)
		if err != nil {
			return nil, err
		}
		j.scope["contact"] = seen
	}
	j.scope["loop"] = j.loopScope()
	return j.scope, nil
}

func workspaceScope(ws crm.Workspace) map[string]any {
	return map[string]any{
		"id": ws.ID, "name": ws.Name, "slug": ws.Slug, "timezone": ws.Timezone, "locale": ws.Locale,
		"currency": ws.Currency, "default_country": ws.DefaultCountry,
	}
}

// bodyOverQuery is HighLevel's inboundWebhookRequest: the body's fields, and
// behind them the query's.
func bodyOverQuery(trigger map[string]any) map[string]any {
	seen := map[string]any{}
	for _, part := range []string{"query", "body"} {
		if fields, ok := trigger[part].(map[string]any); ok {
			maps.Copy(seen, fields)
		}
	}
	return seen
}

func (j *journey) contactScope(ctx context.Context) (any, error) {
	if j.contact == nil {
		return nil, nil
	}
	offers, err := j.e.store.ContactOffers(ctx, j.run.Workspace, j.contact.ID)
	if err != nil {
		return nil, err
	}
	return ContactScope(*j.contact, offers), nil
}

// ContactScope is a contact as mappings see it: its fields, its own fields by
// key, its offers, and HighLevel's names for the same things.
func ContactScope(c crm.Contact, offers []crm.Offer) map[string]any {
	seen, _ := value.Normalize(c).(map[string]any)
	access := make([]any, len(offers))
	for i, o := range offers {
		access[i] = map[string]any{"id": o.ID, "title": o.Title}
	}
	seen["offers"] = access
	maps.Copy(seen, map[string]any{
		"full_name": c.Name, "phone_raw": c.Phone, "company_name": c.Company, "address1": c.Address.Line1,
		"city": c.Address.City, "state": c.Address.State, "postal_code": c.Address.PostalCode, "country": c.Address.Country,
	})
	for key, v := range c.Fields {
		if _, taken := seen[key]; !taken {
			seen[key] = v
		}
	}
	return seen
}
