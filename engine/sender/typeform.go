package sender

import (
	"fmt"
	"strings"
)

var _ = register(Sender{
	Name: "typeform", Label: "Typeform", Rank: 2,
	Scheme: &Scheme{
		Name:     "typeform",
		Header:   []string{"Typeform-Signature"},
		Encoding: Base64,
		Prefix:   "sha256=",
	},
	Secret: "The secret that you enter at Typeform: Connect, Webhooks, your webhook, Edit, Secret.",
	Dedupe: "{{ trigger.body.event_id }}", DedupeLabel: "The event's id, which Typeform keeps when it sends an event again",
	Labels: []Label{
		{"form_response.hidden.email", "Hidden field e-mail", RoleEmail},
		{"form_response.hidden.name", "Hidden field name", RoleName},
		{"form_response.calculated.score", "Score", ""},
		{"form_response.definition.title", "Name of the form", ""},
		{"form_response.form_id", "Form id", ""},
		{"form_response.submitted_at", "Submitted at", ""},
		{"form_response.landed_at", "Opened at", ""},
		{"form_response.token", "Response id", ""},
		{"event_type", "Event", ""},
		{"event_id", "Event id", ""},
	},
	Answers: typeformAnswers,
	Samples: []Sample{{
		Event: "form_response", Label: "Form submitted", ids: []string{"LtWXD3crgy", "a3a12ec67a1365927098a606107fac15"},
		Body: []byte(`{
  "event_id": "LtWXD3crgy",
  "event_type": "form_response",
  "form_response": {
    "form_id": "lT4Z3j",
    "token": "a3a12ec67a1365927098a606107fac15",
    "landed_at": "2026-01-18T18:07:02Z",
    "submitted_at": "2026-01-18T18:17:02Z",
    "hidden": { "utm_source": "newsletter" },
    "calculated": { "score": 9 },
    "definition": {
      "id": "lT4Z3j",
      "title": "Join the waiting list",
      "fields": [
        { "id": "DlXFaesGBpoF", "title": "Your name?", "type": "short_text", "ref": "name", "properties": {} },
        { "id": "SMEUb7VJz92Q", "title": "Your email?", "type": "email", "ref": "email", "properties": {} },
        { "id": "JwWggjAKtOkA", "title": "Your phone?", "type": "phone_number", "ref": "phone", "properties": {} },
        { "id": "KoJxDM3c6x8h", "title": "Which course?", "type": "multiple_choice", "ref": "course", "properties": {} },
        { "id": "PNe8ZKBK8C2Q", "title": "May we write to you?", "type": "yes_no", "ref": "consent", "properties": {} }
      ]
    },
    "answers": [
      { "type": "text", "text": "Ada Lovelace", "field": { "id": "DlXFaesGBpoF", "type": "short_text", "ref": "name" } },
      { "type": "email", "email": "ada@example.com", "field": { "id": "SMEUb7VJz92Q", "type": "email", "ref": "email" } },
      { "type": "phone_number", "phone_number": "+442079460018", "field": { "id": "JwWggjAKtOkA", "type": "phone_number", "ref": "phone" } },
      { "type": "choice", "choice": { "label": "Course A" }, "field": { "id": "KoJxDM3c6x8h", "type": "multiple_choice", "ref": "course" } },
      { "type": "boolean", "boolean": true, "field": { "id": "PNe8ZKBK8C2Q", "type": "yes_no", "ref": "consent" } }
    ]
  }
}
`),
	}},
})

// typeformAnswers labels each answer with its question: answers stand in the
// order in which they were given, so that only the body tells which is which.
func typeformAnswers(body any) []Label {
	response := under(body, "form_response")
	titles := map[string]string{}
	for _, f := range listOf(under(under(response, "definition"), "fields")) {
		titles[textOf(under(f, "id"))] = textOf(under(f, "title"))
	}
	var labels []Label
	for i, answer := range listOf(under(response, "answers")) {
		kind := textOf(under(answer, "type"))
		title := titles[textOf(under(under(answer, "field"), "id"))]
		if kind == "" || title == "" {
			continue
		}
		label := Label{Path: fmt.Sprintf("form_response.answers.%d.%s", i, kind), Text: title}
		switch kind {
		case "choice":
			label.Path += ".label"
		case "choices":
			label.Path += ".labels"
		case "email":
			label.Role = RoleEmail
		case "phone_number":
			label.Role = RolePhone
		case "text":
			label.Role = roleOfQuestion(title)
		}
		labels = append(labels, label)
	}
	return labels
}

// roleOfQuestion guesses which part of a name a question asks for.
func roleOfQuestion(title string) string {
	title = strings.ToLower(title)
	switch {
	case strings.Contains(title, "first name"):
		return RoleFirstName
	case strings.Contains(title, "last name"), strings.Contains(title, "surname"), strings.Contains(title, "family name"):
		return RoleLastName
	case strings.Contains(title, "name"):
		return RoleName
	}
	return ""
}

func under(v any, key string) any {
	object, _ := v.(map[string]any)
	return object[key]
}

func listOf(v any) []any {
	list, _ := v.([]any)
	return list
}

func textOf(v any) string {
	text, _ := v.(string)
	return text
}
