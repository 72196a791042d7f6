package brand

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// readable is the contrast that text needs (WCAG 2.2, 1.4.3, level AA).
const readable = 4.5

// What the pages stand on, see ui/src/theme.ts: the theme's own grounds.
var (
	white      = colour{255, 255, 255}
	black      = colour{0, 0, 0}
	darkPage   = colour{0x10, 0x14, 0x1a}
	darkRaised = colour{0x2c, 0x34, 0x3e}
)

type colour [3]float64

// NormalizeAccent writes a colour as #rrggbb; "" stays. wrong says what is wrong, ""
// for nothing.
func NormalizeAccent(text string) (clean, wrong string) {
	clean = strings.ToLower(strings.TrimSpace(text))
	if clean == "" {
		return "", ""
	}
	if !strings.HasPrefix(clean, "#") {
		clean = "#" + clean
	}
	if len(clean) == 4 {
		clean = "#" + strings.Repeat(clean[1:2], 2) + strings.Repeat(clean[2:3], 2) + strings.Repeat(clean[3:4], 2)
	}
	if _, ok := parse(clean); !ok {
		return clean, "This is no colour. Write it like #0b7a8c: a # and six digits from 0 to 9 and a to f."
	}
	return clean, ""
}

func parse(text string) (colour, bool) {
	if len(text) != 7 || text[0] != '#' {
		return colour{}, false
	}
	n, err := strconv.ParseUint(text[1:], 16, 32)
	if err != nil {
		return colour{}, false
	}
	return colour{float64(n >> 16), float64(n >> 8 & 0xff), float64(n & 0xff)}, true
}

func (c colour) String() string {
	return fmt.Sprintf("#%02x%02x%02x", int(math.Round(c[0])), int(math.Round(c[1])), int(math.Round(c[2])))
}

// mix is c with a share of other in it, from 0 to 1.
func (c colour) mix(other colour, share float64) colour {
	for i := range c {
		c[i] = math.Round(c[i] + (other[i]-c[i])*share)
	}
	return c
}

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	linear := func(v float64) float64 {
		if v /= 255; v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c[0]) + 0.7152*linear(c[1]) + 0.0722*linear(c[2])
}

func contrast(a, b colour) float64 {
	x, y := a.luminance(), b.luminance()
	if x < y {
		x, y = y, x
	}
	return (x + 0.05) / (y + 0.05)
}

// toward goes from c to end, in the smallest steps, until it can be read on every
// ground.
func (c colour) toward(end colour, grounds ...colour) colour {
	for step := 0; ; step++ {
		next := c.mix(end, float64(step)/50)
		least := math.Inf(1)
		for _, g := range grounds {
			least = min(least, contrast(next, g))
		}
		if least >= readable || step == 50 {
			return next
		}
	}
}

// Palette is an accent as pages use it: each colour that carries text or is text has
// a contrast of at least 4.5:1 with what it stands on.
type Palette struct {
	// Accent is the colour that was asked for, Contrast its own with white.
	Accent   string  `json:"accent"`
	Contrast float64 `json:"contrast" doc:"Of the colour itself with white"`
	// Filled carries white text in both schemes.
	Filled         string  `json:"filled" doc:"Buttons with white text, in light and dark; darker than the colour where that could not be read"`
	FilledContrast float64 `json:"filled_contrast"`
	// LinkLight and LinkDark are text on the pages' grounds.
	LinkLight string `json:"link_light" doc:"Links on light pages"`
	LinkDark  string `json:"link_dark" doc:"Links on dark pages; lighter than the colour where that could not be read"`
	// Ramp goes from the lightest to the darkest, ten steps; 7 is Filled.
	Ramp []string `json:"-"`
	// ActiveDark and ActiveDarkInk mark the chosen entry of the navigation on dark
	// pages.
	ActiveDark, ActiveDarkInk string `json:"-"`
}

// lighter and darker are the shares of white and black in the steps around Filled.
var (
	lighter = [...]float64{0.91, 0.82, 0.66, 0.5, 0.34, 0.2, 0.09}
	darker  = [...]float64{0.14, 0.32}
)

// NewPalette makes the colours of an accent as NormalizeAccent wrote it; false for
// what is none.
func NewPalette(accent string) (Palette, bool) {
	c, ok := parse(accent)
	if !ok {
		return Palette{}, false
	}
	filled := c.toward(black, white)
	p := Palette{
		Accent: c.String(), Contrast: hundredths(contrast(c, white)), Filled: filled.String(), FilledContrast: hundredths(contrast(filled, white)),
		LinkDark: c.toward(white, darkRaised).String(),
	}
	for _, share := range lighter {
		p.Ramp = append(p.Ramp, filled.mix(white, share).String())
	}
	p.Ramp = append(p.Ramp, p.Filled)
	tint := filled.mix(white, lighter[1])
	link := filled.mix(black, darker[0]).toward(black, tint)
	p.LinkLight = link.String()
	p.Ramp = append(p.Ramp, p.LinkLight, link.mix(black, darker[1]).toward(black, tint).String())
	active := filled.mix(darkPage, 0.6)
	p.ActiveDark, p.ActiveDarkInk = active.String(), c.mix(white, 0.5).toward(white, active).String()
	return p, true
}

func hundredths(v float64) float64 { return math.Floor(v*100) / 100 }

// Theme is the style that has the app's pages wear the palette. It overrides the
// theme of ui/src/theme.ts, which is called lagoon there.
func (p Palette) Theme() string {
	var b strings.Builder
	b.WriteString(":root:root:root{")
	for i, c := range p.Ramp {
		fmt.Fprintf(&b, "--mantine-color-lagoon-%d:%s;", i, c)
	}
	fmt.Fprintf(&b, "--mantine-color-lagoon-filled:%s;--mantine-color-lagoon-filled-hover:%s;--mantine-primary-color-filled:%[1]s;--mantine-primary-color-filled-hover:%[2]s;",
		p.Filled, p.Ramp[8])
	b.WriteString("}")
	scheme := func(name, link, tint, tintHover, active, ink string) {
		fmt.Fprintf(&b, `:root:root[data-mantine-color-scheme=%s]{--mantine-color-anchor:%s;--nav-active:%s;--nav-active-ink:%s;`, name, link, active, ink)
		for _, of := range []string{"--mantine-color-lagoon", "--mantine-primary-color"} {
			fmt.Fprintf(&b, "%s-light:%s;%[1]s-light-hover:%[3]s;%[1]s-light-color:%[4]s;%[1]s-outline:%[4]s;%[1]s-outline-hover:%[2]s;%[1]s-text:%[4]s;",
				of, tint, tintHover, link)
		}
		b.WriteString("}")
	}
	scheme("light", p.LinkLight, p.Ramp[0], p.Ramp[1], p.Ramp[1], p.Ramp[9])
	scheme("dark", p.LinkDark, p.ActiveDark+"66", p.ActiveDark+"99", p.ActiveDark, p.ActiveDarkInk)
	return b.String()
}

// Plain is the style of pages without scripts, which have one accent.
func (p Palette) Plain() string {
	return ":root{--accent:" + p.LinkLight + "}@media (prefers-color-scheme:dark){:root{--accent:" + p.LinkDark + "}}"
}
