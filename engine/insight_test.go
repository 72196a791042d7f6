package engine_test

import (
	"testing"

	"github.com/hookloom/hookloom/engine"
)

func TestFingerprintIgnoresValues(t *testing.T) {
	of := func(workflow, step, code, message string) string {
		return engine.Run{WorkflowID: workflow, Error: &engine.Failure{Code: code, Message: message, Step: step}}.Fingerprint()
	}
	one := of("wf", "items[3]/grant", "step_failed", `"a@b" is no e-mail (row 12).`)
	if other := of("wf", "items[14]/grant", "step_failed", `"x" is no e-mail (row 7).`); other != one {
		t.Error("another value is another cause")
	}
	for name, other := range map[string]string{
		"step": of("wf", "items[3]/tell", "step_failed", `"a@b" is no e-mail (row 12).`), "message": of("wf", "items[3]/grant", "step_failed", "It is gone."),
		"code": of("wf", "items[3]/grant", "timeout", `"a@b" is no e-mail (row 12).`), "workflow": of("wf2", "items[3]/grant", "step_failed", `"a@b" is no e-mail (row 12).`),
	} {
		if other == one {
			t.Errorf("another %s is the same cause", name)
		}
	}
	if (engine.Run{}).Fingerprint() != "" {
		t.Error("a run without an error has a fingerprint")
	}
	for path, want := range map[string]string{"a": "a", "tier/vip/access": "access", "items[3]/grant": "grant", "access!error/notify": "notify", "items[2]": "items", "": ""} {
		if got := engine.StepOfPath(path); got != want {
			t.Errorf("%s is step %s", path, got)
		}
	}
}
