package sender

var _ = register(Sender{
	Name: "slack", Label: "Slack", Rank: 10,
	Scheme: &Scheme{
		Name:            "slack",
		Header:          []string{"X-Slack-Signature"},
		Pattern:         "v0:{timestamp}:{body}",
		Prefix:          "v0=",
		TimestampHeader: []string{"X-Slack-Request-Timestamp"},
	},
	Secret: "api.slack.com: your app, Basic Information, Signing Secret.",
	Dedupe: "{{ trigger.body.event_id }}", DedupeLabel: "The event's id",
})
