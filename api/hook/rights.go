package hook

import (
	"strings"

	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/engine"
	"github.com/hookloom/hookloom/engine/account"
	"github.com/hookloom/hookloom/engine/crm"
)

// hookEvent is what there is to know of an event that hooks listen to.
type hookEvent struct {
	// about is the list in which the things are that a hook can be narrowed to.
	about string
	// reads is the right to see what is sent.
	reads account.Scope
}

func aboutEvent(event string) hookEvent {
	kind, _, _ := strings.Cut(event, ".")
	switch kind {
	case "contact":
		return hookEvent{"contacts", account.ContactsRead}
	case "tag":
		return hookEvent{"tags", account.ContactsRead}
	case "form":
		return hookEvent{"forms", account.FormsRead}
	case "course":
		return hookEvent{"products", account.FormsRead}
	case "offer":
		return hookEvent{"offers", account.OffersRead}
	case "run":
		return hookEvent{"workflows", account.RunsRead}
	}
	return hookEvent{"offers", account.SalesRead}
}

// HasHooks refuses hooks in a workspace without them.
func HasHooks(ws crm.Workspace) error {
	if !engine.Has(ws, engine.FeatureOutgoing) {
		return problem.New(problem.CodeForbidden, "Outgoing webhooks are switched off in this workspace: switch them on in its settings.")
	}
	return nil
}

// MayHook refuses hooks in a workspace without them, and hooks of events that the
// caller may not see: whoever may send data out could otherwise read it.
func MayHook(c interface {
	Can(account.Scope, string) bool
}, ws crm.Workspace, event string) error {
	if err := HasHooks(ws); err != nil {
		return err
	}
	if reads := aboutEvent(event).reads; !c.Can(reads, ws.ID) {
		return problem.New(problem.CodeForbidden, "To have "+event+" sent out, you need the right "+string(reads)+" too.")
	}
	return nil
}
