package crm

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// allowed are the elements of rich text with the attributes that they keep.
// Everything else is left out and its text kept.
var allowed = map[atom.Atom][]string{
	atom.P: nil, atom.Br: nil, atom.Hr: nil, atom.Div: nil, atom.Span: nil, atom.B: nil, atom.Strong: nil, atom.I: nil, atom.Em: nil,
	atom.U: nil, atom.S: nil, atom.Small: nil, atom.Sub: nil, atom.Sup: nil, atom.Code: nil, atom.Pre: nil, atom.Blockquote: nil,
	atom.H1: nil, atom.H2: nil, atom.H3: nil, atom.H4: nil, atom.Ul: nil, atom.Ol: nil, atom.Li: nil,
	atom.A: {"href", "title"}, atom.Img: {"src", "alt", "width", "height"},
	atom.Table: nil, atom.Thead: nil, atom.Tbody: nil, atom.Tr: nil, atom.Th: nil, atom.Td: nil,
}

// silent are the elements whose inside is no text for people.
var silent = []atom.Atom{
	atom.Script, atom.Style, atom.Head, atom.Title, atom.Template, atom.Iframe, atom.Object, atom.Embed, atom.Noscript, atom.Svg, atom.Math,
	atom.Textarea, atom.Select, atom.Xmp, atom.Noembed, atom.Noframes, atom.Plaintext,
}

// blocks are the elements that stand on lines of their own.
var blocks = []atom.Atom{
	atom.P, atom.Div, atom.Blockquote, atom.Pre, atom.H1, atom.H2, atom.H3, atom.H4, atom.Ul, atom.Ol, atom.Li, atom.Table, atom.Tr, atom.Hr,
}

// tight are the blocks without an empty line behind them.
var tight = []atom.Atom{atom.Li, atom.Tr, atom.Div}

// maxNested bounds how deep elements stand in each other; what is deeper is
// left out.
const maxNested = 100

// RichText makes written HTML safe to show to others, and a plain text of it.
// Only the elements of letters stay, links only to the web and to addresses, and
// nothing that runs or loads by itself but pictures. Text without any element
// becomes paragraphs, line by line.
func RichText(written string) (clean, plain string) {
	if !strings.Contains(written, "<") {
		written = paragraphs(written)
	}
	root := &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
	nodes, err := html.ParseFragment(strings.NewReader(written), root)
	if err != nil {
		// Reading a text cannot fail, and HTML without form is HTML.
		return "", ""
	}
	w := &richWriter{}
	for _, n := range nodes {
		w.node(n, 0)
	}
	return strings.TrimSpace(w.html.String()), tidy(w.text.String())
}

func paragraphs(text string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(strings.ReplaceAll(text, "\r\n", "\n"), "\n\n") {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(part, "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}

// richWriter writes both forms in one walk.
type richWriter struct {
	html, text strings.Builder
	// lists are the numbers of the open lists' last items, -1 where they have none.
	lists []int
	pre   int
}

func (w *richWriter) node(n *html.Node, depth int) {
	switch {
	case depth > maxNested:
	case n.Type == html.TextNode:
		w.html.WriteString(html.EscapeString(n.Data))
		w.say(n.Data)
	case n.Type != html.ElementNode || n.Namespace != "" || slices.Contains(silent, n.DataAtom):
	default:
		w.element(n, depth)
	}
}

func (w *richWriter) children(n *html.Node, depth int) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c, depth+1)
	}
}

func (w *richWriter) element(n *html.Node, depth int) {
	keep, known := allowed[n.DataAtom]
	if !known {
		w.children(n, depth)
		return
	}
	attributes := kept(n, keep)
	if n.DataAtom == atom.Img && attributes["src"] == "" {
		w.say(attributes["alt"])
		w.html.WriteString(html.EscapeString(attributes["alt"]))
		return
	}
	w.html.WriteString("<" + n.Data)
	for _, name := range keep {
		if v := attributes[name]; v != "" {
			w.html.WriteString(" " + name + `="` + html.EscapeString(v) + `"`)
		}
	}
	w.html.WriteString(">")
	w.begin(n)
	from := w.text.Len()
	w.children(n, depth)
	w.end(n, attributes, from)
	if n.DataAtom != atom.Br && n.DataAtom != atom.Hr && n.DataAtom != atom.Img {
		w.html.WriteString("</" + n.Data + ">")
	}
}

// begin writes what stands before an element in the plain text.
func (w *richWriter) begin(n *html.Node) {
	if slices.Contains(blocks, n.DataAtom) {
		w.line()
	}
	switch n.DataAtom {
	case atom.Ul:
		w.lists = append(w.lists, -1)
	case atom.Ol:
		w.lists = append(w.lists, 0)
	case atom.Li:
		w.text.WriteString(w.bullet())
	case atom.Br:
		w.text.WriteString("\n")
	case atom.Hr:
		w.text.WriteString("----")
	case atom.Pre:
		w.pre++
	}
}

// end writes what stands behind it; from is where its text began.
func (w *richWriter) end(n *html.Node, attributes map[string]string, from int) {
	switch n.DataAtom {
	case atom.Ul, atom.Ol:
		w.lists = w.lists[:len(w.lists)-1]
	case atom.Pre:
		w.pre--
	case atom.Td, atom.Th:
		w.text.WriteString(" ")
	case atom.Img:
		w.say(attributes["alt"])
	case atom.A:
		link := strings.TrimPrefix(attributes["href"], "mailto:")
		if said := strings.TrimSpace(w.text.String()[from:]); link != "" && said != link {
			w.text.WriteString(" (" + link + ")")
		}
	}
	if slices.Contains(blocks, n.DataAtom) {
		w.line()
		if !slices.Contains(tight, n.DataAtom) && len(w.lists) == 0 {
			w.text.WriteString("\n")
		}
	}
}

// line ends the line that is begun, if one is.
func (w *richWriter) line() {
	if s := w.text.String(); s != "" && !strings.HasSuffix(s, "\n") {
		w.text.WriteString("\n")
	}
}

func (w *richWriter) bullet() string {
	if len(w.lists) == 0 {
		return "- "
	}
	last := &w.lists[len(w.lists)-1]
	indent := strings.Repeat("  ", len(w.lists)-1)
	if *last < 0 {
		return indent + "- "
	}
	*last++
	return indent + strconv.Itoa(*last) + ". "
}

// say writes text as people read HTML: white space is one blank.
func (w *richWriter) say(text string) {
	if w.pre > 0 {
		w.text.WriteString(text)
		return
	}
	words := strings.Join(strings.Fields(text), " ")
	if words == "" {
		if text != "" {
			w.gap()
		}
		return
	}
	if strings.TrimLeft(text, " \t\r\n") != text {
		w.gap()
	}
	w.text.WriteString(words)
	if strings.TrimRight(text, " \t\r\n") != text {
		w.text.WriteString(" ")
	}
}

func (w *richWriter) gap() {
	if s := w.text.String(); s != "" && !strings.HasSuffix(s, " ") && !strings.HasSuffix(s, "\n") {
		w.text.WriteString(" ")
	}
}

// kept are the attributes that an element keeps, without addresses that lead
// elsewhere than to the web or a mailbox.
func kept(n *html.Node, keep []string) map[string]string {
	if len(keep) == 0 {
		return nil
	}
	attributes := map[string]string{}
	for _, a := range n.Attr {
		if a.Namespace != "" || !slices.Contains(keep, a.Key) {
			continue
		}
		if (a.Key == "href" || a.Key == "src") && !leadsToWeb(a.Val, a.Key == "href") {
			continue
		}
		attributes[a.Key] = a.Val
	}
	return attributes
}

func leadsToWeb(address string, link bool) bool {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return false
	}
	switch strings.ToLower(u.Scheme) {
	case "https", "http":
		return u.Host != ""
	case "mailto", "tel":
		return link
	}
	return false
}

// tidy leaves at most one empty line between paragraphs and no blanks at the
// ends of lines.
func tidy(text string) string {
	var out []string
	empty := true
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimRight(line, " \t\r")
		if line == "" && empty {
			continue
		}
		empty = line == ""
		out = append(out, line)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
