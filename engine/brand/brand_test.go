package brand

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestEveryAccentCanBeRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accent := fmt.Sprintf("#%06x", rapid.IntRange(0, 0xffffff).Draw(t, "accent"))
		p, ok := NewPalette(accent)
		if !ok || len(p.Ramp) != 10 || p.Accent != accent {
			t.Fatalf("%s is no palette: %+v", accent, p)
		}
		of := func(text string) colour {
			c, ok := parse(text)
			if !ok {
				t.Fatalf("%q is no colour", text)
			}
			return c
		}
		for what, pair := range map[string][2]colour{
			"white on a button":        {white, of(p.Filled)},
			"a link on a light page":   {of(p.LinkLight), white},
			"a link on a tint":         {of(p.LinkLight), of(p.Ramp[1])},
			"the chosen entry":         {of(p.Ramp[9]), of(p.Ramp[1])},
			"a link on a dark page":    {of(p.LinkDark), darkPage},
			"a link on what is raised": {of(p.LinkDark), darkRaised},
			"the chosen entry, dark":   {of(p.ActiveDarkInk), of(p.ActiveDark)},
		} {
			if got := contrast(pair[0], pair[1]); got < readable {
				t.Errorf("%s: %s has %.2f:1", accent, what, got)
			}
		}
	})
}

func TestAWhiteAccentStaysItselfWhereItCan(t *testing.T) {
	p, _ := NewPalette("#0b7a8c")
	if p.Filled != "#0b7a8c" || p.Contrast < 4.5 {
		t.Errorf("a colour that can be read was changed: %+v", p)
	}
	if p, _ := NewPalette("#ffffff"); p.LinkDark != "#ffffff" || p.Contrast != 1 {
		t.Errorf("white is %+v", p)
	}
}

func TestDomains(t *testing.T) {
	for text, want := range map[string]string{
		"Flows.Acme.com": "flows.acme.com", "https://flows.acme.com/": "flows.acme.com", "flows.acme.com.": "flows.acme.com", "": "",
		"münchen.example": "xn--mnchen-3ya.example",
	} {
		if got, wrong := NormalizeDomain(text); got != want || wrong != "" {
			t.Errorf("%q is %q, %q", text, got, wrong)
		}
	}
	for _, text := range []string{"acme", "127.0.0.1", "acme.com:80", "acme.com/x", "a b.com", "x@acme.com", "-a.com", "*.acme.com"} {
		if _, wrong := NormalizeDomain(text); wrong == "" {
			t.Errorf("%q is taken", text)
		}
	}
}

func TestWhatCallsIntroduceThemselvesAs(t *testing.T) {
	for name, want := range map[string]string{"Acme Flows": "Acme-Flows", "Café\r\nX-Evil: 1": "Cafe--X-Evil-1", "日本": "", "": ""} {
		if got := Agent(name); got != want {
			t.Errorf("%q is %q", name, got)
		}
	}
}

// shelf is a Store of a test.
type shelf struct {
	list []Brand
	err  error
}

func (s *shelf) Brands(context.Context) ([]Brand, error) { return s.list, s.err }

func TestTheDirectory(t *testing.T) {
	now := time.Unix(1_800_000_000, 0)
	s := &shelf{list: []Brand{
		{Name: "Agency", Logo: "aa", Accent: "#112233", Domain: "flows.agency.example", ProvedAt: now},
		{Workspace: "ws_1", Name: "Acme", Domain: "flows.acme.example", ProvedAt: now},
		{Workspace: "ws_2", Place: "Two", Domain: "two.example"},
	}}
	d := NewDirectory(Config{Store: s, BaseURL: "https://hooks.example.com:8443", Now: func() time.Time { return now }})
	for ws, want := range map[string]string{
		"ws_1": "https://flows.acme.example:8443", "ws_2": "https://flows.agency.example:8443", "ws_none": "https://flows.agency.example:8443", "": "https://flows.agency.example:8443",
	} {
		if got := d.Base(ws); got != want {
			t.Errorf("%q begins with %s", ws, got)
		}
	}
	if b := d.Of("ws_1"); b.Name != "Acme" || b.Logo != "" || b.Accent != "#112233" {
		t.Errorf("a name of one's own is beside the agency's logo: %+v", b)
	}
	if b := d.Of("ws_2"); b.Name != "Agency" || b.Logo != "aa" {
		t.Errorf("who chooses nothing wears %+v", b)
	}
	for host, want := range map[string]string{
		"flows.acme.example": "ws_1", "FLOWS.acme.example:443": "ws_1", "flows.acme.example.": "ws_1",
		"two.example": "", "flows.agency.example": "", "evil.example": "", "": "", "ws_1": "", "flows.acme.example.evil": "",
	} {
		if got := d.At(host).Workspace; got != want {
			t.Errorf("%q leads to %q", host, got)
		}
	}
	// While the database is away the last answer stays; a change counts after two
	// seconds, or at once for who made it.
	s.err = errors.New("away")
	now = now.Add(time.Hour)
	if d.At("flows.acme.example").Workspace != "ws_1" {
		t.Error("a domain is forgotten while the database is away")
	}
	s.err, s.list = nil, nil
	d.Forget()
	if got := d.Base("ws_1"); got != "https://hooks.example.com:8443" {
		t.Errorf("without brands it is %s", got)
	}
}
