package sheet

import (
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/mapping"
)

// exported are the columns of an export; own fields follow.
var exported = []struct {
	name string
	of   func(c crm.Contact) string
}{
	{"email", func(c crm.Contact) string { return c.Email }}, {"first_name", func(c crm.Contact) string { return c.FirstName }},
	{"last_name", func(c crm.Contact) string { return c.LastName }}, {"name", func(c crm.Contact) string { return c.Name }},
	{"phone", func(c crm.Contact) string { return c.Phone }}, {"external_user_id", func(c crm.Contact) string { return c.ExternalUserID }},
	{"company", func(c crm.Contact) string { return c.Company }}, {"tags", func(c crm.Contact) string { return strings.Join(c.Tags, ", ") }},
	{"subscribed", func(c crm.Contact) string { return strconv.FormatBool(c.Subscribed) }}, {"source", func(c crm.Contact) string { return c.Source }},
	{"timezone", func(c crm.Contact) string { return c.Timezone }}, {"date_of_birth", func(c crm.Contact) string { return c.DateOfBirth }},
	{"street", func(c crm.Contact) string { return c.Address.Line1 }}, {"address_line_two", func(c crm.Contact) string { return c.Address.Line2 }},
	{"city", func(c crm.Contact) string { return c.Address.City }}, {"state", func(c crm.Contact) string { return c.Address.State }},
	{"postal_code", func(c crm.Contact) string { return c.Address.PostalCode }}, {"country", func(c crm.Contact) string { return c.Address.Country }},
	{"id", func(c crm.Contact) string { return c.ID }}, {"created_at", func(c crm.Contact) string { return c.CreatedAt.UTC().Format(time.RFC3339) }},
}

// Heading names the columns of an export: those of every contact, then own by
// their labels.
func Heading(own []crm.Field) []string {
	heading := make([]string, 0, len(exported)+len(own))
	for _, column := range exported {
		heading = append(heading, column.name)
	}
	for _, f := range own {
		heading = append(heading, f.Label)
	}
	return heading
}

// Row is a contact in the columns of Heading.
func Row(c crm.Contact, own []crm.Field) []string {
	row := make([]string, 0, len(exported)+len(own))
	for _, column := range exported {
		row = append(row, column.of(c))
	}
	for _, f := range own {
		row = append(row, mapping.Text(c.Fields[f.Key]))
	}
	return row
}
