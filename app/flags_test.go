package app

import (
	"bytes"
	"strings"
	"testing"
)

func TestWrongCommandLinesEndWithTwo(t *testing.T) {
	for line, says := range map[string]string{
		"frob":               `unknown command "frob"`,
		"serve extra":        `unknown command "extra"`,
		"node frob":          `unknown command "frob" for "hookloom node"`,
		"admin frob":         `unknown command "frob" for "hookloom admin"`,
		"node list more":     `unknown command "more"`,
		"publish":            "hookloom publish WORKFLOW",
		"replay one two":     "hookloom replay RUN",
		"admin reset-link":   "hookloom admin reset-link EMAIL",
		"version --nope":     "unknown flag: --nope",
		"worker --port many": `PORT must be a whole number, not "many"`,
	} {
		var out, errs bytes.Buffer
		code := run(t.Context(), Options{Args: strings.Fields(line), Stdout: &out, Stderr: &errs, Environ: []string{}})
		if code != 2 || out.Len() > 0 || !strings.Contains(errs.String(), says) {
			t.Errorf("%s ends with %d, prints %q and says %q", line, code, out.String(), errs.String())
		}
	}
}

func TestCommandsOfCommandsShowTheirHelp(t *testing.T) {
	for _, line := range []string{"node", "admin"} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), Options{Args: []string{line}, Stdout: &out, Stderr: &errs, Environ: []string{}}); code != 0 || !strings.Contains(out.String(), "Available Commands") {
			t.Errorf("%s ends with %d and prints %q %q", line, code, out.String(), errs.String())
		}
	}
}
