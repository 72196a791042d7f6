package nodetest

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hookloom/hookloom/nodes"
)

var update = flag.Bool("nodetest.update", false, "write the golden requests instead of comparing them")

// Sink plays the world for Actions: it keeps every request and answers as it
// was told. The zero value answers 200 with an empty JSON object. It is for one
// goroutine.
type Sink struct {
	Requests []nodes.HTTPRequest

	answers []Answer
	// given says that the first of answers was given already; it stays until
	// there is another one.
	given bool
}

var _ nodes.HTTPClient = (*Sink)(nil)

// Answer is what the sink says to one request.
type Answer struct {
	// Status 0 means 200.
	Status int
	Header map[string]string
	Body   string
	// Duration is how long the call seems to take.
	Duration time.Duration
	// Err is returned instead of an answer.
	Err *nodes.SendError
}

// Answer queues answers, one for each request to come; the last one stays.
func (s *Sink) Answer(answers ...Answer) { s.answers = append(s.answers, answers...) }

// Send keeps the request and gives the next answer.
func (s *Sink) Send(_ context.Context, r nodes.HTTPRequest) (nodes.HTTPResponse, error) {
	r.Header, r.Body = r.Header.Clone(), bytes.Clone(r.Body)
	s.Requests = append(s.Requests, r)
	a := Answer{Header: map[string]string{"Content-Type": "application/json"}, Body: "{}"}
	if s.given && len(s.answers) > 1 {
		s.answers = s.answers[1:]
	}
	if len(s.answers) > 0 {
		a, s.given = s.answers[0], true
	}
	if a.Err != nil {
		return nodes.HTTPResponse{}, a.Err
	}
	response := nodes.HTTPResponse{Status: max(a.Status, 0), Header: http.Header{}, Body: []byte(a.Body), Duration: a.Duration}
	if response.Status == 0 {
		response.Status = http.StatusOK
	}
	for name, v := range a.Header {
		response.Header.Set(name, v)
	}
	return response, nil
}

// Last returns the last request; it panics when there was none.
func (s *Sink) Last() nodes.HTTPRequest {
	if len(s.Requests) == 0 {
		panic("nodetest: nothing was sent")
	}
	return s.Requests[len(s.Requests)-1]
}

// Golden compares the last request with testdata/NAME.golden, byte for byte. Run
// the test with -nodetest.update to write the file anew.
func (s *Sink) Golden(t testing.TB, name string) {
	t.Helper()
	if len(s.Requests) == 0 {
		t.Error("nothing was sent")
		return
	}
	got := Wire(s.Last())
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := errors.Join(os.MkdirAll("testdata", 0o750), os.WriteFile(file, []byte(got), 0o600)); err != nil {
			t.Error(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Error(err)
		return
	}
	if got != string(want) {
		t.Errorf("the request differs from %s\n--- got\n%s\n--- want\n%s", file, got, want)
	}
}

// Wire writes a request as text: method and address, headers by name, body.
func Wire(r nodes.HTTPRequest) string {
	var out strings.Builder
	fmt.Fprintf(&out, "%s %s\n", r.Method, r.URL)
	for _, name := range slices.Sorted(maps.Keys(r.Header)) {
		for _, v := range r.Header[name] {
			fmt.Fprintf(&out, "%s: %s\n", name, v)
		}
	}
	if len(r.Body) > 0 {
		fmt.Fprintf(&out, "\n%s\n", r.Body)
	}
	return out.String()
}
