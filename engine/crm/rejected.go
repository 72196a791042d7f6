package crm

import "fmt"

// Rejected says that the rules of contacts, tags or offers do not allow a
// change. The same values are rejected again, so trying again cannot help.
type Rejected struct {
	// Field names what is at fault: "email", "fields.plan", "offer".
	Field string
	// Code is stable: blank, invalid, too_long, taken, conflict, not_found,
	// too_many.
	Code string
	// Message says what happened, which value, and what to do, for a marketer.
	Message string
}

func (r *Rejected) Error() string { return r.Message }

func rejected(field, code, format string, args ...any) *Rejected {
	return &Rejected{Field: field, Code: code, Message: fmt.Sprintf(format, args...)}
}
