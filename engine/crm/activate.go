package crm

import "errors"

// ActivationInput are the parameters of an offer's activation and deactivation
// URLs.
type ActivationInput struct {
	Name           string
	Email          string
	ExternalUserID string
}

// Member is who an activation is about.
type Member struct {
	Contact Contact
	// Known is false when an activation will make the contact.
	Known bool
	// By is the key that found a known one: email or external_user_id.
	By string
}

// said is a refusal in the words that senders of activation URLs know.
func said(field, code, message string) *Rejected {
	return &Rejected{Field: field, Code: code, Message: message}
}

// CheckActivation tells whether an activation of an offer can be done and whom it
// is about, without changing anything. All three parameters are required. E-mail
// addresses compare ignoring case and external user ids exactly; one person is
// never made into two, nor two into one. The error is Refusals, in which Field
// is base for what is of no single parameter, or the transaction's.
func CheckActivation(tx Tx, o Offer, in ActivationInput) (Member, error) {
	in, refused, err := in.clean()
	if err != nil {
		return Member{}, err
	}
	if in.Name == "" {
		refused = append(Refusals{said("name", "blank", "name can't be blank")}, refused...)
	}
	if in.Email == "" {
		refused = append(refused, said("email", "blank", "email can't be blank"))
	}
	if in.ExternalUserID == "" {
		refused = append(refused, said("external_user_id", "blank", "external_user_id can't be blank"))
	}
	email, ok := NormalizeEmail(in.Email)
	if in.Email != "" && !ok && !refused.names("email") {
		refused = append(refused, said("email", "invalid", "email is invalid"))
	}
	if len(refused) > 0 {
		return Member{}, refused
	}
	m, err := activated(tx, email, in.ExternalUserID)
	if err != nil || !m.Known {
		return m, err
	}
	switch _, err := tx.ActiveGrant(m.Contact.ID, o.ID); {
	case err == nil:
		return m, Refusals{said("base", "taken", "offer already granted to this member")}
	case !errors.Is(err, ErrNotFound):
		return m, err
	}
	return m, nil
}

// activated finds the member by both keys, which must not name two people.
func activated(tx Tx, email, external string) (Member, error) {
	byEmail, hasEmail, err := ownerOf(tx, key{"email", &email})
	if err != nil {
		return Member{}, err
	}
	byExternal, hasExternal, err := ownerOf(tx, key{"external_user_id", &external})
	if err != nil {
		return Member{}, err
	}
	taken := Refusals{said("email", "taken", "email is already taken")}
	switch {
	case hasEmail && byEmail.ExternalUserID != "" && byEmail.ExternalUserID != external:
		return Member{}, taken
	case hasEmail && hasExternal && byEmail.ID != byExternal.ID:
		return Member{}, taken
	case hasExternal:
		return Member{Contact: byExternal, Known: true, By: "external_user_id"}, nil
	case hasEmail:
		return Member{Contact: byEmail, Known: true, By: "email"}, nil
	}
	return Member{}, nil
}

// CheckDeactivation tells whether a deactivation can be done and whom it is
// about. Only external_user_id is required. A member who never got one is found
// by the e-mail, if that is sent too. Errors are those of CheckActivation.
func CheckDeactivation(tx Tx, o Offer, in ActivationInput) (Member, error) {
	in, refused, err := in.clean()
	if err != nil {
		return Member{}, err
	}
	if in.ExternalUserID == "" {
		refused = append(refused, said("external_user_id", "blank", "external_user_id can't be blank"))
	}
	if len(refused) > 0 {
		return Member{}, refused
	}
	unknown := Refusals{said("base", "not_found", "offer grant not found for offer on member")}
	c, found, err := ownerOf(tx, key{"external_user_id", &in.ExternalUserID})
	if err != nil {
		return Member{}, err
	}
	m := Member{Contact: c, Known: true, By: "external_user_id"}
	if email, ok := NormalizeEmail(in.Email); !found && ok {
		c, found, err = ownerOf(tx, key{"email", &email})
		if err != nil {
			return Member{}, err
		}
		found = found && c.ExternalUserID == ""
		m.Contact, m.By = c, "email"
	}
	if !found {
		return Member{}, unknown
	}
	if _, err := tx.ActiveGrant(m.Contact.ID, o.ID); errors.Is(err, ErrNotFound) {
		return m, unknown
	} else if err != nil {
		return m, err
	}
	return m, nil
}

// clean makes the parameters as contacts store them.
func (in ActivationInput) clean() (ActivationInput, Refusals, error) {
	var refused Refusals
	for _, t := range [...]struct {
		field string
		value *string
	}{{"name", &in.Name}, {"email", &in.Email}, {"external_user_id", &in.ExternalUserID}} {
		clean, err := line(t.field, *t.value)
		if err := refused.add(err); err != nil {
			return in, nil, err
		}
		if err == nil {
			*t.value = clean
		}
	}
	return in, refused, nil
}
