package sender

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"unicode"
)

// answersKey is where a form sender's Shape puts the answers by question, so that
// a mapping survives a question that is added, moved or left out: a form's own
// body is a list in the order of the answers given.
const answersKey = "answers"

// maxAnswers bounds what one body can make us build; no form has more questions.
const maxAnswers = 1000

// question is what was said to one question.
type question struct {
	// key names it for good: the question's reference, or its words.
	key string
	// title is the question as people read it.
	title, role string
	value       any
	// more is a part of the value that is worth a pill of its own.
	more []Label
}

// withAnswers is a copy of a body with its answers beside it. A body that has
// them already, or none, stays as it is.
func withAnswers(body any, list []question) any {
	object, ok := body.(map[string]any)
	if _, shaped := object[answersKey]; !ok || shaped || len(list) == 0 {
		return body
	}
	answers := make(map[string]any, len(list))
	for _, a := range list {
		answers[a.key] = a.value
	}
	object = maps.Clone(object)
	object[answersKey] = answers
	return object
}

// answerLabels name the answers of a shaped body.
func answerLabels(body any, list []question) []Label {
	answers, _ := under(body, answersKey).(map[string]any)
	var labels []Label
	for _, a := range list {
		if _, there := answers[a.key]; !there {
			continue
		}
		for _, part := range a.more {
			labels = append(labels, Label{answersKey + "." + a.key + "." + part.Path, a.title + ": " + part.Text, part.Role})
		}
		labels = append(labels, Label{answersKey + "." + a.key, a.title, a.role})
	}
	return labels
}

// unique makes the keys of answers differ, in the order of the questions.
func unique(list []question) []question {
	if len(list) > maxAnswers {
		list = list[:maxAnswers]
	}
	taken := map[string]bool{}
	for i := range list {
		key := list[i].key
		for n := 2; taken[list[i].key]; n++ {
			list[i].key = key + "_" + strconv.Itoa(n)
		}
		taken[list[i].key] = true
	}
	return list
}

// keyOf makes a key that a mapping can name of a reference or of a question's
// words: lower-case letters, digits and underscores, at most 60 of them.
func keyOf(text string) string {
	var b strings.Builder
	gap := false
	for _, c := range text {
		if c == '\'' || c == '’' {
			continue
		}
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) {
			gap = b.Len() > 0
			continue
		}
		if b.Len() >= 60 {
			break
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(unicode.ToLower(c))
	}
	key := b.String()
	if key == "" {
		return "question"
	}
	if key[0] >= '0' && key[0] <= '9' {
		return "q_" + key
	}
	return key
}

// plainKey reports whether a question's reference can be a key as it stands.
func plainKey(ref string) bool {
	if ref == "" || len(ref) > 100 || ref[0] >= '0' && ref[0] <= '9' {
		return false
	}
	return strings.Trim(ref, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// roleOfQuestion guesses which part of a person a question asks for.
func roleOfQuestion(title string) string {
	title = strings.ToLower(title)
	switch {
	case strings.Contains(title, "email"), strings.Contains(title, "e-mail"):
		return RoleEmail
	case strings.Contains(title, "phone"), strings.Contains(title, "mobile"):
		return RolePhone
	case strings.Contains(title, "first name"):
		return RoleFirstName
	case strings.Contains(title, "last name"), strings.Contains(title, "surname"), strings.Contains(title, "family name"):
		return RoleLastName
	case strings.Contains(title, "company"), strings.Contains(title, "user name"), strings.Contains(title, "username"):
		return ""
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

// idText writes an id that came as text or as a number.
func idText(v any) string {
	switch v.(type) {
	case nil, map[string]any, []any, bool:
		return ""
	}
	return fmt.Sprint(v)
}
