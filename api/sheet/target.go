package sheet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/hookloom/hookloom/engine/crm"
)

// Target is what a column can become: a part of a contact, "fields.KEY", "tags",
// or "" for nothing.
type Target struct {
	Name  string
	Label string
	// names are what a heading may call it, squeezed to lower-case letters.
	names []string
	set   func(in *crm.UpsertInput, text string)
}

var targets = []Target{
	{"email", "E-mail", []string{"email", "emailaddress", "mail", "emails", "primaryemail"}, func(in *crm.UpsertInput, v string) { in.Email = v }},
	{"first_name", "First name", []string{"firstname", "first", "givenname", "forename", "vorname"}, func(in *crm.UpsertInput, v string) { in.FirstName = v }},
	{"last_name", "Last name", []string{"lastname", "last", "surname", "familyname", "nachname"}, func(in *crm.UpsertInput, v string) { in.LastName = v }},
	{"name", "Name", []string{"name", "fullname", "contactname", "membername", "customername"}, func(in *crm.UpsertInput, v string) { in.Name = v }},
	{"phone", "Phone", []string{"phone", "phonenumber", "mobile", "mobilephone", "telephone", "tel", "cell", "telefon"}, func(in *crm.UpsertInput, v string) { in.Phone = v }},
	{"external_user_id", "Id at your membership site", []string{"externaluserid", "externalid", "userid", "memberid", "customerid"}, func(in *crm.UpsertInput, v string) { in.ExternalUserID = v }},
	{"company", "Company", []string{"company", "companyname", "organisation", "organization", "business", "businessname"}, func(in *crm.UpsertInput, v string) { in.Company = v }},
	{"tags", "Tags, with commas between", []string{"tags", "tag", "labels", "segments"}, func(in *crm.UpsertInput, v string) { in.Tags = append(in.Tags, split(v)...) }},
	{"subscribed", "Subscribed", []string{"subscribed", "optin", "marketing", "newsletter", "emailmarketing", "consent"}, setSubscribed},
	{"source", "Source", []string{"source", "leadsource", "origin"}, func(in *crm.UpsertInput, v string) { in.Source = v }},
	{"timezone", "Time zone", []string{"timezone"}, func(in *crm.UpsertInput, v string) { in.Timezone = v }},
	{"date_of_birth", "Date of birth", []string{"dateofbirth", "birthday", "birthdate", "dob"}, func(in *crm.UpsertInput, v string) { in.DateOfBirth = v }},
	{"address.line1", "Street", []string{"addressline", "street", "address", "streetaddress", "addressline1"}, func(in *crm.UpsertInput, v string) { in.Address.Line1 = v }},
	{"address.line2", "Street, second line", []string{"addresslinetwo", "apartment", "suite"}, func(in *crm.UpsertInput, v string) { in.Address.Line2 = v }},
	{"address.city", "City", []string{"city", "town"}, func(in *crm.UpsertInput, v string) { in.Address.City = v }},
	{"address.state", "State", []string{"state", "province", "region", "county"}, func(in *crm.UpsertInput, v string) { in.Address.State = v }},
	{"address.postal_code", "Postcode", []string{"postalcode", "postcode", "zip", "zipcode", "plz"}, func(in *crm.UpsertInput, v string) { in.Address.PostalCode = v }},
	{"address.country", "Country", []string{"country", "countrycode"}, func(in *crm.UpsertInput, v string) { in.Address.Country = v }},
}

// fieldPrefix begins targets that are a workspace's own fields.
const fieldPrefix = "fields."

// Targets lists what columns can become, the workspace's own fields last.
func Targets(own []crm.Field) []Target {
	list := slices.Clone(targets)
	for _, f := range own {
		list = append(list, Target{Name: fieldPrefix + f.Key, Label: f.Label, names: []string{squeezed(f.Label), squeezed(f.Key)}, set: setField(f.Key)})
	}
	return list
}

func setField(key string) func(in *crm.UpsertInput, v string) {
	return func(in *crm.UpsertInput, v string) {
		if in.Fields == nil {
			in.Fields = map[string]any{}
		}
		in.Fields[key] = v
	}
}

// setSubscribed leaves what is neither yes nor no as it is.
func setSubscribed(in *crm.UpsertInput, v string) {
	yes, no := true, false
	switch strings.ToLower(v) {
	case "true", "yes", "y", "1", "on", "subscribed", "ja", "x":
		in.Subscribed = &yes
	case "false", "no", "n", "0", "off", "unsubscribed", "nein":
		in.Subscribed = &no
	}
}

func split(text string) []string {
	var list []string
	for part := range strings.SplitSeq(strings.ReplaceAll(text, ";", ","), ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// Guess proposes a target for each column, by its heading or else by what its
// cells look like; "" for no idea. No target is proposed twice.
func Guess(t Table, own []crm.Field) []string {
	guessed, taken := make([]string, t.Columns), map[string]bool{}
	all := Targets(own)
	if t.Header != nil {
		for i, heading := range t.Header {
			name := squeezed(heading)
			j := slices.IndexFunc(all, func(target Target) bool {
				return name != "" && slices.Contains(target.names, name) && !taken[target.Name]
			})
			if j >= 0 {
				guessed[i], taken[all[j].Name] = all[j].Name, true
			}
		}
	}
	for i := range guessed {
		if guessed[i] == "" && !taken["email"] && mostly(t, i, isEmail) {
			guessed[i], taken["email"] = "email", true
		}
	}
	return guessed
}

// mostly reports whether nearly all of a column's first filled cells fit.
func mostly(t Table, column int, fits func(string) bool) bool {
	seen, good := 0, 0
	for _, row := range t.Rows[:min(len(t.Rows), 50)] {
		if row[column] == "" {
			continue
		}
		seen++
		if fits(row[column]) {
			good++
		}
	}
	return seen > 0 && good*10 >= seen*9
}

func isEmail(text string) bool {
	_, ok := crm.NormalizeEmail(text)
	return ok && strings.Contains(text, "@")
}

func squeezed(name string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, name)
}
