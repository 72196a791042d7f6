// Package instance runs the real binary as processes of their own, which tests
// and programs may kill, freeze and start again, and talks to their API.
package instance

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Binary returns the path of a hookloom binary: the one that HOOKLOOM_BIN
// names, else one built from this checkout into dir. It is built without the
// race detector, because crash tests measure how fast work goes on.
func Binary(ctx context.Context, dir string) (string, error) {
	if given := os.Getenv("HOOKLOOM_BIN"); given != "" {
		path, err := filepath.Abs(given)
		if err != nil {
			return "", err
		}
		if _, err := os.Stat(path); err != nil {
			return "", fmt.Errorf("HOOKLOOM_BIN: %w", err)
		}
		return path, nil
	}
	root, err := moduleRoot(ctx)
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "hookloom")
	cmd := exec.CommandContext(ctx, "go", "build", "-buildvcs=false", "-o", path, ".")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the binary: %w\n%s", err, out)
	}
	return path, nil
}

// moduleRoot is the folder of the module that the working directory is in.
func moduleRoot(ctx context.Context) (string, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env GOMOD: %w", err)
	}
	mod := strings.TrimSpace(string(out))
	if mod == "" || mod == os.DevNull {
		return "", fmt.Errorf("this is no checkout of Hookloom: set HOOKLOOM_BIN to a binary")
	}
	return filepath.Dir(mod), nil
}
