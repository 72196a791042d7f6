package editor

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
	"github.com/hookloom/hookloom/engine/sender"
	"github.com/hookloom/hookloom/engine/value"
)

// SuggestInput asks what to fill a step's form with.
type SuggestInput struct {
	Choice
	Type string `query:"type" default:"contact.upsert" maxLength:"100" doc:"Node type whose form is to be filled in"`
}

// Suggestions are proposals that a person confirms; nothing is stored.
type Suggestions struct {
	Trigger string       `json:"trigger"`
	Sender  string       `json:"sender,omitempty"`
	Sample  SampleView   `json:"sample"`
	Items   []Suggestion `json:"items" nullable:"false" doc:"In the order of the form's fields; fields that nothing fits are left out"`
}

// Suggestion is a proposal for one field.
type Suggestion struct {
	Field    string `json:"field" example:"email"`
	Template string `json:"template" example:"{{ trigger.body.data.object.customer_details.email }}"`
	Label    string `json:"label" example:"Customer e-mail"`
	Value    string `json:"sample" example:"ada@example.com"`
	By       string `json:"by" enum:"sender,name,value" doc:"sender: it says what this is; name: the name looks like it; value: the value does"`
}

// role is a field that can be guessed, with the names that it goes by, squeezed
// to lower-case letters; the likeliest first.
type role struct {
	field string
	names []string
	fits  func(text string) bool
}

var phoneLike = regexp.MustCompile(`^\+?[0-9 ()./-]{6,25}$`)

var roles = []role{
	{"email", []string{"email", "emailaddress", "customeremail", "contactemail", "useremail", "buyeremail", "payeremail", "mail", "youremail"}, isEmail},
	{"first_name", []string{"firstname", "givenname", "forename", "fname", "first"}, isName},
	{"last_name", []string{"lastname", "familyname", "surname", "lname", "last"}, isName},
	{"name", []string{"fullname", "customername", "contactname", "buyername", "username", "name", "yourname"}, isName},
	{"phone", []string{"phone", "phonenumber", "mobile", "mobilephone", "telephone", "tel", "cell", "customerphone", "whatsapp"}, phoneLike.MatchString},
	{"company", []string{"company", "companyname", "organisation", "organization", "businessname"}, isWords},
	{"external_user_id", []string{"externaluserid", "externalid", "userid", "memberid", "customerid"}, isWords},
}

func isEmail(text string) bool {
	_, ok := crm.NormalizeEmail(text)
	return ok && strings.Contains(text, "@")
}

func isName(text string) bool {
	return isWords(text) && strings.ContainsFunc(text, unicode.IsLetter) && !strings.ContainsAny(text, "#@/")
}

func isWords(text string) bool { return len(text) <= 200 && !strings.Contains(text, "\n") }

// Suggest finds values of the sample for the fields of a form: by the sender's
// words, then by names, then, for e-mail addresses, by how the values look.
func (e *Editor) Suggest(ctx context.Context, ws, workflowID string, in SuggestInput) (Suggestions, error) {
	s, err := e.setting(ctx, ws, workflowID, "", PayloadChoice{Choice: in.Choice}, Sees{})
	if err != nil {
		return Suggestions{}, err
	}
	out := Suggestions{Sample: s.sample, Items: []Suggestion{}}
	if s.trigger != nil {
		out.Trigger = s.trigger.ID
	}
	if s.sender != nil {
		out.Sender = s.sender.Name
	}
	t := e.Registry.Lookup(in.Type)
	if t == nil {
		return out, nil
	}
	trigger, _ := s.scope["trigger"].(map[string]any)
	found := candidates(trigger)
	labels := s.sender.LabelsOf(trigger["body"])
	for _, f := range t.Fields {
		i := slices.IndexFunc(roles, func(r role) bool { return r.field == f.Key })
		if i < 0 {
			continue
		}
		if one, ok := roles[i].suggest(trigger["body"], labels, found); ok {
			out.Items = append(out.Items, one)
		}
	}
	out.Items = withoutDoubledName(out.Items)
	return out, nil
}

// withoutDoubledName leaves the whole name out where both its parts are found.
func withoutDoubledName(items []Suggestion) []Suggestion {
	has := func(field string) bool {
		return slices.ContainsFunc(items, func(s Suggestion) bool { return s.Field == field })
	}
	if has("first_name") && has("last_name") {
		return slices.DeleteFunc(items, func(s Suggestion) bool { return s.Field == "name" })
	}
	return items
}

func (r role) suggest(body any, labels []sender.Label, found []candidate) (Suggestion, bool) {
	for _, l := range labels {
		if v, ok := sender.Find(body, l.Path); ok && l.Role == r.field && !value.Empty(v) {
			path := append([]string{"trigger", "body"}, strings.Split(l.Path, ".")...)
			return suggestion(r.field, path, v, l.Text, "sender"), true
		}
	}
	best, by := -1, ""
	score := 1 << 30
	for i, c := range found {
		n, how := r.rate(c)
		if how != "" && n < score {
			best, score, by = i, n, how
		}
	}
	if best < 0 {
		return Suggestion{}, false
	}
	c := found[best]
	return suggestion(r.field, c.path, c.value, words(c.path[2:]), by), true
}

func suggestion(field string, path []string, v any, label, by string) Suggestion {
	text, _ := short(mapping.Text(v), maxRead)
	return Suggestion{Field: field, Template: "{{ " + shown(path) + " }}", Label: label, Value: text, By: by}
}

// candidate is one plain value of the sample.
type candidate struct {
	path  []string
	value any
	text  string
	// name is the key, squeezed; around the keys before it.
	name, around string
}

// persons and things are what a name is found in: customer.name is a person's,
// product.name is not.
var (
	persons = regexp.MustCompile(`customer|contact|buyer|person|user|member|lead|subscriber|invitee|payer|attendee|billing`)
	things  = regexp.MustCompile(`product|item|course|offer|company|form|event|campaign|plan|price|shop|store|seller|merchant|repository|hook|file|sender|owner|admin|account|list|tag|metadata|definition|attribute|field`)
)

// rate says how well a value fits, the lower the better; how is "" for not at
// all.
func (r role) rate(c candidate) (score int, how string) {
	if c.text == "" || !r.fits(c.text) {
		return 0, ""
	}
	score = 10 * len(c.path)
	if c.path[1] == "query" {
		score += 200
	}
	switch {
	case persons.MatchString(c.around):
		score -= 15
	case things.MatchString(c.around):
		if r.field == "name" || r.field == "company" {
			return 0, ""
		}
		score += 100
	}
	if i := slices.Index(r.names, c.name); i >= 0 {
		return score + i, "name"
	}
	if r.field == "email" {
		return score + 1000, "value"
	}
	return 0, ""
}

// candidates lists the plain values of body and query; of a list only its first
// entry.
func candidates(trigger map[string]any) []candidate {
	var list []candidate
	var walk func(path []string, v any)
	walk = func(path []string, v any) {
		if len(list) >= maxPicks || len(path) > maxDeep {
			return
		}
		switch x := v.(type) {
		case map[string]any:
			for _, name := range order(x, false) {
				walk(append(path, name), x[name])
			}
		case []any:
			if len(x) > 0 {
				walk(append(path, "0"), x[0])
			}
		case nil, bool:
		default:
			if len(path) < 3 {
				return
			}
			list = append(list, candidate{
				path: slices.Clone(path), value: v, text: strings.TrimSpace(mapping.Text(v)),
				name: squeezed(path[len(path)-1]), around: strings.ToLower(strings.Join(path[2:len(path)-1], ".")),
			})
		}
	}
	for _, part := range []string{"body", "query"} {
		walk([]string{"trigger", part}, trigger[part])
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return cmp.Compare(len(a.path), len(b.path)) })
	return list
}

func squeezed(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}
