package sender

import "fmt"

// Source: typeform.com/developers/webhooks (secure your webhooks; example
// payload).
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
	Answers: typeformLabels,
	Shape:   typeformShape,
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

// typeformShape puts the answers beside the list, by the question's reference.
func typeformShape(body any) any { return withAnswers(body, typeformQuestions(body)) }

// typeformLabels are the questions' own words; a body that was not shaped, as it
// comes to a trigger that checks no sender, is labelled by place.
func typeformLabels(body any) []Label {
	if under(body, answersKey) != nil {
		return answerLabels(body, typeformQuestions(body))
	}
	var labels []Label
	for i, given := range listOf(under(under(body, "form_response"), "answers")) {
		a, ok := typeformAnswer(typeformTitles(body), given)
		if !ok {
			continue
		}
		kind := textOf(under(given, "type"))
		path := fmt.Sprintf("form_response.answers.%d.%s", i, kind)
		switch kind {
		case "choice":
			path += ".label"
		case "choices":
			path += ".labels"
		}
		labels = append(labels, Label{path, a.title, a.role})
	}
	return labels
}

// typeformQuestions lists the answers in the order in which they were given.
func typeformQuestions(body any) []question {
	titles := typeformTitles(body)
	var list []question
	for _, given := range listOf(under(under(body, "form_response"), "answers")) {
		if a, ok := typeformAnswer(titles, given); ok {
			list = append(list, a)
		}
	}
	return unique(list)
}

// typeformTitles are the questions by the ids of their fields.
func typeformTitles(body any) map[string]string {
	titles := map[string]string{}
	for _, f := range listOf(under(under(under(body, "form_response"), "definition"), "fields")) {
		titles[textOf(under(f, "id"))] = textOf(under(f, "title"))
	}
	return titles
}

// typeformAnswer reads one answer. Its key is the reference that the form's
// author gave the question; Typeform's own, random ones are as stable.
func typeformAnswer(titles map[string]string, given any) (question, bool) {
	kind, field := textOf(under(given, "type")), under(given, "field")
	id, ref := textOf(under(field, "id")), textOf(under(field, "ref"))
	a := question{key: ref, title: titles[id], value: under(given, kind)}
	if kind == "" || id+ref == "" || a.value == nil {
		return a, false
	}
	if a.title == "" {
		a.title = ref
	}
	if !plainKey(a.key) {
		a.key = keyOf(ref)
	}
	if ref == "" {
		a.key = keyOf(id)
	}
	switch kind {
	case "choice":
		a.value = firstOf(under(a.value, "label"), under(a.value, "other"))
	case "choices":
		labels := append([]any(nil), listOf(under(a.value, "labels"))...)
		if other := under(a.value, "other"); other != nil {
			labels = append(labels, other)
		}
		a.value = labels
	case "email":
		a.role = RoleEmail
	case "phone_number":
		a.role = RolePhone
	case "text":
		if role := roleOfQuestion(a.title); role != RoleEmail && role != RolePhone {
			a.role = role
		}
	}
	return a, true
}

func firstOf(values ...any) any {
	for _, v := range values {
		if v != nil {
			return v
		}
	}
	return nil
}
