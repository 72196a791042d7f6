package service

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// start launches a shell line as a server with a directory of its own.
func start(t *testing.T, line string) *server {
	t.Helper()
	dir, err := newDir(identity{}, "hookloom-supervise-")
	if err != nil {
		t.Fatal(err)
	}
	s, err := launch(identity{}, dir, "TERM", "/bin/sh", "-c", line)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestStopEndsTheServerAndRemovesItsDirectory(t *testing.T) {
	t.Parallel()
	s := start(t, "echo up >up; exec sleep 600")
	up := func() error { _, err := os.Stat(filepath.Join(s.dir, "up")); return err }
	if err := s.ready(up); err != nil {
		t.Fatal(err)
	}
	s.stop()
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("directory after stop: %v", err)
	}
	s.stop() // a second stop does nothing
}

func TestReadyGivesUpAtOnceWhenTheServerEnds(t *testing.T) {
	t.Parallel()
	begin := time.Now()
	s := start(t, "echo cannot bind >&2; exit 3")
	err := s.ready(func() error { return errors.New("refused") })
	if err == nil || !strings.Contains(err.Error(), "cannot bind") || !strings.Contains(err.Error(), "refused") {
		t.Errorf("error %v, want the probe's error and the log", err)
	}
	if took := time.Since(begin); took > startLimit/2 {
		t.Errorf("gave up after %s", took)
	}
	if _, err := os.Stat(s.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("directory afterwards: %v", err)
	}
}
