// Package tutorial_test follows docs/custom-nodes.md from an empty folder.
package tutorial_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// block is a fenced block of a page: what stands behind the fence, and its text.
type block struct{ label, text string }

func blocks(page string) (list []block) {
	for rest := page; ; {
		_, after, found := strings.Cut(rest, "\n```")
		if !found {
			return list
		}
		label, body, _ := strings.Cut(after, "\n")
		text, next, _ := strings.Cut(body, "```")
		list, rest = append(list, block{label, text}), next
	}
}

// TestTutorial writes the page's files, runs its commands, and holds the example
// to the page.
func TestTutorial(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(root, "docs", "custom-nodes.md"))
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	var commands []string
	for _, b := range blocks(string(page)) {
		language, name, _ := strings.Cut(b.label, " ")
		switch {
		case language == "sh":
			commands = append(commands, b.text)
		case name != "":
			write(t, filepath.Join(folder, name), b.text)
			example, err := os.ReadFile(filepath.Join(root, "examples", "custom-node", name))
			if err != nil || string(example) != b.text {
				t.Errorf("examples/custom-node/%s is not as the page says, %v", name, err)
			}
		}
	}
	shell := exec.CommandContext(t.Context(), "sh", "-e", "-c", strings.Join(commands, "\n")) //nolint:gosec // the page's own commands are what is tested
	shell.Dir = folder
	// What is needed was fetched for the repository's own build.
	shell.Env = append(os.Environ(), "HOOKLOOM="+root, "GOPROXY=off", "GOWORK=off", "CGO_ENABLED=0")
	out, err := shell.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for _, want := range []string{"ok  \texample.com/my-hookloom/ticket", "ticket.created", "ticket.open"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("the commands do not print %q:\n%s", want, out)
		}
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
