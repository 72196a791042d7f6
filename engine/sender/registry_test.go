package sender

import (
	"maps"
	"net/http"
	"testing"

	"github.com/hookloom/hookloom/engine/payload"
	"github.com/hookloom/hookloom/engine/value"
)

// schemes are those of all senders.
func schemes() []Scheme {
	var list []Scheme
	for _, s := range All() {
		if s.Scheme != nil {
			list = append(list, *s.Scheme)
		}
	}
	return list
}

func TestRegistry(t *testing.T) {
	for _, s := range All() {
		if Named(s.Name) != s {
			t.Errorf("%s is not found", s.Name)
		}
		if s.Scheme == nil {
			continue
		}
		if problems := s.Scheme.Problems(); problems != nil {
			t.Errorf("%s: %v", s.Name, problems)
		}
		if got, ok := SchemeNamed(s.Name); !ok || got.Name != s.Name {
			t.Errorf("the scheme of %s is not found", s.Name)
		}
	}
	if _, ok := SchemeNamed(Custom); ok || Named("nobody") != nil {
		t.Error("found a sender that nobody is")
	}
	if first := All()[0]; first.Name != "stripe" {
		t.Errorf("%s comes first", first.Name)
	}
}

// Every sample is what its sender would send: readable, signed so that it is
// taken, and labelled where it has words for it.
func TestSamples(t *testing.T) {
	for _, s := range All() {
		used := map[string]bool{}
		for _, sample := range s.Samples {
			body := read(t, s, sample)
			for _, l := range s.LabelsOf(body) {
				used[l.Path] = used[l.Path] || has(body, l.Path)
			}
			if s.Scheme != nil {
				deliver(t, s.Name, *s.Scheme, sample)
			}
			fresh := sample.Fresh()
			if string(fresh.Body) == string(sample.Body) && s.Scheme.ID(fresh.Header) == s.Scheme.ID(sample.Header) {
				t.Errorf("%s %s: a fresh one would be taken for a repeat", s.Name, sample.Event)
			}
			read(t, s, fresh)
		}
	}
	if s, ok := Named("github").Sample(""); !ok || s.Event != "push" {
		t.Errorf("the usual sample of GitHub is %q", s.Event)
	}
	if _, ok := Named("github").Sample("nothing"); ok {
		t.Error("found a sample of nothing")
	}
}

// read is a sample as the trigger reads it, in the form that people map from.
func read(t *testing.T, s *Sender, sample Sample) any {
	t.Helper()
	body, err := payload.Parse(sample.Header.Get("Content-Type"), sample.Body, payload.Limits{})
	if err != nil {
		t.Fatalf("%s %s: %v", s.Name, sample.Event, err)
	}
	return s.Shaped(body.Unwrap(s.Unwrap).Value)
}

func has(v any, path string) bool { _, found := Find(v, path); return found }

// deliver signs a sample as its sender would and receives it.
func deliver(t *testing.T, name string, scheme Scheme, s Sample) {
	t.Helper()
	s = s.Fresh()
	r := Request{Method: http.MethodPost, URL: "https://example.com/hooks/x", Header: s.Header, Body: s.Body}
	secret := NewSecret()
	signed, err := scheme.Sign(at, r, scheme.ID(s.Header), secret)
	if err != nil {
		t.Fatal(err)
	}
	maps.Copy(r.Header, signed)
	if why := scheme.Explain(at, r, Secrets(secret)); why != "" {
		t.Errorf("%s %s: %s", name, s.Event, why)
	}
}

func TestFreshLeavesTheSampleAlone(t *testing.T) {
	a, _ := Named("github").Sample("")
	before := a.Header.Get("X-Github-Delivery")
	fresh := a.Fresh()
	fresh.Body[0] = 'x'
	if b, _ := Named("github").Sample(""); b.Body[0] != '{' || b.Header.Get("X-Github-Delivery") != before {
		t.Error("a changed sample changes the next one")
	}
	if fresh.Header.Get("X-Github-Delivery") == before {
		t.Error("a fresh sample has the old id")
	}
}

func TestSampleKeepsBigIDs(t *testing.T) {
	s, _ := Named("shopify").Sample("orders/create")
	v, err := value.Decode(s.Body)
	if err != nil {
		t.Fatal(err)
	}
	if id := v.(map[string]any)["id"]; id != 820982911946154508 {
		t.Errorf("id %v", id)
	}
}

func TestTypeformAnswersAreLabelledByTheirQuestions(t *testing.T) {
	s, _ := Named("typeform").Sample("")
	body, err := value.Decode(s.Body)
	if err != nil {
		t.Fatal(err)
	}
	check := func(body any, want map[string]Label) {
		t.Helper()
		got := map[string]Label{}
		for _, l := range Named("typeform").LabelsOf(body) {
			got[l.Path] = l
		}
		for path, want := range want {
			if l := got[path]; l.Text != want.Text || l.Role != want.Role || !has(body, path) {
				t.Errorf("%s: %+v", path, l)
			}
		}
	}
	check(body, map[string]Label{
		"form_response.answers.1.email":        {Text: "Your email?", Role: RoleEmail},
		"form_response.answers.0.text":         {Text: "Your name?", Role: RoleName},
		"form_response.answers.3.choice.label": {Text: "Which course?"},
	})
	check(Named("typeform").Shaped(body), map[string]Label{
		"answers.email":  {Text: "Your email?", Role: RoleEmail},
		"answers.name":   {Text: "Your name?", Role: RoleName},
		"answers.course": {Text: "Which course?"},
	})
	for _, strange := range []any{nil, "text", map[string]any{"form_response": []any{1}}, map[string]any{"form_response": map[string]any{"answers": "x"}}} {
		Named("typeform").LabelsOf(strange)
	}
}

func TestRecognize(t *testing.T) {
	for name, headers := range map[string]map[string]any{
		"stripe":   {"stripe-signature": "t=1"},
		"typeform": {"Typeform-Signature": "sha256=x"},
		"github":   {"x-github-event": "ping"},
	} {
		if s := Recognize(headers); s == nil || s.Name != name {
			t.Errorf("%v is taken for %v", headers, s)
		}
	}
	if s := Recognize(map[string]any{"content-type": "application/json"}); s != nil {
		t.Errorf("took plain JSON for %s", s.Name)
	}
}
