package app

import (
	"os"
	"strconv"
	"strings"
	"sync/atomic"
)

// crashAt ends this process, as kill -9 would, the n-th time that a named place
// is reached: "after_send" or "after_send:3". "" gives nil. The crash tests use
// it to stop between any two steps of the engine.
func crashAt(spec string) func(string) {
	site, count, _ := strings.Cut(spec, ":")
	if site == "" {
		return nil
	}
	n, err := strconv.ParseInt(count, 10, 64)
	if err != nil || n < 1 {
		n = 1
	}
	var left atomic.Int64
	left.Store(n)
	return func(reached string) {
		if reached != site || left.Add(-1) != 0 {
			return
		}
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Kill()
		}
		select {} // nothing of this goroutine may happen any more
	}
}
