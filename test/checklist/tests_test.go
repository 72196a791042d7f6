package checklist_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

var (
	// goTest is a test that go test runs: a function, not a mention of one.
	goTest = regexp.MustCompile(`(?m)^func (Test\w+)\(t \*testing\.T\)`)
	// goSubtest is a subtest with a written name.
	goSubtest = regexp.MustCompile(`\bt\.Run\("((?:[^"\\]|\\.)+)"`)
	// uiTest is a test of the browser suite or of the UI's units.
	uiTest = regexp.MustCompile("(?m)\\b(?:part|test|it|describe)\\(\\s*(?:'((?:[^'\\\\\n]|\\\\.)+)'|\"([^\"\n]+)\"|`([^`\n]+)`)")
	// funcIDs are the ids that a function is named after: TestK4K5K6Refusals.
	funcIDs = regexp.MustCompile(`^Test((?:[KCGL][0-9]+)+)`)
	// titleIDs are those that a title begins with: "K4 K5 refusals".
	titleIDs = regexp.MustCompile(`^((?:[KCGL][0-9]+,? )+)`)
	oneID    = regexp.MustCompile(`[KCGL][0-9]+`)
)

// tests are the names of all tests, each with the ids that it is named after.
type tests map[string][]string

// of lists the tests that are named after an id, sorted.
func (all tests) of(id string) []string {
	var names []string
	for name, ids := range all {
		if slices.Contains(ids, id) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// allTests reads the names of the tests in the repository.
func allTests(t *testing.T) tests {
	t.Helper()
	all := tests{}
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch name := entry.Name(); {
		case err != nil:
			return err
		case entry.IsDir() && (name == "node_modules" || name == "dist" || name == "testdata" || len(name) > 2 && name[0] == '.'):
			return fs.SkipDir
		case strings.HasSuffix(name, "_test.go"):
			return all.readGo(path)
		case strings.HasSuffix(name, ".spec.mjs"), strings.HasSuffix(name, ".test.ts"), strings.HasSuffix(name, ".test.tsx"):
			return all.readUI(path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (all tests) readGo(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, found := range goTest.FindAllStringSubmatch(string(text), -1) {
		ids := funcIDs.FindStringSubmatch(found[1])
		if ids == nil {
			all[found[1]] = nil
			continue
		}
		all[found[1]] = oneID.FindAllString(ids[1], -1)
	}
	for _, found := range goSubtest.FindAllStringSubmatch(string(text), -1) {
		all.title(found[1])
	}
	return nil
}

func (all tests) readUI(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	for _, found := range uiTest.FindAllStringSubmatch(string(text), -1) {
		all.title(found[1] + found[2] + found[3])
	}
	return nil
}

func (all tests) title(title string) {
	all[title] = append(all[title], oneID.FindAllString(titleIDs.FindString(title), -1)...)
}
