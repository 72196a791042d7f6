package event

import (
	"strings"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

func init() {
	nodes.Register(nodes.EventTrigger[ContactRepliedParams]{Meta: nodes.Meta{
		Type: "contact.replied", Version: 1, Name: "Contact replied", Group: group, Icon: "message-reply",
		Summary: "Start when a contact answers, by text message or over the API.",
		Card:    "{channels} {words}", Contact: nodes.ContactProvides,
		Sample: sample(crm.ContactReplied, map[string]any{"reply": map[string]any{
			"channel": "sms", "text": "Yes, I am coming", "from": "+14155552671", "to": "+442079460100", "external_id": "SM1f0e",
		}}),
	}, Event: crm.ContactReplied, Match: contactReplied})
}

// ContactRepliedParams narrow down which replies start a run.
type ContactRepliedParams struct {
	Channels []string `json:"channels" label:"Only over these channels" example:"sms" help:"sms, whatsapp, email, or what the API calls it. Leave empty for all." no_map:"true"`
	Words    []string `json:"words" label:"Only with one of these words" example:"yes" help:"Upper and lower case are the same. Leave empty for every reply." no_map:"true"`
}

func contactReplied(p ContactRepliedParams, e crm.Event) bool {
	reply := object(e, "reply")
	if !anyText(p.Channels, textOf(reply["channel"])) {
		return false
	}
	text := strings.ToLower(textOf(reply["text"]))
	for _, word := range p.Words {
		if strings.Contains(text, strings.ToLower(strings.TrimSpace(word))) {
			return true
		}
	}
	return len(p.Words) == 0
}
