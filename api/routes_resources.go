package api

import (
	"net/http"

	"github.com/hookloom/hookloom/api/agency"
	"github.com/hookloom/hookloom/api/editor"
	"github.com/hookloom/hookloom/api/insight"
	"github.com/hookloom/hookloom/api/kajabi"
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

const inWS = "/workspaces/{ws}"

// resourceRoutes is the part of the route list with what workflows are, do and
// change.
func (a *API) resourceRoutes() {
	handle(a, get("/node-types", known, "List node types"), a.listNodeTypes)
	handle(a, get("/mapping", known, "Describe the language of mappings"), a.describeMapping)
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
		all  = inWS + "/workflows"
		this = all + "/{id}"
	)
	handle(a, get(all, needs(account.WorkflowsRead), "List workflows").redacts(), a.listWorkflows)
	handle(a, get(inWS+"/workflow-folders", needs(account.WorkflowsRead), "List the folders of workflows").redacts(), a.listFolders)
	handle(a, post(all, needs(account.WorkflowsWrite), "Create a workflow"), a.createWorkflow)
	handle(a, get(this, needs(account.WorkflowsRead), "Get a workflow").redacts(), a.getWorkflow)
	handle(a, put(this, needs(account.WorkflowsWrite), "Replace a workflow's draft"), a.putWorkflow)
	handle(a, patch(this, needs(account.WorkflowsWrite), "Change a workflow's draft"), a.patchWorkflow)
	handle(a, remove(this, needs(account.WorkflowsWrite), "Move a workflow to the trash"), a.deleteWorkflow)
	handle(a, post(this+"/restore", needs(account.WorkflowsWrite), "Take a workflow out of the trash").answers(http.StatusOK), a.restoreWorkflow)
	handle(a, post(this+"/publish", needs(account.WorkflowsPublish), "Publish a workflow").answers(http.StatusOK), a.publishWorkflow)
	handle(a, post(this+"/pause", needs(account.WorkflowsPublish), "Pause a workflow").answers(http.StatusOK), a.pauseWorkflow)
	handle(a, post(this+"/resume", needs(account.WorkflowsPublish), "Resume a workflow").answers(http.StatusOK), a.resumeWorkflow)
	handle(a, post(this+"/discard-draft", needs(account.WorkflowsWrite), "Discard a workflow's draft").answers(http.StatusOK), a.discardDraft)
	handle(a, post(this+"/duplicate", needs(account.WorkflowsWrite), "Duplicate a workflow"), a.duplicateWorkflow)
	handle(a, get(this+"/versions", needs(account.WorkflowsRead), "List versions").redacts(), a.listVersions)
	handle(a, get(this+"/versions/diff", needs(account.WorkflowsRead), "Compare two versions").redacts(), a.diffVersions)
	handle(a, get(this+"/checklist", needs(account.WorkflowsRead), "Check what publishing would do"), a.publishChecklist)
	handle(a, get(this+"/held", needs(account.RunsRead), "List what is held"), a.listHeld)
	handle(a, get(this+"/versions/{version}", needs(account.WorkflowsRead), "Get a version and what it changed").redacts(), a.getVersion)
	handle(a, post(this+"/versions/{version}/restore", needs(account.WorkflowsWrite), "Make a version the draft").answers(http.StatusOK), a.restoreVersion)
	handle(a, get(this+"/stats", needs(account.WorkflowsRead), "Count what steps did").redacts(), a.workflowStats)
	handle(a, post(this+"/test", needs(account.RunsWrite), "Test a workflow's draft").answers(http.StatusAccepted), a.testWorkflow)
	handle(a, post(this+"/steps/{step}/test", needs(account.RunsWrite), "Test one step of a workflow's draft").answers(http.StatusAccepted), a.testStep)
	handle(a, post(this+"/run", needs(account.RunsWrite), "Start a workflow").answers(http.StatusAccepted), a.runWorkflow)
	handle(a, post(this+"/triggers/{trigger}/rotate-url", needs(account.WorkflowsPublish), "Give a trigger a new address").answers(http.StatusOK), a.rotateURL)
	handle(a, post(this+"/triggers/{trigger}/rotate-secret", needs(account.WorkflowsPublish), "Give a trigger a new signing secret").answers(http.StatusOK), a.rotateSecret)
}

// editorRoutes are what the canvas asks while somebody builds a workflow; the
// answers are made in package editor.
func (a *API) editorRoutes() {
	const this = inWS + "/workflows/{id}"
	handle(a, get("/senders", known, "List senders"), a.listSenders)
	handle(a, post(this+"/preview", needs(account.RunsRead), "Preview mappings and conditions").answers(http.StatusOK).unnoted("changes nothing"), a.preview)
	handle(a, post(this+"/email-preview", needs(account.RunsRead), "Preview an e-mail as a contact").answers(http.StatusOK).unnoted("changes nothing"), a.previewEmail)
	handle(a, post(this+"/email-test", needs(account.WorkflowsWrite), "Send a test e-mail to me").answers(http.StatusAccepted), a.testEmail)
	handle(a, post(this+"/triggers/{trigger}/send-sample", needs(account.WorkflowsWrite), "Send a sample to a trigger"), a.sendSample)
	handle(a, post(this+"/triggers/{trigger}/samples", needs(account.WorkflowsWrite), "Keep pasted data as a sample"), a.pasteSample)
	handle(a, get(this+"/drift", needs(account.RunsRead), "Compare mappings with the last real events"), a.drift)
	handle(a, get(this+"/suggestions", needs(account.RunsRead), "Suggest values for a form"), a.suggest)
	a.templateRoutes()
	handle(a, get(this+"/scope", needs(account.RunsRead), "List what can be mapped"), a.scope)
}

// insightRoutes are what Home and the lists show at a glance; the answers are
// made in package insight.
func (a *API) insightRoutes() {
	handle(a, get(inWS+"/failures", needs(account.RunsRead), "List failures by their cause").redacts(), a.listFailures)
	handle(a, get(inWS+"/runs/chart", needs(account.RunsRead), "Count runs over time").redacts(), a.runChart)
	handle(a, get(inWS+"/workflows/activity", needs(account.RunsRead), "Get the last week of every workflow").redacts(), a.workflowActivity)
}

func (a *API) runRoutes() {
	const (
		requests = inWS + "/requests"
		request  = requests + "/{id}"
		runs     = inWS + "/runs"
		run      = runs + "/{id}"
	)
	handle(a, get(requests, needs(account.RunsRead), "List requests").redacts(), a.listRequests)
	handle(a, get(request, needs(account.RunsRead), "Get a request").redacts(), a.getRequest)
	handle(a, get(request+"/raw", needs(account.RunsRead), "Download the body of a request"), a.rawRequest)
	handle(a, post(request+"/replay", needs(account.RunsWrite), "Run a request again").answers(http.StatusAccepted), a.replayRequest)

	handle(a, get(runs, needs(account.RunsRead), "List runs").redacts(), a.listRuns)
	handle(a, post(runs+"/bulk", needs(account.RunsWrite), "Replay, retry or cancel many runs").answers(http.StatusAccepted), a.bulkRuns)
	handle(a, get(run, needs(account.RunsRead), "Get a run with its steps").redacts(), a.getRun)
	handle(a, get(run+"/steps", needs(account.RunsRead), "List the steps of a run").redacts(), a.listSteps)
	handle(a, post(run+"/replay", needs(account.RunsWrite), "Replay a run").answers(http.StatusAccepted), a.replayRun)
	handle(a, post(run+"/retry", needs(account.RunsWrite), "Let a failed run go on").answers(http.StatusAccepted), a.retryRun)
	handle(a, post(run+"/cancel", needs(account.RunsWrite), "Cancel a run").answers(http.StatusOK), a.cancelRun)
	handle(a, get(inWS+"/jobs/{id}", needs(account.RunsRead), "Get a job"), a.getJob)
}

func (a *API) contactRoutes() {
	const (
		contacts = inWS + "/contacts"
		contact  = contacts + "/{id}"
		tags     = inWS + "/tags"
		fields   = inWS + "/contact-fields"
		offers   = inWS + "/offers"
		grants   = inWS + "/grants"
	)
	handle(a, get(contacts, needs(account.ContactsRead), "List contacts"), a.listContacts)
	handle(a, post(contacts, needs(account.ContactsWrite), "Create a contact"), a.createContact)
	handle(a, get(contact, needs(account.ContactsRead), "Get a contact"), a.getContact)
	handle(a, patch(contact, needs(account.ContactsWrite), "Change a contact"), a.patchContact)
	handle(a, remove(contact, needs(account.ContactsWrite), "Erase a contact"), a.eraseContact)
	handle(a, get(contact+"/timeline", needs(account.ContactsRead), "List what happened to a contact"), a.contactTimeline)
	handle(a, post(contact+"/replies", needs(account.ContactsWrite), "Record a contact's reply"), a.recordReply)

	handle(a, get(tags, needs(account.ContactsRead), "List tags"), a.listTags)
	handle(a, post(tags, needs(account.ContactsWrite), "Create a tag"), a.createTag)
	handle(a, get(tags+"/{id}", needs(account.ContactsRead), "Get a tag"), a.getTag)
	handle(a, patch(tags+"/{id}", needs(account.ContactsWrite), "Rename a tag"), a.patchTag)
	handle(a, remove(tags+"/{id}", needs(account.ContactsWrite), "Delete a tag"), a.deleteTag)

	handle(a, get(fields, needs(account.ContactsRead), "List contact fields"), a.listFields)
	handle(a, post(fields, needs(account.ContactsWrite), "Create a contact field"), a.createField)
	handle(a, get(fields+"/{id}", needs(account.ContactsRead), "Get a contact field"), a.getField)
	handle(a, patch(fields+"/{id}", needs(account.ContactsWrite), "Change a contact field"), a.patchField)
	handle(a, remove(fields+"/{id}", needs(account.ContactsWrite), "Delete a contact field"), a.deleteField)

	handle(a, get(offers, needs(account.OffersRead), "List offers"), a.listOffers)
	handle(a, post(offers, needs(account.OffersWrite), "Create an offer"), a.createOffer)
	handle(a, get(offers+"/{id}", needs(account.OffersRead), "Get an offer"), a.getOffer)
	handle(a, patch(offers+"/{id}", needs(account.OffersWrite), "Change an offer"), a.patchOffer)
	handle(a, remove(offers+"/{id}", needs(account.OffersWrite), "Delete an offer"), a.deleteOffer)

	handle(a, get(offers+"/{id}/webhooks", needs(account.OffersRead), "Get the addresses of an offer and who uses old ones"), a.getOfferAddresses)
	handle(a, post(offers+"/{id}/rotate-urls", needs(account.OffersWrite), "Give an offer new addresses").answers(http.StatusOK), a.rotateOffer)
	handle(a, get(offers+"/{id}/requests", needs(account.OffersRead), "List the calls of an offer's addresses"), a.listOfferCalls)

	handle(a, get(grants, needs(account.OffersRead), "List grants"), a.listGrants)
	handle(a, post(grants, needs(account.OffersWrite), "Grant an offer"), a.createGrant)
	handle(a, get(grants+"/{id}", needs(account.OffersRead), "Get a grant"), a.getGrant)
	handle(a, remove(grants+"/{id}", needs(account.OffersWrite), "Revoke a grant"), a.revokeGrant)
}

// saleRoutes record what was sold and read it.
func (a *API) saleRoutes() {
	const (
		purchases     = inWS + "/purchases"
		payments      = inWS + "/payments"
		orders        = inWS + "/orders"
		subscriptions = inWS + "/subscriptions"
		courses       = inWS + "/course-events"
	)
	handle(a, get(purchases, needs(account.SalesRead), "List purchases"), a.listPurchases)
	handle(a, post(purchases, needs(account.SalesWrite), "Record a purchase with its first payment"), a.createPurchase)
	handle(a, get(purchases+"/{id}", needs(account.SalesRead), "Get a purchase"), a.getPurchase)
	handle(a, post(purchases+"/{id}/deactivate", needs(account.SalesWrite), "Take a purchase and its access away").answers(http.StatusOK), a.deactivatePurchase)
	handle(a, post(purchases+"/{id}/reactivate", needs(account.SalesWrite), "Give a purchase and its access back").answers(http.StatusOK), a.reactivatePurchase)

	handle(a, get(payments, needs(account.SalesRead), "List payments"), a.listPayments)
	handle(a, post(payments, needs(account.SalesWrite), "Record a payment"), a.createPayment)
	handle(a, get(payments+"/{id}", needs(account.SalesRead), "Get a payment"), a.getPayment)
	handle(a, post(payments+"/{id}/refund", needs(account.SalesWrite), "Record the refund of a payment").answers(http.StatusOK), a.refundPayment)
	handle(a, post(payments+"/{id}/chargeback", needs(account.SalesWrite), "Record the chargeback of a payment").answers(http.StatusOK), a.chargePaymentBack)

	handle(a, get(orders, needs(account.SalesRead), "List orders"), a.listOrders)
	handle(a, post(orders, needs(account.SalesWrite), "Record an order"), a.createOrder)
	handle(a, get(orders+"/{id}", needs(account.SalesRead), "Get an order"), a.getOrder)
	handle(a, post(orders+"/{id}/refund", needs(account.SalesWrite), "Record the refund of an order").answers(http.StatusOK), a.refundOrder)
	handle(a, post(orders+"/{id}/chargeback", needs(account.SalesWrite), "Record the chargeback of an order").answers(http.StatusOK), a.chargeOrderBack)

	handle(a, get(subscriptions, needs(account.SalesRead), "List subscriptions"), a.listSubscriptions)
	handle(a, post(subscriptions, needs(account.SalesWrite), "Record a subscription"), a.createSubscription)
	handle(a, get(subscriptions+"/{id}", needs(account.SalesRead), "Get a subscription"), a.getSubscription)
	handle(a, post(subscriptions+"/{id}/changes", needs(account.SalesWrite), "Record what became of a subscription").answers(http.StatusOK), a.changeSubscription)

	const forms = inWS + "/forms"
	handle(a, get(forms, needs(account.FormsRead), "List forms"), a.listForms)
	handle(a, post(forms, needs(account.FormsWrite), "Create a form"), a.createForm)
	handle(a, get(forms+"/{id}", needs(account.FormsRead), "Get a form"), a.getForm)
	handle(a, patch(forms+"/{id}", needs(account.FormsWrite), "Change a form"), a.patchForm)
	handle(a, remove(forms+"/{id}", needs(account.FormsWrite), "Delete a form"), a.deleteForm)
	handle(a, get(forms+"/{id}/submissions", needs(account.FormsRead), "List the submissions of a form"), a.listSubmissions)
	handle(a, post(forms+"/{id}/submissions", needs(account.FormsWrite), "Submit a form"), a.createSubmission)

	handle(a, get(courses, needs(account.FormsRead), "List course events"), a.listCourseEvents)
	handle(a, post(courses, needs(account.FormsWrite), "Record a course event"), a.createCourseEvent)
	handle(a, get(courses+"/{id}", needs(account.FormsRead), "Get a course event"), a.getCourseEvent)
}

// sheetRoutes bring contacts in and take them out.
func (a *API) sheetRoutes() {
	const imports = inWS + "/imports"
	handle(a, post(imports, needs(account.ContactsWrite), "Upload a file of contacts").takes(sheet.MaxBytes), a.uploadContacts)
	handle(a, get(imports+"/{id}", needs(account.ContactsWrite), "Preview a file of contacts"), a.getImport)
	handle(a, post(imports+"/{id}/start", needs(account.ContactsWrite), "Import a file of contacts").answers(http.StatusAccepted), a.startImport)
	handle(a, get(imports+"/{id}/report", needs(account.ContactsWrite), "Download the rows that an import refused"), a.importReport)
	handle(a, get(inWS+"/contacts/export", needs(account.ContactsRead), "Download contacts as CSV"), a.exportContacts)
	handle(a, post(inWS+"/contacts/start", needs(account.RunsWrite), "Start a workflow for many contacts").answers(http.StatusAccepted), a.startForContacts)
}

func (a *API) settingRoutes() {
	const (
		values      = inWS + "/custom-values"
		connections = inWS + "/connections"
	)
	handle(a, get(values, needs(account.ValuesRead), "List custom values"), a.listValues)
	handle(a, post(values, needs(account.ValuesWrite), "Create a custom value"), a.createValue)
	handle(a, get(values+"/{id}", needs(account.ValuesRead), "Get a custom value"), a.getValue)
	handle(a, patch(values+"/{id}", needs(account.ValuesWrite), "Change a custom value"), a.patchValue)
	handle(a, remove(values+"/{id}", needs(account.ValuesWrite), "Delete a custom value"), a.deleteValue)

	handle(a, get(connections, needs(account.ConnectionsRead), "List connections"), a.listConnections)
	handle(a, post(connections, needs(account.ConnectionsWrite), "Create a connection"), a.createConnection)
	handle(a, get(connections+"/{id}", needs(account.ConnectionsRead), "Get a connection"), a.getConnection)
	handle(a, patch(connections+"/{id}", needs(account.ConnectionsWrite), "Change a connection"), a.patchConnection)
	handle(a, remove(connections+"/{id}", needs(account.ConnectionsWrite), "Delete a connection"), a.deleteConnection)
	handle(a, post(connections+"/{id}/connect", needs(account.ConnectionsWrite), "Begin a sign-in at a connection's service").answers(http.StatusOK), a.connect)
	handle(a, post(connections+"/{id}/test", needs(account.ConnectionsWrite), "Test a connection").answers(http.StatusOK), a.testConnection)
}

// alertRoutes tell people of failures.
func (a *API) alertRoutes() {
	handle(a, get(inWS+"/alerts", needs(account.WorkspacesWrite), "Get who hears of failures"), a.getAlerts)
	handle(a, put(inWS+"/alerts", needs(account.WorkspacesWrite), "Set who hears of failures"), a.putAlerts)
	handle(a, post(inWS+"/alerts/test", needs(account.WorkspacesWrite), "Send a test message to who hears of failures").answers(http.StatusAccepted), a.testAlerts)
	handle(a, get(inWS+"/outbox", needs(account.WorkspacesWrite), "List messages to people"), a.listOutbox)
	handle(a, get(inWS+"/outbox/{id}", needs(account.WorkspacesWrite), "Get a message to people"), a.getMessage)
	handle(a, post(inWS+"/outbox/{id}/send-again", needs(account.WorkspacesWrite), "Send a kept or failed message again").answers(http.StatusNoContent), a.sendAgain)
}
