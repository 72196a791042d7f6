package mapping

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHTML bounds what is taken apart as HTML.
const maxHTML = 1 << 20

// stripHTML keeps the readable text: no tags, no scripts, entities decoded, a
// line break where a block ends.
func stripHTML(c call) (any, error) {
	source := c.text(0)
	if len(source) > maxHTML {
		return nil, c.failf("takes at most %d MiB", maxHTML>>20)
	}
	if err := c.r.read(8 * len(source)); err != nil {
		return nil, err
	}
	if err := c.r.grow(len(source)); err != nil {
		return nil, err
	}
	var out strings.Builder
	hidden := 0
	tokens := html.NewTokenizer(strings.NewReader(source))
	for {
		switch tokens.Next() {
		case html.ErrorToken:
			return tidyLines(out.String()), nil
		case html.TextToken:
			if hidden == 0 {
				out.Write(tokens.Text())
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := tokens.TagName()
			switch tag := atom.Lookup(name); {
			case tag == atom.Script || tag == atom.Style || tag == atom.Title:
				hidden++
			case breaksLine(tag):
				out.WriteByte('\n')
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			switch tag := atom.Lookup(name); {
			case tag == atom.Script || tag == atom.Style || tag == atom.Title:
				hidden = max(0, hidden-1)
			case breaksLine(tag):
				out.WriteByte('\n')
			}
		}
	}
}

func breaksLine(tag atom.Atom) bool {
	switch tag {
	case atom.Br, atom.P, atom.Div, atom.Li, atom.Tr, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6,
		atom.Ul, atom.Ol, atom.Table, atom.Blockquote, atom.Section, atom.Article, atom.Hr:
		return true
	}
	return false
}

// tidyLines makes one blank of several, and drops empty lines.
func tidyLines(text string) string {
	var lines []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
