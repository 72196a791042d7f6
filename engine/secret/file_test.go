package secret_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/hookloom/hookloom/engine/secret"
)

func TestAKeyFileIsMadeOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	if _, err := secret.LoadFile(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	key, created, err := secret.LoadOrCreateFile(path)
	if err != nil || !created {
		t.Fatal(created, err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatal(info.Mode(), err)
	}
	again, created, err := secret.LoadOrCreateFile(path)
	if err != nil || created || again.Encode() != key.Encode() {
		t.Fatal(created, err)
	}
	left, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(left) != 1 {
		t.Errorf("files left behind: %v %v", left, err)
	}
}

func TestRacersAgreeOnOneKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "key")
	keys := make([]string, 16)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			key, _, err := secret.LoadOrCreateFile(path)
			if err != nil {
				t.Error(err)
			}
			keys[i] = key.Encode()
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] {
			t.Fatal("two keys")
		}
	}
}

func TestKeyFilesThatAreRefused(t *testing.T) {
	good := secret.GenerateKey().Encode()
	for name, tc := range map[string]struct {
		text, says string
		mode       os.FileMode
	}{
		"open to the group":    {good, "chmod 600", 0o640},
		"open to all":          {good, "chmod 600", 0o604},
		"empty":                {"", "restore it", 0o600},
		"cut":                  {good[:20], "restore it", 0o600},
		"something else, long": {strings.Repeat("s3cr3t ", 100_000), "restore it", 0o600},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "key")
			if err := os.WriteFile(path, []byte(tc.text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path, tc.mode); err != nil {
				t.Fatal(err)
			}
			_, _, err := secret.LoadOrCreateFile(path)
			if err == nil || !strings.Contains(err.Error(), tc.says) || strings.Contains(err.Error(), "s3cr3t") || strings.Contains(err.Error(), good[:10]) {
				t.Error(err)
			}
			after, err := os.ReadFile(path)
			if err != nil || string(after) != tc.text {
				t.Error("the file was touched", err)
			}
		})
	}
	if _, _, err := secret.LoadOrCreateFile(filepath.Join(t.TempDir(), "missing", "key")); err == nil {
		t.Error("a missing folder")
	}
}
