package engine_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/engine/workflow"
)

// What publishing takes for a part of a contact is what mappings find there.
func TestContactNamesAreThoseOfTheScope(t *testing.T) {
	for name := range engine.ContactScope(crm.Contact{}, nil) {
		if !workflow.ContactNames[name] {
			t.Errorf("mappings find contact.%s, and publishing warns of it", name)
		}
	}
}
