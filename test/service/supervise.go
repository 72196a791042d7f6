package service

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
	"time"
)

// startLimit is how long a server may take until it answers. Starting takes
// well under a second; the rest is room for a machine that compiles meanwhile.
const startLimit = 60 * time.Second

// endedMark is the file that says a server ended although nobody stopped it.
const endedMark = "ended"

// keeper runs a server and waits for the end of its standard input. The other
// end of that pipe is held by the test process alone, so the input ends when
// the process ends, in whatever way: return, panic, time-out or SIGKILL. Then
// the server is stopped and its directory removed. A server that ends earlier
// leaves endedMark, and its log for whoever wants to know why.
//
// Arguments: directory, signal that stops the server, program and arguments.
const keeper = `
dir=$1 signal=$2; shift 2
exec 3<&0
"$@" </dev/null & pid=$!
{
	while read -r _; do :; done
	[ -e "$dir/` + endedMark + `" ] || kill -s "$signal" "$pid"
} <&3 & reader=$!
wait "$pid"
: >"$dir/` + endedMark + `"
wait "$reader"
rm -rf "$dir"
`

// server is one running program with a directory of its own.
type server struct {
	dir   string        // working files; removed with the server
	ended chan struct{} // closed when the program and its keeper are gone
	hold  io.Closer     // held open for as long as the server shall live
}

// identity is the account that a server runs under.
type identity struct {
	uid, gid uint32
	change   bool // whether it differs from the account of this process
}

// attributes returns process attributes that run a program under the identity,
// in a session of its own so that an interrupt from the terminal reaches the
// tests first and the keeper tidies up after them.
func (id identity) attributes() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{Setsid: true}
	if id.change {
		attr.Credential = &syscall.Credential{Uid: id.uid, Gid: id.gid}
	}
	return attr
}

// unprivileged returns the identity for programs that refuse to run as root:
// the named account when this process is root, else the account it has.
func unprivileged(account string) (identity, error) {
	if os.Geteuid() != 0 {
		return identity{}, nil
	}
	u, err := user.Lookup(account)
	if err != nil {
		return identity{}, fmt.Errorf("running as root needs the system account %q: %w", account, err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return identity{}, fmt.Errorf("account %q: user id %q: %w", account, u.Uid, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return identity{}, fmt.Errorf("account %q: group id %q: %w", account, u.Gid, err)
	}
	return identity{uid: uint32(uid), gid: uint32(gid), change: true}, nil
}

// newDir makes a directory that only the identity can read. It lies directly
// under the system's temporary directory, because a root shell's TMPDIR may be
// closed to other accounts.
func newDir(id identity, pattern string) (string, error) {
	parent := os.TempDir()
	if id.change {
		parent = "/tmp"
	}
	dir, err := os.MkdirTemp(parent, pattern)
	if err != nil {
		return "", err
	}
	if id.change {
		if err := os.Chown(dir, int(id.uid), int(id.gid)); err != nil {
			return "", errors.Join(err, os.Remove(dir))
		}
	}
	return dir, nil
}

// launch starts argv under the identity with dir as its working directory and
// returns at once. Output goes to the file "log" in dir. The server stops by
// stopSignal (a name such as "QUIT") when this process ends or stop is called.
func launch(id identity, dir, stopSignal string, argv ...string) (*server, error) {
	log, err := os.Create(filepath.Join(dir, "log"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = log.Close() }() // the child has its own copy
	cmd := exec.Command("/bin/sh", append([]string{"-c", keeper, "keeper", dir, stopSignal}, argv...)...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, log, log
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	cmd.SysProcAttr = id.attributes()
	hold, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &server{dir: dir, ended: make(chan struct{}), hold: hold}
	go func() {
		defer close(s.ended)
		_ = cmd.Wait() // the keeper's exit code says nothing; ready reads the log
	}()
	return s, nil
}

// ready calls probe until it succeeds. When the time is up or the server has
// ended it is tidied away, and the error carries the end of its log.
func (s *server) ready(probe func() error) error {
	deadline := time.Now().Add(startLimit)
	for {
		err := probe()
		if err == nil {
			return nil
		}
		_, ended := os.Stat(filepath.Join(s.dir, endedMark))
		if ended == nil || time.Now().After(deadline) {
			err = fmt.Errorf("the server did not start: %w\n%s", err, s.logTail())
			s.stop()
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// stop ends the server and returns when it is gone, its directory with it.
func (s *server) stop() {
	_ = s.hold.Close() // closing twice is harmless: the first one counted
	<-s.ended
}

// logTail returns the last lines that the server wrote, for an error message.
func (s *server) logTail() []byte {
	text, err := os.ReadFile(filepath.Join(s.dir, "log"))
	if err != nil {
		return nil
	}
	return text[max(0, len(text)-2000):]
}

// output runs a program that ends by itself and returns an error with what it
// printed when it fails.
func output(id identity, dir, program string, args ...string) error {
	var out bytes.Buffer
	cmd := exec.Command(program, args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &out, &out
	cmd.SysProcAttr = id.attributes()
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w\n%s", filepath.Base(program), err, out.Bytes())
	}
	return nil
}

// freePort returns a TCP port on the loopback address that nobody listens on.
// Somebody may take it before its user does, so callers try again.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	port := l.Addr().(*net.TCPAddr).Port
	return port, l.Close()
}
