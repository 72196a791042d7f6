package sender

import (
	_ "embed"
	"encoding/json"
	"fmt"
)

// Own is the name of the sender that Hookloom itself is.
const Own = "hookloom"

// ownEvents are the standard webhooks of all events, with the data that their
// triggers show as samples. A test of package api holds them to what hooks send.
//
//go:embed hookloom.json
var ownEvents []byte

// What the samples have in the place of ids, each of its own end for messages;
// Fresh changes them.
const (
	ownMessageID = "msg_0197c2a47d1a7c3e9f003f1f0c5d9a"
	ownEventID   = "evt_0197c2a4-7d1a-7c3e-9f00-3f1f0c5d9a10"
)

// Source: docs/outgoing-webhooks.md.
var _ = register(Sender{
	Name: Own, Label: "This app (its own events)", Rank: 20, shared: true,
	Scheme: &Scheme{
		Name:            Own,
		Header:          []string{"Webhook-Signature"},
		Encoding:        Base64,
		Pattern:         "{id}.{timestamp}.{body}",
		Prefix:          "v1,",
		PublicPrefix:    "v1a,",
		Separator:       " ",
		TimestampHeader: []string{"Webhook-Timestamp"},
		IDHeader:        []string{"Webhook-Id"},
		Standard:        true,
	},
	Secret: "The signing secret of the webhook in the other installation (starts with whsec_).",
	Dedupe: `{{ trigger.headers["webhook-id"] }}`, DedupeLabel: "The message's id in the header webhook-id",
	Labels: []Label{
		{"data.contact.email", "Contact e-mail", RoleEmail},
		{"data.contact.name", "Contact name", RoleName},
		{"data.contact.first_name", "First name", RoleFirstName},
		{"data.contact.last_name", "Last name", RoleLastName},
		{"data.contact.phone", "Phone", RolePhone},
		{"data.offer.title", "Offer", ""},
		{"data.tag.name", "Tag", ""},
		{"data.purchase.amount", "Amount in cents", ""},
		{"data.course.title", "Course", ""},
		{"type", "Event", ""},
		{"timestamp", "When it happened", ""},
		{"id", "Event id", ""},
	},
	Samples: ownSamples(),
})

// ownSamples reads the file; it panics on one that a slip broke.
func ownSamples() []Sample {
	var list []struct {
		Event, Label string
		Body         json.RawMessage
	}
	if err := json.Unmarshal(ownEvents, &list); err != nil {
		panic("sender: hookloom.json: " + err.Error())
	}
	samples := make([]Sample, len(list))
	for i, one := range list {
		id := fmt.Sprintf("%s%02d", ownMessageID, i)
		samples[i] = Sample{Event: one.Event, Label: one.Label, Body: one.Body, Header: header("Webhook-Id", id), ids: []string{id, ownEventID}}
	}
	return samples
}
