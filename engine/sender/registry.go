package sender

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// Custom is the name of a scheme that a person fills in. No sender has it.
const Custom = "custom"

// Sender is what Hookloom knows of a service that sends webhooks. A new one is
// one file that registers it; every entry with a scheme has a known answer in the
// tests.
type Sender struct {
	// Name is stable and stands in stored documents; Label is for people.
	Name, Label string
	// Rank orders lists, lowest first; equal ranks go by label.
	Rank int
	// Scheme is nil for a sender that does not sign.
	Scheme *Scheme
	// Secret says where in the sender's settings the signing secret is found.
	Secret string
	// Dedupe is the mapping template of the id by which the sender repeats a
	// request; "" when it has none. Where it comes out blank, the request has no id
	// and is never a duplicate. DedupeLabel says it in words.
	Dedupe, DedupeLabel string
	// Unwrap names the form field that holds the whole JSON body when the sender
	// is set to form encoding; "" for none. See payload.Body.Unwrap.
	Unwrap string
	// Headers are names, in lower case, by which a request is known as the
	// sender's although nobody said so; the scheme's header is one anyway, unless
	// others sign in a header of the same name.
	Headers []string
	shared  bool
	// Probe lists the methods by which the sender tries the address before it
	// sends anything; they are answered with 200 and start nothing.
	Probe []string
	// Handshake finds requests that only test the address, and what they expect to
	// be told; nil when the sender makes none. It sees signed requests only, where
	// the sender signs.
	Handshake func(h http.Header, body any) (Answer, bool)
	// Answer is what the sender expects to be told of an accepted request, where
	// the standard answer would not do; nil for that one.
	Answer *Answer
	// Shape brings the body into the form that people map from, where the sender's
	// own is a trap: answers by question in place of a list, resources by type. It
	// leaves its argument alone, takes whatever a stranger sends, and changes
	// nothing when it is applied again. nil keeps the body as it came.
	Shape func(body any) any
	// Reply finds what a person said to us, in the shaped body of a sender that
	// passes messages on; nil for a sender that does not.
	Reply func(body any) (Said, bool)
	// Earlier says by which text the request is found that the sender made before
	// and that completes a body which lacks a part, and how it does; text "" when
	// nothing is missing. nil for a sender whose requests are whole.
	Earlier func(body any) (text string, complete func(earlier any) (any, bool))
	// Labels are plain words for paths in the body. The first that fits counts.
	Labels []Label
	// Answers labels what only the body itself can name, such as the questions of
	// a form; nil for none.
	Answers func(body any) []Label
	// Samples are requests as the sender makes them, the usual one first.
	Samples []Sample
}

// Said is a message of a person.
type Said struct {
	// Channel is sms or whatsapp; From and To are phone numbers.
	Channel, From, To, Text string
	// ID is the sender's id of the message.
	ID string
}

// Answer is what a sender expects to be told.
type Answer struct {
	// Status is 200 when 0.
	Status      int
	ContentType string
	// Body empty and no ContentType: the standard answer for a handshake, an empty
	// one otherwise.
	Body []byte
	// Reason is for the person who reads the request list.
	Reason string
}

// Shaped is the body in the form that people map from, see Shape.
func (s *Sender) Shaped(body any) any {
	if s == nil || s.Shape == nil {
		return body
	}
	return s.Shape(body)
}

// Label names one place of a body in plain words.
type Label struct {
	// Path is dotted, indexes included: "form_response.answers.0.text".
	Path string `json:"path"`
	Text string `json:"label"`
	// Role is the part of a person that the value is: one of the Role constants,
	// or "".
	Role string `json:"role,omitempty"`
}

// The roles of a Label.
const (
	RoleEmail     = "email"
	RoleName      = "name"
	RoleFirstName = "first_name"
	RoleLastName  = "last_name"
	RolePhone     = "phone"
)

// Sample is a request as a sender makes it, to try a workflow before the first
// real one arrives. Its body is the sender's documented shape.
type Sample struct {
	// Event is the sender's own word for what happened, and after a colon what
	// tells it from another sample of the same event; Label is for people.
	Event, Label string
	Body         []byte
	// Header is all but the signature, which Scheme.Sign adds.
	Header http.Header
	// ids are texts in body and header by which the sender would name a repeat;
	// Fresh replaces them.
	ids []string
}

// Fresh is a copy of the sample that no receiver takes for a repeat of an
// earlier one. Its body and header are the caller's to change.
func (s Sample) Fresh() Sample {
	s.Body, s.Header = bytes.Clone(s.Body), s.Header.Clone()
	for _, id := range s.ids {
		fresh := freshID(id)
		s.Body = bytes.ReplaceAll(s.Body, []byte(id), []byte(fresh))
		for _, values := range s.Header {
			for i := range values {
				values[i] = strings.ReplaceAll(values[i], id, fresh)
			}
		}
	}
	return s
}

// freshID is a new id that looks like the old one: digits stay digits, and their
// number stays, because some senders' ids are numbers.
func freshID(id string) string {
	if strings.Trim(id, "0123456789") != "" {
		return id[:min(len(id), 4)] + strings.ToLower(rand.Text())
	}
	digits := make([]byte, len(id))
	_, _ = rand.Read(digits) // never fails: the runtime stops the program instead
	for i := range digits {
		digits[i] = '0' + digits[i]%10
	}
	return id[:1] + string(digits[1:])
}

// Sample finds one of the sender's samples; event "" takes the usual one. False
// when there is none. The caller must not change what it gets; Fresh copies it.
func (s *Sender) Sample(event string) (Sample, bool) {
	i := slices.IndexFunc(s.Samples, func(one Sample) bool { return event == "" || one.Event == event })
	if i < 0 {
		return Sample{}, false
	}
	return s.Samples[i], true
}

// LabelsOf are the sender's words for what is in a body, those that the body
// itself gives first.
func (s *Sender) LabelsOf(body any) []Label {
	if s == nil {
		return nil
	}
	if s.Answers == nil {
		return s.Labels
	}
	return append(s.Answers(body), s.Labels...)
}

var registry []*Sender

// register adds a sender. It panics on a slip of whoever wrote the entry.
//
//nolint:unparam // what it returns lets a declaration call it
func register(s Sender) *Sender {
	switch {
	case s.Name == "" || s.Label == "" || s.Name == Custom || Named(s.Name) != nil:
		panic(fmt.Sprintf("sender: the name %q is taken or empty, or has no label", s.Name))
	case s.Scheme != nil && (s.Scheme.Name != s.Name || s.Secret == ""):
		panic(fmt.Sprintf("sender: the scheme of %s has another name, or nobody is told where its secret is", s.Name))
	}
	for i, sample := range s.Samples {
		if sample.Event == "" || sample.Label == "" || len(sample.Body) == 0 {
			panic(fmt.Sprintf("sender: sample %d of %s lacks its event, label or body", i, s.Name))
		}
		if sample.Header == nil {
			s.Samples[i].Header = http.Header{}
		}
		if s.Samples[i].Header.Get("Content-Type") == "" {
			s.Samples[i].Header.Set("Content-Type", "application/json")
		}
	}
	registry = append(registry, &s)
	slices.SortFunc(registry, func(a, b *Sender) int {
		return cmp.Or(a.Rank-b.Rank, strings.Compare(a.Label, b.Label))
	})
	return &s
}

// All lists the known senders in the order to show them. They are shared: do not
// change them.
func All() []*Sender { return slices.Clone(registry) }

// Named finds a sender, nil when there is none. nil is the sender that is not
// known: its methods give nothing.
func Named(name string) *Sender {
	for _, s := range registry {
		if s.Name == name {
			return s
		}
	}
	return nil
}

// SchemeNamed is how a sender signs; false for Custom, unknown senders and those
// that do not sign.
func SchemeNamed(name string) (Scheme, bool) {
	s := Named(name)
	if s == nil || s.Scheme == nil {
		return Scheme{}, false
	}
	return *s.Scheme, true
}

// Recognize tells the sender of a request from its headers, whose names may be in
// any case; nil when nothing says so. Nothing is verified.
func Recognize(h map[string]any) *Sender {
	given := make(map[string]bool, len(h))
	for name := range h {
		given[strings.ToLower(name)] = true
	}
	for _, s := range registry {
		names := s.Headers
		if s.Scheme != nil && !s.shared {
			names = append(slices.Clone(s.Scheme.Header), names...)
		}
		if slices.ContainsFunc(names, func(name string) bool { return given[strings.ToLower(name)] }) {
			return s
		}
	}
	return nil
}

func header(pairs ...string) http.Header {
	h := http.Header{}
	for i := 0; i+1 < len(pairs); i += 2 {
		h.Set(pairs[i], pairs[i+1])
	}
	return h
}
