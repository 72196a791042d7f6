package hosted

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"

	"github.com/hookloom/hookloom/engine/brand"
)

// wear is a brand as the pages here show it: its logo, and its accent in their one
// style. The zero value is the product's own look.
type wear struct{ brand.Brand }

// Style is the page's one style, which its policy names by its hash.
func (w wear) Style() template.CSS {
	if p, ok := brand.NewPalette(w.Accent); ok {
		return template.CSS(style + p.Plain()) //nolint:gosec // our own file, and colours that were parsed
	}
	return template.CSS(style) //nolint:gosec // our own file
}

// LogoPath is where the logo is, "" for none.
func (w wear) LogoPath() string {
	if w.Logo == "" {
		return ""
	}
	return "/brand/logo/" + w.Logo
}

// loads is the part of a policy that lets the page's style and logo through.
func (w wear) loads() string {
	sum := sha256.Sum256([]byte(w.Style()))
	text := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	if w.Logo != "" {
		text += "; img-src 'self'"
	}
	return text
}
