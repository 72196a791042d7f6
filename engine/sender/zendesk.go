package sender

// Source: developer.zendesk.com, "Verifying webhook authenticity", "Anatomy of a
// webhook request" and "Ticket events". Of the requester an event holds only the
// id: name and e-mail are to be asked for over the API.
var _ = register(Sender{
	Name: "zendesk", Label: "Zendesk", Rank: 10,
	Scheme: &Scheme{
		Name:            "zendesk",
		Header:          []string{"X-Zendesk-Webhook-Signature"},
		Encoding:        Base64,
		Pattern:         "{timestamp}{body}",
		TimestampHeader: []string{"X-Zendesk-Webhook-Signature-Timestamp"},
		TimeFormat:      RFC3339,
		IDHeader:        []string{"X-Zendesk-Webhook-Invocation-Id"},
	},
	Secret: "Zendesk Admin Center: Apps and integrations, Webhooks, your webhook, Reveal secret.",
	// An event's own id is signed; a webhook of a trigger has only the unsigned id
	// of its invocation.
	Dedupe: `{{ first(trigger.body.id, trigger.headers["x-zendesk-webhook-invocation-id"]) }}`, DedupeLabel: "The event's id, or the id of the call in the header X-Zendesk-Webhook-Invocation-Id",
	Headers: []string{"x-zendesk-webhook-id"},
	Labels: []Label{
		{"detail.subject", "Subject of the ticket", ""},
		{"detail.description", "First message", ""},
		{"detail.status", "Status of the ticket", ""},
		{"detail.priority", "Priority", ""},
		{"detail.id", "Ticket number", ""},
		{"detail.requester_id", "Requester's Zendesk id", ""},
		{"detail.via.channel", "How the ticket came", ""},
		{"detail.tags", "Tags", ""},
		{"type", "What happened", ""},
		{"subject", "What it happened to", ""},
		{"time", "When it happened", ""},
		{"id", "Event id", ""},
	},
	Samples: []Sample{
		{Event: "ticket.created", Label: "Ticket created", ids: []string{"2b24ef10-19ae-4b02-9db3-5e2b2ba8b2c5", "01HC62X8Q5Y4Q9WZ1VJZ3T7K4M"},
			Header: header("X-Zendesk-Account-Id", "123456", "X-Zendesk-Webhook-Id", "01F1KRFQ6BG29CNWFR60NK5FNY", "X-Zendesk-Webhook-Invocation-Id", "01HC62X8Q5Y4Q9WZ1VJZ3T7K4M"),
			Body: []byte(`{
  "account_id": 123456,
  "detail": {
    "actor_id": "8447388090494",
    "assignee_id": null,
    "brand_id": "8447346621310",
    "created_at": "2026-01-10T10:30:00Z",
    "custom_status": "8447320465790",
    "description": "The receipt for course A is missing.",
    "group_id": "8447320466430",
    "id": "5158",
    "is_public": true,
    "priority": "HIGH",
    "requester_id": "8447388090494",
    "status": "OPEN",
    "subject": "Where is my receipt?",
    "tags": ["receipt", "course-a"],
    "type": "QUESTION",
    "updated_at": "2026-01-10T10:30:00Z",
    "via": { "channel": "email" }
  },
  "event": {},
  "id": "2b24ef10-19ae-4b02-9db3-5e2b2ba8b2c5",
  "subject": "zen:ticket:5158",
  "time": "2026-01-10T10:30:00.000000000Z",
  "type": "zen:event-type:ticket.created",
  "zendesk_event_version": "2022-11-06"
}
`)},
		{Event: "ticket.status_changed", Label: "Status of a ticket changed", ids: []string{"8d6e9b4c-73f0-4b58-9a2e-3f6c3f1f6f0e", "01HC63A1N8R2C6GQ5M7B9E4D3K"},
			Header: header("X-Zendesk-Account-Id", "123456", "X-Zendesk-Webhook-Id", "01F1KRFQ6BG29CNWFR60NK5FNY", "X-Zendesk-Webhook-Invocation-Id", "01HC63A1N8R2C6GQ5M7B9E4D3K"),
			Body: []byte(`{
  "account_id": 123456,
  "detail": {
    "actor_id": "8447388090494",
    "id": "5158",
    "priority": "HIGH",
    "requester_id": "8447388090494",
    "status": "SOLVED",
    "subject": "Where is my receipt?",
    "tags": ["receipt", "course-a"],
    "updated_at": "2026-01-10T11:00:00Z"
  },
  "event": { "current": "SOLVED", "previous": "OPEN" },
  "id": "8d6e9b4c-73f0-4b58-9a2e-3f6c3f1f6f0e",
  "subject": "zen:ticket:5158",
  "time": "2026-01-10T11:00:00.000000000Z",
  "type": "zen:event-type:ticket.status_changed",
  "zendesk_event_version": "2022-11-06"
}
`)},
	},
})
