package engine

import (
	"context"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// acceptHearing commits a request. One that brings somebody's reply raises
// contact.replied in the same transaction, for every contact with that phone
// number, so that neither is there without the other. It is a reply also where the
// workflow is paused or the trigger's condition keeps it out, and once: a repeat
// raises nothing.
func (e *Engine) acceptHearing(ctx context.Context, a Acceptance, r nodes.Receipt) (accepted Accepted, begun bool, err error) {
	heard := r.Heard
	if heard == nil || !hears(r.Verdict) || a.Request.Test {
		return e.accept(ctx, a, r.Payload)
	}
	ws, _, err := e.workspaces.get(ctx, a.Request.Workspace)
	if err != nil {
		return accepted, false, err
	}
	phone, _ := crm.NormalizePhone(heard.From, ws.DefaultCountry)
	err = e.store.Do(ctx, a.Request.Workspace, func(tx Tx) error {
		if accepted, err = tx.Accept(a); err != nil || accepted.DuplicateOf != "" {
			return err
		}
		contacts, err := tx.ContactsBy("phone", phone)
		if err != nil {
			return err
		}
		if a.Run != nil {
			// The run that brought the reply is not ended by it.
			tx.Caused(a.Run.ID, a.Run.Depth, false)
		}
		for _, c := range contacts {
			reply := crm.Reply{Channel: heard.Channel, Text: heard.Text, From: heard.From, To: heard.To, ExternalID: heard.ID}
			if err := crm.RecordReply(tx, c, reply); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		e.WakeEvents()
	}
	return accepted, false, err
}

// hears reports whether a request of this verdict brings a reply.
func hears(v nodes.Verdict) bool {
	return v == nodes.Accepted || v == nodes.Held || v == nodes.Filtered
}
