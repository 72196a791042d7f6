package brand

import (
	"fmt"
	"html"
	"strings"
	"unicode"
)

// Icon is a small picture for who has a name and no logo: its first letter on the
// accent, as SVG.
func (b Brand) Icon() []byte {
	letter := "•"
	for _, r := range b.Called() {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letter = strings.ToUpper(string(r))
			break
		}
	}
	ground := "#0b7a8c"
	if p, ok := NewPalette(b.Accent); ok {
		ground = p.Filled
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="%s"/>`+
		`<text x="16" y="22.5" text-anchor="middle" font-family="system-ui,sans-serif" font-size="18" font-weight="700" fill="#fff">%s</text></svg>`,
		ground, html.EscapeString(letter))
}
