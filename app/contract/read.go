package contract

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/hookloom/hookloom/engine/template"
	"github.com/hookloom/hookloom/engine/value"
	"github.com/hookloom/hookloom/engine/workflow"
	"github.com/hookloom/hookloom/nodes"
	"github.com/hookloom/hookloom/nodes/declared"
)

// Limits of what is read.
const (
	maxWorkflowFile = 20 << 20
	maxTests        = 500
)

// Suite is a test file that was read, with its workflow.
type Suite struct {
	// Path is the file's own, as it was given.
	Path string
	File *File
	// Workflow is the name of the workflow, Definition its document.
	Workflow   string
	Definition []byte

	text   []byte
	places *declared.Strict
}

// Find lists the test files of folders, with those below, and files, in the order of
// their names. The error names a path that cannot be read, or says that there is none.
func Find(paths []string) ([]string, error) {
	var found []string
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() {
				if path != root && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules") {
					return filepath.SkipDir
				}
				return nil
			}
			if path == root || isTestFile(path) {
				found = append(found, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.Sort(found)
	found = slices.Compact(found)
	if len(found) == 0 {
		return nil, fmt.Errorf("there is no file named *.test.yaml, *.test.yml or *.test.json in %s", strings.Join(paths, ", "))
	}
	return found, nil
}

var testFile = regexp.MustCompile(`\.test\.(yaml|yml|json)$`)

func isTestFile(path string) bool { return testFile.MatchString(path) }

// Read reads a test file and its workflow. The problems are in the order of the
// file; the Suite is nil when there is one. The error is one of reading files.
func Read(path string) (*Suite, []declared.Problem, error) {
	text, err := readFile(path, declared.MaxFile)
	if err != nil {
		return nil, nil, err
	}
	root, places := declared.ReadStrict(text)
	s := &Suite{Path: path, File: &File{}, text: text, places: places}
	if problems := places.Problems(); len(problems) > 0 {
		return nil, problems, nil
	}
	places.Decode(root, s.File, "")
	s.check()
	s.checkPatterns(root, "")
	if len(places.Problems()) == 0 {
		s.readWorkflow()
	}
	if problems := places.Problems(); len(problems) > 0 {
		return nil, problems, nil
	}
	return s, nil, nil
}

func readFile(path string, most int64) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, most+1))
	if err != nil {
		return nil, err
	}
	if int64(len(text)) > most {
		return nil, fmt.Errorf("%s has more than %d KiB", path, most>>10)
	}
	return text, nil
}

// readWorkflow reads the workflow that the file names, or the one beside it.
func (s *Suite) readWorkflow() {
	path, at := testFile.ReplaceAllString(s.Path, ".json"), ""
	if s.File.Workflow != "" {
		path, at = filepath.Join(filepath.Dir(s.Path), filepath.FromSlash(s.File.Workflow)), "/workflow"
	}
	text, err := readFile(path, maxWorkflowFile)
	switch {
	case errors.Is(err, os.ErrNotExist):
		s.places.Add(at, "Name it with workflow, from the folder of this file; hookloom export writes such a file.", "there is no file %s", path)
		return
	case err != nil:
		s.places.Add(at, "", "the workflow cannot be read: %v", err)
		return
	}
	if s.Workflow, s.Definition = plainWorkflow(text); s.Definition != nil {
		s.checkIDs(at)
		return
	}
	f, problems := template.Read(text)
	if len(problems) > 0 {
		s.places.Add(at, "hookloom export writes workflows as they are read here.", "%s is no workflow: %s", path, strings.TrimSpace(problems[0].Pointer+" "+problems[0].Message))
		return
	}
	asks := func(in template.Input) bool { return in.Asked() && in.Kind != template.Connection }
	if slices.ContainsFunc(f.Inputs, asks) || len(f.Workflows) != 1 {
		s.places.Add(at, "Export the workflow that was made of it.", "%s is a template with %d inputs and %d workflows, and one whole workflow is expected", path, len(f.Inputs), len(f.Workflows))
		return
	}
	// Offers and forms stand by their names, and connections are left out.
	if s.Definition, err = f.Fill(0, nil); err != nil {
		s.places.Add(at, "", "the workflow cannot be read: %v", err)
		return
	}
	s.Workflow = f.Workflows[0].Name
	s.checkIDs(at)
}

// plainWorkflow reads a workflow as the API takes it: {"name": ..., "definition": {...}};
// nil for any other file.
func plainWorkflow(text []byte) (name string, definition []byte) {
	var w struct {
		Name       string          `json:"name"`
		Definition json.RawMessage `json:"definition"`
		Workflows  json.RawMessage `json:"workflows"`
	}
	if json.Unmarshal(text, &w) != nil || w.Workflows != nil {
		return "", nil
	}
	return w.Name, w.Definition
}

// checkIDs refuses what names a step that the workflow does not have.
func (s *Suite) checkIDs(at string) {
	doc, problems := workflow.Parse(s.Definition)
	if doc == nil {
		s.places.Add(at, "", "the workflow cannot be read: %s", problems[0].Message)
		return
	}
	known := map[string]bool{}
	for _, t := range doc.Triggers {
		known[t.ID] = true
	}
	workflow.Walk(doc, func(p workflow.Place) bool {
		known[p.Step.ID] = true
		return true
	})
	for _, part := range []struct {
		at  string
		ids map[string]map[string]any
	}{{"/fill", s.File.Fill}, {"/connections", s.File.Connections}} {
		for id := range part.ids {
			if !known[id] {
				s.places.Add(part.at+"/"+id, "", "the workflow has no step or trigger %q", id)
			}
		}
	}
}

// check refuses what a struct's tags cannot say.
func (s *Suite) check() {
	if len(s.File.Tests) > maxTests {
		s.places.Add("/tests", "Spread them over several files.", "there are %d tests, at most %d can be in a file", len(s.File.Tests), maxTests)
		return
	}
	s.checkGiven(s.File.Given, "/given")
	names := map[string]bool{}
	for i, t := range s.File.Tests {
		at := "/tests/" + strconv.Itoa(i)
		if t == nil {
			s.places.Add(at, "", "it is empty")
			continue
		}
		if names[t.Name] && t.Name != "" {
			s.places.Add(at+"/name", "Give each test a name of its own.", "there are two tests called %.60q", t.Name)
		}
		names[t.Name] = true
		s.checkGiven(t.Given, at+"/given")
		for j, act := range t.When {
			s.checkAct(act, at+"/when/"+strconv.Itoa(j))
		}
		for j, a := range t.Answers {
			s.checkAnswer(a, at+"/answers/"+strconv.Itoa(j))
		}
		s.checkExpect(t.Expect, at+"/expect")
	}
}

func (s *Suite) checkGiven(g *Given, at string) {
	if g == nil {
		return
	}
	if _, err := time.Parse(time.RFC3339, g.Now); err != nil && g.Now != "" {
		s.places.Add(at+"/now", "Write it like 2026-01-15T12:00:00Z.", "%.60q is no time", g.Now)
	}
	if _, err := time.LoadLocation(g.Timezone); err != nil {
		s.places.Add(at+"/timezone", "Use a name such as Europe/Berlin.", "there is no time zone %.60q", g.Timezone)
	}
	for i, c := range g.Contacts {
		if c.Email == "" && c.Phone == "" && c.ExternalUserID == "" {
			s.places.Add(at+"/contacts/"+strconv.Itoa(i), "Give it an e-mail.", "a contact needs an email, a phone or an external_user_id")
		}
	}
}

func (s *Suite) checkAct(a Act, at string) {
	set := 0
	for _, is := range []bool{a.Request != nil, a.Event != nil, a.Start != nil, a.After != ""} {
		if is {
			set++
		}
	}
	if set != 1 {
		s.places.Add(at, "Write each as an entry of its own.", "one of request, event, start and after is expected here")
	}
	if a.After != "" {
		if d, err := nodes.ParseDuration(a.After); err != nil || d <= 0 {
			s.places.Add(at+"/after", "Write it like 90m, 2h or 3d.", "%.60q is no time that can pass", a.After)
		}
	}
	if r := a.Request; r != nil && r.Event != "" && r.Sender == "" {
		s.places.Add(at+"/request/event", "Add sender, or use event in the place of request for what happens in the workspace.", "an event belongs to a sender")
	}
}

func (s *Suite) checkAnswer(a Answer, at string) {
	if a.To == "" && a.Step == "" {
		s.places.Add(at, "Name the calls with to, step or both.", "this answers no call")
	}
	s.checkAddress(a.To, at+"/to")
	if a.Status != 0 && (a.Status < 100 || a.Status > 599) {
		s.places.Add(at+"/status", "", "%d is no HTTP status", a.Status)
	}
	if a.Times < 0 {
		s.places.Add(at+"/times", "", "it cannot be below 0")
	}
	if a.Fail != "" && (a.Status != 0 || a.Body != nil) {
		s.places.Add(at+"/fail", "Take status and body away.", "a call that fails has no answer")
	}
}

func (s *Suite) checkAddress(to, at string) {
	method, address, ok := strings.Cut(to, " ")
	if to != "" && (!ok || method == "" || strings.TrimSpace(address) == "" || method != strings.ToUpper(method)) {
		s.places.Add(at, "Write it like POST https://api.example.com/v1/people.", "%.60q is no method with an address", to)
	}
}

func (s *Suite) checkExpect(e *Expect, at string) {
	if e == nil {
		return
	}
	if e.Run != nil && e.Runs != nil {
		s.places.Add(at+"/runs", "Use run for one, runs for several.", "run and runs say the same")
	}
	if e.Requests != nil && e.RequestsInclude != nil {
		s.places.Add(at+"/requests_include", "Use one of them.", "requests and requests_include say the same")
	}
	for key, list := range map[string][]Outbound{"/requests/": e.Requests, "/requests_include/": e.RequestsInclude} {
		for i, r := range list {
			s.checkAddress(r.To, at+key+strconv.Itoa(i)+"/to")
		}
	}
	for i, c := range e.Contacts {
		if c.Email == "" && c.Phone == "" && c.ExternalUserID == "" {
			s.places.Add(at+"/contacts/"+strconv.Itoa(i), "Add its email.", "nobody can be found by this")
		}
	}
}

// checkPatterns refuses expressions that are none.
func (s *Suite) checkPatterns(v any, at string) {
	switch x := v.(type) {
	case map[string]any:
		for key, e := range x {
			s.checkPatterns(e, value.Under(at, key))
		}
	case []any:
		for i, e := range x {
			s.checkPatterns(e, at+"/"+strconv.Itoa(i))
		}
	case string:
		if m := asked.FindStringSubmatch(x); m != nil && m[1] == "matches" {
			if _, err := regexp.Compile(m[2]); err != nil {
				s.places.Add(at, "", "%.100q is no regular expression: %v", m[2], err)
			}
		}
	}
}
