package api

import (
	"net/http"

	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/kajabi"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/api/sheet"
	"github.com/hookloom/hookloom/api/transfer"
	"github.com/hookloom/hookloom/engine/account"
)

// ResourceStore is what the resources below a workspace need of the database;
// each part is declared beside its handlers.
type ResourceStore interface {
	WorkflowStore
	VersionStore
	RequestStore
	RunStore
	JobStore
	ContactStore
	TagStore
	FieldStore
	ValueStore
	OfferStore
	OfferAddressStore
	GrantStore
	SaleStore
	FormStore
	HookStore
	kajabi.Store
	ConnectionStore
	editor.Store
	insight.Store
	ChecklistStore
	ImportStore
	AlertStore
	PushStore
	agency.Store
	AgencyAlertStore
	ClientLinkStore
	TemplateStore
	transfer.Store
}

// resourceRoutes is the part of the route list with what workflows are, do and
// change.
func (a *API) resourceRoutes() {
	rest.Handle(a.Shell, rest.Get("/node-types", rest.Known, "List node types"), a.listNodeTypes)
	rest.Handle(a.Shell, rest.Get("/mapping", rest.Known, "Describe the language of mappings"), a.describeMapping)
	a.workflowRoutes()
	a.editorRoutes()
	a.insightRoutes()
	a.runRoutes()
	a.contactRoutes()
	a.saleRoutes()
	a.hookRoutes()
	a.pushRoutes()
	a.sheetRoutes()
	a.transferRoutes()
	a.settingRoutes()
	a.alertRoutes()
}

func (a *API) workflowRoutes() {
	const (
		all  = rest.WS + "/workflows"
		this = all + "/{id}"
	)
	rest.Handle(a.Shell, rest.Get(all, rest.Needs(account.WorkflowsRead), "List workflows").Redacts(), a.listWorkflows)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/workflow-folders", rest.Needs(account.WorkflowsRead), "List the folders of workflows").Redacts(), a.listFolders)
	rest.Handle(a.Shell, rest.Post(all, rest.Needs(account.WorkflowsWrite), "Create a workflow"), a.createWorkflow)
	rest.Handle(a.Shell, rest.Get(this, rest.Needs(account.WorkflowsRead), "Get a workflow").Redacts(), a.getWorkflow)
	rest.Handle(a.Shell, rest.Put(this, rest.Needs(account.WorkflowsWrite), "Replace a workflow's draft"), a.putWorkflow)
	rest.Handle(a.Shell, rest.Patch(this, rest.Needs(account.WorkflowsWrite), "Change a workflow's draft"), a.patchWorkflow)
	rest.Handle(a.Shell, rest.Remove(this, rest.Needs(account.WorkflowsWrite), "Move a workflow to the trash"), a.deleteWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/restore", rest.Needs(account.WorkflowsWrite), "Take a workflow out of the trash").Answers(http.StatusOK), a.restoreWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/publish", rest.Needs(account.WorkflowsPublish), "Publish a workflow").Answers(http.StatusOK), a.publishWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/pause", rest.Needs(account.WorkflowsPublish), "Pause a workflow").Answers(http.StatusOK), a.pauseWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/resume", rest.Needs(account.WorkflowsPublish), "Resume a workflow").Answers(http.StatusOK), a.resumeWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/discard-draft", rest.Needs(account.WorkflowsWrite), "Discard a workflow's draft").Answers(http.StatusOK), a.discardDraft)
	rest.Handle(a.Shell, rest.Post(this+"/duplicate", rest.Needs(account.WorkflowsWrite), "Duplicate a workflow"), a.duplicateWorkflow)
	rest.Handle(a.Shell, rest.Get(this+"/versions", rest.Needs(account.WorkflowsRead), "List versions").Redacts(), a.listVersions)
	rest.Handle(a.Shell, rest.Get(this+"/versions/diff", rest.Needs(account.WorkflowsRead), "Compare two versions").Redacts(), a.diffVersions)
	rest.Handle(a.Shell, rest.Get(this+"/checklist", rest.Needs(account.WorkflowsRead), "Check what publishing would do"), a.publishChecklist)
	rest.Handle(a.Shell, rest.Get(this+"/held", rest.Needs(account.RunsRead), "List what is held"), a.listHeld)
	rest.Handle(a.Shell, rest.Get(this+"/versions/{version}", rest.Needs(account.WorkflowsRead), "Get a version and what it changed").Redacts(), a.getVersion)
	rest.Handle(a.Shell, rest.Post(this+"/versions/{version}/restore", rest.Needs(account.WorkflowsWrite), "Make a version the draft").Answers(http.StatusOK), a.restoreVersion)
	rest.Handle(a.Shell, rest.Get(this+"/stats", rest.Needs(account.WorkflowsRead), "Count what steps did").Redacts(), a.workflowStats)
	rest.Handle(a.Shell, rest.Post(this+"/test", rest.Needs(account.RunsWrite), "Test a workflow's draft").Answers(http.StatusAccepted), a.testWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/steps/{step}/test", rest.Needs(account.RunsWrite), "Test one step of a workflow's draft").Answers(http.StatusAccepted), a.testStep)
	rest.Handle(a.Shell, rest.Post(this+"/run", rest.Needs(account.RunsWrite), "Start a workflow").Answers(http.StatusAccepted), a.runWorkflow)
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/rotate-url", rest.Needs(account.WorkflowsPublish), "Give a trigger a new address").Answers(http.StatusOK), a.rotateURL)
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/rotate-secret", rest.Needs(account.WorkflowsPublish), "Give a trigger a new signing secret").Answers(http.StatusOK), a.rotateSecret)
}

// editorRoutes are what the canvas asks while somebody builds a workflow; the
// answers are made in package editor.
func (a *API) editorRoutes() {
	const this = rest.WS + "/workflows/{id}"
	rest.Handle(a.Shell, rest.Get("/senders", rest.Known, "List senders"), a.listSenders)
	rest.Handle(a.Shell, rest.Post(this+"/preview", rest.Needs(account.RunsRead), "Preview mappings and conditions").Answers(http.StatusOK).Unnoted("changes nothing"), a.preview)
	rest.Handle(a.Shell, rest.Post(this+"/email-preview", rest.Needs(account.RunsRead), "Preview an e-mail as a contact").Answers(http.StatusOK).Unnoted("changes nothing"), a.previewEmail)
	rest.Handle(a.Shell, rest.Post(this+"/email-test", rest.Needs(account.WorkflowsWrite), "Send a test e-mail to me").Answers(http.StatusAccepted), a.testEmail)
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/send-sample", rest.Needs(account.WorkflowsWrite), "Send a sample to a trigger"), a.sendSample)
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/samples", rest.Needs(account.WorkflowsWrite), "Keep pasted data as a sample"), a.pasteSample)
	rest.Handle(a.Shell, rest.Get(this+"/drift", rest.Needs(account.RunsRead), "Compare mappings with the last real events"), a.drift)
	rest.Handle(a.Shell, rest.Get(this+"/suggestions", rest.Needs(account.RunsRead), "Suggest values for a form"), a.suggest)
	a.templateRoutes()
	rest.Handle(a.Shell, rest.Get(this+"/scope", rest.Needs(account.RunsRead), "List what can be mapped"), a.scope)
}

// insightRoutes are what Home and the lists show at a glance; the answers are
// made in package insight.
func (a *API) insightRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/failures", rest.Needs(account.RunsRead), "List failures by their cause").Redacts(), a.listFailures)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/runs/chart", rest.Needs(account.RunsRead), "Count runs over time").Redacts(), a.runChart)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/workflows/activity", rest.Needs(account.RunsRead), "Get the last week of every workflow").Redacts(), a.workflowActivity)
}

func (a *API) runRoutes() {
	const (
		requests = rest.WS + "/requests"
		request  = requests + "/{id}"
		runs     = rest.WS + "/runs"
		run      = runs + "/{id}"
	)
	rest.Handle(a.Shell, rest.Get(requests, rest.Needs(account.RunsRead), "List requests").Redacts(), a.listRequests)
	rest.Handle(a.Shell, rest.Get(request, rest.Needs(account.RunsRead), "Get a request").Redacts(), a.getRequest)
	rest.Handle(a.Shell, rest.Get(request+"/raw", rest.Needs(account.RunsRead), "Download the body of a request"), a.rawRequest)
	rest.Handle(a.Shell, rest.Post(request+"/replay", rest.Needs(account.RunsWrite), "Run a request again").Answers(http.StatusAccepted), a.replayRequest)

	rest.Handle(a.Shell, rest.Get(runs, rest.Needs(account.RunsRead), "List runs").Redacts(), a.listRuns)
	rest.Handle(a.Shell, rest.Post(runs+"/bulk", rest.Needs(account.RunsWrite), "Replay, retry or cancel many runs").Answers(http.StatusAccepted), a.bulkRuns)
	rest.Handle(a.Shell, rest.Get(run, rest.Needs(account.RunsRead), "Get a run with its steps").Redacts(), a.getRun)
	rest.Handle(a.Shell, rest.Get(run+"/steps", rest.Needs(account.RunsRead), "List the steps of a run").Redacts(), a.listSteps)
	rest.Handle(a.Shell, rest.Post(run+"/replay", rest.Needs(account.RunsWrite), "Replay a run").Answers(http.StatusAccepted), a.replayRun)
	rest.Handle(a.Shell, rest.Post(run+"/retry", rest.Needs(account.RunsWrite), "Let a failed run go on").Answers(http.StatusAccepted), a.retryRun)
	rest.Handle(a.Shell, rest.Post(run+"/cancel", rest.Needs(account.RunsWrite), "Cancel a run").Answers(http.StatusOK), a.cancelRun)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/jobs/{id}", rest.Needs(account.RunsRead), "Get a job"), a.getJob)
}

func (a *API) contactRoutes() {
	const (
		contacts = rest.WS + "/contacts"
		contact  = contacts + "/{id}"
		tags     = rest.WS + "/tags"
		fields   = rest.WS + "/contact-fields"
		offers   = rest.WS + "/offers"
		grants   = rest.WS + "/grants"
	)
	rest.Handle(a.Shell, rest.Get(contacts, rest.Needs(account.ContactsRead), "List contacts"), a.listContacts)
	rest.Handle(a.Shell, rest.Post(contacts, rest.Needs(account.ContactsWrite), "Create a contact"), a.createContact)
	rest.Handle(a.Shell, rest.Get(contact, rest.Needs(account.ContactsRead), "Get a contact"), a.getContact)
	rest.Handle(a.Shell, rest.Patch(contact, rest.Needs(account.ContactsWrite), "Change a contact"), a.patchContact)
	rest.Handle(a.Shell, rest.Remove(contact, rest.Needs(account.ContactsWrite), "Erase a contact"), a.eraseContact)
	rest.Handle(a.Shell, rest.Get(contact+"/timeline", rest.Needs(account.ContactsRead), "List what happened to a contact"), a.contactTimeline)
	rest.Handle(a.Shell, rest.Post(contact+"/replies", rest.Needs(account.ContactsWrite), "Record a contact's reply"), a.recordReply)

	rest.Handle(a.Shell, rest.Get(tags, rest.Needs(account.ContactsRead), "List tags"), a.listTags)
	rest.Handle(a.Shell, rest.Post(tags, rest.Needs(account.ContactsWrite), "Create a tag"), a.createTag)
	rest.Handle(a.Shell, rest.Get(tags+"/{id}", rest.Needs(account.ContactsRead), "Get a tag"), a.getTag)
	rest.Handle(a.Shell, rest.Patch(tags+"/{id}", rest.Needs(account.ContactsWrite), "Rename a tag"), a.patchTag)
	rest.Handle(a.Shell, rest.Remove(tags+"/{id}", rest.Needs(account.ContactsWrite), "Delete a tag"), a.deleteTag)

	rest.Handle(a.Shell, rest.Get(fields, rest.Needs(account.ContactsRead), "List contact fields"), a.listFields)
	rest.Handle(a.Shell, rest.Post(fields, rest.Needs(account.ContactsWrite), "Create a contact field"), a.createField)
	rest.Handle(a.Shell, rest.Get(fields+"/{id}", rest.Needs(account.ContactsRead), "Get a contact field"), a.getField)
	rest.Handle(a.Shell, rest.Patch(fields+"/{id}", rest.Needs(account.ContactsWrite), "Change a contact field"), a.patchField)
	rest.Handle(a.Shell, rest.Remove(fields+"/{id}", rest.Needs(account.ContactsWrite), "Delete a contact field"), a.deleteField)

	rest.Handle(a.Shell, rest.Get(offers, rest.Needs(account.OffersRead), "List offers"), a.listOffers)
	rest.Handle(a.Shell, rest.Post(offers, rest.Needs(account.OffersWrite), "Create an offer"), a.createOffer)
	rest.Handle(a.Shell, rest.Get(offers+"/{id}", rest.Needs(account.OffersRead), "Get an offer"), a.getOffer)
	rest.Handle(a.Shell, rest.Patch(offers+"/{id}", rest.Needs(account.OffersWrite), "Change an offer"), a.patchOffer)
	rest.Handle(a.Shell, rest.Remove(offers+"/{id}", rest.Needs(account.OffersWrite), "Delete an offer"), a.deleteOffer)

	rest.Handle(a.Shell, rest.Get(offers+"/{id}/webhooks", rest.Needs(account.OffersRead), "Get the addresses of an offer and who uses old ones"), a.getOfferAddresses)
	rest.Handle(a.Shell, rest.Post(offers+"/{id}/rotate-urls", rest.Needs(account.OffersWrite), "Give an offer new addresses").Answers(http.StatusOK), a.rotateOffer)
	rest.Handle(a.Shell, rest.Get(offers+"/{id}/requests", rest.Needs(account.OffersRead), "List the calls of an offer's addresses"), a.listOfferCalls)

	rest.Handle(a.Shell, rest.Get(grants, rest.Needs(account.OffersRead), "List grants"), a.listGrants)
	rest.Handle(a.Shell, rest.Post(grants, rest.Needs(account.OffersWrite), "Grant an offer"), a.createGrant)
	rest.Handle(a.Shell, rest.Get(grants+"/{id}", rest.Needs(account.OffersRead), "Get a grant"), a.getGrant)
	rest.Handle(a.Shell, rest.Remove(grants+"/{id}", rest.Needs(account.OffersWrite), "Revoke a grant"), a.revokeGrant)
}

// saleRoutes record what was sold and read it.
func (a *API) saleRoutes() {
	const (
		purchases     = rest.WS + "/purchases"
		payments      = rest.WS + "/payments"
		orders        = rest.WS + "/orders"
		subscriptions = rest.WS + "/subscriptions"
		courses       = rest.WS + "/course-events"
	)
	rest.Handle(a.Shell, rest.Get(purchases, rest.Needs(account.SalesRead), "List purchases"), a.listPurchases)
	rest.Handle(a.Shell, rest.Post(purchases, rest.Needs(account.SalesWrite), "Record a purchase with its first payment"), a.createPurchase)
	rest.Handle(a.Shell, rest.Get(purchases+"/{id}", rest.Needs(account.SalesRead), "Get a purchase"), a.getPurchase)
	rest.Handle(a.Shell, rest.Post(purchases+"/{id}/deactivate", rest.Needs(account.SalesWrite), "Take a purchase and its access away").Answers(http.StatusOK), a.deactivatePurchase)
	rest.Handle(a.Shell, rest.Post(purchases+"/{id}/reactivate", rest.Needs(account.SalesWrite), "Give a purchase and its access back").Answers(http.StatusOK), a.reactivatePurchase)

	rest.Handle(a.Shell, rest.Get(payments, rest.Needs(account.SalesRead), "List payments"), a.listPayments)
	rest.Handle(a.Shell, rest.Post(payments, rest.Needs(account.SalesWrite), "Record a payment"), a.createPayment)
	rest.Handle(a.Shell, rest.Get(payments+"/{id}", rest.Needs(account.SalesRead), "Get a payment"), a.getPayment)
	rest.Handle(a.Shell, rest.Post(payments+"/{id}/refund", rest.Needs(account.SalesWrite), "Record the refund of a payment").Answers(http.StatusOK), a.refundPayment)
	rest.Handle(a.Shell, rest.Post(payments+"/{id}/chargeback", rest.Needs(account.SalesWrite), "Record the chargeback of a payment").Answers(http.StatusOK), a.chargePaymentBack)

	rest.Handle(a.Shell, rest.Get(orders, rest.Needs(account.SalesRead), "List orders"), a.listOrders)
	rest.Handle(a.Shell, rest.Post(orders, rest.Needs(account.SalesWrite), "Record an order"), a.createOrder)
	rest.Handle(a.Shell, rest.Get(orders+"/{id}", rest.Needs(account.SalesRead), "Get an order"), a.getOrder)
	rest.Handle(a.Shell, rest.Post(orders+"/{id}/refund", rest.Needs(account.SalesWrite), "Record the refund of an order").Answers(http.StatusOK), a.refundOrder)
	rest.Handle(a.Shell, rest.Post(orders+"/{id}/chargeback", rest.Needs(account.SalesWrite), "Record the chargeback of an order").Answers(http.StatusOK), a.chargeOrderBack)

	rest.Handle(a.Shell, rest.Get(subscriptions, rest.Needs(account.SalesRead), "List subscriptions"), a.listSubscriptions)
	rest.Handle(a.Shell, rest.Post(subscriptions, rest.Needs(account.SalesWrite), "Record a subscription"), a.createSubscription)
	rest.Handle(a.Shell, rest.Get(subscriptions+"/{id}", rest.Needs(account.SalesRead), "Get a subscription"), a.getSubscription)
	rest.Handle(a.Shell, rest.Post(subscriptions+"/{id}/changes", rest.Needs(account.SalesWrite), "Record what became of a subscription").Answers(http.StatusOK), a.changeSubscription)

	const forms = rest.WS + "/forms"
	rest.Handle(a.Shell, rest.Get(forms, rest.Needs(account.FormsRead), "List forms"), a.listForms)
	rest.Handle(a.Shell, rest.Post(forms, rest.Needs(account.FormsWrite), "Create a form"), a.createForm)
	rest.Handle(a.Shell, rest.Get(forms+"/{id}", rest.Needs(account.FormsRead), "Get a form"), a.getForm)
	rest.Handle(a.Shell, rest.Patch(forms+"/{id}", rest.Needs(account.FormsWrite), "Change a form"), a.patchForm)
	rest.Handle(a.Shell, rest.Remove(forms+"/{id}", rest.Needs(account.FormsWrite), "Delete a form"), a.deleteForm)
	rest.Handle(a.Shell, rest.Get(forms+"/{id}/submissions", rest.Needs(account.FormsRead), "List the submissions of a form"), a.listSubmissions)
	rest.Handle(a.Shell, rest.Post(forms+"/{id}/submissions", rest.Needs(account.FormsWrite), "Submit a form"), a.createSubmission)

	rest.Handle(a.Shell, rest.Get(courses, rest.Needs(account.FormsRead), "List course events"), a.listCourseEvents)
	rest.Handle(a.Shell, rest.Post(courses, rest.Needs(account.FormsWrite), "Record a course event"), a.createCourseEvent)
	rest.Handle(a.Shell, rest.Get(courses+"/{id}", rest.Needs(account.FormsRead), "Get a course event"), a.getCourseEvent)
}

// sheetRoutes bring contacts in and take them out.
func (a *API) sheetRoutes() {
	const imports = rest.WS + "/imports"
	rest.Handle(a.Shell, rest.Post(imports, rest.Needs(account.ContactsWrite), "Upload a file of contacts").Takes(sheet.MaxBytes), a.uploadContacts)
	rest.Handle(a.Shell, rest.Get(imports+"/{id}", rest.Needs(account.ContactsWrite), "Preview a file of contacts"), a.getImport)
	rest.Handle(a.Shell, rest.Post(imports+"/{id}/start", rest.Needs(account.ContactsWrite), "Import a file of contacts").Answers(http.StatusAccepted), a.startImport)
	rest.Handle(a.Shell, rest.Get(imports+"/{id}/report", rest.Needs(account.ContactsWrite), "Download the rows that an import refused"), a.importReport)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/contacts/export", rest.Needs(account.ContactsRead), "Download contacts as CSV"), a.exportContacts)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/contacts/start", rest.Needs(account.RunsWrite), "Start a workflow for many contacts").Answers(http.StatusAccepted), a.startForContacts)
}

func (a *API) settingRoutes() {
	const (
		values      = rest.WS + "/custom-values"
		connections = rest.WS + "/connections"
	)
	rest.Handle(a.Shell, rest.Get(values, rest.Needs(account.ValuesRead), "List custom values"), a.listValues)
	rest.Handle(a.Shell, rest.Post(values, rest.Needs(account.ValuesWrite), "Create a custom value"), a.createValue)
	rest.Handle(a.Shell, rest.Get(values+"/{id}", rest.Needs(account.ValuesRead), "Get a custom value"), a.getValue)
	rest.Handle(a.Shell, rest.Patch(values+"/{id}", rest.Needs(account.ValuesWrite), "Change a custom value"), a.patchValue)
	rest.Handle(a.Shell, rest.Remove(values+"/{id}", rest.Needs(account.ValuesWrite), "Delete a custom value"), a.deleteValue)

	rest.Handle(a.Shell, rest.Get(connections, rest.Needs(account.ConnectionsRead), "List connections"), a.listConnections)
	rest.Handle(a.Shell, rest.Post(connections, rest.Needs(account.ConnectionsWrite), "Create a connection"), a.createConnection)
	rest.Handle(a.Shell, rest.Get(connections+"/{id}", rest.Needs(account.ConnectionsRead), "Get a connection"), a.getConnection)
	rest.Handle(a.Shell, rest.Patch(connections+"/{id}", rest.Needs(account.ConnectionsWrite), "Change a connection"), a.patchConnection)
	rest.Handle(a.Shell, rest.Remove(connections+"/{id}", rest.Needs(account.ConnectionsWrite), "Delete a connection"), a.deleteConnection)
	rest.Handle(a.Shell, rest.Post(connections+"/{id}/connect", rest.Needs(account.ConnectionsWrite), "Begin a sign-in at a connection's service").Answers(http.StatusOK), a.connect)
	rest.Handle(a.Shell, rest.Post(connections+"/{id}/test", rest.Needs(account.ConnectionsWrite), "Test a connection").Answers(http.StatusOK), a.testConnection)
}

// alertRoutes tell people of failures.
func (a *API) alertRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Get who hears of failures"), a.getAlerts)
	rest.Handle(a.Shell, rest.Put(rest.WS+"/alerts", rest.Needs(account.WorkspacesWrite), "Set who hears of failures"), a.putAlerts)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/alerts/test", rest.Needs(account.WorkspacesWrite), "Send a test message to who hears of failures").Answers(http.StatusAccepted), a.testAlerts)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox", rest.Needs(account.WorkspacesWrite), "List messages to people"), a.listOutbox)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/outbox/{id}", rest.Needs(account.WorkspacesWrite), "Get a message to people"), a.getMessage)
	rest.Handle(a.Shell, rest.Post(rest.WS+"/outbox/{id}/send-again", rest.Needs(account.WorkspacesWrite), "Send a kept or failed message again").Answers(http.StatusNoContent), a.sendAgain)
}
