package mapping

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/hookloom/hookloom/engine/value"
)

// TestScenarios runs testdata/scenarios: scope.json and template.json give
// want.json or error.txt, with missing.txt and notes.txt a line each. Who finds
// a surprising mapping adds a file.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob("testdata/scenarios/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scenarios: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			sections := map[string]string{}
			for _, f := range archive.Files {
				sections[f.Name] = strings.TrimSpace(string(f.Data))
			}
			s := scopeFrom(t, sections["scope.json"])
			result, err := compiled(t, decoded(t, sections["template.json"])).Resolve(testContext(), s)
			if diff := cmp.Diff(sections["error.txt"], describe(err)); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
			if want := sections["want.json"]; want != "" {
				got, err := value.Encode(result.Value)
				if diff := cmp.Diff(want, string(got)); diff != "" || err != nil {
					t.Errorf("value %v (-want +got):\n%s", err, diff)
				}
			}
			var missing []string
			for _, m := range result.Missing {
				missing = append(missing, m.Path+" "+m.Name)
			}
			if diff := cmp.Diff(sections["missing.txt"], strings.Join(missing, "\n")); diff != "" {
				t.Errorf("missing (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(sections["notes.txt"], strings.Join(result.Notes, "\n")); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
		})
	}
}

func describe(err error) string {
	var evaluation *EvalError
	var stop *StopError
	switch {
	case errors.As(err, &evaluation):
		return fmt.Sprintf("%s %s %s", evaluation.Path, evaluation.Code, evaluation)
	case errors.As(err, &stop):
		return fmt.Sprintf("%s stop %s", stop.Path, stop.Message)
	}
	return ""
}
