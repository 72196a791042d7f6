package run

import (
	"github.com/hookloom/hookloom/api/problem"
	"github.com/hookloom/hookloom/api/rest"
	"github.com/hookloom/hookloom/engine"
)

func redactRun(v *RunView) {
	v.Error, v.Redacted = rest.HiddenFailure(v.Error), true
}

func redactStep(v *stepView) {
	v.Input, v.Output, v.Notes, v.Redacted = rest.PlainJSON(nil), rest.PlainJSON(nil), []string{}, true
	v.Error = rest.HiddenFailure(v.Error)
	attempts := make([]engine.Attempt, len(v.Attempts))
	for i, at := range v.Attempts {
		at.Error = rest.HiddenFailure(at.Error)
		attempts[i] = at
	}
	v.Attempts = attempts
}

func redactRunDetail(v *runDetail) {
	redactRun(&v.RunView)
	v.Input = rest.PlainJSON(nil)
	for i := range v.Steps {
		redactStep(&v.Steps[i])
	}
}

func redactRequest(v *RequestView) {
	v.Path, v.Query, v.IP, v.ContentType = "", "", "", ""
	v.Fields, v.Notes, v.Redacted = []problem.Item{}, []string{}, true
	if v.Reason != "" {
		v.Reason = rest.HiddenText
	}
}

func redactRequestDetail(v *requestDetail) {
	redactRequest(&v.RequestView)
	v.Headers, v.Body = map[string][]string{}, nil
}
