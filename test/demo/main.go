// Command demo shows the main job from outside, as a person would do it by hand:
// it starts a server of its own, builds "A Stripe sale grants a course" over the
// API, sends a signed checkout.session.completed, and prints what came of it:
// the contact, the grant, the run's steps and the outbound request. Then it
// sends the same event again, and one with a wrong signature. The exit status is
// 1 when anything is not as it should be.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// limit bounds the whole demo, which takes a second or two.
const limit = 2 * time.Minute

func main() {
	bin := flag.String("bin", "bin/hookloom", "the binary to show; \"make build\" makes it")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if err := show(ctx, os.Stdout, *bin); err != nil {
		_, _ = fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}
