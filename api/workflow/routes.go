package workflow

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes are what workflows are, and their versions.
func (a *API) Routes() {
	const (
		all  = rest.WS + "/workflows"
		this = all + "/{id}"
	)
	rest.Handle(a.Shell, rest.Get("/node-types", rest.Known, "List node types"), a.listNodeTypes)
	rest.Handle(a.Shell, rest.Get("/mapping", rest.Known, "Describe the language of mappings"), a.describeMapping)
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
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/rotate-url", rest.Needs(account.WorkflowsPublish), "Give a trigger a new address").Answers(http.StatusOK), a.rotateURL)
	rest.Handle(a.Shell, rest.Post(this+"/triggers/{trigger}/rotate-secret", rest.Needs(account.WorkflowsPublish), "Give a trigger a new signing secret").Answers(http.StatusOK), a.rotateSecret)
	a.editorRoutes()
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
	rest.Handle(a.Shell, rest.Get(this+"/scope", rest.Needs(account.RunsRead), "List what can be mapped"), a.scope)
}
