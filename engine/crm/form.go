package crm

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Form is a page on which people leave their data.
type Form struct {
	ID     string
	Number int64
	// Slug is the public end of its address.
	Slug string
	// Title is the page's heading, Intro the text below it.
	Title  string
	Intro  string
	Button string
	Fields []FormField
	// ThankYou is shown after a submission; with RedirectURL the browser goes
	// there instead.
	ThankYou    string
	RedirectURL string
	// Tags are added to who submits, and Offers granted, by id.
	Tags   []string
	Offers []string
	// Open is false for a form that takes nothing now.
	Open bool
	// Key signs when the page was given out; it never leaves the server.
	Key       []byte
	CreatedAt time.Time
	UpdatedAt time.Time
}

// FormField is one question of a form.
type FormField struct {
	// Key names the answer: letters, digits and underscores.
	Key string `json:"key"`
	// Kind is text, email, phone, choice or consent.
	Kind     string   `json:"kind"`
	Label    string   `json:"label"`
	Help     string   `json:"help,omitempty"`
	Required bool     `json:"required"`
	Options  []string `json:"options,omitempty"`
	// To is where the answer goes: a field of the contact, fields.KEY for one of
	// the workspace's own, subscribed for a consent to marketing e-mail, or none.
	To string `json:"to"`
}

// The kinds of form fields.
const (
	FieldText    = "text"
	FieldEmail   = "email"
	FieldPhone   = "phone"
	FieldChoice  = "choice"
	FieldConsent = "consent"
)

// Limits of forms.
const (
	MaxFormFields  = 50
	MaxFormOptions = 200
	MaxFormText    = 5000
	MaxAnswer      = 5000
)

// answerable are the fields of a contact that an answer may go to.
var answerable = []string{
	"name", "first_name", "last_name", "email", "phone", "company", "timezone", "date_of_birth",
	"address.line1", "address.line2", "address.city", "address.state", "address.postal_code", "address.country",
}

// CheckForm cleans a form and returns all that is wrong with it as Refusals, or
// nil. A form must ask for an e-mail address or a phone number and require it:
// nobody could be known otherwise.
func CheckForm(f *Form) error {
	var refused Refusals
	for _, t := range [...]struct {
		field string
		value *string
		most  int
	}{{"title", &f.Title, 200}, {"button", &f.Button, 60}} {
		*t.value = cleanLine(*t.value)
		if utf8.RuneCountInString(*t.value) > t.most {
			refused = append(refused, rejected(t.field, "too_long", "At most %d characters fit here.", t.most))
		}
	}
	if f.Title == "" {
		refused = append(refused, rejected("title", "blank", "A form needs a title."))
	}
	for field, text := range map[string]*string{"intro": &f.Intro, "thank_you": &f.ThankYou} {
		*text = cleanText(*text)
		if utf8.RuneCountInString(*text) > MaxFormText {
			refused = append(refused, rejected(field, "too_long", "At most %d characters fit here.", MaxFormText))
		}
	}
	if f.RedirectURL = strings.TrimSpace(f.RedirectURL); f.RedirectURL != "" && !webAddress(f.RedirectURL) {
		refused = append(refused, rejected("redirect_url", "invalid", "%.80q is no address of a web page. Use a whole one that begins with https://.", f.RedirectURL))
	}
	var err error
	if f.Tags, err = TagNames(f.Tags); err != nil {
		if err := refused.add(err); err != nil {
			return err
		}
	}
	return append(refused, checkFields(f.Fields)...).orNone()
}

// webAddress accepts https, and plain http on this machine alone.
func webAddress(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.Host == "" || u.User != nil || len(text) > 2000 || strings.ContainsAny(text, " \t\r\n\"'<>;,") {
		return false
	}
	host := u.Hostname()
	return u.Scheme == "https" || u.Scheme == "http" && (host == "localhost" || host == "127.0.0.1")
}

// cleanText makes text of several lines safe to store.
func cleanText(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = cleanLine(lines[i])
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func checkFields(fields []FormField) Refusals {
	var refused Refusals
	if len(fields) > MaxFormFields {
		return append(refused, rejected("fields", "too_many", "A form has at most %d fields.", MaxFormFields))
	}
	keys := map[string]bool{}
	known := false
	for i := range fields {
		f := &fields[i]
		at := func(name string) string { return fmt.Sprintf("fields.%d.%s", i, name) }
		f.Label, f.Help = cleanLine(f.Label), cleanLine(f.Help)
		if f.Key == "" {
			f.Key = FieldKey(f.Label)
		}
		if f.Label == "" || utf8.RuneCountInString(f.Label) > 500 {
			refused = append(refused, rejected(at("label"), "blank", "A field needs a label of at most 500 characters."))
		}
		if f.Key != FieldKey(f.Key) || f.Key == "" || len(f.Key) > MaxFieldKey {
			refused = append(refused, rejected(at("key"), "invalid", "%.40q is no key: use lower-case letters, digits and underscores, at most %d.", f.Key, MaxFieldKey))
		} else if keys[f.Key] {
			refused = append(refused, rejected(at("key"), "taken", "Another field has the key %q.", f.Key))
		}
		keys[f.Key] = true
		if utf8.RuneCountInString(f.Help) > MaxText {
			refused = append(refused, rejected(at("help"), "too_long", "At most %d characters fit here.", MaxText))
		}
		refused = append(refused, f.checkKind(at)...)
		known = known || f.Required && (f.To == "email" || f.To == "phone")
	}
	if !known {
		refused = append(refused, rejected("fields", "required", "A form needs a required field for the e-mail address or the phone number: without one nobody is known."))
	}
	return refused
}

func (f *FormField) checkKind(at func(string) string) (refused Refusals) {
	wants := ""
	switch f.Kind {
	case FieldText, FieldChoice:
		if f.To == "" && slices.Contains(answerable, f.Key) && f.Key != "email" && f.Key != "phone" {
			f.To = f.Key
		}
	case FieldEmail, FieldPhone:
		if wants = f.Kind; f.To == "" {
			f.To = f.Kind
		}
	case FieldConsent:
		if f.To != "" && f.To != "subscribed" && f.To != "none" && !strings.HasPrefix(f.To, "fields.") {
			refused = append(refused, rejected(at("to"), "invalid", "A consent goes to subscribed, to a field of your own, or to none."))
		}
	default:
		return append(refused, rejected(at("kind"), "invalid", "%.40q is no kind of field. Use text, email, phone, choice or consent.", f.Kind))
	}
	if f.Kind == FieldChoice {
		f.Options, refused = checkOptions(f.Options, at("options"), refused)
	} else {
		f.Options = nil
	}
	if f.To == "" {
		f.To = "fields." + f.Key
	}
	own, isOwn := strings.CutPrefix(f.To, "fields.")
	switch {
	case isOwn && own == FieldKey(own) && own != "" && len(own) <= MaxFieldKey:
	case f.To == "none", f.To == "subscribed" && f.Kind == FieldConsent:
	case f.Kind == FieldConsent:
	case !slices.Contains(answerable, f.To),
		(f.To == "email" || f.To == "phone") && f.To != wants:
		refused = append(refused, rejected(at("to"), "invalid", "The answer cannot go to %.40q. Use a field of the contact, fields.KEY, or none.", f.To))
	}
	return refused
}

func checkOptions(options []string, at string, refused Refusals) ([]string, Refusals) {
	var clean []string
	for _, o := range options {
		if o = cleanLine(o); o != "" && !slices.Contains(clean, o) {
			clean = append(clean, o)
		}
	}
	if len(clean) < 2 || len(clean) > MaxFormOptions {
		refused = append(refused, rejected(at, "invalid", "A choice needs 2 to %d options that differ.", MaxFormOptions))
	}
	return clean, refused
}

// Plain returns what events say of a form.
func (f Form) Plain() map[string]any {
	return map[string]any{"id": f.ID, "number": int(f.Number), "title": f.Title}
}
