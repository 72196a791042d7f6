package sender

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Jotform does not sign: the address is the secret. It posts multipart with the
// answers as JSON in the field rawRequest.
//
// Source: jotform.com/help/245-how-to-setup-a-webhook-with-jotform and
// api.jotform.com/docs.
var _ = register(Sender{
	Name: "jotform", Label: "Jotform", Rank: 10,
	Dedupe: "{{ trigger.body.submissionID }}", DedupeLabel: "The submission's id",
	Labels: []Label{
		{"formTitle", "Name of the form", ""},
		{"formID", "Form id", ""},
		{"submissionID", "Submission id", ""},
		{"ip", "Address of the computer", ""},
		{"pretty", "All answers as text", ""},
		{"username", "Jotform account", ""},
	},
	Shape:   func(body any) any { return withAnswers(body, jotformQuestions(body)) },
	Answers: func(body any) []Label { return answerLabels(body, jotformQuestions(body)) },
	Samples: []Sample{{
		Event: "submission", Label: "Form submitted", ids: []string{"5712345678901234567"},
		Header: header("Content-Type", "multipart/form-data; boundary=------------------------1a2b3c4d5e6f"),
		Body: multipart("------------------------1a2b3c4d5e6f",
			"action", "", "webhookURL", "https://example.com/hooks", "username", "ada", "formID", "241234567890123", "type", "WEB",
			"formTitle", "Join the waiting list", "submissionID", "5712345678901234567", "ip", "203.0.113.7",
			"pretty", "Name:Ada Lovelace, E-mail:ada@example.com, Phone Number:(020) 79460018, Which course?:Course A",
			"rawRequest", `{"slug":"submit\/241234567890123","submitDate":"1768041000000","uploadServerUrl":"https:\/\/upload.jotform.com\/upload","eventObserver":"1",`+
				`"q3_name":{"first":"Ada","last":"Lovelace"},"q4_email":"ada@example.com","q5_phoneNumber":{"full":"(020) 79460018"},"q6_whichCourse":"Course A",`+
				`"q7_interests":["Algebra","Music"],"event_id":"1768041000000_241234567890123_Xy12","path":"\/submit\/241234567890123"}`),
	}},
})

// jotformField is a question in rawRequest: its number, which never changes, and
// the unique name that Jotform makes of its words.
var jotformField = regexp.MustCompile(`^q([0-9]{1,9})_([A-Za-z0-9_]{1,100})$`)

// jotformQuestions are the answers by the unique names of their questions, in the
// order of their numbers. Of two equal names the later gets its number too.
func jotformQuestions(body any) []question {
	raw, _ := under(body, "rawRequest").(map[string]any)
	type numbered struct {
		number int
		question
	}
	var found []numbered
	for field, value := range raw {
		match := jotformField.FindStringSubmatch(field)
		if match == nil {
			continue
		}
		number, _ := strconv.Atoi(match[1]) // nine digits at most
		name := match[2]
		if !plainKey(name) {
			name = "q_" + name
		}
		title := spoken(match[2])
		a := question{key: name, title: title, role: roleOfQuestion(title), value: value}
		a.more, a.value = jotformParts(title, value)
		if len(a.more) > 0 {
			a.role = ""
		}
		found = append(found, numbered{number, a})
	}
	slices.SortFunc(found, func(a, b numbered) int {
		return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.key, b.key))
	})
	list := make([]question, len(found))
	for i, f := range found {
		list[i] = f.question
	}
	return unique(list)
}

// jotformParts names the parts of an answer that has some. A phone number in one
// part is the number itself.
func jotformParts(title string, value any) ([]Label, any) {
	parts, ok := value.(map[string]any)
	if !ok {
		return nil, value
	}
	if full, ok := parts["full"]; ok && len(parts) == 1 {
		return nil, full
	}
	if parts["first"] != nil && parts["last"] != nil && roleOfQuestion(title) == RoleName {
		return []Label{{"first", "first name", RoleFirstName}, {"last", "last name", RoleLastName}}, value
	}
	return nil, value
}

// spoken makes words of a name such as phoneNumber.
func spoken(name string) string {
	var b strings.Builder
	for i, c := range name {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(c))
		case c == '_':
			b.WriteByte(' ')
		case unicode.IsUpper(c):
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(c))
		default:
			b.WriteRune(c)
		}
	}
	return b.String()
}

// multipart writes the fields of a form, names and values in turn.
func multipart(boundary string, pairs ...string) []byte {
	var b strings.Builder
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteString("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + pairs[i] + "\"\r\n\r\n" + pairs[i+1] + "\r\n")
	}
	b.WriteString("--" + boundary + "--\r\n")
	return []byte(b.String())
}
