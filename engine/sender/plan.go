package sender

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// MaxPlanned bounds the requests of one Plan.
const MaxPlanned = 10_000

// Plan says which requests to make in a sender's name: genuine ones, as far as a
// sender and its secret tell, and the ways in which they go wrong.
type Plan struct {
	// Sender whose samples are sent; it must have some.
	Sender *Sender
	// Events are names of its samples, taken in turn; none means the usual one.
	Events []string
	// Scheme signs in place of the sender's own, such as one that a person
	// described; nil takes the sender's.
	Scheme *Scheme
	// Secret signs. "" leaves requests unsigned.
	Secret string
	// Method is POST when empty. URL is the full public address, which some
	// senders sign.
	Method, URL string
	// Now is the time that signatures carry.
	Now time.Time
	// Count is how many different requests to make; 0 means 1.
	Count int
	// Repeats is how often each is sent again, as a sender does that had no
	// answer: with the same body and ids, newly signed.
	Repeats int
	// Backwards turns the order around: what was made last comes first.
	Backwards bool
	// WrongSignature signs with another secret than the given one.
	WrongSignature bool
}

// Planned is one request of a Plan.
type Planned struct {
	Request
	Event string
	// Repeat counts the copies: 0 is the first one.
	Repeat int
}

// Requests makes the requests in the order in which to send them. They are the
// caller's to change. The error is in words for the person who planned them and
// never contains the secret.
func (p Plan) Requests() ([]Planned, error) {
	p.Count = max(p.Count, 1)
	switch {
	case p.Sender == nil || len(p.Sender.Samples) == 0:
		return nil, errors.New("this sender has no samples: choose another one")
	case p.Repeats < 0 || p.Count > MaxPlanned || p.Count*(p.Repeats+1) > MaxPlanned:
		return nil, fmt.Errorf("at most %d requests can be sent at once", MaxPlanned)
	}
	if p.Scheme == nil {
		p.Scheme = p.Sender.Scheme
	}
	if p.Method == "" {
		p.Method = http.MethodPost
	}
	secret, err := p.secret()
	if err != nil {
		return nil, err
	}
	samples, err := p.samples()
	if err != nil {
		return nil, err
	}
	var list []Planned
	for i := range p.Count {
		sample := samples[i%len(samples)].Fresh()
		for repeat := range p.Repeats + 1 {
			one := Planned{Event: sample.Event, Repeat: repeat, Request: Request{
				Method: p.Method, URL: p.URL, Header: sample.Header.Clone(), Body: slices.Clone(sample.Body),
			}}
			if err := p.sign(&one.Request, secret); err != nil {
				return nil, err
			}
			list = append(list, one)
		}
	}
	if p.Backwards {
		slices.Reverse(list)
	}
	return list, nil
}

func (p Plan) samples() ([]Sample, error) {
	names := p.Events
	if len(names) == 0 {
		names = []string{""}
	}
	var list []Sample
	for _, name := range names {
		sample, ok := p.Sender.Sample(name)
		if !ok {
			return nil, fmt.Errorf("%s has no sample %q: choose among %s", p.Sender.Label, name, strings.Join(p.Sender.events(), ", "))
		}
		list = append(list, sample)
	}
	return list, nil
}

func (s *Sender) events() []string {
	var names []string
	for _, sample := range s.Samples {
		names = append(names, sample.Event)
	}
	return names
}

// secret is what the requests are signed with, "" for nothing.
func (p Plan) secret() (string, error) {
	switch {
	case p.WrongSignature && p.Scheme == nil:
		return "", fmt.Errorf("%s does not sign its requests, so that no signature can be wrong", p.Sender.Label)
	case p.WrongSignature && p.Scheme.Standard:
		return NewSecret(), nil
	case p.WrongSignature && p.Scheme.Key != "" && p.Scheme.Key != KeyPlain:
		return "00000000000000000000000000000000", nil // readable as base64 and as hex
	case p.WrongSignature:
		return "wrong " + NewSecret(), nil
	case p.Scheme == nil:
		return "", nil
	}
	return p.Secret, nil
}

func (p Plan) sign(r *Request, secret string) error {
	if secret == "" || p.Scheme == nil {
		return nil
	}
	id := p.Scheme.ID(r.Header)
	if id == "" {
		id = freshID("msg_")
	}
	signed, err := p.Scheme.Sign(p.Now, *r, id, secret)
	if err != nil {
		return err
	}
	maps.Copy(r.Header, signed)
	return nil
}
