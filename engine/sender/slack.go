package sender

import "net/http"

// Source: docs.slack.dev/authentication/verifying-requests-from-slack and
// docs.slack.dev/reference/events/url_verification.
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
	// A slash command and a click have no event_id, but a trigger_id of their own.
	Dedupe: "{{ first(trigger.body.event_id, trigger.body.trigger_id) }}", DedupeLabel: "The event's id, or the id of the command",
	// Interactive messages come as a form with one field.
	Unwrap:    "payload",
	Handshake: slackChallenge,
	// Slack prints what it is answered to a slash command, and takes only 200 for
	// a click.
	Answer: &Answer{Status: http.StatusOK},
	Labels: []Label{
		{"event.text", "Text of the message", ""},
		{"event.user", "Slack user id", ""},
		{"event.channel", "Channel id", ""},
		{"event.type", "What happened", ""},
		{"event.ts", "Time of the message", ""},
		{"text", "Text behind the command", ""},
		{"command", "Command", ""},
		{"user_name", "User name", RoleName},
		{"user_id", "Slack user id", ""},
		{"channel_name", "Channel", ""},
		{"response_url", "Address for a late answer", ""},
		{"team_id", "Slack workspace id", ""},
		{"event_id", "Event id", ""},
	},
	Samples: []Sample{
		{Event: "message", Label: "Message in a channel", ids: []string{"Ev08MFMKH6"}, Body: []byte(`{
  "token": "legacy-token-not-to-be-used",
  "team_id": "T123ABC456",
  "api_app_id": "A123ABC456",
  "event": {
    "type": "message",
    "channel": "C123ABC456",
    "user": "U123ABC456",
    "text": "Ada Lovelace <ada@example.com> asks for a demo",
    "ts": "1751465619.000100",
    "event_ts": "1751465619.000100",
    "channel_type": "channel"
  },
  "type": "event_callback",
  "event_id": "Ev08MFMKH6",
  "event_time": 1751465619
}
`)},
		{Event: "command", Label: "Slash command", ids: []string{"13345224609.738474920.8088930838d88f008e0"},
			Header: header("Content-Type", "application/x-www-form-urlencoded"),
			Body: []byte("token=legacy-token-not-to-be-used&team_id=T123ABC456&team_domain=example&channel_id=C123ABC456&channel_name=sales" +
				"&user_id=U123ABC456&user_name=ada&command=%2Flead&text=ada%40example.com&api_app_id=A123ABC456&is_enterprise_install=false" +
				"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2F1234%2F5678&trigger_id=13345224609.738474920.8088930838d88f008e0")},
		{Event: "url_verification", Label: "Check of the address", ids: []string{"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}, Body: []byte(`{
  "token": "legacy-token-not-to-be-used",
  "challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P",
  "type": "url_verification"
}
`)},
	},
})

// slackChallenge answers the check that Slack makes when the address is entered.
func slackChallenge(_ http.Header, body any) (Answer, bool) {
	challenge := textOf(under(body, "challenge"))
	if textOf(under(body, "type")) != "url_verification" || challenge == "" || len(challenge) > 1<<10 {
		return Answer{}, false
	}
	return Answer{ContentType: "text/plain; charset=utf-8", Body: []byte(challenge), Reason: "Slack checked the address and was told its challenge."}, true
}
