package sender

import (
	"net/http"
	"testing"

	"github.com/hookloom/hookloom/engine/value"
)

func TestSamples(t *testing.T) {
	for _, s := range Samples() {
		if _, err := value.Decode(s.Body); err != nil {
			t.Errorf("%s %s: %v", s.Preset, s.Event, err)
		}
		if s.Header.Get("Content-Type") != "application/json" || s.Label == "" {
			t.Errorf("%s %s: %v", s.Preset, s.Event, s.Header)
		}
		if got, ok := SampleOf(s.Preset, s.Event); !ok || string(got.Body) != string(s.Body) {
			t.Errorf("%s %s is not found", s.Preset, s.Event)
		}
		p, known := PresetNamed(s.Preset)
		if !known {
			if s.Preset != "json" {
				t.Errorf("%s is no preset", s.Preset)
			}
			continue
		}
		deliver(t, named(t, p.Scheme), s)
	}
	if s, ok := SampleOf("github", ""); !ok || s.Event != "push" {
		t.Errorf("the usual sample of GitHub is %q", s.Event)
	}
	if _, ok := SampleOf("github", "nothing"); ok {
		t.Error("found a sample of nothing")
	}
}

// deliver signs a sample as its sender would and receives it.
func deliver(t *testing.T, scheme Scheme, s Sample) {
	t.Helper()
	r := Request{Method: http.MethodPost, URL: "https://example.com/hooks/x", Header: s.Header, Body: s.Body}
	secret := NewSecret()
	signed, err := scheme.Sign(at, r, scheme.ID(s.Header), secret)
	if err != nil {
		t.Fatal(err)
	}
	for name, all := range signed {
		r.Header[name] = all
	}
	if why := scheme.Explain(at, r, Secrets(secret)); why != "" {
		t.Errorf("%s %s: %s", s.Preset, s.Event, why)
	}
}

func TestSamplesAreCopies(t *testing.T) {
	a, _ := SampleOf("stripe", "")
	a.Body[0] = 'x'
	a.Header.Set("Content-Type", "x")
	if b, _ := SampleOf("stripe", ""); b.Body[0] != '{' || b.Header.Get("Content-Type") != "application/json" {
		t.Error("a changed sample changes the next one")
	}
}

func TestSampleKeepsBigIDs(t *testing.T) {
	s, _ := SampleOf("shopify", "orders/create")
	v, err := value.Decode(s.Body)
	if err != nil {
		t.Fatal(err)
	}
	if id := v.(map[string]any)["id"]; id != 820982911946154508 {
		t.Errorf("id %v", id)
	}
}
