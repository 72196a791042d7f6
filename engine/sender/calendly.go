package sender

import (
	"cmp"
	"strconv"
	"strings"
)

// Source: developer.calendly.com (webhook signatures; webhook payload of an
// invitee).
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
		{"payload.first_name", "Invitee first name", RoleFirstName},
		{"payload.last_name", "Invitee last name", RoleLastName},
		{"payload.text_reminder_number", "Invitee phone", RolePhone},
		{"payload.scheduled_event.name", "Kind of meeting", ""},
		{"payload.scheduled_event.start_time", "Begins at", ""},
		{"payload.scheduled_event.end_time", "Ends at", ""},
		{"payload.scheduled_event.location.join_url", "Link to the meeting", ""},
		{"payload.timezone", "Invitee's time zone", ""},
		{"payload.cancel_url", "Link to cancel", ""},
		{"payload.reschedule_url", "Link to move it", ""},
		{"payload.rescheduled", "Was moved", ""},
		{"payload.cancellation.reason", "Why it was canceled", ""},
		{"payload.tracking.utm_source", "Source (utm_source)", ""},
		{"payload.tracking.utm_campaign", "Campaign (utm_campaign)", ""},
		{"event", "Event", ""},
	},
	Shape:   func(body any) any { return withAnswers(body, calendlyQuestions(body)) },
	Answers: func(body any) []Label { return answerLabels(body, calendlyQuestions(body)) },
	Samples: []Sample{
		calendlySample("Meeting booked", calendlyCall{sample: "invitee.created", invitee: "AAAAAAAAAAAAAAA1"}),
		calendlySample("Meeting canceled", calendlyCall{
			sample: "invitee.canceled", invitee: "AAAAAAAAAAAAAAA2",
			cancellation: `{ "canceled_by": "Ada Lovelace", "reason": "Schedule conflict", "canceler_type": "invitee", "created_at": "2026-01-11T09:00:00.000000Z" }`,
		}),
		// Who moves a meeting makes Calendly send both of these: the call that was
		// booked above is canceled, and another one is booked.
		calendlySample("Meeting moved: the new one", calendlyCall{sample: "invitee.created:moved", invitee: "AAAAAAAAAAAAAAA3", before: "AAAAAAAAAAAAAAA1", day: "20"}),
		calendlySample("Meeting moved: the old one", calendlyCall{
			sample: "invitee.canceled:moved", invitee: "AAAAAAAAAAAAAAA1", after: "AAAAAAAAAAAAAAA3",
			cancellation: `{ "canceled_by": "Ada Lovelace", "reason": null, "canceler_type": "invitee", "created_at": "2026-01-11T09:00:00.000000Z" }`,
		}),
	},
})

// calendlyQuestions are the answers by the words of their questions, which is all
// that Calendly says of them.
func calendlyQuestions(body any) []question {
	var list []question
	for _, given := range listOf(under(under(body, "payload"), "questions_and_answers")) {
		words := textOf(under(given, "question"))
		if words == "" {
			continue
		}
		list = append(list, question{key: keyOf(words), title: words, role: roleOfQuestion(words), value: under(given, "answer")})
	}
	return unique(list)
}

// calendlyCall is what one of Calendly's messages tells.
type calendlyCall struct {
	// sample is the Event of its Sample.
	sample string
	// invitee is the id of who comes; before and after are those of the same
	// person's call before and after it was moved, "" for a call that was not.
	invitee, before, after string
	// day of the call in January; "" is the 15th.
	day string
	// cancellation is JSON; "" for a call that stands.
	cancellation string
}

// calendlySample writes a message. Source of old_invitee, new_invitee and
// rescheduled: developer.calendly.com, "See how webhook payloads change when
// invitees reschedule events".
func calendlySample(label string, c calendlyCall) Sample {
	event, _, _ := strings.Cut(c.sample, ":")
	uri := func(id string) string {
		if id == "" {
			return "null"
		}
		return `"https://api.calendly.com/scheduled_events/CCCCCCCCCCCCCCCC/invitees/` + id + `"`
	}
	status := "active"
	if c.cancellation != "" {
		status = "canceled"
	}
	body := strings.NewReplacer(
		"$EVENT", event, "$URI", uri(c.invitee), "$OLD", uri(c.before), "$NEW", uri(c.after), "$ID", c.invitee,
		"$STATUS", status, "$MOVED", strconv.FormatBool(c.after != ""), "$CANCELLATION", cmp.Or(c.cancellation, "null"), "$DAY", cmp.Or(c.day, "15"),
	).Replace(calendlyInvitee)
	return Sample{Event: c.sample, Label: label, ids: []string{c.invitee}, Body: []byte(body)}
}

const calendlyInvitee = `{
  "event": "$EVENT",
  "created_at": "2026-01-10T10:30:00.000000Z",
  "created_by": "https://api.calendly.com/users/BBBBBBBBBBBBBBBB",
  "payload": {
    "uri": $URI,
    "email": "ada@example.com",
    "name": "Ada Lovelace",
    "first_name": null,
    "last_name": null,
    "text_reminder_number": "+44 20 7946 0018",
    "timezone": "Europe/London",
    "status": "$STATUS",
    "rescheduled": $MOVED,
    "old_invitee": $OLD,
    "new_invitee": $NEW,
    "cancellation": $CANCELLATION,
    "questions_and_answers": [
      { "question": "What would you like to talk about?", "answer": "Course A", "position": 0 },
      { "question": "What's your company?", "answer": "Analytical Engines", "position": 1 }
    ],
    "tracking": { "utm_campaign": "spring", "utm_source": "newsletter", "utm_medium": null, "utm_content": null, "utm_term": null, "salesforce_uuid": null },
    "cancel_url": "https://calendly.com/cancellations/$ID",
    "reschedule_url": "https://calendly.com/reschedulings/$ID",
    "scheduled_event": {
      "uri": "https://api.calendly.com/scheduled_events/CCCCCCCCCCCCCCCC",
      "name": "30 minute call",
      "status": "$STATUS",
      "start_time": "2026-01-$DAYT12:00:00.000000Z",
      "end_time": "2026-01-$DAYT12:30:00.000000Z",
      "event_type": "https://api.calendly.com/event_types/DDDDDDDDDDDDDDDD",
      "location": { "type": "zoom", "join_url": "https://zoom.example.com/j/1" }
    }
  }
}
`
