package engine

import (
	"time"

	"github.com/hookloom/hookloom/engine/crm"
)

// CloneState is how a clone stands with its template.
type CloneState string

// The states of a clone. Whether its workflows can be published is looked at anew
// each time; this is what the last clone or push left.
const (
	// CloneReady had all that its template asks for.
	CloneReady CloneState = "ready"
	// CloneNeedsInput has drafts that lack something; Reason says what.
	CloneNeedsInput CloneState = "needs_input"
)

// Clone is one use of a template in the workspace of a client.
type Clone struct {
	ID string
	// Workspace is the client's.
	Workspace string
	// TemplateWorkspace is the template's home.
	TemplateWorkspace string
	TemplateID        string
	// Version is the template's that the workflows follow.
	Version int
	// Inputs are what the template was filled in with by the keys of its inputs,
	// as JSON: ids of what was found or made for it, and no secrets.
	Inputs []byte
	State  CloneState
	// Reason says in a sentence what is missing; "" for nothing.
	Reason    string
	Workflows []CloneWorkflow
	CreatedBy string
	CreatedAt time.Time
	UpdatedAt time.Time
}

// CloneWorkflow is one workflow of a clone.
type CloneWorkflow struct {
	// Key is the workflow's in the template's file.
	Key        string
	WorkflowID string
	// BaseHash names the definition as the template made it, see
	// Journal.Definition: filled in with Inputs, canonical, without secrets.
	BaseHash string
	// FirstEventAt is about when it first received something; zero for never.
	FirstEventAt time.Time
}

// CloneStanding is how one workflow of a clone stands.
type CloneStanding struct {
	// Workspace is the client's.
	Workspace  string
	WorkflowID string
	Name       string
	Status     WorkflowStatus
	// LiveVersion is 0 before the first publish.
	LiveVersion int
	// DraftHash differs from BaseHash when the client has changed something.
	DraftHash, BaseHash string
	// Received tells whether anything was received yet.
	Received bool
}

// CloneFilter narrows a list of clones.
type CloneFilter struct {
	// TemplateWorkspace and TemplateID name the template.
	TemplateWorkspace string
	TemplateID        string
}

// CloneTx changes clones of the transaction's workspace, which is the client's.
type CloneTx interface {
	// Clone reads a clone with its workflows and locks it until the commit.
	Clone(id string) (Clone, error)
	// ClonesOf returns the clones of a template in this workspace, oldest first.
	// Whoever asks too waits for the commit, so that of two who find none only one
	// makes one.
	ClonesOf(templateWorkspace, templateID string) ([]Clone, error)
	// InsertClone stores a new clone with its workflows and fills times in. The
	// definitions of BaseHash must be stored, see PutDefinition.
	InsertClone(c *Clone) error
	// UpdateClone stores version, inputs, state, reason and the workflows with
	// their bases; one that is not in c.Workflows any more is let go of.
	UpdateClone(c *Clone) error
}

// SupplyTx finds or makes by name what a template brings along. Each reports
// whether it was made now.
type SupplyTx interface {
	// SupplyTag finds a tag by its name, ignoring case.
	SupplyTag(name string) (crm.Tag, bool, error)
	// SupplyField finds a contact field by its key.
	SupplyField(f crm.Field) (crm.Field, bool, error)
	// SupplyCustomValue finds a custom value by its key. One that is there keeps its
	// value and name, also when it is empty.
	SupplyCustomValue(v crm.CustomValue) (crm.CustomValue, bool, error)
	// FindCustomValue finds a custom value by its key; false when there is none.
	FindCustomValue(key string) (crm.CustomValue, bool, error)
	// SupplyOffer finds an offer by its exact title; products of a new one are
	// found or made by theirs.
	SupplyOffer(o crm.Offer) (crm.Offer, bool, error)
	// SupplyProduct finds a product by its exact title.
	SupplyProduct(title string) (crm.Product, bool, error)
	// SupplyForm finds a form by its exact title; of several the oldest.
	SupplyForm(f crm.Form) (crm.Form, bool, error)
	// FindForm and FindProduct find by id, or else by exact title.
	FindForm(ref string) (crm.Form, error)
	FindProduct(ref string) (crm.Product, error)
	// HasConnection is ErrNotFound when there is no stored credential of the id.
	HasConnection(id string) error
	// Connections lists the stored credentials, without their params.
	Connections() ([]Connection, error)
}
