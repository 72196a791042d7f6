package crm

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// details is an UpsertInput made ready: every value clean and in the form in
// which it is stored.
type details struct {
	UpsertInput
	email, phone, external string
	tags                   []string
	warnings               []string
	clear                  map[string]bool
}

func (d *details) warnf(format string, args ...any) {
	d.warnings = append(d.warnings, fmt.Sprintf(format, args...))
}

// leave warns about a value that cannot be used, or rejects it when strict.
func (d *details) leave(field, code, format string, args ...any) error {
	if d.Strict {
		return rejected(field, code, format, args...)
	}
	d.warnf(format+" It was left out.", args...)
	return nil
}

func prepare(tx Tx, in UpsertInput) (*details, error) {
	d := &details{UpsertInput: in}
	for _, t := range [...]struct {
		field string
		value *string
	}{
		{"email", &d.Email}, {"phone", &d.Phone}, {"external_user_id", &d.ExternalUserID},
		{"name", &d.Name}, {"first_name", &d.FirstName}, {"last_name", &d.LastName},
		{"company", &d.Company}, {"source", &d.Source},
		{"timezone", &d.Timezone}, {"date_of_birth", &d.DateOfBirth},
		{"address.line1", &d.Address.Line1}, {"address.line2", &d.Address.Line2}, {"address.city", &d.Address.City},
		{"address.state", &d.Address.State}, {"address.postal_code", &d.Address.PostalCode}, {"address.country", &d.Address.Country},
	} {
		var err error
		if *t.value, err = line(t.field, *t.value); err != nil {
			return nil, err
		}
	}
	for _, step := range [...]func() error{
		d.prepareEmail,
		func() error { return d.preparePhone(tx) },
		d.prepareRest,
		d.prepareClear,
	} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	var err error
	d.tags, err = TagNames(d.Tags)
	return d, err
}

func (d *details) prepareEmail() error {
	if d.Email == "" {
		return nil
	}
	email, ok := NormalizeEmail(d.Email)
	if !ok {
		return rejected("email", "invalid", "%.80q is not an e-mail address. Check where this value comes from.", d.Email)
	}
	d.email = email
	return nil
}

// preparePhone keeps a number that cannot be read as it came, as long as it has
// enough digits to be somebody's: "n/a" must not join all contacts without one.
func (d *details) preparePhone(tx Tx) error {
	const fewest = 7
	if d.Phone == "" {
		return nil
	}
	ws, err := tx.Workspace()
	if err != nil {
		return err
	}
	phone, ok := NormalizePhone(d.Phone, ws.DefaultCountry)
	switch {
	case ok:
		d.phone = phone
	case digits(d.Phone) < fewest:
		return d.leave("phone", "invalid", "%.80q is not a phone number.", d.Phone)
	default:
		d.phone = phone
		d.warnf("%.80q could not be read as an international phone number and is kept as it came. Add the country's prefix, or set the workspace's default country.", d.Phone)
	}
	return nil
}

func (d *details) prepareRest() error {
	d.external = d.ExternalUserID
	if d.Timezone != "" {
		if _, err := time.LoadLocation(d.Timezone); err != nil || strings.EqualFold(d.Timezone, "local") {
			if err := d.leave("timezone", "invalid", "%.80q is not a time zone such as Europe/Berlin.", d.Timezone); err != nil {
				return err
			}
			d.Timezone = ""
		}
	}
	if d.DateOfBirth != "" {
		if _, err := time.Parse(time.DateOnly, d.DateOfBirth); err != nil {
			if err := d.leave("date_of_birth", "invalid", "%.80q is not a date such as 1990-01-31.", d.DateOfBirth); err != nil {
				return err
			}
			d.DateOfBirth = ""
		}
	}
	if len(d.Address.Country) == 2 {
		d.Address.Country = strings.ToUpper(d.Address.Country)
	}
	return nil
}

// clearable are the fields that Clear may name besides fields.KEY.
var clearable = []string{
	"email", "phone", "external_user_id", "name", "first_name", "last_name", "company",
	"address", "address.line1", "address.line2", "address.city", "address.state", "address.postal_code", "address.country",
	"timezone", "source", "date_of_birth", "fields",
}

func (d *details) prepareClear() error {
	d.clear = make(map[string]bool, len(d.Clear))
	for _, name := range d.Clear {
		name = cleanLine(name)
		if own, ok := strings.CutPrefix(name, "fields."); ok {
			name = "fields." + FieldKey(own)
		} else if !slices.Contains(clearable, name) {
			return rejected("clear", "invalid", "%.80q cannot be cleared. Use one of %s, or fields.NAME for a field of your own.",
				name, strings.Join(clearable, ", "))
		}
		d.clear[name] = true
	}
	return nil
}

// unidentified says why the details name nobody.
func (d *details) unidentified() error {
	if d.Phone != "" {
		return rejected("phone", "invalid", "%.80q is not a phone number, and there is no e-mail or external user ID to know the contact by.", d.Phone)
	}
	return rejected("email", "blank", "A contact needs an e-mail, a phone number or an external user ID, and all three came empty. Map at least one of them.")
}

// apply puts the details into the contact and returns the names of the fields
// that changed.
func (d *details) apply(c *Contact) ([]string, error) {
	var changed []string
	d.completeName(c)
	for _, t := range [...]struct {
		field string
		value string
		dst   *string
	}{
		{"email", d.email, &c.Email}, {"phone", d.phone, &c.Phone}, {"external_user_id", d.external, &c.ExternalUserID},
		{"name", d.Name, &c.Name}, {"first_name", d.FirstName, &c.FirstName}, {"last_name", d.LastName, &c.LastName},
		{"company", d.Company, &c.Company}, {"source", d.Source, &c.Source},
		{"timezone", d.Timezone, &c.Timezone}, {"date_of_birth", d.DateOfBirth, &c.DateOfBirth},
		{"address.line1", d.Address.Line1, &c.Address.Line1}, {"address.line2", d.Address.Line2, &c.Address.Line2},
		{"address.city", d.Address.City, &c.Address.City}, {"address.state", d.Address.State, &c.Address.State},
		{"address.postal_code", d.Address.PostalCode, &c.Address.PostalCode}, {"address.country", d.Address.Country, &c.Address.Country},
	} {
		if t.value == "" && !d.cleared(t.field) || t.value == *t.dst {
			continue
		}
		*t.dst = t.value
		changed = append(changed, t.field)
	}
	if d.Subscribed != nil && *d.Subscribed != c.Subscribed {
		c.Subscribed = *d.Subscribed
		changed = append(changed, "subscribed")
	}
	if len(d.Fields) == 0 && len(d.clear) == 0 {
		return changed, nil
	}
	own, err := setFields(c, d.Fields, func(key string) bool { return d.cleared("fields." + key) })
	return append(changed, own...), err
}

func (d *details) cleared(field string) bool {
	parent, _, nested := strings.Cut(field, ".")
	return d.clear[field] || nested && d.clear[parent]
}

// completeName fills the parts of a name in from each other. A name that the
// contact has already is not split again: a person may have corrected its parts.
func (d *details) completeName(c *Contact) {
	first, last := d.FirstName, d.LastName
	switch {
	case d.Name != "" && first == "" && last == "":
		if d.Name == c.Name {
			return
		}
		d.FirstName, d.LastName = SplitName(d.Name)
		if d.LastName == "" {
			d.clear["last_name"] = true
		}
	case d.Name != "" && last == "":
		if rest, ok := strings.CutPrefix(d.Name, first+" "); ok {
			d.LastName = rest
		}
	case d.Name != "" && first == "":
		if rest, ok := strings.CutSuffix(d.Name, " "+last); ok {
			d.FirstName = rest
		}
	case d.Name == "" && (first != "" || last != ""):
		if first == "" && !d.clear["first_name"] {
			first = c.FirstName
		}
		if last == "" && !d.clear["last_name"] {
			last = c.LastName
		}
		d.Name = JoinName(first, last)
	}
}

func plainStrings(list []string) []any {
	plain := make([]any, len(list))
	for i, s := range list {
		plain[i] = s
	}
	return plain
}
