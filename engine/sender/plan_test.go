package sender

import (
	"slices"
	"testing"
)

func planned(t *testing.T, p Plan) []Planned {
	t.Helper()
	p.URL, p.Now = "https://example.com/hooks/x", at
	list, err := p.Requests()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// Every sender's requests hold, and fail where they shall.
func TestPlannedRequestsAreGenuine(t *testing.T) {
	for _, s := range All() {
		if len(s.Samples) == 0 {
			if s.Scheme == nil {
				t.Errorf("%s neither signs nor has a sample", s.Name)
			}
			continue
		}
		secret := NewSecret()
		for _, wrong := range []bool{false, true} {
			p := Plan{Sender: s, Events: s.events(), Count: 2 * len(s.Samples), Repeats: 1, Secret: secret, WrongSignature: wrong}
			if wrong && s.Scheme == nil {
				if _, err := p.Requests(); err == nil {
					t.Errorf("%s has no signature to be wrong", s.Name)
				}
				continue
			}
			bodies := map[string]int{}
			for _, r := range planned(t, p) {
				if s.Scheme == nil {
					bodies[string(r.Body)]++
					continue
				}
				bodies[string(r.Body)+s.Scheme.ID(r.Header)]++
				if why := s.Scheme.Explain(at, r.Request, Secrets(secret)); (why == "") == wrong {
					t.Errorf("%s %s, wrong %v: %q", s.Name, r.Event, wrong, why)
				}
			}
			if len(bodies) != 2*len(s.Samples) {
				t.Errorf("%s: %d different requests of %d", s.Name, len(bodies), 2*len(s.Samples))
			}
			for _, n := range bodies {
				if n != 2 {
					t.Errorf("%s: a request was sent %d times", s.Name, n)
				}
			}
		}
	}
}

func TestPlannedOrder(t *testing.T) {
	stripe := Named("stripe")
	events := func(p Plan) (list []string) {
		for _, r := range planned(t, p) {
			list = append(list, r.Event)
		}
		return list
	}
	p := Plan{Sender: stripe, Events: []string{"checkout.session.completed", "charge.refunded"}, Count: 2, Secret: "s"}
	if got := events(p); !slices.Equal(got, []string{"checkout.session.completed", "charge.refunded"}) {
		t.Errorf("in order: %v", got)
	}
	p.Backwards = true
	if got := events(p); !slices.Equal(got, []string{"charge.refunded", "checkout.session.completed"}) {
		t.Errorf("out of order: %v", got)
	}
	list := planned(t, Plan{Sender: stripe, Repeats: 2, Secret: "s"})
	if len(list) != 3 || list[2].Repeat != 2 || list[0].Method != "POST" {
		t.Errorf("%+v", list)
	}
	list[0].Body[0], list[0].Header["X"] = 'x', []string{"1"}
	if list[1].Body[0] != '{' || list[1].Header.Get("X") != "" {
		t.Error("a changed request changes its copy")
	}
	if unsigned := planned(t, Plan{Sender: stripe}); unsigned[0].Header.Get("Stripe-Signature") != "" {
		t.Error("signed with nothing")
	}
	custom := Scheme{Name: Custom, Header: []string{"X-Sig"}, Key: KeyHex}
	mine := planned(t, Plan{Sender: Named(Plain), Scheme: &custom, Secret: "6b"})
	if why := custom.Explain(at, mine[0].Request, Secrets("6b")); why != "" {
		t.Errorf("a scheme of one's own: %s", why)
	}
	forged := planned(t, Plan{Sender: Named(Plain), Scheme: &custom, Secret: "6b", WrongSignature: true})
	if err := custom.Verify(at, forged[0].Request, Secrets("6b")); err != ErrSignature {
		t.Errorf("a wrong one: %v", err)
	}
}

func TestPlansThatCannotBe(t *testing.T) {
	for name, p := range map[string]Plan{
		"nobody":         {},
		"no samples":     {Sender: &Sender{Label: "X"}},
		"unknown event":  {Sender: Named("stripe"), Events: []string{"nothing"}},
		"too many":       {Sender: Named("stripe"), Count: MaxPlanned + 1},
		"too many again": {Sender: Named("stripe"), Count: 200, Repeats: 50},
		"fewer than one": {Sender: Named("stripe"), Repeats: -1},
		"a bad secret":   {Sender: Named(Plain), Scheme: &Scheme{Name: Custom, Header: []string{"X"}, Key: KeyHex}, Secret: "zz"},
	} {
		if list, err := p.Requests(); err == nil {
			t.Errorf("%s: %d requests", name, len(list))
		}
	}
}
