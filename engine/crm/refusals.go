package crm

import (
	"errors"
	"slices"
	"strings"
)

// Refusals are all things that the rules do not allow of one change, so that they
// can be mended at once. It is never empty as an error.
type Refusals []*Rejected

func (r Refusals) Error() string {
	texts := make([]string, len(r))
	for i, one := range r {
		texts[i] = one.Message
	}
	return strings.Join(texts, " ")
}

// Unwrap lets errors.As find a single *Rejected.
func (r Refusals) Unwrap() []error {
	list := make([]error, len(r))
	for i, one := range r {
		list[i] = one
	}
	return list
}

// add takes one more refusal; nil and other errors are handed back.
func (r *Refusals) add(err error) error {
	one, ok := errors.AsType[*Rejected](err)
	if !ok {
		return err
	}
	*r = append(*r, one)
	return nil
}

// names reports whether a field was refused.
func (r Refusals) names(field string) bool {
	return slices.ContainsFunc(r, func(one *Rejected) bool { return one.Field == field })
}

// orNone is the refusals as an error, nil when there are none.
func (r Refusals) orNone() error {
	if len(r) == 0 {
		return nil
	}
	return r
}
