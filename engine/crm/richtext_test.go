package crm_test

import (
	"strings"
	"testing"

	"github.com/hookloom/hookloom/engine/crm"
)

func TestRichText(t *testing.T) {
	for _, c := range []struct{ name, written, clean, plain string }{
		{"nothing", " ", "", ""},
		{"plain lines", "Hello\nAda\n\nBye", "<p>Hello<br>Ada</p><p>Bye</p>", "Hello\nAda\n\nBye"},
		{"escaped values", "1 &lt; 2", "<p>1 &lt; 2</p>", "1 < 2"},
		{"elements", "<p>A <b>B</b> <em>C</em></p>", "<p>A <b>B</b> <em>C</em></p>", "A B C"},
		{"lists", "<ul><li>a<li>b<ol><li>c</ol></ul>", "<ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>", "- a\n- b\n  1. c"},
		{"links", `<a href="https://x.example/?a=1&b=2" onclick="x()">X</a>`, `<a href="https://x.example/?a=1&amp;b=2">X</a>`, "X (https://x.example/?a=1&b=2)"},
		{"a link that says itself", `<a href="mailto:a@b.co">a@b.co</a>`, `<a href="mailto:a@b.co">a@b.co</a>`, "a@b.co"},
		{"scripts", `<script>x</script><style>y</style><p onload=x>z`, `<p>z</p>`, "z"},
		{"links that run", `<a href="javascript:x()">X</a><a href=" data:text/html,x">Y</a>`, `<a>X</a><a>Y</a>`, "XY"},
		{"pictures", `<img src="https://x.example/a.png" alt="A" onerror=x><img src="cid:1" alt="B">`, `<img src="https://x.example/a.png" alt="A">B`, "AB"},
		{"unknown elements", `<blink><form><input>x</form></blink>`, "x", "x"},
		{"drawings", `<svg><script>x</script><text>y</text></svg>z<b></b>`, "z<b></b>", "z"},
		{"comments", "a<!-- b -->c<br>", "ac<br>", "ac"},
	} {
		t.Run(c.name, func(t *testing.T) {
			clean, plain := crm.RichText(c.written)
			if clean != c.clean || plain != c.plain {
				t.Errorf("got\n%q\n%q\nwant\n%q\n%q", clean, plain, c.clean, c.plain)
			}
			if again, _ := crm.RichText(clean); strings.Contains(clean, "<") && again != clean {
				t.Errorf("cleaned twice it is %q", again)
			}
		})
	}
}

// Whatever is written, what comes out runs nothing, and cleaning it again changes
// nothing.
func FuzzRichText(f *testing.F) {
	for _, seed := range []string{"<p>x", "<svg><style><img src=x onerror=y>", `<a href="java&#10;script:x">`, strings.Repeat("<div>", 600) + "x", "<table><a>x</table>"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, written string) {
		clean, _ := crm.RichText(written)
		low := strings.ToLower(clean)
		for _, bad := range []string{"<script", "<style", "<iframe", "<svg", "<object", "<form", `href="javascript`} {
			if strings.Contains(low, bad) {
				t.Errorf("%q in %q", bad, clean)
			}
		}
	})
}

func TestFinishedLettersEndWithTheWayOut(t *testing.T) {
	text, html := crm.Finished("Hello", "<p>Hello</p>", "A\n<b>", "https://h.example/u/x")
	if !strings.Contains(text, "e-mails of A <b>.\nUnsubscribe: https://h.example/u/x") || !strings.Contains(html, "A &lt;b&gt;.") || !strings.Contains(html, `href="https://h.example/u/x"`) {
		t.Errorf("%s\n%s", text, html)
	}
	if text, html = crm.Finished("Hello", "<p>Hello</p>", "A", ""); text != "Hello\n" || strings.Contains(html, "nsubscribe") {
		t.Errorf("%s\n%s", text, html)
	}
}
