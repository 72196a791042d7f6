package payload

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestXML(t *testing.T) {
	for name, c := range map[string]struct {
		contentType, body string
		want              any
		note              string
	}{
		"order": {"application/xml",
			`<?xml version="1.0" encoding="UTF-8"?><order id="7"><sku>A</sku><sku>B</sku><price currency="USD"> 9.90 </price><note/></order>`,
			object{"order": object{"@id": "7", "sku": list{"A", "B"}, "price": object{"@currency": "USD", "#text": "9.90"}, "note": ""}}, ""},
		"text only":   {"text/xml", "<a>\n x &amp; y &#233; \n</a>", object{"a": "x & y é"}, ""},
		"CDATA":       {"text/xml", "<a><![CDATA[<b>007</b>]]></a>", object{"a": "<b>007</b>"}, ""},
		"mixed":       {"text/xml", "<a>x<b>1</b>y</a>", object{"a": object{"b": "1", "#text": "xy"}}, ""},
		"deep repeat": {"text/xml", "<a><b><c>1</c></b><b><c>2</c><c>3</c></b></a>", object{"a": object{"b": list{object{"c": "1"}, object{"c": list{"2", "3"}}}}}, ""},
		"namespaces": {"application/soap+xml", `<s:Envelope xmlns:s="urn:s" xmlns="urn:d"><s:Body s:kind="x"><Id>1</Id></s:Body></s:Envelope>`,
			object{"Envelope": object{"Body": object{"@kind": "x", "Id": "1"}}}, ""},
		"doctype":             {"text/xml", `<!DOCTYPE cXML SYSTEM "http://canary.example/cXML.dtd"><cXML>1</cXML>`, object{"cXML": "1"}, "was ignored"},
		"latin 1 declared":    {"text/xml", "<?xml version='1.0' encoding='ISO-8859-1'?><a>Ren\xe9</a>", object{"a": "René"}, ""},
		"latin 1 in header":   {"text/xml; charset=iso-8859-1", "<a>Ren\xe9</a>", object{"a": "René"}, ""},
		"header before own":   {"text/xml; charset=utf-8", "<?xml version='1.0' encoding='ISO-8859-1'?><a>René</a>", object{"a": "René"}, ""},
		"UTF-16 with mark":    {"text/xml", "\xff\xfe<\x00?\x00x\x00m\x00l\x00 \x00v\x00e\x00r\x00s\x00i\x00o\x00n\x00=\x00'\x001\x00.\x000\x00'\x00 \x00e\x00n\x00c\x00o\x00d\x00i\x00n\x00g\x00=\x00'\x00U\x00T\x00F\x00-\x001\x006\x00'\x00?\x00>\x00<\x00a\x00/\x00>\x00", object{"a": ""}, ""},
		"UTF-16 only claimed": {"text/xml", "<?xml version='1.0' encoding='UTF-16'?><a>x</a>", object{"a": "x"}, ""},
		"UTF-16 in header":    {"text/xml; charset=utf-16le", "<\x00a\x00/\x00>\x00", object{"a": ""}, ""},
		"bad bytes":           {"text/xml", "<a>\xff</a>", object{"a": "\uFFFD"}, "not valid UTF-8"},
		"unfilled field":      {"text/xml", "<a><b>{{x}}</b></a>", object{"a": object{"b": "{{x}}"}}, "body.a.b holds {{x}}"},
		"comments and such":   {"text/xml", "<!-- a --><?pi x?><a><!-- b -->1<?pi y?></a><!-- c -->\n", object{"a": "1"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			body, err := Parse(c.contentType, []byte(c.body), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, body.Value); body.Kind != KindXML || diff != "" {
				t.Errorf("%s: %s", body.Kind, diff)
			}
			notes := strings.Join(body.Notes, "\n")
			if c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
		})
	}
}

func TestXMLBombs(t *testing.T) {
	laughs := `<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><l>&b;</l>`
	for name, c := range map[string]struct {
		body string
		code string
	}{
		"billion laughs":    {laughs, CodeInvalidXML},
		"a million levels":  {strings.Repeat("<a>", 1<<20), CodeTooDeep},
		"too many elements": {"<r>" + strings.Repeat("<a/>", 100_000) + "</r>", CodeTooManyFields},
		"attributes":        {"<r " + strings.Repeat(`a="" `, 100_000) + "/>", CodeTooManyFields},
	} {
		_, err := Parse("text/xml", []byte(c.body), Limits{})
		var e *Error
		if !errors.As(err, &e) || e.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	depth := strings.Repeat("<a><b/>", maxXMLDepth-1) + strings.Repeat("</a>", maxXMLDepth-1)
	if _, err := Parse("text/xml", []byte(depth), Limits{}); err != nil {
		t.Errorf("depth %d must be accepted: %v", maxXMLDepth, err)
	}
}
