package service

import (
	"bufio"
	"net"
	"strings"
	"sync"
	"testing"
)

// Mailbox is a mail server that takes what it is sent, on an address of its own.
type Mailbox struct {
	// Addr is host:port.
	Addr string

	mu      sync.Mutex
	refusal string
	letters []string
	tries   int
}

// SMTP starts a mail server that ends with the test.
func SMTP(t testing.TB) *Mailbox {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	m := &Mailbox{Addr: listener.Addr().String()}
	var open sync.WaitGroup
	open.Go(func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			open.Go(func() { m.serve(conn) })
		}
	})
	t.Cleanup(func() {
		_ = listener.Close()
		open.Wait()
	})
	return m
}

// Refuse has the server answer every reader's address with a line such as "550
// no such mailbox" from now on; "" takes everything again.
func (m *Mailbox) Refuse(line string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.refusal = line
}

// Letters are the messages that were taken, in order, headers included, with
// lines that end in a newline alone.
func (m *Mailbox) Letters() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return append([]string(nil), m.letters...)
}

// Tries counts the messages that somebody began to send.
func (m *Mailbox) Tries() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.tries
}

// serve speaks as much SMTP as a client without encryption needs.
func (m *Mailbox) serve(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewScanner(conn)
	say := func(line string) { _, _ = conn.Write([]byte(line + "\r\n")) }
	say("220 ready")
	var letter strings.Builder
	for data := false; in.Scan(); {
		line := in.Text()
		switch {
		case data && line == ".":
			data = false
			m.take(letter.String())
			letter.Reset()
			say("250 taken")
		case data:
			letter.WriteString(strings.TrimPrefix(line, ".") + "\n")
		case strings.HasPrefix(line, "EHLO"):
			say("250 hello")
		case strings.HasPrefix(line, "RCPT"):
			say(m.answer())
		case line == "DATA":
			data = true
			say("354 go on")
		case line == "QUIT":
			say("221 bye")
			return
		default:
			say("250 ok")
		}
	}
}

func (m *Mailbox) take(letter string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.letters = append(m.letters, letter)
}

func (m *Mailbox) answer() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.tries++; m.refusal != "" {
		return m.refusal
	}
	return "250 ok"
}
