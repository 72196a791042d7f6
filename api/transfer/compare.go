package transfer

import (
	"errors"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/bundle"
	"github.com/hookloom/hookloom/engine/template"
)

// errMoved ends an import whose workflows were changed since they were compared.
var errMoved = errors.New("a workflow changed meanwhile")

// met is what one workflow of the files meets in the workspace. It is found before the
// transaction, for which everything else that is written has to wait: there it is only
// looked at whether the workflow is still at the same revision.
type met struct {
	have  engine.WorkflowInfo
	there bool
	// changes are sentences on how the file differs from it.
	changes []string
	// carried is the draft as a file of its own would have it; nil for one that no
	// file can be made of.
	carried *template.File
}

// compare finds what the workflows of the files meet, in the order in which they are
// imported. The first one with a name meets the oldest workflow of that name, the
// second one the next, as an export numbers them.
func (d Deps) compare(o Order, t there) ([]met, error) {
	var list []met
	places := map[string]int{}
	for _, it := range o.Bundle.Workflows {
		for n, w := range it.File.Workflows {
			place := places[w.Name]
			places[w.Name]++
			m := met{}
			if o.Existing != Copy {
				m.have, m.there = nth(t.workflows, place, func(have engine.WorkflowInfo) bool { return have.Name == w.Name })
			}
			if m.there {
				if err := d.compareOne(o, t, it, n, &m); err != nil {
					return nil, located(err, it, n)
				}
			}
			list = append(list, m)
		}
	}
	return list, nil
}

func (d Deps) compareOne(o Order, t there, it bundle.Item, n int, m *met) (err error) {
	if carried, _, err := template.Portable(template.Source{Name: m.have.Name, Definition: m.have.Draft}, o.Home, d.Registry); err == nil {
		m.carried = &carried
	}
	m.changes, err = d.changes(o, t, it, n, *m)
	return err
}

// nth finds the entry of a list that fits and has as many before it that do.
func nth[T any](list []T, place int, fits func(T) bool) (T, bool) {
	for _, entry := range list {
		if !fits(entry) {
			continue
		}
		if place == 0 {
			return entry, true
		}
		place--
	}
	var none T
	return none, false
}

// certain refuses an import for the rights that it needs whatever the transaction finds.
func (o Order) certain(mets []met) error {
	need := map[account.Scope]bool{account.TemplatesWrite: len(o.Bundle.Templates) > 0 && o.Existing == Copy}
	for _, m := range mets {
		if !m.there || len(m.changes) > 0 && o.Existing == Update {
			need[account.WorkflowsWrite] = true
		}
	}
	for _, scope := range []account.Scope{account.WorkflowsWrite, account.TemplatesWrite} {
		if need[scope] && !o.May(scope) {
			return &RightError{scope}
		}
	}
	return nil
}
