package brand

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	_ "image/jpeg" // logos are read in these forms
	_ "image/png"
	"net/http"
)

const (
	// MaxLogo bounds a logo's file, in bytes: it is on every page.
	MaxLogo = 256 << 10
	// maxSide bounds its width and height in pixels, so that no small file makes a
	// browser draw a huge picture.
	maxSide = 2000
)

// Logo is an image as it is served.
type Logo struct {
	// Hash is the SHA-256 of Body in hex.
	Hash string
	// Type is image/png, image/jpeg or image/webp.
	Type string
	Body []byte
}

// NewLogo takes an image by what it is, whatever it is said to be; wrong says why
// not. SVG is not taken: it may hold scripts and load what it likes.
func NewLogo(body []byte) (l Logo, wrong string) {
	if len(body) > MaxLogo {
		return l, "The image is larger than 256 KB. Save it smaller, such as 400 pixels wide."
	}
	kind := http.DetectContentType(body)
	width, height := 0, 0
	switch kind {
	case "image/png", "image/jpeg":
		if c, _, err := image.DecodeConfig(bytes.NewReader(body)); err == nil {
			width, height = c.Width, c.Height
		}
	case "image/webp":
		width, height = webpSize(body)
	default:
		return l, "Use a PNG, JPEG or WebP image. SVG is not taken, because it can hold scripts."
	}
	switch {
	case width <= 0 || height <= 0:
		return l, "The image is damaged: it cannot be read."
	case width > maxSide || height > maxSide:
		return l, "The image has more than 2000 pixels on a side. Save it smaller, such as 400 pixels wide."
	}
	sum := sha256.Sum256(body)
	return Logo{Hash: hex.EncodeToString(sum[:]), Type: kind, Body: body}, ""
}

// webpSize reads width and height from the first chunk (RFC 9649, 2.5 to 2.7); zeros
// when there are none.
func webpSize(b []byte) (width, height int) {
	if len(b) < 30 {
		return 0, 0
	}
	switch string(b[12:16]) {
	case "VP8 ":
		return (int(b[26]) | int(b[27])<<8) & 0x3fff, (int(b[28]) | int(b[29])<<8) & 0x3fff
	case "VP8L":
		bits := int(b[21]) | int(b[22])<<8 | int(b[23])<<16 | int(b[24])<<24
		return bits&0x3fff + 1, bits>>14&0x3fff + 1
	case "VP8X":
		return (int(b[24]) | int(b[25])<<8 | int(b[26])<<16) + 1, (int(b[27]) | int(b[28])<<8 | int(b[29])<<16) + 1
	}
	return 0, 0
}
