package faults

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	tableLine = regexp.MustCompile(`^\| (F\d+) \|.*\| (.*) \|$`)
	testName  = regexp.MustCompile(`(?:([a-z]+(?:/[a-z]+)*) )?((?:Test|Fuzz|test)[A-Z]\w+)`)
)

// TestFaultTable holds README.md to the tests that there are: each that it names
// must stand in the folder that it names, and each fault of the main job must be
// there.
func TestFaultTable(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		m := tableLine.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			continue
		}
		fault, where := m[1], m[2]
		if seen[fault] {
			t.Errorf("%s is there twice", fault)
		}
		seen[fault] = true
		for part := range strings.SplitSeq(where, ", ") {
			folder := "test/faults"
			for _, name := range testName.FindAllStringSubmatch(part, -1) {
				if name[1] != "" {
					folder = name[1]
				}
				if !declares(t, filepath.Join("../..", folder), name[2]) {
					t.Errorf("%s: there is no %s in %s", fault, name[2], folder)
				}
			}
		}
	}
	for _, fault := range strings.Fields(`F1 F2 F3 F4 F5 F6 F8 F9 F10 F11 F12 F13 F15 F18 F19 F20 F21 F22 F23 F24 F25 F26 F27 F28
		F29 F32 F33 F34 F36 F42 F44 F47 F48 F49 F50 F53 F55 F69 F70 F71 F72`) {
		if !seen[fault] {
			t.Errorf("%s is missing", fault)
		}
	}
}

// declares reports whether a Go file of the folder declares the function.
func declares(t *testing.T, folder, name string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(text), "\nfunc "+name+"(") {
			return true
		}
	}
	return false
}
