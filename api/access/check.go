package access

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

var (
	slugForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// SettingForm is how features, limits and custom values are called.
	SettingForm = regexp.MustCompile(`^[a-z][a-z0-9_]{0,63}$`)
)

const (
	// MaxSlug bounds a slug, in characters.
	MaxSlug = 63
	// maxSettings bounds features and limits each.
	maxSettings = 100
)

// CheckWorkspace brings the fields of a workspace into their one form and
// returns a problem with all that are not possible.
func CheckWorkspace(w *crm.Workspace) error {
	var items []problem.Item
	wrong := func(pointer, code, detail string) {
		items = append(items, problem.Item{Pointer: pointer, Code: code, Detail: detail})
	}
	if w.Name = strings.TrimSpace(w.Name); w.Name == "" {
		wrong("/name", "required", "A workspace needs a name.")
	} else if _, err := account.NormalizeName(w.Name); err != nil {
		wrong("/name", "invalid", "A name has at most 200 characters, all on one line.")
	}
	if !slugForm.MatchString(w.Slug) || len(w.Slug) > MaxSlug {
		wrong("/slug", "invalid", "A slug has lower-case letters, digits and single hyphens, at most 63 characters.")
	}
	if account.CheckTimezone(w.Timezone) != nil {
		wrong("/timezone", "invalid", "This is no time zone; one looks like Europe/Berlin.")
	}
	if w.Locale != "" {
		if tag, err := language.Parse(w.Locale); err != nil {
			wrong("/locale", "invalid", "This is no locale; one looks like en-GB.")
		} else {
			w.Locale = tag.String()
		}
	}
	if w.Currency = strings.ToUpper(w.Currency); w.Currency != "" {
		if _, err := currency.ParseISO(w.Currency); err != nil {
			wrong("/currency", "invalid", "This is no ISO 4217 currency; one looks like EUR.")
		}
	}
	if w.DefaultCountry = strings.ToUpper(w.DefaultCountry); w.DefaultCountry != "" {
		if region, err := language.ParseRegion(w.DefaultCountry); err != nil || !region.IsCountry() || len(w.DefaultCountry) != 2 {
			wrong("/default_country", "invalid", "This is no ISO 3166 country; one looks like DE.")
		}
	}
	items = append(items, CheckSender(&w.Sender)...)
	items = append(items, checkSettings(w)...)
	if len(items) == 0 {
		return nil
	}
	return problem.New(problem.CodeInvalid, items[0].Detail, items...)
}

// CheckSender brings a sender into its one form; what is wrong is listed.
func CheckSender(s *crm.Sender) (items []problem.Item) {
	var err error
	if s.Name, err = account.NormalizeName(s.Name); err != nil {
		items = append(items, problem.Item{Pointer: "/sender/name", Code: "invalid", Detail: "A name has at most 200 characters, all on one line."})
	}
	for _, a := range []struct {
		at      string
		address *string
	}{{"/sender/email", &s.Email}, {"/sender/reply_to", &s.ReplyTo}} {
		if *a.address == "" {
			continue
		}
		if *a.address, err = account.NormalizeEmail(*a.address); errors.Is(err, account.ErrEmail) {
			items = append(items, problem.Item{Pointer: a.at, Code: "invalid", Detail: "This is not an e-mail address; it looks like ada@example.com."})
		}
	}
	return items
}

func checkSettings(w *crm.Workspace) (items []problem.Item) {
	check := func(at string, names []string) {
		if len(names) > maxSettings {
			items = append(items, problem.Item{Pointer: at, Code: "too_many", Detail: "These are more than 100."})
			return
		}
		for _, name := range names {
			if !SettingForm.MatchString(name) {
				items = append(items, problem.Item{Pointer: at, Code: "invalid", Detail: "The names here have lower-case letters, digits and underscores."})
				return
			}
		}
	}
	check("/features", slices.Sorted(maps.Keys(w.Features)))
	check("/limits", slices.Sorted(maps.Keys(w.Limits)))
	return append(items, checkLimits(w)...)
}

// SlugOf makes a slug of a name: what is no letter or digit becomes a hyphen.
func SlugOf(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	slug := strings.Join(words, "-")
	if len(slug) > MaxSlug {
		slug = strings.Trim(slug[:MaxSlug], "-")
	}
	return slug
}
