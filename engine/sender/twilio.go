package sender

import (
	"net/http"
	"strings"
)

// Source: twilio.com/docs/usage/security (validating signatures),
// twilio.com/docs/messaging/guides/webhook-request and
// twilio.com/docs/voice/twiml#request-parameters.
var _ = register(Sender{
	Name: "twilio", Label: "Twilio", Rank: 10,
	Scheme: &Scheme{
		Name:     "twilio",
		Header:   []string{"X-Twilio-Signature"},
		Hash:     SHA1, // what Twilio offers; as a MAC it holds
		Encoding: Base64,
		Pattern:  "{url}{form}",
		AnyPort:  true,
	},
	Secret: "Twilio console: Account, API keys and tokens, Auth token. The address must be the one that Twilio calls, so set PUBLIC_URL.",
	// A message's status comes under the message's own id, once for each status.
	Dedupe: `{{ trigger.body.MessageSid != nil ? trigger.body.MessageSid + " " + (trigger.body.MessageStatus ?? trigger.body.SmsStatus ?? "") : ` +
		`trigger.body.CallSid != nil ? trigger.body.CallSid + " " + (trigger.body.CallStatus ?? "") : "" }}`,
	DedupeLabel: "The message's or call's SID with its status",
	// Anything but TwiML counts as a fault at Twilio.
	Answer: &Answer{Status: http.StatusOK, ContentType: "text/xml; charset=utf-8", Body: []byte(`<?xml version="1.0" encoding="UTF-8"?><Response></Response>`)},
	Reply:  twilioReply,
	Labels: []Label{
		{"From", "Sender's phone", RolePhone},
		{"Body", "Text of the message", ""},
		{"To", "Your number", ""},
		{"ProfileName", "WhatsApp name", RoleName},
		{"FromCity", "Sender's city", ""},
		{"FromCountry", "Sender's country", ""},
		{"NumMedia", "Number of pictures", ""},
		{"MediaUrl0", "First picture", ""},
		{"MessageStatus", "Status of the message", ""},
		{"CallStatus", "Status of the call", ""},
		{"CallDuration", "Length of the call in seconds", ""},
		{"MessageSid", "Message id", ""},
		{"CallSid", "Call id", ""},
	},
	Samples: []Sample{
		{Event: "message.received", Label: "Text message received", ids: []string{"SM1f0e8ae6ade43cb3c0ce4525424e404f"},
			Header: header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
			Body: []byte("ToCountry=GB&ToState=&SmsMessageSid=SM1f0e8ae6ade43cb3c0ce4525424e404f&NumMedia=0&ToCity=&FromZip=&SmsSid=SM1f0e8ae6ade43cb3c0ce4525424e404f" +
				"&FromState=&SmsStatus=received&FromCity=London&Body=Yes%2C+I+am+coming&FromCountry=GB&To=%2B442079460100&ToZip=&NumSegments=1" +
				"&MessageSid=SM1f0e8ae6ade43cb3c0ce4525424e404f&AccountSid=AC00000000000000000000000000000000&From=%2B442079460018&ApiVersion=2010-04-01")},
		{Event: "message.status", Label: "Status of a message sent", ids: []string{"SM2c0e8ae6ade43cb3c0ce4525424e404f"},
			Header: header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
			Body: []byte("SmsSid=SM2c0e8ae6ade43cb3c0ce4525424e404f&SmsStatus=delivered&MessageStatus=delivered&To=%2B442079460018" +
				"&MessageSid=SM2c0e8ae6ade43cb3c0ce4525424e404f&AccountSid=AC00000000000000000000000000000000&From=%2B442079460100&ApiVersion=2010-04-01")},
		{Event: "call.incoming", Label: "Incoming call", ids: []string{"CA1f0e8ae6ade43cb3c0ce4525424e404f"},
			Header: header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
			Body: []byte("AccountSid=AC00000000000000000000000000000000&ApiVersion=2010-04-01&CallSid=CA1f0e8ae6ade43cb3c0ce4525424e404f&CallStatus=ringing" +
				"&Called=%2B442079460100&Caller=%2B442079460018&Direction=inbound&From=%2B442079460018&FromCity=London&FromCountry=GB&To=%2B442079460100&ToCountry=GB")},
	},
})

// twilioReply reads an incoming message. Calls, and the status of messages that
// were sent, are none.
func twilioReply(body any) (Said, bool) {
	fields, _ := body.(map[string]any)
	text := func(name string) string {
		t, _ := fields[name].(string)
		return t
	}
	_, hasText := fields["Body"]
	if !hasText || text("From") == "" || text("CallSid") != "" || text("MessageStatus") != "" {
		return Said{}, false
	}
	if status := text("SmsStatus"); status != "" && status != "received" && status != "receiving" {
		return Said{}, false
	}
	said := Said{Channel: "sms", From: text("From"), To: text("To"), Text: text("Body"), ID: text("MessageSid")}
	if from, ok := strings.CutPrefix(said.From, "whatsapp:"); ok {
		said.Channel, said.From, said.To = "whatsapp", from, strings.TrimPrefix(said.To, "whatsapp:")
	}
	return said, true
}
