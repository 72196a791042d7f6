package faults

import (
	"context"
	"flag"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

var (
	long  = flag.Bool("long", false, "run the long tier: a hundred kills and all the rest, for an hour or so")
	hooks = flag.Int("webhooks", 50_000, "how many webhooks the long tier has accepted, on both databases together")
	rate  = flag.Int("rate", 50, "webhooks a second of the long tier")
	pace  = flag.Duration("pace", 0, "mean pause between the acts of the long tier; 0 spreads them over the webhooks")
	seed  = flag.Uint64("seed", 0, "seed of the driver, the sink and the nemesis; 0 takes one from the clock and prints it")
)

// buildDir is where the binary of these tests is built.
var buildDir string

func TestMain(m *testing.M) {
	flag.Parse()
	var err error
	if buildDir, err = os.MkdirTemp("", "hookloom-faults-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *seed == 0 {
		*seed = uint64(time.Now().UnixNano())
	}
	status := m.Run()
	_ = os.RemoveAll(buildDir)
	os.Exit(status)
}

var binaryOnce = sync.OnceValues(func() (string, error) {
	return instance.Binary(context.Background(), buildDir)
})

// binary is the path of the program under test.
func binary(t *testing.T) string {
	t.Helper()
	path, err := binaryOnce()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
