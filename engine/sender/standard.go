package sender

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
})
