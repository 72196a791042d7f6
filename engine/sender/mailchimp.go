package sender

import "net/http"

// Mailchimp does not sign: the address is the secret.
//
// Source: mailchimp.com/developer/marketing/guides/sync-audience-data-webhooks.
var _ = register(Sender{
	Name: "mailchimp", Label: "Mailchimp", Rank: 10,
	// Mailchimp calls with GET before it lets the address be saved.
	Probe:  []string{http.MethodGet, http.MethodHead},
	Answer: &Answer{Status: http.StatusOK},
	// There is no id of the event. All parts or none: half a key would swallow
	// strangers.
	Dedupe: `{{ trigger.body.type == nil || trigger.body.fired_at == nil || first(trigger.body.data.id, trigger.body.data.new_id, trigger.body.data.email) == nil ? "" : ` +
		`trigger.body.type + " " + trigger.body.fired_at + " " + (trigger.body.data.list_id ?? "") + " " + first(trigger.body.data.id, trigger.body.data.new_id, trigger.body.data.email) }}`,
	DedupeLabel: "The event with its time, audience and subscriber",
	Labels: []Label{
		{"data.email", "Subscriber's e-mail", RoleEmail},
		{"data.new_email", "New e-mail", RoleEmail},
		{"data.old_email", "Old e-mail", ""},
		{"data.merges.FNAME", "First name", RoleFirstName},
		{"data.merges.LNAME", "Last name", RoleLastName},
		{"data.merges.PHONE", "Phone", RolePhone},
		{"data.merges.INTERESTS", "Interests", ""},
		{"data.reason", "Reason", ""},
		{"data.action", "What was done", ""},
		{"data.list_id", "Audience id", ""},
		{"data.id", "Subscriber id", ""},
		{"type", "What happened", ""},
		{"fired_at", "When it happened (UTC)", ""},
	},
	Samples: []Sample{
		{Event: "subscribe", Label: "Subscribed", ids: []string{"8a25ff1d98"}, Header: header("Content-Type", "application/x-www-form-urlencoded"),
			Body: []byte("type=subscribe&fired_at=2026-01-10+10%3A30%3A00&data%5Bid%5D=8a25ff1d98&data%5Blist_id%5D=a6b5da1054&data%5Bemail%5D=ada%40example.com" +
				"&data%5Bemail_type%5D=html&data%5Bip_opt%5D=203.0.113.7&data%5Bip_signup%5D=203.0.113.7&data%5Bmerges%5D%5BEMAIL%5D=ada%40example.com" +
				"&data%5Bmerges%5D%5BFNAME%5D=Ada&data%5Bmerges%5D%5BLNAME%5D=Lovelace&data%5Bmerges%5D%5BPHONE%5D=%2B442079460018&data%5Bmerges%5D%5BINTERESTS%5D=Course+A%2CCourse+B")},
		{Event: "unsubscribe", Label: "Unsubscribed", ids: []string{"8a25ff1d99"}, Header: header("Content-Type", "application/x-www-form-urlencoded"),
			Body: []byte("type=unsubscribe&fired_at=2026-01-11+10%3A30%3A00&data%5Baction%5D=unsub&data%5Breason%5D=manual&data%5Bid%5D=8a25ff1d99&data%5Blist_id%5D=a6b5da1054" +
				"&data%5Bemail%5D=ada%40example.com&data%5Bemail_type%5D=html&data%5Bip_opt%5D=203.0.113.7&data%5Bcampaign_id%5D=cb398d21d2" +
				"&data%5Bmerges%5D%5BEMAIL%5D=ada%40example.com&data%5Bmerges%5D%5BFNAME%5D=Ada&data%5Bmerges%5D%5BLNAME%5D=Lovelace")},
	},
})
