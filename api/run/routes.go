package run

import (
	"net/http"

	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine/account"
)

// Routes are what came in, what became of it, and what people do about it.
func (a *API) Routes() {
	const (
		workflow = rest.WS + "/workflows/{id}"
		requests = rest.WS + "/requests"
		request  = requests + "/{id}"
		runs     = rest.WS + "/runs"
		run      = runs + "/{id}"
	)
	rest.Handle(a.Shell, rest.Get(requests, rest.Needs(account.RunsRead), "List requests").Redacts(), a.listRequests)
	rest.Handle(a.Shell, rest.Get(request, rest.Needs(account.RunsRead), "Get a request").Redacts(), a.getRequest)
	rest.Handle(a.Shell, rest.Get(request+"/raw", rest.Needs(account.RunsRead), "Download the body of a request"), a.rawRequest)
	rest.Handle(a.Shell, rest.Post(request+"/replay", rest.Needs(account.RunsWrite), "Run a request again").Answers(http.StatusAccepted), a.replayRequest)

	rest.Handle(a.Shell, rest.Post(workflow+"/test", rest.Needs(account.RunsWrite), "Test a workflow's draft").Answers(http.StatusAccepted), a.testWorkflow)
	rest.Handle(a.Shell, rest.Post(workflow+"/steps/{step}/test", rest.Needs(account.RunsWrite), "Test one step of a workflow's draft").Answers(http.StatusAccepted), a.testStep)
	rest.Handle(a.Shell, rest.Post(workflow+"/run", rest.Needs(account.RunsWrite), "Start a workflow").Answers(http.StatusAccepted), a.runWorkflow)

	rest.Handle(a.Shell, rest.Get(runs, rest.Needs(account.RunsRead), "List runs").Redacts(), a.listRuns)
	rest.Handle(a.Shell, rest.Post(runs+"/bulk", rest.Needs(account.RunsWrite), "Replay, retry or cancel many runs").Answers(http.StatusAccepted), a.bulkRuns)
	rest.Handle(a.Shell, rest.Get(run, rest.Needs(account.RunsRead), "Get a run with its steps").Redacts(), a.getRun)
	rest.Handle(a.Shell, rest.Get(run+"/steps", rest.Needs(account.RunsRead), "List the steps of a run").Redacts(), a.listSteps)
	rest.Handle(a.Shell, rest.Post(run+"/replay", rest.Needs(account.RunsWrite), "Replay a run").Answers(http.StatusAccepted), a.replayRun)
	rest.Handle(a.Shell, rest.Post(run+"/retry", rest.Needs(account.RunsWrite), "Let a failed run go on").Answers(http.StatusAccepted), a.retryRun)
	rest.Handle(a.Shell, rest.Post(run+"/cancel", rest.Needs(account.RunsWrite), "Cancel a run").Answers(http.StatusOK), a.cancelRun)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/jobs/{id}", rest.Needs(account.RunsRead), "Get a job"), a.GetJob)
	a.insightRoutes()
}

// insightRoutes are what Home and the lists show at a glance; the answers are
// made in package insight.
func (a *API) insightRoutes() {
	rest.Handle(a.Shell, rest.Get(rest.WS+"/failures", rest.Needs(account.RunsRead), "List failures by their cause").Redacts(), a.listFailures)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/runs/chart", rest.Needs(account.RunsRead), "Count runs over time").Redacts(), a.runChart)
	rest.Handle(a.Shell, rest.Get(rest.WS+"/workflows/activity", rest.Needs(account.RunsRead), "Get the last week of every workflow").Redacts(), a.workflowActivity)
}
