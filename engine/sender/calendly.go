package sender

var _ = register(Sender{
	Name: "calendly", Label: "Calendly", Rank: 10,
	Scheme: &Scheme{
		Name:            "calendly",
		Header:          []string{"Calendly-Webhook-Signature"},
		Pattern:         "{timestamp}.{body}",
		Prefix:          "v1=",
		Separator:       ",",
		TimestampPrefix: "t=",
	},
	Secret: "The signing_key given when the webhook subscription was created.",
	// An invitee's uri is the same in invitee.created and invitee.canceled. Half a
	// key would swallow strangers, so it is both parts or none.
	Dedupe:      `{{ trigger.body.event == nil || trigger.body.payload.uri == nil ? "" : trigger.body.event + " " + trigger.body.payload.uri }}`,
	DedupeLabel: "The event with the invitee's address",
	Labels: []Label{
		{"payload.email", "Invitee e-mail", RoleEmail},
		{"payload.name", "Invitee name", RoleName},
		{"payload.scheduled_event.start_time", "Begins at", ""},
		{"event", "Event", ""},
	},
})
