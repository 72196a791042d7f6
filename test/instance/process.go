package instance

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// readyLimit is how long a start may take. It takes well under a second; the
// rest is room for a machine that compiles meanwhile.
const readyLimit = 60 * time.Second

// leash replaces itself by the program and leaves behind a shell that kills the
// program when standard input ends: the other end is held by this process
// alone, so nothing outlives it, not even after kill -9.
const leash = `exec 3<&0; { while read -r _; do :; done; kill -9 $$; } <&3 2>/dev/null >/dev/null & exec 3<&-; exec "$@" </dev/null`

// Spec says what to run.
type Spec struct {
	// Bin is the binary, Args its arguments: "serve" or "worker".
	Bin  string
	Args []string
	// Env are variables as NAME=value. Of this process's own environment the
	// program sees the PATH only, so that nobody's settings change a test.
	Env []string
	// Log gets what the program prints; the file is opened for appending, so
	// that one file tells the story over restarts. "" discards it.
	Log string
	// Health is the address to ask until it answers 200; "" asks nothing, and
	// the process counts as ready when it runs.
	Health string
}

// Process is a running program.
type Process struct {
	spec  Spec
	cmd   *exec.Cmd
	hold  io.Closer
	ended chan struct{}

	mu  sync.Mutex
	err error // how it ended
}

// Start starts the program and returns when it is ready. When it ends before,
// or is not ready in time, the error carries the end of its log.
func Start(ctx context.Context, spec Spec) (*Process, error) {
	p, err := launch(spec)
	if err != nil {
		return nil, err
	}
	if err := p.ready(ctx); err != nil {
		p.Kill()
		return nil, fmt.Errorf("%s %v is not ready: %w\n%s", spec.Bin, spec.Args, err, tail(spec.Log))
	}
	return p, nil
}

func launch(spec Spec) (*Process, error) {
	cmd := exec.Command("/bin/sh", append([]string{"-c", leash, "leash", spec.Bin}, spec.Args...)...)
	cmd.Env = append([]string{"PATH=" + os.Getenv("PATH"), "TZ=UTC"}, spec.Env...)
	// An interrupt from the terminal reaches the tests first, not the program.
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if spec.Log != "" {
		log, err := os.OpenFile(spec.Log, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		defer log.Close() // the child has its own copy
		cmd.Stdout, cmd.Stderr = log, log
	}
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{spec: spec, cmd: cmd, hold: hold, ended: make(chan struct{})}
	go func() {
		err := cmd.Wait()
		p.mu.Lock()
		p.err = err
		p.mu.Unlock()
		_ = hold.Close()
		close(p.ended)
	}()
	return p, nil
}

func (p *Process) ready(ctx context.Context) error {
	if p.spec.Health == "" {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, readyLimit)
	defer cancel()
	last := errors.New("no answer yet")
	for {
		if err := healthy(ctx, p.spec.Health); err == nil {
			return nil
		} else if ctx.Err() == nil {
			last = err
		}
		select {
		case <-p.ended:
			return fmt.Errorf("it ended: %w", p.Err())
		case <-ctx.Done():
			return fmt.Errorf("%w: %w", ctx.Err(), last)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func healthy(ctx context.Context, url string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, _ = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s answers %s", url, response.Status)
	}
	return nil
}

// Ended is closed when the program has ended, in whatever way.
func (p *Process) Ended() <-chan struct{} { return p.ended }

// PID is the program's process id, for looking at it in /proc.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Err tells how the program ended; nil while it runs and after a clean exit.
func (p *Process) Err() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.err
}

// Kill ends the program as kill -9 does and returns when it is gone.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // fails only when it has ended already
	<-p.ended
}

// Abort ends the program as a fatal error of the Go runtime does, and returns
// when it is gone.
func (p *Process) Abort() {
	_ = p.cmd.Process.Signal(syscall.SIGABRT)
	<-p.ended
}

// Stop asks the program to end (SIGTERM) and returns how it did. One that does
// not end within the limit is killed, which is an error.
func (p *Process) Stop(limit time.Duration) error {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return p.Err()
	case <-time.After(limit):
		p.Kill()
		return fmt.Errorf("it did not end within %v of SIGTERM", limit)
	}
}

// Freeze stops the program's clock (SIGSTOP): connections stay open and nothing
// moves. Thaw lets it go on.
func (p *Process) Freeze() error { return p.cmd.Process.Signal(syscall.SIGSTOP) }

// Thaw ends a Freeze.
func (p *Process) Thaw() error { return p.cmd.Process.Signal(syscall.SIGCONT) }

// FreePort returns a loopback port that nobody listens on. Somebody may take it
// before its user does.
func FreePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("no free loopback port: %w", err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}

// Address is the base URL of a server on a loopback port.
func Address(port int) string { return "http://127.0.0.1:" + strconv.Itoa(port) }

// tail returns the end of a log for an error message.
func tail(path string) []byte {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	return text[max(0, len(text)-3000):]
}
