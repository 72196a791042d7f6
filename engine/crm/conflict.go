package crm

// Conflict is the error of a write whose value belongs to another thing
// already, such as the e-mail address of another contact.
type Conflict struct {
	// Field is the name of the value as the API spells it: email, slug, name.
	Field string
	// Message says what exists already; it does not repeat the value.
	Message string
}

func (c *Conflict) Error() string { return c.Message }
