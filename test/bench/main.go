// Command bench measures Hookloom: the real binary as a process of its own on
// fresh data, driven from here, with the far API here too, on the same cores.
// Beside it runs a ceiling, the least program that keeps the same promise.
//
//	go run ./test/bench [-quick] [-only NAME,NAME] [-out FILE]
//
// README.md tells what each measurement does and lists results.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/hookloom/hookloom/test/instance"
)

// bench is one call of the program.
type bench struct {
	bin, temp             string
	sink                  *sink
	report                *report
	postgresURL, redisURL string

	// conns is the connections of closed loops, workers the jobs that a ceiling
	// works on at once: as many as Hookloom does by default.
	conns, workers int
	// rounds of length each make one number, after a warm-up.
	rounds         int
	length, warmup time.Duration
	// finished and waits are the runs of history and waiting, notice how long
	// before they are due the latter are stored.
	finished, waits int
	notice          time.Duration
}

// measure is what -only names.
type measure struct {
	name string
	run  func(*bench, context.Context) error
}

var measures = []measure{
	{"throughput", (*bench).throughput},
	{"latency", (*bench).latency},
	{"acks", (*bench).acks},
	{"footprint", (*bench).footprint},
	{"history", (*bench).history},
	{"waiting", (*bench).waiting},
	{"fanout", (*bench).fanout},
	{"postgres", (*bench).postgres},
}

func main() {
	if err := start(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func start(args []string) error {
	if len(args) > 0 && args[0] == ceilingMode {
		return serveCeiling(args[1:])
	}
	b := &bench{workers: min(128, 32*runtime.NumCPU())}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	quick := flags.Bool("quick", false, "short rounds and small histories: to see that it works, not to quote")
	only := flags.String("only", "", "measure only these, by comma: "+names())
	out := flags.String("out", "", "append a line of JSON for each number to this file")
	sinkAddr := flags.String("sink", "127.0.0.1:0", "loopback address of the far API; port 0 takes a free one")
	flags.StringVar(&b.postgresURL, "postgres", "", "a PostgreSQL server to make databases on; default: a private one")
	flags.StringVar(&b.redisURL, "redis", "", "an empty Redis; default: a private one")
	flags.IntVar(&b.conns, "c", 32, "connections of the closed loops")
	flags.IntVar(&b.rounds, "rounds", 3, "rounds that make one number: the middle one counts")
	flags.DurationVar(&b.length, "length", 10*time.Second, "length of a round; open loops take twice as long")
	flags.DurationVar(&b.warmup, "warmup", 3*time.Second, "traffic before the first round")
	flags.IntVar(&b.finished, "finished", 1_000_000, "finished runs of the history")
	flags.IntVar(&b.waits, "waits", 100_000, "waiting runs")
	flags.DurationVar(&b.notice, "notice", 30*time.Second, "how long before they are due the waiting runs are stored")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	if *quick {
		b.rounds, b.length, b.warmup = 1, 3*time.Second, time.Second
		b.finished, b.waits, b.notice = 50_000, 5_000, 15*time.Second
	}
	chosen, err := choose(*only)
	if err != nil {
		return err
	}
	return b.measure(chosen, *sinkAddr, *out, command(args))
}

func names() string {
	list := make([]string, len(measures))
	for i, m := range measures {
		list[i] = m.name
	}
	return strings.Join(list, ", ")
}

// choose returns the named measures in the order of the list; "" means all.
func choose(only string) ([]measure, error) {
	if only == "" {
		return measures, nil
	}
	wanted := map[string]bool{}
	for name := range strings.SplitSeq(only, ",") {
		wanted[strings.TrimSpace(name)] = true
	}
	var chosen []measure
	for _, m := range measures {
		if wanted[m.name] {
			chosen = append(chosen, m)
			delete(wanted, m.name)
		}
	}
	for name := range wanted {
		return nil, fmt.Errorf("there is no measurement %q: choose from %s", name, names())
	}
	return chosen, nil
}

// command is how this was called, without what only says where to and which,
// and without addresses that may hold a password.
func command(args []string) string {
	words := []string{"go run ./test/bench"}
	for i := 0; i < len(args); i++ {
		name, _, joined := strings.Cut(strings.TrimLeft(args[i], "-"), "=")
		switch name {
		case "only", "out", "sink", "postgres", "redis":
			if !joined {
				i++
			}
		default:
			words = append(words, args[i])
		}
	}
	return strings.Join(words, " ")
}

// measure runs the chosen ones in a folder that is gone afterwards. One that
// fails does not keep the others from running.
func (b *bench) measure(chosen []measure, sinkAddr, out, command string) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if b.temp, err = os.MkdirTemp("", "hookloom-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(b.temp)) }()
	if b.bin, err = instance.Binary(ctx, b.temp); err != nil {
		return err
	}
	if b.sink, err = openSink(sinkAddr); err != nil {
		return err
	}
	defer b.sink.close()
	if b.report, err = newReport(os.Stdout, out, command); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.report.close()) }()
	var failures []error
	for _, m := range chosen {
		fmt.Printf("%s\n", m.name)
		if err := m.run(b, ctx); err != nil {
			failures = append(failures, fmt.Errorf("%s: %w", m.name, err))
			fmt.Printf("  failed: %v\n", err)
		}
		if ctx.Err() != nil {
			break
		}
	}
	return errors.Join(append(failures, b.report.table())...)
}

// progress tells on standard error how a long preparation goes on.
func (b *bench) progress(what string, of int) func(done int) {
	begun := time.Now()
	return func(done int) {
		fmt.Fprintf(os.Stderr, "  stored %d of %d %s (%.0f s)\n", done, of, what, time.Since(begun).Seconds())
	}
}
