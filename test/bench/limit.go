package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"syscall"

	"github.com/hookloom/hookloom/test/bench/ceiling"
	"github.com/hookloom/hookloom/test/instance"
)

// ceilingMode is the first argument that makes this program the ceiling, which
// runs as a process of its own.
const ceilingMode = "ceiling"

// serveCeiling is the ceiling's process.
func serveCeiling(args []string) error {
	var c ceiling.Config
	flags := flag.NewFlagSet(ceilingMode, flag.ContinueOnError)
	flags.StringVar(&c.Addr, "addr", "127.0.0.1:0", "address to listen on")
	flags.StringVar(&c.Dir, "dir", "", "folder of the SQLite database")
	flags.StringVar(&c.DatabaseURL, "database", "", "PostgreSQL to use instead")
	flags.StringVar(&c.Target, "target", "", "URL to send to")
	flags.IntVar(&c.Workers, "workers", 32, "jobs worked on at once")
	if err := flags.Parse(args); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return ceiling.Run(ctx, c)
}

// limit is a running ceiling.
type limit struct {
	process *instance.Process
	base    string
	dir     string
}

// limit starts a ceiling; database "" means SQLite.
func (b *bench) limit(ctx context.Context, name, database string) (*limit, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	l := &limit{dir: filepath.Join(b.temp, name)}
	if err := os.MkdirAll(l.dir, 0o700); err != nil {
		return nil, err
	}
	port, err := instance.FreePort()
	if err != nil {
		return nil, err
	}
	l.base = instance.Address(port)
	l.process, err = instance.Start(ctx, instance.Spec{
		Bin: self, Log: filepath.Join(l.dir, "log"), Health: l.base + "/healthz",
		Args: []string{
			ceilingMode, "-addr", "127.0.0.1:" + strconv.Itoa(port), "-dir", l.dir, "-database", database,
			"-target", b.sink.url(), "-workers", strconv.Itoa(b.workers),
		},
	})
	if err != nil {
		return nil, fmt.Errorf("the ceiling: %w", err)
	}
	return l, nil
}

// discard ends the ceiling and removes its data.
func (l *limit) discard() {
	l.process.Kill()
	_ = os.RemoveAll(l.dir) // the whole temporary folder goes at the end
}
