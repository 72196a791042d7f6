package event

import (
	"strings"
	"unicode"

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
	Words    []string `json:"words" label:"Only with one of these words" example:"yes" help:"Whole words: yes is not in yesterday. Upper and lower case are the same. Leave empty for every reply." no_map:"true"`
}

func contactReplied(p ContactRepliedParams, e crm.Event) bool {
	reply := object(e, "reply")
	if !anyText(p.Channels, textOf(reply["channel"])) {
		return false
	}
	return anyWord(p.Words, textOf(reply["text"]))
}

// anyWord reports whether a text holds one of the words, or of the phrases, as a
// whole and ignoring case. Blank ones are no wish, and no wish takes all.
func anyWord(wanted []string, text string) bool {
	text = strings.ToLower(text)
	spaced, wishes := plainWords(text), 0
	for _, want := range wanted {
		if want = strings.ToLower(strings.TrimSpace(want)); want == "" {
			continue
		}
		wishes++
		words := plainWords(want)
		// What has no letters, such as an emoji, is no word and stands anywhere.
		if words == "" && strings.Contains(text, want) || words != "" && strings.Contains(spaced, words) {
			return true
		}
	}
	return wishes == 0
}

// plainWords are the words of a text with one space around each; "" for none.
func plainWords(text string) string {
	text = strings.ReplaceAll(text, "\u2019", "'") // as phones write an apostrophe
	var b strings.Builder
	for _, word := range strings.FieldsFunc(text, func(r rune) bool {
		return r != '\'' && !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r)
	}) {
		if word = strings.Trim(word, "'"); word != "" && strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsMark(r) }) {
			b.WriteString(" " + word + " ")
		}
	}
	return b.String()
}
