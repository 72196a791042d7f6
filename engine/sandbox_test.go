package engine_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOnlyTheOutletSends: whatever else had the client could send past a sandbox.
// target.go asks it for a check and sends nothing.
func TestOnlyTheOutletSends(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) < 20 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(file, "_test.go") || file == "sandbox.go" || file == "target.go" {
			continue
		}
		if strings.Contains(string(text), "e.http.") || strings.Contains(string(text), "e.http,") {
			t.Errorf("%s uses the HTTP client itself: take e.outlet", file)
		}
	}
}
