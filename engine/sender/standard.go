package sender

// Source: the specification at standardwebhooks.com, and docs.svix.com for the
// names of its headers.
var _ = register(Sender{
	Name: "standard", Label: "Standard Webhooks (Svix)", Rank: 10,
	Scheme: &Scheme{
		Name:            "standard",
		Header:          []string{"Webhook-Signature", "Svix-Signature"},
		Encoding:        Base64,
		Pattern:         "{id}.{timestamp}.{body}",
		Prefix:          "v1,",
		PublicPrefix:    "v1a,",
		Separator:       " ",
		TimestampHeader: []string{"Webhook-Timestamp", "Svix-Timestamp"},
		IDHeader:        []string{"Webhook-Id", "Svix-Id"},
		Standard:        true,
	},
	Secret: "The endpoint's signing secret at the sender (starts with whsec_ or whpk_).",
	Dedupe: `{{ first(trigger.headers["webhook-id"], trigger.headers["svix-id"]) }}`, DedupeLabel: "The message's id in the header webhook-id",
	Labels: []Label{
		{"type", "Event", ""},
		{"timestamp", "When it happened", ""},
		{"data.email", "E-mail", RoleEmail},
		{"data.name", "Name", RoleName},
	},
	Samples: []Sample{{
		Event: "contact.created", Label: "Event of any sender", ids: []string{"msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"},
		Header: header("Webhook-Id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"),
		Body: []byte(`{
  "type": "contact.created",
  "timestamp": "2026-01-10T10:30:00.000000Z",
  "data": { "id": "1f81eb52-5198-4599-803e-771906343485", "email": "ada@example.com", "name": "Ada Lovelace" }
}
`),
	}},
})
