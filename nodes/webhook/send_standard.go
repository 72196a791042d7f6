package webhook

// expand writes the standard data out as mappings, so that it is checked,
// shown, stored and repeated like a body that somebody mapped: a contact that
// changes between two attempts changes nothing of what is sent.
func expand(params map[string]any) map[string]any {
	if params["body_type"] != "standard" {
		return params
	}
	custom := params["custom_data"]
	if custom == nil {
		custom = map[string]any{}
	}
	params["body"] = map[string]any{
		"contact":     "{{ contact | as_null() }}",
		"workspace":   "{{ workspace }}",
		"location":    "{{ workspace }}",
		"trigger":     standardTrigger(),
		"custom_data": custom,
	}
	return params
}

// triggerObjects are what triggers know. Those of an event are its objects, so
// that the order of a sale is there only if a sale started the run.
var triggerObjects = []string{
	"event", "occurred_at", "received_at", "changed", "tag", "offer", "offers", "grant", "purchase", "payment", "payments", "order",
	"refund", "subscription", "form", "submission", "course", "reply", "query", "body",
}

// standardTrigger shows what started the run: for an event its objects, for a
// request its data without headers and addresses.
func standardTrigger() map[string]any {
	shown := map[string]any{"id": "{{ trigger.id }}", "type": "{{ trigger.type }}"}
	for _, name := range triggerObjects {
		shown[name] = "{{ trigger." + name + " | omit() }}"
	}
	return shown
}
