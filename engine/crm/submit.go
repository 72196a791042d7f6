package crm

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Submission is one form as somebody sent it in.
type Submission struct {
	ID     string
	Number int64
	FormID string
	// ContactID is "" for one that was not accepted.
	ContactID string
	// Answers are texts by the fields' keys, true and false for consents.
	Answers map[string]any
	// State is accepted, refused or spam; Reason says why it was not accepted.
	State  string
	Reason string
	// Source is the page on which the form stood, as the browser says.
	Source    string
	IP        string
	CreatedAt time.Time
}

// The states of submissions.
const (
	SubmissionAccepted = "accepted"
	SubmissionRefused  = "refused"
	SubmissionSpam     = "spam"
)

// FormTx is the part of a transaction that keeps forms.
type FormTx interface {
	// Form finds a form by its id, open or not.
	Form(id string) (Form, error)
	// InsertSubmission stores a submission and fills ID, Number and CreatedAt in.
	InsertSubmission(s *Submission) error
}

// Plain returns the submission as a plain value.
func (s Submission) Plain() map[string]any {
	answers := make(map[string]any, len(s.Answers))
	maps.Copy(answers, s.Answers)
	return map[string]any{
		"id": s.ID, "number": int(s.Number), "form_id": s.FormID, "answers": answers, "source": s.Source,
		"created_at": moment(s.CreatedAt),
	}
}

// Submit takes a form in: it makes or updates the contact, adds the form's tags,
// grants its offers and raises form.submitted. answers are what was sent, by the
// fields' keys; others are left out. s holds what is known besides, and is
// filled in. The error is Refusals, whose Field is a field's key, or the
// transaction's; nothing was changed then.
func Submit(tx Tx, f Form, answers map[string]string, s *Submission) (Contact, error) {
	if !f.Open {
		return Contact{}, Refusals{rejected("", "closed", "This form is closed and takes nothing now.")}
	}
	in := UpsertInput{Tags: f.Tags, Fields: map[string]any{}}
	var refused Refusals
	s.Answers = map[string]any{}
	for _, field := range f.Fields {
		answer, problem := field.read(answers[field.Key])
		if problem != nil {
			refused = append(refused, problem)
			continue
		}
		s.Answers[field.Key] = answer
		field.put(&in, answer)
	}
	if len(refused) > 0 {
		return Contact{}, refused
	}
	// Whoever is known came from somewhere else.
	known, err := tx.ContactsBy("email", in.Email)
	if err != nil {
		return Contact{}, err
	}
	if len(known) == 0 {
		in.Source = f.Title
	}
	result, err := Upsert(tx, in)
	if one, ok := errors.AsType[*Rejected](err); ok {
		return Contact{}, Refusals{one}
	}
	if err != nil {
		return Contact{}, err
	}
	c := result.Contact
	for _, offer := range f.Offers {
		_, err := GrantOffer(tx, c, offer, "")
		if _, gone := errors.AsType[*Rejected](err); gone {
			continue // deleted since the form was made; who submits cannot mend that
		}
		if err != nil {
			return Contact{}, err
		}
	}
	s.FormID, s.ContactID, s.State = f.ID, c.ID, SubmissionAccepted
	if err := tx.InsertSubmission(s); err != nil {
		return Contact{}, err
	}
	return c, ActForm.raise(tx, FormSubmitted, c, map[string]any{"form": f.Plain(), "submission": s.Plain()})
}

// read checks one answer. Every problem names the field's key.
func (f FormField) read(text string) (any, *Rejected) {
	text = cleanText(text)
	if f.Kind == FieldConsent {
		given := text != "" && text != "0" && text != "false" && text != "off" && text != "no"
		if f.Required && !given {
			return nil, rejected(f.Key, "required", "Please tick this box.")
		}
		return given, nil
	}
	switch {
	case text == "" && f.Required:
		return nil, rejected(f.Key, "required", "Please fill this in.")
	case text == "":
		return "", nil
	case utf8.RuneCountInString(text) > MaxAnswer:
		return nil, rejected(f.Key, "too_long", "Please use at most %d characters.", MaxAnswer)
	case f.To != "none" && !strings.HasPrefix(f.To, "fields.") && utf8.RuneCountInString(text) > MaxText:
		return nil, rejected(f.Key, "too_long", "Please use at most %d characters.", MaxText)
	}
	switch f.Kind {
	case FieldEmail:
		email, ok := NormalizeEmail(text)
		if !ok {
			return nil, rejected(f.Key, "invalid", "This is not an e-mail address. One looks like ann@example.com.")
		}
		return email, nil
	case FieldPhone:
		if digits(text) < 7 {
			return nil, rejected(f.Key, "invalid", "This is not a phone number. One looks like +1 415 555 2671.")
		}
	case FieldChoice:
		if !slices.Contains(f.Options, text) {
			return nil, rejected(f.Key, "invalid", "Please choose one of the options.")
		}
	}
	return text, nil
}

// put hands an answer to the contact.
func (f FormField) put(in *UpsertInput, answer any) {
	if own, ok := strings.CutPrefix(f.To, "fields."); ok {
		in.Fields[own] = answer
		return
	}
	if given, ok := answer.(bool); ok {
		// A box that is not ticked says nothing: whoever subscribed before stays so.
		if f.To == "subscribed" && given {
			in.Subscribed = &given
		}
		return
	}
	text, _ := answer.(string)
	for name, dst := range map[string]*string{
		"name": &in.Name, "first_name": &in.FirstName, "last_name": &in.LastName, "email": &in.Email, "phone": &in.Phone,
		"company": &in.Company, "timezone": &in.Timezone, "date_of_birth": &in.DateOfBirth,
		"address.line1": &in.Address.Line1, "address.line2": &in.Address.Line2, "address.city": &in.Address.City,
		"address.state": &in.Address.State, "address.postal_code": &in.Address.PostalCode, "address.country": &in.Address.Country,
	} {
		if name == f.To {
			*dst = text
		}
	}
}
