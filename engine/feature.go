package engine

import (
	"net/http"

	"github.com/hookloom/hookloom/engine/crm"
	"github.com/hookloom/hookloom/nodes"
)

// The features of a workspace that whoever runs the installation may switch off,
// where others sell them with a plan. A feature is on unless it is false.
const (
	// FeatureIncoming is that addresses of triggers and offers take requests.
	FeatureIncoming = "webhooks"
	// FeatureOutgoing is that hooks may be made, and are delivered to.
	FeatureOutgoing = "outgoing_webhooks"
)

// forbidden is the verdict on calls of offer addresses of a workspace that takes none.
const forbidden nodes.Verdict = "forbidden"

const (
	incomingOff = "Webhooks are switched off in this workspace."
	outgoingOff = "Outgoing webhooks are switched off in this workspace: switch them on in the settings, and send this again."
)

// Has reports whether a workspace has a feature.
func Has(ws crm.Workspace, feature string) bool {
	on, set := ws.Features[feature]
	return on || !set
}

// switchedOff refuses a request to a workspace that takes none.
func switchedOff() nodes.Receipt {
	return nodes.Receipt{Verdict: nodes.Invalid, Status: http.StatusForbidden, Reason: incomingOff}
}
