package workflow

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"
	"pgregory.net/rapid"
)

var update = flag.Bool("update", false, "write the problems found into the golden files")

// Each golden file holds a document, what its workspace has (facts, if any), and
// the problems with their messages that Validate must find.
func TestValidateGoldenDocuments(t *testing.T) {
	files, err := filepath.Glob("testdata/validate/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no golden documents: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			part := map[string]*txtar.File{}
			for i := range archive.Files {
				part[archive.Files[i].Name] = &archive.Files[i]
			}
			d := parse(t, string(part["document.json"].Data))
			before, _ := d.JSON()
			got := goldenProblems(Validate(d, testRegistry(), factsOf(t, part["facts.json"])))
			after, _ := d.JSON()
			if string(before) != string(after) {
				t.Error("the document was changed")
			}
			if *update {
				part["problems"].Data = []byte(got)
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(part["problems"].Data), got); diff != "" {
				t.Error(diff)
			}
			// What compiles and what may be published agree on what is broken.
			program, broken := Compile(d, testRegistry())
			if (program == nil) != (len(broken) > 0) {
				t.Errorf("program %v with %v", program, broken)
			}
			for _, p := range broken {
				if !strings.Contains(got, goldenProblems([]Problem{p})) {
					t.Errorf("Compile reports what Validate does not: %v", p)
				}
			}
		})
	}
}

func goldenProblems(list []Problem) string {
	var b strings.Builder
	for _, p := range list {
		fmt.Fprintf(&b, "%s %s %s %s\n    %s\n", p.Severity, p.Code, or(p.Pointer, "-"), or(p.Step, "-"), p.Message)
	}
	return b.String()
}

func or(text, instead string) string {
	if text == "" {
		return instead
	}
	return text
}

func factsOf(t *testing.T, file *txtar.File) Facts {
	if file == nil {
		return Facts{}
	}
	var known struct {
		Refs          map[string][]string `json:"refs"`
		CustomValues  []string            `json:"custom_values"`
		ContactFields []string            `json:"contact_fields"`
	}
	if err := json.Unmarshal(file.Data, &known); err != nil {
		t.Fatal(err)
	}
	f := Facts{CustomValues: map[string]bool{}, ContactFields: map[string]bool{}}
	f.Ref = func(kind, ref string) bool {
		for _, one := range known.Refs[kind] {
			if one == ref {
				return true
			}
		}
		return false
	}
	for _, key := range known.CustomValues {
		f.CustomValues[key] = true
	}
	for _, key := range known.ContactFields {
		f.ContactFields[key] = true
	}
	return f
}

func TestValidateAndCompileTakeAnyDocument(t *testing.T) {
	registry := testRegistry()
	rapid.Check(t, func(t *rapid.T) {
		raw, err := json.Marshal(anyDocument().Draw(t, "document"))
		if err != nil {
			t.Fatal(err)
		}
		d, _ := Parse(raw)
		before, _ := d.JSON()
		list := Validate(d, registry, Facts{Ref: func(string, string) bool { return false }, CustomValues: map[string]bool{}, ContactFields: map[string]bool{}})
		for i, p := range list {
			if p.Message == "" || p.Code == "" || p.Severity == "" {
				t.Fatalf("incomplete: %+v", p)
			}
			if i > 0 && comparePointers(list[i-1].Pointer, p.Pointer) > 0 {
				t.Fatalf("%s stands before %s", list[i-1].Pointer, p.Pointer)
			}
		}
		program, broken := Compile(d, registry)
		if (program == nil) != (len(broken) > 0) {
			t.Fatalf("program %v with %v", program, broken)
		}
		if program == nil && !HasProblems(list) {
			t.Fatalf("would be published and cannot run: %v", broken)
		}
		if program != nil {
			walked := 0
			Walk(d, func(p Place) bool {
				walked++
				n := program.Node(p.Step.ID)
				if n == nil || n.Type == nil || n.Params == nil || n.List.Index(p.Step.ID) != p.Index || n.List.ID != p.List {
					t.Fatalf("%s became %+v", p.Path, n)
				}
				return true
			})
			if walked != program.Len() {
				t.Fatalf("%d steps became %d", walked, program.Len())
			}
		}
		after, _ := d.JSON()
		if string(before) != string(after) {
			t.Fatalf("the document was changed from %s to %s", before, after)
		}
	})
}

func TestKnownReportsWhatTheBuildLacks(t *testing.T) {
	d := parse(t, `{"triggers":[{"id":"t","type":"no.trigger"}],"steps":[{"id":"a","type":"webhook.send","v":2,"params":{}},
		{"id":"b","type":"flow.branch","branches":[{"id":"x","steps":[{"id":"c","type":"no.step","disabled":true}]}]},{"id":"d","type":"offer.grant"}]}`)
	want := []string{"problem unknown_type /triggers/0/type t", "problem newer_version /steps/0/v a", "problem unknown_type /steps/1/branches/0/steps/0/type c"}
	if diff := cmp.Diff(want, found(Known(d, testRegistry()))); diff != "" {
		t.Error(diff)
	}
}

func BenchmarkValidate500Steps(b *testing.B) {
	d := parse(b, chain(500))
	registry := testRegistry()
	for b.Loop() {
		Validate(d, registry, Facts{})
	}
}

// chain is a document of steps that each read the one before.
func chain(n int) string {
	steps := make([]string, n)
	for i := range steps {
		steps[i] = fmt.Sprintf(`{"id":"s%d","type":"contact.upsert","params":{"email":"{{ trigger.body.email }}","fields":{"a":"{{ steps.s%d.contact.id | default('') }}"}}}`, i, max(i-1, 0))
	}
	steps[0] = `{"id":"s0","type":"contact.upsert","params":{"email":"a@example.com"}}`
	return `{"triggers":[{"id":"t","type":"webhook.catch"}],"steps":[` + strings.Join(steps, ",") + `]}`
}
