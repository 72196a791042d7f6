package event_test

import (
	"encoding/json"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes/nodetest"
)

// TestRepliesByWords finds whole words and phrases, and takes a blank line of the
// form for no wish.
func TestRepliesByWords(t *testing.T) {
	for _, c := range []struct {
		words []string
		text  string
		want  bool
	}{
		{nil, "anything", true},
		{[]string{" ", ""}, "anything", true},
		{[]string{"yes", " "}, "no", false},
		{[]string{"yes"}, "That was yesterday", false},
		{[]string{"Yes "}, "oh, YES!", true},
		{[]string{"yes"}, "'yes'", true},
		{[]string{"no", "stop"}, "Please stop.", true},
		{[]string{"sign me up"}, "Sign  me, up now", true},
		{[]string{"sign me"}, "Design me", false},
		{[]string{"don't"}, "I don\u2019t know", true},
		{[]string{"don"}, "I don't know", false},
		{[]string{"ja"}, "Jänner", false},
		{[]string{"1"}, "option 1", true},
		{[]string{"1"}, "11", false},
		{[]string{"\U0001F44D"}, "ok\U0001F44D", true},
	} {
		params, err := json.Marshal(map[string]any{"words": c.words})
		if err != nil {
			t.Fatal(err)
		}
		reply := crm.Event{Type: crm.ContactReplied, Data: map[string]any{"reply": map[string]any{"channel": "sms", "text": c.text}}}
		got, err := nodetest.New().Match("contact.replied", nodetest.Params(string(params)), reply)
		if err != nil || got != c.want {
			t.Errorf("%q in %q: %v, %v", c.words, c.text, got, err)
		}
	}
}
